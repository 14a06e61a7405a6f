//! The follow step: the job as the service tells it, read again by itself, and the one way to stop it.

use std::time::Duration;

use super::conduct::{Conduct, Turn};
use super::desk::Desk;
use super::list;
use super::rail::Progress;
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::protocol::{Call, Effect, Reply, Slot};
use crate::azure::fault::Fault;
use crate::azure::model::{JobChange, JobState};

/// How often the job is read while the step is open. Jobs move in days; a rehearsal hurries.
const EVERY: Duration = Duration::from_secs(60);
const EVERY_IN_REHEARSAL: Duration = Duration::from_secs(1);

/// The state of the step.
#[derive(Debug, Default)]
pub struct Follow {
    /// First row of the drives shown.
    pub row: usize,
    /// Cancelling waits for a yes.
    pub asking: bool,
    /// Why the job could not be read or cancelled.
    pub fault: Option<Fault>,
}

/// Says the answer in a few words.
pub fn progress(desk: &Desk) -> Progress {
    let Some(known) = &desk.draft.job else { return Progress::locked("create the job first") };
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
    fn read(desk: &mut Desk) -> Vec<Effect> {
        let Some(job) = desk.draft.job_address().cloned() else { return Vec::new() };
        if desk.session.is_none() || desk.requests.is_busy(Slot::Job) {
            return Vec::new();
        }
        vec![desk.start(Slot::Job, Call::Job(job))]
    }

    fn cancel(&mut self, desk: &mut Desk) -> Vec<Effect> {
        self.asking = false;
        let Some(job) = desk.draft.job_address().cloned() else { return Vec::new() };
        if desk.read_only {
            desk.warn("This draft is open read-only; nothing is sent from here.");
            return Vec::new();
        }
        let change = Box::new(JobChange { cancel: true, ..JobChange::default() });
        vec![desk.start(Slot::CancelJob, Call::UpdateJob { job, change })]
    }

    fn due_in(desk: &Desk) -> Duration {
        let every = if desk.draft.rehearsal { EVERY_IN_REHEARSAL } else { EVERY };
        let read = desk.draft.job.as_ref().filter(|_| desk.catalogue.job.is_some()).map(|known| known.read);
        let age = read.and_then(|read| Duration::try_from(desk.now.duration_since(read)).ok());
        age.map_or(Duration::ZERO, |age| every.saturating_sub(age))
    }

    fn polls(&self, desk: &Desk) -> bool {
        let over = desk.draft.job.as_ref().is_some_and(|known| known.state.is_over());
        desk.draft.has_job()
            && desk.session.is_some()
            && self.fault.is_none()
            && !over
            && !desk.requests.is_busy(Slot::Job)
    }
}

impl Conduct for Follow {
    fn enter(&mut self, desk: &mut Desk) -> Vec<Effect> {
        self.fault = None;
        Self::read(desk)
    }

    fn contexts(&self, desk: &Desk) -> Vec<Context> {
        if self.asking {
            return vec![Context::Question];
        }
        let state = desk.draft.job.as_ref().map(|known| &known.state);
        let stoppable = state.is_some_and(|state| cancel_chance(state).is_some());
        let asked = desk.catalogue.job.as_ref().is_some_and(|job| job.cancel_requested);
        let mut contexts = Vec::new();
        contexts.extend(self.fault.as_ref().map(|_| Context::Failed));
        contexts.extend((stoppable && !asked).then_some(Context::Cancellable));
        contexts.extend([Context::Loaded, Context::Copyable, Context::List]);
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
                if let Some(known) = &desk.draft.job {
                    let text = known.shipping.lines().join("\n");
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
        match outcome {
            Ok(Reply::Job(Some(job))) => {
                desk.learn_job(*job);
                if slot == Slot::CancelJob {
                    desk.say("Cancelling was asked for; the drives come back unfilled or partly filled.");
                }
            }
            Ok(_) => {
                let name = desk.draft.job_address().map_or("", |job| job.name.as_str());
                let gone = Fault::local(format!("read the job {name}"), "the service does not have it any more");
                self.fault = Some(gone.advise(
                    "Jobs that are never shipped expire after two weeks; finished ones are deleted after 90 days.",
                ));
            }
            Err(fault) => self.fault = Some(fault),
        }
        Turn::stay()
    }

    fn leave(&mut self, _desk: &mut Desk) -> Result<Vec<Effect>, String> {
        Ok(Vec::new())
    }

    fn close(&mut self, _desk: &mut Desk) -> bool {
        std::mem::take(&mut self.asking)
    }

    fn tick(&mut self, desk: &mut Desk) -> Vec<Effect> {
        if self.polls(desk) && Self::due_in(desk).is_zero() { Self::read(desk) } else { Vec::new() }
    }

    fn wake_in(&self, desk: &Desk) -> Option<Duration> {
        self.polls(desk).then(|| Self::due_in(desk))
    }
}
