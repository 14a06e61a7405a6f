//! What decides which thing comes next with an export: read from its draft, from its job, or from both.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::draft::{Cancellation, Draft};
use super::job::KnownJob;
use super::journal::Intention;
use crate::azure::model::{Job, JobDrive, JobState, JobStatus};
use crate::protocol::step::Step;

/// What is known of an export. A part is `None` or `false` while it is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct ExportFacts {
    /// The step that the draft opens at; `None` for a job without a draft.
    pub step: Option<Step>,
    /// What the service last said of the job; `None` while there is no job.
    pub status: Option<JobStatus>,
    /// The service answered that the job does not exist any more.
    pub gone: bool,
    /// The person had the job deleted, or asked for it.
    pub deleted: bool,
    /// When the service made the job. For a create request without an answer: when it was sent.
    pub created: Option<Timestamp>,
    /// When the parcel was announced, here or as the service has it, or when that was first seen.
    pub shipped: Option<EventTime>,
    /// When the job ended: the service's time, or when the end was first seen, which is later.
    pub finished: Option<EventTime>,
    /// The BitLocker keys of all drives that came are in a file.
    pub keys_saved: bool,
    /// The service says of each drive of the job that it never came.
    #[serde(default)]
    pub no_drive_came: bool,
    /// The service was asked to cancel the job before its drives were sent, and has not done it so far.
    #[serde(default)]
    pub cancelling: bool,
    /// The request to cancel was sent before the drives, and the job does not show it so far.
    #[serde(default)]
    pub cancel_open: bool,
    /// A create request was sent, and nobody knows yet whether it made the job.
    pub create_open: bool,
    /// The service waits for a decision of the customer.
    pub asks: bool,
}

/// When something happened to a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventTime {
    /// The time.
    pub at: Timestamp,
    /// It is known, e.g. because the service named it; otherwise it was first seen then, and may have happened before.
    pub exact: bool,
}

impl EventTime {
    fn known(at: Timestamp) -> Self {
        Self { at, exact: true }
    }

    fn seen(at: Timestamp) -> Self {
        Self { at, exact: false }
    }
}

impl ExportFacts {
    /// What a draft knows.
    pub fn of_draft(draft: &Draft) -> Self {
        let job = draft.job.as_ref();
        let noted = draft.journal.create.as_ref().map(|create| create.sent.unwrap_or(create.intention.at));
        let announced = draft.journal.ship.filter(|ship| ship.confirmed).map(|ship| ship.at);
        let seen = |state: JobState| job.and_then(|job| job.seen_at(state));
        let ends = [JobState::Completed, JobState::CompletedWithErrors];
        Self {
            step: Some(draft.resumes_at()),
            status: job.map(|job| job.status.clone()),
            gone: draft.gone().is_some(),
            deleted: draft.journal.delete.is_some_and(|delete: Intention| delete.confirmed || draft.gone().is_none()),
            created: job.and_then(|job| job.created).or(noted),
            shipped: announced.map(EventTime::known).or(seen(JobState::Shipped).map(EventTime::seen)),
            finished: ends.into_iter().find_map(seen).map(EventTime::seen),
            keys_saved: draft.has_all_keys(),
            no_drive_came: job.is_some_and(KnownJob::has_no_drive),
            cancelling: draft.cancellation() == Some(Cancellation::Requested),
            cancel_open: draft.cancellation() == Some(Cancellation::Unconfirmed),
            create_open: draft.open_create().is_some(),
            asks: job.is_some_and(|job| job.asks),
        }
    }

    /// What a job says of itself.
    pub fn of_job(job: &Job) -> Self {
        Self::default().with_job(job)
    }

    /// The same with what the job says now. What a list leaves out, e.g. its stages, stays as it was known in the same state.
    pub fn with_job(self, job: &Job) -> Self {
        let time = |state: JobState| {
            let of_state = |word: &str| JobStatus::of_data_box(word).state == state;
            let stage = job.stages.iter().find(|stage| of_state(&stage.word));
            stage.and_then(|stage| stage.time.as_deref()?.parse().ok())
        };
        let state = job.status.state;
        let same = self.status.as_ref() == Some(&job.status);
        let cancelling = job.cancel_requested || (same && self.cancelling);
        let ended = time(JobState::Completed).or(time(JobState::CompletedWithErrors));
        let ended = ended.filter(|_| state.is_over()).map(EventTime::known);
        Self {
            status: Some(job.status.clone()),
            gone: false,
            created: job.created.as_deref().and_then(|text| text.parse().ok()).or(self.created),
            shipped: time(JobState::Shipped).map(EventTime::known).or(self.shipped),
            finished: ended.or(self.finished),
            no_drive_came: match job.drives.as_slice() {
                [] => self.no_drive_came,
                drives => state.sent_back() && drives.iter().all(JobDrive::never_came),
            },
            cancelling: cancelling && state.before_shipment(),
            cancel_open: self.cancel_open && !cancelling && state.before_shipment(),
            create_open: false,
            asks: job.asks() || (same && job.drives.is_empty() && self.asks),
            ..self
        }
    }

    /// How far the job is; `None` while there is no job.
    pub fn state(&self) -> Option<JobState> {
        self.status.as_ref().map(|status| status.state)
    }
}

/// How long a job waits for its parcel, and after that for the drives, before the service gives it up (Microsoft page: View the status
/// of Azure Import/Export jobs).
pub(super) const TWO_WEEKS: SignedDuration = SignedDuration::from_hours(14 * 24);

/// How long the service keeps a job after its end, and its keys with it (the same page).
pub(super) const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);
