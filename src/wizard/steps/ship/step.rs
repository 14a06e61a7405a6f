//! The step: its form, and the announcement of the parcel.
//!
//! It reads the job first and changes it only while its state is Creating. The draft holds the intention before the change is sent.
//! After a lost answer or a crash the step only reads the job; the form is frozen until the request can no longer arrive.

use std::time::Duration;

use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{Job, JobChange, JobState};
use crate::draft::{Draft, Intention, ParcelAnswers};
use crate::form::parcel::{self, ParcelField};
use crate::form::{Form, FormFacts, form_of, write_form};
use crate::plan::DRIVES_PER_JOB;
use crate::protocol::action::{Action, Motion};
use crate::protocol::keymap::Context;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::protocol::step::Step;
use crate::wizard::form_keys::{self, KeyOutcome};
use crate::wizard::form_step::{FormStep, form_accessors};
use crate::wizard::shared::Shared;
use crate::wizard::step::{StepLogic, StepOutcome};
use crate::wizard::steps::drives;
use crate::wizard::steps::ship::deadline::day;
use crate::wizard::steps::ship::standing::{closed, is_shipped};
use crate::wizard::steps::ship::unconfirmed::{self, may_be_announced, why_frozen};
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
    /// Why the announcement, or reading the job before it, failed.
    pub fault: Option<Fault>,
    /// An earlier announcement that got no answer.
    sent_before: Option<Intention>,
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

impl ShipStep {
    /// The form as the draft left it. The kept focus counts the address block as the first place.
    pub fn new(shared: &Shared) -> Self {
        let form = form_of::<ParcelField>(&shared.draft.parcel, 0, Self::facts(shared));
        let mut ship = Self { form, on_address: true, phase: ShipPhase::Idle, fault: None, sent_before: None };
        ship.enter_form(shared);
        ship
    }

    /// Fills empty fields with today and the planned number of drives.
    fn suggest(&mut self, shared: &mut Shared) {
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

    /// Begins the announcement: reads the job.
    fn begin(&mut self, shared: &mut Shared) -> Result<Vec<Effect>, String> {
        let job = shared.draft.job_address().cloned().ok_or("Create the job first.")?;
        self.fault = None;
        self.phase = ShipPhase::Looking;
        Ok(vec![shared.start(Slot::Ship, Call::Job(job))])
    }

    /// After a lost answer or a crash: reads the job and sends no change.
    fn look_again(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let waits = shared.session.is_none() || shared.is_read_only() || shared.requests.is_busy(Slot::Ship);
        if unconfirmed::announcement(shared).is_none() || waits {
            return Vec::new();
        }
        let Some(job) = shared.draft.job_address().cloned() else { return Vec::new() };
        self.fault = None;
        self.phase = ShipPhase::Idle;
        vec![shared.start(Slot::Ship, Call::Job(job))]
    }

    /// Time until the step reads the job by itself; `None` after a read that failed.
    fn settles_in(&self, shared: &Shared) -> Option<Duration> {
        let asks = shared.session.is_some() && !shared.is_read_only() && !shared.requests.is_busy(Slot::Ship);
        unconfirmed::settles_in(shared).filter(|_| asks && self.fault.as_ref().is_none_or(|fault| fault.unsettled))
    }

    fn go_on(&mut self, shared: &mut Shared, reply: Reply) -> Result<StepOutcome, Fault> {
        let Reply::Job(Some(job)) = reply else {
            return Ok(self.lost(shared, Ok(reply)));
        };
        match (self.phase, matches!(job.status.state, JobState::Preparing | JobState::AwaitingShipment)) {
            (ShipPhase::Looking, true) => self.announce(shared, *job),
            (ShipPhase::Announcing, true) => {
                shared.learn_job(*job);
                let still = "the service took it, but the job is still in Creating";
                // The note stays: what the service took is not to be changed here.
                self.phase = ShipPhase::Idle;
                Err(Fault::local("announce the parcel", still).advise("Look again, then announce it once more."))
            }
            (ShipPhase::Idle, true) => {
                unconfirmed::not_arrived(shared);
                shared.learn_job(*job);
                Ok(StepOutcome::stay())
            }
            (phase, false) => Ok(self.shipped(shared, *job, phase)),
        }
    }

    /// The announcement failed. If its answer was lost, the request may still take effect, and so may an earlier one.
    fn not_announced(&mut self, shared: &mut Shared, lost: bool) {
        if std::mem::take(&mut self.phase) == ShipPhase::Announcing {
            let sent = lost.then_some(Intention { at: shared.now, confirmed: false });
            shared.draft.journal.ship = sent.or(self.sent_before);
        }
    }

    /// The service no longer has the job; the step then shows that instead of the form.
    fn lost(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) -> StepOutcome {
        self.phase = ShipPhase::Idle;
        shared.notice = None;
        poll::learn(shared, outcome);
        StepOutcome::stay()
    }

    fn announce(&mut self, shared: &mut Shared, read: Job) -> Result<StepOutcome, Fault> {
        let cancelled = read.cancel_requested;
        shared.learn_job(read);
        if cancelled {
            shared.draft.journal.ship = None;
            let asked = Fault::local("announce the parcel", "cancelling this job was asked for");
            return Err(Fault { kind: FaultKind::Conflict, ..asked }.advise("Do not send the drives."));
        }
        let unread = || Fault::local("announce the parcel", "an answer about it cannot be read any more");
        let package = parcel::package(&shared.draft.parcel).ok_or_else(unread)?;
        let job = shared.draft.job_address().cloned().ok_or_else(unread)?;
        self.phase = ShipPhase::Announcing;
        self.sent_before = unconfirmed::announcement(shared);
        shared.draft.journal.ship = Some(Intention { at: shared.now, confirmed: false });
        let change = JobChange { ship: true, delivery_package: Some(package), ..JobChange::default() };
        Ok(poll::change(shared, Slot::Ship, job, change).into())
    }

    fn shipped(&mut self, shared: &mut Shared, job: Job, phase: ShipPhase) -> StepOutcome {
        let at = shared.draft.journal.ship.map_or(shared.now, |ship| ship.at);
        shared.draft.journal.ship = Some(Intention { at, confirmed: true });
        self.phase = ShipPhase::Idle;
        self.fault = None;
        shared.say(match phase {
            ShipPhase::Announcing => format!("The service knows of the parcel; the job is in {}.", job.status),
            ShipPhase::Looking | ShipPhase::Idle => {
                format!("The parcel is announced already: the job is in {}. Nothing was sent again.", job.status)
            }
        });
        shared.learn_job(job);
        if phase == ShipPhase::Idle { StepOutcome::stay() } else { StepOutcome::next() }
    }

    fn copy(shared: &mut Shared) -> StepOutcome {
        let lines = shared.draft.job.as_ref().map(|job| job.shipping.lines()).unwrap_or_default();
        if lines.is_empty() {
            shared.warn("There is no address to copy.");
            return StepOutcome::stay();
        }
        shared.say("The shipping address is on the clipboard, if the terminal allows it.");
        Effect::Copy(lines.join("\n")).into()
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
        FormFacts { today: Some(day(shared.service_time())), carriers, ..FormFacts::default() }
    }

    fn why_frozen(shared: &Shared) -> Option<String> {
        why_frozen(shared)
    }

    fn is_on_field(&self) -> bool {
        !self.on_address
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
        self.enter_form(shared);
        if shared.draft.has_job() && why_frozen(shared).is_none() {
            self.suggest(shared);
        }
        let mut effects = self.look_again(shared);
        effects.extend(poll::read(shared));
        effects
    }

    fn contexts(&self, shared: &Shared) -> Vec<Context> {
        if shared.draft.gone().is_some() {
            return vec![Context::Gone, Context::Loaded, Context::Page];
        }
        let failed = (self.fault.is_some() || shared.poll.fault.is_some()).then_some(Context::Failed);
        let place = if self.on_address {
            vec![Context::Copyable, Context::Loaded, Context::Onward, Context::List]
        } else {
            vec![form_keys::context(&self.form)]
        };
        failed.into_iter().chain(place).collect()
    }

    fn is_typing(&self, shared: &Shared) -> bool {
        self.takes_text() && shared.draft.gone().is_none()
    }

    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        match action {
            Action::Retry => {
                self.fault = None;
                let mut effects = self.look_again(shared);
                effects.extend(poll::read(shared));
                return effects.into();
            }
            Action::Reload => return poll::read(shared).into(),
            Action::Copy => return Self::copy(shared),
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

    fn done(&mut self, shared: &mut Shared, _slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome {
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
            self.fault = Some(if lost { fault.advise(advice) } else { fault });
            // Enter then does what the fault says it does.
            match (look, lost) {
                (true, _) => poll::read(shared).into(),
                (_, true) => StepOutcome::button(),
                _ => StepOutcome::stay(),
            }
        })
    }

    fn leave(&mut self, shared: &mut Shared) -> Result<Vec<Effect>, String> {
        if is_shipped(shared) {
            return Ok(Vec::new());
        }
        if let Some(why) = gone::refusal(shared) {
            return Err(why);
        }
        if let Some(why) = closed(shared) {
            return Err(why);
        }
        if shared.session.is_none() {
            return Err("Sign in first: the parcel is announced to the service.".into());
        }
        self.check_parcel(shared)?;
        shared.say("Announcing the parcel…");
        // Staying here until the service has answered: `done` moves on.
        self.begin(shared)
    }

    fn move_focus(&mut self, shared: &mut Shared, forward: bool) -> bool {
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
        self.form.unmark()
    }

    fn tick(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let due = self.settles_in(shared).is_some_and(|left| left.is_zero());
        let look = if due { self.look_again(shared) } else { Vec::new() };
        if look.is_empty() { poll::tick(shared) } else { look }
    }

    fn wake_in(&self, shared: &Shared) -> Option<Duration> {
        poll::wake_in(shared).into_iter().chain(self.settles_in(shared)).min()
    }

    fn button(&self, shared: &Shared) -> &'static str {
        if shared.draft.gone().is_some() {
            return "Next";
        }
        if is_shipped(shared) { "Next" } else { "Announce the parcel" }
    }
}
