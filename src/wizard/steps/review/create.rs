//! Creates the job, and never a second one. It first looks for a job with the draft's tag in the subscription, and for a job of the
//! wanted name. Then it uploads the list file, if there is one, and creates the job.
//!
//! The draft holds the intention before the search, and the time of sending before the request is sent. From then on the answers are
//! frozen until Azure shows the job or the request can no longer arrive. A request that arrives late has the same name and makes no
//! second job.

use crate::azure::fault::{Fault, FaultKind, Retry};
use crate::azure::model::{BlobList, CheckResult, CheckSubject, Job, JobAddress, JobCheck, ReturnAddress};
use crate::draft::{CreateIntention, Intention};
use crate::form::job::tags::DRAFT_TAG;
use crate::protocol::action::Action;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::wizard::shared::Shared;
use crate::wizard::step::StepOutcome;
use crate::wizard::steps::review::create_request::{CreateRequest, create_request};
use crate::wizard::steps::review::state::{CreatePhase, RetryTarget, ReviewStep};
use crate::wording::minutes_until;

impl ReviewStep {
    /// Notes the intention in the draft and looks for the job. A request that may still arrive keeps its time of sending.
    pub(super) fn begin(&mut self, shared: &mut Shared) -> Result<Vec<Effect>, String> {
        let request = create_request(shared)?;
        if let Some(open) = shared.draft.open_create()
            && !open.job.is_same(&request.job)
        {
            return Err(format!(
                "The job {} may exist under that name; it is looked for first ({}).",
                open.job.name,
                shared.key(&Action::Retry)
            ));
        }
        let sent = shared.draft.open_create().and_then(|open| open.sent);
        let intention = Intention { at: shared.now, confirmed: false };
        let blobs = request.new.blobs.clone();
        shared.draft.journal.create = Some(CreateIntention { job: request.job.clone(), blobs, intention, sent });
        self.fault = None;
        self.phase = CreatePhase::Looking;
        Ok(vec![find(shared, request.job)])
    }

    /// After an interrupted create: looks for the job and sends no change.
    pub(super) fn look_again(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let noted = shared.draft.journal.create.as_ref().filter(|create| !create.intention.confirmed);
        let Some(job) = noted.map(|create| create.job.clone()) else { return Vec::new() };
        if shared.session.is_none() || shared.requests.is_busy(Slot::Create) || shared.is_read_only() {
            return Vec::new();
        }
        self.fault = None;
        self.phase = CreatePhase::Idle;
        vec![find(shared, job)]
    }

    /// Takes the answer to the request of this phase.
    pub(super) fn take_answer(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) -> StepOutcome {
        shared.notice = None;
        let phase = self.phase;
        let outcome = match outcome {
            // Who may create a job need not have the right to have it checked; the service checks it once more when it is created.
            Err(fault) if phase == CreatePhase::Checking && fault.kind == FaultKind::Denied => {
                shared.say(format!("The job was not checked before: {}.", fault.reason));
                Ok(Reply::Checked(Vec::new()))
            }
            outcome => outcome,
        };
        let result = outcome.and_then(|reply| self.go_on(shared, reply));
        result.unwrap_or_else(|fault| {
            let fault = if phase == CreatePhase::Creating { self.not_created(shared, fault) } else { fault };
            self.retry_target = if phase == CreatePhase::Idle { RetryTarget::Look } else { RetryTarget::Create };
            self.phase = CreatePhase::Idle;
            // Enter then does what the fault says it does.
            let outcome = if fault.unsettled { StepOutcome::button() } else { StepOutcome::stay() };
            self.fault = Some(fault);
            outcome
        })
    }

    /// Goes on to the next phase.
    fn go_on(&mut self, shared: &mut Shared, reply: Reply) -> Result<StepOutcome, Fault> {
        match (self.phase, reply) {
            (_, Reply::Job(Some(job))) => self.found(shared, *job),
            (CreatePhase::Idle, Reply::Job(None)) => {
                settle_absent(shared);
                Ok(StepOutcome::stay())
            }
            (CreatePhase::Looking, Reply::Job(None)) => {
                let request = create_request(shared).map_err(|why| Fault::local("create the job", why))?;
                match request.list {
                    Some(list) => {
                        self.phase = CreatePhase::Uploading;
                        Ok(shared.start(Slot::Create, Call::UploadList(list)).into())
                    }
                    None => self.check(shared),
                }
            }
            (CreatePhase::Uploading, Reply::Uploaded(name)) => {
                let journal = &mut shared.draft.journal;
                if let Some(BlobList::File(path)) = journal.create.as_mut().map(|create| &mut create.blobs) {
                    let container = path.split('/').next().unwrap_or_default();
                    *path = format!("{container}/{name}");
                    journal.list = Some(path.clone());
                }
                self.check(shared)
            }
            (CreatePhase::Checking, Reply::Checked(checks)) => match refused(&checks) {
                Some(fault) => Err(fault),
                None => self.create(shared),
            },
            (_, other) => Err(other.unexpected()),
        }
    }

    /// Has the service look at the job before it is created, where it does that.
    fn check(&mut self, shared: &mut Shared) -> Result<StepOutcome, Fault> {
        if !shared.draft.service().checks_jobs() {
            return self.create(shared);
        }
        let request = noted_request(shared)?;
        self.phase = CreatePhase::Checking;
        Ok(shared.start(Slot::Create, Call::CheckJob { job: request.job, new: Box::new(request.new) }).into())
    }

    /// Notes the time of sending in the draft and sends the create request.
    fn create(&mut self, shared: &mut Shared) -> Result<StepOutcome, Fault> {
        let request = noted_request(shared)?;
        let create = shared.draft.journal.create.as_mut().ok_or_else(unnoted)?;
        self.sent_before = create.sent.replace(shared.now);
        self.phase = CreatePhase::Creating;
        Ok(shared.start(Slot::Create, Call::CreateJob { job: request.job, new: Box::new(request.new) }).into())
    }

    /// The request was refused for want of a sign-in, and is sent again now that the person has signed in.
    pub fn sent_again(&mut self, shared: &mut Shared) {
        if self.phase == CreatePhase::Creating
            && let Some(create) = &mut shared.draft.journal.create
        {
            create.sent = Some(shared.now);
        }
    }

    /// The create request failed. While it may still take effect, its note stays in the draft.
    fn not_created(&mut self, shared: &mut Shared, fault: Fault) -> Fault {
        let Some(create) = &mut shared.draft.journal.create else { return fault };
        if fault.unsettled {
            create.sent = Some(shared.now);
            let name = &create.job.name;
            return fault
                .advise(format!("The job may exist. Enter looks for {name} and creates it only if it is not there."));
        }
        // Refused, or never sent; an earlier one may still arrive.
        create.sent = self.sent_before;
        if create.sent.is_none() {
            shared.draft.journal.create = None;
        }
        fault
    }

    fn found(&mut self, shared: &mut Shared, job: Job) -> Result<StepOutcome, Fault> {
        if job.tag(DRAFT_TAG) != Some(shared.draft.id.as_str()) {
            return Err(taken(shared, &job));
        }
        let name = job.name.clone();
        if let Some(create) = &mut shared.draft.journal.create {
            create.intention.confirmed = true;
            create.job = job.address().unwrap_or_else(|| create.job.clone());
            create.job.name.clone_into(&mut shared.draft.options.name);
            create.job.resource_group.clone_into(&mut shared.draft.options.resource_group);
        }
        shared.learn_job(job);
        shared.say(format!("The job {name} exists; it was read back from the service."));
        self.phase = CreatePhase::Idle;
        self.word.set("");
        Ok(StepOutcome::next())
    }

    /// Time until the step looks again by itself: until the request can no longer arrive.
    pub(super) fn looks_in(&self, shared: &Shared) -> Option<std::time::Duration> {
        let asks = shared.session.is_some() && !shared.is_read_only() && !shared.requests.is_busy(Slot::Create);
        let until = shared.draft.open_create().filter(|_| asks && self.fault.is_none())?.arrives_until()?;
        Some(std::time::Duration::try_from(until.duration_since(shared.now)).unwrap_or_default())
    }
}

/// The request with the blob list that the journal notes, which is where the list file really is.
fn noted_request(shared: &Shared) -> Result<CreateRequest, Fault> {
    let mut request = create_request(shared).map_err(|why| Fault::local("create the job", why))?;
    request.new.blobs = shared.draft.journal.create.as_ref().ok_or_else(unnoted)?.blobs.clone();
    Ok(request)
}

fn unnoted() -> Fault {
    Fault::local("create the job", "what was to be sent is not noted in the draft")
}

/// Why the service would refuse the job, or would not finish it; every check that did not pass.
fn refused(checks: &[JobCheck]) -> Option<Fault> {
    let against: Vec<String> = checks.iter().filter(|check| is_against(check)).map(reason).collect();
    if against.is_empty() {
        return None;
    }
    let fault = Fault::local("create the job", format!("the service checked it and found: {}", against.join("; ")));
    Some(fault.advise("Nothing was created. Change the answer and create it again."))
}

fn is_against(check: &JobCheck) -> bool {
    matches!(check.result, CheckResult::Invalid | CheckResult::Ambiguous)
}

/// `the return address: No such street (AddressInvalid); it knows: 1 Way, Ghent`.
fn reason(check: &JobCheck) -> String {
    let what = match &check.subject {
        CheckSubject::Subscription => "the subscription",
        CheckSubject::Availability => "the region and the country",
        CheckSubject::JobLimit => "the number of jobs",
        CheckSubject::Selection => "the account and the blobs",
        CheckSubject::Address => "the return address",
        CheckSubject::Preferences => "the preferences",
        CheckSubject::Other(word) => word,
    };
    let why = match (&check.error, &check.result) {
        (Some(error), _) => format!("{} ({})", error.message.trim_end_matches('.'), error.code),
        (None, CheckResult::Ambiguous) => "it may mean several".to_owned(),
        (None, _) => "no reason given".to_owned(),
    };
    let known: Vec<String> = check.alternatives.iter().map(ReturnAddress::place).collect();
    let known = if known.is_empty() { String::new() } else { format!("; it knows: {}", known.join(" or ")) };
    format!("{what}: {why}{known}")
}

fn find(shared: &mut Shared, job: JobAddress) -> Effect {
    let tag = (DRAFT_TAG, shared.draft.id.as_str().to_owned());
    shared.start(Slot::Create, Call::FindJob { job, tag })
}

/// Azure has no job of this draft: removes the note, unless a request can still arrive.
fn settle_absent(shared: &mut Shared) {
    let Some(create) = &mut shared.draft.journal.create else { return };
    if create.sent.is_some_and(|sent| sent > shared.now) {
        // The clock was set back; the time it takes to arrive begins anew.
        create.sent = Some(shared.now);
    }
    match create.arrives_until() {
        Some(until) if until > shared.now => {
            let left = minutes_until(shared.now, until);
            shared.say(format!("Azure does not have the job yet; the request can still arrive for {left}."));
        }
        Some(_) => {
            shared.draft.journal.create = None;
            shared.say(
                "Azure does not have the job, and the request cannot arrive any more. Create it when you are ready.",
            );
        }
        None => {
            shared.draft.journal.create = None;
            shared.say("The job was not created the last time; nothing is lost, create it when you are ready.");
        }
    }
}

/// Another job has the name.
fn taken(shared: &mut Shared, job: &Job) -> Fault {
    let reason = format!("another job is called {} already", job.name);
    let taken = Fault { kind: FaultKind::Conflict, retry: Retry::Never, ..Fault::local("create the job", reason) };
    let until = shared.draft.open_create().and_then(CreateIntention::arrives_until).filter(|until| *until > shared.now);
    if let Some(until) = until {
        let left = minutes_until(shared.now, until);
        return taken.advise(format!(
            "The request that was sent can still arrive for {left}; after that, rename this one in the step Job."
        ));
    }
    shared.draft.journal.create = None;
    taken.advise("Give this one another name in the step Job.")
}
