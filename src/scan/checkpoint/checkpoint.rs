//! The state of a scan that a checkpoint keeps. Plain data.

use crate::plan::count::CountTotals;
use crate::scan::collisions::CaseCollisions;
use crate::scan::prefix_sizes::PrefixSizes;
use crate::scan::task::ListingTask;
use crate::select::Rule;

/// The state of one rule: its totals so far and the listings that are left.
#[derive(Clone, Debug)]
pub(crate) struct RuleProgress {
    pub(crate) rule: Rule,
    pub(crate) totals: CountTotals,
    /// Empty when the rule is counted to its end.
    pub(crate) listings: Vec<ListingTask>,
    /// Names do not come in the order of their bytes.
    pub(crate) unordered: bool,
    /// More than one listing counts for the rule.
    pub(crate) split: bool,
    pub(crate) prefix_sizes: PrefixSizes,
}

/// The state of a scan, whether it has ended or not.
#[derive(Debug)]
pub(crate) struct Checkpoint {
    pub(crate) endpoint: String,
    /// Blobs changed after this time are a finding, e.g. `20261122213408`.
    pub(crate) since: Option<u64>,
    /// When the scan began, in the same form: the next scan can look for changes after it.
    pub(crate) began: Option<u64>,
    pub(crate) rules: Vec<RuleProgress>,
    pub(crate) collisions: CaseCollisions,
}
