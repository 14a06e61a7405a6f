//! Counts a selection for the wizard: one count at a time, its state on disk when it is given up, its progress told now and then.
//! Counting itself is `scan`'s.

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

/// Progress is told at most this often: eight times a second.
const TELL_EVERY: Duration = Duration::from_millis(125);

/// At most this much of a count is lost with `kill -9`.
const SAVE_EVERY: Duration = Duration::from_secs(2);

/// What to count, and where its state is kept.
pub(super) struct ScanOrder {
    pub(super) endpoint: String,
    pub(super) rules: Arc<Vec<Rule>>,
    pub(super) file: PathBuf,
    pub(super) anew: bool,
}

/// Counts, one after the other.
#[derive(Default)]
pub(super) struct Counter {
    turn: Arc<Mutex<()>>,
}

/// Asks the count to stop when it is dropped.
struct StopOnDrop(watch::Sender<ScanControl>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.send_replace(ScanControl::Stop);
    }
}

impl Counter {
    /// Counts. Given up, it writes its state first, and the next count waits for that.
    ///
    /// # Errors
    /// The state cannot be read or written. What goes wrong with the service is in the report.
    pub(super) async fn count(&self, azure: Azure, order: ScanOrder, tell: ProgressSink) -> Result<Reply, Fault> {
        let turn = Arc::clone(&self.turn).lock_owned().await;
        let source = BlobSource::new(&order.endpoint, azure)?;
        let (wish, control) = watch::channel(ScanControl::Run);
        let _leash = StopOnDrop(wish);
        let options = ScanOptions {
            // Whoever counts anew wants to know what has changed meanwhile.
            since: if order.anew { previous(&order.file, source.endpoint()) } else { None },
            began: Some(compact_time::from_timestamp(Timestamp::now())),
            checkpoint: Some(order.file),
            resume: !order.anew,
            save_every: SAVE_EVERY,
            control: Some(control),
            ..ScanOptions::default()
        };
        let told = Cell::new(None::<Instant>);
        let count = tokio::spawn(async move {
            let _turn = turn;
            run(&source, &order.rules, &options, move |progress| {
                if told.get().is_none_or(|told| told.elapsed() >= TELL_EVERY) {
                    told.set(Some(Instant::now()));
                    tell(ProgressEvent::Counted(progress.clone()));
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
