//! A draft: everything a person has answered so far, as one value that survives `kill -9`. Types only; files are `store`'s business.
//!
//! No secret has a field here: tokens, keys and passwords stay in memory.

mod direct;
mod drives;
mod job;
mod journal;
pub mod migrate;
mod server;
pub mod store;
mod unlocked;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::azure::model::{
    Identity, JobAddress, LocationName, LogLevel, ReturnAddress, ReturnShipping, ShippingAddress, StorageAccount,
    Subscription,
};
use crate::protocol::step::Step;
use crate::select::Rule;
use crate::tree::TreePlace;

pub use direct::DirectAccount;
pub use drives::{CountedTotals, DriveAnswers, PartOf, PlannedDrives};
pub use job::{Gone, KnownJob};
pub use journal::{CreateIntention, Intention, Journal};
pub use server::AccountServer;
pub use unlocked::Unlocked;

/// The version this program writes. Older ones are migrated, newer ones refused and left untouched.
pub const VERSION: u32 = 3;

/// Names a draft; also its file name. Made of the creation time and a random tail, so it sorts by age.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DraftId(String);

impl DraftId {
    /// From text a person or a file name gave; letters, digits and hyphens only, 1 to 64 of them.
    pub fn parse(text: &str) -> Option<Self> {
        let fine = !text.is_empty() && text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        fine.then(|| Self(text.to_owned()))
    }

    /// A new id from the time and 32 random bits, e.g. `20261122-2104-7f3a09c1`.
    pub fn new(now: Timestamp, random: u32) -> Self {
        Self(format!("{}-{random:08x}", now.strftime("%Y%m%d-%H%M")))
    }

    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DraftId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Everything answered so far, and where the person stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Layout version of this value, see [`VERSION`].
    pub version: u32,
    /// Its name.
    pub id: DraftId,
    /// Made in a rehearsal: it belongs to the simulated Azure and to nothing else.
    pub rehearsal: bool,
    /// When it was begun.
    pub created: Timestamp,
    /// When it was last changed.
    pub changed: Timestamp,
    /// The step the person is on.
    pub step: Step,
    /// The step the person last worked on. Going back to look does not change it, so that the draft is resumed where the work is.
    #[serde(default)]
    pub worked_on: Option<Step>,
    /// The focused field or row of each step that has one.
    #[serde(default)]
    pub focus: BTreeMap<Step, usize>,
    /// Cloud and way of signing in.
    #[serde(default)]
    pub sign_in: Option<SignedIn>,
    /// Subscription and storage account.
    #[serde(default)]
    pub account: Option<ChosenAccount>,
    /// Where the person let the sign-in be used although the server is none of the cloud's.
    #[serde(default)]
    pub allowed_server: Option<AccountServer>,
    /// The account as it was opened without a sign-in; counts while none is chosen.
    #[serde(default)]
    pub given: Option<DirectAccount>,
    /// What is exported.
    #[serde(default)]
    pub selection: ChosenBlobs,
    /// How many drives that takes.
    #[serde(default)]
    pub drives: DriveAnswers,
    /// Which job of a split export this is; `None` for an export that was never split.
    #[serde(default)]
    pub part: Option<PartOf>,
    /// Where the drives are shipped.
    #[serde(default)]
    pub location: Option<ChosenLocation>,
    /// Return address and carrier, raw as typed.
    #[serde(default)]
    pub address: AddressAnswers,
    /// Job name and options, raw as typed.
    #[serde(default)]
    pub options: JobAnswers,
    /// What was sent, or was about to be sent, that cannot be taken back.
    #[serde(default)]
    pub journal: Journal,
    /// The parcel to Microsoft, raw as typed.
    #[serde(default)]
    pub parcel: ParcelAnswers,
    /// What the service last said about the job, so that a resumed draft has something to show at once.
    #[serde(default)]
    pub job: Option<KnownJob>,
    /// File the BitLocker keys were saved to; never the keys.
    #[serde(default)]
    pub keys_file: Option<String>,
}

impl Draft {
    /// An empty draft that stands on the first step.
    pub fn new(id: DraftId, rehearsal: bool, now: Timestamp) -> Self {
        Self {
            version: VERSION,
            id,
            rehearsal,
            created: now,
            changed: now,
            step: Step::SignIn,
            worked_on: None,
            focus: BTreeMap::new(),
            sign_in: None,
            account: None,
            allowed_server: None,
            given: None,
            selection: ChosenBlobs::default(),
            drives: DriveAnswers::default(),
            part: None,
            location: None,
            address: AddressAnswers::default(),
            options: JobAnswers::default(),
            journal: Journal::default(),
            parcel: ParcelAnswers::default(),
            job: None,
            keys_file: None,
        }
    }

    /// The same answers for another job: nothing of what was sent comes along, and no step beyond the review.
    pub fn for_another_job(&self, id: DraftId, now: Timestamp) -> Self {
        Self {
            id,
            created: now,
            changed: now,
            step: self.resumes_at().min(Step::Review),
            worked_on: None,
            journal: Journal::default(),
            parcel: ParcelAnswers::default(),
            job: None,
            keys_file: None,
            ..self.clone()
        }
    }

    /// The step to open when it is resumed.
    pub fn resumes_at(&self) -> Step {
        self.worked_on.unwrap_or(self.step)
    }

    /// Whether the other draft has the same answers, wherever on screen it stands.
    pub fn answers_like(&self, other: &Self) -> bool {
        let there = Self {
            step: self.step,
            worked_on: self.worked_on,
            focus: self.focus.clone(),
            changed: self.changed,
            selection: ChosenBlobs { place: self.selection.place.clone(), ..other.selection.clone() },
            ..other.clone()
        };
        *self == there
    }

    /// Whether nothing was answered yet: there is nothing to keep. A rehearsal signs in by itself.
    pub fn is_untouched(&self) -> bool {
        let sign_in = self.sign_in.clone().filter(|_| self.rehearsal);
        self.answers_like(&Self { sign_in, ..Self::new(self.id.clone(), self.rehearsal, self.created) })
    }

    /// The job this draft made or is about to make, once its name is settled.
    pub fn job_address(&self) -> Option<&JobAddress> {
        self.journal.create.as_ref().map(|create| &create.job)
    }

    /// The create request that was sent and that the service has neither confirmed nor can be said to have missed.
    pub fn open_create(&self) -> Option<&CreateIntention> {
        let open = |create: &&CreateIntention| create.sent.is_some() && !create.intention.confirmed;
        self.journal.create.as_ref().filter(open).filter(|_| !self.has_job())
    }

    /// Whether the service made the job; from then on its answers can no longer be edited, also when the job is gone.
    pub fn has_job(&self) -> bool {
        self.job.is_some()
    }

    /// That the service answered that the job does not exist any more.
    pub fn gone(&self) -> Option<Gone> {
        self.job.as_ref().and_then(|known| known.gone)
    }
}

/// Cloud and identity of the session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// Name of the cloud.
    pub cloud: String,
    /// Tenant typed by hand, where the default one is not meant.
    #[serde(default)]
    pub tenant: Option<String>,
    /// Who it was the last time.
    pub identity: Identity,
}

/// The account whose blobs are exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenAccount {
    /// Its subscription.
    pub subscription: Subscription,
    /// The account as last read.
    pub account: StorageAccount,
}

/// The selection, its place on screen, and the account it was made for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ChosenBlobs {
    /// Rules in the order the service gets them.
    #[serde(default)]
    pub rules: Arc<Vec<Rule>>,
    /// Resource id of the account they were picked in.
    #[serde(default)]
    pub account: Option<String>,
    /// Open folders, cursor and scroll.
    #[serde(default)]
    pub place: TreePlace,
}

/// Where the drives go, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenLocation {
    /// Region the job is created in.
    pub job_location: LocationName,
    /// Location that receives the drives.
    pub ships_to: LocationName,
    /// Its display name.
    pub title: String,
    /// Its address as listed; shown as a preview only, the job's own address counts.
    pub address: ShippingAddress,
    /// Carriers it names for the way back.
    pub carriers: Vec<String>,
    /// The account region this answer was found for.
    pub account_location: LocationName,
}

/// The return address form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressAnswers {
    /// Address fields as typed, right or wrong.
    #[serde(default)]
    pub address: ReturnAddress,
    /// Carrier fields as typed.
    #[serde(default)]
    pub shipping: ReturnShipping,
    /// The person went past this step once.
    #[serde(default)]
    pub confirmed: bool,
    /// The location the carrier was chosen for.
    #[serde(default)]
    pub for_location: Option<LocationName>,
}

/// Job name and options as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobAnswers {
    /// Job name.
    pub name: String,
    /// Resource group the job is created in.
    pub resource_group: String,
    /// Container (and folder) for logs.
    pub diagnostics_path: String,
    /// What is logged.
    pub log_level: LogLevel,
    /// Copy drive manifests into the account.
    pub backup_manifest: bool,
    /// Resource tags, as `name=value` parted by commas. Drafts from before there were tags have none.
    #[serde(default)]
    pub tags: String,
    /// The person went past this step once.
    #[serde(default)]
    pub confirmed: bool,
}

impl Default for JobAnswers {
    fn default() -> Self {
        Self {
            name: String::new(),
            resource_group: String::new(),
            diagnostics_path: "waimportexport".into(),
            log_level: LogLevel::Verbose,
            backup_manifest: true,
            tags: String::new(),
            confirmed: false,
        }
    }
}

/// The parcel form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelAnswers {
    /// Carrier.
    #[serde(default)]
    pub carrier: String,
    /// Tracking number.
    #[serde(default)]
    pub tracking_number: String,
    /// Drives in the parcel.
    #[serde(default)]
    pub drive_count: String,
    /// Ship date, as `YYYY-MM-DD`.
    #[serde(default)]
    pub ship_date: String,
}

/// A draft on disk, as the start screen lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftEntry {
    /// Its name.
    pub id: DraftId,
    /// When the file was last written.
    pub changed: Timestamp,
    /// What could be read of it.
    pub content: DraftSummary,
}

/// What could be read of a listed draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftSummary {
    /// It can be opened.
    Ready {
        /// The step it stands on.
        step: Step,
        /// It belongs to the simulated Azure.
        rehearsal: bool,
        /// Storage account, once chosen.
        account: Option<String>,
        /// Job name, once typed.
        job: Option<String>,
        /// What the service last said of the job.
        state: Option<crate::azure::model::JobState>,
        /// The service answered that the job does not exist any more.
        gone: bool,
        /// Which job of a split export it is.
        part: Option<PartOf>,
    },
    /// It cannot be opened; why and what to do, one sentence.
    Refused(String),
}
