//! An export job: what creates one, what changes one, and what a service answers of it. One model for both services.

use serde::{Deserialize, Serialize};

use super::{
    DeliveryPackage, EncryptionKey, JobActions, JobStage, JobStatus, LocationName, ReturnAddress, ReturnPackage,
    ReturnShipping, ServiceError, ServiceName, ShippingAddress, is_never_received,
};

/// The address of a job: service, subscription, resource group and name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct JobAddress {
    /// The service that has it.
    #[serde(default)]
    pub service: ServiceName,
    /// Subscription GUID.
    pub subscription: String,
    /// Resource group name.
    pub resource_group: String,
    /// Job name; Azure compares it without regard to case.
    pub name: String,
}

impl JobAddress {
    /// Its Azure Resource Manager id.
    pub fn resource_id(&self) -> String {
        let (subscription, group, name) = (&self.subscription, &self.resource_group, &self.name);
        let namespace = self.service.namespace();
        format!("/subscriptions/{subscription}/resourceGroups/{group}/providers/{namespace}/jobs/{name}")
    }

    /// Whether both are one job: the services compare without regard to case.
    pub fn is_same(&self, other: &Self) -> bool {
        let pairs = [
            (&self.subscription, &other.subscription),
            (&self.resource_group, &other.resource_group),
            (&self.name, &other.name),
        ];
        self.service == other.service && pairs.into_iter().all(|(one, two)| one.eq_ignore_ascii_case(two))
    }
}

/// Which blobs the service logs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogLevel {
    /// Failures only.
    Error,
    /// Every blob; the only proof of completeness.
    #[default]
    Verbose,
}

impl LogLevel {
    /// The word the service uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "Error",
            Self::Verbose => "Verbose",
        }
    }
}

/// The export selection in one of the forms that the services take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlobList {
    /// Exact paths (no leading slash) and blob prefixes (leading slash), at most 32 KB together.
    Inline {
        /// Exact paths.
        paths: Vec<String>,
        /// Prefixes.
        prefixes: Vec<String>,
    },
    /// `container/name` of an XML block blob in the same account, uploaded already.
    File(String),
    /// Every blob of the account. Data Box only; the classic service takes the prefix `/`.
    WholeAccount,
    /// Every blob of these containers. Data Box only; the classic service takes prefixes.
    Containers(Vec<String>),
}

/// Everything needed to create an export job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// Region the job is created in.
    pub location: LocationName,
    /// Resource id of the storage account.
    pub storage_account: String,
    /// The address that the drives go back to.
    pub return_address: ReturnAddress,
    /// The carrier that takes them back.
    pub return_shipping: ReturnShipping,
    /// Container (and optional folder) in the account for logs and manifest copies. Data Box has a container of its own for them.
    pub diagnostics_path: String,
    /// Which blobs are logged.
    pub log_level: LogLevel,
    /// Copy the drive manifests into `diagnostics_path` as well.
    pub backup_manifest: bool,
    /// What protects the BitLocker keys. The classic service takes a Microsoft-managed key only.
    pub encryption: EncryptionKey,
    /// The blobs to export.
    pub blobs: BlobList,
    /// Resource tags; the program's own `blobfreight-draft` tag tells its jobs apart.
    pub tags: Vec<(String, String)>,
}

/// A change to an existing job. Only `Some` members are sent, because the service takes a default for an intended value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobChange {
    /// Says that the parcel is on its way.
    pub ship: bool,
    /// Asks to cancel, for this reason. The classic service takes no reason.
    pub cancel: Option<String>,
    /// The parcel to Microsoft.
    pub delivery_package: Option<DeliveryPackage>,
    /// A new return address.
    pub return_address: Option<ReturnAddress>,
    /// A new return carrier.
    pub return_shipping: Option<ReturnShipping>,
    /// A new log level.
    pub log_level: Option<LogLevel>,
    /// Manifest backup on or off.
    pub backup_manifest: Option<bool>,
}

/// One drive of a job. The service names it by hardware serial number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobDrive {
    /// Serial number without spaces.
    pub id: String,
    /// `Received`, `Transferring`, `Completed`, `CompletedMoreInfo`, `ShippedBack`, `NeverReceived`, … verbatim. Data Box has no word for it.
    pub state: String,
    /// `InProgress`, `CompletedWithErrors`, … verbatim; absent before copying starts.
    pub copy_status: Option<String>,
    /// 0 to 100.
    pub percent: Option<u8>,
    /// Bytes written.
    pub bytes: Option<u64>,
    /// Bytes to write, where the service knows them.
    pub total_bytes: Option<u64>,
    /// Files written.
    pub files: Option<u64>,
    /// Files to write, where the service knows them.
    pub total_files: Option<u64>,
    /// Files that failed.
    pub failed_files: Option<u64>,
    /// Why it failed.
    pub error: Option<ServiceError>,
    /// What the customer can decide for it, in the words of the service, e.g. `Resume`.
    pub resolutions: Vec<String>,
    /// Path of the manifest on the drive.
    pub manifest: Option<String>,
    /// Base16 digest of the manifest; do not assume a length.
    pub manifest_hash: Option<String>,
    /// Path of the copy of the manifest in the account.
    pub manifest_backup: Option<String>,
    /// Blob URI of the error log.
    pub error_log: Option<String>,
    /// Blob URI of the verbose log.
    pub verbose_log: Option<String>,
}

impl JobDrive {
    /// The word for it: what went wrong with it before where it is.
    pub fn word(&self) -> &str {
        let status = self.copy_status.as_deref().unwrap_or_default();
        if self.state.is_empty() || (self.is_in_trouble() && !status.is_empty()) { status } else { &self.state }
    }

    /// Whether the service says that it never came: `NeverReceived`, or `DriveNotReceived` of Data Box.
    pub fn never_came(&self) -> bool {
        is_never_received(self.word())
    }

    /// Whether something went wrong with it: the words that say otherwise are few, those that say so are many.
    pub fn is_in_trouble(&self) -> bool {
        let fine = |status: &str| matches!(status, "NotStarted" | "InProgress" | "Completed" | "None" | "");
        self.error.is_some()
            || self.failed_files.is_some_and(|files| files > 0)
            || matches!(self.state.as_str(), "NeverReceived" | "CompletedMoreInfo")
            || !self.copy_status.as_deref().is_none_or(fine)
    }
}

/// A job as read back from the service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// The service that has it.
    pub service: ServiceName,
    /// Resource id.
    pub id: String,
    /// Name as the service spells it.
    pub name: String,
    /// Region; spelled differently by different operations, hence normalised.
    pub location: LocationName,
    /// Resource id of the storage account.
    pub storage_account: String,
    /// `Export`, `Import`, `ExportFromAzure` or `ImportToAzure`, verbatim.
    pub job_type: String,
    /// How far it is.
    pub status: JobStatus,
    /// What may be done with it now.
    pub allows: JobActions,
    /// Somebody asked to cancel the job.
    pub cancel_requested: bool,
    /// Why it was cancelled, where the service says so.
    pub cancellation_reason: Option<String>,
    /// Its stages in order; empty where the service reports none.
    pub stages: Vec<JobStage>,
    /// The stage that may be late, in the service's word.
    pub delayed_stage: Option<String>,
    /// The error the service keeps in the job.
    pub error: Option<ServiceError>,
    /// What the customer can decide for it, in the words of the service, e.g. `Resume`.
    pub resolutions: Vec<String>,
    /// The service says that every drive was lost.
    pub all_devices_lost: bool,
    /// The code of the datacenter, e.g. `AMS06`.
    pub data_center: Option<String>,
    /// 0 to 100 over all drives; absent for long stretches.
    pub percent: Option<u8>,
    /// Drives known so far; empty in lists and before the parcel arrived.
    pub drives: Vec<JobDrive>,
    /// The address to ship to, filled in by the service. Drives may be sent to no other.
    pub shipping: ShippingAddress,
    /// The address that the drives go back to.
    pub return_address: Option<ReturnAddress>,
    /// The carrier that takes them back.
    pub return_shipping: Option<ReturnShipping>,
    /// The parcel to Microsoft.
    pub delivery_package: Option<DeliveryPackage>,
    /// The parcel back.
    pub return_package: Option<ReturnPackage>,
    /// The blobs to export, as the service repeats them.
    pub blobs: Option<BlobList>,
    /// The container or folder of the logs.
    pub diagnostics_path: String,
    /// `Error` or `Verbose`, verbatim.
    pub log_level: String,
    /// Manifests are copied into the account.
    pub backup_manifest: bool,
    /// Blob URI of the list of blobs that did not fit or could not be read.
    pub incomplete_list: Option<String>,
    /// Protection of the keys.
    pub encryption: EncryptionKey,
    /// `Succeeded`, or why not.
    pub provisioning: String,
    /// `systemData.createdAt`, verbatim, where the service gives it.
    pub created: Option<String>,
    /// Resource tags.
    pub tags: Vec<(String, String)>,
}

impl Job {
    /// Its address, from its resource id: `/subscriptions/S/resourceGroups/G/providers/…/jobs/NAME`.
    pub fn address(&self) -> Option<JobAddress> {
        let part = |name: &str| {
            let mut parts = self.id.split('/');
            let found = parts.find(|part| part.eq_ignore_ascii_case(name)).and_then(|_| parts.next());
            found.filter(|part| !part.is_empty()).map(str::to_owned)
        };
        let (subscription, resource_group) = (part("subscriptions")?, part("resourceGroups")?);
        Some(JobAddress { service: self.service, subscription, resource_group, name: self.name.clone() })
    }

    /// The address of the list of blobs that were not exported, without its query. The query may be a signature, which is never shown.
    pub fn incomplete_address(&self) -> Option<&str> {
        self.incomplete_list.as_deref()?.split('?').next()
    }

    /// Whether the service waits for a decision of the customer.
    pub fn asks(&self) -> bool {
        !self.resolutions.is_empty() || self.drives.iter().any(|drive| !drive.resolutions.is_empty())
    }

    /// The value of a tag, by name without regard to case.
    pub fn tag(&self, name: &str) -> Option<&str> {
        self.tags.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}
