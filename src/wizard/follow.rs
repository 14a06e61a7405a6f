//! The follow step: the job as the service tells it, read again by itself, and the one way to stop it.

use std::time::Duration;

use super::conduct::{Conduct, Turn};
use super::desk::Desk;
use super::rail::Progress;
use super::{list, poll};
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::protocol::{Effect, Reply, Slot};
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{JobChange, JobState};

/// The state of the step.
#[derive(Debug, Default)]
pub struct Follow {
    /// First row of the drives shown.
    pub row: usize,
    /// Cancelling waits for a yes.
    pub asking: bool,
    /// Why the job could not be cancelled.
    pub fault: Option<Fault>,
}

/// Says the answer in a few words.
pub fn progress(desk: &Desk) -> Progress {
    let Some(known) = &desk.draft.job else { return Progress::locked("create the job first") };
    if known.gone.is_some() {
        return Progress { summary: "the job is gone".into(), ..Progress::default() };
    }
    let percent =
        desk.catalogue.job.as_ref().and_then(|job| job.percent).filter(|_| known.state == JobState::Transferring);
    let summary = percent.map_or_else(|| known.state.to_string(), |percent| format!("{} {percent} %", known.state));
    Progress { answered: known.state.is_over(), summary, ..Progress::default() }
}

/// Whether the service may still agree to cancel. Its pages disagree; after Transferring nothing can be stopped.
pub fn cancel_chance(state: &JobState) -> Option<&'static str> {
    match state {
        JobState::Creating => Some("The job has not been shipped for, so cancelling is simple."),
        JobState::Shipping | JobState::Received | JobState::Transferring => {
            Some("The service may refuse, and the drives come back either way.")
        }
        _ => None,
    }
}

impl Follow {
    fn cancel(&mut self, desk: &mut Desk) -> Vec<Effect> {
        self.asking = false;
        let Some(job) = desk.draft.job_address().cloned() else { return Vec::new() };
        if desk.refuses() {
            return Vec::new();
        }
        poll::change(desk, Slot::CancelJob, job, JobChange { cancel: true, ..JobChange::default() })
    }

    fn cancelled(&mut self, desk: &mut Desk, outcome: Result<Reply, Fault>) -> Vec<Effect> {
        match outcome {
            Err(fault) => {
                // The job itself tells whether it is gone.
                let look = fault.kind == FaultKind::Gone;
                let advice = "Cancelling may have been asked for: the job says so once it is read again.";
                self.fault = Some(if fault.unsettled { fault.advise(advice) } else { fault });
                if look { poll::read(desk) } else { Vec::new() }
            }
            Ok(reply) => {
                if matches!(reply, Reply::Job(Some(_))) {
                    desk.say("Cancelling was asked for; the drives come back unfilled or partly filled.");
                }
                poll::learn(desk, Ok(reply));
                Vec::new()
            }
        }
    }
}

impl Conduct for Follow {
    fn enter(&mut self, desk: &mut Desk) -> Vec<Effect> {
        self.fault = None;
        poll::read(desk)
    }

    fn contexts(&self, desk: &Desk) -> Vec<Context> {
        if self.asking {
            return vec![Context::Question, Context::Page];
        }
        if desk.draft.gone().is_some() {
            return vec![Context::Gone, Context::Loaded, Context::Page];
        }
        let state = desk.draft.job.as_ref().map(|known| &known.state);
        let stoppable = state.is_some_and(|state| cancel_chance(state).is_some());
        let asked = desk.catalogue.job.as_ref().is_some_and(|job| job.cancel_requested);
        let mut contexts = Vec::new();
        let failed = self.fault.is_some() || desk.poll.fault.is_some();
        contexts.extend(failed.then_some(Context::Failed));
        contexts.extend((stoppable && !asked).then_some(Context::Cancellable));
        contexts.extend([Context::Loaded, Context::Copyable, Context::Onward, Context::List]);
        contexts
    }

    fn act(&mut self, desk: &mut Desk, action: Action) -> Turn {
        match action {
            Action::Move(motion) => {
                let drives = desk.catalogue.job.as_ref().map_or(0, |job| job.drives.len());
                self.row = list::moved(self.row, drives, motion, 10);
            }
            Action::Reload | Action::Retry => return self.enter(desk).into(),
            Action::CancelJob => self.asking = true,
            Action::Yes => return self.cancel(desk).into(),
            Action::No => self.asking = false,
            Action::Copy => {
                let text = desk.draft.job.as_ref().map(|known| known.shipping.lines().join("\n"));
                if let Some(text) = text.filter(|text| !text.is_empty()) {
                    desk.say("The shipping address is on the clipboard, if the terminal allows it.");
                    return Effect::Copy(text).into();
                }
            }
            Action::Activate => return Turn::next(),
            _ => {}
        }
        Turn::stay()
    }

    fn done(&mut self, desk: &mut Desk, slot: Slot, outcome: Result<Reply, Fault>) -> Turn {
        if slot == Slot::CancelJob {
            return self.cancelled(desk, outcome).into();
        }
        poll::learn(desk, outcome);
        Turn::stay()
    }

    fn leave(&mut self, _desk: &mut Desk) -> Result<Vec<Effect>, String> {
        Ok(Vec::new())
    }

    fn close(&mut self, _desk: &mut Desk) -> bool {
        std::mem::take(&mut self.asking)
    }

    fn page(&self, _desk: &Desk) -> usize {
        usize::from(self.asking)
    }

    fn tick(&mut self, desk: &mut Desk) -> Vec<Effect> {
        poll::tick(desk)
    }

    fn wake_in(&self, desk: &Desk) -> Option<Duration> {
        poll::wake_in(desk)
    }
}
