//! Who asks: at most one request of a slot is under way, and its answer goes to one step. What is asked is `protocol`'s.

use serde::{Deserialize, Serialize};

use crate::protocol::step::Step;

/// Counts requests; an answer is taken only if it carries the slot's current id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RequestId(pub u64);

/// Who asks. At most one request per slot is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Slot {
    /// The drafts on disk.
    Drafts,
    /// Opening, copying, discarding or restoring one draft.
    OpenDraft,
    /// The jobs found last time.
    FoundJobs,
    /// The jobs of all subscriptions.
    JobsOverview,
    /// Signing in.
    SignIn,
    /// Signing out.
    SignOut,
    /// The tenants of the session.
    Tenants,
    /// The subscriptions.
    Subscriptions,
    /// The storage accounts of the chosen subscription.
    Accounts,
    /// The chosen account, read afresh.
    Account,
    /// The storage accounts of the other subscriptions, one subscription after another, for the filter.
    OtherAccounts,
    /// What the person may do at the account under the cursor.
    AccountRights,
    /// What the person may do at the resource group of the job.
    GroupRights,
    /// The settings of the account under the cursor.
    BlobSettings,
    /// One level of the tree, by its number there.
    Listing(u32),
    /// Opening the account of a draft that needs no sign-in.
    Given,
    /// By which right the blobs are read.
    Access,
    /// What the service has of the blob under the cursor.
    Details,
    /// What a rule typed by hand matches, or what begins with a filter's text.
    Count,
    /// Finding the rules that stand for the siblings of an unchecked row.
    Uncheck,
    /// Counting everything that is checked. Goes on while other steps are open.
    Scan,
    /// Making drafts of the jobs of a split.
    Split,
    /// The places that drives are shipped to.
    Locations,
    /// The address of the last finished draft.
    LastAddress,
    /// The resource groups of the chosen subscription.
    Groups,
    /// Whether the name of the job is free.
    JobName,
    /// Making a resource group.
    CreateGroup,
    /// Which service takes a job of the chosen account.
    Services,
    /// The resource provider of the draft's service.
    Provider,
    /// Create: look for the job, upload the list, have the job checked, create.
    Create,
    /// Ship: announce the parcel.
    Ship,
    /// The parcels of the other drafts.
    OtherParcels,
    /// Saving packing slip and label.
    Papers,
    /// The job as it is now.
    Job,
    /// The clock of the rehearsal, or something that goes wrong in it.
    Rehearsal,
    /// Saving the deadlines as a calendar file.
    Calendar,
    /// Asking to cancel the job.
    CancelJob,
    /// Telling the service what to do where it waits for the customer.
    Mitigate,
    /// Deleting the job.
    DeleteJob,
    /// The locks of the storage account.
    Locks,
    /// The other jobs, which may need the locks.
    OtherJobs,
    /// Removing one of the locks.
    RemoveLock,
    /// The logs of the job.
    Logs,
    /// Saving what was not exported to files.
    SaveLogs,
    /// Making a draft of what was not exported.
    RetryDraft,
    /// BitLocker keys.
    Keys,
    /// The create request as text, or saving it to a file.
    RequestText,
    /// Saving keys to a file.
    SaveKeys,
    /// The drives of this machine.
    AttachedDrives,
    /// Checking drives. Goes on while other steps are open.
    CheckDrives,
    /// Saving the reports of a check.
    SaveReports,
    /// Making a draft of what is to be fetched again.
    FetchAgain,
}

impl Slot {
    /// The step that gets the answer; `None` for what belongs to the start screen.
    pub fn owner(self) -> Option<Step> {
        match self {
            Self::Drafts | Self::OpenDraft | Self::FoundJobs | Self::JobsOverview => None,
            Self::SignIn | Self::SignOut | Self::Tenants => Some(Step::SignIn),
            Self::Subscriptions
            | Self::Accounts
            | Self::Account
            | Self::OtherAccounts
            | Self::AccountRights
            | Self::GroupRights
            | Self::BlobSettings
            | Self::Services => Some(Step::Account),
            Self::Listing(_) | Self::Given | Self::Access | Self::Details | Self::Count | Self::Uncheck => {
                Some(Step::Blobs)
            }
            Self::Scan | Self::Split => Some(Step::Drives),
            Self::Locations => Some(Step::Location),
            Self::LastAddress => Some(Step::Address),
            Self::Groups | Self::JobName | Self::CreateGroup => Some(Step::Options),
            Self::Provider | Self::Create | Self::RequestText => Some(Step::Review),
            Self::Ship | Self::OtherParcels | Self::Papers => Some(Step::Ship),
            Self::Job
            | Self::Calendar
            | Self::Rehearsal
            | Self::CancelJob
            | Self::Mitigate
            | Self::DeleteJob
            | Self::Locks
            | Self::OtherJobs
            | Self::RemoveLock
            | Self::Logs
            | Self::SaveLogs
            | Self::RetryDraft => Some(Step::Follow),
            Self::Keys | Self::SaveKeys => Some(Step::Keys),
            Self::AttachedDrives | Self::CheckDrives | Self::SaveReports | Self::FetchAgain => Some(Step::Verify),
        }
    }

    /// Whether the request changes something that must not be sent twice; never cancelled once sent.
    pub fn is_write(self) -> bool {
        matches!(
            self,
            Self::Create
                | Self::CreateGroup
                | Self::Ship
                | Self::CancelJob
                | Self::Mitigate
                | Self::DeleteJob
                | Self::RemoveLock
                | Self::SaveKeys
                | Self::RetryDraft
                | Self::Papers
                | Self::Calendar
                | Self::SaveReports
                | Self::FetchAgain
                | Self::Split
        )
    }
}
