//! Jobs and BitLocker keys, read from the service's JSON: unknown states are kept, missing members are blank.

use super::{arm::last_part, encryption::encryption, json::JsonView, location::address};
use crate::azure::model::{
    BitLockerKey, BlobList, DeliveryPackage, Job, JobActions, JobDrive, JobStatus, LocationName, ReturnAddress,
    ReturnPackage, ReturnShipping, ServiceName,
};

/// One job (Microsoft page: Jobs - Get); `None` when it is no object with a name or an id.
pub(crate) fn job(view: JsonView<'_>) -> Option<Job> {
    let id = view.at("id").text();
    let name = view.at("name").word().or_else(|| last_part(&id))?;
    let properties = view.at("properties");
    let status = JobStatus::of_classic(&properties.at("state").text());
    Some(Job {
        service: ServiceName::ImportExport,
        location: LocationName::new(&view.at("location").text()),
        storage_account: properties.at("storageAccountId").text(),
        job_type: properties.at("jobType").text(),
        allows: JobActions::of_classic(status.state),
        status,
        cancel_requested: properties.at("cancelRequested").flag(false),
        percent: properties.at("percentComplete").percent(),
        drives: properties.at("driveList").items().map(drive).collect(),
        shipping: address(properties.at("shippingInformation"), "additionalInformation"),
        return_address: present(properties.at("returnAddress")).map(return_address),
        return_shipping: present(properties.at("returnShipping")).map(return_shipping),
        delivery_package: present(properties.at("deliveryPackage")).map(delivery_package),
        return_package: present(properties.at("returnPackage")).map(return_package),
        blobs: blobs(properties.at("export")),
        diagnostics_path: properties.at("diagnosticsPath").text(),
        log_level: properties.at("logLevel").text(),
        backup_manifest: properties.at("backupDriveManifest").flag(false),
        incomplete_list: properties.at("incompleteBlobListUri").word(),
        encryption: encryption(properties.at("encryptionKey")),
        provisioning: properties.at("provisioningState").text(),
        created: view.at("systemData").at("createdAt").word(),
        tags: view.at("tags").pairs(),
        id,
        name,
        ..Job::default()
    })
}

/// Whether a job exports: by its type, or, where the type is missing, by its blob list.
pub(crate) fn is_export(job: &Job) -> bool {
    job.job_type.eq_ignore_ascii_case("Export") || (job.job_type.is_empty() && job.blobs.is_some())
}

/// One key; `None` without both members.
pub(crate) fn bitlocker_key(view: JsonView<'_>) -> Option<BitLockerKey> {
    Some(BitLockerKey { drive: view.at("driveId").word()?, key: view.at("bitLockerKey").word()?.into() })
}

fn present(view: JsonView<'_>) -> Option<JsonView<'_>> {
    view.is_object().then_some(view)
}

pub(super) fn drive(view: JsonView<'_>) -> JobDrive {
    JobDrive {
        id: view.at("driveId").text(),
        state: view.at("state").word().unwrap_or_else(|| "Specified".into()),
        copy_status: view.at("copyStatus").word(),
        percent: view.at("percentComplete").percent(),
        bytes: view.at("bytesSucceeded").number(),
        manifest: view.at("manifestFile").word(),
        manifest_hash: view.at("manifestHash").word(),
        error_log: view.at("errorLogUri").word(),
        verbose_log: view.at("verboseLogUri").word(),
        manifest_backup: view.at("manifestUri").word(),
        ..JobDrive::default()
    }
}

fn return_address(view: JsonView<'_>) -> ReturnAddress {
    ReturnAddress {
        contact: view.at("recipientName").text(),
        street1: view.at("streetAddress1").text(),
        street2: view.at("streetAddress2").text(),
        city: view.at("city").text(),
        state: view.at("stateOrProvince").text(),
        postal_code: view.at("postalCode").text(),
        country: view.at("countryOrRegion").text(),
        phone: view.at("phone").text(),
        emails: view.at("email").word().into_iter().collect(),
        ..ReturnAddress::default()
    }
}

fn return_shipping(view: JsonView<'_>) -> ReturnShipping {
    ReturnShipping { carrier: view.at("carrierName").text(), account_number: view.at("carrierAccountNumber").text() }
}

fn delivery_package(view: JsonView<'_>) -> DeliveryPackage {
    DeliveryPackage {
        carrier: view.at("carrierName").text(),
        tracking_number: view.at("trackingNumber").text(),
        drive_count: count(view.at("driveCount")),
        ship_date: view.at("shipDate").word(),
    }
}

fn return_package(view: JsonView<'_>) -> ReturnPackage {
    ReturnPackage {
        carrier: view.at("carrierName").text(),
        tracking_number: view.at("trackingNumber").text(),
        drive_count: count(view.at("driveCount")),
        ship_date: view.at("shipDate").word(),
    }
}

fn count(view: JsonView<'_>) -> Option<u32> {
    view.number().map(|number| u32::try_from(number).unwrap_or(u32::MAX))
}

/// Either selector; the list file's member was spelled `blobListblobPath` for years, which `Look` reads as well.
fn blobs(export: JsonView<'_>) -> Option<BlobList> {
    if let Some(path) = export.at("blobListBlobPath").word() {
        return Some(BlobList::File(path));
    }
    let list = present(export.at("blobList"))?;
    Some(BlobList::Inline { paths: list.at("blobPath").words(), prefixes: list.at("blobPathPrefix").words() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_job_with_dirt_in_it_is_still_read() {
        let value = json!({
            "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.ImportExport/jobs/nightly", "location": "West Europe",
            "properties": {
                "jobType": "Export", "state": "Faulted", "percentComplete": "41.7", "unknown": [1],
                "export": {"blobListblobPath": "lists/one.xml"},
                "driveList": [{"driveId": "WX1", "bytesSucceeded": 1.5e12, "percentComplete": 250}],
                "deliveryPackage": {"carrierName": "FedEx", "trackingNumber": 7_712_345, "driveCount": 3.0},
                "shippingInformation": {"streetAddress1": " 1 Road", "phone": null}
            }
        });
        let job = job(JsonView::new(&value)).unwrap();
        assert_eq!((job.name.as_str(), job.location.as_str()), ("nightly", "westeurope"));
        assert_eq!((job.status.state, job.status.word.as_str()), (crate::azure::model::JobState::Unknown, "Faulted"));
        assert_eq!(job.percent, Some(41));
        assert_eq!(job.blobs, Some(BlobList::File("lists/one.xml".into())));
        assert_eq!((job.drives[0].bytes, job.drives[0].percent), (Some(1_500_000_000_000), Some(100)));
        let parcel = job.delivery_package.unwrap();
        assert_eq!((parcel.tracking_number.as_str(), parcel.drive_count), ("7712345", Some(3)));
    }

    #[test]
    fn what_is_no_job_is_not_made_one() {
        for value in [json!({}), json!([]), json!("job"), json!({"properties": {}})] {
            assert!(job(JsonView::new(&value)).is_none(), "{value}");
        }
    }
}
