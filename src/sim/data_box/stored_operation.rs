//! A long-running operation as it is stored. Plain data: `operation` begins, answers and ends it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A long-running operation as it is stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct StoredOperation {
    /// Key of the job.
    pub job: String,
    /// What it does.
    pub kind: OperationKind,
    /// When it ends.
    pub ends: Timestamp,
    /// The path of its address.
    pub path: String,
    /// How often it was asked about.
    pub asked: u32,
    /// How a create ends that fails.
    pub failure: Option<FailedCreate>,
    /// Whether it has ended and done its work; a later job of the same name is not its business.
    #[serde(default)]
    pub over: bool,
}

/// What a long-running operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum OperationKind {
    /// It creates or changes a job.
    Write,
    /// It deletes a job.
    Delete,
}

/// How the last answer tells that a create failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum FailedCreate {
    /// By a status of its own and an error.
    Error,
    /// By 200 and the status Failed.
    Status,
}

/// Error code of a create that fails.
pub(super) const FAILED_CODE: &str = "SsemUserErrorOrderCreationFailed";
/// Error message of a create that fails.
pub(super) const FAILED_MESSAGE: &str = "The order could not be created. A fault was asked for in this rehearsal.";

/// Whether an operation is deleting the job with this key.
pub(super) fn deletes(operation: &StoredOperation, key: &str) -> bool {
    !operation.over && operation.job == key && operation.kind == OperationKind::Delete
}
