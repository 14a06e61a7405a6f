//! Sentences about a job that the service no longer has: since when, what may have happened, and that the drives stay at home.

use jiff::Timestamp;

use crate::azure::model::JobState;
use crate::draft::{Draft, KnownJob};
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::wizard::shared::Shared;

/// `Job export-media has been gone since 2026-12-10 14:02 UTC. Do not ship.`; `None` while nothing says that the job is gone.
pub fn headline(draft: &Draft) -> Option<String> {
    let gone = draft.gone()?;
    let name = draft.job_address().map_or("", |job| job.name.as_str());
    let since = moment(gone.seen);
    let at_home = draft.job.as_ref().is_some_and(|known| known.status.state.before_arrival());
    Some(if let Some(delete) = draft.journal.delete {
        let ship = if at_home { " Do not ship." } else { "" };
        let did = if delete.confirmed { "You deleted" } else { "You asked to delete" };
        format!("{did} job {name}; it has been gone since {since}.{ship}")
    } else {
        format!("Job {name} has been gone since {since}. Do not ship.")
    })
}

/// What the service answered, and the job's last known state.
pub fn evidence(draft: &Draft) -> Option<String> {
    let (known, gone) = (draft.job.as_ref()?, draft.gone()?);
    let answer = if draft.journal.delete.is_some_and(|delete| delete.confirmed) {
        "The service answered that it is deleted"
    } else if gone.with_group {
        "The service answered that its resource group does not exist"
    } else {
        "The service answered that it does not exist"
    };
    Some(format!("{answer}. The last time it was there it was {}.", known.status))
}

/// What may have happened, and what to do about drives that are under way. The service does not say why a job is gone; the draft knows
/// whether its person deleted it.
pub fn likely(draft: &Draft, known: &KnownJob) -> &'static str {
    if draft.journal.delete.is_some() {
        return if draft.keys_file.is_some() {
            "The service has no keys of it any more; the saved ones stay on this machine."
        } else {
            "Its BitLocker keys, if it had any, went with it."
        };
    }
    match known.status.state {
        JobState::Preparing | JobState::AwaitingShipment => {
            "A job whose parcel is not announced is dropped after two weeks. Somebody may also have deleted it."
        }
        JobState::Completed | JobState::CompletedWithErrors => {
            "Finished jobs are deleted after 90 days, their keys with them."
        }
        _ => {
            "Somebody may have deleted it. If drives are on their way or with Microsoft, ask Microsoft support for them by the job's name."
        }
    }
}

/// Why Next does not announce a parcel: the job is gone. `None` while it is there.
pub fn refusal(shared: &Shared) -> Option<String> {
    let copy = shared.keys.name_in(Context::Gone, &Action::CopyDraft);
    headline(&shared.draft).map(|words| format!("{words} {copy} makes a new draft from these answers."))
}

fn moment(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d %H:%M UTC").to_string()
}
