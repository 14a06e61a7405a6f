//! The return address step: its form, an address pasted as several lines, the address of an earlier draft. The checks of the fields
//! are in `form::address`.

use strum::VariantArray as _;

use crate::azure::fault::Fault;
use crate::azure::model::LocationName;
use crate::draft::{AddressAnswers, ChosenLocation, Draft};
use crate::form::address::AddressField;
use crate::form::paste::{self, Proposal};
use crate::form::{DriveOrigin, Form, FormFacts, FormField as _, carrier, country, form_of, needs_you};
use crate::protocol::action::Action;
use crate::protocol::keymap::Context;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::protocol::step::Step;
use crate::wizard::form_keys;
use crate::wizard::form_step::{FormStep, form_accessors};
use crate::wizard::page_form::AskedForm;
use crate::wizard::progress::{StepProgress, only_given};
use crate::wizard::shared::Shared;
use crate::wizard::step::{StepLogic, StepOutcome};

/// The state of the step.
#[derive(Debug)]
pub struct AddressStep {
    /// The form.
    pub form: Form,
    /// An address pasted as several lines. It fills the form only after a yes.
    pub proposal: Option<Proposal>,
    /// The address of the last finished draft; `None` until it was read.
    pub earlier: Option<Box<AddressAnswers>>,
    requested: bool,
}

/// The step's answer in a few words, for the rail.
pub fn progress(shared: &Shared) -> StepProgress {
    let answers = &shared.draft.address;
    let summary = in_short(answers);
    if shared.draft.has_job() {
        return StepProgress { answered: true, summary, ..StepProgress::default() };
    }
    if shared.direct_account().is_some() {
        return StepProgress::locked(&only_given(shared));
    }
    let form = form_of::<AddressField>(answers, 0, AddressStep::facts(shared));
    if form.is_blank() {
        return StepProgress { needs: Some("fill in the return address".into()), ..StepProgress::default() };
    }
    let wrong = form.wrong();
    if wrong > 0 {
        return StepProgress { summary: needs_you(wrong), needs: Some(needs_you(wrong)), ..StepProgress::default() };
    }
    let needs = (!answers.confirmed).then(|| "look it over and press Next there".to_owned());
    StepProgress { answered: answers.confirmed, summary, needs, stale: stale(shared), ..StepProgress::default() }
}

/// Company, or contact where there is none, and city: `Contoso Media, Ghent`.
pub fn in_short(answers: &AddressAnswers) -> String {
    let address = &answers.address;
    let receiver =
        [&address.company, &address.contact].map(|name| name.trim()).into_iter().find(|name| !name.is_empty());
    let parts = [receiver.unwrap_or_default(), address.city.trim()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Why the carrier may no longer fit: the person has chosen another location since, and it names other carriers.
fn stale(shared: &Shared) -> Option<String> {
    let answers = &shared.draft.address;
    let location = shared.draft.location.as_ref().filter(|_| answers.confirmed)?;
    let moved = answers.for_location.as_ref() != Some(&location.ships_to);
    let carrier = answers.shipping.carrier.trim();
    let other = moved && carrier::doubt(carrier, &AddressStep::facts(shared)).is_some();
    other.then(|| format!("{} names no {carrier}", location.title))
}

/// Where the drives come back from: the country of the location, before it is chosen that of the account's region.
fn origin(shared: &Shared) -> DriveOrigin {
    let settled = |chosen: &ChosenLocation| country::of_place(&chosen.address.country, &chosen.ships_to);
    if let Some(chosen) = &shared.draft.location {
        return settled(chosen).map_or(DriveOrigin::Unknown, DriveOrigin::Settled);
    }
    let region = shared.draft.account.as_ref().map(|chosen| LocationName::new(&chosen.account.location));
    region.and_then(|region| country::of_region(&region)).map_or(DriveOrigin::Unknown, DriveOrigin::Expected)
}

/// Why nothing can be changed any more.
pub fn why_frozen(shared: &Shared) -> Option<String> {
    if shared.draft.has_job() {
        return Some("The job was created with this address; it cannot be changed here any more.".to_owned());
    }
    shared.why_read_only().or_else(|| shared.may_have_job())
}

impl AddressStep {
    /// The form as the draft left it.
    pub fn new(shared: &Shared) -> Self {
        let focus = shared.draft.focus.get(&Step::Address).copied().unwrap_or(0);
        let form = form_of::<AddressField>(&shared.draft.address, focus, Self::facts(shared));
        Self { form, proposal: None, earlier: None, requested: false }
    }

    /// The earlier address, while the form is empty.
    pub fn offer(&self, shared: &Shared) -> Option<&AddressAnswers> {
        let wanted = self.form.is_blank() && why_frozen(shared).is_none();
        self.earlier.as_deref().filter(|_| wanted)
    }

    fn fill(&mut self, shared: &mut Shared, proposal: &Proposal) {
        proposal.apply(&mut self.form);
        let missing = |field: &&AddressField| field.spec().required && self.form.trimmed(**field).is_empty();
        if let Some(first) = AddressField::VARIANTS.iter().find(missing) {
            self.form.set_focus(*first);
        }
        self.keep(shared);
    }

    fn request_earlier(&mut self, shared: &mut Shared) -> Vec<Effect> {
        if self.requested || why_frozen(shared).is_some() || !self.form.is_blank() {
            return Vec::new();
        }
        self.requested = true;
        let rehearsal = shared.draft.rehearsal;
        vec![shared.start(Slot::LastAddress, Call::LastAddress { rehearsal })]
    }
}

impl FormStep for AddressStep {
    type Field = AddressField;

    const STEP: Step = Step::Address;

    form_accessors!();

    fn answers(draft: &mut Draft) -> &mut AddressAnswers {
        &mut draft.address
    }

    fn facts(shared: &Shared) -> FormFacts {
        let carriers = shared.draft.carriers();
        FormFacts { service: shared.draft.service(), carriers, origin: origin(shared), ..FormFacts::default() }
    }

    fn why_frozen(shared: &Shared) -> Option<String> {
        why_frozen(shared)
    }

    fn is_on_field(&self) -> bool {
        self.proposal.is_none()
    }
}

impl StepLogic for AddressStep {
    fn enter(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.enter_form(shared);
        self.request_earlier(shared)
    }

    fn contexts(&self, shared: &Shared) -> Vec<Context> {
        if self.proposal.is_some() {
            return vec![Context::Question, Context::Page];
        }
        let earlier = self.offer(shared).map(|_| Context::Earlier);
        earlier.into_iter().chain([form_keys::context(&self.form)]).collect()
    }

    fn focus_field(&mut self, shared: &mut Shared, field: usize) {
        self.focus_on(shared, field);
    }

    fn page_form(&self, shared: &Shared) -> Option<AskedForm<'_>> {
        Some(self.on_page(shared))
    }

    fn is_typing(&self, _shared: &Shared) -> bool {
        self.takes_text()
    }

    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        if let Some(proposal) = self.proposal.take_if(|_| matches!(action, Action::Yes | Action::No)) {
            if action == Action::Yes {
                self.fill(shared, &proposal);
            }
            return StepOutcome::stay();
        }
        if action == Action::UseEarlier {
            if let Some(proposal) = self.offer(shared).map(paste::from_earlier) {
                self.fill(shared, &proposal);
                shared.say("Filled in from your last export; check that it still holds.");
            }
            return StepOutcome::stay();
        }
        self.act_on_field(shared, action)
    }

    fn paste(&mut self, shared: &mut Shared, text: &str) -> Vec<Effect> {
        match paste::propose(text).filter(|_| why_frozen(shared).is_none()) {
            Some(proposal) => self.proposal = Some(proposal),
            None => self.paste_text(shared, text),
        }
        Vec::new()
    }

    fn done(&mut self, shared: &mut Shared, _slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome {
        match outcome {
            Ok(Reply::LastAddress(earlier)) => self.earlier = earlier,
            Ok(other) => shared.warn_of(&other.unexpected()),
            Err(fault) => shared.warn_of(&fault),
        }
        StepOutcome::stay()
    }

    fn leave(&mut self, shared: &mut Shared) -> Result<Vec<Effect>, String> {
        if why_frozen(shared).is_some() {
            return Ok(Vec::new());
        }
        self.check(shared)?;
        shared.draft.address.confirmed = true;
        shared.draft.address.for_location = shared.draft.location.as_ref().map(|location| location.ships_to.clone());
        Ok(Vec::new())
    }

    fn move_focus(&mut self, shared: &mut Shared, forward: bool) -> bool {
        self.move_field(shared, forward)
    }

    fn page(&self, _shared: &Shared) -> usize {
        usize::from(self.proposal.is_some())
    }

    fn take_focus(&mut self, _shared: &mut Shared, forward: bool) {
        self.take_field(forward);
    }

    fn close(&mut self, _shared: &mut Shared) -> bool {
        self.proposal.take().is_some() || self.form.unmark()
    }
}
