//! The step: its keys, and the answers to its requests.

use std::time::Duration;

use super::cancel::cancel_chance;
use super::state::{AccountLock, FollowQuestion, FollowStep};
use crate::azure::fault::Fault;
use crate::azure::model::JobState;
use crate::draft::Cancellation;
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::{Effect, RehearsalOrder, Reply, Slot};
use crate::wizard::progress::StepProgress;
use crate::wizard::shared::Shared;
use crate::wizard::step::{StepLogic, StepOutcome};
use crate::wizard::{failures, list, poll};

/// The step's answer in a few words, for the rail.
pub fn progress(shared: &Shared) -> StepProgress {
    let Some(known) = &shared.draft.job else { return StepProgress::locked("create the job first") };
    if known.gone.is_some() {
        let summary = if shared.draft.journal.delete.is_some() { "deleted" } else { "the job is gone" };
        return StepProgress { summary: summary.into(), ..StepProgress::default() };
    }
    if poll::deletion(shared).is_some() {
        return StepProgress { summary: "being deleted".into(), ..StepProgress::default() };
    }
    if let Some(cancellation) = shared.draft.cancellation() {
        let summary = match cancellation {
            Cancellation::Requested => "being cancelled",
            Cancellation::Unconfirmed => "perhaps being cancelled",
        };
        return StepProgress { summary: summary.into(), ..StepProgress::default() };
    }
    if known.has_no_drive() {
        let answered = known.status.state.is_over();
        return StepProgress { answered, summary: "no drive was received".into(), ..StepProgress::default() };
    }
    let percent =
        shared.catalogue.job.as_ref().and_then(|job| job.percent).filter(|_| known.status.state == JobState::Copying);
    let summary =
        percent.map_or_else(|| known.status.words(), |percent| format!("{} {percent} %", known.status.words()));
    StepProgress { answered: known.status.state.is_over(), summary, ..StepProgress::default() }
}

impl FollowStep {
    /// The contexts while a question is open.
    fn of_question(&self, shared: &Shared) -> Option<Vec<Context>> {
        if self.typing.is_some() {
            let deletes = self.question == Some(FollowQuestion::Delete);
            return Some(vec![if deletes { Context::TypedDeletion } else { Context::Reason }, Context::Field]);
        }
        let more = match self.question.as_ref()? {
            FollowQuestion::Cancel => Self::asks_why(shared).then_some(Context::Reasoned),
            FollowQuestion::Decide(_) => (Self::decisions(shared).len() > 1).then_some(Context::Decidable),
            FollowQuestion::Rehearse(_) => return Some(vec![Context::RehearsalPage]),
            FollowQuestion::Delete | FollowQuestion::RemoveLock(_) => None,
        };
        Some([Some(Context::Question), more, Some(Context::Page)].into_iter().flatten().collect())
    }

    /// What may be done with the job now, as contexts.
    fn of_rights(&self, shared: &Shared) -> Vec<Context> {
        let Some(known) = &shared.draft.job else { return Vec::new() };
        let busy =
            [Slot::CancelJob, Slot::DeleteJob, Slot::Mitigate].into_iter().any(|slot| shared.requests.is_busy(slot));
        let asked = shared.draft.job.as_ref().is_some_and(|known| known.cancel_requested);
        [
            (cancel_chance(known).is_some() && !asked && !busy, Context::Cancellable),
            (known.allows.delete && !busy, Context::Deletable),
            (!Self::decisions(shared).is_empty() && !busy, Context::Decidable),
            (self.offers_removal(shared), Context::LockRemovable),
        ]
        .into_iter()
        .filter_map(|(holds, context)| holds.then_some(context))
        .collect()
    }

    fn yes(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let Some(question) = self.question.take() else { return Vec::new() };
        if !Self::still_stands(&question, shared) {
            shared.warn("The service does not allow that any more; read the job's state.");
            return Vec::new();
        }
        match question {
            FollowQuestion::Cancel => self.cancel(shared),
            FollowQuestion::Delete => self.delete(shared),
            FollowQuestion::Decide(decision) => self.decide(shared, decision),
            FollowQuestion::RemoveLock(_) => self.remove_lock(shared),
            FollowQuestion::Rehearse(_) => Vec::new(),
        }
    }

    /// Acts while the reason for cancelling is typed.
    fn act_on_reason(&mut self, action: &Action) {
        match (action, &mut self.typing) {
            (Action::Edit(edit), Some(field)) => drop(field.edit(edit)),
            (Action::Activate, _) => self.keep_reason(),
            _ => {}
        }
    }

    fn copy(shared: &mut Shared) -> StepOutcome {
        let text = shared.draft.job.as_ref().map(|known| known.shipping.lines().join("\n"));
        let Some(text) = text.filter(|text| !text.is_empty()) else { return StepOutcome::stay() };
        shared.say("The shipping address is on the clipboard, if the terminal allows it.");
        Effect::Copy(text).into()
    }

    fn close_question(&mut self) -> bool {
        // What is typed to delete is the question itself.
        let of_question = self.typing.take().is_some() && self.question != Some(FollowQuestion::Delete);
        of_question || self.question.take().is_some()
    }
}

impl StepLogic for FollowStep {
    fn enter(&mut self, shared: &mut Shared) -> Vec<Effect> {
        (self.fault, self.question, self.typing) = (None, None, None);
        let mut effects = poll::read(shared);
        effects.extend(self.read_locks(shared));
        effects
    }

    fn contexts(&self, shared: &Shared) -> Vec<Context> {
        if let Some(contexts) = self.of_question(shared).or_else(|| failures::contexts(shared)) {
            return contexts;
        }
        if shared.draft.gone().is_some() {
            let lock = self.offers_removal(shared).then_some(Context::LockRemovable);
            return [Some(Context::Gone), lock, Some(Context::Loaded), Some(Context::Page)]
                .into_iter()
                .flatten()
                .collect();
        }
        let failed = self.fault.is_some() || self.lock.fault.is_some() || shared.poll.fault.is_some();
        let mut contexts: Vec<Context> = failed.then_some(Context::Failed).into_iter().collect();
        // What a job that comes back needs is the next step: its key stands before those of an end.
        let sent_back = shared.draft.job.as_ref().is_some_and(|known| known.status.state.sent_back());
        contexts.extend(sent_back.then_some(Context::Onward));
        contexts.extend(self.of_rights(shared));
        contexts.extend(failures::may_have_logs(shared).then_some(Context::Logged));
        contexts.extend(shared.draft.rehearsal.then_some(Context::Rehearsed));
        contexts.extend([Context::Loaded, Context::Copyable, Context::Followed, Context::Onward, Context::List]);
        contexts
    }

    fn is_typing(&self, _shared: &Shared) -> bool {
        self.typing.is_some()
    }

    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        if self.typing.is_some() {
            let deletes = self.question == Some(FollowQuestion::Delete);
            if deletes && action == Action::Activate {
                return if self.take_typed(shared) { self.yes(shared).into() } else { StepOutcome::stay() };
            }
            self.act_on_reason(&action);
            return StepOutcome::stay();
        }
        if shared.failures.is_open {
            return failures::act(shared, &action);
        }
        if let Some(FollowQuestion::Rehearse(row)) = self.question {
            return self.act_on_orders(shared, row, &action).into();
        }
        match action {
            Action::ShowFailures => return failures::open(shared).into(),
            Action::Rehearse => self.question = Some(FollowQuestion::Rehearse(0)),
            Action::StepClock => return Self::order(shared, RehearsalOrder::Day).into(),
            Action::Move(motion) => {
                let drives = shared.catalogue.job.as_ref().map_or(0, |job| job.drives.len());
                self.row = list::moved(self.row, drives.saturating_add(1), motion, 10);
            }
            Action::Reload | Action::Retry => {
                self.lock = AccountLock::default();
                return self.enter(shared).into();
            }
            Action::CancelJob => self.question = Some(FollowQuestion::Cancel),
            Action::EditReason => self.edit_reason(),
            Action::DeleteJob => self.ask_to_delete(shared),
            Action::Decide => self.next_decision(shared),
            Action::RemoveLock => return Self::look_for_other_jobs(shared).into(),
            Action::Yes => return self.yes(shared).into(),
            Action::No => self.question = None,
            Action::SaveCalendar => return Self::save_calendar(shared).into(),
            Action::CopyLink => return Self::copy_link(shared).into(),
            Action::Copy => return Self::copy(shared),
            Action::Activate => return StepOutcome::next(),
            _ => {}
        }
        StepOutcome::stay()
    }

    fn paste(&mut self, _shared: &mut Shared, text: &str) -> Vec<Effect> {
        if let Some(field) = &mut self.typing {
            field.edit(&crate::form::Edit::Paste(text.to_owned()));
        }
        Vec::new()
    }

    fn done(&mut self, shared: &mut Shared, slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome {
        match slot {
            Slot::CancelJob => self.cancelled(shared, outcome).into(),
            Slot::DeleteJob => self.deleted(shared, outcome).into(),
            Slot::Mitigate => self.decision_taken(shared, outcome).into(),
            Slot::Locks | Slot::RemoveLock => {
                self.locks_read(shared, slot, outcome);
                StepOutcome::stay()
            }
            Slot::Rehearsal => Self::rehearsed(shared, outcome).into(),
            Slot::Calendar => {
                Self::calendar_saved(shared, outcome);
                StepOutcome::stay()
            }
            Slot::OtherJobs => {
                self.other_jobs_read(shared, outcome);
                StepOutcome::stay()
            }
            Slot::Logs | Slot::SaveLogs | Slot::RetryDraft => {
                failures::done(shared, outcome);
                StepOutcome::stay()
            }
            _ => {
                poll::learn(shared, outcome);
                failures::go_on(shared).into()
            }
        }
    }

    fn leave(&mut self, _shared: &mut Shared) -> Result<Vec<Effect>, String> {
        Ok(Vec::new())
    }

    fn away(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.close_question();
        self.question = None;
        shared.failures.is_open = false;
        Vec::new()
    }

    fn close(&mut self, shared: &mut Shared) -> bool {
        self.close_question() || failures::close(shared)
    }

    fn page(&self, shared: &Shared) -> usize {
        let question = self.question.as_ref().map(FollowQuestion::page);
        question.or_else(|| failures::page_number(shared)).unwrap_or(0)
    }

    fn tick(&mut self, shared: &mut Shared) -> Vec<Effect> {
        poll::tick(shared)
    }

    fn wake_in(&self, shared: &Shared) -> Option<Duration> {
        poll::wake_in(shared)
    }
}
