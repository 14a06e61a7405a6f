//! The answer of Jobs - List Credentials: the BitLocker keys. The carrier account number, which comes with them, is not read.

use super::{super::json::JsonView, members::error};
use crate::azure::model::{BitLockerKey, ServiceError};

/// The keys, and why some are missing where the service says so.
pub(crate) struct DriveKeys {
    pub(crate) keys: Vec<BitLockerKey>,
    pub(crate) error: Option<ServiceError>,
}

/// The keys of every drive; `None` when the answer holds no list. A drive without a key is left out.
pub(crate) fn keys(view: JsonView<'_>) -> Option<DriveKeys> {
    view.at("value").array()?;
    let secrets: Vec<JsonView<'_>> = view.at("value").items().map(|entry| entry.at("jobSecrets")).collect();
    let disks = secrets.iter().flat_map(|secrets| secrets.at("diskSecrets").items());
    let keys = disks.filter_map(|disk| {
        Some(BitLockerKey { drive: disk.at("diskSerialNumber").word()?, key: disk.at("bitLockerKey").word()?.into() })
    });
    Some(DriveKeys { keys: keys.collect(), error: secrets.iter().find_map(|secrets| error(secrets.at("error"))) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;
    use serde_json::json;

    #[test]
    fn keys_of_either_form_are_taken_verbatim_and_nothing_else_is() {
        let value = json!({ "value": [{ "jobName": "n", "jobSecrets": {
            "jobSecretsType": "DataBoxCustomerDisk", "dcAccessSecurityCode": {}, "carrierAccountNumber": "A-77",
            "diskSecrets": [
                { "diskSerialNumber": "WD-A", "bitLockerKey": "000011-000022" }, { "diskSerialNumber": "WD-B", "bitLockerKey": "q83v+/==" },
                { "diskSerialNumber": "WD-C", "bitLockerKey": "" }
            ]
        } }] });
        let read = keys(JsonView::new(&value)).unwrap();
        let keys: Vec<_> = read.keys.iter().map(|key| (key.drive.as_str(), key.key.expose_secret())).collect();
        assert_eq!(keys, [("WD-A", "000011-000022"), ("WD-B", "q83v+/==")]);
        assert_eq!(read.error, None);
    }

    #[test]
    fn an_error_in_place_of_keys_is_kept_and_no_list_is_no_answer() {
        let value = json!({ "value": [{ "jobSecrets": { "error": { "code": "SsemUserErrorEncryptionKeyDisabled", "message": "Disabled." } } }] });
        let read = keys(JsonView::new(&value)).unwrap();
        assert_eq!((read.keys.len(), read.error.unwrap().code.as_str()), (0, "SsemUserErrorEncryptionKeyDisabled"));
        assert!(keys(JsonView::new(&json!({}))).is_none());
        assert_eq!(keys(JsonView::new(&json!({ "value": [] }))).unwrap().keys.len(), 0);
    }
}
