//! The return address step: the form, the lines pasted into it, the address of an earlier draft. What is right is the form's business.

use super::Step;
use super::conduct::{Conduct, Turn};
use super::desk::Desk;
use super::filling;
use super::rail::Progress;
use crate::app::action::Action;
use crate::app::keymap::Context;
use crate::app::protocol::{Call, Effect, Reply, Slot};
use crate::azure::fault::Fault;
use crate::draft::AddressAnswers;
use crate::form::paste::{self, Proposal};
use crate::form::{Edit, Facts, Form, address, carrier, needs_you};

/// The state of the step.
#[derive(Debug)]
pub struct Address {
    /// The form.
    pub form: Form,
    /// Several pasted lines that wait for a yes.
    pub proposal: Option<Proposal>,
    /// The address of the last finished draft, once it was read.
    pub earlier: Option<Box<AddressAnswers>>,
    asked: bool,
}

/// Says the answer in a few words.
pub fn progress(desk: &Desk) -> Progress {
    let answers = &desk.draft.address;
    let summary = in_short(answers);
    if desk.draft.has_job() {
        return Progress { answered: true, summary, ..Progress::default() };
    }
    let form = address::form(answers, 0, facts(desk));
    if is_blank(&form) {
        return Progress { needs: Some("fill in the return address".into()), ..Progress::default() };
    }
    let wrong = form.wrong();
    if wrong > 0 {
        return Progress { summary: needs_you(wrong), needs: Some(needs_you(wrong)), ..Progress::default() };
    }
    let needs = (!answers.confirmed).then(|| "look it over and press Next there".to_owned());
    Progress { answered: answers.confirmed, summary, needs, stale: stale(desk), ..Progress::default() }
}

/// Recipient and city: `Contoso Media, Ghent`.
pub fn in_short(answers: &AddressAnswers) -> String {
    let parts = [answers.address.recipient.trim(), answers.address.city.trim()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Why the carrier may no longer fit: another location was chosen since, and it names other ones.
fn stale(desk: &Desk) -> Option<String> {
    let answers = &desk.draft.address;
    let location = desk.draft.location.as_ref().filter(|_| answers.confirmed)?;
    let moved = answers.for_location.as_ref() != Some(&location.ships_to);
    let carrier = answers.shipping.carrier.trim();
    let other = moved && carrier::doubt(carrier, &facts(desk)).is_some();
    other.then(|| format!("{} names no {carrier}", location.title))
}

fn facts(desk: &Desk) -> Facts {
    let carriers = desk.draft.location.as_ref().map(|location| location.carriers.clone()).unwrap_or_default();
    Facts { carriers, ..Facts::default() }
}

fn is_blank(form: &Form) -> bool {
    (0..form.len()).all(|index| form.trimmed(index).is_empty())
}

/// Why nothing can be changed any more.
pub fn frozen(desk: &Desk) -> Option<String> {
    if desk.draft.has_job() {
        return Some("The job was created with this address; it cannot be changed here any more.".to_owned());
    }
    desk.why_read_only().or_else(|| desk.may_have_job())
}

impl Address {
    /// The form as the draft left it.
    pub fn new(desk: &Desk) -> Self {
        let focus = desk.draft.focus.get(&Step::Address).copied().unwrap_or(0);
        let form = address::form(&desk.draft.address, focus, facts(desk));
        Self { form, proposal: None, earlier: None, asked: false }
    }

    /// The earlier address, while there is nothing it would replace.
    pub fn offer(&self, desk: &Desk) -> Option<&AddressAnswers> {
        let wanted = is_blank(&self.form) && frozen(desk).is_none();
        self.earlier.as_deref().filter(|_| wanted)
    }

    fn keep(&self, desk: &mut Desk) {
        if desk.is_read_only() {
            return;
        }
        if frozen(desk).is_none() {
            address::write(&self.form, &mut desk.draft.address);
        }
        desk.draft.focus.insert(Step::Address, self.form.focus());
    }

    fn fill(&mut self, desk: &mut Desk, proposal: &Proposal) {
        proposal.apply(&mut self.form);
        let missing = |index: &usize| {
            self.form.spec(*index).is_some_and(|spec| spec.required) && self.form.trimmed(*index).is_empty()
        };
        if let Some(first) = (0..self.form.len()).find(missing) {
            self.form.set_focus(first);
        }
        self.keep(desk);
    }

    fn ask_earlier(&mut self, desk: &mut Desk) -> Vec<Effect> {
        if self.asked || frozen(desk).is_some() || !is_blank(&self.form) {
            return Vec::new();
        }
        self.asked = true;
        let rehearsal = desk.draft.rehearsal;
        vec![desk.start(Slot::LastAddress, Call::LastAddress { rehearsal })]
    }
}

impl Conduct for Address {
    fn enter(&mut self, desk: &mut Desk) -> Vec<Effect> {
        self.form.set_facts(facts(desk));
        self.form.go_to(desk.draft.focus.get(&Step::Address).copied().unwrap_or(0));
        self.ask_earlier(desk)
    }

    fn contexts(&self, desk: &Desk) -> Vec<Context> {
        if self.proposal.is_some() {
            return vec![Context::Question, Context::Page];
        }
        let earlier = self.offer(desk).map(|_| Context::Earlier);
        earlier.into_iter().chain([filling::context(&self.form)]).collect()
    }

    fn is_typing(&self, _desk: &Desk) -> bool {
        self.proposal.is_none()
    }

    fn act(&mut self, desk: &mut Desk, action: Action) -> Turn {
        if let Some(proposal) = self.proposal.take_if(|_| matches!(action, Action::Yes | Action::No)) {
            if action == Action::Yes {
                self.fill(desk, &proposal);
            }
            return Turn::stay();
        }
        if action == Action::UseEarlier {
            if let Some(proposal) = self.offer(desk).map(paste::from_earlier) {
                self.fill(desk, &proposal);
                desk.say("Filled in from your last export; check that it still holds.");
            }
            return Turn::stay();
        }
        let closed = frozen(desk);
        let did = filling::act(&mut self.form, action, closed.is_some());
        self.keep(desk);
        did.turn(desk, closed.as_deref())
    }

    fn paste(&mut self, desk: &mut Desk, text: &str) -> Vec<Effect> {
        if let Some(why) = frozen(desk) {
            desk.warn(why);
            return Vec::new();
        }
        let proposal = paste::propose(text);
        if proposal.is_some() {
            self.proposal = proposal;
        } else if self.proposal.is_none() {
            self.form.edit(Edit::Paste(text.to_owned()));
            self.keep(desk);
        }
        Vec::new()
    }

    fn done(&mut self, desk: &mut Desk, _slot: Slot, outcome: Result<Reply, Fault>) -> Turn {
        match outcome {
            Ok(Reply::LastAddress(earlier)) => self.earlier = earlier,
            Ok(_) => {}
            Err(fault) => desk.warn_of(&fault),
        }
        Turn::stay()
    }

    fn leave(&mut self, desk: &mut Desk) -> Result<Vec<Effect>, String> {
        if frozen(desk).is_some() {
            return Ok(Vec::new());
        }
        self.form.set_facts(facts(desk));
        let wrong = self.form.check_all();
        self.keep(desk);
        if wrong > 0 {
            return Err(needs_you(wrong));
        }
        desk.draft.address.confirmed = true;
        desk.draft.address.for_location = desk.draft.location.as_ref().map(|location| location.ships_to.clone());
        Ok(Vec::new())
    }

    fn move_focus(&mut self, desk: &mut Desk, forward: bool) -> bool {
        let stays = filling::step(&mut self.form, forward);
        self.keep(desk);
        stays
    }

    fn page(&self, _desk: &Desk) -> usize {
        usize::from(self.proposal.is_some())
    }

    fn take_focus(&mut self, _desk: &mut Desk, forward: bool) {
        self.form.go_to(if forward { 0 } else { self.form.len().saturating_sub(1) });
    }

    fn close(&mut self, _desk: &mut Desk) -> bool {
        self.proposal.take().is_some() || self.form.unmark()
    }
}
