//! The rules of the options step. The checks of the fields are in `form::job`.

use std::time::Duration;

use crate::azure::fault::Fault;
use crate::draft::{Draft, JobAnswers};
use crate::form::job::{JobField, suggest};
use crate::form::{Edit, FormFacts, form_of, needs_you};
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::protocol::step::Step;
use crate::wizard::form_keys;
use crate::wizard::form_step::{FormStep, form_accessors};
use crate::wizard::page_form::AskedForm;
use crate::wizard::progress::StepProgress;
use crate::wizard::shared::Shared;
use crate::wizard::step::{StepLogic, StepOutcome};
use crate::wizard::steps::options::name_check;
use crate::wizard::steps::options::state::{JobStep, groups, subscription, why_frozen};

/// The step's answer in a few words, for the rail.
pub fn progress(shared: &Shared) -> StepProgress {
    let answers = &shared.draft.options;
    let (name, group) = (answers.name.trim(), answers.resource_group.trim());
    let summary = if group.is_empty() { name.to_owned() } else { format!("{name} in {group}") };
    if shared.draft.has_job() {
        return StepProgress { answered: true, summary, ..StepProgress::default() };
    }
    if name.is_empty() && group.is_empty() {
        return StepProgress { needs: Some("name the job".into()), ..StepProgress::default() };
    }
    let wrong = form_of::<JobField>(answers, 0, JobStep::facts(shared)).wrong();
    if wrong > 0 {
        return StepProgress { summary: needs_you(wrong), needs: Some(needs_you(wrong)), ..StepProgress::default() };
    }
    let needs = (!answers.confirmed).then(|| "look it over and press Next there".to_owned());
    StepProgress { answered: answers.confirmed, summary, needs, ..StepProgress::default() }
}

impl JobStep {
    /// The form as the draft left it.
    pub fn new(shared: &Shared) -> Self {
        let focus = shared.draft.focus.get(&Step::Options).copied().unwrap_or(0);
        let form = form_of::<JobField>(&shared.draft.options, focus, Self::facts(shared));
        Self {
            form,
            fault: None,
            requested_for: None,
            suggested: false,
            new_group: None,
            failed_group: None,
            typed: None,
        }
    }

    /// Fills empty fields once: a suggested job name, and the account's resource group.
    fn suggest(&mut self, shared: &mut Shared) {
        let Some(account) = shared.draft.account.as_ref().map(|chosen| chosen.account.clone()) else { return };
        if self.suggested || why_frozen(shared).is_some() {
            return;
        }
        self.suggested = true;
        if self.form.trimmed(JobField::Name).is_empty() {
            self.form.set_value(JobField::Name, &suggest(&account.name, shared.service_time()));
        }
        if self.form.trimmed(JobField::ResourceGroup).is_empty() {
            self.form.set_value(JobField::ResourceGroup, account.resource_group());
        }
        self.keep(shared);
    }

    fn request_groups(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let Some(id) = subscription(shared).map(str::to_owned) else { return Vec::new() };
        if self.requested_for.as_ref() != Some(&id) {
            self.fault = None;
        }
        let known = groups(shared).is_some() || self.fault.is_some();
        let under_way = shared.requests.is_busy(Slot::Groups) && self.requested_for.as_ref() == Some(&id);
        if known || under_way || shared.session.is_none() || why_frozen(shared).is_some() {
            return Vec::new();
        }
        self.requested_for = Some(id.clone());
        vec![shared.start(Slot::Groups, Call::Groups(id))]
    }
}

impl FormStep for JobStep {
    type Field = JobField;

    const STEP: Step = Step::Options;

    form_accessors!();

    fn answers(draft: &mut Draft) -> &mut JobAnswers {
        &mut draft.options
    }

    fn facts(shared: &Shared) -> FormFacts {
        let groups = groups(shared).unwrap_or_default().iter().map(|group| group.name.clone()).collect();
        FormFacts {
            service: shared.draft.service(),
            groups,
            name_note: name_check::words(shared),
            name_taken: name_check::is_taken(shared),
            ..FormFacts::default()
        }
    }

    fn why_frozen(shared: &Shared) -> Option<String> {
        why_frozen(shared)
    }
}

impl StepLogic for JobStep {
    fn enter(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.suggest(shared);
        self.note_typing(shared);
        self.enter_form(shared);
        self.request_groups(shared)
    }

    fn contexts(&self, shared: &Shared) -> Vec<Context> {
        let failed = self.fault.as_ref().map(|_| Context::Failed);
        if self.new_group.is_some() {
            return vec![Context::NewGroup, Context::Field];
        }
        let busy = shared.requests.is_busy(Slot::Groups).then_some(Context::Busy);
        let unlisted = self.unlisted_group(shared).map(|_| Context::Creatable);
        failed.into_iter().chain(busy).chain(unlisted).chain([form_keys::context(&self.form)]).collect()
    }

    fn focus_field(&mut self, shared: &mut Shared, field: usize) {
        self.focus_on(shared, field);
    }

    fn page_form(&self, shared: &Shared) -> Option<AskedForm<'_>> {
        self.new_group.is_none().then(|| self.on_page(shared))
    }

    fn is_typing(&self, _shared: &Shared) -> bool {
        self.new_group.is_some() || self.takes_text()
    }

    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        if self.new_group.is_some() {
            return self.act_on_new_group(shared, &action).into();
        }
        match action {
            Action::CreateGroup => {
                self.ask_for_region(shared);
                return StepOutcome::stay();
            }
            Action::Retry => {
                self.fault = None;
                if let Some(group) = self.failed_group.take() {
                    return self.create_group(shared, group).into();
                }
                return self.request_groups(shared).into();
            }
            Action::CancelRequest => {
                let cancelled = shared.requests.cancel(Slot::Groups);
                if cancelled.is_some() {
                    self.fault = Some(Fault::cancelled("list the resource groups"));
                }
                return cancelled.into_iter().collect::<Vec<_>>().into();
            }
            _ => {}
        }
        let outcome = self.act_on_field(shared, action);
        self.note_typing(shared);
        outcome
    }

    fn paste(&mut self, shared: &mut Shared, text: &str) -> Vec<Effect> {
        if let Some(group) = &mut self.new_group {
            group.region.edit(&Edit::Paste(text.to_owned()));
            return Vec::new();
        }
        self.paste_text(shared, text);
        self.note_typing(shared);
        Vec::new()
    }

    fn done(&mut self, shared: &mut Shared, slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome {
        match slot {
            Slot::JobName => {
                name_check::take(shared, outcome);
                self.form.set_facts(Self::facts(shared));
                return StepOutcome::stay();
            }
            Slot::CreateGroup => {
                self.group_made(shared, outcome);
                return StepOutcome::stay();
            }
            _ => {}
        }
        match outcome {
            Ok(Reply::Groups(mut list)) => {
                list.sort_by_key(|group| group.name.to_lowercase());
                shared.catalogue.groups = self.requested_for.take().map(|id| (id, list));
                self.form.set_facts(Self::facts(shared));
            }
            Ok(other) => self.fault = Some(other.unexpected()),
            Err(fault) => self.fault = Some(fault),
        }
        StepOutcome::stay()
    }

    fn leave(&mut self, shared: &mut Shared) -> Result<Vec<Effect>, String> {
        if why_frozen(shared).is_some() {
            return Ok(Vec::new());
        }
        if shared.requests.is_busy(Slot::CreateGroup) {
            return Err("The resource group is being made; wait for its answer.".to_owned());
        }
        self.check(shared)?;
        shared.draft.options.confirmed = true;
        Ok(Vec::new())
    }

    fn move_focus(&mut self, shared: &mut Shared, forward: bool) -> bool {
        self.move_field(shared, forward)
    }

    fn take_focus(&mut self, _shared: &mut Shared, forward: bool) {
        self.take_field(forward);
    }

    fn close(&mut self, _shared: &mut Shared) -> bool {
        self.new_group.take().is_some() || self.form.unmark()
    }

    fn page(&self, _shared: &Shared) -> usize {
        usize::from(self.new_group.is_some())
    }

    fn tick(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.ask_name(shared)
    }

    fn wake_in(&self, shared: &Shared) -> Option<Duration> {
        self.name_rest(shared)
    }
}
