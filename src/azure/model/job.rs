//! An export job, what is asked of the service to make one, and what can be changed later (Microsoft page: Jobs - Create, Update, Get).

use std::fmt;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::{LocationName, ShippingAddress};

/// Where a job is found: subscription, resource group and name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct JobAddress {
    /// Subscription GUID.
    pub subscription: String,
    /// Resource group name.
    pub resource_group: String,
    /// Job name; Azure compares it without regard to case.
    pub name: String,
}

impl JobAddress {
    /// Whether the service takes both for one job: it compares without regard to case.
    pub fn is_same(&self, other: &Self) -> bool {
        let pairs = [
            (&self.subscription, &other.subscription),
            (&self.resource_group, &other.resource_group),
            (&self.name, &other.name),
        ];
        pairs.into_iter().all(|(one, two)| one.eq_ignore_ascii_case(two))
    }
}

/// The person or office the drives go back to. All fields are free text for the service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnAddress {
    /// Required.
    pub recipient: String,
    /// Required.
    pub street1: String,
    /// Optional; empty when not given.
    pub street2: String,
    /// Required.
    pub city: String,
    /// Optional; empty when not given.
    pub state: String,
    /// Required.
    pub postal_code: String,
    /// Required; the form the service gets, e.g. `Belgium`.
    pub country: String,
    /// Required.
    pub phone: String,
    /// Required; Microsoft advises a group mailbox.
    pub email: String,
}

/// Who carries the drives back, and on whose account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnShipping {
    /// Carrier name, e.g. `FedEx`.
    pub carrier: String,
    /// The customer's account number with that carrier.
    pub account_number: String,
}

/// The parcel from the customer to Microsoft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryPackage {
    /// Carrier name.
    pub carrier: String,
    /// Tracking number; one per job.
    pub tracking_number: String,
    /// How many drives are in the parcel, 1 to 10.
    pub drive_count: Option<u32>,
    /// When it left, as sent: ISO 8601 date-time. The service declares no format, so anything may come back.
    pub ship_date: Option<String>,
}

/// The parcel from Microsoft back to the customer, once it left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnPackage {
    /// Carrier name.
    pub carrier: String,
    /// Tracking number.
    pub tracking_number: String,
    /// How many drives come back.
    pub drive_count: Option<u32>,
    /// When it left, verbatim.
    pub ship_date: Option<String>,
}

/// What the service logs about each blob.
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

/// The export selection as the wire carries it: inline lists, or a list file already uploaded into the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlobList {
    /// Exact paths (no leading slash) and blob prefixes (leading slash), at most 32 KB together.
    Inline {
        /// `blobList.blobPath`.
        paths: Vec<String>,
        /// `blobList.blobPathPrefix`.
        prefixes: Vec<String>,
    },
    /// `blobListBlobPath`: `container/name` of an XML block blob in the same account.
    File(String),
}

/// Everything needed to create an export job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// Region the job is created in.
    pub location: LocationName,
    /// Resource id of the storage account.
    pub storage_account: String,
    /// Where the drives go back to.
    pub return_address: ReturnAddress,
    /// Who carries them back.
    pub return_shipping: ReturnShipping,
    /// Container (and optional folder) in the account for logs and manifest copies.
    pub diagnostics_path: String,
    /// What is logged.
    pub log_level: LogLevel,
    /// Copy the drive manifests into `diagnostics_path` as well.
    pub backup_manifest: bool,
    /// What is exported.
    pub blobs: BlobList,
    /// Resource tags; the program's own `blobfreight-draft` tag tells its jobs apart.
    pub tags: Vec<(String, String)>,
}

/// A change to an existing job. Only what is `Some` is sent: the service reads a default as a wish.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobChange {
    /// Says that the parcel is on its way (`state: Shipping`).
    pub ship: bool,
    /// Asks to cancel (`cancelRequested: true`).
    pub cancel: bool,
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

/// A job's state; the service may use words no document lists, which are kept verbatim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum JobState {
    /// Created; drives not shipped yet. Expires after two weeks.
    Creating,
    /// The customer said the parcel left.
    Shipping,
    /// All drives arrived.
    Received,
    /// At least one drive is being filled.
    Transferring,
    /// All drives are done and being packed.
    Packaging,
    /// Sent back without errors.
    Completed,
    /// Sent back; errors occurred.
    Closed,
    /// Any other word, verbatim.
    Other(String),
}

impl JobState {
    /// From the wire word, in any case; an empty or absent word means Creating.
    pub fn parse(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "" | "creating" => Self::Creating,
            "shipping" => Self::Shipping,
            "received" => Self::Received,
            "transferring" => Self::Transferring,
            "packaging" => Self::Packaging,
            "completed" => Self::Completed,
            "closed" => Self::Closed,
            _ => Self::Other(word.to_owned()),
        }
    }

    /// Whether the drives are on their way back or there already: nothing moves any more.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Completed | Self::Closed)
    }
}

impl fmt::Display for JobState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Creating => "Creating",
            Self::Shipping => "Shipping",
            Self::Received => "Received",
            Self::Transferring => "Transferring",
            Self::Packaging => "Packaging",
            Self::Completed => "Completed",
            Self::Closed => "Closed",
            Self::Other(word) => word,
        })
    }
}

/// One drive of a job. The service names it by hardware serial number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobDrive {
    /// Serial number without spaces.
    pub id: String,
    /// `Received`, `Transferring`, `Completed`, `CompletedMoreInfo`, `ShippedBack`, `NeverReceived`, … verbatim.
    pub state: String,
    /// `InProgress`, `CompletedWithErrors`, … verbatim; absent before copying starts.
    pub copy_status: Option<String>,
    /// 0 to 100.
    pub percent: Option<u8>,
    /// Bytes written.
    pub bytes: Option<u64>,
    /// Path of the manifest on the drive.
    pub manifest: Option<String>,
    /// Base16 digest of the manifest; do not assume a length.
    pub manifest_hash: Option<String>,
    /// Blob URI of the error log.
    pub error_log: Option<String>,
    /// Blob URI of the verbose log.
    pub verbose_log: Option<String>,
}

/// How the BitLocker keys themselves are protected by the service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EncryptionKey {
    /// By a key Microsoft holds, the default.
    MicrosoftManaged,
    /// By a key in the customer's vault; its URL where told.
    CustomerManaged(Option<String>),
}

/// A job as read back from the service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Resource id.
    pub id: String,
    /// Name as the service spells it.
    pub name: String,
    /// Region; spelled differently by different operations, hence normalised.
    pub location: LocationName,
    /// Resource id of the storage account.
    pub storage_account: String,
    /// `Export` or `Import`, verbatim.
    pub job_type: String,
    /// Where it stands.
    pub state: JobState,
    /// Cancelling was asked for.
    pub cancel_requested: bool,
    /// 0 to 100 over all drives; absent for long stretches.
    pub percent: Option<u8>,
    /// Drives known so far; empty in lists and before the parcel arrived.
    pub drives: Vec<JobDrive>,
    /// Where to ship, filled in by the service. The only address drives may be sent to.
    pub shipping: ShippingAddress,
    /// Where the drives go back to.
    pub return_address: Option<ReturnAddress>,
    /// Who carries them back.
    pub return_shipping: Option<ReturnShipping>,
    /// The parcel to Microsoft.
    pub delivery_package: Option<DeliveryPackage>,
    /// The parcel back.
    pub return_package: Option<ReturnPackage>,
    /// What is exported, as the service repeats it.
    pub blobs: Option<BlobList>,
    /// Where logs go.
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
    /// `systemData.createdAt`, verbatim, where told.
    pub created: Option<String>,
    /// Resource tags.
    pub tags: Vec<(String, String)>,
}

impl Job {
    /// Where it is found, from its resource id: `/subscriptions/S/resourceGroups/G/providers/…/jobs/NAME`.
    pub fn address(&self) -> Option<JobAddress> {
        let part = |name: &str| {
            let mut parts = self.id.split('/');
            let found = parts.find(|part| part.eq_ignore_ascii_case(name)).and_then(|_| parts.next());
            found.filter(|part| !part.is_empty()).map(str::to_owned)
        };
        let (subscription, resource_group) = (part("subscriptions")?, part("resourceGroups")?);
        Some(JobAddress { subscription, resource_group, name: self.name.clone() })
    }

    /// The value of a tag, by name without regard to case.
    pub fn tag(&self, name: &str) -> Option<&str> {
        self.tags.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// The BitLocker key of one returned drive. `Debug` never shows the key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BitLockerKey {
    /// Serial number of the drive.
    pub drive: String,
    /// Recovery password (48 digits) or another protector, as the service gave it. Written out as a placeholder.
    #[serde(with = "super::masked")]
    pub key: SecretString,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_states_are_kept_as_the_service_wrote_them() {
        assert_eq!(JobState::parse("Faulted").to_string(), "Faulted");
        assert_eq!(JobState::parse("transferring"), JobState::Transferring);
        assert_eq!(JobState::parse(""), JobState::Creating);
    }

    #[test]
    fn w19_a_key_never_shows_in_debug_output() {
        let key = BitLockerKey { drive: "WX11".into(), key: "111111-222222".to_owned().into() };
        assert!(!format!("{key:?}").contains("111111"));
    }
}
