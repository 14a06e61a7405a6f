//! What is known of a service before a job is made with it.

use serde::{Deserialize, Serialize};

use super::{LocationName, ServiceName};

/// For which account and which country a service is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocationQuery {
    /// Subscription GUID.
    pub subscription: String,
    /// Resource group of the storage account.
    pub resource_group: String,
    /// Region of the storage account.
    pub region: LocationName,
    /// ISO 3166-1 code of two letters of the country that the drives go back to, e.g. `BE`; empty while it is not known.
    pub country_code: String,
}

/// Whether a service takes the job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Offer {
    /// It does.
    Offered,
    /// It does not, and why, one sentence without a full stop.
    NotOffered(String),
    /// It could not be found out, and why, one sentence without a full stop.
    Unknown(String),
    /// The subscription has to be registered for it first.
    NotRegistered,
}

/// One service and whether it takes the job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceOffer {
    /// The service.
    pub service: ServiceName,
    /// The registration of the subscription, verbatim, e.g. `Registered`; empty where it is not known.
    pub registration: String,
    /// The api-versions in which it takes jobs; empty where it takes none or where they are not known.
    pub versions: Vec<String>,
    /// Whether it takes the job.
    pub offer: Offer,
}
