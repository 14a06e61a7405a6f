//! Whether a key vault lets the service use a key of the customer. The codes are those of Microsoft's page (Use customer-managed keys for
//! Import/Export).

use serde::{Deserialize, Serialize};

/// Whether the key vault lets the service use a key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum VaultAccess {
    /// It does.
    #[default]
    Granted,
    /// The identity may not use the key.
    Forbidden,
    /// The key is disabled.
    KeyDisabled,
    /// The key or its vault is gone.
    KeyMissing,
    /// The vault lets keys be lost for good.
    Unprotected,
}

impl VaultAccess {
    /// Code and message of the refusal; `None` where the key can be used.
    pub(super) fn refusal(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Granted => return None,
            Self::Forbidden => (
                "SsemUserErrorKeyVaultBadRequestException",
                "The identity of the order has no get, wrapkey and unwrapkey permissions on the key vault.",
            ),
            Self::KeyDisabled => ("SsemUserErrorEncryptionKeyDisabled", "The key encryption key is disabled."),
            Self::KeyMissing => ("SsemUserErrorKeyDetailsNotFound", "The key encryption key was not found."),
            Self::Unprotected => (
                "SsemUserErrorSoftDeleteAndPurgeProtectionNotEnabled",
                "Soft delete and purge protection are not enabled on the key vault.",
            ),
        })
    }
}
