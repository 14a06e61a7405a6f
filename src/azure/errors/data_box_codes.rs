//! The meaning of the codes of Microsoft.DataBox, in answers and inside jobs (Microsoft page: Use customer-managed keys for Import/Export).

use super::meaning::{CodeMeaning, of_kind, quoted_meaning};
use crate::azure::fault::FaultKind;

/// How the codes of the service's own errors begin.
const PREFIX: &str = "SsemUserError";

/// The meaning of `code`.
pub(super) fn code(code: &str) -> Option<CodeMeaning> {
    if code == "SsemUserCopyErrorWaitingForAction" {
        return Some(of_kind(
            FaultKind::Conflict,
            quoted_meaning(
                "the copy stopped and waits for a decision",
                "Open the job and choose one of the actions it offers.",
            ),
        ));
    }
    let short = code.strip_prefix(PREFIX)?;
    if short == "EntityNotFound" {
        let advice = "It may have been deleted or moved; check the name and the resource group.";
        return Some(quoted_meaning("it does not exist", advice));
    }
    customer_key(short).map(|(reason, advice)| of_kind(FaultKind::Conflict, quoted_meaning(reason, advice)))
}

/// The errors of a key that the customer keeps. The service reads the BitLocker keys only with it.
fn customer_key(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "EncryptionKeyDisabled" => (
            "the key in the key vault that protects this job is disabled",
            "Enable it in the key vault, then try again.",
        ),
        "EncryptionKeyExpired" => (
            "the key in the key vault that protects this job has expired",
            "Renew it in the key vault, then try again.",
        ),
        "KeyDetailsNotFound" | "KeyVaultDetailsNotFound" => (
            "the key vault or the key that protects this job cannot be found",
            "Restore it where it was deleted; a vault that was moved has to be set again in the Azure portal.",
        ),
        "KeyVaultBadRequestException" => (
            "the key vault refuses the service",
            "Let the identity of the job get, wrap and unwrap keys in the key vault, then try again.",
        ),
        "SystemAssignedIdentityAbsent" | "UserAssignedIdentityAbsent" | "KekUserIdentityNotFound" => (
            "the identity with which the service opens the key vault is gone",
            "Give the job an identity that may use the key, in the Azure portal.",
        ),
        "UserAssignedLimitReached" => {
            ("the job has as many identities as it may have", "Remove one of its identities in the Azure portal.")
        }
        "CrossTenantIdentityAccessForbidden" => (
            "the identity and the key vault belong to different tenants",
            "Choose an identity of the key vault's tenant, in the Azure portal.",
        ),
        "EncryptionKeyTypeNotSupported" => {
            ("the service cannot use this type of key", "Choose another key in the Azure portal.")
        }
        "SoftDeleteAndPurgeProtectionNotEnabled" => {
            ("the key vault lets keys be lost for good", "Switch on soft delete and purge protection of the key vault.")
        }
        "InvalidKeyVaultUrl" | "KeyVaultUrlWithInvalidScheme" | "KeyVaultUrlInvalidHost" => {
            ("the address of the key is not one of a key vault", "Choose the key again in the Azure portal.")
        }
        _ => return None,
    })
}
