//! `JobResource`: one job, with everything that `$expand=details` brings, or with less, as lists and older versions have it.

use super::{
    super::{arm::last_part, encryption::encryption, json::JsonView},
    EXPORT, SKU, address, drives,
    members::{error, resolutions, time},
    selection, stages,
};
use crate::azure::model::{
    DeliveryPackage, Job, JobActions, JobState, LocationName, ReturnPackage, ReturnShipping, ServiceName, StageProgress,
};

/// One job; `None` when it is no object with a name or an id.
pub(crate) fn job(view: JsonView<'_>) -> Option<Job> {
    let id = view.at("id").text();
    let name = view.at("name").word().or_else(|| last_part(&id))?;
    let properties = view.at("properties");
    let details = properties.at("details");
    let export = details.at("dataExportDetails").items().next().unwrap_or_else(JsonView::missing);
    let status = stages::status(properties.at("status").text());
    let stages = stages::stages(details.at("jobStages"));
    let drives = drives::drives(details);
    let cancelling = |status: &str| status.eq_ignore_ascii_case("Cancelling");
    Some(Job {
        service: ServiceName::DataBox,
        location: LocationName::new(&view.at("location").text()),
        storage_account: export.at("accountDetails").at("storageAccountId").text(),
        job_type: properties.at("transferType").text(),
        allows: allows(properties, status.state),
        cancel_requested: status.state == JobState::Cancelled
            || stages.iter().any(|stage| stage.progress == StageProgress::Cancelled || cancelling(&stage.status)),
        cancellation_reason: properties.at("cancellationReason").word(),
        status,
        stages,
        delayed_stage: properties.at("delayedStage").word(),
        error: error(properties.at("error")),
        resolutions: resolutions(details.at("actions")),
        all_devices_lost: properties.at("allDevicesLost").flag(false),
        data_center: details.at("dataCenterCode").word(),
        percent: drives::job_percent(&drives),
        drives,
        shipping: address::datacenter(details.at("datacenterAddress")),
        return_address: address::return_address(details.at("contactDetails"), details.at("shippingAddress")),
        return_shipping: return_shipping(details.at("returnToCustomerPackageDetails")),
        delivery_package: delivery_package(details),
        return_package: return_package(details),
        blobs: selection::blobs(export.at("transferConfiguration")),
        diagnostics_path: ServiceName::DataBox.log_container().unwrap_or_default().to_owned(),
        log_level: export.at("logCollectionLevel").text(),
        backup_manifest: details.at("enableManifestBackup").flag(false),
        incomplete_list: None,
        encryption: encryption(details.at("keyEncryptionKey")),
        provisioning: String::new(),
        created: view.at("systemData").at("createdAt").word().or_else(|| time(properties.at("startTime"))),
        tags: view.at("tags").pairs(),
        id,
        name,
    })
}

/// A job of the kind that this program makes: an export to the customer's own disks. The others are devices and imports.
pub(crate) fn customer_disk_export(view: JsonView<'_>) -> Option<Job> {
    let sku = view.at("sku").at("name").text();
    job(view).filter(|job| sku.eq_ignore_ascii_case(SKU) && job.job_type.eq_ignore_ascii_case(EXPORT))
}

/// The flags of the service decide, not its words. It has none for shipping, which it waits for in one state only.
fn allows(properties: JsonView<'_>, state: JobState) -> JobActions {
    JobActions {
        ship: state == JobState::AwaitingShipment,
        cancel: properties.at("isCancellable").flag(false),
        delete: properties.at("isDeletable").flag(false),
        change_address: properties.at("isShippingAddressEditable").flag(false),
    }
}

/// The account number is never in an answer.
fn return_shipping(view: JsonView<'_>) -> Option<ReturnShipping> {
    view.at("carrierName").word().map(|carrier| ReturnShipping { carrier, account_number: String::new() })
}

fn delivery_package(details: JsonView<'_>) -> Option<DeliveryPackage> {
    let (carrier, tracking_number) = parcel(details.at("deliverToDcPackageDetails"))?;
    Some(DeliveryPackage { carrier, tracking_number, drive_count: None, ship_date: None })
}

/// The parcel back. No document says which member carries it for customer disks, so each is read.
fn return_package(details: JsonView<'_>) -> Option<ReturnPackage> {
    let there = parcel(details.at("deliverToDcPackageDetails"));
    let places = ["returnPackage", "returnToCustomerPackageDetails", "deliveryPackage"];
    let back = places.into_iter().filter_map(|place| parcel(details.at(place)));
    let mut back = back.filter(|(_, tracking)| !tracking.is_empty());
    let (carrier, tracking_number) = back.find(|back| there.as_ref() != Some(back))?;
    Some(ReturnPackage { carrier, tracking_number, drive_count: None, ship_date: None })
}

/// Carrier and tracking number; the service writes both as `""` where there is no parcel.
fn parcel(view: JsonView<'_>) -> Option<(String, String)> {
    let (carrier, tracking) = (view.at("carrierName").word(), view.at("trackingId").word());
    (carrier.is_some() || tracking.is_some()).then(|| (carrier.unwrap_or_default(), tracking.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::super::fixtures;
    use super::*;
    use crate::azure::model::{BlobList, EncryptionKey, VaultKey};
    use serde_json::{Value, json};

    const ID: &str = "/subscriptions/0f0e/resourcegroups/film-rg/providers/Microsoft.DataBox/jobs/films";

    /// A job as the service answers it: what created it, and what the service adds.
    fn answer(status: &str, added: &Value) -> Value {
        let mut answer = super::super::body::create(&fixtures::new_job(BlobList::WholeAccount));
        answer["id"] = ID.into();
        answer["name"] = "films".into();
        answer["properties"]["status"] = status.into();
        let details = answer["properties"]["details"].as_object_mut().unwrap();
        details["returnToCustomerPackageDetails"].as_object_mut().unwrap().remove("carrierAccountNumber");
        details.extend(added.as_object().unwrap().clone());
        answer
    }

    #[test]
    fn a_job_on_its_way_is_read_with_all_that_the_service_tells() {
        let mut value = answer(
            "DataCopy",
            &json!({
                "jobStages": [{ "stageName": "DataCopy", "displayName": "Data copy in progress", "stageStatus": "InProgress" }],
                "copyProgress": [{ "serialNumber": "WD-A", "bytesProcessed": 5, "totalBytesToProcess": 20 }],
                "deliverToDcPackageDetails": { "carrierName": "UPS", "trackingId": "1Z1" },
                "datacenterAddress": { "datacenterAddressType": "DatacenterAddressLocation", "company": "DC", "street1": "1 Ring", "country": "IE" },
                "dataCenterCode": "DUB07", "actions": ["None", "Resume"], "keyEncryptionKey": { "kekType": "CustomerManaged", "kekUrl": "https://v/k" }
            }),
        );
        value["properties"]["startTime"] = "2026-05-01T07:00:00.1234567+00:00".into();
        value["properties"]["error"] =
            json!({ "code": "SsemUserCopyErrorWaitingForAction", "message": "Decide.", "details": [null] });
        let job = job(JsonView::new(&value)).unwrap();
        assert_eq!(
            (job.service, job.status.state, job.status.word.as_str()),
            (ServiceName::DataBox, JobState::Copying, "DataCopy")
        );
        assert_eq!((job.location.as_str(), job.storage_account.as_str()), ("northeurope", fixtures::ACCOUNT));
        assert_eq!((job.percent, job.drives.len(), job.stages.len()), (Some(25), 1, 1));
        assert!(job.shipping.is_complete() && job.delivery_package.is_some() && job.return_package.is_none());
        assert_eq!(job.allows, JobActions::default(), "what the service does not allow is not allowed");
        assert_eq!(
            (job.error.unwrap().message.as_str(), job.resolutions.as_slice()),
            ("Decide.", ["Resume".to_owned()].as_slice())
        );
        assert_eq!(
            (job.diagnostics_path.as_str(), job.log_level.as_str(), job.blobs),
            ("databoxcopylog", "Verbose", Some(BlobList::WholeAccount))
        );
        assert_eq!(
            job.encryption,
            EncryptionKey::CustomerManaged(VaultKey { url: "https://v/k".into(), ..VaultKey::default() })
        );
        assert_eq!(job.created.as_deref(), Some("2026-05-01T07:00:00.1234567+00:00"));
        assert_eq!(
            job.return_shipping.unwrap(),
            ReturnShipping { carrier: "DHL".into(), account_number: String::new() }
        );
        assert_eq!(job.tags, [("project".to_owned(), "film".to_owned())]);
    }

    #[test]
    fn what_may_be_done_comes_from_the_flags_and_shipping_from_the_state() {
        let mut value = answer("AwaitingShipmentDetails", &json!({}));
        for (flag, allowed) in [("isCancellable", true), ("isDeletable", false), ("isShippingAddressEditable", true)] {
            value["properties"][flag] = allowed.into();
        }
        let allows = |value: &Value| job(JsonView::new(value)).unwrap().allows;
        assert_eq!(allows(&value), JobActions { ship: true, cancel: true, delete: false, change_address: true });
        value["properties"]["status"] = "Created".into();
        assert!(!allows(&value).ship);
    }

    #[test]
    fn a_cancelled_job_says_why_and_when_it_began() {
        let mut value = answer(
            "Cancelled",
            &json!({ "returnPackage": { "carrierName": "", "trackingId": "", "trackingUrl": "" } }),
        );
        value["properties"]["cancellationReason"] = "Changed plans".into();
        value["properties"]["startTime"] = "0001-01-01T00:00:00+00:00".into();
        value["properties"]["error"] =
            json!({ "code": "Success", "target": "KeyEncryptionKey", "details": [], "additionalInfo": [] });
        let job = job(JsonView::new(&value)).unwrap();
        assert!(job.cancel_requested && job.status.state.is_over());
        assert_eq!((job.cancellation_reason.as_deref(), job.created, job.error), (Some("Changed plans"), None, None));
        assert_eq!((job.return_package, job.delivery_package), (None, None));
    }

    #[test]
    fn the_parcel_back_is_found_in_each_of_its_places_and_is_not_the_one_there() {
        let back = |added: &Value| job(JsonView::new(&answer("ShippedToCustomer", added))).unwrap().return_package;
        let there = json!({ "carrierName": "UPS", "trackingId": "1Z1" });
        let other = json!({ "carrierName": "DHL", "trackingId": "J2", "trackingUrl": "https://t" });
        for place in ["returnPackage", "returnToCustomerPackageDetails", "deliveryPackage"] {
            let found = back(&json!({ "deliverToDcPackageDetails": there, place: other })).unwrap();
            assert_eq!((found.carrier.as_str(), found.tracking_number.as_str()), ("DHL", "J2"), "{place}");
        }
        assert_eq!(back(&json!({ "deliverToDcPackageDetails": there, "deliveryPackage": there })), None);
    }

    #[test]
    fn a_list_without_details_has_jobs_and_only_exports_to_customer_disks() {
        let entry = |sku: &str, direction: &str| {
            json!({
                "id": ID, "name": "films", "sku": { "name": sku }, "tags": {}, "location": "West US",
                "properties": { "transferType": direction, "status": "Completed", "isDeletable": true }
            })
        };
        let listed = customer_disk_export(JsonView::new(&entry("DataBoxCustomerDisk", "ExportFromAzure"))).unwrap();
        assert_eq!((listed.storage_account.as_str(), &listed.blobs, &listed.return_address), ("", &None, &None));
        let at = listed.address().unwrap();
        assert_eq!((at.service, at.resource_group.as_str()), (ServiceName::DataBox, "film-rg"));
        for (sku, direction) in [("DataBox", "ExportFromAzure"), ("DataBoxCustomerDisk", "ImportToAzure")] {
            assert!(customer_disk_export(JsonView::new(&entry(sku, direction))).is_none());
        }
        for value in [json!({}), json!([]), json!(null)] {
            assert!(job(JsonView::new(&value)).is_none());
        }
    }
}
