//! The state that all steps share: the draft, the session, the answers of the service, the requests under way. Each step keeps its own
//! state.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;

use crate::azure::cloud::Cloud;
use crate::azure::fault::Fault;
use crate::azure::model::{
    Access, BlobSettings, Identity, Job, JobAddress, Location, LocationQuery, ResourceGroup, ScopeRights, ServiceName,
    ServiceOffer, SignInPrompt, StorageAccount, Subscription, Tenant,
};
use crate::draft::{AccountServer, DirectAccount, Draft, Unlocked};
use crate::plan::Overheads;
use crate::protocol::action::Action;
use crate::protocol::inflight::PendingRequests;
use crate::protocol::keymap::KeyChoices;
use crate::protocol::message::{Call, Effect, RequestId, Slot};
use crate::protocol::step::Step;
use crate::protocol::window::WindowFocus;
use crate::select::{InlineListSlash, Rule};
use crate::wizard::clock::SimulatedClock;
use crate::wizard::count_state::CountState;
use crate::wizard::failures::FailuresPage;
use crate::wizard::inquiry::Inquiry;
use crate::wording::minutes_until;

/// The state that all steps share.
#[derive(Debug)]
pub struct Shared {
    /// The answers so far.
    pub draft: Draft,
    /// Why the draft is open without its lock. Then nothing in it may change, and no request may change anything at the service.
    pub read_only: Option<Unlocked>,
    /// Clouds to choose from.
    pub clouds: Vec<Cloud>,
    /// The session; `None` before the sign-in.
    pub session: Option<Session>,
    /// What the person has to do to sign in, while a request waits for it.
    pub prompt: Option<PendingPrompt>,
    /// A browser can be opened where the person sees it.
    pub has_browser: bool,
    /// A sign-in is to be kept in the system's keyring.
    pub remember: bool,
    /// Which credential reads the account that is used without a sign-in; `None` until it was opened.
    pub opened: Option<Access>,
    /// What was read from the service since the program started.
    pub catalogue: Catalogue,
    /// The clock of a rehearsal; `None` before its first reading.
    pub clock: Option<SimulatedClock>,
    /// The reads of the job in this session.
    pub poll: Poll,
    /// The counts of this session.
    pub count: CountState,
    /// The page of what was not exported.
    pub failures: FailuresPage,
    /// The service that the person asked for on the command line or in the configuration.
    pub wanted_service: Option<ServiceName>,
    /// How the inline lists of Data Box are written, where the configuration asks for them.
    pub inline_slash: Option<InlineListSlash>,
    /// What a blob costs on a drive beyond its bytes, as configured.
    pub overheads: Overheads,
    /// Requests under way.
    pub requests: PendingRequests,
    /// The keys that the person chose.
    pub keys: KeyChoices,
    /// When the last message came.
    pub now: Timestamp,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Where the window of the terminal is.
    pub window: WindowFocus,
    /// A remark, shown above the hint line until the next key.
    pub notice: Option<Notice>,
}

/// A live session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who is signed in.
    pub identity: Identity,
    /// The cloud.
    pub cloud: Cloud,
}

/// What is to be done, and the request that waits for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingPrompt {
    /// Whose request.
    pub slot: Slot,
    /// Which request of that slot.
    pub id: RequestId,
    /// What is to be done.
    pub prompt: SignInPrompt,
}

/// The job that has a name, if there is one; or why that is not known.
pub type NameAnswer = Result<Option<Box<Job>>, Fault>;

/// Lists read from the service. A list is `None` until its first answer.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// Tenants of the session.
    pub tenants: Option<Vec<Tenant>>,
    /// Subscriptions of the session.
    pub subscriptions: Option<Vec<Subscription>>,
    /// The id of a subscription, and its accounts.
    pub accounts: Option<(String, Vec<StorageAccount>)>,
    /// The accounts of every subscription that was read for the filter, by its id, or why they could not be read.
    pub all_accounts: BTreeMap<String, Result<Vec<StorageAccount>, Fault>>,
    /// What the person may do with one account, and its settings.
    pub rights: Option<AccountRights>,
    /// The chosen account as read in this session; its blob endpoint is the one to use.
    pub account: Option<StorageAccount>,
    /// Which credential reads its blobs.
    pub access: Option<Access>,
    /// Rules of the selection that match nothing, as far as complete listings show.
    pub unmatched: Vec<Rule>,
    /// Whether each service takes the job.
    pub services: Option<Inquiry<LocationQuery, Vec<ServiceOffer>>>,
    /// The locations of a service.
    pub locations: Option<Inquiry<(ServiceName, LocationQuery), Vec<Location>>>,
    /// The id of a subscription, and its resource groups.
    pub groups: Option<(String, Vec<ResourceGroup>)>,
    /// Whether the name of the job is free: the job that has it, or why that is not known.
    pub job_name: Option<Inquiry<JobAddress, NameAnswer>>,
    /// The job as last read in this session.
    pub job: Option<Job>,
}

/// What was found out about one account. A part is `None` until its answer came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountRights {
    /// Resource id of the account.
    pub account: String,
    /// Id of the resource group of its job.
    pub group: String,
    /// What the person's roles allow at the account, or why that is not known.
    pub on_account: Option<Result<ScopeRights, Fault>>,
    /// The same at the resource group.
    pub on_group: Option<Result<ScopeRights, Fault>>,
    /// Settings of its blobs.
    pub settings: Option<Result<BlobSettings, Fault>>,
}

/// The reads of the job in this session.
#[derive(Debug, Default)]
pub struct Poll {
    /// When the service last answered, with the job or with a fault.
    pub answered: Option<Timestamp>,
    /// Why the last read failed.
    pub fault: Option<Fault>,
    /// How many reads in a row said nothing new.
    pub unchanged: u32,
    /// The person came back to the window, and the job was not read since.
    pub came_back: bool,
}

/// A remark above the hint line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// One sentence.
    pub text: String,
    /// Something went wrong; otherwise it is only something to know.
    pub alarm: bool,
    /// It is about the state of the job: it goes when the job moves on.
    pub of_job: bool,
}

impl Shared {
    /// A draft without a session.
    pub fn new(draft: Draft, clouds: Vec<Cloud>, now: Timestamp) -> Self {
        Self {
            draft,
            read_only: None,
            clouds,
            session: None,
            prompt: None,
            has_browser: false,
            remember: false,
            opened: None,
            catalogue: Catalogue::default(),
            clock: None,
            poll: Poll::default(),
            count: CountState::default(),
            failures: FailuresPage::default(),
            wanted_service: None,
            inline_slash: None,
            overheads: Overheads::default(),
            requests: PendingRequests::default(),
            keys: KeyChoices::default(),
            now,
            size: (80, 24),
            window: WindowFocus::default(),
            notice: None,
        }
    }

    /// What the person has to do to sign in; `None` once the request that waits for it was answered or given up.
    pub fn prompt(&self) -> Option<&PendingPrompt> {
        self.prompt.as_ref().filter(|prompt| self.requests.id(prompt.slot) == Some(prompt.id))
    }

    /// The same where the sign-in step does not show it: a call in the middle of something waits.
    pub fn prompt_in_place(&self) -> Option<&PendingPrompt> {
        self.prompt().filter(|prompt| prompt.slot != Slot::SignIn || self.draft.step != Step::SignIn)
    }

    /// Starts a request in a slot.
    pub fn start(&mut self, slot: Slot, call: Call) -> Effect {
        self.requests.start(slot, call, self.now)
    }

    /// The name of the key of an action, for a sentence.
    pub fn key(&self, action: &Action) -> String {
        self.keys.name(action)
    }

    /// Shows a remark.
    pub fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), alarm: false, of_job: false });
    }

    /// Shows a remark about the state of the job as it was just read. It goes when the job moves on.
    pub fn say_of_job(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), alarm: false, of_job: true });
    }

    /// Shows a remark that something went wrong.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice { text: text.into(), alarm: true, of_job: false });
    }

    /// Shows a fault as a remark, for a fault that no page shows.
    pub fn warn_of(&mut self, fault: &Fault) {
        self.warn(fault.to_string());
    }

    /// Keeps the names of files that were saved for the person: the pages of the export say where they are. Gives them as text.
    pub fn note_saved_files(&mut self, files: &[PathBuf]) -> Vec<String> {
        let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        if !self.is_read_only() {
            self.draft.papers.extend(files.iter().cloned());
        }
        files
    }

    /// Resource id of the chosen account.
    pub fn account_id(&self) -> Option<&str> {
        self.draft.account.as_ref().map(|chosen| chosen.account.id.as_str())
    }

    /// The account that is used without a sign-in; `None` once an account was chosen with one.
    pub fn direct_account(&self) -> Option<&DirectAccount> {
        self.draft.given.as_ref().filter(|_| self.draft.account.is_none())
    }

    /// The account whose blobs are checked: its id and its name. The id is the resource id, or the endpoint of an account used without a
    /// sign-in.
    pub fn blob_account(&self) -> Option<(&str, &str)> {
        let chosen = self.draft.account.as_ref().map(|chosen| (&*chosen.account.id, &*chosen.account.name));
        chosen.or(self.direct_account().map(|given| (&*given.endpoint, &*given.name)))
    }

    /// Which credential reads the blobs; `None` until that is known.
    pub fn access(&self) -> Option<Access> {
        if self.direct_account().is_some() { self.opened } else { self.catalogue.access }
    }

    /// `account by key` or `account by SAS`, for an account used without a sign-in.
    pub fn direct_access_words(&self) -> Option<&'static str> {
        let words = if self.opened == Some(Access::Sas) { "account by SAS" } else { "account by key" };
        self.direct_account().map(|_| words)
    }

    /// What a job needs beyond an account used without a sign-in. `None` while the person only checks and counts blobs.
    pub fn needs_beyond_blobs(&self, what: &str) -> Option<String> {
        (self.draft.step > Step::Drives).then(|| what.to_owned())
    }

    /// The blob endpoint to list; `None` until the account was read and the sign-in may be used there, or until the account used without a
    /// sign-in is open.
    pub fn blob_endpoint(&self) -> Option<&str> {
        if let Some(given) = self.direct_account() {
            return self.opened.map(|_| given.endpoint.as_str());
        }
        self.reported_endpoint().filter(|endpoint| !self.is_foreign(endpoint) || self.draft.allows(endpoint))
    }

    /// The server of the chosen account's blobs, if it is outside the cloud and the person has not allowed it.
    pub fn foreign_server(&self) -> Option<AccountServer> {
        let foreign = |endpoint: &&str| self.is_foreign(endpoint) && !self.draft.allows(endpoint);
        let endpoint = self.reported_endpoint().filter(foreign)?;
        AccountServer::of(self.account_id()?, endpoint)
    }

    /// Takes in the chosen account. A server that the draft allows is allowed before the first listing.
    pub fn learn_account(&mut self, account: StorageAccount) -> Vec<Effect> {
        self.catalogue.account = Some(account);
        self.permit()
    }

    /// Allows the sign-in at the account's server, if that server is outside the cloud and the person has allowed it.
    pub fn permit(&self) -> Vec<Effect> {
        let endpoint = self.blob_endpoint().filter(|endpoint| self.is_foreign(endpoint));
        endpoint.map(|endpoint| Effect::Permit(endpoint.to_owned())).into_iter().collect()
    }

    fn is_foreign(&self, endpoint: &str) -> bool {
        self.session.as_ref().is_some_and(|session| session.cloud.is_foreign(endpoint))
    }

    /// The blob endpoint that the cloud or the account names.
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

    /// Whether the draft is read only.
    pub fn is_read_only(&self) -> bool {
        self.read_only.is_some()
    }

    /// Why the draft is read only, as a sentence.
    pub fn why_read_only(&self) -> Option<String> {
        self.read_only.as_ref().map(ToString::to_string)
    }

    /// Whether the draft is read only; shows the reason if it is.
    pub fn refuses(&mut self) -> bool {
        let why = self.why_read_only();
        let refused = why.is_some();
        if let Some(why) = why {
            self.warn(why);
        }
        refused
    }

    /// Whether a job was created from the answers, or may have been.
    pub fn is_ordered(&self) -> bool {
        self.draft.has_job() || self.may_have_job().is_some()
    }

    /// Why the answers cannot be changed although no job is known: a create request may still take effect, and changed answers would make
    /// a second job. One sentence.
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
            None => format!(
                "The job {name} may exist. Nothing of it changes before Review ({}) found out.",
                self.key(&Action::Goto(Step::Review))
            ),
        })
    }

    /// Drops the answers that belong to another session or account.
    pub fn forget_account(&mut self) {
        self.catalogue.account = None;
        self.catalogue.access = None;
        self.catalogue.unmatched.clear();
        self.catalogue.groups = None;
        self.catalogue.job_name = None;
        self.catalogue.services = None;
    }
}
