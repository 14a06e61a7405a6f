//! The draft file as a whole.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::account::{SavedAccount, SavedDirectAccount, SavedServer, SavedSignIn};
use super::address::{SavedLocation, SavedReturn};
use super::blobs::SavedBlobs;
use super::drives::{SavedDrives, SavedPart};
use super::job::{SavedJob, SavedJournal, SavedOptions, SavedParcel};
use super::service::SavedService;
use super::verified::SavedVerification;
use crate::convert::{Convert, same_fields, same_variants};
use crate::draft::draft::Draft;
use crate::draft::id::DraftId;
use crate::protocol::step::Step;

/// Everything in the file. A draft of an older program may lack the fields with a default.
#[derive(Serialize, Deserialize)]
struct DraftFile {
    version: u32,
    id: String,
    rehearsal: bool,
    created: Timestamp,
    changed: Timestamp,
    step: SavedStep,
    #[serde(default)]
    worked_on: Option<SavedStep>,
    #[serde(default)]
    focus: BTreeMap<SavedStep, usize>,
    #[serde(default)]
    sign_in: Option<SavedSignIn>,
    #[serde(default)]
    account: Option<SavedAccount>,
    #[serde(default)]
    allowed_server: Option<SavedServer>,
    #[serde(default)]
    given: Option<SavedDirectAccount>,
    #[serde(default)]
    service: Option<SavedService>,
    #[serde(default)]
    selection: SavedBlobs,
    #[serde(default)]
    drives: SavedDrives,
    #[serde(default)]
    part: Option<SavedPart>,
    #[serde(default)]
    location: Option<SavedLocation>,
    #[serde(default)]
    address: SavedReturn,
    #[serde(default)]
    options: SavedOptions,
    #[serde(default)]
    journal: SavedJournal,
    #[serde(default)]
    parcel: SavedParcel,
    #[serde(default)]
    job: Option<SavedJob>,
    #[serde(default)]
    keys_file: Option<String>,
    #[serde(default)]
    keys_of: Vec<String>,
    #[serde(default)]
    papers: Vec<String>,
    #[serde(default)]
    verified: SavedVerification,
}

same_fields!(
    Draft = DraftFile {
        version,
        id,
        rehearsal,
        created,
        changed,
        step,
        worked_on,
        focus,
        sign_in,
        account,
        allowed_server,
        given,
        service,
        selection,
        drives,
        part,
        location,
        address,
        options,
        journal,
        parcel,
        job,
        keys_file,
        keys_of,
        papers,
        verified,
    }
);

impl Convert<String> for DraftId {
    fn convert(self) -> String {
        self.as_str().to_owned()
    }
}

impl Convert<DraftId> for String {
    fn convert(self) -> DraftId {
        DraftId::from_file(self)
    }
}

/// A step of the wizard, e.g. `"sign-in"`. In the order a person takes them, which is their order in `focus`.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SavedStep {
    SignIn,
    Account,
    Blobs,
    Drives,
    Address,
    Location,
    Options,
    Review,
    Ship,
    Follow,
    Keys,
    Verify,
}

same_variants!(
    Step = SavedStep { SignIn, Account, Blobs, Drives, Address, Location, Options, Review, Ship, Follow, Keys, Verify }
);

/// The bytes of the file.
///
/// # Errors
/// Text and numbers can always be written; the library does not say so in its types.
pub(in crate::draft) fn write(draft: &Draft) -> serde_json::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(draft)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Wherever a draft is written down, a recording included, it has the form of the file.
impl Serialize for Draft {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Convert::<DraftFile>::convert(self.clone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Draft {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        DraftFile::deserialize(deserializer).map(Convert::convert)
    }
}
