//! What protects the BitLocker keys of a job at the service (Microsoft page: Use customer-managed keys for Import/Export).

use serde::{Deserialize, Serialize};

/// How the BitLocker keys themselves are protected by the service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum EncryptionKey {
    /// By a key Microsoft holds, the default.
    #[default]
    MicrosoftManaged,
    /// By a key in the customer's vault.
    CustomerManaged(VaultKey),
}

/// A key in a key vault. A member that the service does not repeat is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaultKey {
    /// Address of the key, e.g. `https://media-vault.vault.azure.net/keys/export`.
    pub url: String,
    /// Resource id of the vault.
    pub vault: String,
    /// The identity with which the service opens the vault.
    pub identity: KeyIdentity,
}

/// The identity with which the service opens a key vault.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyIdentity {
    /// The service does not say.
    #[default]
    Unstated,
    /// The job's own, which exists once the job does.
    SystemAssigned,
    /// A user-assigned one, by its resource id.
    UserAssigned(String),
}

impl VaultKey {
    /// The resource id of its user-assigned identity; empty where it has none.
    pub fn user_assigned(&self) -> &str {
        if let KeyIdentity::UserAssigned(id) = &self.identity { id } else { "" }
    }
}
