//! The command that `blobfreight jobs watch --exec` runs once for each change. It learns of the change from environment variables only.

use std::process::{Command, Stdio};

use tokio::task::spawn_blocking;

use super::print;
use crate::azure::model::{Job, JobAddress};

/// What the environment variables are, for `--help`.
pub(super) const HELP: &str = "\
The command of --exec is run once for each line, by the shell (sh -c, on
Windows cmd /C), and waited for. It gets:
  BLOBFREIGHT_CHANGE          first, state, cancelling, percent or gone
  BLOBFREIGHT_JOB             name of the job
  BLOBFREIGHT_RESOURCE_GROUP  its resource group
  BLOBFREIGHT_SUBSCRIPTION    its subscription
  BLOBFREIGHT_SERVICE         databox or classic
  BLOBFREIGHT_STATE           the word of the service, e.g. DataCopy
  BLOBFREIGHT_STATE_TITLE     the same in words, e.g. copying
  BLOBFREIGHT_STATE_BEFORE    the word before; empty at first
  BLOBFREIGHT_PERCENT         0 to 100; empty where the service says none
  BLOBFREIGHT_TIME            when it was seen, e.g. 2026-11-26T16:20:00Z
Its output goes to standard error. What it returns is reported and changes
nothing.

Exit status: 0 the job ended without errors, 1 it was cancelled, failed or is
gone, or the watching failed, 3 it ended with errors, 4 sign in first.";

/// A change of a job.
#[derive(Debug)]
pub(super) struct JobChangeSeen<'a> {
    /// `first`, `state`, `cancelling`, `percent` or `gone`.
    pub(super) kind: &'static str,
    /// Which job.
    pub(super) address: &'a JobAddress,
    /// The job as it is now; `None` when it is gone.
    pub(super) job: Option<&'a Job>,
    /// The word of the service before.
    pub(super) before: &'a str,
    /// When it was seen.
    pub(super) time: &'a str,
}

/// Runs the command and waits for its end. A command that fails is reported.
pub(super) async fn run(command: &str, change: &JobChangeSeen<'_>) {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let (word, title) = change.job.map(|job| (job.status.word.as_str(), job.status.state.title())).unwrap_or_default();
    let percent = change.job.and_then(|job| job.percent).map(|percent| percent.to_string()).unwrap_or_default();
    let mut child = Command::new(shell);
    child.arg(flag).arg(command).stdin(Stdio::null()).stdout(std::io::stderr());
    for (name, value) in [
        ("CHANGE", change.kind),
        ("JOB", &change.address.name),
        ("RESOURCE_GROUP", &change.address.resource_group),
        ("SUBSCRIPTION", &change.address.subscription),
        ("SERVICE", change.address.service.word()),
        ("STATE", word),
        ("STATE_TITLE", title),
        ("STATE_BEFORE", change.before),
        ("PERCENT", &percent),
        ("TIME", change.time),
    ] {
        child.env(format!("BLOBFREIGHT_{name}"), value.replace('\0', ""));
    }
    match spawn_blocking(move || child.status()).await {
        Ok(Ok(status)) if status.success() => {}
        Ok(Ok(status)) => print::note(&format!("The command of --exec ended with {status}.")),
        Ok(Err(error)) => print::note(&format!("The command of --exec could not be run: {error}.")),
        Err(_) => print::note("The command of --exec was not waited for."),
    }
}
