//! What can be asked of the world, and which kinds of answer each question has.

use std::sync::Arc;

use crate::azure::cloud::Cloud;
use crate::azure::model::{
    AskPerson, AutomationForm, BitLockerKey, JobAddress, JobChange, LocationQuery, NewJob, ResourceGroup, ResourceLock,
    ServiceName, SignInMethod,
};
use crate::draft::{DirectAccount, Draft, DraftId};
use crate::logs::JobLogList;
use crate::protocol::drive_verification::DriveVerification;
use crate::protocol::named_text::{ListFile, NamedText};
use crate::protocol::overview::OverviewSignIn;
use crate::protocol::rehearsal_order::RehearsalOrder;
use crate::protocol::reply::ReplyKind;
use crate::select::{Rule, Uncheck};

/// What can be asked of the world.
#[derive(Clone, Debug)]
pub enum Call {
    /// The drafts on disk.
    Drafts,
    /// Open and lock a draft.
    OpenDraft(DraftId),
    /// Open a draft that another instance holds, without its lock.
    ReadDraft(DraftId),
    /// Open and lock a draft that a program on another machine left open.
    TakeOverDraft(DraftId),
    /// Copy a draft under a new id, and open the copy.
    CopyDraft(DraftId),
    /// Begin a new draft: only the lock and the random id are needed.
    NewDraft {
        /// For the simulated Azure.
        rehearsal: bool,
    },
    /// Begin a new draft of an account that is opened without a sign-in.
    NewDraftOf(DirectAccount),
    /// Open such an account with what the command line or the environment has for it.
    OpenAccount(DirectAccount),
    /// Write new drafts with these answers, each under an id of its own and a job name that no other draft has. All or none.
    AddDrafts(Vec<Draft>),
    /// Move a draft to the trash.
    DiscardDraft(DraftId),
    /// Bring it back from there.
    RestoreDraft(DraftId),
    /// Put a draft away, or bring it back.
    ArchiveDraft {
        /// Which.
        id: DraftId,
        /// It is put away.
        archived: bool,
    },
    /// The jobs that were found last time, from the disk.
    FoundJobs,
    /// The jobs of all subscriptions that these sign-ins see. Nobody is asked to sign in.
    JobsOverview(Vec<OverviewSignIn>),
    /// Open a draft for a job that has none. Nothing is changed at the service.
    TakeJob {
        /// The sign-in that sees it.
        sign_in: Box<OverviewSignIn>,
        /// Which.
        job: JobAddress,
        /// For another job with its answers, instead of this job.
        another: bool,
    },
    /// The return address and carrier of the last draft that made a job.
    LastAddress {
        /// Among the drafts of rehearsals, or among the others.
        rehearsal: bool,
    },
    /// Sign in; the driver keeps the session.
    SignIn {
        /// Where.
        cloud: Cloud,
        /// How.
        method: SignInMethod,
        /// Into which tenant, where not the default one.
        tenant: Option<String>,
        /// Whether a person may be asked.
        ask: AskPerson,
        /// Whether the sign-in is kept for the next start, in the system's keyring.
        remember: bool,
    },
    /// Sign out: forget the session and what the keyring keeps of it.
    SignOut(Cloud),
    /// Remove the sign-in from the keyring; the session goes on.
    ForgetSignIn(Cloud),
    /// The tenants of whoever is signed in.
    Tenants,
    /// The subscriptions.
    Subscriptions,
    /// The storage accounts of a subscription.
    Accounts(String),
    /// One storage account, by resource id.
    Account(String),
    /// The resource groups of a subscription.
    Groups(String),
    /// Make a resource group.
    CreateGroup {
        /// Id of the subscription.
        subscription: String,
        /// The group.
        group: ResourceGroup,
    },
    /// Which service takes a job of an account.
    Services(LocationQuery),
    /// What a subscription says of a service.
    Provider(ServiceName, String),
    /// Register a subscription for a service.
    Register(ServiceName, String),
    /// What the sign-in may do at a resource or a resource group, by its id.
    Permissions(String),
    /// The settings of a storage account's blobs, by its resource id.
    BlobSettings(String),
    /// One page of containers.
    Containers {
        /// Blob endpoint of the account.
        endpoint: String,
        /// Where to go on.
        marker: Option<String>,
    },
    /// One page of one level.
    Entries {
        /// Blob endpoint of the account.
        endpoint: String,
        /// Container name.
        container: String,
        /// What names begin with: of a level it ends in `/` or is empty, of a look-up it may end anywhere.
        prefix: String,
        /// What was soft-deleted is wanted as well.
        deleted: bool,
        /// Where to go on.
        marker: Option<String>,
    },
    /// Find the rules that keep all but one row. Sends no request. It runs outside `update` because it can take seconds.
    Uncheck(Arc<Uncheck>),
    /// Count what a selection takes. Given up, it keeps what it has counted on disk, and the next one goes on from there.
    Scan {
        /// Blob endpoint of the account.
        endpoint: String,
        /// The selection.
        rules: Arc<Vec<Rule>>,
        /// Whose count it is: names the file of its state.
        draft: DraftId,
        /// Forget what was counted before.
        anew: bool,
    },
    /// One page of a blob with its snapshots and, where the account keeps them, its versions.
    History {
        /// Blob endpoint of the account.
        endpoint: String,
        /// Container name.
        container: String,
        /// Blob name.
        blob: String,
        /// Where to go on.
        marker: Option<String>,
    },
    /// Which credential reads the blobs at this endpoint: a token, a key or a SAS. Sends no request.
    Access(String),
    /// The locations of a service: all of them, or those for an account and a country.
    Locations(ServiceName, LocationQuery),
    /// Upload an XML blob list into the account, under this name or one like it that no other file has.
    UploadList(ListFile),
    /// Find the job of a draft: the one with its tag anywhere in the subscription, otherwise whatever is at the address.
    FindJob {
        /// Where it would be made.
        job: JobAddress,
        /// Name and value of the tag.
        tag: (&'static str, String),
    },
    /// What the service thinks of a job before it exists.
    CheckJob {
        /// Where it will be found.
        job: JobAddress,
        /// What it is.
        new: Box<NewJob>,
    },
    /// Create a job. Only sent after [`Call::FindJob`] said that there is none.
    CreateJob {
        /// Where it will be found.
        job: JobAddress,
        /// What it is.
        new: Box<NewJob>,
    },
    /// Read a job.
    Job(JobAddress),
    /// Change a job, after reading it.
    UpdateJob {
        /// Which job.
        job: JobAddress,
        /// What changes.
        change: Box<JobChange>,
    },
    /// Tell the service what to do where it waits for the customer.
    Mitigate {
        /// Which job.
        job: JobAddress,
        /// Which drive, by serial number; `None` for the whole job.
        drive: Option<String>,
        /// One of the words that the job or the drive offers.
        resolution: String,
    },
    /// Delete a job. It can take ten minutes.
    DeleteJob(JobAddress),
    /// The export jobs that a service keeps in a subscription.
    Jobs {
        /// The service.
        service: ServiceName,
        /// Subscription GUID.
        subscription: String,
    },
    /// The locks that hold for a storage account, by its resource id.
    Locks(String),
    /// Remove a lock of a storage account.
    RemoveLock {
        /// Resource id of the account.
        account: String,
        /// The lock, as it was listed.
        lock: ResourceLock,
    },
    /// The BitLocker keys of a job.
    Keys(JobAddress),
    /// Read the logs of a job: what was not exported, by reason.
    Logs {
        /// Resource id of the job's storage account.
        account: String,
        /// The logs.
        logs: JobLogList,
    },
    /// Write what was not exported to new files that only their owner can read. The logs are read again for it: they may be longer than memory.
    SaveLogs {
        /// Resource id of the job's storage account.
        account: String,
        /// The logs.
        logs: JobLogList,
    },
    /// The create request of a job as text for another program. Sends nothing.
    RequestText {
        /// For which program.
        form: AutomationForm,
        /// The address of the job.
        job: JobAddress,
        /// The body.
        new: Box<NewJob>,
    },
    /// Write such a text to a new file, and beside it the blob list that the job needs.
    SaveRequest {
        /// File name without folder.
        name: String,
        /// The text.
        text: String,
        /// The list as XML.
        list: Option<String>,
    },
    /// Move the clock of the rehearsal, or let something go wrong in it.
    Rehearse {
        /// What happens.
        order: RehearsalOrder,
        /// To this job.
        job: JobAddress,
    },
    /// Write texts for the person to new files.
    SavePapers(Vec<NamedText>),
    /// The parcels of the other drafts.
    Parcels {
        /// The draft that is left out.
        except: DraftId,
        /// Among the drafts of rehearsals, or among the others.
        rehearsal: bool,
    },
    /// Write keys to a new file only its owner can read.
    SaveKeys {
        /// File name without folder.
        name: String,
        /// The keys.
        keys: Vec<BitLockerKey>,
    },
    /// The drives of this machine that may be returned ones. Sends no request.
    AttachedDrives {
        /// Also those that the simulated service has sent back.
        rehearsal: bool,
    },
    /// Check drives. Given up, it keeps on disk what it has checked, and the next one goes on from there.
    CheckDrives(DriveVerification),
    /// Write the reports of the last check to new files of this name, without its ending.
    SaveReports(String),
}

impl Call {
    /// The kinds of answer it can have. Any other is a mistake of the program.
    pub fn expects(&self) -> &'static [ReplyKind] {
        match self {
            Self::Drafts | Self::DiscardDraft(..) | Self::RestoreDraft(..) | Self::ArchiveDraft { .. } => {
                &[ReplyKind::Drafts]
            }
            Self::FoundJobs => &[ReplyKind::FoundJobs],
            Self::JobsOverview(..) => &[ReplyKind::JobsOverview],
            Self::TakeJob { .. } => &[ReplyKind::Taken, ReplyKind::Opened, ReplyKind::Held],
            Self::OpenDraft(..) | Self::TakeOverDraft(..) => &[ReplyKind::Opened, ReplyKind::Held],
            Self::ReadDraft(..) | Self::CopyDraft(..) | Self::NewDraft { .. } | Self::NewDraftOf(..) => {
                &[ReplyKind::Opened]
            }
            Self::OpenAccount(..) | Self::Access(..) => &[ReplyKind::Access],
            Self::AddDrafts(..) => &[ReplyKind::Added],
            Self::LastAddress { .. } => &[ReplyKind::LastAddress],
            Self::SignIn { .. } => &[ReplyKind::SignedIn],
            Self::SignOut(..) => &[ReplyKind::SignedOut],
            Self::ForgetSignIn(..) => &[ReplyKind::SignInForgotten],
            Self::Tenants => &[ReplyKind::Tenants],
            Self::Subscriptions => &[ReplyKind::Subscriptions],
            Self::Accounts(..) => &[ReplyKind::Accounts],
            Self::Account(..) => &[ReplyKind::Account],
            Self::Groups(..) => &[ReplyKind::Groups],
            Self::CreateGroup { .. } => &[ReplyKind::Group],
            Self::Services(..) => &[ReplyKind::Services],
            Self::Provider(..) | Self::Register(..) => &[ReplyKind::Provider],
            Self::Permissions(..) => &[ReplyKind::Permissions],
            Self::BlobSettings(..) => &[ReplyKind::BlobSettings],
            Self::Containers { .. } => &[ReplyKind::Containers],
            Self::Entries { .. } => &[ReplyKind::Entries],
            Self::Uncheck(..) => &[ReplyKind::Unchecked],
            Self::Scan { .. } => &[ReplyKind::Scanned],
            Self::History { .. } => &[ReplyKind::History],
            Self::Locations(..) => &[ReplyKind::Locations],
            Self::UploadList(..) => &[ReplyKind::Uploaded],
            Self::FindJob { .. }
            | Self::CreateJob { .. }
            | Self::Job(..)
            | Self::UpdateJob { .. }
            | Self::Mitigate { .. } => &[ReplyKind::Job],
            Self::CheckJob { .. } => &[ReplyKind::Checked],
            Self::DeleteJob(..) => &[ReplyKind::Deleted],
            Self::Jobs { .. } => &[ReplyKind::Jobs],
            Self::Locks(..) | Self::RemoveLock { .. } => &[ReplyKind::Locks],
            Self::Keys(..) => &[ReplyKind::Keys],
            Self::Logs { .. } => &[ReplyKind::Logs],
            Self::SaveLogs { .. } => &[ReplyKind::SavedLogs],
            Self::RequestText { .. } => &[ReplyKind::RequestText],
            Self::SaveRequest { .. } => &[ReplyKind::SavedRequest],
            Self::Rehearse { .. } => &[ReplyKind::Rehearsed],
            Self::SavePapers(..) => &[ReplyKind::SavedPapers],
            Self::Parcels { .. } => &[ReplyKind::Parcels],
            Self::SaveKeys { .. } => &[ReplyKind::SavedKeys],
            Self::AttachedDrives { .. } => &[ReplyKind::AttachedDrives],
            Self::CheckDrives(..) => &[ReplyKind::CheckedDrives],
            Self::SaveReports(..) => &[ReplyKind::SavedReports],
        }
    }
}
