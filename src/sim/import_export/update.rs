//! PATCH of a job: what may change in which state ("Update Job Properties"). Creating is in `create`.

use serde_json::{Map, Value};

use super::super::jobs::job::StoredJob;
use super::super::jobs::life::{self, JobPhase};
use super::super::jobs::outcome;
use super::super::jobs::place::{self, JobRefusal};
use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::render::{self, JobOperation};
use super::states::state_name;
use super::{create, selection};

const WRITABLE: [&str; 8] = [
    "cancelRequested",
    "state",
    "returnAddress",
    "returnShipping",
    "deliveryPackage",
    "logLevel",
    "backupDriveManifest",
    "driveList",
];

/// Changes a job that exists.
pub(super) fn patch(state: &mut SimState, request: &Request, version: &str, key: &str) -> Result<Response, JobRefusal> {
    let body = place::object(&request.body)?;
    let now = state.now();
    let Some(mut job) = state.jobs.get(key).cloned() else {
        return Err((404, "ResourceNotFound", "The job was not found.".to_owned()));
    };
    let phase = life::phase(&job, now);
    if body.contains_key("tags") {
        job.tags = place::tags(&body)?;
    }
    let empty = Map::new();
    let sent = body.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    allowed(&job, phase, sent)?;
    create::settings(sent)?;
    if let Some(address) = sent.get("returnAddress") {
        create::return_address(address)?;
    }
    for (name, value) in sent.iter().filter(|(name, _)| *name != "state" && *name != "cancelRequested") {
        job.properties.insert(name.clone(), value.clone());
    }
    if sent.get("cancelRequested") == Some(&Value::Bool(true)) {
        job.cancelled = job.cancelled.or(Some(now));
    }
    if sent.get("state").and_then(Value::as_str) == Some("Shipping") {
        for needed in ["returnAddress", "deliveryPackage"] {
            if !job.properties.contains_key(needed) {
                let text = format!(
                    "The state can only be set to Shipping once properties.{needed} is set, in this request or before."
                );
                return Err((400, "MissingRequiredProperty", text));
            }
        }
        job.shipped = Some(now);
    }
    if job.shipped.is_some() && matches!(phase, JobPhase::Creating | JobPhase::Shipping) {
        job.outcome = Some(outcome::foresee(state, &job, |store| selection::rules(&job, store)));
    }
    job.modified = now;
    let response = Response::json(200, &render::job(state, &job, version, JobOperation::Read));
    state.jobs.insert(key.to_owned(), job);
    state.changed = true;
    Ok(response)
}

fn allowed(job: &StoredJob, phase: JobPhase, sent: &Map<String, Value>) -> Result<(), JobRefusal> {
    let conflict = |what: &str, when: &str| {
        let text = format!("Job '{}' is {}: {what} can only be changed {when}.", job.name, state_name(phase));
        Err((409, "JobStateConflict", text))
    };
    for (name, value) in sent {
        match name.as_str() {
            // The examples of the API description send an empty state, and nothing changes.
            "state" if value.as_str() == Some("") => {}
            "state" if value.as_str() != Some("Shipping") => {
                return Err(place::invalid("properties.state", "it can only be set to Shipping"));
            }
            "state" if phase != JobPhase::Creating => return conflict("state", "while the job is Creating"),
            "cancelRequested" if *value != Value::Bool(true) => {
                return Err(place::invalid("properties.cancelRequested", "it can only be set to true"));
            }
            "deliveryPackage" if !matches!(phase, JobPhase::Creating | JobPhase::Shipping) => {
                return conflict("deliveryPackage", "until all drives have arrived");
            }
            "driveList" if job.exports() => {
                return Err(place::invalid("properties.driveList", "drives are not specified for an export job"));
            }
            "cancelRequested"
            | "returnAddress"
            | "returnShipping"
            | "logLevel"
            | "backupDriveManifest"
            | "driveList"
                if phase.is_copied() =>
            {
                return conflict(name, "until the job is Packaging");
            }
            known if WRITABLE.contains(&known) => {}
            other => {
                let text = format!(
                    "The property 'properties.{other}' cannot be updated. Only {} and tags can.",
                    WRITABLE.join(", ")
                );
                return Err((400, "PropertyCannotBeUpdated", text));
            }
        }
    }
    Ok(())
}
