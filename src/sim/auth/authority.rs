//! The authority's paths: discovery, the pages of the sign-in, the token endpoint.

use serde_json::json;

use super::oauth_error::oauth_error;
use super::{authorize, device, token_endpoint};
use crate::sim::response::{Request, Response};
use crate::sim::state::SimState;

/// Answers the authority's own paths; `None` for all others.
pub(crate) fn handle(state: &mut SimState, request: &Request, path: &[String]) -> Option<Response> {
    let first = path.first()?;
    let tail: Vec<&str> = path.iter().skip(1).map(String::as_str).collect();
    let base = format!("{}/{first}", state.base);
    match (request.method.as_str(), tail.as_slice()) {
        ("GET", ["v2.0", ".well-known", "openid-configuration"] | [".well-known", "openid-configuration"]) => {
            Some(Response::json(
                200,
                &json!({
                    "issuer": format!("{base}/v2.0"), "token_endpoint": format!("{base}/oauth2/v2.0/token"),
                    "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"), "device_authorization_endpoint": format!("{base}/oauth2/v2.0/devicecode"),
                    "jwks_uri": format!("{base}/discovery/v2.0/keys"), "response_types_supported": ["code"], "subject_types_supported": ["pairwise"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                }),
            ))
        }
        ("GET", ["discovery", "instance"]) => Some(Response::json(
            200,
            &json!({
                "tenant_discovery_endpoint": format!("{}/{}/v2.0/.well-known/openid-configuration", state.base, state.directory.tenant),
                "api-version": "1.1", "metadata": [],
            }),
        )),
        ("GET", ["discovery", "v2.0", "keys"]) => Some(Response::json(200, &json!({ "keys": [] }))),
        ("GET", []) if first == device::PAGE => Some(device::page(state, request)),
        (_, ["oauth2", ..]) => Some(of_tenant(state, request, first, &tail)),
        _ => None,
    }
}

/// The paths below a tenant.
fn of_tenant(state: &mut SimState, request: &Request, tenant: &str, tail: &[&str]) -> Response {
    let Some(tenant) = state.directory.tenant_named(tenant).map(str::to_owned) else {
        let text = format!("Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID.");
        return oauth_error(400, "invalid_request", 90002, &text);
    };
    match (request.method.as_str(), tail) {
        ("GET", ["oauth2", "v2.0", "authorize"]) => authorize::answer(state, request),
        ("POST", ["oauth2", "v2.0", "devicecode"]) => device::begin(state, request),
        ("POST", ["oauth2", "v2.0", "token"] | ["oauth2", "token"]) => token_endpoint::answer(state, &tenant, request),
        _ => oauth_error(404, "invalid_request", 900_971, "There is no such endpoint."),
    }
}
