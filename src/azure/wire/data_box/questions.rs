//! The bodies that ask the service what it offers and what it thinks of a job, before there is one.

use serde_json::{Value, json};

use super::{EXPORT, SKU, address, body};
use crate::azure::model::{LocationName, NewJob};

/// The checks of [`validate_inputs`], by the names of the service.
pub(crate) const CHECKS: [&str; 6] = [
    "ValidateSubscriptionIsAllowedToCreateJob",
    "ValidateSkuAvailability",
    "ValidateCreateOrderLimit",
    "ValidateDataTransferDetails",
    "ValidateAddress",
    "ValidatePreferences",
];

/// The body of availableSkus: `country` is the code of the country the drives go back to, `region` that of the storage account.
pub(crate) fn available_skus(region: &LocationName, country: &str) -> Value {
    json!({ "transferType": EXPORT, "country": country, "location": region.as_str(), "skuNames": [SKU] })
}

/// The body of regionConfiguration: where drives go to for data of this region.
pub(crate) fn region_configuration(region: &LocationName) -> Value {
    json!({ "datacenterAddressRequest": { "storageLocation": region.as_str(), "skuName": SKU } })
}

/// The body of validateInputs: every check there is for a new job.
pub(crate) fn validate_inputs(job: &NewJob) -> Value {
    json!({
        "validationCategory": "JobCreationValidation",
        "individualRequestDetails": CHECKS.map(|check| individual_request(check, job)),
    })
}

fn individual_request(check: &str, job: &NewJob) -> Value {
    let mut request = json!({ "validationType": check });
    let mut put = |name: &str, value: Value| request[name] = value;
    if check != "ValidateSubscriptionIsAllowedToCreateJob" {
        put("deviceType", SKU.into());
    }
    match check {
        "ValidateSkuAvailability" => {
            put("transferType", EXPORT.into());
            put("country", address::country_code(&job.return_address).into());
            put("location", job.location.as_str().into());
        }
        "ValidateDataTransferDetails" => {
            put("transferType", EXPORT.into());
            put("dataExportDetails", json!([body::export_details(job)]));
        }
        "ValidateAddress" => put("shippingAddress", address::shipping(&job.return_address)),
        _ => {}
    }
    request
}

#[cfg(test)]
mod tests {
    use super::super::fixtures;
    use super::*;
    use crate::azure::model::BlobList;

    #[test]
    fn all_six_checks_are_asked_for_with_what_the_job_will_be_created_with() {
        let job = fixtures::new_job(BlobList::Containers(vec!["film".into()]));
        let created = body::create(&job)["properties"]["details"].clone();
        let asked = validate_inputs(&job);
        assert_eq!(asked["validationCategory"], "JobCreationValidation");
        let sku = "DataBoxCustomerDisk";
        assert_eq!(
            asked["individualRequestDetails"],
            json!([
                { "validationType": "ValidateSubscriptionIsAllowedToCreateJob" },
                { "validationType": "ValidateSkuAvailability", "deviceType": sku, "transferType": "ExportFromAzure", "country": "BE", "location": "northeurope" },
                { "validationType": "ValidateCreateOrderLimit", "deviceType": sku },
                { "validationType": "ValidateDataTransferDetails", "deviceType": sku, "transferType": "ExportFromAzure", "dataExportDetails": created["dataExportDetails"] },
                { "validationType": "ValidateAddress", "deviceType": sku, "shippingAddress": created["shippingAddress"] },
                { "validationType": "ValidatePreferences", "deviceType": sku }
            ])
        );
    }

    #[test]
    fn skus_and_regions_are_asked_for_the_account_and_the_country() {
        let region = LocationName::new("West US");
        assert_eq!(
            available_skus(&region, "CA"),
            json!({ "transferType": "ExportFromAzure", "country": "CA", "location": "westus", "skuNames": ["DataBoxCustomerDisk"] })
        );
        assert_eq!(
            region_configuration(&region),
            json!({ "datacenterAddressRequest": { "storageLocation": "westus", "skuName": "DataBoxCustomerDisk" } })
        );
    }
}
