//! A job as it is stored and as its requests name it. Plain data: the other files of this folder act on it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A job as it is stored. Its phase is not stored: it follows from these fields and the time, see `life`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct StoredJob {
    /// Subscription id.
    pub subscription: String,
    /// Resource group.
    pub group: String,
    /// Name.
    pub name: String,
    /// Location as it was sent.
    pub location: String,
    /// Tags.
    pub tags: Map<String, Value>,
    /// The properties the client has set.
    pub properties: Map<String, Value>,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed by a request.
    pub modified: Timestamp,
    /// When its state was set to Shipping.
    pub shipped: Option<Timestamp>,
    /// When it was cancelled.
    pub cancelled: Option<Timestamp>,
    /// The content of the drives; known once the job is shipping.
    pub outcome: Option<ExportOutcome>,
    /// Whether logs and manifests have been written to the storage account.
    pub reported: bool,
}

impl StoredJob {
    /// Azure Resource Manager id.
    pub(crate) fn id(&self) -> String {
        format!(
            "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.ImportExport/jobs/{}",
            self.subscription, self.group, self.name
        )
    }

    /// A text property, `""` when missing.
    pub(crate) fn text(&self, property: &str) -> &str {
        self.properties.get(property).and_then(Value::as_str).unwrap_or("")
    }

    /// Whether it is an export job.
    pub(crate) fn exports(&self) -> bool {
        self.text("jobType") == "Export"
    }
}

/// The content of one drive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DriveContents {
    /// Blobs and snapshots on it.
    pub blobs: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// The result of an export.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ExportOutcome {
    /// One entry per drive in the delivery package.
    pub drives: Vec<DriveContents>,
    /// Paths of blobs that are not exported: in the archive tier, or without room on the drives.
    pub left_out: Vec<String>,
    /// The copy status of every drive when the list blob cannot be used.
    pub problem: Option<String>,
}

impl ExportOutcome {
    /// Whether the job ends Closed, "all drives sent back, errors occurred".
    pub(crate) fn has_errors(&self) -> bool {
        self.problem.is_some() || !self.left_out.is_empty()
    }

    /// The copy status that every drive ends with.
    pub(crate) fn copy_status(&self) -> &str {
        match &self.problem {
            Some(problem) => problem,
            None if self.left_out.is_empty() => "Completed",
            None => "CompletedWithErrors",
        }
    }
}

/// A refusal: status, code and message.
pub(crate) type JobRefusal = (u16, &'static str, String);

/// The path of a job that exists or is to be created.
pub(crate) struct JobPlace<'p> {
    /// Subscription id as sent.
    pub subscription: &'p str,
    /// Resource group as sent.
    pub group: &'p str,
    /// Job name as sent.
    pub name: &'p str,
}

impl JobPlace<'_> {
    pub(crate) fn key(&self) -> String {
        let id = format!(
            "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.ImportExport/jobs/{}",
            self.subscription, self.group, self.name
        );
        id.to_lowercase()
    }
}
