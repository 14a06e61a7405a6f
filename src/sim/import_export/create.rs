//! PUT of a job, with the checks of the service. Updates of a stored job are in `update`.

use serde_json::{Map, Value, json};

use super::super::jobs::job::StoredJob;
use super::super::jobs::life::{self, JobPhase};
use super::super::jobs::outcome::MOST_DRIVES;
use super::super::jobs::place::{self, JobPlace, JobRefusal, invalid, missing, text};
use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::super::switches::ImportExportOffer;
use super::render::{self, JobOperation};
use super::states::state_name;

/// The inline selection may not be longer than this many bytes of JSON ("Put Job").
const INLINE_LIMIT: usize = 32_768;
/// What a retired provider says to a new job.
const RETIRED: &str = "The resource provider 'Microsoft.ImportExport' was retired on 28 February 2023 and creates no jobs. Create a job of Microsoft.DataBox with the sku DataBoxCustomerDisk instead.";
const KNOWN: [&str; 15] = [
    "storageAccountId",
    "jobType",
    "returnAddress",
    "returnShipping",
    "deliveryPackage",
    "diagnosticsPath",
    "logLevel",
    "backupDriveManifest",
    "driveList",
    "export",
    "encryptionKey",
    "state",
    "cancelRequested",
    "shippingInformation",
    "provisioningState",
];

/// Creates a job, or replaces one that is still Creating.
pub(super) fn put(
    state: &mut SimState,
    request: &Request,
    version: &str,
    place: &JobPlace,
    key: &str,
) -> Result<Response, JobRefusal> {
    let body = place::object(&request.body)?;
    name(place.name)?;
    if state.switches.import_export == ImportExportOffer::Retired {
        return Err((410, "ResourceProviderRetired", RETIRED.to_owned()));
    }
    let location = place::location(state, place.provider, &body)?;
    let sent = body.get("properties").and_then(Value::as_object).ok_or_else(|| missing("properties"))?;
    let properties = accepted(state, place, sent)?;
    let now = state.now();
    let old = state.jobs.get(key);
    if let Some(old) = old
        && life::phase(old, now) != JobPhase::Creating
    {
        let text = format!(
            "Job '{}' already exists and is {}; a job can only be replaced while it is Creating.",
            place.name,
            state_name(life::phase(old, now))
        );
        return Err((409, "JobAlreadyExists", text));
    }
    let status = if old.is_some() { 200 } else { 201 };
    let made = place.new_job(state, location, place::tags(&body)?, properties);
    let job = StoredJob { created: old.map_or(now, |old| old.created), ..made };
    let response = Response::json(status, &render::job(state, &job, version, JobOperation::Created));
    state.jobs.insert(key.to_owned(), job);
    state.changed = true;
    Ok(response)
}

/// 2 to 64 letters, digits and hyphens, the first a letter ("Naming rules and restrictions for Azure resources").
fn name(name: &str) -> Result<(), JobRefusal> {
    let fits = (2..=64).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if fits {
        return Ok(());
    }
    Err((
        400,
        "InvalidResourceName",
        format!(
            "The job name '{name}' is invalid. It must have 2 to 64 letters, digits or hyphens and begin with a letter."
        ),
    ))
}

fn accepted(state: &SimState, place: &JobPlace, sent: &Map<String, Value>) -> Result<Map<String, Value>, JobRefusal> {
    let mut p: Map<String, Value> =
        sent.iter().filter(|(k, _)| KNOWN.contains(&k.as_str())).map(|(k, v)| (k.clone(), v.clone())).collect();
    place::account(state, place.subscription, text(&p, "storageAccountId", "properties.storageAccountId")?)?;
    let kind = text(&p, "jobType", "properties.jobType")?.to_owned();
    if kind != "Export" && kind != "Import" {
        return Err(invalid("properties.jobType", "it must be Export or Import"));
    }
    return_address(p.get("returnAddress").ok_or_else(|| missing("properties.returnAddress"))?)?;
    settings(&p)?;
    let sent_state = p.get("state").and_then(Value::as_str).unwrap_or("");
    if !["", "Creating"].contains(&sent_state) {
        return Err(invalid("properties.state", "a new job is Creating"));
    }
    if p.get("cancelRequested") == Some(&Value::Bool(true)) {
        return Err(invalid("properties.cancelRequested", "a job cannot be created cancelled"));
    }
    if kind == "Export" {
        export(&mut p)?;
    } else if p.contains_key("export") {
        return Err(invalid("properties.export", "it is not allowed for an import job"));
    }
    for ours in ["state", "cancelRequested", "shippingInformation", "provisioningState"] {
        p.remove(ours);
    }
    p.entry("logLevel").or_insert_with(|| json!("Error"));
    p.entry("backupDriveManifest").or_insert_with(|| json!(false));
    p.entry("diagnosticsPath").or_insert_with(|| json!("waimportexport"));
    Ok(p)
}

/// The seven required fields of a return address.
pub(super) fn return_address(address: &Value) -> Result<(), JobRefusal> {
    for field in ["recipientName", "streetAddress1", "city", "postalCode", "countryOrRegion", "phone", "email"] {
        filled(address, "returnAddress", field)?;
    }
    Ok(())
}

/// The properties that PUT and PATCH check in the same way.
pub(super) fn settings(p: &Map<String, Value>) -> Result<(), JobRefusal> {
    if let Some(shipping) = p.get("returnShipping") {
        filled(shipping, "returnShipping", "carrierName")?;
        filled(shipping, "returnShipping", "carrierAccountNumber")?;
    }
    if let Some(package) = p.get("deliveryPackage") {
        filled(package, "deliveryPackage", "carrierName")?;
        filled(package, "deliveryPackage", "trackingNumber")?;
        let count = package.get("driveCount");
        if count.is_some_and(|c| c.as_u64().is_none_or(|c| c > MOST_DRIVES)) {
            return Err(invalid("properties.deliveryPackage.driveCount", "a job has at most 10 drives"));
        }
    }
    if p.get("logLevel").is_some_and(|l| l != "Error" && l != "Verbose") {
        return Err(invalid("properties.logLevel", "it must be Error or Verbose"));
    }
    if p.get("backupDriveManifest").is_some_and(|b| !b.is_boolean()) {
        return Err(invalid("properties.backupDriveManifest", "it must be true or false"));
    }
    Ok(())
}

/// Checks the selection and spells its list path as newer versions do.
fn export(p: &mut Map<String, Value>) -> Result<(), JobRefusal> {
    if p.get("driveList").and_then(Value::as_array).is_some_and(|d| !d.is_empty()) {
        return Err(invalid("properties.driveList", "drives are not specified for an export job"));
    }
    p.remove("driveList");
    let export = p.get_mut("export").and_then(Value::as_object_mut).ok_or_else(|| missing("properties.export"))?;
    let spelled = export.keys().find(|k| k.eq_ignore_ascii_case("blobListBlobPath")).cloned();
    let path = spelled.and_then(|k| export.remove(&k)).filter(|v| v.as_str().is_some_and(|t| !t.is_empty()));
    let list = export.get("blobList").and_then(Value::as_object);
    let entries = |key: &str| -> Result<usize, JobRefusal> {
        let Some(value) = list.and_then(|l| l.get(key)) else { return Ok(0) };
        let texts = value.as_array().filter(|a| a.iter().all(Value::is_string));
        texts
            .map(Vec::len)
            .ok_or_else(|| invalid(&format!("properties.export.blobList.{key}"), "a list of texts is expected"))
    };
    let inline = entries("blobPath")? + entries("blobPathPrefix")?;
    match (inline, &path) {
        (0, None) => return Err(missing("properties.export.blobList or properties.export.blobListBlobPath")),
        (1.., Some(_)) => {
            return Err(invalid("properties.export", "give either blobList or blobListBlobPath, not both"));
        }
        _ => {}
    }
    let size = list.map_or(0, |l| serde_json::to_vec(l).map_or(0, |v| v.len()));
    if size > INLINE_LIMIT {
        let text = format!(
            "properties.export.blobList has {size} bytes and may have {INLINE_LIMIT}; put the list into a blob and name it in blobListBlobPath."
        );
        return Err((400, "BlobListTooLarge", text));
    }
    if let Some(path) = path {
        export.remove("blobList");
        export.insert("blobListBlobPath".to_owned(), path);
    }
    Ok(())
}

fn filled(value: &Value, of: &str, field: &str) -> Result<(), JobRefusal> {
    let full = format!("properties.{of}.{field}");
    value.get(field).and_then(Value::as_str).filter(|t| !t.trim().is_empty()).map(|_| ()).ok_or_else(|| missing(&full))
}
