//! Where the parcel stands, as the draft and the requests under way tell it: announced or not, and what keeps it as it is.

use super::{deadline, may_be_announced};
use crate::app::protocol::Slot;
use crate::azure::model::JobState;
use crate::wizard::desk::Desk;
use crate::wizard::rail::Progress;

/// Says the answer in a few words.
pub fn progress(desk: &Desk) -> Progress {
    if !desk.draft.has_job() {
        return Progress::locked("create the job first");
    }
    if is_shipped(desk) {
        let parcel = &desk.draft.parcel;
        let known = [parcel.carrier.trim(), parcel.tracking_number.trim()].join(" ").trim().to_owned();
        let summary = if known.is_empty() { "announced".to_owned() } else { known };
        return Progress { answered: true, summary, ..Progress::default() };
    }
    if desk.draft.gone().is_some() {
        let needs = Some("make a new draft: the job is gone".to_owned());
        return Progress { summary: "do not ship, the job is gone".into(), needs, ..Progress::default() };
    }
    let summary = deadline(desk).map(|day| format!("ship by {day}")).unwrap_or_default();
    Progress { summary, needs: Some("announce the parcel when it leaves".into()), ..Progress::default() }
}

/// Whether the service knows of the parcel: it confirmed ours, or the job has left Creating in some other way.
pub fn is_shipped(desk: &Desk) -> bool {
    let confirmed = desk.draft.journal.ship.is_some_and(|ship| ship.confirmed);
    confirmed || desk.draft.job.as_ref().is_some_and(|job| job.state != JobState::Creating)
}

/// Why nothing can be changed now.
pub fn frozen(desk: &Desk) -> Option<String> {
    closed(desk).or_else(|| may_be_announced(desk))
}

/// Why nothing can be announced now.
pub(super) fn closed(desk: &Desk) -> Option<String> {
    if is_shipped(desk) {
        return Some("The parcel was announced; what was said about it cannot be changed here.".to_owned());
    }
    if desk.requests.is_busy(Slot::Ship) {
        return Some("The service is being asked; wait for its answer.".to_owned());
    }
    if desk.draft.gone().is_some() {
        return Some("The job is gone; no parcel can be announced for it.".to_owned());
    }
    desk.why_read_only()
}
