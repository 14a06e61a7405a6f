//! The step: what its keys do, when it can be left, and the sentence below its title.

use std::borrow::Cow;
use std::time::Duration;

use crate::azure::fault::Fault;
use crate::form::Edit;
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::{Effect, Reply, Slot};
use crate::protocol::step::Step;
use crate::protocol::viewport::Drawn;
use crate::wizard::rail::missing;
use crate::wizard::service;
use crate::wizard::shared::Shared;
use crate::wizard::step::{Navigation, StepLogic, StepOutcome};
use crate::wizard::steps::account::ask_rights;
use crate::wizard::steps::review::rows;
use crate::wizard::steps::review::state::{RetryTarget, ReviewStep, WORD};
use crate::wording::many;

/// The sentence below the title: whether anything was sent to Azure so far.
pub fn purpose(shared: &Shared) -> String {
    let journal = &shared.draft.journal;
    if shared.draft.has_job() {
        let name = shared.draft.job_address().map_or("", |job| job.name.as_str());
        if shared.draft.gone().is_some() {
            return format!("The job {name} was created and is gone; read only.");
        }
        let created = shared.draft.job.as_ref().and_then(|job| job.created);
        let at = created.or(journal.create.as_ref().map(|create| create.intention.at));
        let day = at.map_or_else(String::new, |at| format!(" {}", at.strftime("%Y-%m-%d")));
        return format!("Created{day} as {name}; read only.");
    }
    if let Some(open) = shared.draft.open_create() {
        return format!("The job {} was sent to Azure; whether it exists is not known yet.", open.job.name);
    }
    match &journal.list {
        Some(path) => {
            format!("No job was sent yet, only its blob list, as {path}. Enter on a row, or its number, edits it.")
        }
        None => "Nothing has been sent yet. Enter on a row, or its number, edits it.".to_owned(),
    }
}

impl ReviewStep {
    /// Repeats the request that failed.
    fn retry(&mut self, shared: &mut Shared) -> Vec<Effect> {
        if self.fault.is_none() || self.retry_target != RetryTarget::Create {
            self.fault = None;
            let mut effects = self.look_again(shared);
            effects.extend(service::ask(shared));
            effects.extend(service::register(shared));
            return effects;
        }
        self.leave(shared).unwrap_or_else(|why| {
            shared.warn(why);
            Vec::new()
        })
    }

    /// Enter: scrolls to the next warnings, opens the step of a row, or moves from the word to the button.
    fn activate(&mut self, shared: &mut Shared) -> Navigation {
        match self.step_under_cursor() {
            Some(step) if !self.came_back => return Navigation::Visit(step),
            None if self.is_on_word() || shared.draft.has_job() => return Navigation::Button,
            None if self.unread(shared) > 0 => return Navigation::ReadOn,
            _ => {}
        }
        if shared.draft.has_job() {
            return Navigation::Button;
        }
        let here = self.row;
        self.settle_focus(shared);
        if !self.on_rows || (self.row == here && !self.is_on_word()) {
            self.go_to_word(shared);
        }
        Navigation::Stay
    }
}

/// Asks for the rights to the chosen account and to the group of the job: a draft may have been resumed past the step Account, and the
/// group may have been typed since.
fn ask_rights_to_chosen(shared: &mut Shared) -> Vec<Effect> {
    let chosen = shared.draft.account.as_ref().map(|chosen| chosen.account.clone());
    let asks = shared.session.is_some() && !shared.is_ordered();
    chosen.filter(|_| asks).map(|account| ask_rights(shared, &account)).unwrap_or_default()
}

impl StepLogic for ReviewStep {
    fn enter(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let mut effects = self.look_again(shared);
        effects.extend(service::ask(shared));
        effects.extend(ask_rights_to_chosen(shared));
        self.follow_missing(shared);
        effects
    }

    fn contexts(&self, shared: &Shared) -> Vec<Context> {
        if self.request.is_some() {
            return vec![Context::RequestPage, Context::Page];
        }
        let mut contexts = Vec::new();
        let waits = shared.draft.open_create().is_some() && !shared.requests.is_busy(Slot::Create);
        if self.fault.is_some() || waits || service::is_unasked(shared) {
            contexts.push(Context::Failed);
        }
        let typing = self.is_typing(shared);
        if self.step_under_cursor().is_some() && !self.came_back && !shared.draft.has_job() {
            contexts.push(Context::AnswerRow);
        }
        contexts.extend((!typing).then_some(Context::Answers));
        contexts.push(if typing { Context::Field } else { Context::List });
        contexts.extend((!shared.draft.has_job() && !typing).then_some(Context::Printable));
        // Behind the list, whose Enter opens the step of a row.
        contexts.extend(shared.draft.gone().map(|_| Context::Gone));
        contexts
    }

    fn is_typing(&self, shared: &Shared) -> bool {
        self.is_on_word() && !shared.draft.has_job() && self.request.is_none()
    }

    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        if self.request.is_some() {
            return self.act_on_request(shared, &action);
        }
        match action {
            Action::ShowRequest => return self.show_request(shared).into(),
            Action::Move(motion) => self.go(shared, motion),
            Action::Edit(edit) if self.is_typing(shared) => drop(self.word.edit(&edit)),
            Action::Activate => return StepOutcome { effects: Vec::new(), navigation: self.activate(shared) },
            Action::Retry => return self.retry(shared).into(),
            _ => {}
        }
        StepOutcome::stay()
    }

    fn done(&mut self, shared: &mut Shared, slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome {
        match (slot, outcome) {
            (Slot::Provider, Ok(Reply::Provider(provider))) => {
                return service::registered(shared, &provider).into();
            }
            // What is known of a create matters more.
            (Slot::Provider, Err(fault)) if self.fault.is_none() => {
                if shared.draft.step != Step::Review {
                    shared.warn(fault.sentence());
                }
                self.retry_target = RetryTarget::Provider;
                self.fault = Some(fault);
            }
            (Slot::Provider, _) => {}
            (Slot::RequestText, outcome) => self.take_text(shared, outcome),
            (_, outcome) => return self.take_answer(shared, outcome),
        }
        StepOutcome::stay()
    }

    fn tick(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let due = self.looks_in(shared).is_some_and(|left| left.is_zero());
        if due { self.look_again(shared) } else { Vec::new() }
    }

    fn wake_in(&self, shared: &Shared) -> Option<Duration> {
        // The minutes that are left are on the screen.
        self.looks_in(shared).map(|left| left.min(Duration::from_secs(10)))
    }

    fn leave(&mut self, shared: &mut Shared) -> Result<Vec<Effect>, String> {
        if shared.draft.has_job() {
            return Ok(Vec::new());
        }
        if shared.requests.is_busy(Slot::Create) {
            return Err("Azure is being asked about the job; wait for its answer.".into());
        }
        if let Some((step, why)) = missing(shared).first() {
            (self.row, self.on_rows, self.moved) = (rows::row_of(*step).unwrap_or(0), true, true);
            return Err(format!("{} needs you: {why}.", step.name()));
        }
        if service::needs_registration(shared) {
            let title = shared.draft.service().title();
            return Err(format!("Register the subscription for {title} first ({}).", shared.key(&Action::Register)));
        }
        let unread = self.unread(shared);
        if unread > 0 {
            self.on_rows = false;
            let words = many(unread as u64, "warning");
            return Err(format!("Read on first: {words} not in view yet. PgDn and PgUp show the rest."));
        }
        if !self.word.value().trim().eq_ignore_ascii_case(WORD) {
            self.go_to_word(shared);
            return Err(format!("Type the word {WORD} in the field to create the job."));
        }
        if let Some(why) = shared.why_read_only() {
            return Err(why);
        }
        let effects = self.begin(shared)?;
        // Staying here until the service has answered: `done` moves on.
        shared.say("Creating the job…");
        Ok(effects)
    }

    fn paste(&mut self, shared: &mut Shared, text: &str) -> Vec<Effect> {
        if self.is_typing(shared) {
            self.word.edit(&Edit::Paste(text.to_owned()));
        }
        Vec::new()
    }

    fn drawn(&mut self, shared: &Shared, drawn: &Drawn) -> bool {
        self.request.is_none() && self.take_read(shared, drawn)
    }

    fn close(&mut self, _shared: &mut Shared) -> bool {
        self.request.take().is_some()
    }

    fn away(&mut self, _shared: &mut Shared) -> Vec<Effect> {
        self.request = None;
        Vec::new()
    }

    fn page(&self, _shared: &Shared) -> usize {
        self.request.as_ref().map_or(0, |page| 1 + page.form as usize)
    }

    fn move_focus(&mut self, shared: &mut Shared, forward: bool) -> bool {
        match (forward, self.is_on_word()) {
            (true, false) => self.go_to_word(shared),
            (false, true) => {
                self.row = 0;
                true
            }
            _ => false,
        }
    }

    fn take_focus(&mut self, shared: &mut Shared, forward: bool) {
        if forward {
            self.settle_focus(shared);
        } else if !self.go_to_word(shared) {
            (self.row, self.on_rows, self.moved) = (Step::ANSWERS.len() - 1, true, true);
        }
    }

    fn button(&self, shared: &Shared) -> Cow<'static, str> {
        if shared.draft.has_job() { "Next".into() } else { "Create the job".into() }
    }
}
