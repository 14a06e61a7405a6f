//! `blobfreight jobs watch`: one line for each change of a job, until nothing more happens to it.

use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::common_args::SessionArgs;
use super::effective_config::EffectiveConfig;
use super::failure::CommandFailure;
use super::headless::Headless;
use super::job_exec::{self, JobChangeSeen};
use super::job_search::{self, JobSelector};
use super::notifier::Notifier;
use super::print;
use crate::azure::fault::{Fault, FaultKind, Retry};
use crate::azure::model::{Job, JobAddress, JobState, JobStatus};
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
    /// Run this command once for each line, with what changed in environment variables
    #[arg(long, value_name = "COMMAND")]
    exec: Option<String>,
    /// How to ask.
    #[command(flatten)]
    ask: SessionArgs,
}

/// Watches a job to its end. Exit status: 0 when it ended without errors, 3 with errors, 1 when it was cancelled, has failed or is gone.
///
/// # Errors
/// There is no such job, or the sign-in or the service refuses for good. After a temporary failure it prints the reason and reads the job again.
pub(super) async fn run(setting: &EffectiveConfig, args: &WatchArgs) -> Result<u8, CommandFailure> {
    let session = Headless::sign_in(setting, &args.ask).await?;
    let (address, job) = job_search::find(setting, &session, &args.ask, args.job.clone()).await?;
    let notifier = Notifier::begin(setting.config.notifications);
    let mut watch = Watch { args, address: &address, notifier, shown: None };
    let mut interval = ReadInterval::new(args.every);
    let mut read = Ok(Some(job));
    loop {
        let mut asked_wait = None;
        match read {
            Ok(Some(job)) => {
                if watch.take(&job).await {
                    interval = ReadInterval::new(args.every);
                } else {
                    interval.grow();
                }
                if job.status.state.is_over() {
                    return Ok(exit_status(job.status.state));
                }
            }
            Ok(None) => {
                watch.gone().await;
                return Ok(NOT_DONE);
            }
            Err(fault) if may_pass(&fault) => {
                print::note(&text::clean(&fault.to_string()));
                interval.grow();
                if let Retry::After(seconds) = fault.retry {
                    asked_wait = Some(Duration::from_secs(seconds));
                }
            }
            Err(fault) => return Err(fault.into()),
        }
        tokio::time::sleep(interval.next(asked_wait)).await;
        read = session.azure.jobs(address.service).get(&address).await;
    }
}

/// What was shown of a job so far.
struct Watch<'a> {
    args: &'a WatchArgs,
    address: &'a JobAddress,
    notifier: Notifier,
    /// What the last line said.
    shown: Option<ShownJob>,
}

/// What a line says of a job.
#[derive(PartialEq, Eq)]
struct ShownJob {
    status: JobStatus,
    percent: Option<u8>,
    cancel_requested: bool,
}

impl Watch<'_> {
    /// Writes a line where something changed, and runs the command for it. Whether it did.
    async fn take(&mut self, job: &Job) -> bool {
        let now = ShownJob { status: job.status.clone(), percent: job.percent, cancel_requested: job.cancel_requested };
        if self.shown.as_ref() == Some(&now) {
            return false;
        }
        let before = self.shown.replace(now);
        let kind = match &before {
            None => "first",
            Some(before) if before.status != job.status => "state",
            Some(before) if before.cancel_requested != job.cancel_requested => "cancelling",
            Some(_) => "percent",
        };
        let time = time();
        print::out(&line(job, &time, self.args.ask.output.is_json()));
        if kind == "state" {
            self.notifier.tell(&format!("job {}: {}", job.name, job.status.words()));
        }
        let before = before.map(|before| before.status.word).unwrap_or_default();
        self.tell(kind, Some(job), &before, &time).await;
        true
    }

    async fn gone(&mut self) {
        print::note(&format!("{} is gone: the service has no such job any more.", self.address.name));
        self.notifier.tell(&format!("job {} is gone", self.address.name));
        let before = self.shown.take().map(|before| before.status.word).unwrap_or_default();
        self.tell("gone", None, &before, &time()).await;
    }

    async fn tell(&self, kind: &'static str, job: Option<&Job>, before: &str, time: &str) {
        if let Some(command) = &self.args.exec {
            job_exec::run(command, &JobChangeSeen { kind, address: self.address, job, before, time }).await;
        }
    }
}

fn time() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
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

    /// How long to wait now: a tenth more or less, so that many watchers do not ask at once, and never less than the service asked for.
    fn next(&self, asked: Option<Duration>) -> Duration {
        let spread = if self.grows { 0.9 + 0.2 * fastrand::f64() } else { 1.0 };
        self.time.mul_f64(spread).max(asked.unwrap_or_default())
    }
}

fn may_pass(fault: &Fault) -> bool {
    !matches!(fault.kind, FaultKind::Denied | FaultKind::SignedOut | FaultKind::Local | FaultKind::BadRequest)
}

/// `2026-11-26T16:20:00Z copying 41 % (DataCopy)`.
fn line(job: &Job, time: &str, json: bool) -> String {
    let (title, word) = (job.status.state.title(), &job.status.word);
    if json {
        let change = json!({
            "time": time,
            "job": job.name,
            "service": job.service.word(),
            "state": word,
            "stateTitle": title,
            "percentComplete": job.percent,
            "cancelRequested": job.cancel_requested,
        });
        return format!("{change}\n");
    }
    let percent = job.percent.map(|percent| format!(" {percent} %")).unwrap_or_default();
    let cancelling = if job.cancel_requested && !job.status.state.is_over() { ", cancelling" } else { "" };
    format!("{time} {title}{percent}{cancelling} ({})\n", text::clean(word))
}

fn exit_status(state: JobState) -> u8 {
    match state {
        JobState::Completed => 0,
        JobState::CompletedWithErrors => WITH_ERRORS,
        _ => NOT_DONE,
    }
}
