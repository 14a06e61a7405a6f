//! The file's part on the job: options, parcel, what was about to be sent, and what the service last said.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::address::SavedShippingAddress;
use super::convert::{Convert, same_fields, same_variants};
use crate::azure::model::{BlobList, JobAddress, JobState, LogLevel};
use crate::draft::answers::{JobAnswers, ParcelAnswers};
use crate::draft::job::{Gone, KnownJob};
use crate::draft::journal::{CreateIntention, Intention, Journal};

#[derive(Serialize, Deserialize)]
pub(super) struct SavedOptions {
    name: String,
    resource_group: String,
    diagnostics_path: String,
    log_level: SavedLogLevel,
    backup_manifest: bool,
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
            tags: String::new(),
            confirmed: false,
        }
    }
}

same_fields!(
    JobAnswers = SavedOptions { name, resource_group, diagnostics_path, log_level, backup_manifest, tags, confirmed }
);

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
}

same_fields!(ParcelAnswers = SavedParcel { carrier, tracking_number, drive_count, ship_date });

#[derive(Default, Serialize, Deserialize)]
pub(super) struct SavedJournal {
    #[serde(default)]
    create: Option<SavedCreate>,
    #[serde(default)]
    list: Option<String>,
    #[serde(default)]
    ship: Option<SavedIntention>,
}

same_fields!(Journal = SavedJournal { create, list, ship });

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
    subscription: String,
    resource_group: String,
    name: String,
}

same_fields!(JobAddress = SavedJobAddress { subscription, resource_group, name });

#[derive(Serialize, Deserialize)]
enum SavedBlobList {
    Inline { paths: Vec<String>, prefixes: Vec<String> },
    File(String),
}

impl Convert<SavedBlobList> for BlobList {
    fn convert(self) -> SavedBlobList {
        match self {
            Self::Inline { paths, prefixes } => SavedBlobList::Inline { paths, prefixes },
            Self::File(path) => SavedBlobList::File(path),
        }
    }
}

impl Convert<BlobList> for SavedBlobList {
    fn convert(self) -> BlobList {
        match self {
            Self::Inline { paths, prefixes } => BlobList::Inline { paths, prefixes },
            Self::File(path) => BlobList::File(path),
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct SavedJob {
    state: SavedJobState,
    shipping: SavedShippingAddress,
    read: Timestamp,
    #[serde(default)]
    created: Option<Timestamp>,
    #[serde(default)]
    seen: Vec<(SavedJobState, Timestamp)>,
    #[serde(default)]
    gone: Option<SavedGone>,
}

same_fields!(KnownJob = SavedJob { state, shipping, read, created, seen, gone });

#[derive(Serialize, Deserialize)]
struct SavedGone {
    seen: Timestamp,
    with_group: bool,
}

same_fields!(Gone = SavedGone { seen, with_group });

/// E.g. `"Shipping"`, or `{"Other": "Faulted"}` for a word that no document lists.
#[derive(Serialize, Deserialize)]
enum SavedJobState {
    Creating,
    Shipping,
    Received,
    Transferring,
    Packaging,
    Completed,
    Closed,
    Other(String),
}

impl Convert<SavedJobState> for JobState {
    fn convert(self) -> SavedJobState {
        match self {
            Self::Creating => SavedJobState::Creating,
            Self::Shipping => SavedJobState::Shipping,
            Self::Received => SavedJobState::Received,
            Self::Transferring => SavedJobState::Transferring,
            Self::Packaging => SavedJobState::Packaging,
            Self::Completed => SavedJobState::Completed,
            Self::Closed => SavedJobState::Closed,
            Self::Other(word) => SavedJobState::Other(word),
        }
    }
}

impl Convert<JobState> for SavedJobState {
    fn convert(self) -> JobState {
        match self {
            Self::Creating => JobState::Creating,
            Self::Shipping => JobState::Shipping,
            Self::Received => JobState::Received,
            Self::Transferring => JobState::Transferring,
            Self::Packaging => JobState::Packaging,
            Self::Completed => JobState::Completed,
            Self::Closed => JobState::Closed,
            Self::Other(word) => JobState::Other(word),
        }
    }
}
