//! The way from a request to its operation on jobs, locations or the list of operations.

use serde_json::{Value, json};

use super::super::arm::request::{Scope, nothing_here, version};
use super::super::jobs::job::JobProvider;
use super::super::jobs::life::{self, JobPhase};
use super::super::jobs::place::{JobPlace, JobRefusal, answered, writable};
use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::states::state_name;
use super::{create, list, listed_keys, render, update};

/// The api-versions Microsoft.ImportExport ever had, oldest first.
pub(crate) const VERSIONS: [&str; 3] = ["2016-11-01", "2020-08-01", "2021-01-01"];

/// Answers `.../providers/Microsoft.ImportExport/...` below a subscription, a group or the tenant.
pub(crate) fn handle(state: &mut SimState, request: &Request, scope: &Scope) -> Response {
    let version = match version(request, &VERSIONS) {
        Ok(version) => version.to_owned(),
        Err(response) => return response,
    };
    let lower: Vec<String> = scope.rest.iter().map(|s| s.to_ascii_lowercase()).collect();
    let words: Vec<&str> = lower.iter().map(String::as_str).collect();
    match (request.method.as_str(), words.as_slice(), scope.subscription, scope.group) {
        ("GET", ["locations"], None, None) => Response::json(200, &state.locations.all(&version)),
        ("GET", ["locations", name], None, None) => match state.locations.get(name, &version) {
            Some(location) => Response::json(200, &location),
            None => Response::arm_error(
                404,
                "LocationNotFound",
                &format!("The location '{name}' is not a location of the Import/Export service."),
            ),
        },
        ("GET", ["operations"], None, None) => operations(),
        ("GET", ["jobs"], Some(subscription), group) => list::handle(state, request, &version, subscription, group),
        (method, ["jobs", _, rest @ ..], Some(subscription), Some(group)) => {
            let name = scope.rest[1].clone();
            let place = JobPlace { provider: JobProvider::ImportExport, subscription, group, name: &name };
            answered(on_job(state, request, &version, method, &place, rest))
        }
        _ => nothing_here(request),
    }
}

fn on_job(
    state: &mut SimState,
    request: &Request,
    version: &str,
    method: &str,
    place: &JobPlace,
    rest: &[&str],
) -> Result<Response, JobRefusal> {
    let key = place.key();
    let missing = || place.missing();
    if method != "GET" && !rest.contains(&"listbitlockerkeys") {
        writable(state, place.provider, place.subscription)?;
    }
    match (method, rest) {
        ("GET", []) => {
            let job = state.jobs.get(&key).ok_or_else(missing)?;
            Ok(Response::json(200, &render::job(state, job, version, render::JobOperation::Read)))
        }
        ("PUT", []) => create::put(state, request, version, place, &key),
        ("PATCH", []) => {
            if !state.jobs.contains_key(&key) {
                return Err(missing());
            }
            update::patch(state, request, version, &key)
        }
        ("DELETE", []) => {
            let job = state.jobs.get(&key).ok_or_else(missing)?;
            let phase = life::phase(job, state.now());
            if !matches!(phase, JobPhase::Creating | JobPhase::Finished { .. }) {
                let text = format!(
                    "Job '{}' is {} and can only be deleted while it is Creating or after it is Completed.",
                    place.name,
                    state_name(phase)
                );
                return Err((409, "JobStateConflict", text));
            }
            state.jobs.remove(&key);
            state.changed = true;
            Ok(Response::empty(200))
        }
        ("POST", ["listbitlockerkeys"]) => {
            let job = state.jobs.get(&key).ok_or_else(missing)?;
            Ok(Response::json(200, &listed_keys::list(job, state.now())))
        }
        _ => Ok(nothing_here(request)),
    }
}

fn operations() -> Response {
    let rows = [
        (
            "jobs/write",
            "Jobs",
            "Creates a job with the specified parameters or update the properties of the specified job.",
        ),
        ("jobs/read", "Jobs", "Gets the properties for the specified job or returns the list of jobs."),
        ("jobs/delete", "Jobs", "Deletes an existing job."),
        ("jobs/listBitLockerKeys/action", "Jobs", "Gets the BitLocker keys for the specified job."),
        (
            "locations/read",
            "Locations",
            "Gets the properties for the specified location or returns the list of locations.",
        ),
        (
            "register/action",
            "Import/Export Service",
            "Registers the subscription for the import/export resource provider and enables the creation of import/export jobs.",
        ),
    ];
    let value: Vec<Value> = rows
        .iter()
        .map(|(name, resource, description)| {
            json!({
                "name": format!("Microsoft.ImportExport/{name}"),
                "display": { "provider": "Microsoft Import/Export", "resource": resource, "operation": name, "description": description },
            })
        })
        .collect();
    Response::json(200, &json!({ "value": value }))
}
