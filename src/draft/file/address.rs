//! The file's part on addresses: where the drives go, and where they come back to.

use serde::{Deserialize, Serialize};

use super::service::SavedService;
use crate::azure::model::{AddressKind, LocationName, ReturnShipping, ShippingAddress};
use crate::convert::{Convert, same_fields, same_variants};
use crate::draft::answers::{AddressAnswers, ChosenLocation, TypedAddress};

impl Convert<String> for LocationName {
    fn convert(self) -> String {
        self.into()
    }
}

impl Convert<LocationName> for String {
    fn convert(self) -> LocationName {
        self.into()
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct SavedLocation {
    job_location: String,
    ships_to: String,
    title: String,
    address: SavedShippingAddress,
    carriers: Vec<String>,
    account_location: String,
    #[serde(default)]
    service: SavedService,
    #[serde(default)]
    country_code: String,
}

same_fields!(
    ChosenLocation =
        SavedLocation { service, job_location, ships_to, title, address, carriers, account_location, country_code }
);

#[derive(Serialize, Deserialize)]
pub(super) struct SavedShippingAddress {
    recipient: String,
    street1: String,
    street2: String,
    city: String,
    state: String,
    postal_code: String,
    country: String,
    phone: String,
    additional: String,
    #[serde(default)]
    street3: String,
    #[serde(default)]
    instruction: String,
}

same_fields!(
    ShippingAddress = SavedShippingAddress {
        recipient,
        street1,
        street2,
        street3,
        city,
        state,
        postal_code,
        country,
        phone,
        additional,
        instruction
    }
);

#[derive(Default, Serialize, Deserialize)]
pub(super) struct SavedReturn {
    #[serde(default)]
    address: SavedReturnAddress,
    #[serde(default)]
    shipping: SavedReturnShipping,
    #[serde(default)]
    confirmed: bool,
    #[serde(default)]
    for_location: Option<String>,
}

same_fields!(AddressAnswers = SavedReturn { address, shipping, confirmed, for_location });

#[derive(Default, Serialize, Deserialize)]
struct SavedReturnAddress {
    contact: String,
    #[serde(default)]
    company: String,
    street1: String,
    street2: String,
    #[serde(default)]
    street3: String,
    city: String,
    state: String,
    postal_code: String,
    country: String,
    phone: String,
    emails: String,
    #[serde(default)]
    kind: SavedAddressKind,
    #[serde(default)]
    tax_number: String,
}

same_fields!(
    TypedAddress = SavedReturnAddress {
        contact,
        company,
        street1,
        street2,
        street3,
        city,
        state,
        postal_code,
        country,
        phone,
        emails,
        kind,
        tax_number,
    }
);

#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SavedAddressKind {
    #[default]
    Unstated,
    Residential,
    Commercial,
}

same_variants!(AddressKind = SavedAddressKind { Unstated, Residential, Commercial });

#[derive(Default, Serialize, Deserialize)]
struct SavedReturnShipping {
    carrier: String,
    account_number: String,
}

same_fields!(ReturnShipping = SavedReturnShipping { carrier, account_number });
