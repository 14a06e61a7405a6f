//! Options of a scan, and the control of a running one. Plain data.

use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::watch;

/// What a person wants of a running scan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScanControl {
    /// Go on.
    #[default]
    Run,
    /// Fetch no more pages for now.
    Pause,
    /// Stop; the checkpoint keeps what was counted.
    Stop,
}

/// Options of a scan.
#[derive(Clone, Debug)]
pub struct ScanOptions {
    /// Requests in flight at most, 1 to 64.
    pub concurrency: usize,
    /// Entries per page, 1 to 5000 (Microsoft page: List Blobs).
    pub page_size: u32,
    /// The checkpoint file; without one nothing is kept on disk.
    pub checkpoint: Option<PathBuf>,
    /// Go on from the checkpoint, and reuse rules that are counted in it.
    pub resume: bool,
    /// Blobs changed after this time are a finding, in UTC, e.g. `20261122213408`.
    pub since: Option<u64>,
    /// When the scan begins, in the same form; kept in the checkpoint for the next scan (see [`previous`](super::previous)).
    pub began: Option<u64>,
    /// The pause after the first failure of a page; it doubles with each further failure.
    pub pause: Duration,
    /// Failures of one page in a row before its rule is given up.
    pub max_attempts: u32,
    /// The checkpoint is saved at least this often while the scan runs.
    pub save_every: Duration,
    /// Pauses, resumes and stops the scan.
    pub control: Option<watch::Receiver<ScanControl>>,
}

impl Default for ScanOptions {
    fn default() -> Self {
        Self {
            concurrency: 16,
            page_size: 5000,
            checkpoint: None,
            resume: false,
            since: None,
            began: None,
            pause: Duration::from_millis(500),
            max_attempts: 8,
            save_every: Duration::from_secs(5),
            control: None,
        }
    }
}
