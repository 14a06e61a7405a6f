//! The options step: job name, resource group, what is logged and where. What is right is the form's business.

use super::Step;
use super::conduct::{Conduct, Turn};
use super::desk::Desk;
use super::filling;
use super::rail::Progress;
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::protocol::{Call, Effect, Reply, Slot};
use crate::azure::fault::Fault;
use crate::azure::model::ResourceGroup;
use crate::form::{Edit, Facts, Form, job, needs_you};

/// The state of the step.
#[derive(Debug)]
pub struct Options {
    /// The form.
    pub form: Form,
    /// Why the resource groups could not be read; a name can be typed all the same.
    pub fault: Option<Fault>,
    /// The subscription whose groups were asked for.
    asked: Option<String>,
    suggested: bool,
}

/// Says the answer in a few words.
pub fn progress(desk: &Desk) -> Progress {
    let answers = &desk.draft.options;
    let (name, group) = (answers.name.trim(), answers.resource_group.trim());
    let summary = if group.is_empty() { name.to_owned() } else { format!("{name} in {group}") };
    if desk.draft.has_job() {
        return Progress { answered: true, summary, ..Progress::default() };
    }
    if name.is_empty() && group.is_empty() {
        return Progress { needs: Some("name the job".into()), ..Progress::default() };
    }
    let wrong = job::form(answers, 0).wrong();
    if wrong > 0 {
        return Progress { summary: needs_you(wrong), needs: Some(needs_you(wrong)), ..Progress::default() };
    }
    let needs = (!answers.confirmed).then(|| "look it over and press Next there".to_owned());
    Progress { answered: answers.confirmed, summary, needs, ..Progress::default() }
}

/// Why nothing can be changed any more.
pub fn frozen(desk: &Desk) -> Option<String> {
    if desk.draft.has_job() {
        return Some("The job was created with these options; they cannot be changed here any more.".to_owned());
    }
    desk.why_read_only().or_else(|| desk.may_have_job())
}

fn subscription(desk: &Desk) -> Option<&str> {
    desk.draft.account.as_ref().map(|chosen| chosen.subscription.id.as_str())
}

/// The groups of the chosen subscription, once they were read.
fn groups(desk: &Desk) -> Option<&[ResourceGroup]> {
    let wanted = subscription(desk)?;
    desk.catalogue.groups.as_ref().filter(|(id, _)| id == wanted).map(|(_, list)| list.as_slice())
}

fn facts(desk: &Desk) -> Facts {
    let groups = groups(desk).unwrap_or_default().iter().map(|group| group.name.clone()).collect();
    Facts { groups, ..Facts::default() }
}

impl Options {
    /// The form as the draft left it.
    pub fn new(desk: &Desk) -> Self {
        let focus = desk.draft.focus.get(&Step::Options).copied().unwrap_or(0);
        let form = job::form(&desk.draft.options, focus).with_facts(facts(desk));
        Self { form, fault: None, asked: None, suggested: false }
    }

    fn keep(&self, desk: &mut Desk) {
        if desk.is_read_only() {
            return;
        }
        if frozen(desk).is_none() {
            job::write(&self.form, &mut desk.draft.options);
        }
        desk.draft.focus.insert(Step::Options, self.form.focus());
    }

    /// A name to start from and the account's own group; once, and only into empty fields.
    fn suggest(&mut self, desk: &mut Desk) {
        let Some(account) = desk.draft.account.as_ref().map(|chosen| chosen.account.clone()) else { return };
        if self.suggested || frozen(desk).is_some() {
            return;
        }
        self.suggested = true;
        if self.form.trimmed(job::NAME).is_empty() {
            self.form.set_value(job::NAME, &job::suggest(&account.name, desk.service_time()));
        }
        if self.form.trimmed(job::RESOURCE_GROUP).is_empty() {
            self.form.set_value(job::RESOURCE_GROUP, account.resource_group());
        }
        self.keep(desk);
    }

    fn ask_groups(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let Some(id) = subscription(desk).map(str::to_owned) else { return Vec::new() };
        if self.asked.as_ref() != Some(&id) {
            self.fault = None;
        }
        let known = groups(desk).is_some() || self.fault.is_some();
        let under_way = desk.requests.is_busy(Slot::Groups) && self.asked.as_ref() == Some(&id);
        if known || under_way || desk.session.is_none() || frozen(desk).is_some() {
            return Vec::new();
        }
        self.asked = Some(id.clone());
        vec![desk.start(Slot::Groups, Call::Groups(id))]
    }
}

impl Conduct for Options {
    fn enter(&mut self, desk: &mut Desk) -> Vec<Effect> {
        self.suggest(desk);
        self.form.set_facts(facts(desk));
        self.form.go_to(desk.draft.focus.get(&Step::Options).copied().unwrap_or(0));
        self.ask_groups(desk)
    }

    fn contexts(&self, desk: &Desk) -> Vec<Context> {
        let failed = self.fault.as_ref().map(|_| Context::Failed);
        let busy = desk.requests.is_busy(Slot::Groups).then_some(Context::Busy);
        failed.into_iter().chain(busy).chain([filling::context(&self.form)]).collect()
    }

    fn is_typing(&self, _desk: &Desk) -> bool {
        !filling::is_choice(&self.form)
    }

    fn act(&mut self, desk: &mut Desk, action: Action) -> Turn {
        match action {
            Action::Retry => {
                self.fault = None;
                return self.ask_groups(desk).into();
            }
            Action::CancelRequest => {
                let cancelled = desk.requests.cancel(Slot::Groups);
                if cancelled.is_some() {
                    self.fault = Some(Fault::cancelled("list the resource groups"));
                }
                return cancelled.into_iter().collect::<Vec<_>>().into();
            }
            _ => {}
        }
        let closed = frozen(desk);
        let did = filling::act(&mut self.form, action, closed.is_some());
        self.keep(desk);
        did.turn(desk, closed.as_deref())
    }

    fn paste(&mut self, desk: &mut Desk, text: &str) -> Vec<Effect> {
        if let Some(why) = frozen(desk) {
            desk.warn(why);
        } else if !filling::is_choice(&self.form) {
            self.form.edit(Edit::Paste(text.to_owned()));
            self.keep(desk);
        }
        Vec::new()
    }

    fn done(&mut self, desk: &mut Desk, _slot: Slot, outcome: Result<Reply, Fault>) -> Turn {
        match outcome {
            Ok(Reply::Groups(mut list)) => {
                list.sort_by_key(|group| group.name.to_lowercase());
                desk.catalogue.groups = self.asked.take().map(|id| (id, list));
                self.form.set_facts(facts(desk));
            }
            Ok(_) => {}
            Err(fault) => self.fault = Some(fault),
        }
        Turn::stay()
    }

    fn leave(&mut self, desk: &mut Desk) -> Result<Vec<Effect>, String> {
        if frozen(desk).is_some() {
            return Ok(Vec::new());
        }
        let wrong = self.form.check_all();
        self.keep(desk);
        if wrong > 0 {
            return Err(needs_you(wrong));
        }
        desk.draft.options.confirmed = true;
        Ok(Vec::new())
    }

    fn move_focus(&mut self, desk: &mut Desk, forward: bool) -> bool {
        let stays = filling::step(&mut self.form, forward);
        self.keep(desk);
        stays
    }

    fn take_focus(&mut self, _desk: &mut Desk, forward: bool) {
        self.form.go_to(if forward { 0 } else { self.form.len().saturating_sub(1) });
    }

    fn close(&mut self, _desk: &mut Desk) -> bool {
        self.form.unmark()
    }
}
