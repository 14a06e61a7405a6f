//! Long-running operations: PUT, PATCH and DELETE answer 202 with an address that is asked until they have ended.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::super::jobs::job::{CreationFailure, StoredJob};
use super::super::jobs::life;
use super::super::jobs::settings::JobSettings;
use super::super::locks;
use super::super::response::{Request, Response, hash, uuid};
use super::super::state::SimState;
use super::super::switches::{CreateFailureShape, Expiry, LockEnd, OperationEnd};
use super::render::{self, DetailLevel};
use super::stages;
use super::stored_operation::{FAILED_CODE, FAILED_MESSAGE, FailedCreate, OperationKind, StoredOperation, deletes};

/// Simulated seconds between two questions about an operation, as recorded.
const WAIT: u32 = 10;
/// How an operation's address begins its last segment when it deletes a job.
const DELETION: &str = "-deleteorder";

/// Begins an operation on a job and answers the request that asked for it.
pub(super) fn begin(
    state: &mut SimState,
    request: &Request,
    version: &str,
    job: &StoredJob,
    kind: OperationKind,
) -> Response {
    let seconds = match kind {
        OperationKind::Write => state.switches.create_seconds,
        OperationKind::Delete => state.switches.delete_seconds,
    };
    let ends = state.now().checked_add(SignedDuration::from_secs(i64::from(seconds))).unwrap_or(Timestamp::MAX);
    let end = if kind == OperationKind::Delete { DELETION } else { "" };
    let id = format!("{}{end}", uuid(&format!("operation {} {} {}", job.id(), state.now(), state.answered)));
    let path = format!(
        "/subscriptions/{}/providers/Microsoft.DataBox/locations/{}/operationResults/{id}",
        job.subscription, job.location
    );
    let operation =
        StoredOperation { job: job.id().to_lowercase(), kind, ends, path, asked: 0, failure: None, over: false };
    // Before the answer, whose Retry-After follows from the pace.
    state.clock.hurry_until(ends);
    let response = running(state, request, version, &operation);
    state.operations.insert(id, operation);
    state.changed = true;
    response
}

/// The operation that deletes a job, if one is under way: its answer once more.
pub(super) fn deletion(state: &SimState, request: &Request, version: &str, key: &str) -> Option<Response> {
    let found = state.operations.values().find(|o| deletes(o, key))?;
    Some(running(state, request, version, found))
}

/// Answers GET `.../operationResults/ID`.
pub(super) fn answer(state: &mut SimState, request: &Request, version: &str, id: &str) -> Response {
    let (now, stands_still) = (state.now(), state.clock.pace() == 0.0);
    let Some(operation) = state.operations.get_mut(id) else {
        let text = format!("The operation '{id}' was not found.");
        return Response::arm_error(404, "OperationNotFound", &text);
    };
    operation.asked = operation.asked.saturating_add(1);
    // While the clock stands still each question stands for the wait before it.
    if stands_still {
        operation.ends = operation.ends.checked_sub(SignedDuration::from_secs(i64::from(WAIT))).unwrap_or(now);
    }
    let operation = operation.clone();
    state.changed = true;
    if operation.ends > now {
        return running(state, request, version, &operation);
    }
    end_now(state, id);
    match (operation.kind, operation.failure, state.jobs.get(&operation.job)) {
        // A job that was deleted while it was being changed has nothing to show either.
        (OperationKind::Delete, ..) | (_, None, None) => Response::empty(204),
        (_, Some(FailedCreate::Error), _) => Response::arm_error(400, FAILED_CODE, FAILED_MESSAGE),
        (_, Some(FailedCreate::Status), _) => {
            let error = json!({ "code": FAILED_CODE, "message": FAILED_MESSAGE });
            Response::json(200, &json!({ "id": operation.path, "name": id, "status": "Failed", "error": error }))
        }
        (_, None, Some(job)) if state.switches.operation_end == OperationEnd::Job => {
            Response::json(200, &render::job(state, job, version, DetailLevel::Reduced))
        }
        (_, None, Some(job)) => {
            let address = format!("{}{}?api-version={version}", request.base(&state.base), job.id());
            Response::empty(202).with("Location", address).with("Retry-After", wait(state).to_string())
        }
    }
}

/// Lets a create fail that the response has just begun, in the shape the switches say.
pub(crate) fn fail_created(state: &mut SimState, response: &Response) {
    let location = response.headers.iter().find(|(name, _)| name == "Location").map_or("", |(_, value)| value.as_str());
    let id = location.split(['?', '/']).find(|part| state.operations.contains_key(*part)).unwrap_or("").to_owned();
    let shape = state.switches.create_failure;
    let Some(operation) = state.operations.get_mut(&id) else { return };
    operation.failure = Some(match shape {
        CreateFailureShape::Error | CreateFailureShape::ErrorAndJob => FailedCreate::Error,
        CreateFailureShape::FailedStatus => FailedCreate::Status,
    });
    let keeps_job = shape == CreateFailureShape::ErrorAndJob;
    if let Some(job) = state.jobs.get_mut(&operation.job) {
        job.failure = Some(CreationFailure { at: operation.ends, keeps_job });
    }
    state.changed = true;
}

/// Ends the operations whose time has come, also when nobody asks about them, and takes away jobs that expired where the
/// switches say that they go; forgets operations after a day.
pub(crate) fn finish(state: &mut SimState) {
    let now = state.now();
    if state.switches.expiry == Expiry::Gone {
        state.jobs.retain(|_, job| !stages::is_forgotten(job, now));
    }
    state.operations.retain(|_, operation| now < life::after(operation.ends, 24));
    let due = state.operations.iter().filter(|(_, o)| !o.over && o.ends <= now).map(|(id, _)| id.clone());
    for id in due.collect::<Vec<_>>() {
        end_now(state, &id);
    }
}

/// What the end of an operation does to its job, once.
fn end_now(state: &mut SimState, id: &str) {
    let now = state.now();
    let Some(operation) = state.operations.get_mut(id).filter(|operation| !operation.over) else { return };
    operation.over = true;
    let operation = operation.clone();
    state.changed = true;
    match operation.kind {
        OperationKind::Delete => {
            let Some(job) = state.jobs.remove(&operation.job) else { return };
            let account = JobSettings::of(&job).account;
            let uses_it = |other: &StoredJob| JobSettings::of(other).account.eq_ignore_ascii_case(account);
            let is_last = !state.jobs.values().any(|other| other.provider == job.provider && uses_it(other));
            if is_last && state.switches.lock == LockEnd::GoesWithLastJob {
                locks::remove(state, account);
            }
        }
        OperationKind::Write => {
            let Some(job) = state.jobs.get_mut(&operation.job) else { return };
            let Some(failure) = &mut job.failure else { return };
            failure.at = failure.at.min(now);
            if !failure.keeps_job {
                state.jobs.remove(&operation.job);
            }
        }
    }
}

fn running(state: &SimState, request: &Request, version: &str, operation: &StoredOperation) -> Response {
    // Since 2025 the address carries a signature, a new one at every answer.
    let signature = if version.starts_with("2025") {
        let token = hash(&format!("{} {}", operation.path, operation.asked));
        format!("&t={}&c=MII{token:x}&s={token:x}&h={token:x}", state.now().as_second())
    } else {
        String::new()
    };
    let address = format!("{}{}?api-version={version}{signature}", request.base(&state.base), operation.path);
    Response::empty(202).with("Location", address).with("Retry-After", wait(state).to_string())
}

/// Real seconds until the next question makes sense.
fn wait(state: &SimState) -> u32 {
    let pace = state.clock.pace();
    let derived = if pace == 0.0 {
        0
    } else {
        (1..WAIT).find(|seconds| f64::from(*seconds) * pace >= f64::from(WAIT)).unwrap_or(WAIT)
    };
    state.switches.retry_after.unwrap_or(derived)
}
