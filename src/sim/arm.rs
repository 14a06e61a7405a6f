//! Azure Resource Manager: tenants, subscriptions, groups, provider registration, and the way to the other providers.

use serde_json::{Value, json};

use super::auth::{self, TokenAudience};
use super::response::{Request, Response, uuid};
use super::state::SimState;
use super::{jobs, storage};

/// Entries of a subscriptions or accounts page; small, so that every client has to follow `nextLink`.
pub const PAGE: usize = 2;
const READS: u64 = 11_999;
const WRITES: u64 = 1_199;

/// Answers everything below `/subscriptions`, `/providers` and `/tenants`.
pub fn handle(world: &mut SimState, request: &Request, path: &[String]) -> Response {
    let bearer = bearer(request);
    let refusal = match bearer {
        None => Some("Authentication failed. The 'Authorization' header is missing."),
        Some(token) => auth::refusal(token, TokenAudience::Arm),
    };
    if let Some(why) = refusal {
        return unauthorized(world, request, why);
    }
    let response = route(world, request, path);
    dressed(world, request, response)
}

/// The bearer token of a request.
pub fn bearer(request: &Request) -> Option<&str> {
    let (scheme, token) = request.header("authorization").split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// A 401 with its challenge.
pub fn unauthorized(world: &SimState, request: &Request, why: &str) -> Response {
    let response = Response::arm_error(401, "InvalidAuthenticationToken", why)
        .with("WWW-Authenticate", auth::challenge(world, TokenAudience::Arm));
    dressed(world, request, response)
}

/// A reply with the headers Azure Resource Manager puts on every answer.
pub fn dressed(world: &SimState, request: &Request, response: Response) -> Response {
    let id = uuid(&format!("arm {} {}", world.base, world.answered));
    let correlation = match request.header("x-ms-correlation-request-id") {
        "" => id.clone(),
        given => given.to_owned(),
    };
    let reading = request.method == "GET" || request.method == "HEAD";
    let left = if reading { READS } else { WRITES }.saturating_sub(world.answered % 1_000);
    let tenant_level = !request.path.to_ascii_lowercase().starts_with("/subscriptions/");
    let counter = match (request.method.as_str(), tenant_level) {
        ("DELETE", _) => "x-ms-ratelimit-remaining-subscription-deletes",
        (_, true) if reading => "x-ms-ratelimit-remaining-tenant-reads",
        (_, false) if reading => "x-ms-ratelimit-remaining-subscription-reads",
        _ => "x-ms-ratelimit-remaining-subscription-writes",
    };
    let response = response
        .with("x-ms-request-id", id.clone())
        .with("x-ms-correlation-request-id", correlation.clone())
        .with("x-ms-routing-request-id", format!("REHEARSAL:{correlation}"))
        .with(counter, left.to_string())
        .with("Cache-Control", "no-cache")
        .with("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        .with("X-Content-Type-Options", "nosniff");
    match request.header("x-ms-client-request-id") {
        "" => response,
        client => response.with("x-ms-client-request-id", client),
    }
}

/// An empty page whose continuation is the same request again, for the fault of that name.
pub fn empty_page(world: &SimState, request: &Request) -> Response {
    Response::json(200, &json!({ "value": [], "nextLink": format!("{}{}", world.base, request.target) }))
}

/// A page of a list, `nextLink` when there is more. `$skiptoken` counts entries.
pub fn paged(world: &SimState, request: &Request, all: &[Value], size: usize) -> Response {
    let skip = request
        .query("$skiptoken")
        .and_then(|t| t.strip_prefix("after-"))
        .and_then(|t| t.parse().ok())
        .unwrap_or(0_usize);
    let rest = all.get(skip.min(all.len())..).unwrap_or_default();
    let page = rest.get(..size.min(rest.len())).unwrap_or_default();
    let mut body = json!({ "value": page });
    if rest.len() > page.len() {
        let kept: Vec<&str> = request
            .target
            .split_once('?')
            .map_or("", |(_, q)| q)
            .split('&')
            .filter(|p| !p.to_ascii_lowercase().contains("skiptoken="))
            .collect();
        body["nextLink"] =
            json!(format!("{}{}?{}&$skiptoken=after-{}", world.base, request.path, kept.join("&"), skip + page.len()));
    }
    Response::json(200, &body)
}

/// Refuses a missing `api-version`, and one that is not among `known`; any date will do when `known` is empty.
pub fn version<'r>(request: &'r Request, known: &[&str]) -> Result<&'r str, Response> {
    let Some(version) = request.query("api-version").filter(|v| !v.is_empty()) else {
        return Err(Response::arm_error(
            400,
            "MissingApiVersionParameter",
            "The api-version query parameter (?api-version=) is required for all requests.",
        ));
    };
    let date = version.strip_suffix("-preview").unwrap_or(version).as_bytes();
    let dated = date.len() == 10
        && date.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
    if known.is_empty() && dated || known.contains(&version) {
        return Ok(version);
    }
    let supported = if known.is_empty() { "2020-01-01 and later dates".to_owned() } else { known.join(",") };
    let text = format!("The api-version '{version}' is invalid. The supported versions are '{supported}'.");
    Err(Response::arm_error(400, "InvalidApiVersionParameter", &text))
}

/// The reply for a path nothing answers to.
pub fn nothing_here(request: &Request) -> Response {
    Response::arm_error(
        404,
        "InvalidResourceType",
        &format!("The resource type could not be found for '{} {}'.", request.method, request.path),
    )
}

/// Names of the parts that a provider answers for: subscription id, group, provider namespace in lower case and what follows it.
pub struct Scope<'p> {
    /// Subscription id as sent; `None` at tenant level.
    pub subscription: Option<&'p str>,
    /// Resource group as sent.
    pub group: Option<&'p str>,
    /// Segments after the namespace.
    pub rest: &'p [String],
}

fn route(world: &mut SimState, request: &Request, path: &[String]) -> Response {
    let lower: Vec<String> = path.iter().map(|s| s.to_ascii_lowercase()).collect();
    let words: Vec<&str> = lower.iter().map(String::as_str).collect();
    let get = request.method == "GET";
    let subscription = (words.first() == Some(&"subscriptions")).then(|| path.get(1).map(String::as_str)).flatten();
    if let Some(id) = subscription
        && world.directory.subscription(id).is_none()
    {
        return Response::arm_error(
            404,
            "SubscriptionNotFound",
            &format!("The subscription '{id}' could not be found."),
        );
    }
    match words.as_slice() {
        ["providers", "microsoft.importexport", ..] => {
            jobs::handle(world, request, &Scope { subscription, group: None, rest: &path[2..] })
        }
        ["subscriptions", _, "providers", "microsoft.importexport"] if get => {
            checked(request, || provider(world, subscription))
        }
        ["subscriptions", _, "providers", "microsoft.importexport", "register"] if request.method == "POST" => {
            register(world, request, subscription)
        }
        ["subscriptions", _, "providers", "microsoft.importexport", _, ..] => {
            jobs::handle(world, request, &Scope { subscription, group: None, rest: &path[4..] })
        }
        ["subscriptions", _, "resourcegroups", _, "providers", "microsoft.importexport", _, ..] => {
            in_group(world, request, path, jobs::handle)
        }
        ["subscriptions", _, "providers", "microsoft.storage", _, ..] => {
            storage::handle(world, request, &Scope { subscription, group: None, rest: &path[4..] })
        }
        ["subscriptions", _, "resourcegroups", _, "providers", "microsoft.storage", _, ..] => {
            in_group(world, request, path, storage::handle)
        }
        ["tenants"] if get => checked(request, || tenants(world)),
        ["subscriptions"] if get => match version(request, &[]) {
            Ok(_) => paged(
                world,
                request,
                &(0..world.directory.subscriptions.len()).map(|i| subscription_json(world, i)).collect::<Vec<_>>(),
                PAGE,
            ),
            Err(response) => response,
        },
        ["subscriptions", _] if get => checked(request, || {
            Response::json(
                200,
                &subscription_json(
                    world,
                    subscription.and_then(|s| world.directory.subscription(s)).map_or(0, |(i, _)| i),
                ),
            )
        }),
        ["subscriptions", _, "locations"] if get => checked(request, || locations(world, subscription)),
        ["subscriptions", _, "resourcegroups"] if get => match version(request, &[]) {
            Ok(_) => paged(world, request, &groups(world, subscription), PAGE),
            Err(response) => response,
        },
        ["subscriptions", _, "resourcegroups", group] if get || request.method == "HEAD" => {
            let found = groups(world, subscription)
                .into_iter()
                .find(|g| g["name"].as_str().is_some_and(|n| n.eq_ignore_ascii_case(group)));
            match found {
                Some(_) if !get => Response::empty(204),
                Some(found) => checked(request, || Response::json(200, &found)),
                None => no_group(group),
            }
        }
        _ => nothing_here(request),
    }
}

fn in_group(
    world: &mut SimState,
    request: &Request,
    path: &[String],
    handler: fn(&mut SimState, &Request, &Scope) -> Response,
) -> Response {
    let (subscription, group) = (path[1].as_str(), path[3].as_str());
    let known = world
        .directory
        .subscription(subscription)
        .is_some_and(|(_, s)| s.groups.iter().any(|g| g.name.eq_ignore_ascii_case(group)));
    if !known {
        return no_group(group);
    }
    handler(world, request, &Scope { subscription: Some(subscription), group: Some(group), rest: &path[6..] })
}

fn no_group(group: &str) -> Response {
    Response::arm_error(404, "ResourceGroupNotFound", &format!("Resource group '{group}' could not be found."))
}

fn checked(request: &Request, response: impl FnOnce() -> Response) -> Response {
    version(request, &[]).map_or_else(|refused| refused, |_| response())
}

fn tenants(world: &SimState) -> Response {
    let d = &world.directory;
    let tenant = json!({
        "id": format!("/tenants/{}", d.tenant), "tenantId": d.tenant, "displayName": d.tenant_name, "defaultDomain": d.domain,
        "domains": [d.domain], "countryCode": "NO", "tenantCategory": "Home", "tenantType": "AAD",
    });
    Response::json(200, &json!({ "value": [tenant] }))
}

fn subscription_json(world: &SimState, index: usize) -> Value {
    let Some(s) = world.directory.subscriptions.get(index) else { return Value::Null };
    json!({
        "id": format!("/subscriptions/{}", s.id), "subscriptionId": s.id, "displayName": s.name, "tenantId": world.directory.tenant, "state": s.state,
        "subscriptionPolicies": { "locationPlacementId": "Public_2014-09-01", "quotaId": "Rehearsal_2014-09-01", "spendingLimit": "Off" },
        "authorizationSource": "RoleBased", "managedByTenants": [],
    })
}

fn locations(world: &SimState, subscription: Option<&str>) -> Response {
    let mut names = world.locations.names();
    // Azure knows regions that Import/Export does not ship from.
    names.push(("swedencentral".to_owned(), "Sweden Central".to_owned()));
    let list: Vec<Value> = names
        .iter()
        .map(|(name, display)| {
            json!({
                "id": format!("/subscriptions/{}/locations/{name}", subscription.unwrap_or("")), "name": name, "type": "Region", "displayName": display,
                "regionalDisplayName": display, "metadata": { "regionType": "Physical", "regionCategory": "Recommended" },
            })
        })
        .collect();
    Response::json(200, &json!({ "value": list }))
}

fn groups(world: &SimState, subscription: Option<&str>) -> Vec<Value> {
    let Some((_, s)) = subscription.and_then(|id| world.directory.subscription(id)) else { return Vec::new() };
    s.groups
        .iter()
        .map(|g| {
            json!({
                "id": format!("/subscriptions/{}/resourceGroups/{}", s.id, g.name), "name": g.name, "type": "Microsoft.Resources/resourceGroups",
                "location": g.location, "properties": { "provisioningState": "Succeeded" },
            })
        })
        .collect()
}

fn provider(world: &SimState, subscription: Option<&str>) -> Response {
    let id = subscription.unwrap_or("");
    let state = if world.registered.contains(&id.to_ascii_lowercase()) { "Registered" } else { "NotRegistered" };
    let places: Vec<String> = world.locations.names().into_iter().map(|(_, display)| display).collect();
    let kind = |name: &str, locations: &[String]| json!({ "resourceType": name, "locations": locations, "apiVersions": jobs::VERSIONS.iter().rev().collect::<Vec<_>>(), "capabilities": "None" });
    Response::json(
        200,
        &json!({
            "id": format!("/subscriptions/{id}/providers/Microsoft.ImportExport"), "namespace": "Microsoft.ImportExport", "registrationState": state,
            "registrationPolicy": "RegistrationRequired", "resourceTypes": [kind("jobs", &places), kind("locations", &[]), kind("operations", &[])],
        }),
    )
}

fn register(world: &mut SimState, request: &Request, subscription: Option<&str>) -> Response {
    if let Err(response) = version(request, &[]) {
        return response;
    }
    world.registered.insert(subscription.unwrap_or("").to_ascii_lowercase());
    world.changed = true;
    provider(world, subscription)
}
