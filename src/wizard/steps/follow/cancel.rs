//! Cancelling the job: whether it may be, what it takes along, and the reason that the service is given. The draft holds the time before the
//! request is sent, so that no step says "ship" while nobody knows whether the service took it, also after the program was closed.

use super::state::{FollowQuestion, FollowStep};
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{Job, JobChange, JobState, ServiceName};
use crate::draft::KnownJob;
use crate::form::Field;
use crate::protocol::message::{Effect, Reply, Slot};
use crate::wizard::poll;
use crate::wizard::shared::Shared;

/// The reason for cancelling that is offered.
const REASON: &str = "The export is no longer needed";

/// What cancelling means for this job; `None` when the service does not let it be cancelled.
pub fn cancel_chance(known: &KnownJob) -> Option<&'static str> {
    let simple = known.status.state.before_shipment();
    known.allows.cancel.then_some(if simple {
        "The job has not been shipped for, so cancelling is simple."
    } else {
        "The service may refuse, and the drives come back either way."
    })
}

impl FollowStep {
    /// Whether the service asks why a job is cancelled.
    pub fn asks_why(shared: &Shared) -> bool {
        shared.draft.job_service().is_some_and(ServiceName::takes_cancel_reason)
    }

    /// The reason that the service is given: the one typed, otherwise the one offered.
    pub fn reason(&self) -> &str {
        self.reason.as_ref().map(|field| field.value().trim()).filter(|text| !text.is_empty()).unwrap_or(REASON)
    }

    /// Opens the field of the reason.
    pub(super) fn edit_reason(&mut self) {
        self.typing = Some(Field::new(self.reason()));
    }

    /// Takes the typed reason.
    pub(super) fn keep_reason(&mut self) {
        self.reason = self.typing.take();
    }

    pub(super) fn cancel(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let Some(job) = shared.draft.job_address().cloned() else { return Vec::new() };
        if shared.refuses() {
            return Vec::new();
        }
        self.fault = None;
        self.cancellation_before = shared.draft.journal.cancel;
        shared.draft.journal.cancel = Some(shared.now);
        let change = JobChange { cancel: Some(self.reason().to_owned()), ..JobChange::default() };
        poll::change(shared, Slot::CancelJob, job, change)
    }

    pub(super) fn cancelled(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) -> Vec<Effect> {
        match outcome {
            Err(fault) => {
                // The job itself tells whether it is gone.
                let look = fault.kind == FaultKind::Gone;
                if !fault.unsettled {
                    shared.draft.journal.cancel = self.cancellation_before;
                }
                let advice = "Cancelling may have been asked for: the job says so once it is read again.";
                self.fault = Some(fault.advise_if_unsettled(advice));
                if look { poll::read(shared) } else { Vec::new() }
            }
            Ok(reply) => {
                let before = shared.draft.job.as_ref().map(|known| known.status.state);
                if let Reply::Job(Some(job)) = &reply {
                    shared.say(outcome_words(before, job));
                }
                poll::learn(shared, Ok(reply));
                Vec::new()
            }
        }
    }

    /// Whether this question may still be answered with yes: the job may have moved on while it was open.
    pub(super) fn still_stands(question: &FollowQuestion, shared: &Shared) -> bool {
        let known = shared.draft.job.as_ref();
        match question {
            FollowQuestion::Cancel => known.is_some_and(|known| known.allows.cancel),
            FollowQuestion::Delete => known.is_some_and(|known| known.allows.delete),
            FollowQuestion::Decide(_) | FollowQuestion::RemoveLock(_) | FollowQuestion::Rehearse(_) => true,
        }
    }
}

/// What cancelling came to, by the job as it was read after it.
fn outcome_words(before: Option<JobState>, job: &Job) -> &'static str {
    let at_home = before.is_some_and(JobState::before_shipment);
    match (job.status.state == JobState::Cancelled, at_home) {
        (true, true) => "The job is cancelled. Send no drives.",
        (true, false) => "The job is cancelled; drives that are on their way or with Microsoft come back.",
        (false, true) => "Cancelling was asked for. Send no drives.",
        (false, false) => "Cancelling was asked for; the drives come back unfilled or partly filled.",
    }
}
