//! PUT of a job, with the checks of the service and the defaults it fills in. Changes of a stored job are in `update`.

use serde_json::{Map, Value, json};

use super::super::jobs::place::{self, JobPlace, JobRefusal, invalid, missing, text};
use super::super::jobs::settings::JobSettings;
use super::super::locks;
use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::super::switches::{CountryForm, ExistingJob};
use super::details::{self, SKU};
use super::operation;
use super::stages;
use super::stored_operation::OperationKind;
use super::vault_key;

/// Stages that customers hear of unless they say otherwise; the order is the recorded one.
const NOTIFIED: [&str; 4] = ["AtAzureDC", "DataCopy", "Created", "ShippedToCustomer"];

/// Begins to create a job. A job that exists is never replaced.
pub(super) fn put(
    state: &mut SimState,
    request: &Request,
    version: &str,
    place: &JobPlace,
    key: &str,
) -> Result<Response, JobRefusal> {
    let body = place::object(&request.body)?;
    name(place.name)?;
    if state.jobs.contains_key(key) {
        let text = format!("An order named '{}' already exists; use PATCH to update it.", place.name);
        return Err(match state.switches.existing_job {
            ExistingJob::Conflict => (409, "SsemUserErrorOrderAlreadyExists", text),
            ExistingJob::BadRequest => (400, "SsemUserErrorOrderAlreadyExists", text),
        });
    }
    let location = place::location(state, place.provider, &body)?;
    if body.get("sku").is_none_or(|sku| sku["name"] != SKU) {
        return Err(invalid("sku.name", "the simulator has DataBoxCustomerDisk only"));
    }
    let tags = place::tags(&body)?;
    let mut properties = accepted(body.get("properties").and_then(Value::as_object), state.switches.country)?;
    vault_key::check(&properties["details"]["keyEncryptionKey"], body.get("identity"), state.switches.vault_access)?;
    vault_key::keep_identity(&mut properties, body.get("identity"));
    let job = place.new_job(state, location, tags, properties);
    let account = JobSettings::of(&job).account.to_owned();
    place::account(state, place.subscription, &account)?;
    let response = operation::begin(state, request, version, &job, OperationKind::Write);
    state.clock.hurry_until(stages::ready(&job));
    state.jobs.insert(key.to_owned(), job);
    locks::set(state, &account);
    Ok(response)
}

/// 3 to 24 letters, digits, hyphens, underscores and dots, as the description of the API has it.
fn name(name: &str) -> Result<(), JobRefusal> {
    let fits = |c: char| c.is_ascii_alphanumeric() || ['-', '_', '.'].contains(&c);
    if (3..=24).contains(&name.len()) && name.chars().all(fits) {
        return Ok(());
    }
    let text = format!(
        "The order name '{name}' is invalid. It must have 3 to 24 letters, digits, hyphens, underscores or dots."
    );
    Err((400, "SsemUserErrorInvalidOrderName", text))
}

/// The properties as they are stored.
fn accepted(sent: Option<&Map<String, Value>>, country: CountryForm) -> Result<Map<String, Value>, JobRefusal> {
    let sent = sent.ok_or_else(|| missing("properties"))?;
    match text(sent, "transferType", "properties.transferType")? {
        "ExportFromAzure" => {}
        _ => return Err(invalid("properties.transferType", "the simulator exports only: ExportFromAzure")),
    }
    let mut details =
        sent.get("details").and_then(Value::as_object).cloned().ok_or_else(|| missing("properties.details"))?;
    if text(&details, "jobDetailsType", "properties.details.jobDetailsType")? != SKU {
        return Err(invalid("properties.details.jobDetailsType", "it must suit the sku: DataBoxCustomerDisk"));
    }
    details::complete(&details, country)?;
    fill(&mut details);
    Ok(Map::from_iter([
        ("transferType".to_owned(), json!("ExportFromAzure")),
        ("deliveryType".to_owned(), json!("NonScheduled")),
        ("details".to_owned(), Value::Object(details)),
    ]))
}

/// Fills in what the service fills in.
fn fill(details: &mut Map<String, Value>) {
    let set = |object: &mut Value, key: &str, value: Value| {
        if object[key].is_null() {
            object[key] = value;
        }
    };
    let notified: Vec<Value> =
        NOTIFIED.iter().map(|stage| json!({ "stageName": stage, "sendNotification": true })).collect();
    if let Some(contact) = details.get_mut("contactDetails") {
        set(contact, "notificationPreference", json!(notified));
    }
    if let Some(address) = details.get_mut("shippingAddress") {
        set(address, "addressType", json!("None"));
    }
    if let Some(export) = details.get_mut("dataExportDetails").and_then(|list| list.get_mut(0)) {
        set(export, "logCollectionLevel", json!("Error"));
    }
    let defaults = [
        ("enableManifestBackup", json!(false)),
        ("dataImportDetails", json!([])),
        ("preferences", json!({ "encryptionPreferences": { "doubleEncryption": "Disabled" } })),
        ("reverseShippingDetails", json!({})),
        ("keyEncryptionKey", json!({ "kekType": "MicrosoftManaged" })),
    ];
    for (key, value) in defaults {
        details.entry(key).or_insert(value);
    }
}
