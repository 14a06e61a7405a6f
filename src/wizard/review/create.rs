//! Creating the job once. Every create begins with a look: for a job with the draft's tag anywhere in the subscription, and for
//! one of the wanted name. Then the list file is uploaded where there is one, then the job is created.
//!
//! The intention is in the draft before the look, and that the request is sent before it is. Once it is, the answers stay as
//! they are until Azure shows the job or the request cannot arrive any more: a request that arrives late then finds the same
//! name, which makes no second job of it.

use jiff::{SignedDuration, Timestamp};

use super::{DRAFT_TAG, Phase, Remedy, Review, order};
use crate::app::protocol::{Call, Effect, Reply, Slot};
use crate::azure::fault::{Fault, FaultKind, Retry};
use crate::azure::model::{BlobList, Job, JobAddress};
use crate::draft::{CreateIntention, Intention};
use crate::wizard::conduct::Turn;
use crate::wizard::desk::Desk;

impl Review {
    /// Notes the intention and looks for the job. One that may still arrive keeps its note.
    pub(super) fn begin(&mut self, desk: &mut Desk) -> Result<Vec<Effect>, String> {
        let order = order(desk)?;
        if let Some(open) = desk.draft.open_create()
            && !open.job.is_same(&order.job)
        {
            return Err(format!(
                "The job {} may exist under that name; it is looked for first (Ctrl-T).",
                open.job.name
            ));
        }
        let sent = desk.draft.open_create().and_then(|open| open.sent);
        let intention = Intention { at: desk.now, confirmed: false };
        let blobs = order.new.blobs.clone();
        desk.draft.journal.create = Some(CreateIntention { job: order.job.clone(), blobs, intention, sent });
        self.fault = None;
        self.phase = Phase::Looking;
        Ok(vec![find(desk, order.job)])
    }

    /// After an interrupted create: only looks, sends nothing.
    pub(super) fn look_again(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let noted = desk.draft.journal.create.as_ref().filter(|create| !create.intention.confirmed);
        let Some(job) = noted.map(|create| create.job.clone()) else { return Vec::new() };
        if desk.session.is_none() || desk.requests.is_busy(Slot::Create) || desk.is_read_only() {
            return Vec::new();
        }
        self.fault = None;
        self.phase = Phase::Idle;
        vec![find(desk, job)]
    }

    /// Takes the answer to the request of this phase.
    pub(super) fn take_answer(&mut self, desk: &mut Desk, outcome: Result<Reply, Fault>) -> Turn {
        desk.notice = None;
        let phase = self.phase;
        let result = outcome.and_then(|reply| self.go_on(desk, reply));
        result.unwrap_or_else(|fault| {
            let fault = if phase == Phase::Creating { self.not_created(desk, fault) } else { fault };
            self.remedy = if phase == Phase::Idle { Remedy::Look } else { Remedy::Create };
            self.phase = Phase::Idle;
            // Enter then does what the fault says it does.
            let turn = if fault.unsettled { Turn::button() } else { Turn::stay() };
            self.fault = Some(fault);
            turn
        })
    }

    /// What comes after the answer to the request of this phase.
    fn go_on(&mut self, desk: &mut Desk, reply: Reply) -> Result<Turn, Fault> {
        match (self.phase, reply) {
            (_, Reply::Job(Some(job))) => self.found(desk, *job),
            (Phase::Idle, Reply::Job(None)) => {
                settle_absent(desk);
                Ok(Turn::stay())
            }
            (Phase::Looking, Reply::Job(None)) => {
                let order = order(desk).map_err(|why| Fault::local("create the job", why))?;
                match order.list {
                    Some(list) => {
                        self.phase = Phase::Uploading;
                        Ok(desk.start(Slot::Create, Call::UploadList(list)).into())
                    }
                    None => self.create(desk),
                }
            }
            (Phase::Uploading, Reply::Uploaded(name)) => {
                let journal = &mut desk.draft.journal;
                if let Some(BlobList::File(path)) = journal.create.as_mut().map(|create| &mut create.blobs) {
                    let container = path.split('/').next().unwrap_or_default();
                    *path = format!("{container}/{name}");
                    journal.list = Some(path.clone());
                }
                self.create(desk)
            }
            (_, other) => {
                Err(Fault::local("create the job", format!("the program got an answer it did not ask for: {other:?}")))
            }
        }
    }

    /// Notes that the request is sent, and sends it.
    fn create(&mut self, desk: &mut Desk) -> Result<Turn, Fault> {
        let mut order = order(desk).map_err(|why| Fault::local("create the job", why))?;
        let unnoted = || Fault::local("create the job", "what was to be sent is not noted in the draft");
        let create = desk.draft.journal.create.as_mut().ok_or_else(unnoted)?;
        order.new.blobs = create.blobs.clone();
        self.sent_before = create.sent.replace(desk.now);
        self.phase = Phase::Creating;
        Ok(desk.start(Slot::Create, Call::CreateJob { job: order.job, new: Box::new(order.new) }).into())
    }

    /// The create request failed: whether anything can still come of it decides what is said and what stays noted.
    fn not_created(&mut self, desk: &mut Desk, fault: Fault) -> Fault {
        let Some(create) = &mut desk.draft.journal.create else { return fault };
        if fault.unsettled {
            create.sent = Some(desk.now);
            let name = &create.job.name;
            return fault
                .advise(format!("The job may exist. Enter looks for {name} and creates it only if it is not there."));
        }
        // Refused, or never sent; an earlier one may still arrive.
        create.sent = self.sent_before;
        if create.sent.is_none() {
            desk.draft.journal.create = None;
        }
        fault
    }

    fn found(&mut self, desk: &mut Desk, job: Job) -> Result<Turn, Fault> {
        if job.tag(DRAFT_TAG) != Some(desk.draft.id.as_str()) {
            return Err(taken(desk, &job));
        }
        let name = job.name.clone();
        if let Some(create) = &mut desk.draft.journal.create {
            create.intention.confirmed = true;
            create.job = job.address().unwrap_or_else(|| create.job.clone());
            create.job.name.clone_into(&mut desk.draft.options.name);
            create.job.resource_group.clone_into(&mut desk.draft.options.resource_group);
        }
        desk.learn_job(job);
        desk.say(format!("The job {name} exists; it was read back from the service."));
        self.phase = Phase::Idle;
        self.word.set("");
        Ok(Turn::next())
    }

    /// When the step should look again by itself: the request that was sent cannot arrive any more then.
    pub(super) fn looks_in(&self, desk: &Desk) -> Option<std::time::Duration> {
        let asks = desk.session.is_some() && !desk.is_read_only() && !desk.requests.is_busy(Slot::Create);
        let until = desk.draft.open_create().filter(|_| asks && self.fault.is_none())?.arrives_until()?;
        Some(std::time::Duration::try_from(until.duration_since(desk.now)).unwrap_or_default())
    }
}

fn find(desk: &mut Desk, job: JobAddress) -> Effect {
    let tag = (DRAFT_TAG, desk.draft.id.as_str().to_owned());
    desk.start(Slot::Create, Call::FindJob { job, tag })
}

/// Azure has no job of this draft: the note goes, unless a request can still arrive.
fn settle_absent(desk: &mut Desk) {
    let Some(create) = &mut desk.draft.journal.create else { return };
    if create.sent.is_some_and(|sent| sent > desk.now) {
        // The clock was set back; the time it takes to arrive begins anew.
        create.sent = Some(desk.now);
    }
    match create.arrives_until() {
        Some(until) if until > desk.now => {
            let left = minutes(desk.now, until);
            desk.say(format!("Azure does not have the job yet; the request can still arrive for {left}."));
        }
        Some(_) => {
            desk.draft.journal.create = None;
            desk.say(
                "Azure does not have the job, and the request cannot arrive any more. Create it when you are ready.",
            );
        }
        None => {
            desk.draft.journal.create = None;
            desk.say("The job was not created the last time; nothing is lost, create it when you are ready.");
        }
    }
}

/// Another job has the name.
fn taken(desk: &mut Desk, job: &Job) -> Fault {
    let reason = format!("another job is called {} already", job.name);
    let taken = Fault { kind: FaultKind::Conflict, retry: Retry::Never, ..Fault::local("create the job", reason) };
    let until = desk.draft.open_create().and_then(CreateIntention::arrives_until).filter(|until| *until > desk.now);
    if let Some(until) = until {
        let left = minutes(desk.now, until);
        return taken.advise(format!(
            "The request that was sent can still arrive for {left}; after that, rename this one in the step Job."
        ));
    }
    desk.draft.journal.create = None;
    taken.advise("Give this one another name in the step Job.")
}

/// `12 minutes`, rounded up; `1 minute` at the end.
pub fn minutes(now: Timestamp, until: Timestamp) -> String {
    let left = until.duration_since(now).max(SignedDuration::ZERO).as_secs();
    match left.div_euclid(60) + i64::from(left.rem_euclid(60) > 0) {
        ..=1 => "1 minute".to_owned(),
        more => format!("{more} minutes"),
    }
}
