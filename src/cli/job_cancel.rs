//! `blobfreight jobs cancel`: asks the service to cancel a job, says what that takes along, and reads what became of it.

use clap::Args;
use serde_json::json;

use super::common_args::SessionArgs;
use super::confirm::confirm;
use super::effective_config::EffectiveConfig;
use super::failure::CommandFailure;
use super::headless::Headless;
use super::job_search::{self, JobSelector};
use super::{draft_notes, print};
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{Job, JobAddress, JobChange, JobState};

/// Which job, and why.
#[derive(Clone, Debug, Args)]
pub struct CancelArgs {
    /// Which.
    #[command(flatten)]
    job: JobSelector,
    /// Why; Data Box keeps it in the job, where others can read it
    #[arg(long, value_name = "TEXT", default_value = "The export is no longer needed")]
    reason: String,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// How to ask.
    #[command(flatten)]
    ask: SessionArgs,
}

/// Asks for the cancellation. Exit status 0 when it was asked for; the words say whether the job is cancelled.
///
/// # Errors
/// The service does not let this job be cancelled, or fails.
pub(super) async fn run(setting: &EffectiveConfig, args: &CancelArgs) -> Result<(), CommandFailure> {
    let session = Headless::sign_in(setting, &args.ask).await?;
    let (address, job) = job_search::find(setting, &session, &args.ask, args.job.clone()).await?;
    if job.cancel_requested || job.status.state == JobState::Cancelled {
        draft_notes::note_job(setting, &address, &job);
        tell(args, &job, "nothing was sent");
        return Ok(());
    }
    if !job.allows.cancel {
        let reason = format!("the service does not cancel a job in {}", job.status);
        let fault = Fault::local(format!("cancel the job {}", address.name), reason);
        return Err(Fault { kind: FaultKind::Conflict, ..fault }.into());
    }
    confirm(&question(&address, &job, &args.reason), args.yes)?;
    let service = session.azure.jobs(address.service);
    let change = JobChange { cancel: Some(args.reason.clone()), ..JobChange::default() };
    let noted = draft_notes::note_cancelling(setting, &address);
    if let Err(fault) = service.update(&address, &change).await {
        if !fault.unsettled {
            draft_notes::take_back_cancelling(setting, &address, noted);
        }
        let advice = "It may have been asked for: look with `blobfreight jobs show` before you ask again.";
        return Err(fault.advise_if_unsettled(advice).into());
    }
    match service.get(&address).await? {
        Some(job) => {
            draft_notes::note_job(setting, &address, &job);
            tell(args, &job, "as it was asked for");
        }
        None => print::out(&format!("The service took it, and no longer has the job {}.\n", address.name)),
    }
    Ok(())
}

fn question(address: &JobAddress, job: &Job, reason: &str) -> Vec<String> {
    let mut said = vec![format!("The job {} of {} is to be cancelled.", address.name, address.service.title())];
    if !job.status.state.before_shipment() {
        said.push(
            "Its drives are on their way or there already: the service may refuse, and sends them back either way."
                .to_owned(),
        );
    }
    if address.service.takes_cancel_reason() {
        said.push(format!("The service keeps the reason in the job: {reason}."));
        said.push(
            "It wipes name, telephone and e-mail addresses of the job. A cancelled job does not come back.".to_owned(),
        );
    }
    said
}

fn tell(args: &CancelArgs, job: &Job, how: &str) {
    let cancelled = job.status.state == JobState::Cancelled;
    if args.ask.output.is_json() {
        print::json(&json!({
            "job": job.name,
            "service": job.service.word(),
            "state": job.status.word,
            "stateTitle": job.status.state.title(),
            "cancelled": cancelled,
            "cancelRequested": job.cancel_requested,
        }));
        return;
    }
    let words = match (cancelled, job.cancel_requested) {
        (true, _) => "is cancelled",
        (false, true) => "is to be cancelled; the service has not said yet that it is",
        (false, false) => "does not show the cancellation yet; look again with `blobfreight jobs show`",
    };
    print::out(&format!("The job {} {words}, {how} (state {}).\n", job.name, job.status));
}
