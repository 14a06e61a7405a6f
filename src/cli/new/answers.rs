//! The file with the answers of one export job, as types. `--schema` prints the JSON Schema that is made of them, so every comment here
//! is for the person who writes such a file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::azure::model::{AddressKind, LogLevel, ServiceName};

/// The answers of one export job.
#[derive(Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct AnswersFile {
    /// The service that takes the job. Without it the program takes Azure Data Box where Azure offers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) service: Option<ServiceName>,
    /// The id of the subscription, where the sign-in sees more than one, e.g. `11111111-2222-3333-4444-555555555555`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) subscription: Option<String>,
    /// The name or the resource id of the storage account, e.g. `mediaeurope`.
    #[serde(default)]
    pub(super) account: String,
    /// The region that receives the drives, e.g. `westeurope`. Needed where the service knows no location for the region of the
    /// account; elsewhere the job is not created if the service names another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) location: Option<String>,
    /// The drives: a size for as many as needed, e.g. `8TB`, or the ones there are, e.g. `2x8TB + 1x4TB`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) drives: Option<String>,
    /// What is exported.
    #[serde(default)]
    pub(super) blobs: BlobsSection,
    /// Where the drives go back to.
    #[serde(default)]
    pub(super) address: AddressSection,
    /// The carrier that brings the drives back.
    #[serde(default)]
    pub(super) carrier: CarrierSection,
    /// The job and its options.
    #[serde(default)]
    pub(super) job: JobSection,
}

/// What is exported: the whole account, a list file, or prefixes and paths together.
#[derive(Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct BlobsSection {
    /// The whole account.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) all: bool,
    /// All blobs, with their snapshots, whose `/container/name` begins so, e.g. `/media/2024/`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) prefixes: Vec<String>,
    /// Single blobs with their snapshots, e.g. `media/2024/logo.png`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) paths: Vec<String>,
    /// A blob list file (XML) on this machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) list: Option<PathBuf>,
}

/// Where the drives go back to.
#[derive(Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct AddressSection {
    /// The person or office that receives the drives.
    pub(super) contact: String,
    /// The company.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) company: String,
    /// Street and number.
    pub(super) street1: String,
    /// Building, floor or door.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) street2: String,
    /// A third street line; only Azure Data Box has one of its own.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) street3: String,
    /// City or town.
    pub(super) city: String,
    /// State or province, where the country has them on an address, e.g. `WA`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) state: String,
    /// Postal code.
    pub(super) postal_code: String,
    /// Country by name or code, e.g. `Belgium` or `BE`.
    pub(super) country: String,
    /// Phone with the country code, e.g. `+32 9 555 01 99`.
    pub(super) phone: String,
    /// E-mail addresses for the notices about the job; a group mailbox is best.
    pub(super) emails: Vec<String>,
    /// Home or office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<KindWord>,
    /// The receiver's tax number, where customs clear a parcel by it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) tax_number: String,
}

/// Home or office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum KindWord {
    /// A home.
    Residential,
    /// An office.
    Commercial,
}

impl From<KindWord> for AddressKind {
    fn from(word: KindWord) -> Self {
        match word {
            KindWord::Residential => Self::Residential,
            KindWord::Commercial => Self::Commercial,
        }
    }
}

impl KindWord {
    /// The word for a kind; `None` where none was stated.
    pub(super) fn of(kind: AddressKind) -> Option<Self> {
        match kind {
            AddressKind::Unstated => None,
            AddressKind::Residential => Some(Self::Residential),
            AddressKind::Commercial => Some(Self::Commercial),
        }
    }
}

/// The carrier that brings the drives back.
#[derive(Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct CarrierSection {
    /// Its name, e.g. `FedEx`.
    pub(super) name: String,
    /// Your account number with it, which pays for the way back.
    pub(super) account_number: String,
}

/// The job and its options.
#[derive(Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct JobSection {
    /// Its name: 3 to 24 lower-case letters, digits and hyphens. Without it the program suggests one.
    pub(super) name: String,
    /// The resource group that holds it. Without it that of the storage account.
    pub(super) resource_group: String,
    /// Which blobs are logged. Without it `verbose`: every blob, the only proof that all were copied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) log_level: Option<LogLevelWord>,
    /// Whether the drive manifests are copied into the account. Without it `true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) manifest_backup: Option<bool>,
    /// A key in your own key vault that protects the BitLocker keys. Without it Microsoft holds that key. Only Azure Data Box takes one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) encryption_key: Option<VaultKeySection>,
    /// Container, and folder, of the logs of the classic service. Without it `waimportexport`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) diagnostics_path: Option<String>,
    /// Resource tags.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) tags: BTreeMap<String, String>,
}

/// A key in a key vault. Without the key, or without the identity's right to it, nobody can read the drives.
#[derive(Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(super) struct VaultKeySection {
    /// Its address, with or without its version, e.g. `https://media-vault.vault.azure.net/keys/export`.
    pub(super) url: String,
    /// Resource id of the vault.
    pub(super) vault: String,
    /// Resource id of a user-assigned identity that may get, wrap and unwrap the key.
    pub(super) identity: String,
}

/// Which blobs are logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LogLevelWord {
    /// Failures only.
    Error,
    /// Every blob.
    Verbose,
}

impl From<LogLevelWord> for LogLevel {
    fn from(word: LogLevelWord) -> Self {
        match word {
            LogLevelWord::Error => Self::Error,
            LogLevelWord::Verbose => Self::Verbose,
        }
    }
}
