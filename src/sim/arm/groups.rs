//! Resource groups: the list, and a new one.

use serde_json::{Value, json};

use super::super::directory::DirectoryGroup;
use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::request::version;

/// The groups of a subscription.
pub(super) fn all(state: &SimState, subscription: Option<&str>) -> Vec<Value> {
    let Some((_, s)) = subscription.and_then(|id| state.directory.subscription(id)) else { return Vec::new() };
    s.groups.iter().map(|group| shown(&s.id, group)).collect()
}

fn shown(subscription: &str, group: &DirectoryGroup) -> Value {
    json!({
        "id": format!("/subscriptions/{subscription}/resourceGroups/{}", group.name), "name": group.name,
        "type": "Microsoft.Resources/resourceGroups", "location": group.location,
        "properties": { "provisioningState": "Succeeded" },
    })
}

/// Answers PUT of a group. One that exists keeps its region.
pub(super) fn put(state: &mut SimState, request: &Request, path: &[String]) -> Response {
    if let Err(refused) = version(request, &[]) {
        return refused;
    }
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let location = super::super::locations::short(body["location"].as_str().unwrap_or(""));
    let known = state.locations.names().iter().any(|(name, _)| *name == location) || location == "swedencentral";
    if !known {
        let text = format!("The provided location '{location}' is not available for resource group.");
        return Response::arm_error(400, "LocationNotAvailableForResourceGroup", &text);
    }
    let [_, id, _, name, ..] = path else { return Response::empty(404) };
    let owner = state.directory.subscriptions.iter_mut().find(|owner| owner.id.eq_ignore_ascii_case(id));
    let (Some(owner), name) = (owner, name.clone()) else { return Response::empty(404) };
    let (id, existing) = (owner.id.clone(), owner.groups.iter().find(|group| group.name.eq_ignore_ascii_case(&name)));
    match existing {
        Some(group) if group.location != location => {
            let text = format!(
                "Invalid resource group location '{location}'. The Resource group already exists in location '{}'.",
                group.location
            );
            Response::arm_error(409, "InvalidResourceGroupLocation", &text)
        }
        Some(group) => Response::json(200, &shown(&id, group)),
        None => {
            let group = DirectoryGroup { name, location, made_here: true };
            let answer = Response::json(201, &shown(&id, &group));
            owner.groups.push(group);
            state.changed = true;
            answer
        }
    }
}
