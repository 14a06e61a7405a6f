//! What every step may see and use: the draft, the session, what was read from the service, the requests under way. No step's own state is here.

use std::sync::Arc;

use jiff::Timestamp;

use crate::azure::cloud::Cloud;
use crate::azure::fault::Fault;
use crate::azure::model::{Access, Identity, Job, Location, Provider, ResourceGroup, StorageAccount, Subscription};
use crate::draft::{AccountServer, DirectAccount, Draft, Gone, KnownJob, Unlocked};
use crate::plan::Overheads;
use crate::plan::count::{CountProgress, CountReport};
use crate::protocol::inflight::PendingRequests;
use crate::protocol::message::{Call, Effect, Slot};
use crate::protocol::step::Step;
use crate::select::Rule;
use crate::wizard::clock::SimulatedClock;
use crate::wording::minutes_until;

/// The shared table all steps work at.
#[derive(Debug)]
pub struct Shared {
    /// The answers so far.
    pub draft: Draft,
    /// The draft is open without its lock, and why: nothing may change and nothing is sent that changes the service.
    pub read_only: Option<Unlocked>,
    /// Clouds to choose from.
    pub clouds: Vec<Cloud>,
    /// Who is signed in, and where.
    pub session: Option<Session>,
    /// By what the draft's given account was opened; `None` until it was.
    pub opened: Option<Access>,
    /// What the service told since the program started.
    pub catalogue: Catalogue,
    /// The clock of a rehearsal, once it was told.
    pub clock: Option<SimulatedClock>,
    /// When the job was read in this session, and why it could not be.
    pub poll: Poll,
    /// What was counted in this session.
    pub count: CountState,
    /// What a blob costs on a drive beyond its bytes, as configured.
    pub overheads: Overheads,
    /// Requests under way.
    pub requests: PendingRequests,
    /// When the last message came.
    pub now: Timestamp,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// A passing remark, shown above the hint line until the next key.
    pub notice: Option<Notice>,
}

/// A live session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub identity: Identity,
    /// Where.
    pub cloud: Cloud,
}

/// What the service told. Each list is `None` until it was read.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// Subscriptions of the session.
    pub subscriptions: Option<Vec<Subscription>>,
    /// Accounts of one subscription, named first.
    pub accounts: Option<(String, Vec<StorageAccount>)>,
    /// The chosen account as read in this session; its blob endpoint is the one to use.
    pub account: Option<StorageAccount>,
    /// By which right its blobs are read.
    pub access: Option<Access>,
    /// Rules of the selection that match nothing, as far as complete listings show.
    pub unmatched: Vec<Rule>,
    /// Locations.
    pub locations: Option<Vec<Location>>,
    /// Resource groups of one subscription, named first.
    pub groups: Option<(String, Vec<ResourceGroup>)>,
    /// Microsoft.ImportExport in one subscription, named first.
    pub provider: Option<(String, Provider)>,
    /// The job as last read in this session.
    pub job: Option<Job>,
}

/// What was counted in this session, and what is being counted.
#[derive(Debug, Default)]
pub struct CountState {
    /// The first and the last word of the count under way, or of the one that was paused.
    pub live: Option<(CountProgress, CountProgress)>,
    /// The result of the last count that was not given up; the draft says for which rules.
    pub report: Option<Arc<CountReport>>,
}

impl CountState {
    /// Takes in how far the count is.
    pub fn tell(&mut self, progress: CountProgress) {
        let first = self.live.take().map_or_else(|| progress.clone(), |(first, _)| first);
        self.live = Some((first, progress));
    }
}

/// What is remembered of reading the job in this session.
#[derive(Debug, Default)]
pub struct Poll {
    /// When the service last answered, whatever it said.
    pub answered: Option<Timestamp>,
    /// Why the job could not be read the last time.
    pub fault: Option<Fault>,
}

/// A passing remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// One sentence.
    pub text: String,
    /// Something went wrong, or only something to know.
    pub alarm: bool,
}

impl Shared {
    /// A table with a draft on it and nobody signed in.
    pub fn new(draft: Draft, clouds: Vec<Cloud>, now: Timestamp) -> Self {
        Self {
            draft,
            read_only: None,
            clouds,
            session: None,
            opened: None,
            catalogue: Catalogue::default(),
            clock: None,
            poll: Poll::default(),
            count: CountState::default(),
            overheads: Overheads::default(),
            requests: PendingRequests::default(),
            now,
            size: (80, 24),
            notice: None,
        }
    }

    /// Starts a request in a slot.
    pub fn start(&mut self, slot: Slot, call: Call) -> Effect {
        self.requests.start(slot, call, self.now)
    }

    /// Says something in passing.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), alarm: false });
    }

    /// Says in passing that something went wrong.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), alarm: true });
    }

    /// The sentence for a fault, to say in passing where no better place shows it.
    pub fn warn_of(&mut self, fault: &Fault) {
        self.warn(fault.to_string());
    }

    /// Resource id of the chosen account.
    pub fn account_id(&self) -> Option<&str> {
        self.draft.account.as_ref().map(|chosen| chosen.account.id.as_str())
    }

    /// The account that was opened without a sign-in, while no other is chosen.
    pub fn given(&self) -> Option<&DirectAccount> {
        self.draft.given.as_ref().filter(|_| self.draft.account.is_none())
    }

    /// What the account whose blobs are picked is known by, and its name: its resource id, or its endpoint where it is given.
    pub fn blob_account(&self) -> Option<(&str, &str)> {
        let chosen = self.draft.account.as_ref().map(|chosen| (&*chosen.account.id, &*chosen.account.name));
        chosen.or(self.given().map(|given| (&*given.endpoint, &*given.name)))
    }

    /// By which right the blobs are read, once that is known.
    pub fn access(&self) -> Option<Access> {
        if self.given().is_some() { self.opened } else { self.catalogue.access }
    }

    /// `account by key`, for a draft of a given account.
    pub fn by_key(&self) -> Option<&'static str> {
        let words = if self.opened == Some(Access::Sas) { "account by SAS" } else { "account by key" };
        self.given().map(|_| words)
    }

    /// What a job needs beyond a given account, once the person is past picking and counting blobs.
    pub fn needs_beyond_given(&self, what: &str) -> Option<String> {
        (self.draft.step > Step::Drives).then(|| what.to_owned())
    }

    /// The blob endpoint to list, once the session knows the account and may use the sign-in there, or the given account is open.
    pub fn blob_endpoint(&self) -> Option<&str> {
        if let Some(given) = self.given() {
            return self.opened.map(|_| given.endpoint.as_str());
        }
        self.reported_endpoint().filter(|endpoint| !self.is_foreign(endpoint) || self.draft.allows(endpoint))
    }

    /// The server of the chosen account's blobs, while it is none of the cloud's and the person has not allowed it.
    pub fn foreign_server(&self) -> Option<AccountServer> {
        let foreign = |endpoint: &&str| self.is_foreign(endpoint) && !self.draft.allows(endpoint);
        let endpoint = self.reported_endpoint().filter(foreign)?;
        AccountServer::of(self.account_id()?, endpoint)
    }

    /// Takes in the chosen account as it was read. What the draft allowed is allowed before anything is listed.
    pub fn learn_account(&mut self, account: StorageAccount) -> Vec<Effect> {
        self.catalogue.account = Some(account);
        self.permit()
    }

    /// Has the sign-in used at the account's server, where that needs to be allowed and is.
    pub fn permit(&self) -> Vec<Effect> {
        let endpoint = self.blob_endpoint().filter(|endpoint| self.is_foreign(endpoint));
        endpoint.map(|endpoint| Effect::Permit(endpoint.to_owned())).into_iter().collect()
    }

    fn is_foreign(&self, endpoint: &str) -> bool {
        self.session.as_ref().is_some_and(|session| session.cloud.is_foreign(endpoint))
    }

    /// Where the blobs of the chosen account are said to be.
    fn reported_endpoint(&self) -> Option<&str> {
        let cloud = self.session.as_ref()?.cloud.blob.as_deref();
        let account = self.catalogue.account.as_ref().map(|account| account.blob_endpoint.as_str());
        cloud.filter(|_| account.is_some()).or(account)
    }

    /// Whether the chosen account has a hierarchical namespace.
    pub fn is_hierarchical(&self) -> bool {
        let chosen = self.draft.account.as_ref().map(|chosen| &chosen.account);
        self.catalogue.account.as_ref().or(chosen).is_some_and(|account| account.hierarchical)
    }

    /// Whether the draft is only looked at.
    pub fn is_read_only(&self) -> bool {
        self.read_only.is_some()
    }

    /// Why the draft is only looked at, as a sentence.
    pub fn why_read_only(&self) -> Option<String> {
        self.read_only.as_ref().map(ToString::to_string)
    }

    /// Says why nothing can be changed where the draft is only looked at; `true` if it is.
    pub fn refuses(&mut self) -> bool {
        let why = self.why_read_only();
        let refused = why.is_some();
        if let Some(why) = why {
            self.warn(why);
        }
        refused
    }

    /// The answers were sent, or are being sent: a job was made of them, or may be.
    pub fn is_ordered(&self) -> bool {
        self.draft.has_job() || self.may_have_job().is_some()
    }

    /// Why the answers stay as they are although no job is known, one sentence: a second job would come of changing them.
    pub fn may_have_job(&self) -> Option<String> {
        if self.draft.has_job() {
            return None;
        }
        if self.requests.is_busy(Slot::Create) {
            return Some("Azure is being asked about the job; wait for its answer.".to_owned());
        }
        let create = self.draft.open_create()?;
        let name = &create.job.name;
        let left = create.arrives_until().filter(|until| *until > self.now);
        Some(match left.map(|until| minutes_until(self.now, until)) {
            Some(left) => format!(
                "The job {name} may exist: its request can arrive for {left}. Nothing of it changes before Review found out."
            ),
            None => format!("The job {name} may exist. Nothing of it changes before Review (Alt-8) found out."),
        })
    }

    /// Takes in what the service said about the job, for this session and for the next.
    pub fn learn_job(&mut self, job: Job) {
        self.poll.answered = Some(self.now);
        let before = self.draft.job.take();
        self.draft.job = Some(KnownJob::told(&job, before, self.now, self.service_time()));
        self.catalogue.job = Some(job);
    }

    /// Takes in that the service does not have the job any more: its address and its keys lead nowhere from now on.
    pub fn lose_job(&mut self, gone: Gone) {
        self.poll.answered = Some(self.now);
        self.draft.job = self.draft.job.take().map(|known| known.lost(gone));
        self.catalogue.job = None;
    }

    /// The time by the service's clock, as far as this machine knows it.
    pub fn service_time(&self) -> Timestamp {
        self.clock.map_or(self.now, |clock| clock.at(self.now))
    }

    /// Forgets what belonged to another session or account.
    pub fn forget_account(&mut self) {
        self.catalogue.account = None;
        self.catalogue.access = None;
        self.catalogue.unmatched.clear();
        self.catalogue.groups = None;
        self.catalogue.provider = None;
    }
}
