//! Counts a selection for the wizard: one count at a time. A cancelled count writes a checkpoint; progress is sent up to eight times a
//! second. `scan` does the counting.

use std::cell::Cell;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::{Mutex, watch};

use crate::azure::Azure;
use crate::azure::fault::{Fault, FaultKind};
use crate::driver::backend::ProgressSink;
use crate::protocol::message::{ProgressEvent, Reply};
use crate::scan::{BlobSource, ScanControl, ScanOptions, compact_time, previous, run};
use crate::select::Rule;

/// The least time between two progress events.
const PROGRESS_EVERY: Duration = Duration::from_millis(125);

/// How often a count writes its checkpoint: `kill -9` loses no more than this.
const SAVE_EVERY: Duration = Duration::from_secs(2);

/// The rules to count, and the file of the checkpoint.
pub(super) struct ScanRequest {
    pub(super) endpoint: String,
    pub(super) rules: Arc<Vec<Rule>>,
    pub(super) file: PathBuf,
    pub(super) anew: bool,
}

/// Runs one count at a time.
#[derive(Default)]
pub(super) struct Counter {
    turn: Arc<Mutex<()>>,
}

/// Stops the count when it is dropped.
struct StopOnDrop(watch::Sender<ScanControl>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.send_replace(ScanControl::Stop);
    }
}

impl Counter {
    /// Counts. A count that is dropped writes its checkpoint, and the next count waits for that.
    ///
    /// # Errors
    /// The checkpoint cannot be read or written. Faults of the service are in the report.
    pub(super) async fn count(
        &self,
        azure: Azure,
        request: ScanRequest,
        progress: ProgressSink,
    ) -> Result<Reply, Fault> {
        let turn = Arc::clone(&self.turn).lock_owned().await;
        let source = BlobSource::new(&request.endpoint, azure)?;
        let (sender, control) = watch::channel(ScanControl::Run);
        let _stops_the_count = StopOnDrop(sender);
        let options = ScanOptions {
            // A new count also finds what has changed since the last one.
            since: if request.anew { previous(&request.file, source.endpoint()) } else { None },
            began: Some(compact_time::from_timestamp(Timestamp::now())),
            checkpoint: Some(request.file),
            resume: !request.anew,
            save_every: SAVE_EVERY,
            control: Some(control),
            ..ScanOptions::default()
        };
        let sent = Cell::new(None::<Instant>);
        let count = tokio::spawn(async move {
            let _turn = turn;
            run(&source, &request.rules, &options, move |counted| {
                if sent.get().is_none_or(|sent| sent.elapsed() >= PROGRESS_EVERY) {
                    sent.set(Some(Instant::now()));
                    progress(ProgressEvent::Counted(counted.clone()));
                }
            })
            .await
        });
        let counted =
            count.await.map_err(|_| Fault::local("count the blobs", "the program made a mistake of its own"))?;
        counted.map(Box::new).map(Reply::Scanned).map_err(|fault| match fault.kind {
            FaultKind::Local => fault.advise("Press r to count anew."),
            _ => fault,
        })
    }
}
