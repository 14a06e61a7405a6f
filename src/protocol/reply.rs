//! The answers of the world, and what kind each is.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::azure::cloud::Cloud;
use crate::azure::fault::Fault;
use crate::azure::model::{
    Access, BitLockerKey, BlobItem, BlobSettings, Container, Entry, Identity, Job, JobCheck, KeyringRemoval, Location,
    Page, Provider, ResourceGroup, ResourceLock, ScopeRights, ServiceOffer, StorageAccount, Subscription, Tenant,
};
use crate::draft::{AddressAnswers, Draft, DraftEntry, DraftId, Unlocked};
use crate::form::parcel::OtherParcel;
use crate::logs::FailureReport;
use crate::plan::count;
use crate::protocol::overview::{FoundJob, JobsOverview};
use crate::select::Change;
use crate::verify::rules::{AttachedDrive, CheckOutcome};

/// Answers, one kind or two for each [`Call`](super::call::Call).
#[derive(Debug, Serialize, Deserialize)]
pub enum Reply {
    /// To [`Call::Drafts`](super::call::Call::Drafts), [`Call::DiscardDraft`](super::call::Call::DiscardDraft), [`Call::RestoreDraft`](super::call::Call::RestoreDraft): what is there now.
    Drafts(Vec<DraftEntry>),
    /// To [`Call::OpenDraft`](super::call::Call::OpenDraft), [`Call::ReadDraft`](super::call::Call::ReadDraft), [`Call::CopyDraft`](super::call::Call::CopyDraft), [`Call::NewDraft`](super::call::Call::NewDraft), [`Call::NewDraftOf`](super::call::Call::NewDraftOf).
    Opened {
        /// The draft.
        draft: Box<Draft>,
        /// Nothing may be changed, and why.
        read_only: Option<Unlocked>,
    },
    /// To [`Call::OpenDraft`](super::call::Call::OpenDraft): another instance holds the lock; who, in words.
    Held {
        /// The draft asked for.
        id: DraftId,
        /// Process, machine and since when.
        holder: String,
        /// It is on another machine, where nobody sees from here whether it still runs.
        #[serde(default)]
        elsewhere: bool,
    },
    /// To [`Call::TakeJob`](super::call::Call::TakeJob): the new draft.
    Taken {
        /// The draft.
        draft: Box<Draft>,
        /// What the job does not tell, one sentence each.
        untold: Vec<String>,
    },
    /// To [`Call::FoundJobs`](super::call::Call::FoundJobs).
    FoundJobs(Vec<FoundJob>),
    /// To [`Call::JobsOverview`](super::call::Call::JobsOverview).
    JobsOverview(Box<JobsOverview>),
    /// To [`Call::AddDrafts`](super::call::Call::AddDrafts): the job names they were given.
    Added(Vec<String>),
    /// To [`Call::LastAddress`](super::call::Call::LastAddress); `None` when no draft made a job yet.
    LastAddress(Option<Box<AddressAnswers>>),
    /// To [`Call::SignIn`](super::call::Call::SignIn).
    SignedIn {
        /// Who.
        identity: Identity,
        /// Where; for a rehearsal the simulated Azure's own endpoints.
        cloud: Cloud,
        /// Why the keyring does not keep it, where the person asked for that.
        #[serde(default)]
        unkept: Option<String>,
    },
    /// To [`Call::SignOut`](super::call::Call::SignOut).
    SignedOut(KeyringRemoval),
    /// To [`Call::ForgetSignIn`](super::call::Call::ForgetSignIn).
    SignInForgotten(KeyringRemoval),
    /// To [`Call::Tenants`](super::call::Call::Tenants).
    Tenants(Vec<Tenant>),
    /// To [`Call::Subscriptions`](super::call::Call::Subscriptions).
    Subscriptions(Vec<Subscription>),
    /// To [`Call::Accounts`](super::call::Call::Accounts).
    Accounts(Vec<StorageAccount>),
    /// To [`Call::Account`](super::call::Call::Account).
    Account(Box<StorageAccount>),
    /// To [`Call::Groups`](super::call::Call::Groups).
    Groups(Vec<ResourceGroup>),
    /// To [`Call::CreateGroup`](super::call::Call::CreateGroup): the group as it is now.
    Group(ResourceGroup),
    /// To [`Call::Services`](super::call::Call::Services): each service, the one to prefer first.
    Services(Vec<ServiceOffer>),
    /// To [`Call::Provider`](super::call::Call::Provider) and [`Call::Register`](super::call::Call::Register).
    Provider(Provider),
    /// To [`Call::Permissions`](super::call::Call::Permissions): one entry a role.
    Permissions(ScopeRights),
    /// To [`Call::BlobSettings`](super::call::Call::BlobSettings).
    BlobSettings(Box<BlobSettings>),
    /// To [`Call::Containers`](super::call::Call::Containers).
    Containers(Page<Container>),
    /// To [`Call::Entries`](super::call::Call::Entries).
    Entries(Page<Entry>),
    /// To [`Call::Uncheck`](super::call::Call::Uncheck).
    Unchecked(Change),
    /// To [`Call::Scan`](super::call::Call::Scan).
    Scanned(Box<count::CountReport>),
    /// To [`Call::History`](super::call::Call::History): snapshots and versions as listed, the blob itself among them.
    History(Page<BlobItem>),
    /// To [`Call::Access`](super::call::Call::Access) and [`Call::OpenAccount`](super::call::Call::OpenAccount).
    Access(Access),
    /// To [`Call::Subscriptions`](super::call::Call::Subscriptions).
    Locations(Vec<Location>),
    /// To [`Call::UploadList`](super::call::Call::UploadList): the blob name it has, which was read back.
    Uploaded(String),
    /// To [`Call::CreateJob`](super::call::Call::CreateJob), [`Call::FindJob`](super::call::Call::FindJob), [`Call::Job`](super::call::Call::Job), [`Call::UpdateJob`](super::call::Call::UpdateJob) and [`Call::Mitigate`](super::call::Call::Mitigate); `None` when there is no such job.
    Job(Option<Box<Job>>),
    /// To [`Call::CheckJob`](super::call::Call::CheckJob): empty where the service checks nothing.
    Checked(Vec<JobCheck>),
    /// To [`Call::DeleteJob`](super::call::Call::DeleteJob): the job is gone.
    Deleted,
    /// To [`Call::Jobs`](super::call::Call::Jobs): without their drives, and where the service leaves it out without their account.
    Jobs(Vec<Job>),
    /// To [`Call::Locks`](super::call::Call::Locks) and [`Call::RemoveLock`](super::call::Call::RemoveLock): what is there now.
    Locks(Vec<ResourceLock>),
    /// To [`Call::Keys`](super::call::Call::Keys).
    Keys(Vec<BitLockerKey>),
    /// To [`Call::Logs`](super::call::Call::Logs).
    Logs(Box<FailureReport>),
    /// To [`Call::SaveLogs`](super::call::Call::SaveLogs).
    SavedLogs {
        /// The files.
        files: Vec<PathBuf>,
        /// Every log was read whole.
        complete: bool,
    },
    /// To [`Call::RequestText`](super::call::Call::RequestText).
    RequestText(String),
    /// To [`Call::SaveRequest`](super::call::Call::SaveRequest): the file of the request, then that of the list.
    SavedRequest(Vec<PathBuf>),
    /// To [`Call::Rehearse`](super::call::Call::Rehearse): it is done.
    Rehearsed,
    /// To [`Call::SavePapers`](super::call::Call::SavePapers): the files, in the order of the texts.
    SavedPapers(Vec<PathBuf>),
    /// To [`Call::Parcels`](super::call::Call::Parcels): those that have a tracking number.
    Parcels(Vec<OtherParcel>),
    /// To [`Call::SaveKeys`](super::call::Call::SaveKeys): where they are now.
    SavedKeys(PathBuf),
    /// To [`Call::AttachedDrives`](super::call::Call::AttachedDrives).
    AttachedDrives(Vec<AttachedDrive>),
    /// To [`Call::CheckDrives`](super::call::Call::CheckDrives).
    CheckedDrives(Box<CheckOutcome>),
    /// To [`Call::SaveReports`](super::call::Call::SaveReports): the files.
    SavedReports(Vec<PathBuf>),
}

impl Reply {
    /// What kind it is.
    pub fn kind(&self) -> ReplyKind {
        match self {
            Self::Drafts(..) => ReplyKind::Drafts,
            Self::Opened { .. } => ReplyKind::Opened,
            Self::Held { .. } => ReplyKind::Held,
            Self::Taken { .. } => ReplyKind::Taken,
            Self::FoundJobs(..) => ReplyKind::FoundJobs,
            Self::JobsOverview(..) => ReplyKind::JobsOverview,
            Self::Added(..) => ReplyKind::Added,
            Self::LastAddress(..) => ReplyKind::LastAddress,
            Self::SignedIn { .. } => ReplyKind::SignedIn,
            Self::SignedOut(..) => ReplyKind::SignedOut,
            Self::SignInForgotten(..) => ReplyKind::SignInForgotten,
            Self::Tenants(..) => ReplyKind::Tenants,
            Self::Subscriptions(..) => ReplyKind::Subscriptions,
            Self::Accounts(..) => ReplyKind::Accounts,
            Self::Account(..) => ReplyKind::Account,
            Self::Groups(..) => ReplyKind::Groups,
            Self::Group(..) => ReplyKind::Group,
            Self::Services(..) => ReplyKind::Services,
            Self::Provider(..) => ReplyKind::Provider,
            Self::Permissions(..) => ReplyKind::Permissions,
            Self::BlobSettings(..) => ReplyKind::BlobSettings,
            Self::Containers(..) => ReplyKind::Containers,
            Self::Entries(..) => ReplyKind::Entries,
            Self::Unchecked(..) => ReplyKind::Unchecked,
            Self::Scanned(..) => ReplyKind::Scanned,
            Self::History(..) => ReplyKind::History,
            Self::Access(..) => ReplyKind::Access,
            Self::Locations(..) => ReplyKind::Locations,
            Self::Uploaded(..) => ReplyKind::Uploaded,
            Self::Job(..) => ReplyKind::Job,
            Self::Checked(..) => ReplyKind::Checked,
            Self::Deleted => ReplyKind::Deleted,
            Self::Jobs(..) => ReplyKind::Jobs,
            Self::Locks(..) => ReplyKind::Locks,
            Self::Keys(..) => ReplyKind::Keys,
            Self::Logs(..) => ReplyKind::Logs,
            Self::SavedLogs { .. } => ReplyKind::SavedLogs,
            Self::RequestText(..) => ReplyKind::RequestText,
            Self::SavedRequest(..) => ReplyKind::SavedRequest,
            Self::Rehearsed => ReplyKind::Rehearsed,
            Self::SavedPapers(..) => ReplyKind::SavedPapers,
            Self::Parcels(..) => ReplyKind::Parcels,
            Self::SavedKeys(..) => ReplyKind::SavedKeys,
            Self::AttachedDrives(..) => ReplyKind::AttachedDrives,
            Self::CheckedDrives(..) => ReplyKind::CheckedDrives,
            Self::SavedReports(..) => ReplyKind::SavedReports,
        }
    }

    /// The fault to show where this reply does not fit its call. It is a mistake of the program.
    pub fn unexpected(&self) -> Fault {
        unexpected(self.kind(), "it has no use for")
    }

    /// The same for the answer to a certain call.
    pub fn unexpected_to(&self, call: &str) -> Fault {
        unexpected(self.kind(), &format!("the call {call} does not have"))
    }
}

fn unexpected(kind: ReplyKind, why: &str) -> Fault {
    let reason = format!("the program made a mistake of its own: it got an answer of the kind {kind:?}, which {why}");
    Fault::local("use the answer", reason).advise("Try it again.")
}

/// The kinds of [`Reply`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyKind {
    /// [`Reply::Drafts`].
    Drafts,
    /// [`Reply::Opened`].
    Opened,
    /// [`Reply::Held`].
    Held,
    /// [`Reply::Taken`].
    Taken,
    /// [`Reply::FoundJobs`].
    FoundJobs,
    /// [`Reply::JobsOverview`].
    JobsOverview,
    /// [`Reply::Added`].
    Added,
    /// [`Reply::LastAddress`].
    LastAddress,
    /// [`Reply::SignedIn`].
    SignedIn,
    /// [`Reply::SignedOut`].
    SignedOut,
    /// [`Reply::SignInForgotten`].
    SignInForgotten,
    /// [`Reply::Tenants`].
    Tenants,
    /// [`Reply::Subscriptions`].
    Subscriptions,
    /// [`Reply::Accounts`].
    Accounts,
    /// [`Reply::Account`].
    Account,
    /// [`Reply::Groups`].
    Groups,
    /// [`Reply::Group`].
    Group,
    /// [`Reply::Services`].
    Services,
    /// [`Reply::Provider`].
    Provider,
    /// [`Reply::Permissions`].
    Permissions,
    /// [`Reply::BlobSettings`].
    BlobSettings,
    /// [`Reply::Containers`].
    Containers,
    /// [`Reply::Entries`].
    Entries,
    /// [`Reply::Unchecked`].
    Unchecked,
    /// [`Reply::Scanned`].
    Scanned,
    /// [`Reply::History`].
    History,
    /// [`Reply::Access`].
    Access,
    /// [`Reply::Locations`].
    Locations,
    /// [`Reply::Uploaded`].
    Uploaded,
    /// [`Reply::Job`].
    Job,
    /// [`Reply::Checked`].
    Checked,
    /// [`Reply::Deleted`].
    Deleted,
    /// [`Reply::Jobs`].
    Jobs,
    /// [`Reply::Locks`].
    Locks,
    /// [`Reply::Keys`].
    Keys,
    /// [`Reply::Logs`].
    Logs,
    /// [`Reply::SavedLogs`].
    SavedLogs,
    /// [`Reply::RequestText`].
    RequestText,
    /// [`Reply::SavedRequest`].
    SavedRequest,
    /// [`Reply::Rehearsed`].
    Rehearsed,
    /// [`Reply::SavedPapers`].
    SavedPapers,
    /// [`Reply::Parcels`].
    Parcels,
    /// [`Reply::SavedKeys`].
    SavedKeys,
    /// [`Reply::AttachedDrives`].
    AttachedDrives,
    /// [`Reply::CheckedDrives`].
    CheckedDrives,
    /// [`Reply::SavedReports`].
    SavedReports,
}
