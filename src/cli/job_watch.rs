//! `blobfreight jobs watch`: one line for each change of a job, until nothing more happens to it.

use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::common_args::SessionArgs;
use super::effective_config::EffectiveConfig;
use super::failure::CommandFailure;
use super::headless::Headless;
use super::job_search::{self, JobSelector};
use super::print;
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{Job, JobState};
use crate::ui::text;

/// The job ended and some blobs failed.
const WITH_ERRORS: u8 = 3;
/// The job was cancelled, has failed, or is gone.
const NOT_DONE: u8 = 1;
/// The longest time between two reads that grows by itself. A real job changes within days.
const LONGEST: Duration = Duration::from_secs(600);

/// Which job, and how often it is read.
#[derive(Clone, Debug, Args)]
pub struct WatchArgs {
    /// Which.
    #[command(flatten)]
    job: JobSelector,
    /// Read it every so many seconds; without this after a minute, and less often while nothing changes
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    every: Option<u64>,
    /// How to ask.
    #[command(flatten)]
    ask: SessionArgs,
}

/// Watches a job to its end. Exit status: 0 when it ended without errors, 3 with errors, 1 when it was cancelled, has failed or is gone.
///
/// # Errors
/// There is no such job, or the sign-in or the service refuses for good. After a temporary failure it prints the reason and reads the job again.
pub(super) async fn run(setting: &EffectiveConfig, args: WatchArgs) -> Result<u8, CommandFailure> {
    let session = Headless::sign_in(setting, &args.ask).await?;
    let subscription = session.subscription(&args.ask).await?;
    let (address, job) = job_search::find(setting, &session, &subscription, args.job).await?;
    let mut interval = ReadInterval::new(args.every);
    let mut shown = None;
    let mut read = Ok(Some(job));
    loop {
        match read {
            Ok(Some(job)) => {
                let now = Some((job.status.clone(), job.percent));
                if now == shown {
                    interval.grow();
                } else {
                    print::out(&line(&job, args.ask.output.is_json()));
                    (shown, interval) = (now, ReadInterval::new(args.every));
                }
                if job.status.state.is_over() {
                    return Ok(exit_status(job.status.state));
                }
            }
            Ok(None) => {
                print::note(&format!("{} is gone: the service has no such job any more.", address.name));
                return Ok(NOT_DONE);
            }
            Err(fault) if may_pass(&fault) => {
                print::note(&text::clean(&fault.to_string()));
                interval.grow();
            }
            Err(fault) => return Err(fault.into()),
        }
        tokio::time::sleep(interval.time).await;
        read = session.azure.jobs(address.service).get(&address).await;
    }
}

/// The time between two reads.
struct ReadInterval {
    time: Duration,
    /// The person did not choose it.
    grows: bool,
}

impl ReadInterval {
    fn new(every: Option<u64>) -> Self {
        Self { time: Duration::from_secs(every.unwrap_or(60)), grows: every.is_none() }
    }

    /// Half as long again, unless the person chose the time.
    fn grow(&mut self) {
        if self.grows {
            self.time = (self.time * 3 / 2).min(LONGEST);
        }
    }
}

fn may_pass(fault: &Fault) -> bool {
    !matches!(fault.kind, FaultKind::Denied | FaultKind::SignedOut | FaultKind::Local | FaultKind::BadRequest)
}

/// `2026-11-26T16:20:00Z copying 41 % (DataCopy)`.
fn line(job: &Job, json: bool) -> String {
    let time = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let (title, word) = (job.status.state.title(), &job.status.word);
    if json {
        let change = json!({
            "time": time,
            "job": job.name,
            "service": job.service.word(),
            "state": word,
            "stateTitle": title,
            "percentComplete": job.percent,
        });
        return format!("{change}\n");
    }
    let percent = job.percent.map(|percent| format!(" {percent} %")).unwrap_or_default();
    format!("{time} {title}{percent} ({})\n", text::clean(word))
}

fn exit_status(state: JobState) -> u8 {
    match state {
        JobState::Completed => 0,
        JobState::CompletedWithErrors => WITH_ERRORS,
        _ => NOT_DONE,
    }
}
