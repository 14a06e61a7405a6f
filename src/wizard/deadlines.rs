//! The deadlines of a job: what to do until when, by the service's clock, made of what the draft knows of the job. Pure.

use jiff::{SignedDuration, Timestamp};

use crate::azure::model::JobState;
use crate::draft::{Draft, KEPT, TWO_WEEKS};

/// Something to do until a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobDeadline {
    /// The time, by the service's clock.
    pub at: Timestamp,
    /// What to do, one sentence without the time.
    pub what: &'static str,
    /// What happens afterwards.
    pub otherwise: &'static str,
    /// The time is counted from when the program saw the state: the state itself may be older.
    pub at_the_latest: bool,
}

/// The deadlines of the draft's job, the nearest first. None for a job that is gone or has no deadline in its state.
pub fn deadlines(draft: &Draft) -> Vec<JobDeadline> {
    let Some(known) = draft.job.as_ref().filter(|known| known.gone.is_none()) else { return Vec::new() };
    let noted = draft.journal.create.as_ref().map(|create| create.intention.at);
    let after = |from: Option<Timestamp>, wait: SignedDuration| from?.checked_add(wait).ok();
    let deadline = |at: Option<Timestamp>, what, otherwise, at_the_latest| {
        at.map(|at| JobDeadline { at, what, otherwise, at_the_latest })
    };
    let found = match known.status.state {
        JobState::Preparing | JobState::AwaitingShipment => deadline(
            after(known.created.or(noted), TWO_WEEKS),
            "Ship the drives and announce the parcel.",
            "The service drops the job.",
            false,
        ),
        JobState::Shipped => deadline(
            after(known.seen_at(JobState::Shipped), TWO_WEEKS),
            "The drives have to arrive at the datacenter; ask the carrier if they are late.",
            "Microsoft asks where they are, and closes the job after 30 days without an answer.",
            true,
        ),
        state @ (JobState::Completed | JobState::CompletedWithErrors) => {
            let what = if draft.keys_file.is_some() {
                "Check the drives, and ask Microsoft while the job is still there."
            } else {
                "Save the BitLocker keys, and check the drives."
            };
            deadline(
                after(known.seen_at(state), KEPT),
                what,
                "The service deletes the job, and its keys with it.",
                true,
            )
        }
        _ => None,
    };
    found.into_iter().collect()
}
