//! Microsoft.ImportExport: the stored job and the way from a request to its operation. The rules are in the files below.

mod create;
mod keys;
pub mod life;
mod list;
mod outcome;
mod render;
mod selection;
mod update;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::arm::{Scope, nothing_here, version};
use super::response::{Request, Response};
use super::state::SimState;
use life::JobPhase;
use outcome::ExportOutcome;

/// The api-versions Microsoft.ImportExport ever had, oldest first.
pub const VERSIONS: [&str; 3] = ["2016-11-01", "2020-08-01", "2021-01-01"];

/// A job as it is stored; everything that changes by itself follows from these facts and the time, see [`life`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredJob {
    /// Subscription id.
    pub subscription: String,
    /// Resource group.
    pub group: String,
    /// Name.
    pub name: String,
    /// Location as it was sent.
    pub location: String,
    /// Tags.
    pub tags: Map<String, Value>,
    /// The properties the client has set.
    pub properties: Map<String, Value>,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed by a request.
    pub modified: Timestamp,
    /// When its state was set to Shipping.
    pub shipped: Option<Timestamp>,
    /// When its cancellation was asked for.
    pub cancelled: Option<Timestamp>,
    /// What the drives will hold; known once the job is shipping.
    pub outcome: Option<ExportOutcome>,
    /// Whether logs and manifests have been written to the storage account.
    pub reported: bool,
}

impl StoredJob {
    /// Azure Resource Manager id.
    pub fn id(&self) -> String {
        format!(
            "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.ImportExport/jobs/{}",
            self.subscription, self.group, self.name
        )
    }

    /// A text property, `""` when missing.
    pub fn text(&self, property: &str) -> &str {
        self.properties.get(property).and_then(Value::as_str).unwrap_or("")
    }

    /// Whether it exports.
    pub fn exports(&self) -> bool {
        self.text("jobType") == "Export"
    }
}

/// A refusal: status, code and message.
pub type JobRefusal = (u16, &'static str, String);

/// What a policy that asks for a tag answers to a resource without it; nothing for any other request.
pub fn untagged(request: &Request, tag: &str) -> Option<Response> {
    let body: Value = serde_json::from_slice(&request.body).ok().filter(|_| request.method == "PUT")?;
    let tags = body["tags"].as_object();
    if tags.is_some_and(|tags| tags.keys().any(|name| name.eq_ignore_ascii_case(tag))) {
        return None;
    }
    let path = request.segments();
    let resource = path.last().map_or("", |name| name.as_str());
    let identifiers = json!([{
        "policyAssignment": { "name": format!("Require a tag {tag}"), "id": "/providers/Microsoft.Authorization/policyAssignments/require-tag" },
        "policyDefinition": { "name": "Require a tag on resources", "id": "/providers/Microsoft.Authorization/policyDefinitions/require-tag" },
    }]);
    let text = format!("Resource '{resource}' was disallowed by policy. Policy identifiers: '{identifiers}'.");
    Some(Response::arm_error(403, "RequestDisallowedByPolicy", &text))
}

/// Answers `.../providers/Microsoft.ImportExport/...` below a subscription, a group or the tenant.
pub fn handle(world: &mut SimState, request: &Request, scope: &Scope) -> Response {
    let version = match version(request, &VERSIONS) {
        Ok(version) => version.to_owned(),
        Err(response) => return response,
    };
    let lower: Vec<String> = scope.rest.iter().map(|s| s.to_ascii_lowercase()).collect();
    let words: Vec<&str> = lower.iter().map(String::as_str).collect();
    match (request.method.as_str(), words.as_slice(), scope.subscription, scope.group) {
        ("GET", ["locations"], None, None) => Response::json(200, &world.locations.all(&version)),
        ("GET", ["locations", name], None, None) => match world.locations.get(name, &version) {
            Some(location) => Response::json(200, &location),
            None => Response::arm_error(
                404,
                "LocationNotFound",
                &format!("The location '{name}' is not a location of the Import/Export service."),
            ),
        },
        ("GET", ["operations"], None, None) => operations(),
        ("GET", ["jobs"], Some(subscription), group) => list::handle(world, request, &version, subscription, group),
        (method, ["jobs", _, rest @ ..], Some(subscription), Some(group)) => {
            let name = scope.rest[1].clone();
            match on_job(world, request, &version, method, &JobPlace { subscription, group, name: &name }, rest) {
                Ok(response) => response,
                Err((status, code, message)) => Response::arm_error(status, code, &message),
            }
        }
        _ => nothing_here(request),
    }
}

/// Where a job is or will be.
pub struct JobPlace<'p> {
    /// Subscription id as sent.
    pub subscription: &'p str,
    /// Resource group as sent.
    pub group: &'p str,
    /// Job name as sent.
    pub name: &'p str,
}

impl JobPlace<'_> {
    fn key(&self) -> String {
        let id = format!(
            "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.ImportExport/jobs/{}",
            self.subscription, self.group, self.name
        );
        id.to_lowercase()
    }
}

fn on_job(
    world: &mut SimState,
    request: &Request,
    version: &str,
    method: &str,
    place: &JobPlace,
    rest: &[&str],
) -> Result<Response, JobRefusal> {
    let key = place.key();
    let missing = || {
        let text = format!(
            "The Resource 'Microsoft.ImportExport/jobs/{}' under resource group '{}' was not found.",
            place.name, place.group
        );
        (404, "ResourceNotFound", text)
    };
    if method != "GET" && !rest.contains(&"listbitlockerkeys") {
        writable(world, place)?;
    }
    match (method, rest) {
        ("GET", []) => {
            let job = world.jobs.get(&key).ok_or_else(missing)?;
            Ok(Response::json(200, &render::job(world, job, version, render::JobOperation::Read)))
        }
        ("PUT", []) => create::put(world, request, version, place, &key),
        ("PATCH", []) => {
            if !world.jobs.contains_key(&key) {
                return Err(missing());
            }
            update::patch(world, request, version, &key)
        }
        ("DELETE", []) => {
            let job = world.jobs.get(&key).ok_or_else(missing)?;
            let stage = life::stage(job, world.now());
            if !matches!(stage, JobPhase::Creating | JobPhase::Finished { .. }) {
                let text = format!(
                    "Job '{}' is {} and can only be deleted while it is Creating or after it is Completed.",
                    place.name,
                    stage.name()
                );
                return Err((409, "JobStateConflict", text));
            }
            world.jobs.remove(&key);
            world.changed = true;
            Ok(Response::empty(200))
        }
        ("POST", ["listbitlockerkeys"]) => {
            let job = world.jobs.get(&key).ok_or_else(missing)?;
            Ok(Response::json(200, &keys::list(job, world.now())))
        }
        _ => Ok(nothing_here(request)),
    }
}

/// Writing needs a subscription that is not disabled and has the provider registered.
fn writable(world: &SimState, place: &JobPlace) -> Result<(), JobRefusal> {
    let Some((_, subscription)) = world.directory.subscription(place.subscription) else { return Ok(()) };
    if subscription.state == "Disabled" {
        let text = format!(
            "The subscription '{}' is disabled and therefore marked as read only. You cannot perform any write actions on it until it is re-enabled.",
            place.subscription
        );
        return Err((409, "ReadOnlyDisabledSubscription", text));
    }
    if world.registered.contains(&place.subscription.to_ascii_lowercase()) {
        return Ok(());
    }
    let text = "The subscription is not registered to use namespace 'Microsoft.ImportExport'. See https://aka.ms/rps-not-found for how to register subscriptions.";
    Err((409, "MissingSubscriptionRegistration", text.to_owned()))
}

/// Drops jobs whose time is over and writes what the service leaves in the storage account when drives are done.
pub fn settle(world: &mut SimState) {
    let now = world.now();
    let before = world.jobs.len();
    world.jobs.retain(|_, job| life::stage(job, now) != JobPhase::Gone);
    world.changed |= world.jobs.len() != before;
    if let Some(last) = world.jobs.values().filter_map(life::sending_back).max() {
        world.clock.hurry_until(last);
    }
    let due: Vec<String> = world
        .jobs
        .iter()
        .filter(|(_, job)| {
            !job.reported && matches!(life::stage(job, now), JobPhase::Packaging | JobPhase::Finished { .. })
        })
        .map(|(key, _)| key.clone())
        .collect();
    for key in due {
        outcome::report(world, &key);
        world.changed = true;
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
