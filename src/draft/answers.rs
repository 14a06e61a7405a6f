//! The answers of each step, raw as typed. `form` checks them.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use strum::VariantArray;

use crate::azure::model::{
    AddressKind, EncryptionKey, Identity, KeyIdentity, LocationName, LocationQuery, LogLevel, ReturnShipping,
    ServiceName, ShippingAddress, StorageAccount, Subscription, VaultKey,
};
use crate::select::Rule;
use crate::tree::TreePlace;

/// Cloud and identity of the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Name of the cloud.
    pub cloud: String,
    /// Tenant typed by hand, where the default one is not meant.
    pub tenant: Option<String>,
    /// Who it was the last time.
    pub identity: Identity,
}

/// The account whose blobs are exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenAccount {
    /// Its subscription.
    pub subscription: Subscription,
    /// The account as last read.
    pub account: StorageAccount,
}

impl ChosenAccount {
    /// The question to a service about this account. `country_code` is the country of the return address, e.g. `BE`, and empty while it
    /// is not known.
    pub fn location_query(&self, country_code: &str) -> LocationQuery {
        LocationQuery {
            subscription: self.subscription.id.clone(),
            resource_group: self.account.resource_group().to_owned(),
            region: LocationName::new(&self.account.location),
            country_code: country_code.to_owned(),
        }
    }
}

/// The selection, its place on screen, and the account it was made for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChosenBlobs {
    /// Rules in the order the service gets them.
    pub rules: Arc<Vec<Rule>>,
    /// Resource id of the account they were picked in.
    pub account: Option<String>,
    /// Open folders, cursor and scroll.
    pub place: TreePlace,
}

/// Where the drives go, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChosenLocation {
    /// The service that has the location.
    pub service: ServiceName,
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
    /// The country of the return address it was found for, e.g. `BE`; empty for the classic service, which does not ask.
    pub country_code: String,
}

/// The fields of a return address as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedAddress {
    /// The person or office that receives the drives.
    pub contact: String,
    /// The company, apart from the contact.
    pub company: String,
    /// First street line.
    pub street1: String,
    /// Second street line.
    pub street2: String,
    /// Third street line.
    pub street3: String,
    /// City.
    pub city: String,
    /// State or province.
    pub state: String,
    /// Postal code.
    pub postal_code: String,
    /// The country's ISO 3166-1 code of two letters, e.g. `BE`; the text as typed while it names no country.
    pub country: String,
    /// Phone.
    pub phone: String,
    /// E-mail addresses, separated by commas, semicolons or blanks.
    pub emails: String,
    /// Home or office.
    pub kind: AddressKind,
    /// The receiver's tax number.
    pub tax_number: String,
}

/// The return address form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressAnswers {
    /// Address fields as typed, right or wrong.
    pub address: TypedAddress,
    /// Carrier fields as typed.
    pub shipping: ReturnShipping,
    /// The person went past this step once.
    pub confirmed: bool,
    /// The location the carrier was chosen for.
    pub for_location: Option<LocationName>,
}

/// Job name and options as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobAnswers {
    /// Job name.
    pub name: String,
    /// Resource group the job is created in.
    pub resource_group: String,
    /// Container (and folder) for logs.
    pub diagnostics_path: String,
    /// Which blobs are logged.
    pub log_level: LogLevel,
    /// Copy drive manifests into the account.
    pub backup_manifest: bool,
    /// What protects the BitLocker keys.
    pub encryption: EncryptionAnswers,
    /// Resource tags, as `name=value` parted by commas. Drafts from before there were tags have none.
    pub tags: String,
    /// The person went past this step once.
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
            encryption: EncryptionAnswers::default(),
            tags: String::new(),
            confirmed: false,
        }
    }
}

/// What protects the BitLocker keys, as typed. Only Azure Data Box takes a key of the customer when a job is created.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EncryptionAnswers {
    /// A key in the customer's own vault, instead of one that Microsoft holds.
    pub customer_managed: bool,
    /// Address of the key.
    pub url: String,
    /// Resource id of its vault.
    pub vault: String,
    /// Resource id of the user-assigned identity that may use the key.
    pub identity: String,
}

impl EncryptionAnswers {
    /// The key as a service gets it, or as a job is read back.
    pub fn chosen(&self) -> EncryptionKey {
        if !self.customer_managed {
            return EncryptionKey::MicrosoftManaged;
        }
        let text = |typed: &str| typed.trim().to_owned();
        let identity = KeyIdentity::UserAssigned(text(&self.identity));
        EncryptionKey::CustomerManaged(VaultKey { url: text(&self.url), vault: text(&self.vault), identity })
    }
}

impl From<&EncryptionKey> for EncryptionAnswers {
    /// The answers that a job was made of, as far as the service repeats them.
    fn from(key: &EncryptionKey) -> Self {
        let EncryptionKey::CustomerManaged(key) = key else { return Self::default() };
        let (url, vault) = (key.url.clone(), key.vault.clone());
        Self { customer_managed: true, url, vault, identity: key.user_assigned().to_owned() }
    }
}

/// The parcel form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ParcelAnswers {
    /// Carrier.
    pub carrier: String,
    /// Tracking number.
    pub tracking_number: String,
    /// Drives in the parcel.
    pub drive_count: String,
    /// Ship date, as `YYYY-MM-DD`.
    pub ship_date: String,
    /// Serial numbers of the drives.
    pub serials: String,
    /// The checks of the drives that the person has made.
    pub checked: BTreeSet<DriveCheck>,
}

/// A check of the drives before they are sent. The variants stand in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub enum DriveCheck {
    /// They are of a kind that the service takes.
    Kind,
    /// None is in, or from, an external enclosure.
    Bare,
    /// Their sectors are of 512 bytes.
    Sectors,
    /// They can be written, and nobody needs what is on them.
    Blank,
    /// There are at most ten, all for this job.
    Count,
    /// No cable or adapter is with them.
    NoCables,
    /// They are packed and marked.
    Packed,
}
