//! The step: its form, the keys, and the question before a parcel that cannot be corrected. `announce` sends the parcel.
//!
//! It reads the job first and changes it only while the job waits for its parcel. The draft holds the intention before the change is sent.
//! After a lost answer or a crash the step only reads the job; the form is frozen until the request can no longer arrive.

use std::borrow::Cow;
use std::time::Duration;

use crate::azure::fault::{Fault, FaultKind};
use crate::draft::{Draft, Intention, ParcelAnswers};
use crate::form::parcel::OtherParcel;
use crate::form::parcel::ParcelField;
use crate::form::{Form, FormFacts, form_of, write_form};
use crate::plan::DRIVES_PER_JOB;
use crate::protocol::action::{Action, Motion};
use crate::protocol::keymap::Context;
use crate::protocol::message::{Effect, Reply, Slot};
use crate::protocol::step::Step;
use crate::wizard::form_keys::{self, KeyOutcome};
use crate::wizard::form_step::{FormStep, form_accessors};
use crate::wizard::page_form::AskedForm;
use crate::wizard::shared::Shared;
use crate::wizard::step::{StepLogic, StepOutcome};
use crate::wizard::steps::drives;
use crate::wizard::steps::ship::deadline::day;
use crate::wizard::steps::ship::page::ShipPage;
use crate::wizard::steps::ship::standing::{closed, is_sent_once, is_shipped, no_parcel, too_early};
use crate::wizard::steps::ship::unconfirmed::{may_be_announced, why_frozen};
use crate::wizard::{gone, poll};

/// The state of the step.
#[derive(Debug)]
pub struct ShipStep {
    /// The form.
    pub form: Form,
    /// The address block above the form has the focus.
    pub on_address: bool,
    /// How far the announcement is.
    pub phase: ShipPhase,
    /// The person is asked whether the parcel is right, because it cannot be corrected.
    pub asking: bool,
    /// Why the announcement, or reading the job before it, failed.
    pub fault: Option<Fault>,
    /// An earlier announcement that got no answer.
    pub(super) sent_before: Option<Intention>,
    /// The page over the form.
    pub over: Option<ShipPage>,
    /// The parcels of the other drafts.
    pub others: Vec<OtherParcel>,
    /// Where the packing slip and label on screen were saved.
    pub saved: Vec<String>,
}

/// How far the announcement is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ShipPhase {
    /// Nothing is being sent; a request under way only reads the job.
    #[default]
    Idle,
    /// Reading the job before it is changed.
    Looking,
    /// The parcel is being announced.
    Announcing,
}

/// Why an instruction is not copied.
const NO_STREET: &str = "The service names no street: what stands there is an instruction, not an address to ship to.";

impl ShipStep {
    /// The form as the draft left it. The kept focus counts the address block as the first place.
    pub fn new(shared: &Shared) -> Self {
        let form = form_of::<ParcelField>(&shared.draft.parcel, 0, Self::facts(shared));
        let mut ship = Self {
            form,
            on_address: true,
            phase: ShipPhase::Idle,
            asking: false,
            fault: None,
            sent_before: None,
            over: None,
            others: Vec::new(),
            saved: Vec::new(),
        };
        ship.enter_form(shared);
        ship
    }

    /// Fills empty fields with today and the planned number of drives, where the service takes them.
    fn suggest(&mut self, shared: &mut Shared) {
        if !Self::facts(shared).service.takes_parcel_contents() {
            return;
        }
        if self.form.value(ParcelField::ShipDate).is_empty() {
            self.form.set_value(ParcelField::ShipDate, &day(shared.service_time()).to_string());
        }
        let counted =
            shared.draft.drives.counted.as_ref().filter(|counted| counted.complete && drives::fits(shared, counted));
        let planned = counted.and_then(|counted| counted.plan.as_ref()).map_or(0, |plan| plan.drives);
        if self.form.value(ParcelField::DriveCount).is_empty() && (1..=DRIVES_PER_JOB).contains(&planned) {
            self.form.set_value(ParcelField::DriveCount, &planned.to_string());
        }
        write_form::<ParcelField>(&self.form, &mut shared.draft.parcel);
    }

    fn copy(shared: &mut Shared) -> StepOutcome {
        if let Some(why) = closed(shared).filter(|_| no_parcel(shared).is_some()) {
            shared.warn(why);
            return StepOutcome::stay();
        }
        let job = shared.draft.job.as_ref();
        let lines = job.map(|job| job.shipping.lines()).unwrap_or_default();
        if lines.is_empty() {
            let notice = job.is_some_and(|job| job.shipping.notice().is_some());
            shared.warn(if notice { NO_STREET } else { "There is no address to copy." });
            return StepOutcome::stay();
        }
        shared.say("The shipping address is on the clipboard, if the terminal allows it.");
        Effect::Copy(lines.join("\n")).into()
    }

    /// Announces the parcel that the person has read and confirmed.
    fn announce_after_question(&mut self, shared: &mut Shared) -> Vec<Effect> {
        // The job may have moved on while the question was open.
        match closed(shared).or_else(|| too_early(shared)).map_or_else(|| self.begin(shared), Err) {
            Ok(effects) => {
                shared.say("Announcing the parcel…");
                effects
            }
            Err(why) => {
                shared.warn(why);
                Vec::new()
            }
        }
    }

    /// Checks the fields. An announcement that may have arrived is sent again unchanged, without a check of its date.
    fn check_parcel(&mut self, shared: &mut Shared) -> Result<(), String> {
        if may_be_announced(shared).is_some() { Ok(()) } else { self.check(shared) }
    }
}

impl FormStep for ShipStep {
    type Field = ParcelField;

    const STEP: Step = Step::Ship;

    form_accessors!();

    fn answers(draft: &mut Draft) -> &mut ParcelAnswers {
        &mut draft.parcel
    }

    fn facts(shared: &Shared) -> FormFacts {
        let carriers = shared.draft.carriers();
        let service = shared.draft.job_service().unwrap_or_else(|| shared.draft.service());
        FormFacts { service, today: Some(day(shared.service_time())), carriers, ..FormFacts::default() }
    }

    fn why_frozen(shared: &Shared) -> Option<String> {
        why_frozen(shared)
    }

    fn is_on_field(&self) -> bool {
        !self.on_address && !self.asking && self.over.is_none()
    }

    fn focus_form(&mut self) {
        self.on_address = false;
    }

    fn note_outcome(&mut self, outcome: KeyOutcome) {
        self.on_address = outcome == KeyOutcome::Before;
    }

    /// The address block is place 0, the first field place 1.
    fn place(&self) -> usize {
        if self.on_address { 0 } else { self.form.focus().saturating_add(1) }
    }

    fn go_to_place(&mut self, place: usize) {
        self.on_address = place == 0;
        self.form.go_to(place.saturating_sub(1));
    }
}

impl StepLogic for ShipStep {
    fn enter(&mut self, shared: &mut Shared) -> Vec<Effect> {
        (self.asking, self.over) = (false, None);
        self.enter_form(shared);
        if shared.draft.has_job() && why_frozen(shared).is_none() {
            self.suggest(shared);
        }
        let mut effects = self.look_again(shared);
        effects.extend(poll::read(shared));
        effects.extend(Self::read_others(shared));
        effects
    }

    fn contexts(&self, shared: &Shared) -> Vec<Context> {
        if shared.draft.gone().is_some() {
            return vec![Context::Gone, Context::Loaded, Context::Page];
        }
        if self.asking {
            return vec![Context::Question, Context::Page];
        }
        if let Some(over) = &self.over {
            return over.contexts();
        }
        let failed = (self.fault.is_some() || shared.poll.fault.is_some()).then_some(Context::Failed);
        let place = if self.on_address {
            vec![Context::Parcel, Context::Copyable, Context::Loaded, Context::Onward, Context::List]
        } else {
            vec![form_keys::context(&self.form)]
        };
        failed.into_iter().chain(place).collect()
    }

    fn focus_field(&mut self, shared: &mut Shared, field: usize) {
        self.focus_on(shared, field);
    }

    fn page_form(&self, shared: &Shared) -> Option<AskedForm<'_>> {
        shared.draft.gone().is_none().then(|| self.on_page(shared))
    }

    fn is_typing(&self, shared: &Shared) -> bool {
        self.takes_text() && shared.draft.gone().is_none()
    }

    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        if self.over.is_some() && action != Action::Retry {
            return self.act_over(shared, &action).into();
        }
        match action {
            Action::Checklist => self.over = Some(ShipPage::Checklist(0)),
            Action::ShowPapers => self.show_papers(shared),
            Action::Retry => {
                self.fault = None;
                let mut effects = self.look_again(shared);
                effects.extend(poll::read(shared));
                return effects.into();
            }
            Action::Reload => return poll::read(shared).into(),
            Action::Copy => return Self::copy(shared),
            Action::Yes if self.asking => {
                self.asking = false;
                return self.announce_after_question(shared).into();
            }
            Action::No => self.asking = false,
            Action::Activate | Action::Move(Motion::Down) if self.on_address => {
                self.move_focus(shared, true);
            }
            action if !self.on_address => return self.act_on_field(shared, action),
            _ => {}
        }
        StepOutcome::stay()
    }

    fn paste(&mut self, shared: &mut Shared, text: &str) -> Vec<Effect> {
        self.paste_text(shared, text);
        Vec::new()
    }

    fn done(&mut self, shared: &mut Shared, slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome {
        if matches!(slot, Slot::OtherParcels | Slot::Papers) {
            self.done_over(shared, outcome);
            return StepOutcome::stay();
        }
        let result = outcome.and_then(|reply| self.go_on(shared, reply));
        result.unwrap_or_else(|fault| {
            if poll::without_group(&fault) {
                return self.lost(shared, Err(fault));
            }
            // The job itself tells whether it is gone.
            let look = fault.kind == FaultKind::Gone;
            shared.notice = None;
            let lost = fault.unsettled;
            self.not_announced(shared, lost);
            let advice =
                "The parcel may be announced. Enter looks, and announces it only if the service does not know of it.";
            self.fault = Some(fault.advise_if_unsettled(advice));
            // Enter then does what the fault says it does.
            match (look, lost) {
                (true, _) => poll::read(shared).into(),
                (_, true) => StepOutcome::button(),
                _ => StepOutcome::stay(),
            }
        })
    }

    fn leave(&mut self, shared: &mut Shared) -> Result<Vec<Effect>, String> {
        // What is announced is in view before it is announced.
        if self.over.take().is_some() {
            return Err("This is the parcel; Next once more goes on from here.".into());
        }
        if is_shipped(shared) {
            return Ok(Vec::new());
        }
        if let Some(why) = gone::refusal(shared) {
            return Err(why);
        }
        if no_parcel(shared).is_some() {
            return Ok(Vec::new());
        }
        if let Some(why) = closed(shared).or_else(|| too_early(shared)) {
            return Err(why);
        }
        if shared.session.is_none() {
            return Err("Sign in first: the parcel is announced to the service.".into());
        }
        self.check_parcel(shared)?;
        if is_sent_once(shared) && may_be_announced(shared).is_none() {
            self.asking = true;
            let (yes, no) = (shared.key(&Action::Yes), shared.key(&Action::No));
            return Err(format!("Read the parcel once more; {yes} announces it, {no} goes back to the form."));
        }
        shared.say("Announcing the parcel…");
        // Staying here until the service has answered: `done` moves on.
        self.begin(shared)
    }

    fn move_focus(&mut self, shared: &mut Shared, forward: bool) -> bool {
        if self.over.is_some() {
            return false;
        }
        let stays = match (self.on_address, forward) {
            (true, true) => {
                self.on_address = false;
                self.form.go_to(0);
                true
            }
            (true, false) => false,
            (false, _) => {
                let inside = self.move_field(shared, forward);
                self.on_address = !inside && !forward;
                inside || self.on_address
            }
        };
        self.keep(shared);
        stays
    }

    fn take_focus(&mut self, _shared: &mut Shared, forward: bool) {
        self.on_address = forward;
        self.take_field(forward);
    }

    fn close(&mut self, _shared: &mut Shared) -> bool {
        std::mem::take(&mut self.asking) || self.over.take().is_some() || self.form.unmark()
    }

    fn page(&self, _shared: &Shared) -> usize {
        match (&self.over, self.asking) {
            (Some(ShipPage::Checklist(_)), _) => 2,
            (Some(ShipPage::Papers(_)), _) => 3,
            (None, asking) => usize::from(asking),
        }
    }

    fn tick(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let due = self.settles_in(shared).is_some_and(|left| left.is_zero());
        let look = if due { self.look_again(shared) } else { Vec::new() };
        if look.is_empty() { poll::tick(shared) } else { look }
    }

    fn wake_in(&self, shared: &Shared) -> Option<Duration> {
        poll::wake_in(shared).into_iter().chain(self.settles_in(shared)).min()
    }

    fn button(&self, shared: &Shared) -> Cow<'static, str> {
        if shared.draft.gone().is_some() || no_parcel(shared).is_some() {
            return "Next".into();
        }
        if is_shipped(shared) { "Next".into() } else { "Announce the parcel".into() }
    }
}
