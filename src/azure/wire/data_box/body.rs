//! The bodies that create a job, change it, and tell the service of it. Members that are not set are left out: neither `""` nor `null` is
//! sent. Parts of a job are sent whole, because the service requires members within them.

use serde_json::{Map, Value, json};

use super::{EXPORT, SKU, address, members::set, selection};
use crate::azure::model::{DeliveryPackage, JobChange, NewJob, ReturnShipping};
use crate::azure::wire::encryption::request_members;

/// The body of Jobs - Create.
pub(crate) fn create(job: &NewJob) -> Value {
    let details = json!({
        "jobDetailsType": SKU,
        "contactDetails": address::contact(&job.return_address),
        "shippingAddress": address::shipping(&job.return_address),
        "dataExportDetails": [export_details(job)],
        "returnToCustomerPackageDetails": return_shipping(&job.return_shipping),
        "enableManifestBackup": job.backup_manifest,
    });
    let mut body = json!({
        "location": job.location.as_str(),
        "sku": { "name": SKU },
        "properties": { "transferType": EXPORT, "details": details },
    });
    if let Some((key, identity)) = request_members(&job.encryption) {
        body["properties"]["details"]["keyEncryptionKey"] = key;
        body["identity"] = identity;
    }
    if !job.tags.is_empty() {
        body["tags"] = job.tags.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect();
    }
    body
}

/// The one account of a job and what of it is exported. Without a log level the service takes the lesser one.
pub(super) fn export_details(job: &NewJob) -> Value {
    json!({
        "transferConfiguration": selection::transfer_configuration(&job.blobs),
        "logCollectionLevel": job.log_level.as_str(),
        "accountDetails": { "dataAccountType": "StorageAccount", "storageAccountId": job.storage_account },
    })
}

/// The body of Jobs - Update; `None` when the change has nothing that is sent with it.
pub(crate) fn update(change: &JobChange) -> Option<Value> {
    let mut details = Map::new();
    if let Some(address) = &change.return_address {
        details.insert("contactDetails".into(), address::contact(address));
        details.insert("shippingAddress".into(), address::shipping(address));
    }
    if let Some(shipping) = &change.return_shipping {
        details.insert("returnToCustomerPackageDetails".into(), return_shipping(shipping));
    }
    (!details.is_empty()).then(|| json!({ "properties": { "details": details } }))
}

/// The body of Jobs - Cancel.
pub(crate) fn cancel(reason: &str) -> Value {
    json!({ "reason": reason })
}

/// The body of Jobs - Mark Devices Shipped. The service has no place for the number of drives and the date.
pub(crate) fn mark_devices_shipped(package: Option<&DeliveryPackage>) -> Value {
    let empty = DeliveryPackage::default();
    let package = package.unwrap_or(&empty);
    json!({ "deliverToDcPackageDetails": set(&[
        ("carrierName", &package.carrier),
        ("trackingId", &package.tracking_number),
    ]) })
}

/// The body of Mitigate: what the customer decides, for one drive or for the job.
pub(crate) fn mitigate(drive: Option<&str>, resolution: &str) -> Value {
    match drive {
        Some(serial) => json!({ "serialNumberCustomerResolutionMap": { serial: resolution } }),
        None => json!({ "customerResolutionCode": resolution }),
    }
}

fn return_shipping(shipping: &ReturnShipping) -> Value {
    set(&[("carrierName", &shipping.carrier), ("carrierAccountNumber", &shipping.account_number)])
}

#[cfg(test)]
mod tests {
    use super::super::fixtures;
    use super::*;
    use crate::azure::model::{BlobList, EncryptionKey, KeyIdentity, VaultKey};

    #[test]
    fn a_job_is_created_with_every_member_that_the_service_requires() {
        let body = create(&fixtures::new_job(BlobList::WholeAccount));
        assert_eq!(
            body,
            json!({
                "location": "northeurope",
                "sku": { "name": "DataBoxCustomerDisk" },
                "tags": { "project": "film" },
                "properties": {
                    "transferType": "ExportFromAzure",
                    "details": {
                        "jobDetailsType": "DataBoxCustomerDisk",
                        "contactDetails": {
                            "contactName": "Ana Lopes", "phone": "+32 2 555 01 00", "emailList": ["it@studio.example", "ana@studio.example"]
                        },
                        "shippingAddress": {
                            "streetAddress1": "Kaai 4", "streetAddress3": "Dock B", "city": "Gent", "country": "BE", "postalCode": "9000",
                            "companyName": "Studio Noord", "addressType": "Commercial", "taxIdentificationNumber": "BE0123"
                        },
                        "dataExportDetails": [{
                            "transferConfiguration": {
                                "transferConfigurationType": "TransferAll",
                                "transferAllDetails": { "include": {
                                    "dataAccountType": "StorageAccount", "transferAllBlobs": true, "transferAllFiles": false
                                } }
                            },
                            "logCollectionLevel": "Verbose",
                            "accountDetails": { "dataAccountType": "StorageAccount", "storageAccountId": fixtures::ACCOUNT }
                        }],
                        "returnToCustomerPackageDetails": { "carrierName": "DHL", "carrierAccountNumber": "A-77" },
                        "enableManifestBackup": true
                    }
                }
            })
        );
    }

    #[test]
    fn a_key_of_the_customer_comes_with_the_identity_that_opens_its_vault() {
        let job = fixtures::new_job(BlobList::WholeAccount);
        let without = create(&job);
        assert!(without.get("identity").is_none(), "{without}");
        let key = VaultKey {
            url: "https://film-vault.vault.azure.net/keys/export".into(),
            vault: "/subscriptions/0f0e/resourceGroups/g/providers/Microsoft.KeyVault/vaults/film-vault".into(),
            identity: KeyIdentity::UserAssigned("/subscriptions/0f0e/identities/export".into()),
        };
        let mut expected = without;
        expected["properties"]["details"]["keyEncryptionKey"] = json!({
            "kekType": "CustomerManaged",
            "kekUrl": "https://film-vault.vault.azure.net/keys/export",
            "kekVaultResourceID": "/subscriptions/0f0e/resourceGroups/g/providers/Microsoft.KeyVault/vaults/film-vault",
            "identityProperties": {
                "type": "UserAssigned", "userAssigned": { "resourceId": "/subscriptions/0f0e/identities/export" }
            }
        });
        expected["identity"] = json!({
            "type": "UserAssigned", "userAssignedIdentities": { "/subscriptions/0f0e/identities/export": {} }
        });
        assert_eq!(create(&NewJob { encryption: EncryptionKey::CustomerManaged(key), ..job }), expected);
    }

    #[test]
    fn a_patch_holds_whole_parts_and_only_those_that_change() {
        let job = fixtures::new_job(BlobList::WholeAccount);
        let change = JobChange { return_address: Some(job.return_address.clone()), ..JobChange::default() };
        let patch = update(&change).unwrap();
        let details = &create(&job)["properties"]["details"];
        let expected =
            json!({ "contactDetails": details["contactDetails"], "shippingAddress": details["shippingAddress"] });
        assert_eq!(patch, json!({ "properties": { "details": expected } }));
        let carrier = JobChange { return_shipping: Some(job.return_shipping), ..JobChange::default() };
        let parts = update(&carrier).unwrap()["properties"]["details"].clone();
        assert_eq!(
            parts,
            json!({ "returnToCustomerPackageDetails": { "carrierName": "DHL", "carrierAccountNumber": "A-77" } })
        );
        assert_eq!(update(&JobChange { ship: true, ..JobChange::default() }), None);
    }

    #[test]
    fn what_is_told_of_a_job_has_no_member_the_service_does_not_know() {
        let parcel = DeliveryPackage {
            carrier: "UPS".into(),
            tracking_number: "1Z".into(),
            drive_count: Some(2),
            ship_date: Some("2026-11-20".into()),
        };
        assert_eq!(
            mark_devices_shipped(Some(&parcel)),
            json!({ "deliverToDcPackageDetails": { "carrierName": "UPS", "trackingId": "1Z" } })
        );
        assert_eq!(mark_devices_shipped(None), json!({ "deliverToDcPackageDetails": {} }));
        assert_eq!(cancel("No budget"), json!({ "reason": "No budget" }));
        assert_eq!(mitigate(None, "Resume"), json!({ "customerResolutionCode": "Resume" }));
        assert_eq!(
            mitigate(Some("WD-1"), "Restart"),
            json!({ "serialNumberCustomerResolutionMap": { "WD-1": "Restart" } })
        );
    }
}
