//! The service that a request is for: it decides the scope of the token.

use crate::azure::cloud::Cloud;

/// The service that a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Audience {
    /// Azure Resource Manager.
    Arm,
    /// Blob storage.
    Storage,
}

impl Audience {
    /// The OAuth 2.0 scope of this service in `cloud`.
    pub(crate) fn scope(self, cloud: &Cloud) -> String {
        match self {
            Self::Arm => cloud.arm_scope(),
            Self::Storage => Cloud::storage_scope().to_owned(),
        }
    }
}
