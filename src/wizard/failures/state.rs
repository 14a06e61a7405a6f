//! The state of the page: the report, the reason under the cursor, what was saved.

use crate::azure::fault::Fault;
use crate::logs::{FailureReport, ReasonGroup};

/// The state of the page.
#[derive(Debug, Default)]
pub struct FailuresPage {
    /// It is on screen.
    pub is_open: bool,
    /// What the logs say; `None` until they were read.
    pub report: Option<FailureReport>,
    /// Why they were not read, or something was not saved.
    pub fault: Option<Fault>,
    /// The reason under the cursor.
    pub row: usize,
    /// The blobs of that reason are listed.
    pub lists_blobs: bool,
    /// The files that were saved, and whether they hold everything.
    pub saved: Option<(Vec<String>, bool)>,
    /// The name of the job of the new draft.
    pub draft: Option<String>,
}

impl FailuresPage {
    /// The reason under the cursor.
    pub fn group(&self) -> Option<&ReasonGroup> {
        self.report.as_ref()?.groups.get(self.row)
    }
}
