//! What to check, and how.

use std::path::PathBuf;

use super::super::rules::{ExpectedDrive, NamedDrive};
use super::job_logs::JobLogs;

/// What to check, and how.
#[derive(Clone, Debug, Default)]
pub struct CheckRequest {
    /// The drives.
    pub drives: Vec<NamedDrive>,
    /// The drives of the job, where a job is given.
    pub expected: Option<Vec<ExpectedDrive>>,
    /// Logs and copies of manifests outside of the drives.
    pub logs: JobLogs,
    /// Where progress is kept; nowhere when absent.
    pub state: Option<PathBuf>,
    /// Go on where an earlier check of the same manifest stopped.
    pub resume: bool,
    /// Count what is promised beside the check, for the time that is left.
    pub totals: bool,
    /// Readers for each drive; when absent one for a spinning disk, and one for each core otherwise.
    pub readers: Option<usize>,
}
