//! What is asked of a job besides changing it: cancel, delete, markDevicesShipped and mitigate.

use serde_json::Value;

use super::super::jobs::job::CopyIntervention;
use super::super::jobs::life::{self, JobPhase};
use super::super::jobs::outcome;
use super::super::jobs::place::{self, JobRefusal, invalid, missing, text};
use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::super::switches::{Acceptance, CopyCourse};
use super::stored_operation::OperationKind;
use super::{operation, progress, selection, stages};

/// Refuses what the status of a job does not allow.
fn conflict(state: &SimState, key: &str, what: &str) -> JobRefusal {
    let (name, status) =
        state.jobs.get(key).map_or(("", ""), |job| (job.name.as_str(), stages::status(job, state.now())));
    let text = format!("Order '{name}' is {status} and {what}.");
    (409, "SsemUserErrorInvalidOrderState", text)
}

/// Cancels a job that has not been shipped.
pub(super) fn cancel(state: &mut SimState, request: &Request, key: &str) -> Result<Response, JobRefusal> {
    let body = place::object(&request.body)?;
    let reason = text(&body, "reason", "reason")?.to_owned();
    let now = state.now();
    if !state.jobs.get(key).is_some_and(|job| stages::is_cancellable(job, now)) {
        return Err(conflict(state, key, "cannot be cancelled"));
    }
    if let Some(job) = state.jobs.get_mut(key) {
        (job.cancelled, job.cancellation_reason, job.modified) = (Some(now), Some(reason), now);
    }
    state.changed = true;
    Ok(Response::empty(204))
}

/// Begins to delete a job that is over; one that is not there is as good as deleted.
pub(super) fn delete(
    state: &mut SimState,
    request: &Request,
    version: &str,
    key: &str,
) -> Result<Response, JobRefusal> {
    let Some(job) = state.jobs.get(key).cloned() else { return Ok(Response::empty(204)) };
    if let Some(under_way) = operation::deletion(state, request, version, key) {
        return Ok(under_way);
    }
    if !stages::is_deletable(&job, state.now()) {
        return Err(conflict(state, key, "cannot be deleted"));
    }
    Ok(operation::begin(state, request, version, &job, OperationKind::Delete))
}

/// Notes that the drives are on their way: once, and only while the job waits for it.
pub(super) fn mark(state: &mut SimState, request: &Request, key: &str) -> Result<Response, JobRefusal> {
    let body = place::object(&request.body)?;
    let package = body.get("deliverToDcPackageDetails").filter(|package| package.is_object());
    let package = package.ok_or_else(|| missing("deliverToDcPackageDetails"))?.clone();
    let now = state.now();
    let Some(mut job) = state.jobs.get(key).cloned() else {
        return Err((404, "ResourceNotFound", "The job was not found.".to_owned()));
    };
    let accepted = match (life::phase(&job, now), stages::is_ready(&job, now)) {
        (JobPhase::Creating, true) => true,
        (JobPhase::Creating, false) => state.switches.early_mark == Acceptance::Accepted,
        (JobPhase::Shipping, _) => state.switches.second_mark == Acceptance::Accepted,
        _ => false,
    };
    if !accepted {
        return Err(conflict(state, key, "its disks cannot be marked as shipped"));
    }
    if let Some(details) = job.properties.get_mut("details") {
        details["deliverToDcPackageDetails"] = package;
    }
    if job.shipped.is_none() {
        job.shipped = Some(now);
        let waits = state.switches.copy == CopyCourse::WaitsForCustomer;
        job.intervention = waits.then_some(CopyIntervention { answer: None });
        job.outcome = Some(outcome::foresee(state, &job, |store| selection::rules(&job, store, &state.switches)));
    }
    job.modified = now;
    state.jobs.insert(key.to_owned(), job);
    state.changed = true;
    Ok(Response::empty(204))
}

/// Takes the customer's resolution for a job that waits for one, for the whole job or drive by drive.
pub(super) fn mitigate(state: &mut SimState, request: &Request, key: &str) -> Result<Response, JobRefusal> {
    let body = place::object(&request.body)?;
    let drives = body.get("serialNumberCustomerResolutionMap").and_then(Value::as_object);
    let of_drive = drives.and_then(|map| map.values().next()).and_then(Value::as_str);
    let sent = body.get("customerResolutionCode").and_then(Value::as_str).or(of_drive);
    let resolution = sent.ok_or_else(|| missing("customerResolutionCode or serialNumberCustomerResolutionMap"))?;
    if !progress::RESOLUTIONS.contains(&resolution) {
        let offered = format!("the order offers {}", progress::RESOLUTIONS.join(", "));
        return Err(invalid("customerResolutionCode", &offered));
    }
    let now = state.now();
    if !state.jobs.get(key).is_some_and(|job| life::waits_for_customer(job, now)) {
        return Err(conflict(state, key, "does not wait for an action"));
    }
    if let Some(job) = state.jobs.get_mut(key) {
        job.intervention = Some(CopyIntervention { answer: Some((now, resolution.to_owned())) });
        job.modified = now;
    }
    state.changed = true;
    Ok(Response::empty(204))
}
