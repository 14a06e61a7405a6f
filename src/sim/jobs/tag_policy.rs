//! A policy of the subscription that refuses resources without a certain tag.

use serde_json::{Value, json};

use super::super::response::{Request, Response};

/// The refusal of a resource without the tag; `None` for any other request.
pub(crate) fn untagged(request: &Request, tag: &str) -> Option<Response> {
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
