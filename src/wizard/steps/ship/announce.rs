//! The announcement of the parcel: looks at the job, notes the intention in the draft, sends the change, takes the answers.

use std::time::Duration;

use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{Job, JobChange};
use crate::draft::{Draft, Intention};
use crate::form::{carrier, parcel, tracking};
use crate::protocol::action::Action;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::wizard::poll;
use crate::wizard::shared::Shared;
use crate::wizard::step::StepOutcome;
use crate::wizard::steps::ship::standing::{ParcelStanding, is_sent_once};
use crate::wizard::steps::ship::step::{ShipPhase, ShipStep};
use crate::wizard::steps::ship::unconfirmed;
use crate::wording::many;

/// What to do when the service took the announcement and the job does not show it.
fn after_silence(shared: &Shared) -> String {
    if is_sent_once(shared) {
        format!("It is not sent again; {} looks whether the job shows it.", shared.key(&Action::Reload))
    } else {
        "Look again, then announce it once more.".to_owned()
    }
}

/// What the job, as read back, says otherwise than the form; `None` where it says the same, or nothing.
fn differs(draft: &Draft, job: &Job) -> Option<String> {
    let there = job.delivery_package.as_ref()?;
    let parcel = &draft.parcel;
    let same = tracking::plain(&there.tracking_number) == tracking::plain(&parcel.tracking_number)
        && carrier::same(&there.carrier, &parcel.carrier);
    let count = there.drive_count.zip(parcel.drive_count.trim().parse().ok());
    let as_many = count.is_none_or(|(there, typed): (u32, u32)| there == typed);
    if same && as_many {
        return None;
    }
    let drives = there.drive_count.map(|count| format!(", {}", many(count.into(), "drive"))).unwrap_or_default();
    Some(format!("But it has {} {}{drives}, which is not what is typed here.", there.carrier, there.tracking_number))
}

impl ShipStep {
    /// Begins the announcement: reads the job.
    pub(super) fn begin(&mut self, shared: &mut Shared) -> Result<Vec<Effect>, String> {
        let job = shared.draft.job_address().cloned().ok_or("Create the job first.")?;
        self.fault = None;
        self.phase = ShipPhase::Looking;
        Ok(vec![shared.start(Slot::Ship, Call::Job(job))])
    }

    /// After a lost answer or a crash: reads the job and sends no change.
    pub(super) fn look_again(&mut self, shared: &mut Shared) -> Vec<Effect> {
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
    pub(super) fn settles_in(&self, shared: &Shared) -> Option<Duration> {
        let asks = shared.session.is_some() && !shared.is_read_only() && !shared.requests.is_busy(Slot::Ship);
        unconfirmed::settles_in(shared).filter(|_| asks && self.fault.as_ref().is_none_or(|fault| fault.unsettled))
    }

    pub(super) fn go_on(&mut self, shared: &mut Shared, reply: Reply) -> Result<StepOutcome, Fault> {
        let Reply::Job(Some(job)) = reply else {
            return Ok(self.lost(shared, Ok(reply)));
        };
        let (phase, standing) = (self.phase, ParcelStanding::of(&job));
        match (phase, standing) {
            (_, ParcelStanding::Announced) => Ok(self.shipped(shared, *job, phase)),
            (ShipPhase::Looking, ParcelStanding::Awaited) => self.announce(shared, *job),
            (ShipPhase::Idle, ParcelStanding::Awaited | ParcelStanding::TooEarly) => {
                unconfirmed::not_arrived(shared);
                shared.learn_job(*job);
                Ok(StepOutcome::stay())
            }
            (ShipPhase::Announcing, ParcelStanding::Awaited | ParcelStanding::TooEarly) => {
                let still = format!("the service took it, but the job is still in {}", job.status);
                shared.learn_job(*job);
                // The note stays: what the service took is not to be changed here.
                self.phase = ShipPhase::Idle;
                Err(Fault::local("announce the parcel", still).advise(after_silence(shared)))
            }
            (ShipPhase::Looking, ParcelStanding::TooEarly) => {
                Err(self.not_now(shared, *job).advise("Send nothing yet."))
            }
            (_, ParcelStanding::Refused) => Err(self.not_now(shared, *job).advise("Do not send the drives.")),
        }
    }

    /// The job takes no parcel in the state it was read in.
    fn not_now(&mut self, shared: &mut Shared, job: Job) -> Fault {
        self.phase = ShipPhase::Idle;
        let reason = format!("the service does not wait for the drives: the job is in {}", job.status);
        shared.learn_job(job);
        Fault { kind: FaultKind::Conflict, ..Fault::local("announce the parcel", reason) }
    }

    /// The announcement failed. If its answer was lost, the request may still take effect, and so may an earlier one.
    pub(super) fn not_announced(&mut self, shared: &mut Shared, lost: bool) {
        if std::mem::take(&mut self.phase) == ShipPhase::Announcing {
            let sent = lost.then_some(Intention { at: shared.now, confirmed: false });
            shared.draft.journal.ship = sent.or(self.sent_before);
        }
    }

    /// The service no longer has the job; the step then shows that instead of the form.
    pub(super) fn lost(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) -> StepOutcome {
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
        if is_sent_once(shared) && unconfirmed::announcement(shared).is_some() {
            unconfirmed::not_arrived(shared);
            // The note is gone once the earlier request can no longer arrive; the person then announces the parcel anew.
            self.phase = ShipPhase::Idle;
            return Ok(StepOutcome::stay());
        }
        let unread = || Fault::local("announce the parcel", "an answer about it cannot be read any more");
        let job = shared.draft.job_address().cloned().ok_or_else(unread)?;
        let package = parcel::package(&shared.draft.parcel, job.service).ok_or_else(unread)?;
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
        let differs = differs(&shared.draft, &job);
        let words = match phase {
            ShipPhase::Announcing => "The service knows of the parcel.".to_owned(),
            ShipPhase::Looking | ShipPhase::Idle => {
                format!("The parcel is announced already: the job is in {}. Nothing was sent again.", job.status)
            }
        };
        shared.learn_job(job);
        match differs {
            Some(differs) => shared.warn(format!("{words} {differs}")),
            None => shared.say_of_job(words),
        }
        if phase == ShipPhase::Idle { StepOutcome::stay() } else { StepOutcome::next() }
    }
}
