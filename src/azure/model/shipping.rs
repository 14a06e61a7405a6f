//! Where the drives of a job go back to, and the parcels in both directions.

use serde::{Deserialize, Serialize};

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
