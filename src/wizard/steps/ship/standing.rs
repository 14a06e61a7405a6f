//! Whether the parcel is announced, and why it cannot be announced now.

use crate::azure::model::JobState;
use crate::protocol::message::Slot;
use crate::wizard::progress::StepProgress;
use crate::wizard::shared::Shared;
use crate::wizard::steps::ship::deadline::deadline;

/// The step's answer in a few words, for the rail.
pub fn progress(shared: &Shared) -> StepProgress {
    if !shared.draft.has_job() {
        return StepProgress::locked("create the job first");
    }
    if is_shipped(shared) {
        let parcel = &shared.draft.parcel;
        let known = [parcel.carrier.trim(), parcel.tracking_number.trim()].join(" ").trim().to_owned();
        let summary = if known.is_empty() { "announced".to_owned() } else { known };
        return StepProgress { answered: true, summary, ..StepProgress::default() };
    }
    if shared.draft.gone().is_some() {
        let needs = Some("make a new draft: the job is gone".to_owned());
        return StepProgress { summary: "do not ship, the job is gone".into(), needs, ..StepProgress::default() };
    }
    let summary = deadline(shared).map(|day| format!("ship by {day}")).unwrap_or_default();
    StepProgress { summary, needs: Some("announce the parcel when it leaves".into()), ..StepProgress::default() }
}

/// Whether the parcel is announced: the service confirmed it, or the job has left the state Creating.
pub fn is_shipped(shared: &Shared) -> bool {
    let confirmed = shared.draft.journal.ship.is_some_and(|ship| ship.confirmed);
    let past = |state| !matches!(state, JobState::Preparing | JobState::AwaitingShipment);
    confirmed || shared.draft.job.as_ref().is_some_and(|job| past(job.status.state))
}

/// Why nothing can be announced now.
pub(super) fn closed(shared: &Shared) -> Option<String> {
    if is_shipped(shared) {
        return Some("The parcel was announced; what was said about it cannot be changed here.".to_owned());
    }
    if shared.requests.is_busy(Slot::Ship) {
        return Some("The service is being asked; wait for its answer.".to_owned());
    }
    if shared.draft.gone().is_some() {
        return Some("The job is gone; no parcel can be announced for it.".to_owned());
    }
    shared.why_read_only()
}
