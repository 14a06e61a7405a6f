//! The bodies that create and change a job. They hold only what is set, because the service takes a default for an intended value.

use serde_json::{Map, Value, json};

use crate::azure::model::{BlobList, DeliveryPackage, JobChange, NewJob, ReturnAddress, ReturnShipping, joined};

/// The body of Jobs - Create.
pub(crate) fn create(job: &NewJob) -> Value {
    let mut properties = json!({
        "storageAccountId": job.storage_account,
        "jobType": "Export",
        "returnAddress": return_address(&job.return_address),
        "returnShipping": return_shipping(&job.return_shipping),
        "logLevel": job.log_level.as_str(),
        "backupDriveManifest": job.backup_manifest,
        "export": export(&job.blobs),
    });
    if !job.diagnostics_path.is_empty() {
        properties["diagnosticsPath"] = Value::from(job.diagnostics_path.as_str());
    }
    let mut body = json!({ "location": job.location.as_str(), "properties": properties });
    if !job.tags.is_empty() {
        body["tags"] = job.tags.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str()))).collect();
    }
    body
}

/// The body of Jobs - Update: the changed members and no others. `state` can only ever become `Shipping`, `cancelRequested` only `true`.
pub(crate) fn update(change: &JobChange) -> Value {
    let mut properties = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            properties.insert(key.to_owned(), value);
        }
    };
    put("state", change.ship.then(|| Value::from("Shipping")));
    put("cancelRequested", change.cancel.as_ref().map(|_reason| Value::Bool(true)));
    put("deliveryPackage", change.delivery_package.as_ref().map(delivery_package));
    put("returnAddress", change.return_address.as_ref().map(return_address));
    put("returnShipping", change.return_shipping.as_ref().map(return_shipping));
    put("logLevel", change.log_level.map(|level| Value::from(level.as_str())));
    put("backupDriveManifest", change.backup_manifest.map(Value::Bool));
    json!({ "properties": properties })
}

/// Whether a change changes nothing.
pub(crate) fn is_empty(change: &JobChange) -> bool {
    *change == JobChange::default()
}

/// The service has one field each for the recipient, the lower street lines and the e-mail addresses.
fn return_address(address: &ReturnAddress) -> Value {
    let mut value = json!({
        "recipientName": address.recipient(),
        "streetAddress1": address.street1,
        "city": address.city,
        "postalCode": address.postal_code,
        "countryOrRegion": address.country,
        "phone": address.phone,
        "email": address.emails.join("; "),
    });
    let street2 = joined([&address.street2, &address.street3]);
    for (key, text) in [("streetAddress2", &street2), ("stateOrProvince", &address.state)] {
        if !text.is_empty() {
            value[key] = Value::from(text.as_str());
        }
    }
    value
}

fn return_shipping(shipping: &ReturnShipping) -> Value {
    json!({ "carrierName": shipping.carrier, "carrierAccountNumber": shipping.account_number })
}

fn delivery_package(package: &DeliveryPackage) -> Value {
    let mut value = json!({ "carrierName": package.carrier, "trackingNumber": package.tracking_number });
    if let Some(count) = package.drive_count {
        value["driveCount"] = Value::from(count);
    }
    if let Some(date) = &package.ship_date {
        value["shipDate"] = Value::from(date.as_str());
    }
    value
}

fn export(blobs: &BlobList) -> Value {
    match blobs {
        BlobList::File(path) => json!({ "blobListBlobPath": path }),
        BlobList::Inline { paths, prefixes } => inline(paths, prefixes),
        BlobList::WholeAccount => inline(&[], &["/".to_owned()]),
        BlobList::Containers(names) => inline(&[], &names.iter().map(|name| format!("/{name}/")).collect::<Vec<_>>()),
    }
}

fn inline(paths: &[String], prefixes: &[String]) -> Value {
    let lists = [("blobPath", paths), ("blobPathPrefix", prefixes)];
    let lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
    let list: Map<String, Value> = lists.map(|(key, list)| (key.to_owned(), Value::from(list.to_vec()))).collect();
    json!({ "blobList": list })
}
