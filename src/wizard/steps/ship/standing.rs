//! Whether the parcel is announced, and why it cannot be announced now.

use crate::azure::model::{Job, JobState, ServiceName};
use crate::draft::{Cancellation, KnownJob};
use crate::protocol::message::Slot;
use crate::wizard::progress::StepProgress;
use crate::wizard::shared::Shared;
use crate::wizard::steps::ship::deadline::deadline;

/// What a job that was just read says about its parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ParcelStanding {
    /// The service waits for it.
    Awaited,
    /// The service does not take it yet.
    TooEarly,
    /// The service knows of it.
    Announced,
    /// The job ended without one, or is in a state that nobody explains.
    Refused,
}

impl ParcelStanding {
    pub(super) fn of(job: &Job) -> Self {
        // The classic service keeps a parcel before it is on its way; for Data Box the parcel is the announcement.
        let known = job.service.announces_once() && job.delivery_package.is_some();
        match job.status.state {
            state if on_its_way(state) || known => Self::Announced,
            JobState::Cancelled | JobState::Failed | JobState::Unknown => Self::Refused,
            _ if job.allows.ship => Self::Awaited,
            _ => Self::TooEarly,
        }
    }
}

/// Whether a job comes into this state only after its parcel was announced.
fn on_its_way(state: JobState) -> bool {
    !matches!(
        state,
        JobState::Preparing | JobState::AwaitingShipment | JobState::Cancelled | JobState::Failed | JobState::Unknown
    )
}

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
    if let Some(end) = no_parcel(shared) {
        let summary = match end {
            NoParcel::State(JobState::Unknown) => "do not ship, unknown state".to_owned(),
            NoParcel::State(state) => format!("do not ship, job {}", state.title()),
            NoParcel::Cancellation(Cancellation::Requested) => "do not ship, being cancelled".to_owned(),
            NoParcel::Cancellation(Cancellation::Unconfirmed) => "do not ship, perhaps being cancelled".to_owned(),
        };
        return StepProgress { summary, ..StepProgress::default() };
    }
    if is_too_early(shared) {
        return StepProgress { summary: "not yet, being prepared".into(), ..StepProgress::default() };
    }
    let summary = deadline(shared).map(|day| format!("ship by {day}")).unwrap_or_default();
    StepProgress { summary, needs: Some("announce the parcel when it leaves".into()), ..StepProgress::default() }
}

/// Whether the parcel is announced: the service confirmed it, or the job is, or was seen, in a state that comes after it.
pub fn is_shipped(shared: &Shared) -> bool {
    let confirmed = shared.draft.journal.ship.is_some_and(|ship| ship.confirmed);
    // A job that was cancelled on its way, or is in a state nobody explains, was announced all the same.
    let came_by = |known: &KnownJob| known.seen.iter().any(|(seen, _)| on_its_way(seen.state));
    confirmed || shared.draft.job.as_ref().is_some_and(|known| on_its_way(known.status.state) || came_by(known))
}

/// Whether the service takes carrier and tracking number once and never corrects them.
pub fn is_sent_once(shared: &Shared) -> bool {
    shared.draft.job_service().is_some_and(ServiceName::announces_once)
}

/// Whether the service does not wait for the drives yet. The step reads the job again by itself.
pub fn is_too_early(shared: &Shared) -> bool {
    let open = shared.draft.job.as_ref().filter(|job| job.gone.is_none() && !is_shipped(shared));
    open.is_some_and(|job| !job.allows.ship && no_parcel(shared).is_none())
}

/// Why a job takes no parcel any more although none was announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoParcel {
    /// It ended, or is in a state that nobody explains.
    State(JobState),
    /// It is being cancelled, or may be.
    Cancellation(Cancellation),
}

/// Why the job takes no parcel any more although none was announced; `None` while it takes one, or will.
pub fn no_parcel(shared: &Shared) -> Option<NoParcel> {
    let known = shared.draft.job.as_ref().filter(|job| job.gone.is_none() && !is_shipped(shared))?;
    let state = known.status.state;
    let ended = matches!(state, JobState::Cancelled | JobState::Failed | JobState::Unknown);
    if ended { Some(NoParcel::State(state)) } else { shared.draft.cancellation().map(NoParcel::Cancellation) }
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
    if let Some(end) = no_parcel(shared) {
        return Some(match end {
            NoParcel::Cancellation(cancellation) => cancellation.words().to_owned(),
            NoParcel::State(JobState::Cancelled) => {
                "The job was cancelled; no parcel can be announced for it. Send no drives.".to_owned()
            }
            NoParcel::State(JobState::Failed) => {
                "The job has failed; no parcel can be announced for it. Send no drives.".to_owned()
            }
            NoParcel::State(_) => {
                let word = shared.draft.job.as_ref().map_or("", |job| job.status.word.as_str());
                format!("This program does not know the state {word}; no parcel is announced in it. Send no drives.")
            }
        });
    }
    shared.why_read_only()
}

/// Why a parcel cannot be announced yet.
pub(super) fn too_early(shared: &Shared) -> Option<String> {
    is_too_early(shared).then(|| {
        "The service is still preparing the job; it takes the parcel once it waits for the drives. Send nothing yet."
            .to_owned()
    })
}
