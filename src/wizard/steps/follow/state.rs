//! The state of the follow step: the question that is open over the page, and what was read of the lock of the account.

use jiff::Timestamp;

use crate::azure::fault::Fault;
use crate::azure::model::ResourceLock;
use crate::draft::Intention;
use crate::form::Field;

/// The state of the step.
#[derive(Debug, Default)]
pub struct FollowStep {
    /// The row under the cursor: 0 is the state of the job, the drives come after it.
    pub row: usize,
    /// The question that is open.
    pub question: Option<FollowQuestion>,
    /// Why the job could not be changed.
    pub fault: Option<Fault>,
    /// The lock of the storage account.
    pub lock: AccountLock,
    /// The field of the reason for cancelling, while it is typed.
    pub typing: Option<Field>,
    /// The reason that was typed.
    pub(super) reason: Option<Field>,
    /// The decision that is being sent.
    pub(super) decided: Option<Decision>,
    /// An earlier deletion whose end is not known.
    pub(super) deletion_before: Option<Intention>,
    /// An earlier cancellation of which nobody knows whether the service took it.
    pub(super) cancellation_before: Option<Timestamp>,
}

impl FollowStep {
    /// The drive under the cursor, as its place among the drives; `None` while the cursor is on the state of the job.
    pub fn drive_under_cursor(&self) -> Option<usize> {
        self.row.checked_sub(1)
    }
}

/// What was read of the locks in this session.
#[derive(Debug, Default)]
pub struct AccountLock {
    /// The locks of the account; `None` until they were read.
    pub all: Option<Vec<ResourceLock>>,
    /// Why they could not be read, or the lock could not be removed.
    pub fault: Option<Fault>,
}

/// Which other jobs need the lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LockUse {
    /// No other export job of the account is unfinished.
    Unneeded,
    /// These are, by name.
    Needed(Vec<String>),
    /// That could not be found out; why.
    Unclear(String),
}

/// A decision that the service offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// For this drive, by serial number; for the whole job where there is none.
    pub drive: Option<String>,
    /// The service's word, e.g. `Resume`.
    pub resolution: String,
}

/// The question to the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FollowQuestion {
    /// Whether to cancel the job.
    Cancel,
    /// Whether to delete it.
    Delete,
    /// Whether to send this decision.
    Decide(Decision),
    /// Whether to remove the lock of the storage account, which other jobs use like this.
    RemoveLock(LockUse),
    /// What to ask of the rehearsal; the cursor is on this row.
    Rehearse(usize),
}

impl FollowQuestion {
    /// Its page; 0 is the page without a question.
    pub(super) fn page(&self) -> usize {
        match self {
            Self::Cancel => 1,
            Self::Delete => 2,
            Self::Decide(_) => 3,
            Self::RemoveLock(_) => 4,
            Self::Rehearse(_) => 5,
        }
    }
}
