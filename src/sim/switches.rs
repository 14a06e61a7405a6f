//! The points that nobody documents: each is a switch of the simulator, so that a client can be tried both ways.
//!
//! `POST /simulator/switches` with some of them, for example `{"secondMark": "accepted"}`, sets those and answers all;
//! `GET` answers all. They are not kept in the state file.

use serde::{Deserialize, Serialize};

use super::failures::BlobFailureRule;
use super::vault_access::VaultAccess;

/// The switches of one simulated Azure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Switches {
    /// Whether Microsoft.ImportExport still creates jobs.
    pub import_export: ImportExportOffer,
    /// Whether Data Box is offered where it ships to.
    pub data_box: DataBoxOffer,
    /// The newest api-version that Microsoft.DataBox knows, for example `2023-12-01`; when absent all of the simulator.
    pub newest_version: Option<String>,
    /// The newest service version that Blob storage knows, for example `2026-02-06`; when absent all of the simulator. Since `2026-10-06` it
    /// lists blobs in Apache Arrow.
    pub newest_storage_version: Option<String>,
    /// The answer to a PUT on the name of an existing Data Box job.
    pub existing_job: ExistingJob,
    /// The last answer of a create or update that went well.
    pub operation_end: OperationEnd,
    /// The end of a create that the fault `createFails` lets fail.
    pub create_failure: CreateFailureShape,
    /// Simulated seconds that a create or update takes.
    pub create_seconds: u32,
    /// Simulated seconds that a delete takes.
    pub delete_seconds: u32,
    /// `Retry-After` of long-running operations, in seconds; when absent ten simulated seconds, and zero while the clock stands still.
    pub retry_after: Option<u32>,
    /// Whether lists show the details of a job.
    pub list_details: ListDetails,
    /// Whether a job can be marked as shipped while it is Created.
    pub early_mark: Acceptance,
    /// Whether a job can be marked as shipped again, with another tracking number.
    pub second_mark: Acceptance,
    /// Whether paths and prefixes in the body of a job begin with a slash.
    pub inline_slash: InlineSlash,
    /// Whether Data Box exports append blobs; the copy log names those it refuses.
    pub append_blobs: Acceptance,
    /// Whether Data Box exports snapshots.
    pub snapshots: Acceptance,
    /// How the country of an address is written.
    pub country: CountryForm,
    /// What happens to a Data Box job that is not shipped within two weeks.
    pub expiry: Expiry,
    /// Whether the copy stops halfway and waits for the customer.
    pub copy: CopyCourse,
    /// The form of the keys in listCredentials.
    pub key_format: KeyFormat,
    /// When listCredentials has the keys.
    pub keys_from: KeysFrom,
    /// Whether links to copy logs carry a shared access signature.
    pub log_links: LogLinks,
    /// Blobs that fail in jobs that are marked as shipped from now on. The first rule that fits counts.
    pub failures: Vec<BlobFailureRule>,
    /// Whether the logs are whole.
    pub logs: LogCourse,
    /// Where the tracking number of the way back is.
    pub return_tracking: ReturnTracking,
    /// Whether the key vault lets the service use a key of the customer.
    pub vault_access: VaultAccess,
    /// Whether the lock on the account goes with the last job.
    pub lock: LockEnd,
    /// What the roles of the person allow.
    pub permissions: PersonRoles,
    /// An operation that a deny assignment takes away from everybody, e.g. `Microsoft.DataBox/jobs/write`; it is listed and not enforced.
    pub denied: Option<String>,
    /// Whether the person may see what the roles allow.
    pub see_permissions: Acceptance,
    /// What a person does on the sign-in page in a browser.
    pub consent: Consent,
    /// Simulated seconds that a device code counts.
    pub device_seconds: u32,
    /// Seconds that a client waits between two requests for the token, e.g. 5.
    pub device_interval: u32,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            import_export: ImportExportOffer::default(),
            data_box: DataBoxOffer::default(),
            newest_version: None,
            newest_storage_version: None,
            existing_job: ExistingJob::default(),
            operation_end: OperationEnd::default(),
            create_failure: CreateFailureShape::default(),
            create_seconds: 15,
            delete_seconds: 426,
            retry_after: None,
            list_details: ListDetails::default(),
            early_mark: Acceptance::default(),
            second_mark: Acceptance::default(),
            inline_slash: InlineSlash::default(),
            append_blobs: Acceptance::default(),
            snapshots: Acceptance::default(),
            country: CountryForm::default(),
            expiry: Expiry::default(),
            copy: CopyCourse::default(),
            key_format: KeyFormat::default(),
            keys_from: KeysFrom::default(),
            log_links: LogLinks::default(),
            failures: Vec::new(),
            logs: LogCourse::default(),
            return_tracking: ReturnTracking::default(),
            vault_access: VaultAccess::default(),
            lock: LockEnd::default(),
            permissions: PersonRoles::default(),
            denied: None,
            see_permissions: Acceptance::Accepted,
            consent: Consent::default(),
            device_seconds: 900,
            device_interval: 5,
        }
    }
}

/// Whether Microsoft.ImportExport still creates jobs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ImportExportOffer {
    /// It does.
    #[default]
    Open,
    /// It answers reads and refuses new jobs with 410 and a text about its retirement.
    Retired,
}

/// Whether Data Box is offered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DataBoxOffer {
    /// Wherever its map names a service location for the region, to countries within the same commerce boundary.
    #[default]
    Offered,
    /// Not to any country.
    Country,
    /// Not for any region.
    Region,
    /// Not without a feature of the subscription.
    Feature,
    /// Not for this kind of subscription.
    OfferType,
    /// Nothing is known about the subscription.
    NoSubscriptionInfo,
    /// The sku is not in the answer at all.
    Absent,
    /// The question is refused with 403.
    Forbidden,
}

/// The answer to a PUT on the name of an existing job.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ExistingJob {
    /// 409.
    #[default]
    Conflict,
    /// 400.
    BadRequest,
}

/// The last answer of a create or update that went well.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OperationEnd {
    /// 202 with the address of the job, as recorded.
    #[default]
    JobAddress,
    /// 200 with the job.
    Job,
}

/// The end of a create that fails after the 202.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CreateFailureShape {
    /// operationResults answers 400 with an error; there is no job.
    #[default]
    Error,
    /// operationResults answers 400 with an error; the job stays, Aborted and with that error.
    ErrorAndJob,
    /// operationResults answers 200 with the status Failed and an error; there is no job.
    FailedStatus,
}

/// Whether lists show the details of a job.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListDetails {
    /// As GET without `$expand` does.
    #[default]
    Reduced,
    /// No member `details`, as in 2020.
    Absent,
}

/// Whether the service accepts a request that nobody has seen it answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Acceptance {
    /// It does not.
    #[default]
    Refused,
    /// It does.
    Accepted,
}

/// Whether paths and prefixes in the body of a job begin with a slash; the other form takes no blob.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum InlineSlash {
    /// Both forms take blobs.
    #[default]
    Either,
    /// Only with a slash.
    Leading,
    /// Only without one.
    None,
}

/// How the country of an address is written; another form is refused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CountryForm {
    /// As a code or as a name.
    #[default]
    Either,
    /// As a code of two letters.
    Code,
    /// As a name.
    Name,
}

/// What happens to a job that is not shipped within two weeks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Expiry {
    /// The service cancels it and says why.
    #[default]
    Cancelled,
    /// It is gone.
    Gone,
}

/// The course of the copy in jobs that are marked as shipped from now on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CopyCourse {
    /// It runs to its end.
    #[default]
    Uninterrupted,
    /// It stops halfway until `mitigate` says how to go on.
    WaitsForCustomer,
}

/// The form of the keys in listCredentials.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum KeyFormat {
    /// Eight groups of six digits.
    #[default]
    Digits,
    /// Base 64.
    Base64,
}

/// When listCredentials has the keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum KeysFrom {
    /// Once the drives are on their way back.
    #[default]
    SentBack,
    /// Once the drives have arrived at the data centre.
    Received,
}

/// Whether links to copy logs carry a shared access signature.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LogLinks {
    /// They are plain addresses of blobs.
    #[default]
    Plain,
    /// They are.
    Signed,
}

/// Whether the logs that the service writes are whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LogCourse {
    /// They are.
    #[default]
    Whole,
    /// They stop in the middle.
    Cut,
    /// The job names them, and they are not there.
    Absent,
}

/// Where the tracking number of the way back is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ReturnTracking {
    /// In `returnPackage`.
    #[default]
    ReturnPackage,
    /// In `returnToCustomerPackageDetails`.
    ReturnToCustomer,
}

/// Whether the lock on the account goes with the last job.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LockEnd {
    /// It stays, as recorded.
    #[default]
    Stays,
    /// It goes when the account's last Data Box job is deleted.
    GoesWithLastJob,
}

/// What the roles of the person allow, beside what each account says of its data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PersonRoles {
    /// Everything.
    #[default]
    Owner,
    /// Reading resources only: no data, no account keys, no jobs.
    Reader,
    /// Everything but the BitLocker keys of jobs.
    NoKeyRight,
    /// The data of accounts, and reading resources.
    DataRoleOnly,
}

/// What a person does on the sign-in page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Consent {
    /// The page is shown; its links sign in or deny.
    #[default]
    Page,
    /// The authority redirects at once, as for somebody who is signed in already.
    Granted,
    /// The authority redirects at once with a refusal.
    Denied,
}
