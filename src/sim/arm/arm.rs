//! Azure Resource Manager: tenants, subscriptions, groups, provider registration, and the way to the other providers.

use serde_json::{Value, json};

use super::super::auth::{self, TokenAudience};
use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::super::{jobs, storage};
use super::request::{PAGE, Scope, dressed, nothing_here, paged, unauthorized, version};

/// Answers everything below `/subscriptions`, `/providers` and `/tenants`.
pub fn handle(state: &mut SimState, request: &Request, path: &[String]) -> Response {
    let refusal = match request.bearer_token() {
        None => Some("Authentication failed. The 'Authorization' header is missing."),
        Some(token) => auth::refusal(token, TokenAudience::Arm),
    };
    if let Some(why) = refusal {
        return unauthorized(state, request, why);
    }
    let response = route(state, request, path);
    dressed(state, request, response)
}

fn route(state: &mut SimState, request: &Request, path: &[String]) -> Response {
    let lower: Vec<String> = path.iter().map(|s| s.to_ascii_lowercase()).collect();
    let words: Vec<&str> = lower.iter().map(String::as_str).collect();
    let get = request.method == "GET";
    let subscription = (words.first() == Some(&"subscriptions")).then(|| path.get(1).map(String::as_str)).flatten();
    if let Some(id) = subscription
        && state.directory.subscription(id).is_none()
    {
        return Response::arm_error(
            404,
            "SubscriptionNotFound",
            &format!("The subscription '{id}' could not be found."),
        );
    }
    match words.as_slice() {
        ["providers", "microsoft.importexport", ..] => {
            jobs::handle(state, request, &Scope { subscription, group: None, rest: &path[2..] })
        }
        ["subscriptions", _, "providers", "microsoft.importexport"] if get => {
            checked(request, || provider(state, subscription))
        }
        ["subscriptions", _, "providers", "microsoft.importexport", "register"] if request.method == "POST" => {
            register(state, request, subscription)
        }
        ["subscriptions", _, "providers", "microsoft.importexport", _, ..] => {
            jobs::handle(state, request, &Scope { subscription, group: None, rest: &path[4..] })
        }
        ["subscriptions", _, "resourcegroups", _, "providers", "microsoft.importexport", _, ..] => {
            in_group(state, request, path, jobs::handle)
        }
        ["subscriptions", _, "providers", "microsoft.storage", _, ..] => {
            storage::handle(state, request, &Scope { subscription, group: None, rest: &path[4..] })
        }
        ["subscriptions", _, "resourcegroups", _, "providers", "microsoft.storage", _, ..] => {
            in_group(state, request, path, storage::handle)
        }
        ["tenants"] if get => checked(request, || tenants(state)),
        ["subscriptions"] if get => match version(request, &[]) {
            Ok(_) => paged(
                state,
                request,
                &(0..state.directory.subscriptions.len()).map(|i| subscription_json(state, i)).collect::<Vec<_>>(),
                PAGE,
            ),
            Err(response) => response,
        },
        ["subscriptions", _] if get => checked(request, || {
            Response::json(
                200,
                &subscription_json(
                    state,
                    subscription.and_then(|s| state.directory.subscription(s)).map_or(0, |(i, _)| i),
                ),
            )
        }),
        ["subscriptions", _, "locations"] if get => checked(request, || locations(state, subscription)),
        ["subscriptions", _, "resourcegroups"] if get => match version(request, &[]) {
            Ok(_) => paged(state, request, &groups(state, subscription), PAGE),
            Err(response) => response,
        },
        ["subscriptions", _, "resourcegroups", group] if get || request.method == "HEAD" => {
            let found = groups(state, subscription)
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
    state: &mut SimState,
    request: &Request,
    path: &[String],
    handler: fn(&mut SimState, &Request, &Scope) -> Response,
) -> Response {
    let (subscription, group) = (path[1].as_str(), path[3].as_str());
    let known = state
        .directory
        .subscription(subscription)
        .is_some_and(|(_, s)| s.groups.iter().any(|g| g.name.eq_ignore_ascii_case(group)));
    if !known {
        return no_group(group);
    }
    handler(state, request, &Scope { subscription: Some(subscription), group: Some(group), rest: &path[6..] })
}

fn no_group(group: &str) -> Response {
    Response::arm_error(404, "ResourceGroupNotFound", &format!("Resource group '{group}' could not be found."))
}

fn checked(request: &Request, response: impl FnOnce() -> Response) -> Response {
    version(request, &[]).map_or_else(|refused| refused, |_| response())
}

fn tenants(state: &SimState) -> Response {
    let d = &state.directory;
    let tenant = json!({
        "id": format!("/tenants/{}", d.tenant), "tenantId": d.tenant, "displayName": d.tenant_name, "defaultDomain": d.domain,
        "domains": [d.domain], "countryCode": "NO", "tenantCategory": "Home", "tenantType": "AAD",
    });
    Response::json(200, &json!({ "value": [tenant] }))
}

fn subscription_json(state: &SimState, index: usize) -> Value {
    let Some(s) = state.directory.subscriptions.get(index) else { return Value::Null };
    json!({
        "id": format!("/subscriptions/{}", s.id), "subscriptionId": s.id, "displayName": s.name, "tenantId": state.directory.tenant, "state": s.state,
        "subscriptionPolicies": { "locationPlacementId": "Public_2014-09-01", "quotaId": "Rehearsal_2014-09-01", "spendingLimit": "Off" },
        "authorizationSource": "RoleBased", "managedByTenants": [],
    })
}

fn locations(state: &SimState, subscription: Option<&str>) -> Response {
    let mut names = state.locations.names();
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

fn groups(state: &SimState, subscription: Option<&str>) -> Vec<Value> {
    let Some((_, s)) = subscription.and_then(|id| state.directory.subscription(id)) else { return Vec::new() };
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

fn provider(state: &SimState, subscription: Option<&str>) -> Response {
    let id = subscription.unwrap_or("");
    let registration = if state.registered.contains(&id.to_ascii_lowercase()) { "Registered" } else { "NotRegistered" };
    let places: Vec<String> = state.locations.names().into_iter().map(|(_, display)| display).collect();
    let kind = |name: &str, locations: &[String]| json!({ "resourceType": name, "locations": locations, "apiVersions": jobs::VERSIONS.iter().rev().collect::<Vec<_>>(), "capabilities": "None" });
    Response::json(
        200,
        &json!({
            "id": format!("/subscriptions/{id}/providers/Microsoft.ImportExport"), "namespace": "Microsoft.ImportExport", "registrationState": registration,
            "registrationPolicy": "RegistrationRequired", "resourceTypes": [kind("jobs", &places), kind("locations", &[]), kind("operations", &[])],
        }),
    )
}

fn register(state: &mut SimState, request: &Request, subscription: Option<&str>) -> Response {
    if let Err(response) = version(request, &[]) {
        return response;
    }
    state.registered.insert(subscription.unwrap_or("").to_ascii_lowercase());
    state.changed = true;
    provider(state, subscription)
}
