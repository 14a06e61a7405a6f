//! A job as an answer shows it: what was stored, plus everything that follows from the time and from the api-version.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::super::jobs::job::{JobProvider, StoredJob};
use super::super::jobs::life::{self, JobPhase};
use super::super::response::hash;
use super::super::state::SimState;
use super::super::switches::ReturnTracking;
use super::details::SKU;
use super::stored_operation::{FAILED_CODE, FAILED_MESSAGE, deletes};
use super::{progress, regions, stages, vault_key};

/// How much of its details an answer shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DetailLevel {
    /// No member `details`.
    Absent,
    /// What the customer gave.
    Reduced,
    /// Stages, drives, logs and addresses too.
    Expanded,
}

/// What the service writes where a time is not set.
const NO_TIME: &str = "0001-01-01T00:00:00+00:00";
/// Why the service cancels a job that is never shipped, in its own words.
const FORGOTTEN: &str = "Old job which is still in ordered state cancelled by the service";

/// Whether a version knows the members that came with 2025.
fn is_of_2025(version: &str) -> bool {
    version.starts_with("2025")
}

/// The `JobResource` of a job.
pub(super) fn job(state: &SimState, job: &StoredJob, version: &str, level: DetailLevel) -> Value {
    let who = "rehearsal@northlight.example";
    let mut sku = json!({ "name": SKU });
    if is_of_2025(version) {
        sku["model"] = json!(SKU);
    }
    json!({
        "properties": properties(state, job, version, level),
        "systemData": {
            "createdBy": who, "createdByType": "User", "createdAt": stages::time(job.created),
            "lastModifiedBy": who, "lastModifiedByType": "User", "lastModifiedAt": stages::time(job.modified),
        },
        "location": job.location, "tags": job.tags, "sku": sku, "identity": vault_key::shown_identity(job),
        "name": job.name, "id": job.id(), "type": format!("{}/jobs", JobProvider::DataBox.namespace()),
    })
}

fn properties(state: &SimState, job: &StoredJob, version: &str, level: DetailLevel) -> Value {
    let now = state.now();
    let is_new = stages::is_cancellable(job, now);
    let key = job.id().to_lowercase();
    let is_being_deleted = state.operations.values().any(|operation| deletes(operation, &key));
    let mut p = json!({
        "transferType": "ExportFromAzure", "isCancellable": is_new,
        "isDeletable": stages::is_deletable(job, now) && !is_being_deleted,
        "isShippingAddressEditable": stages::is_address_editable(job, now), "isPrepareToShipEnabled": false,
        "reverseShippingDetailsUpdate": "NotSupported", "reverseTransportPreferenceUpdate": "NotSupported",
        "status": stages::status(job, now), "startTime": stages::time(job.created), "deliveryType": "NonScheduled",
        "deliveryInfo": { "scheduledDateTime": NO_TIME }, "isCancellableWithoutFee": is_new,
    });
    if is_of_2025(version) {
        p["allDevicesLost"] = json!(false);
    }
    if life::waits_for_customer(job, now) {
        p["delayedStage"] = json!("DataCopy");
    }
    if life::phase(job, now) == JobPhase::Cancelled {
        match (&job.failure, &job.cancellation_reason) {
            (Some(_), _) => p["error"] = json!({ "code": FAILED_CODE, "message": FAILED_MESSAGE, "details": [] }),
            (None, Some(reason)) => p["cancellationReason"] = json!(reason),
            (None, None) => p["cancellationReason"] = json!(FORGOTTEN),
        }
    }
    if level != DetailLevel::Absent {
        p["details"] = Value::Object(details(state, job, now, level));
    }
    p
}

fn details(state: &SimState, job: &StoredJob, now: Timestamp, level: DetailLevel) -> Map<String, Value> {
    let mut details = job.properties.get("details").and_then(Value::as_object).cloned().unwrap_or_default();
    if let Some(package) = details.get_mut("returnToCustomerPackageDetails").and_then(Value::as_object_mut) {
        // A secret: only listCredentials shows it.
        package.remove("carrierAccountNumber");
    }
    if life::phase(job, now) == JobPhase::Cancelled {
        details.insert(
            "contactDetails".to_owned(),
            json!({ "contactName": " ", "emailList": [], "notificationPreference": [] }),
        );
    }
    let package = details.remove("deliverToDcPackageDetails");
    if level == DetailLevel::Expanded {
        if let Some(package) = package {
            details.insert("deliverToDcPackageDetails".to_owned(), package);
        }
        details.extend(expanded(state, job, now));
        way_back(state, job, now, &mut details);
    }
    details
}

fn expanded(state: &SimState, job: &StoredJob, now: Timestamp) -> Map<String, Value> {
    let mut more = Map::from_iter([
        ("jobStages".to_owned(), json!(stages::stages(job, now))),
        ("copyProgress".to_owned(), json!(progress::drives(state, job))),
        ("copyLogDetails".to_owned(), json!(progress::logs(state, job))),
        ("exportDiskDetailsCollection".to_owned(), progress::manifests(state, job)),
        ("datacenterAddress".to_owned(), regions::address(state, &job.location)),
        ("dataCenterCode".to_owned(), json!(regions::data_center(state, &job.location))),
        ("actions".to_owned(), json!(progress::actions(job, now))),
    ]);
    if let Some((at, resolution)) = job.intervention.as_ref().and_then(|wait| wait.answer.as_ref()) {
        let last = json!({ "actionDateTimeInUtc": stages::time(*at), "isPerformedByCustomer": true, "customerResolution": resolution });
        more.insert("lastMitigationActionOnJob".to_owned(), last);
    }
    more
}

/// The packages: three empty texts while there is none.
fn way_back(state: &SimState, job: &StoredJob, now: Timestamp, details: &mut Map<String, Value>) {
    let none = json!({ "carrierName": "", "trackingId": "", "trackingUrl": "" });
    let mut back = none.clone();
    if life::sent_back(job, now).is_some() {
        let carrier = details.get("returnToCustomerPackageDetails").map_or(Value::Null, |p| p["carrierName"].clone());
        let tracking = format!("REHEARSAL{:012}", hash(&job.id()) % 1_000_000_000_000);
        match state.switches.return_tracking {
            ReturnTracking::ReturnPackage => {
                back = json!({ "carrierName": carrier, "trackingId": tracking, "trackingUrl": "" });
            }
            ReturnTracking::ReturnToCustomer => {
                if let Some(package) = details.get_mut("returnToCustomerPackageDetails") {
                    package["trackingId"] = json!(tracking);
                }
            }
        }
    }
    details.insert("deliveryPackage".to_owned(), none);
    details.insert("returnPackage".to_owned(), back);
}
