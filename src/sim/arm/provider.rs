//! The registration of a provider in a subscription, and what the provider says of itself: types, locations, versions.

use serde_json::{Value, json};

use super::super::jobs::job::JobProvider;
use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::super::{data_box, import_export};
use super::request::version;

/// Whether a request is about the registration: `rest` is the path after the namespace, in lower case.
pub(super) fn is_about_registration(request: &Request, rest: &[&str]) -> bool {
    matches!((request.method.as_str(), rest), ("GET", []) | ("POST", ["register" | "unregister"]))
}

/// Answers GET `.../providers/NAMESPACE` and POST `.../register` and `.../unregister`.
pub(super) fn handle(
    state: &mut SimState,
    request: &Request,
    subscription: &str,
    namespace: &str,
    rest: &[&str],
) -> Response {
    if let Err(response) = version(request, &[]) {
        return response;
    }
    if let ("microsoft.storage", []) = (namespace.to_ascii_lowercase().as_str(), rest) {
        return Response::json(200, &storage(subscription));
    }
    let Some(provider) = JobProvider::of_namespace(namespace) else {
        let text = format!("The resource namespace '{namespace}' is invalid.");
        return Response::arm_error(404, "InvalidResourceNamespace", &text);
    };
    if let [change] = rest {
        state.registrations.set(provider, subscription, *change == "register");
        state.changed = true;
    }
    Response::json(200, &described(state, provider, subscription))
}

fn described(state: &SimState, provider: JobProvider, subscription: &str) -> Value {
    let namespace = provider.namespace();
    let registered = if state.registrations.has(provider, subscription) { "Registered" } else { "NotRegistered" };
    json!({
        "id": format!("/subscriptions/{subscription}/providers/{namespace}"), "namespace": namespace,
        "registrationState": registered, "registrationPolicy": "RegistrationRequired", "resourceTypes": types(state, provider),
    })
}

/// Microsoft.Storage: whoever has an account has registered it.
fn storage(subscription: &str) -> Value {
    json!({
        "id": format!("/subscriptions/{subscription}/providers/Microsoft.Storage"), "namespace": "Microsoft.Storage",
        "registrationState": "Registered", "registrationPolicy": "RegistrationRequired",
        "resourceTypes": [{ "resourceType": "storageAccounts", "locations": [], "apiVersions": ["2023-05-01"], "capabilities": "None" }],
    })
}

fn types(state: &SimState, provider: JobProvider) -> Vec<Value> {
    let (versions, names): (&[&str], &[&str]) = match provider {
        JobProvider::ImportExport => (&import_export::VERSIONS, &["jobs", "locations", "operations"]),
        JobProvider::DataBox => (
            data_box::versions(state),
            &[
                "jobs",
                "locations",
                "locations/validateAddress",
                "locations/availableSkus",
                "locations/validateInputs",
                "locations/regionConfiguration",
                "locations/operationResults",
                "operations",
            ],
        ),
    };
    let newest_first: Vec<&str> = versions.iter().rev().copied().collect();
    let regions: Vec<String> = state.locations.names().into_iter().map(|(_, display)| display).collect();
    let described = |name: &str| {
        let locations: &[String] = if name == "jobs" { &regions } else { &[] };
        json!({ "resourceType": name, "locations": locations, "apiVersions": newest_first, "capabilities": "None" })
    };
    names.iter().map(|name| described(name)).collect()
}
