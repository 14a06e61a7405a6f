//! What a draft keeps of its drives: the sizes as typed, the last count and plan, and which job of a split it is. Types only.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::plan::count::{FindingKind, TierBytes};
use crate::select::Rule;

/// The drive sizes as typed, and the last count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriveAnswers {
    /// Sizes as typed: `4TB` for as many as needed, `2x8TB + 1x4TB` for those there are.
    pub sizes: String,
    /// The last count, so that a resumed draft shows it at once.
    pub counted: Option<CountedTotals>,
}

impl Default for DriveAnswers {
    fn default() -> Self {
        Self { sizes: "4TB".into(), counted: None }
    }
}

/// One job of a split export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartOf {
    /// Which, from 1.
    pub number: usize,
    /// How many there were when it was split.
    pub of: usize,
}

impl fmt::Display for PartOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "job {} of {}", self.number, self.of)
    }
}

/// The sums of a count, with the account and the rules they were counted for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedTotals {
    /// Resource id of the account.
    pub account: String,
    /// The rules.
    pub rules: Arc<Vec<Rule>>,
    /// When.
    pub at: Timestamp,
    /// Everything was counted; otherwise all numbers mean "at least".
    pub complete: bool,
    /// Blobs, without snapshots.
    pub blobs: u64,
    /// Snapshots.
    pub snapshots: u64,
    /// Bytes of both.
    pub bytes: u64,
    /// Bytes in the cool and the cold tier; `None` in a draft of a program that did not count them.
    pub tiers: Option<TierBytes>,
    /// What is odd about them, with how many are.
    pub findings: BTreeMap<FindingKind, u64>,
    /// Rules that match nothing, by their place.
    pub nothing: Vec<usize>,
    /// The drives for them; `None` while the sizes cannot be read.
    pub plan: Option<PlannedDrives>,
}

/// A drive plan in a few numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedDrives {
    /// The sizes it was made for, as typed.
    pub sizes: String,
    /// How many drives.
    pub drives: usize,
    /// How many jobs they make: a job takes ten drives.
    pub jobs: usize,
    /// Blobs and snapshots larger than the largest drive.
    pub too_large: u64,
    /// Bytes that go onto the drives; `None` in a draft of an older program.
    pub bytes: Option<u64>,
}
