//! PATCH of a job: tags, contact, addresses and the carrier of the way back, each as a whole. The rest of a job never changes.

use serde_json::{Map, Value};

use super::super::jobs::life::{self, JobPhase};
use super::super::jobs::place::{self, JobRefusal};
use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::stored_operation::OperationKind;
use super::{details, operation, stages, vault_key};

/// The members of the details that can be updated.
const WRITABLE: [&str; 6] = [
    "contactDetails",
    "shippingAddress",
    "reverseShippingDetails",
    "preferences",
    "keyEncryptionKey",
    "returnToCustomerPackageDetails",
];

/// Begins to change a job that exists.
pub(super) fn patch(state: &mut SimState, request: &Request, version: &str, key: &str) -> Result<Response, JobRefusal> {
    let body = place::object(&request.body)?;
    let now = state.now();
    let Some(mut job) = state.jobs.get(key).cloned() else {
        return Err((404, "ResourceNotFound", "The job was not found.".to_owned()));
    };
    if body.contains_key("tags") {
        job.tags = place::tags(&body)?;
    }
    let unknown = |name: &str| {
        let text = format!("'{name}' cannot be updated. Only tags, identity and {} can.", WRITABLE.join(", "));
        (400, "SsemUserErrorPropertyNotUpdatable", text)
    };
    if let Some(name) = body.keys().find(|name| !["tags", "identity", "properties"].contains(&name.as_str())) {
        return Err(unknown(name));
    }
    let properties = body.get("properties").and_then(Value::as_object);
    if let Some(name) = properties.and_then(|p| p.keys().find(|name| *name != "details")) {
        return Err(unknown(name));
    }
    let empty = Map::new();
    let sent = properties.and_then(|p| p.get("details")).and_then(Value::as_object).unwrap_or(&empty);
    for (name, value) in sent {
        match name.as_str() {
            // The discriminator says what the rest is and changes nothing.
            "jobDetailsType" => continue,
            "contactDetails" => details::contact(value)?,
            "shippingAddress" if !stages::is_address_editable(&job, now) => {
                let text = format!("The shipping address of order '{}' cannot be changed any more.", job.name);
                return Err((400, "SsemUserErrorAddressNotEditable", text));
            }
            "shippingAddress" => details::address(value, state.switches.country)?,
            "keyEncryptionKey" => {
                let identity = body.get("identity").or_else(|| vault_key::identity(&job));
                vault_key::check(value, identity, state.switches.vault_access)?;
            }
            known if WRITABLE.contains(&known) => {}
            other => return Err(unknown(other)),
        }
        if life::phase(&job, now).is_copied() || life::phase(&job, now) == JobPhase::Cancelled {
            let text = format!("Order '{}' is {} and cannot be updated.", job.name, stages::status(&job, now));
            return Err((409, "SsemUserErrorInvalidOrderState", text));
        }
        let merged = notified(value, job.properties.get("details").map_or(&Value::Null, |d| &d[name.as_str()]));
        if let Some(details) = job.properties.get_mut("details") {
            details[name.as_str()] = merged;
        }
    }
    vault_key::keep_identity(&mut job.properties, body.get("identity"));
    job.modified = now;
    let response = operation::begin(state, request, version, &job, OperationKind::Write);
    state.jobs.insert(key.to_owned(), job);
    Ok(response)
}

/// The sent contact keeps the notifications of the old one unless it has its own.
fn notified(sent: &Value, old: &Value) -> Value {
    let mut new = sent.clone();
    if new["notificationPreference"].is_null() && !old["notificationPreference"].is_null() {
        new["notificationPreference"] = old["notificationPreference"].clone();
    }
    new
}
