//! How a scan goes about it, and what the person wants of it while it runs. Plain data.

use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::watch;

/// What the person wants of a running scan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScanControl {
    /// Go on.
    #[default]
    Run,
    /// Ask for no more pages for now.
    Pause,
    /// Stop, and keep what there is.
    Stop,
}

/// How a scan goes about it.
#[derive(Clone, Debug)]
pub struct ScanOptions {
    /// Most requests under way, 1 to 64.
    pub concurrency: usize,
    /// Entries per page, 1 to 5000 (Microsoft page: List Blobs).
    pub page_size: u32,
    /// Where the state is kept on disk; nowhere if `None`.
    pub checkpoint: Option<PathBuf>,
    /// Go on from the checkpoint, and take over rules that are counted in it.
    pub resume: bool,
    /// Tell blobs changed after this moment; as `yyyymmddhhmmss`, UTC.
    pub since: Option<u64>,
    /// When the scan begins, in the same form; kept in the checkpoint for the next scan (see [`previous`](super::previous)).
    pub began: Option<u64>,
    /// The first pause before a page is asked for again; it doubles each time.
    pub pause: Duration,
    /// Failures of one page in a row before its rule is given up.
    pub max_attempts: u32,
    /// How often the state goes to disk at least while the scan runs.
    pub save_every: Duration,
    /// Pause, resume, stop.
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
