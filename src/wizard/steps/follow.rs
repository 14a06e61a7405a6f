//! The follow step: the state of the job, which is read again every minute, and cancelling the job.

use std::time::Duration;

use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{JobChange, JobState};
use crate::draft::KnownJob;
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::{Effect, Reply, Slot};
use crate::wizard::progress::StepProgress;
use crate::wizard::shared::Shared;
use crate::wizard::step::{StepLogic, StepOutcome};
use crate::wizard::{list, poll};

/// The reason for cancelling that the service is given.
const REASON: &str = "The export is no longer needed";

/// The state of the step.
#[derive(Debug, Default)]
pub struct FollowStep {
    /// First row of the drives shown.
    pub row: usize,
    /// The person is asked whether to cancel the job.
    pub asking: bool,
    /// Why the job could not be cancelled.
    pub fault: Option<Fault>,
}

/// The step's answer in a few words, for the rail.
pub fn progress(shared: &Shared) -> StepProgress {
    let Some(known) = &shared.draft.job else { return StepProgress::locked("create the job first") };
    if known.gone.is_some() {
        return StepProgress { summary: "the job is gone".into(), ..StepProgress::default() };
    }
    let percent =
        shared.catalogue.job.as_ref().and_then(|job| job.percent).filter(|_| known.status.state == JobState::Copying);
    let summary = percent.map_or_else(|| known.status.to_string(), |percent| format!("{} {percent} %", known.status));
    StepProgress { answered: known.status.state.is_over(), summary, ..StepProgress::default() }
}

/// What cancelling means for this job; `None` when the service does not let it be cancelled.
pub fn cancel_chance(known: &KnownJob) -> Option<&'static str> {
    let simple = matches!(known.status.state, JobState::Preparing | JobState::AwaitingShipment);
    known.allows.cancel.then_some(if simple {
        "The job has not been shipped for, so cancelling is simple."
    } else {
        "The service may refuse, and the drives come back either way."
    })
}

impl FollowStep {
    fn cancel(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.asking = false;
        let Some(job) = shared.draft.job_address().cloned() else { return Vec::new() };
        if shared.refuses() {
            return Vec::new();
        }
        poll::change(
            shared,
            Slot::CancelJob,
            job,
            JobChange { cancel: Some(REASON.to_owned()), ..JobChange::default() },
        )
    }

    fn cancelled(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) -> Vec<Effect> {
        match outcome {
            Err(fault) => {
                // The job itself tells whether it is gone.
                let look = fault.kind == FaultKind::Gone;
                let advice = "Cancelling may have been asked for: the job says so once it is read again.";
                self.fault = Some(if fault.unsettled { fault.advise(advice) } else { fault });
                if look { poll::read(shared) } else { Vec::new() }
            }
            Ok(reply) => {
                if matches!(reply, Reply::Job(Some(_))) {
                    shared.say("Cancelling was asked for; the drives come back unfilled or partly filled.");
                }
                poll::learn(shared, Ok(reply));
                Vec::new()
            }
        }
    }
}

impl StepLogic for FollowStep {
    fn enter(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.fault = None;
        poll::read(shared)
    }

    fn contexts(&self, shared: &Shared) -> Vec<Context> {
        if self.asking {
            return vec![Context::Question, Context::Page];
        }
        if shared.draft.gone().is_some() {
            return vec![Context::Gone, Context::Loaded, Context::Page];
        }
        let stoppable = shared.draft.job.as_ref().is_some_and(|known| cancel_chance(known).is_some());
        let asked = shared.catalogue.job.as_ref().is_some_and(|job| job.cancel_requested);
        let mut contexts = Vec::new();
        let failed = self.fault.is_some() || shared.poll.fault.is_some();
        contexts.extend(failed.then_some(Context::Failed));
        contexts.extend((stoppable && !asked).then_some(Context::Cancellable));
        contexts.extend([Context::Loaded, Context::Copyable, Context::Onward, Context::List]);
        contexts
    }

    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        match action {
            Action::Move(motion) => {
                let drives = shared.catalogue.job.as_ref().map_or(0, |job| job.drives.len());
                self.row = list::moved(self.row, drives, motion, 10);
            }
            Action::Reload | Action::Retry => return self.enter(shared).into(),
            Action::CancelJob => self.asking = true,
            Action::Yes => return self.cancel(shared).into(),
            Action::No => self.asking = false,
            Action::Copy => {
                let text = shared.draft.job.as_ref().map(|known| known.shipping.lines().join("\n"));
                if let Some(text) = text.filter(|text| !text.is_empty()) {
                    shared.say("The shipping address is on the clipboard, if the terminal allows it.");
                    return Effect::Copy(text).into();
                }
            }
            Action::Activate => return StepOutcome::next(),
            _ => {}
        }
        StepOutcome::stay()
    }

    fn done(&mut self, shared: &mut Shared, slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome {
        if slot == Slot::CancelJob {
            return self.cancelled(shared, outcome).into();
        }
        poll::learn(shared, outcome);
        StepOutcome::stay()
    }

    fn leave(&mut self, _shared: &mut Shared) -> Result<Vec<Effect>, String> {
        Ok(Vec::new())
    }

    fn close(&mut self, _shared: &mut Shared) -> bool {
        std::mem::take(&mut self.asking)
    }

    fn page(&self, _shared: &Shared) -> usize {
        usize::from(self.asking)
    }

    fn tick(&mut self, shared: &mut Shared) -> Vec<Effect> {
        poll::tick(shared)
    }

    fn wake_in(&self, shared: &Shared) -> Option<Duration> {
        poll::wake_in(shared)
    }
}
