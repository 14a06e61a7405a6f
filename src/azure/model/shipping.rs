//! Where the drives of a job go back to, and the parcels in both directions.

use serde::{Deserialize, Serialize};

/// The person or office the drives go back to. Empty where nothing was given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnAddress {
    /// Required: who receives the drives.
    pub contact: String,
    /// The company, apart from the contact.
    pub company: String,
    /// Required.
    pub street1: String,
    /// Second street line.
    pub street2: String,
    /// Third street line.
    pub street3: String,
    /// Required.
    pub city: String,
    /// State or province.
    pub state: String,
    /// Required.
    pub postal_code: String,
    /// Required: the country's name as the classic service takes it, e.g. `Belgium`.
    pub country: String,
    /// The country's ISO 3166-1 code of two letters, e.g. `BE`, where it is known. Data Box takes the code.
    pub country_code: String,
    /// Required.
    pub phone: String,
    /// Required, at least one; Microsoft advises a group mailbox.
    pub emails: Vec<String>,
    /// Home or office.
    pub kind: AddressKind,
    /// The tax number that some countries want on a parcel.
    pub tax_number: String,
}

impl ReturnAddress {
    /// Company and contact in one line, e.g. `Contoso Ltd, Ana Example`.
    pub fn recipient(&self) -> String {
        joined([&self.company, &self.contact])
    }
}

impl ReturnAddress {
    /// Street, city and country in one line.
    pub fn place(&self) -> String {
        let Self { street1, street2, street3, city, state, postal_code, country, .. } = self;
        joined([street1, street2, street3, city, state, postal_code, country])
    }
}

/// The texts that are not empty, with commas between them.
pub(crate) fn joined<const N: usize>(parts: [&str; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Whether an address is a home or an office. Carriers treat them differently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AddressKind {
    /// Not said.
    #[default]
    Unstated,
    /// A home.
    Residential,
    /// An office.
    Commercial,
}

/// The carrier that takes the drives back, and the customer's account with it.
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

impl ReturnPackage {
    /// Carrier and tracking number: `FedEx 998877`.
    pub fn words(&self) -> String {
        format!("{} {}", self.carrier.trim(), self.tracking_number.trim()).trim().to_owned()
    }
}
