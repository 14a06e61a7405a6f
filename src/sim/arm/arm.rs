//! Azure Resource Manager: tenants, subscriptions and groups, and the way to the providers. Their registration is in `provider`.

use serde_json::{Value, json};

use super::super::auth::{self, TokenAudience};
use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::super::{data_box, import_export, permissions, storage};
use super::request::{PAGE, Scope, dressed, nothing_here, paged, unauthorized, version};
use super::{groups, provider};

/// Answers everything below `/subscriptions`, `/providers` and `/tenants`.
pub(crate) fn handle(state: &mut SimState, request: &Request, path: &[String]) -> Response {
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
    let lower: Vec<String> = path.iter().map(|segment| segment.to_ascii_lowercase()).collect();
    let words: Vec<&str> = lower.iter().map(String::as_str).collect();
    let subscription = (words.first() == Some(&"subscriptions")).then(|| path.get(1).map(String::as_str)).flatten();
    if let Some(id) = subscription.filter(|id| state.directory.subscription(id).is_none()) {
        let text = format!("The subscription '{id}' could not be found.");
        return Response::arm_error(404, "SubscriptionNotFound", &text);
    }
    if words.contains(&"providers")
        && let Some(refused) = permissions::refusal(state, request, &words)
    {
        return refused;
    }
    let no_group_scope = |start: usize| Scope { subscription, group: None, rest: &path[start..] };
    match (request.method.as_str(), words.as_slice()) {
        (_, ["providers", namespace, _, ..]) => match handler_of(namespace) {
            Some(handle) => handle(state, request, &no_group_scope(2)),
            None => nothing_here(request),
        },
        (_, ["subscriptions", _, "providers", namespace, rest @ ..])
            if provider::is_about_registration(request, rest) =>
        {
            provider::handle(state, request, subscription.unwrap_or(""), namespace, rest)
        }
        (_, ["subscriptions", _, "providers", namespace, _, ..]) => match handler_of(namespace) {
            Some(handle) => handle(state, request, &no_group_scope(4)),
            None => nothing_here(request),
        },
        (
            "GET",
            [
                "subscriptions",
                _,
                "resourcegroups",
                group,
                "providers",
                "microsoft.authorization",
                what @ ("permissions" | "denyassignments"),
            ],
        ) => {
            let found = groups::all(state, subscription);
            let known =
                found.iter().any(|one| one["name"].as_str().is_some_and(|name| name.eq_ignore_ascii_case(group)));
            match *what {
                _ if !known => no_group(group),
                "permissions" => permissions::handle(state, None),
                _ => permissions::deny_assignments(state),
            }
        }
        (_, ["subscriptions", _, "resourcegroups", _, "providers", namespace, _, ..]) => match handler_of(namespace) {
            Some(handle) => in_group(state, request, path, handle),
            None => nothing_here(request),
        },
        ("PUT", ["subscriptions", _, "resourcegroups", _]) => {
            permissions::refusal(state, request, &words).unwrap_or_else(|| groups::put(state, request, path))
        }
        (method, words) => own(state, request, method, subscription, words),
    }
}

/// Answers requests below a provider's namespace.
type ProviderHandler = fn(&mut SimState, &Request, &Scope) -> Response;

fn handler_of(namespace: &str) -> Option<ProviderHandler> {
    match namespace {
        "microsoft.importexport" => Some(import_export::handle),
        "microsoft.databox" => Some(data_box::handle),
        "microsoft.storage" => Some(storage::handle),
        _ => None,
    }
}

/// Answers the paths of Azure Resource Manager itself: tenants, subscriptions, locations and resource groups.
fn own(state: &SimState, request: &Request, method: &str, subscription: Option<&str>, words: &[&str]) -> Response {
    let found = subscription.and_then(|id| state.directory.subscription(id)).map_or(0, |(index, _)| index);
    match (method, words) {
        ("GET", ["tenants"]) => checked(request, || tenants(state)),
        ("GET", ["subscriptions"]) => checked(request, || paged(state, request, &subscriptions(state, request), PAGE)),
        ("GET", ["subscriptions", _]) => checked(request, || Response::json(200, &subscription_json(state, found))),
        ("GET", ["subscriptions", _, "locations"]) => checked(request, || locations(state, subscription)),
        ("GET", ["subscriptions", _, "resourcegroups"]) => {
            checked(request, || paged(state, request, &groups::all(state, subscription), PAGE))
        }
        ("GET" | "HEAD", ["subscriptions", _, "resourcegroups", group]) => {
            let is_named = |found: &Value| found["name"].as_str().is_some_and(|name| name.eq_ignore_ascii_case(group));
            match groups::all(state, subscription).into_iter().find(is_named) {
                Some(_) if method == "HEAD" => Response::empty(204),
                Some(found) => checked(request, || Response::json(200, &found)),
                None => no_group(group),
            }
        }
        _ => nothing_here(request),
    }
}

fn in_group(state: &mut SimState, request: &Request, path: &[String], handle: ProviderHandler) -> Response {
    let (subscription, group) = (path[1].as_str(), path[3].as_str());
    let is_known = state
        .directory
        .subscription(subscription)
        .is_some_and(|(_, known)| known.groups.iter().any(|known| known.name.eq_ignore_ascii_case(group)));
    if !is_known {
        return no_group(group);
    }
    handle(state, request, &Scope { subscription: Some(subscription), group: Some(group), rest: &path[6..] })
}

fn no_group(group: &str) -> Response {
    Response::arm_error(404, "ResourceGroupNotFound", &format!("Resource group '{group}' could not be found."))
}

/// The response, unless the `api-version` is missing or wrong.
fn checked(request: &Request, response: impl FnOnce() -> Response) -> Response {
    version(request, &[]).map_or_else(|refused| refused, |_| response())
}

fn tenants(state: &SimState) -> Response {
    let d = &state.directory;
    let tenant = |id: &str, name: &str, domain: &str, category: &str| {
        json!({
            "id": format!("/tenants/{id}"), "tenantId": id, "displayName": name, "defaultDomain": domain,
            "domains": [domain], "countryCode": "NO", "tenantCategory": category, "tenantType": "AAD",
        })
    };
    let home = tenant(&d.tenant, &d.tenant_name, &d.domain, "Home");
    let guests = d.guests.iter().map(|guest| tenant(&guest.tenant, &guest.name, &guest.domain, "ProjectedBy"));
    Response::json(200, &json!({ "value": std::iter::once(home).chain(guests).collect::<Vec<_>>() }))
}

/// The subscriptions of the tenant that the token is for.
fn subscriptions(state: &SimState, request: &Request) -> Vec<Value> {
    let d = &state.directory;
    let tenant = request.bearer_token().and_then(auth::tenant_of).unwrap_or_else(|| d.tenant.clone());
    let of_tenant = |index: &usize| d.subscriptions[*index].tenant.as_ref().unwrap_or(&d.tenant) == &tenant;
    (0..d.subscriptions.len()).filter(of_tenant).map(|index| subscription_json(state, index)).collect()
}

fn subscription_json(state: &SimState, index: usize) -> Value {
    let Some(s) = state.directory.subscriptions.get(index) else { return Value::Null };
    json!({
        "id": format!("/subscriptions/{}", s.id), "subscriptionId": s.id, "displayName": s.name,
        "tenantId": s.tenant.as_ref().unwrap_or(&state.directory.tenant), "state": s.state,
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
