//! How the BitLocker keys of a job are protected. Both services write it alike in their answers; only Azure Data Box takes a key of the
//! customer in the request that creates a job.

use serde_json::{Map, Value, json};

use super::json::JsonView;
use crate::azure::model::{EncryptionKey, KeyIdentity, VaultKey};

/// `kekType`, `kekUrl`, `kekVaultResourceID` and `identityProperties`; a key that Microsoft holds where nothing is said.
pub(super) fn encryption(view: JsonView<'_>) -> EncryptionKey {
    if !view.at("kekType").text().eq_ignore_ascii_case("CustomerManaged") {
        return EncryptionKey::MicrosoftManaged;
    }
    EncryptionKey::CustomerManaged(VaultKey {
        url: view.at("kekUrl").word().unwrap_or_default(),
        vault: view.at("kekVaultResourceID").word().unwrap_or_default(),
        identity: identity(view.at("identityProperties")),
    })
}

fn identity(view: JsonView<'_>) -> KeyIdentity {
    match (view.at("userAssigned").at("resourceId").word(), view.at("type").text()) {
        (Some(id), _) => KeyIdentity::UserAssigned(id),
        (None, kind) if kind.eq_ignore_ascii_case("SystemAssigned") => KeyIdentity::SystemAssigned,
        (None, _) => KeyIdentity::Unstated,
    }
}

/// The member `keyEncryptionKey`, and the member `identity` of the job that names the identity in it. Nothing for a key that Microsoft
/// holds: it is the service's default.
pub(super) fn request_members(encryption: &EncryptionKey) -> Option<(Value, Value)> {
    let EncryptionKey::CustomerManaged(key) = encryption else { return None };
    let id = key.user_assigned();
    let of_key = json!({
        "kekType": "CustomerManaged",
        "kekUrl": key.url,
        "kekVaultResourceID": key.vault,
        "identityProperties": { "type": "UserAssigned", "userAssigned": { "resourceId": id } },
    });
    let listed = Map::from_iter([(id.to_owned(), json!({}))]);
    Some((of_key, json!({ "type": "UserAssigned", "userAssignedIdentities": listed })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_written_and_with_parts_that_are_missing() {
        let read = |value: &Value| encryption(JsonView::new(value));
        let key = VaultKey {
            url: "https://v.vault.azure.net/keys/k/1".into(),
            vault: "/subscriptions/s/v".into(),
            identity: KeyIdentity::UserAssigned("/subscriptions/s/i".into()),
        };
        let key = EncryptionKey::CustomerManaged(key);
        assert_eq!(read(&request_members(&key).unwrap().0), key);
        assert_eq!(request_members(&EncryptionKey::MicrosoftManaged), None);
        assert_eq!(read(&json!({ "kekType": "MicrosoftManaged" })), EncryptionKey::MicrosoftManaged);
        let bare = read(&json!({ "kekType": "customermanaged", "identityProperties": { "type": "systemassigned" } }));
        let own = VaultKey { identity: KeyIdentity::SystemAssigned, ..VaultKey::default() };
        assert_eq!(bare, EncryptionKey::CustomerManaged(own));
    }
}
