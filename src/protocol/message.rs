//! Messages and effects: all that passes between the program and the world. Data only.
//!
//! `app::update` turns a message into changes of the model and a list of effects; the driver carries the
//! effects out and answers with messages. Neither side decides for the other.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use serde::{Deserialize, Serialize};

use crate::azure::cloud::Cloud;
use crate::azure::fault::Fault;
use crate::azure::model::{
    Access, BitLockerKey, BlobItem, Container, Entry, Identity, Job, JobAddress, JobChange, Location, NewJob, Page,
    Provider, ResourceGroup, SignInMethod, StorageAccount, Subscription,
};
use crate::draft::{AddressAnswers, DirectAccount, Draft, DraftEntry, DraftId, Unlocked};
use crate::plan::count;
use crate::protocol::key::{KeyPress, Mouse};
pub use crate::protocol::slot::{RequestId, Slot};
use crate::protocol::viewport::Drawn;
use crate::select::{Change, Rule, Uncheck};

/// Something happened. Sent by the driver, with the time it happened at.
#[derive(Debug, Serialize, Deserialize)]
pub enum Msg {
    /// The program started; the first message of all.
    Started(Opening),
    /// A key was pressed.
    Key(KeyPress),
    /// Text was pasted; control characters are gone already.
    Paste(String),
    /// The mouse was used while it is on.
    Mouse(Mouse),
    /// The terminal has a new size, in columns and rows.
    Resize(u16, u16),
    /// A frame was drawn; it showed this part of the page. Sent before anything else happens.
    Drawn(Drawn),
    /// Time passed; sent when [`Model::wake_in`](crate::app::Model::wake_in) asked for it.
    Tick,
    /// A request was answered. Dropped if `id` is no longer the slot's current one.
    Done {
        /// Whose answer it is.
        slot: Slot,
        /// Which request of that slot.
        id: RequestId,
        /// The answer.
        outcome: Result<Reply, Fault>,
    },
    /// A request under way waits before it tries again.
    Waiting {
        /// Whose request.
        slot: Slot,
        /// Which request of that slot.
        id: RequestId,
        /// How long from now.
        delay: Duration,
        /// Why, a few words: `no connection to the service`.
        reason: String,
        /// The service said how long.
        asked: bool,
    },
    /// How far the count is that is under way. Dropped if `id` is no longer the slot's current one. At most eight a second.
    Counted {
        /// Whose request.
        slot: Slot,
        /// Which request of that slot.
        id: RequestId,
        /// Numbers so far.
        progress: count::CountProgress,
    },
    /// What the service's clock shows, where that is not the real time: in a rehearsal.
    Clock {
        /// What it shows.
        now: Timestamp,
        /// Its seconds per real second.
        pace: f64,
        /// When that pace ends and the real one begins; `None` when it never does.
        until: Option<Timestamp>,
    },
    /// The draft was written, or could not be.
    Saved(Result<(), Fault>),
    /// The operating system asks the program to end.
    Terminate,
}

/// What the program was started for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Opening {
    /// The start screen.
    Start,
    /// A rehearsal: the start screen with the newest rehearsal draft under the cursor, or a new one where there is none.
    Rehearse,
    /// A certain draft.
    Resume(DraftId),
    /// A new draft of one account, opened without a sign-in.
    Account(DirectAccount),
}

/// Something to be done outside the model. Carried out by the driver, in order.
#[derive(Debug)]
pub enum Effect {
    /// Send a request; its answer comes back as [`Msg::Done`] with the same slot and id.
    Start {
        /// Who asks.
        slot: Slot,
        /// Which request of that slot.
        id: RequestId,
        /// What is asked.
        call: Call,
    },
    /// Draw another frame: what the last one showed changes what there is to show.
    Draw,
    /// Clear the terminal and draw every cell: another program wrote on it.
    Redraw,
    /// Give up the slot's request.
    Cancel(Slot),
    /// From now on the sign-in may be used at the server of this blob endpoint. Carried out before the effects behind it.
    Permit(String),
    /// Write the draft. A newer save replaces one that waits.
    Save(Arc<Draft>),
    /// Let go of the open draft's lock.
    CloseDraft,
    /// Put text on the clipboard.
    Copy(String),
    /// Switch mouse reporting on or off.
    Mouse(bool),
    /// Hand the terminal back to the shell until it says to go on.
    Suspend,
    /// Leave; the driver waits for writes and the last save.
    Quit,
}

/// What can be asked of the world.
#[derive(Clone, Debug)]
pub enum Call {
    /// The drafts on disk.
    Drafts,
    /// Open and lock a draft.
    OpenDraft(DraftId),
    /// Open a draft that another instance holds, without its lock.
    ReadDraft(DraftId),
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
    },
    /// The subscriptions.
    Subscriptions,
    /// The storage accounts of a subscription.
    Accounts(String),
    /// One storage account, by resource id.
    Account(String),
    /// The resource groups of a subscription.
    Groups(String),
    /// What a subscription says of Microsoft.ImportExport.
    Provider(String),
    /// Register Microsoft.ImportExport in a subscription.
    Register(String),
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
    /// Find the rules that keep all but one row. Asks nobody; away from the screen because it may take long.
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
    /// By which right the blobs at this endpoint are read; asks nobody.
    Access(String),
    /// All locations.
    Locations,
    /// Upload an XML blob list into the account, under this name or one like it that no other file has.
    UploadList(ListFile),
    /// Find the job of a draft: the one with its tag anywhere in the subscription, otherwise whatever is at the address.
    FindJob {
        /// Where it would be made.
        job: JobAddress,
        /// Name and value of the tag.
        tag: (&'static str, String),
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
    /// The BitLocker keys of a job.
    Keys(JobAddress),
    /// Write keys to a new file only its owner can read.
    SaveKeys {
        /// File name without folder.
        name: String,
        /// The keys.
        keys: Vec<BitLockerKey>,
    },
}

/// An XML list on its way into the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListFile {
    /// Blob endpoint of the account.
    pub endpoint: String,
    /// Container it goes into.
    pub container: String,
    /// Blob name within the container.
    pub name: String,
    /// The document.
    pub xml: String,
}

/// Answers, one kind for each [`Call`].
#[derive(Debug, Serialize, Deserialize)]
pub enum Reply {
    /// To [`Call::Drafts`], [`Call::DiscardDraft`], [`Call::RestoreDraft`]: what is there now.
    Drafts(Vec<DraftEntry>),
    /// To [`Call::OpenDraft`], [`Call::ReadDraft`], [`Call::CopyDraft`], [`Call::NewDraft`], [`Call::NewDraftOf`].
    Opened {
        /// The draft.
        draft: Box<Draft>,
        /// Nothing may be changed, and why.
        read_only: Option<Unlocked>,
    },
    /// To [`Call::OpenDraft`]: another instance holds the lock; who, in words.
    Held {
        /// The draft asked for.
        id: DraftId,
        /// Process, machine and since when.
        holder: String,
    },
    /// To [`Call::AddDrafts`]: the job names they were given.
    Added(Vec<String>),
    /// To [`Call::LastAddress`]; `None` when no draft made a job yet.
    LastAddress(Option<Box<AddressAnswers>>),
    /// To [`Call::SignIn`].
    SignedIn {
        /// Who.
        identity: Identity,
        /// Where; for a rehearsal the simulated Azure's own endpoints.
        cloud: Cloud,
    },
    /// To [`Call::Subscriptions`].
    Subscriptions(Vec<Subscription>),
    /// To [`Call::Accounts`].
    Accounts(Vec<StorageAccount>),
    /// To [`Call::Account`].
    Account(Box<StorageAccount>),
    /// To [`Call::Groups`].
    Groups(Vec<ResourceGroup>),
    /// To [`Call::Provider`] and [`Call::Register`].
    Provider(Provider),
    /// To [`Call::Containers`].
    Containers(Page<Container>),
    /// To [`Call::Entries`].
    Entries(Page<Entry>),
    /// To [`Call::Uncheck`].
    Unchecked(Change),
    /// To [`Call::Scan`].
    Scanned(Box<count::CountReport>),
    /// To [`Call::History`]: snapshots and versions as listed, the blob itself among them.
    History(Page<BlobItem>),
    /// To [`Call::Access`] and [`Call::OpenAccount`].
    Access(Access),
    /// To [`Call::Locations`].
    Locations(Vec<Location>),
    /// To [`Call::UploadList`]: the blob name it has, which was read back.
    Uploaded(String),
    /// To [`Call::CreateJob`], [`Call::FindJob`], [`Call::Job`] and [`Call::UpdateJob`]; `None` when there is no such job.
    Job(Option<Box<Job>>),
    /// To [`Call::Keys`].
    Keys(Vec<BitLockerKey>),
    /// To [`Call::SaveKeys`]: where they are now.
    SavedKeys(PathBuf),
}
