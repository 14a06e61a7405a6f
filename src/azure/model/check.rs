//! What a service thinks of a job before it exists.

use serde::{Deserialize, Serialize};

use super::{ReturnAddress, ServiceError};

/// One check that the service made of a new job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobCheck {
    /// What was looked at.
    pub subject: CheckSubject,
    /// What came out.
    pub result: CheckResult,
    /// The service's own reason, where it gives one.
    pub error: Option<ServiceError>,
    /// Addresses the service would rather have, without contact and company. For the address only.
    pub alternatives: Vec<ReturnAddress>,
}

impl JobCheck {
    /// Whether the service found nothing against it.
    pub fn passed(&self) -> bool {
        self.result == CheckResult::Valid
    }
}

/// What a check looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CheckSubject {
    /// Whether the subscription may create jobs.
    Subscription,
    /// Whether the service takes disks from this country for this region.
    Availability,
    /// How many jobs the subscription may have.
    JobLimit,
    /// The storage account and the blobs.
    Selection,
    /// The return address.
    Address,
    /// The wishes about transport and encryption.
    Preferences,
    /// Another one, in the word of the service.
    Other(String),
}

/// The outcome of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CheckResult {
    /// Nothing against it.
    Valid,
    /// The job would be refused, or would fail.
    Invalid,
    /// An address that may mean several.
    Ambiguous,
    /// It was not checked.
    Skipped,
    /// Another word, verbatim.
    Unknown(String),
}
