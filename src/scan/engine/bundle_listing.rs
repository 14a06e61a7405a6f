//! A bundle and how far its listing has come. Plain data.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::plan::count::CountTotals;
use crate::scan::bundle::{Bundle, Member, MemberCounts};
use crate::scan::page_counts::{PageContext, PageCounter};
use crate::scan::task::ListingTask;

/// A bundle and how far its listing has come.
#[derive(Debug)]
pub(super) struct BundleListing {
    pub(super) bundle: Arc<Bundle>,
    /// The listing. It counts for no rule of its own: its `rule` is not used.
    pub(super) task: ListingTask,
    /// The first member that is not closed.
    pub(super) first_open: usize,
    /// Totals of members that are not closed.
    pub(super) pending: BTreeMap<usize, CountTotals>,
}

impl BundleListing {
    pub(super) fn new(bundle: Bundle) -> Self {
        let task = ListingTask {
            container: Some(bundle.container.clone()),
            prefix: bundle.prefix.clone(),
            ..ListingTask::default()
        };
        Self { bundle: Arc::new(bundle), task, first_open: 0, pending: BTreeMap::new() }
    }

    /// Members that are not closed: names of theirs may still come.
    pub(super) fn open_members(&self) -> &[Member] {
        self.bundle.members.get(self.first_open..).unwrap_or_default()
    }

    /// Counts the next page for the members.
    pub(super) fn counter(&self, context: PageContext) -> PageCounter {
        self.task.bundle_counter(MemberCounts::new(Arc::clone(&self.bundle), self.first_open), context)
    }
}
