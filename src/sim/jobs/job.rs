//! A job as it is stored and as its requests name it. Plain data: the other files of this folder act on it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::failures::FailureCause;
use super::super::response::hash;

/// The resource provider a job belongs to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum JobProvider {
    /// Microsoft.ImportExport, the only one in state files of earlier versions.
    #[default]
    ImportExport,
    /// Microsoft.DataBox.
    DataBox,
}

impl JobProvider {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::ImportExport, Self::DataBox];

    /// The namespace, in its usual spelling.
    pub(crate) fn namespace(self) -> &'static str {
        match self {
            Self::ImportExport => "Microsoft.ImportExport",
            Self::DataBox => "Microsoft.DataBox",
        }
    }

    /// The provider of a namespace, in any case.
    pub(crate) fn of_namespace(namespace: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provider| provider.namespace().eq_ignore_ascii_case(namespace))
    }
}

/// A job as it is stored. Its phase is not stored: it follows from these fields and the time, see `life`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct StoredJob {
    /// The provider it was created with.
    #[serde(default)]
    pub provider: JobProvider,
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
    /// The manifests of drives that were written as folders, by drive: MD5 and text.
    #[serde(default)]
    pub manifests: BTreeMap<String, (String, String)>,
    /// Data Box's verbose logs of drives that were written as folders, by drive: every blob on them, with its CRC-64.
    #[serde(default)]
    pub verbose_logs: BTreeMap<String, String>,
    /// Whether logs and manifests have been written to the storage account.
    pub reported: bool,
    /// Why it was cancelled; Data Box keeps the reason.
    #[serde(default)]
    pub cancellation_reason: Option<String>,
    /// The end of a creation that fails after the request was accepted.
    #[serde(default)]
    pub failure: Option<CreationFailure>,
    /// The wait for the customer in the middle of the copy.
    #[serde(default)]
    pub intervention: Option<CopyIntervention>,
    /// What goes wrong with it.
    #[serde(default)]
    pub trouble: JobTrouble,
}

/// What goes wrong with a job, as somebody who rehearses asked for.
#[expect(clippy::struct_excessive_bools, reason = "each goes wrong by itself")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct JobTrouble {
    /// The parcel never arrives.
    pub parcel_lost: bool,
    /// The first drive is not in the parcel.
    pub drive_missing: bool,
    /// The keys come days after the drives were sent back.
    pub keys_late: bool,
    /// The first drive is damaged once it is written.
    #[serde(default)]
    pub drive_damaged: bool,
}

/// The end of a creation that fails after the request was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CreationFailure {
    /// When it fails.
    pub at: Timestamp,
    /// Whether the job stays, as Aborted.
    pub keeps_job: bool,
}

/// A copy that stops halfway until the customer says how to go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CopyIntervention {
    /// When the customer answered, and with which resolution.
    pub answer: Option<(Timestamp, String)>,
}

impl StoredJob {
    /// Azure Resource Manager id.
    pub(crate) fn id(&self) -> String {
        format!(
            "/subscriptions/{}/resourceGroups/{}/providers/{}/jobs/{}",
            self.subscription,
            self.group,
            self.provider.namespace(),
            self.name
        )
    }

    /// A text property, `""` when missing.
    pub(crate) fn text(&self, property: &str) -> &str {
        self.properties.get(property).and_then(Value::as_str).unwrap_or("")
    }

    /// The hash of a drive's manifest: of the one that was written, otherwise made up.
    pub(crate) fn manifest_hash(&self, drive: &str) -> String {
        self.manifests.get(drive).map_or_else(|| made_up_hash(drive), |(md5, _)| md5.clone())
    }

    /// Whether it is an export job; Data Box jobs of the simulator all are.
    pub(crate) fn exports(&self) -> bool {
        self.provider == JobProvider::DataBox || self.text("jobType") == "Export"
    }
}

/// Of the form of an MD5 in hexadecimal digits.
fn made_up_hash(drive: &str) -> String {
    format!("{:016X}{:016X}", hash(&format!("manifest {drive}")), hash(&format!("hash {drive}")))
}

/// The content of one drive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DriveContents {
    /// Blobs and snapshots on it.
    pub blobs: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// A blob that fails on request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FailedBlob {
    /// Container and name.
    pub path: String,
    /// Snapshot time.
    pub snapshot: Option<String>,
    /// Bytes.
    pub length: u64,
    /// Why.
    pub cause: FailureCause,
}

/// A blob on a drive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ExportedBlob {
    /// Container and name.
    pub path: String,
    /// Snapshot time.
    pub snapshot: Option<String>,
    /// Bytes.
    pub length: u64,
    /// `BlockBlob`, `PageBlob` or `AppendBlob`.
    pub kind: String,
    /// Entity tag.
    pub etag: String,
    /// Number of the drive.
    pub drive: usize,
}

/// The result of an export.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ExportOutcome {
    /// One entry per drive in the delivery package.
    pub drives: Vec<DriveContents>,
    /// Paths of blobs that are not exported: in the archive tier, or without room on the drives.
    pub left_out: Vec<String>,
    /// Paths of blobs of a kind that the service does not export.
    #[serde(default)]
    pub refused: Vec<String>,
    /// Those of `left_out` that are in the archive tier.
    #[serde(default)]
    pub archived: Vec<String>,
    /// Blobs that fail on request.
    #[serde(default)]
    pub failures: Vec<FailedBlob>,
    /// The blobs that are exported; of a generated account the first of them.
    #[serde(default)]
    pub exported: Vec<ExportedBlob>,
    /// The copy status of every drive when the list blob cannot be used.
    pub problem: Option<String>,
}

impl ExportOutcome {
    /// Whether the job ends Closed, "all drives sent back, errors occurred".
    pub(crate) fn has_errors(&self) -> bool {
        self.problem.is_some() || self.not_exported() > 0
    }

    /// How many blobs are selected and not exported.
    pub(crate) fn not_exported(&self) -> usize {
        self.left_out.len() + self.refused.len() + self.failures.iter().filter(|f| f.cause.is_failure()).count()
    }

    /// The copy status that every drive ends with.
    pub(crate) fn copy_status(&self) -> &str {
        match &self.problem {
            Some(problem) => problem,
            None if self.not_exported() == 0 => "Completed",
            None => "CompletedWithErrors",
        }
    }
}
