//! How the BitLocker keys of a job are protected, which both services write alike.

use super::json::JsonView;
use crate::azure::model::EncryptionKey;

/// `kekType` and `kekUrl`; a key that Microsoft holds where nothing is said.
pub(super) fn encryption(view: JsonView<'_>) -> EncryptionKey {
    if view.at("kekType").text().eq_ignore_ascii_case("CustomerManaged") {
        EncryptionKey::CustomerManaged(view.at("kekUrl").word())
    } else {
        EncryptionKey::MicrosoftManaged
    }
}
