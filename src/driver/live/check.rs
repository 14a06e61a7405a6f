//! Checks drives for the wizard: one check at a time, on threads of its own. A check that is given up keeps its progress and goes on later;
//! its report is kept for the files that the person asks for. `verify` does the checking.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync;
use tokio::task::spawn_blocking;

use super::check_reports;
use crate::azure::fault::Fault;
use crate::driver::backend::ProgressSink;
use crate::files;
use crate::protocol::message::{DriveVerification, ProgressEvent, Reply};
use crate::verify::engine::{CheckMeter, CheckReport, CheckRequest, JobLogs, check};
use crate::verify::report::outcome;

/// The time between two progress events.
const PROGRESS_EVERY: Duration = Duration::from_millis(250);

/// Runs one check at a time, and keeps the report of the last.
#[derive(Default)]
pub(super) struct DriveChecker {
    turn: Arc<sync::Mutex<()>>,
    report: Mutex<Option<Arc<CheckReport>>>,
}

/// Stops the check when it is dropped.
struct StopsCheck(Arc<CheckMeter>);

impl Drop for StopsCheck {
    fn drop(&mut self) {
        self.0.stop();
    }
}

impl DriveChecker {
    /// The report of the last check. It is only ever replaced as a whole.
    fn report(&self) -> MutexGuard<'_, Option<Arc<CheckReport>>> {
        self.report.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Checks drives. A check that is dropped writes its progress, and the next check waits for that.
    ///
    /// # Errors
    /// The logs cannot be read.
    pub(super) async fn check(
        &self,
        state: PathBuf,
        wanted: DriveVerification,
        progress: ProgressSink,
    ) -> Result<Reply, Fault> {
        let turn = Arc::clone(&self.turn).lock_owned().await;
        *self.report() = None;
        let meter = Arc::new(CheckMeter::default());
        let _stops_the_check = StopsCheck(Arc::clone(&meter));
        let mut running = spawn_blocking({
            let meter = Arc::clone(&meter);
            move || {
                let _turn = turn;
                let request = request(state, wanted)?;
                Ok(check(&request, &meter))
            }
        });
        let mut ticks = tokio::time::interval(PROGRESS_EVERY);
        let report = loop {
            tokio::select! {
                done = &mut running => break done,
                _ = ticks.tick() => progress(ProgressEvent::Checked(Box::new(meter.reading()))),
            }
        };
        let report =
            report.map_err(|_| Fault::local("check the drives", "the program made a mistake of its own"))??;
        let came = outcome(&report);
        *self.report() = Some(Arc::new(report));
        Ok(Reply::CheckedDrives(Box::new(came)))
    }

    /// Writes the reports of the last check.
    ///
    /// # Errors
    /// There is none any more, or the files cannot be written.
    pub(super) async fn save_reports(&self, data: PathBuf, name: String) -> Result<Reply, Fault> {
        let report = self.report().clone();
        let report = report.ok_or_else(|| {
            Fault::local("save the reports", "this check was made before the program was started")
                .advise("Check the drives again.")
        })?;
        let written = spawn_blocking(move || check_reports::save(&data, &name, &report)).await;
        let written = written.map_err(|_| Fault::local("save the reports", "the program made a mistake of its own"))?;
        written.map(Reply::SavedReports)
    }
}

fn request(state: PathBuf, wanted: DriveVerification) -> Result<CheckRequest, Fault> {
    let logs = wanted.logs.as_deref().map(logs).transpose()?.unwrap_or_default();
    Ok(CheckRequest {
        drives: wanted.drives,
        expected: wanted.expected,
        logs,
        state: Some(state),
        resume: !wanted.anew,
        totals: true,
        readers: None,
    })
}

fn logs(folder: &Path) -> Result<JobLogs, Fault> {
    JobLogs::read(folder).map_err(|error| {
        Fault::local("read the logs", format!("{}: {}", folder.display(), files::reason(&error)))
            .advise("Name the folder that the logs were downloaded into, or leave the field empty.")
    })
}
