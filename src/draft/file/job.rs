//! The job in the draft file: options, parcel, requests noted before they are sent, and the job as last read.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::address::SavedShippingAddress;
use super::service::SavedService;
use crate::azure::model::{BlobList, JobActions, JobAddress, JobState, JobStatus, LogLevel};
use crate::convert::{Convert, same_fields, same_variants};
use crate::draft::answers::{DriveCheck, EncryptionAnswers, JobAnswers, ParcelAnswers};
use crate::draft::job::{Gone, KnownDrive, KnownJob};
use crate::draft::journal::{CreateIntention, Intention, Journal};

#[derive(Serialize, Deserialize)]
pub(super) struct SavedOptions {
    name: String,
    resource_group: String,
    diagnostics_path: String,
    log_level: SavedLogLevel,
    backup_manifest: bool,
    #[serde(default)]
    encryption: SavedEncryption,
    #[serde(default)]
    tags: String,
    #[serde(default)]
    confirmed: bool,
}

/// What a draft without them means.
impl Default for SavedOptions {
    fn default() -> Self {
        Self {
            name: String::new(),
            resource_group: String::new(),
            diagnostics_path: "waimportexport".into(),
            log_level: SavedLogLevel::Verbose,
            backup_manifest: true,
            encryption: SavedEncryption::default(),
            tags: String::new(),
            confirmed: false,
        }
    }
}

same_fields!(
    JobAnswers = SavedOptions {
        name,
        resource_group,
        diagnostics_path,
        log_level,
        backup_manifest,
        encryption,
        tags,
        confirmed,
    }
);

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct SavedEncryption {
    customer_managed: bool,
    url: String,
    vault: String,
    identity: String,
}

same_fields!(EncryptionAnswers = SavedEncryption { customer_managed, url, vault, identity });

#[derive(Serialize, Deserialize)]
enum SavedLogLevel {
    Error,
    Verbose,
}

same_variants!(LogLevel = SavedLogLevel { Error, Verbose });

#[derive(Default, Serialize, Deserialize)]
pub(super) struct SavedParcel {
    #[serde(default)]
    carrier: String,
    #[serde(default)]
    tracking_number: String,
    #[serde(default)]
    drive_count: String,
    #[serde(default)]
    ship_date: String,
    #[serde(default)]
    serials: String,
    #[serde(default)]
    checked: BTreeSet<SavedDriveCheck>,
}

same_fields!(ParcelAnswers = SavedParcel { carrier, tracking_number, drive_count, ship_date, serials, checked });

/// E.g. `"no-cables"`.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SavedDriveCheck {
    Kind,
    Bare,
    Sectors,
    Blank,
    Count,
    NoCables,
    Packed,
}

same_variants!(DriveCheck = SavedDriveCheck { Kind, Bare, Sectors, Blank, Count, NoCables, Packed });

#[derive(Default, Serialize, Deserialize)]
pub(super) struct SavedJournal {
    #[serde(default)]
    create: Option<SavedCreate>,
    #[serde(default)]
    list: Option<String>,
    #[serde(default)]
    ship: Option<SavedIntention>,
    #[serde(default)]
    delete: Option<SavedIntention>,
    #[serde(default)]
    cancel: Option<Timestamp>,
}

same_fields!(Journal = SavedJournal { create, list, ship, delete, cancel });

#[derive(Serialize, Deserialize)]
struct SavedCreate {
    job: SavedJobAddress,
    blobs: SavedBlobList,
    intention: SavedIntention,
    #[serde(default)]
    sent: Option<Timestamp>,
}

same_fields!(CreateIntention = SavedCreate { job, blobs, intention, sent });

#[derive(Serialize, Deserialize)]
struct SavedIntention {
    at: Timestamp,
    confirmed: bool,
}

same_fields!(Intention = SavedIntention { at, confirmed });

#[derive(Serialize, Deserialize)]
struct SavedJobAddress {
    service: SavedService,
    subscription: String,
    resource_group: String,
    name: String,
}

same_fields!(JobAddress = SavedJobAddress { service, subscription, resource_group, name });

#[derive(Serialize, Deserialize)]
enum SavedBlobList {
    Inline { paths: Vec<String>, prefixes: Vec<String> },
    File(String),
    WholeAccount,
    Containers(Vec<String>),
}

impl Convert<SavedBlobList> for BlobList {
    fn convert(self) -> SavedBlobList {
        match self {
            Self::Inline { paths, prefixes } => SavedBlobList::Inline { paths, prefixes },
            Self::File(path) => SavedBlobList::File(path),
            Self::WholeAccount => SavedBlobList::WholeAccount,
            Self::Containers(names) => SavedBlobList::Containers(names),
        }
    }
}

impl Convert<BlobList> for SavedBlobList {
    fn convert(self) -> BlobList {
        match self {
            Self::Inline { paths, prefixes } => BlobList::Inline { paths, prefixes },
            Self::File(path) => BlobList::File(path),
            Self::WholeAccount => BlobList::WholeAccount,
            Self::Containers(names) => BlobList::Containers(names),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct SavedJob {
    status: SavedStatus,
    allows: SavedActions,
    shipping: SavedShippingAddress,
    #[serde(default)]
    earlier_address: Option<SavedShippingAddress>,
    read: Timestamp,
    #[serde(default)]
    created: Option<Timestamp>,
    #[serde(default)]
    seen: Vec<(SavedStatus, Timestamp)>,
    #[serde(default)]
    gone: Option<SavedGone>,
    #[serde(default)]
    drives: Vec<SavedKnownDrive>,
    #[serde(default)]
    back: Option<String>,
    #[serde(default)]
    cancel_requested: bool,
    #[serde(default)]
    asks: bool,
}

same_fields!(
    KnownJob = SavedJob {
        status,
        allows,
        shipping,
        earlier_address,
        read,
        created,
        seen,
        gone,
        drives,
        back,
        cancel_requested,
        asks,
    }
);

#[derive(Serialize, Deserialize)]
struct SavedKnownDrive {
    id: String,
    state: String,
    troubled: bool,
    bytes: Option<u64>,
    failed_files: Option<u64>,
}

same_fields!(KnownDrive = SavedKnownDrive { id, state, troubled, bytes, failed_files });

#[derive(Serialize, Deserialize)]
struct SavedGone {
    seen: Timestamp,
    with_group: bool,
}

same_fields!(Gone = SavedGone { seen, with_group });

#[derive(Serialize, Deserialize)]
struct SavedStatus {
    state: SavedJobState,
    word: String,
}

same_fields!(JobStatus = SavedStatus { state, word });

/// E.g. `"awaiting-shipment"`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SavedJobState {
    Preparing,
    AwaitingShipment,
    Shipped,
    Received,
    Copying,
    Packing,
    Returning,
    Completed,
    CompletedWithErrors,
    Cancelled,
    Failed,
    Unknown,
}

same_variants!(
    JobState = SavedJobState {
        Preparing,
        AwaitingShipment,
        Shipped,
        Received,
        Copying,
        Packing,
        Returning,
        Completed,
        CompletedWithErrors,
        Cancelled,
        Failed,
        Unknown,
    }
);

#[derive(Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a right of its own")]
struct SavedActions {
    ship: bool,
    cancel: bool,
    delete: bool,
    change_address: bool,
}

same_fields!(JobActions = SavedActions { ship, cancel, delete, change_address });
