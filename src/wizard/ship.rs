//! The ship step: the job's own shipping address, and the parcel that is announced to the service once.
//!
//! Announcing looks at the job first and changes it only while it is in Creating. The intention is in the draft before the change
//! is sent. After a lost answer or a crash the step only looks, and the parcel stays as it was sent until no request can arrive.

mod deadline;
mod standing;
mod unheard;

pub use deadline::{deadline, time_left};
pub use standing::{frozen, is_shipped, progress};
pub use unheard::may_be_announced;

use std::time::Duration;

use self::deadline::day;
use self::standing::closed;
use super::Step;
use super::conduct::{Conduct, Turn};
use super::desk::Desk;
use super::drives;
use super::filling::{self, Did};
use super::{gone, poll};
use crate::app::action::{Action, Motion};
use crate::app::keymap::Context;
use crate::app::protocol::{Call, Effect, Reply, Slot};
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{Job, JobChange, JobState};
use crate::draft::Intention;
use crate::form::{Edit, Facts, Form, needs_you, parcel};
use crate::plan::DRIVES_PER_JOB;

/// The state of the step.
#[derive(Debug)]
pub struct Ship {
    /// The form.
    pub form: Form,
    /// The address block above the form has the focus.
    pub on_address: bool,
    /// Where announcing stands.
    pub phase: Phase,
    /// Why announcing, or looking at the job, failed.
    pub fault: Option<Fault>,
    /// The announcement before this one, whose answer was lost.
    sent_before: Option<Intention>,
}

/// Where announcing stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nothing to be sent; a request under way only looks.
    #[default]
    Idle,
    /// Looking at the job before it is changed.
    Looking,
    /// The parcel is being announced.
    Announcing,
}

fn facts(desk: &Desk) -> Facts {
    let carriers = desk.draft.location.as_ref().map(|location| location.carriers.clone()).unwrap_or_default();
    Facts { today: Some(day(desk.service_time())), carriers, ..Facts::default() }
}

impl Ship {
    /// The form as the draft left it. The kept focus counts the address block as the first place.
    pub fn new(desk: &Desk) -> Self {
        let form = parcel::form(&desk.draft.parcel, 0, facts(desk));
        let mut ship = Self { form, on_address: true, phase: Phase::Idle, fault: None, sent_before: None };
        ship.restore(desk);
        ship
    }

    fn restore(&mut self, desk: &Desk) {
        let place = desk.draft.focus.get(&Step::Ship).copied().unwrap_or(0);
        self.on_address = place == 0;
        self.form.go_to(place.saturating_sub(1));
    }

    fn keep(&self, desk: &mut Desk) {
        if desk.is_read_only() {
            return;
        }
        if frozen(desk).is_none() {
            parcel::write(&self.form, &mut desk.draft.parcel);
        }
        let place = if self.on_address { 0 } else { self.form.focus().saturating_add(1) };
        desk.draft.focus.insert(Step::Ship, place);
    }

    /// What is likely, into empty fields: most parcels are announced on the day they leave, with as many drives as planned.
    fn suggest(&mut self, desk: &mut Desk) {
        if self.form.value(parcel::SHIP_DATE).is_empty() {
            self.form.set_value(parcel::SHIP_DATE, &day(desk.service_time()).to_string());
        }
        let counted =
            desk.draft.drives.counted.as_ref().filter(|counted| counted.complete && drives::fits(desk, counted));
        let planned = counted.and_then(|counted| counted.plan.as_ref()).map_or(0, |plan| plan.drives);
        if self.form.value(parcel::DRIVE_COUNT).is_empty() && (1..=DRIVES_PER_JOB).contains(&planned) {
            self.form.set_value(parcel::DRIVE_COUNT, &planned.to_string());
        }
        parcel::write(&self.form, &mut desk.draft.parcel);
    }

    /// Looks at the job before it is changed.
    fn begin(&mut self, desk: &mut Desk) -> Result<Vec<Effect>, String> {
        let job = desk.draft.job_address().cloned().ok_or("Create the job first.")?;
        self.fault = None;
        self.phase = Phase::Looking;
        Ok(vec![desk.start(Slot::Ship, Call::Job(job))])
    }

    /// After a lost answer or a crash: only looks, sends nothing.
    fn look_again(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let waits = desk.session.is_none() || desk.is_read_only() || desk.requests.is_busy(Slot::Ship);
        if unheard::open(desk).is_none() || waits {
            return Vec::new();
        }
        let Some(job) = desk.draft.job_address().cloned() else { return Vec::new() };
        self.fault = None;
        self.phase = Phase::Idle;
        vec![desk.start(Slot::Ship, Call::Job(job))]
    }

    /// When the step should look by itself; never after a look that failed.
    fn settles_in(&self, desk: &Desk) -> Option<Duration> {
        let asks = desk.session.is_some() && !desk.is_read_only() && !desk.requests.is_busy(Slot::Ship);
        unheard::settles_in(desk).filter(|_| asks && self.fault.as_ref().is_none_or(|fault| fault.unsettled))
    }

    fn go_on(&mut self, desk: &mut Desk, reply: Reply) -> Result<Turn, Fault> {
        let Reply::Job(Some(job)) = reply else {
            return Ok(self.lost(desk, Ok(reply)));
        };
        match (self.phase, job.state == JobState::Creating) {
            (Phase::Looking, true) => self.announce(desk, *job),
            (Phase::Announcing, true) => {
                desk.learn_job(*job);
                let still = "the service took it, but the job is still in Creating";
                // The note stays: what the service took is not to be changed here.
                self.phase = Phase::Idle;
                Err(Fault::local("announce the parcel", still).advise("Look again, then announce it once more."))
            }
            (Phase::Idle, true) => {
                unheard::unheard(desk);
                desk.learn_job(*job);
                Ok(Turn::stay())
            }
            (phase, false) => Ok(self.shipped(desk, *job, phase)),
        }
    }

    /// The announcement failed: if its answer was lost it can still arrive, and so can an earlier one.
    fn not_announced(&mut self, desk: &mut Desk, lost: bool) {
        if std::mem::take(&mut self.phase) == Phase::Announcing {
            let sent = lost.then_some(Intention { at: desk.now, confirmed: false });
            desk.draft.journal.ship = sent.or(self.sent_before);
        }
    }

    /// The service does not have the job any more, which the step then shows instead of the form.
    fn lost(&mut self, desk: &mut Desk, outcome: Result<Reply, Fault>) -> Turn {
        self.phase = Phase::Idle;
        desk.notice = None;
        poll::learn(desk, outcome);
        Turn::stay()
    }

    fn announce(&mut self, desk: &mut Desk, read: Job) -> Result<Turn, Fault> {
        let cancelled = read.cancel_requested;
        desk.learn_job(read);
        if cancelled {
            desk.draft.journal.ship = None;
            let asked = Fault::local("announce the parcel", "cancelling this job was asked for");
            return Err(Fault { kind: FaultKind::Conflict, ..asked }.advise("Do not send the drives."));
        }
        let unread = || Fault::local("announce the parcel", "an answer about it cannot be read any more");
        let package = parcel::package(&desk.draft.parcel).ok_or_else(unread)?;
        let job = desk.draft.job_address().cloned().ok_or_else(unread)?;
        self.phase = Phase::Announcing;
        self.sent_before = unheard::open(desk);
        desk.draft.journal.ship = Some(Intention { at: desk.now, confirmed: false });
        let change = JobChange { ship: true, delivery_package: Some(package), ..JobChange::default() };
        Ok(poll::change(desk, Slot::Ship, job, change).into())
    }

    fn shipped(&mut self, desk: &mut Desk, job: Job, phase: Phase) -> Turn {
        let at = desk.draft.journal.ship.map_or(desk.now, |ship| ship.at);
        desk.draft.journal.ship = Some(Intention { at, confirmed: true });
        self.phase = Phase::Idle;
        self.fault = None;
        desk.say(match phase {
            Phase::Announcing => format!("The service knows of the parcel; the job is in {}.", job.state),
            Phase::Looking | Phase::Idle => {
                format!("The parcel is announced already: the job is in {}. Nothing was sent again.", job.state)
            }
        });
        desk.learn_job(job);
        if phase == Phase::Idle { Turn::stay() } else { Turn::next() }
    }

    fn copy(desk: &mut Desk) -> Turn {
        let lines = desk.draft.job.as_ref().map(|job| job.shipping.lines()).unwrap_or_default();
        if lines.is_empty() {
            desk.warn("There is no address to copy.");
            return Turn::stay();
        }
        desk.say("The shipping address is on the clipboard, if the terminal allows it.");
        Effect::Copy(lines.join("\n")).into()
    }

    /// Whether the parcel can be announced as it is. What was sent is sent again as it was, whatever day it is by now.
    fn check(&mut self, desk: &mut Desk) -> Result<(), String> {
        if may_be_announced(desk).is_some() {
            return Ok(());
        }
        self.form.set_facts(facts(desk));
        let wrong = self.form.check_all();
        self.on_address &= wrong == 0;
        self.keep(desk);
        if wrong > 0 { Err(needs_you(wrong)) } else { Ok(()) }
    }

    fn act_on_form(&mut self, desk: &mut Desk, action: Action) -> Turn {
        let closed = frozen(desk);
        let did = filling::act(&mut self.form, action, closed.is_some());
        self.on_address = did == Did::Before;
        self.keep(desk);
        did.turn(desk, closed.as_deref())
    }
}

impl Conduct for Ship {
    fn enter(&mut self, desk: &mut Desk) -> Vec<Effect> {
        self.form.set_facts(facts(desk));
        self.restore(desk);
        if desk.draft.has_job() && frozen(desk).is_none() {
            self.suggest(desk);
        }
        let mut effects = self.look_again(desk);
        effects.extend(poll::read(desk));
        effects
    }

    fn contexts(&self, desk: &Desk) -> Vec<Context> {
        if desk.draft.gone().is_some() {
            return vec![Context::Gone, Context::Loaded, Context::Page];
        }
        let failed = (self.fault.is_some() || desk.poll.fault.is_some()).then_some(Context::Failed);
        let place = if self.on_address {
            vec![Context::Copyable, Context::Loaded, Context::Onward, Context::List]
        } else {
            vec![filling::context(&self.form)]
        };
        failed.into_iter().chain(place).collect()
    }

    fn is_typing(&self, desk: &Desk) -> bool {
        !self.on_address && desk.draft.gone().is_none()
    }

    fn act(&mut self, desk: &mut Desk, action: Action) -> Turn {
        match action {
            Action::Retry => {
                self.fault = None;
                let mut effects = self.look_again(desk);
                effects.extend(poll::read(desk));
                return effects.into();
            }
            Action::Reload => return poll::read(desk).into(),
            Action::Copy => return Self::copy(desk),
            Action::Activate | Action::Move(Motion::Down) if self.on_address => {
                self.move_focus(desk, true);
            }
            action if !self.on_address => return self.act_on_form(desk, action),
            _ => {}
        }
        Turn::stay()
    }

    fn paste(&mut self, desk: &mut Desk, text: &str) -> Vec<Effect> {
        if let Some(why) = frozen(desk) {
            desk.warn(why);
        } else if !self.on_address {
            self.form.edit(Edit::Paste(text.to_owned()));
            self.keep(desk);
        }
        Vec::new()
    }

    fn done(&mut self, desk: &mut Desk, _slot: Slot, outcome: Result<Reply, Fault>) -> Turn {
        let result = outcome.and_then(|reply| self.go_on(desk, reply));
        result.unwrap_or_else(|fault| {
            if poll::without_group(&fault) {
                return self.lost(desk, Err(fault));
            }
            // The job itself tells whether it is gone.
            let look = fault.kind == FaultKind::Gone;
            desk.notice = None;
            let lost = fault.unsettled;
            self.not_announced(desk, lost);
            let advice =
                "The parcel may be announced. Enter looks, and announces it only if the service does not know of it.";
            self.fault = Some(if lost { fault.advise(advice) } else { fault });
            // Enter then does what the fault says it does.
            match (look, lost) {
                (true, _) => poll::read(desk).into(),
                (_, true) => Turn::button(),
                _ => Turn::stay(),
            }
        })
    }

    fn leave(&mut self, desk: &mut Desk) -> Result<Vec<Effect>, String> {
        if is_shipped(desk) {
            return Ok(Vec::new());
        }
        if let Some(why) = gone::refusal(desk) {
            return Err(why);
        }
        if let Some(why) = closed(desk) {
            return Err(why);
        }
        if desk.session.is_none() {
            return Err("Sign in first: the parcel is announced to the service.".into());
        }
        self.check(desk)?;
        desk.say("Announcing the parcel…");
        // Staying here until the service has answered: `done` moves on.
        self.begin(desk)
    }

    fn move_focus(&mut self, desk: &mut Desk, forward: bool) -> bool {
        let stays = match (self.on_address, forward) {
            (true, true) => {
                self.on_address = false;
                self.form.go_to(0);
                true
            }
            (true, false) => false,
            (false, _) => {
                let inside = filling::step(&mut self.form, forward);
                self.on_address = !inside && !forward;
                inside || self.on_address
            }
        };
        self.keep(desk);
        stays
    }

    fn take_focus(&mut self, _desk: &mut Desk, forward: bool) {
        self.on_address = forward;
        self.form.go_to(if forward { 0 } else { self.form.len().saturating_sub(1) });
    }

    fn close(&mut self, _desk: &mut Desk) -> bool {
        self.form.unmark()
    }

    fn tick(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let due = self.settles_in(desk).is_some_and(|left| left.is_zero());
        let look = if due { self.look_again(desk) } else { Vec::new() };
        if look.is_empty() { poll::tick(desk) } else { look }
    }

    fn wake_in(&self, desk: &Desk) -> Option<Duration> {
        poll::wake_in(desk).into_iter().chain(self.settles_in(desk)).min()
    }

    fn button(&self, desk: &Desk) -> &'static str {
        if desk.draft.gone().is_some() {
            return "Next";
        }
        if is_shipped(desk) { "Next" } else { "Announce the parcel" }
    }
}
