//! The way from a request to its operation on jobs or locations, and the lists of jobs and operations.

use serde_json::{Value, json};

use super::super::arm::request::{PAGE, Scope, nothing_here, paged, version};
use super::super::jobs::job::JobProvider;
use super::super::jobs::place::{self, JobPlace, JobRefusal, answered, registered, writable};
use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::super::switches::ListDetails;
use super::render::{self, DetailLevel};
use super::{actions, addresses, create, credentials, offers, operation, regions, update, validation};

/// The api-versions the simulator answers, oldest first.
const VERSIONS: [&str; 4] = ["2022-12-01", "2023-12-01", "2025-02-01", "2025-07-01"];

/// The api-versions that the service knows, oldest first.
pub(crate) fn versions(state: &SimState) -> &'static [&'static str] {
    let newest = state.switches.newest_version.as_deref();
    let known = VERSIONS.iter().take_while(|version| newest.is_none_or(|newest| **version <= newest)).count();
    &VERSIONS[..known]
}

/// Answers `.../providers/Microsoft.DataBox/...` below a subscription, a group or the tenant.
pub(crate) fn handle(state: &mut SimState, request: &Request, scope: &Scope) -> Response {
    let version = match version(request, versions(state)) {
        Ok(version) => version.to_owned(),
        Err(response) => return response,
    };
    let lower: Vec<String> = scope.rest.iter().map(|s| s.to_ascii_lowercase()).collect();
    let words: Vec<&str> = lower.iter().map(String::as_str).collect();
    match (request.method.as_str(), words.as_slice(), scope.subscription, scope.group) {
        ("GET", ["operations"], None, None) => operations(),
        ("GET", ["jobs"], Some(subscription), group) => list(state, request, &version, subscription, group),
        ("GET", ["locations", _, "operationresults", id], Some(_), None) => {
            operation::answer(state, request, &version, id)
        }
        ("POST", ["locations", region, question], Some(subscription), group) => {
            let result = registered(state, JobProvider::DataBox, subscription)
                .and_then(|()| at_location(state, request, subscription, group, region, question));
            answered(result)
        }
        (method, ["jobs", _, rest @ ..], Some(subscription), Some(group)) => {
            let name = scope.rest[1].clone();
            let place = JobPlace { provider: JobProvider::DataBox, subscription, group, name: &name };
            match on_job(state, request, &version, method, &place, rest) {
                // The gateway knows that the job is not there and does not ask the provider.
                Err((404, "ResourceNotFound", text)) => {
                    Response::arm_error(404, "ResourceNotFound", &text).with("x-ms-failure-cause", "gateway")
                }
                result => answered(result),
            }
        }
        _ => nothing_here(request),
    }
}

fn at_location(
    state: &SimState,
    request: &Request,
    subscription: &str,
    group: Option<&str>,
    region: &str,
    question: &str,
) -> Result<Response, JobRefusal> {
    let body = Value::Object(place::object(&request.body)?);
    match (question, group) {
        ("availableskus", Some(_)) => offers::available(state, request, &body),
        ("regionconfiguration", _) => regions::configuration(state, region, &body),
        ("validateinputs", _) => validation::inputs(state, subscription, &body),
        ("validateaddress", None) => addresses::validate(state, &body),
        _ => Ok(nothing_here(request)),
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
    if method != "GET" && rest != ["listcredentials"] {
        writable(state, place.provider, place.subscription)?;
    }
    match (method, rest) {
        ("GET", []) => Ok(match state.jobs.get(&key) {
            Some(job) => {
                let expanded = request.query("$expand").is_some_and(|e| e.eq_ignore_ascii_case("details"));
                let level = if expanded { DetailLevel::Expanded } else { DetailLevel::Reduced };
                Response::json(200, &render::job(state, job, version, level))
            }
            None => not_found(place.name),
        }),
        ("PUT", []) => create::put(state, request, version, place, &key),
        ("PATCH", []) if !state.jobs.contains_key(&key) => Err(place.missing()),
        ("PATCH", []) => update::patch(state, request, version, &key),
        ("DELETE", []) => actions::delete(state, request, version, &key),
        ("POST", [action]) => {
            if !state.jobs.contains_key(&key) {
                return Err(place.missing());
            }
            match *action {
                "cancel" => actions::cancel(state, request, &key),
                "markdevicesshipped" => actions::mark(state, request, &key),
                "mitigate" => actions::mitigate(state, request, &key),
                "listcredentials" => credentials::list(state, &key),
                _ => Ok(nothing_here(request)),
            }
        }
        _ => Ok(nothing_here(request)),
    }
}

/// The provider's own answer to a GET: a list of details with nothing in it.
fn not_found(name: &str) -> Response {
    let text = format!("Could not find the entity {name}.\r\nProvide a valid entity name and retry the operation.");
    let error = json!({ "code": "SsemUserErrorEntityNotFound", "message": text, "details": [null] });
    Response::json(404, &json!({ "error": error }))
}

fn list(state: &SimState, request: &Request, version: &str, subscription: &str, group: Option<&str>) -> Response {
    let level = match state.switches.list_details {
        ListDetails::Reduced => DetailLevel::Reduced,
        ListDetails::Absent => DetailLevel::Absent,
    };
    let shown = |job| {
        let mut shown = render::job(state, job, version, level);
        // Recorded lists spell this segment of the id in lower case.
        let id = shown["id"].as_str().unwrap_or("").replace("/resourceGroups/", "/resourcegroups/");
        shown["id"] = json!(id);
        shown
    };
    let jobs: Vec<Value> = state.jobs_in(JobProvider::DataBox, subscription, group).map(shown).collect();
    paged(state, request, &jobs, PAGE)
}

fn operations() -> Response {
    let rows = [
        ("jobs/read", "Jobs", "List or get the Orders"),
        ("jobs/write", "Jobs", "Create or update the Orders"),
        ("jobs/delete", "Jobs", "Delete the Orders"),
        ("jobs/cancel/action", "Jobs", "Cancels an order in progress."),
        ("jobs/markDevicesShipped/action", "Jobs", "Marks the devices of an order as shipped"),
        ("jobs/mitigate/action", "Jobs", "Performs a mitigation action on the order"),
        ("jobs/listCredentials/action", "Jobs", "Lists the unencrypted credentials related to the order."),
        ("locations/availableSkus/action", "Locations", "List the skus available for a country and a region"),
        ("locations/regionConfiguration/action", "Locations", "Returns the configuration of a region"),
        ("locations/validateInputs/action", "Locations", "Does all the validations needed for creating an order"),
        ("register/action", "Data Box", "Register Provider Microsoft.Databox"),
    ];
    let described = |(name, resource, description): &(&str, &str, &str)| {
        json!({
            "name": format!("Microsoft.DataBox/{name}"), "isDataAction": false,
            "display": { "provider": "Microsoft DataBox", "resource": resource, "operation": name, "description": description },
        })
    };
    let value: Vec<Value> = rows.iter().map(described).collect();
    Response::json(200, &json!({ "value": value }))
}
