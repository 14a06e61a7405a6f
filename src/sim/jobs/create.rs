//! PUT of a job, with the checks of the service. Updates of a stored job are in `update`.

use serde_json::{Map, Value, json};

use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::job::{JobPlace, JobRefusal, StoredJob};
use super::life::{self, JobPhase};
use super::render::{self, JobOperation};

/// The inline selection may not be longer than this many bytes of JSON ("Put Job").
const INLINE_LIMIT: usize = 32_768;
/// Drives in one job ("Requirements for the Azure Import/Export service").
pub(super) const MOST_DRIVES: i64 = 10;
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
    let body = object(&request.body)?;
    name(place.name)?;
    let location = text(&body, "location", "location")?;
    if state.locations.find(location).is_none() {
        let known: Vec<String> = state.locations.names().into_iter().map(|(short, _)| short).collect();
        let text = format!(
            "The provided location '{location}' is not available for resource type 'Microsoft.ImportExport/jobs'. List of available regions for the resource type is '{}'.",
            known.join(",")
        );
        return Err((400, "LocationNotAvailableForResourceType", text));
    }
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
            life::phase(old, now).name()
        );
        return Err((409, "JobAlreadyExists", text));
    }
    let status = if old.is_some() { 200 } else { 201 };
    let group = state
        .directory
        .subscription(place.subscription)
        .and_then(|(_, s)| s.groups.iter().find(|g| g.name.eq_ignore_ascii_case(place.group)));
    let job = StoredJob {
        subscription: place.subscription.to_owned(),
        group: group.map_or(place.group, |g| g.name.as_str()).to_owned(),
        name: place.name.to_owned(),
        location: location.to_owned(),
        tags: tags(&body)?,
        properties,
        created: old.map_or(now, |o| o.created),
        modified: now,
        shipped: None,
        cancelled: None,
        outcome: None,
        reported: false,
    };
    let response = Response::json(status, &render::job(state, &job, version, JobOperation::Created));
    state.jobs.insert(key.to_owned(), job);
    state.changed = true;
    Ok(response)
}

/// The body as an object.
pub(super) fn object(body: &[u8]) -> Result<Map<String, Value>, JobRefusal> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(map)) => Ok(without_nulls(map)),
        Ok(_) => Err((
            400,
            "InvalidRequestContent",
            "The request content was invalid: a JSON object is expected.".to_owned(),
        )),
        Err(error) => Err((
            400,
            "InvalidRequestContent",
            format!("The request content was invalid and could not be deserialized: '{error}'."),
        )),
    }
}

fn without_nulls(map: Map<String, Value>) -> Map<String, Value> {
    let clean = |value| match value {
        Value::Object(map) => Value::Object(without_nulls(map)),
        other => other,
    };
    map.into_iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k, clean(v))).collect()
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

/// Tags of a body: text only, at most fifty.
pub(super) fn tags(body: &Map<String, Value>) -> Result<Map<String, Value>, JobRefusal> {
    let Some(tags) = body.get("tags") else { return Ok(Map::new()) };
    let tags = tags.as_object().ok_or_else(|| invalid("tags", "an object of texts is expected"))?;
    if tags.len() > 50
        || tags.iter().any(|(k, v)| k.chars().count() > 512 || v.as_str().is_none_or(|v| v.chars().count() > 256))
    {
        return Err((
            400,
            "InvalidTags",
            "A job can have 50 tags, with names of 512 and values of 256 characters at most.".to_owned(),
        ));
    }
    Ok(tags.clone())
}

fn accepted(state: &SimState, place: &JobPlace, sent: &Map<String, Value>) -> Result<Map<String, Value>, JobRefusal> {
    let mut p: Map<String, Value> =
        sent.iter().filter(|(k, _)| KNOWN.contains(&k.as_str())).map(|(k, v)| (k.clone(), v.clone())).collect();
    account(state, place, text(&p, "storageAccountId", "properties.storageAccountId")?)?;
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

fn account(state: &SimState, place: &JobPlace, id: &str) -> Result<(), JobRefusal> {
    let Some(account) = state.directory.account_by_id(id) else {
        return Err((400, "StorageAccountNotFound", format!("The storage account '{id}' was not found.")));
    };
    let here = state.directory.subscription(place.subscription).map(|(i, _)| i);
    if here != Some(account.subscription) {
        return Err((
            400,
            "StorageAccountNotFound",
            format!("The storage account '{id}' is not in subscription '{}'.", place.subscription),
        ));
    }
    if account.kind == "FileStorage" || account.kind == "BlockBlobStorage" || account.nfs {
        let text = format!(
            "The storage account '{}' is not supported: use a general-purpose v2, general-purpose v1 or Blob storage account without NFS 3.0.",
            account.name
        );
        return Err((400, "StorageAccountNotSupported", text));
    }
    Ok(())
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
        if count.is_some_and(|c| c.as_i64().is_none_or(|c| !(0..=MOST_DRIVES).contains(&c))) {
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

fn text<'m>(map: &'m Map<String, Value>, key: &str, full: &str) -> Result<&'m str, JobRefusal> {
    map.get(key).and_then(Value::as_str).filter(|t| !t.trim().is_empty()).ok_or_else(|| missing(full))
}

fn filled(value: &Value, of: &str, field: &str) -> Result<(), JobRefusal> {
    let full = format!("properties.{of}.{field}");
    value.get(field).and_then(Value::as_str).filter(|t| !t.trim().is_empty()).map(|_| ()).ok_or_else(|| missing(&full))
}

fn missing(what: &str) -> JobRefusal {
    (400, "MissingRequiredProperty", format!("The required property '{what}' is missing or empty."))
}

/// The refusal of a value.
pub(super) fn invalid(what: &str, why: &str) -> JobRefusal {
    (400, "InvalidPropertyValue", format!("The value of '{what}' is invalid: {why}."))
}
