//! The token endpoint: a code, a refresh token or a client's secret becomes an access token.

use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use serde_json::json;

use super::access_token::{HOUR, issue};
use super::grants::{contexts, secret};
use super::oauth_error::oauth_error;
use crate::sim::response::{Request, Response};
use crate::sim::state::SimState;

/// The client secret that is always wrong, so that a failed sign-in can be rehearsed.
const WRONG_SECRET: &str = "wrong-secret";
const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// What a token is given for: the authentication contexts of the sign-in, and whether a person signed in.
struct Granted {
    contexts: Vec<String>,
    person: bool,
    /// The scope of the authorization.
    scope: Option<String>,
}

/// Answers a request for a token.
pub(super) fn answer(state: &mut SimState, tenant: &str, request: &Request) -> Response {
    let field = |name: &str| form_field(&request.body, name).filter(|value| !value.is_empty());
    if field("client_id").is_none() {
        let text = "The request body must contain the following parameter: 'client_id'.";
        return oauth_error(400, "invalid_request", 900_144, text);
    }
    let granted = match field("grant_type").as_deref() {
        Some("client_credentials") => client(request),
        Some("authorization_code") => authorization_code(state, request),
        Some("refresh_token") => refresh_token(state, request),
        Some(DEVICE_CODE) => device_code(state, request),
        _ => Err(oauth_error(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.")),
    };
    granted.and_then(|granted| token(state, tenant, request, granted)).unwrap_or_else(|refused| refused)
}

fn token(state: &mut SimState, tenant: &str, request: &Request, granted: Granted) -> Result<Response, Response> {
    let field = |name: &str| form_field(&request.body, name);
    let scopes = field("scope").or_else(|| field("resource")).or(granted.scope).unwrap_or_default();
    let is_resource = |scope: &&str| !matches!(*scope, "offline_access" | "openid" | "profile" | "");
    let Some(scope) = scopes.split(' ').find(is_resource) else {
        let text = "The provided request must include a 'scope' input parameter.";
        return Err(oauth_error(400, "invalid_scope", 70011, text));
    };
    let audience = scope.trim_end_matches(".default").trim_end_matches('/');
    let mut body = json!({
        "token_type": "Bearer", "scope": scope, "expires_in": HOUR - 1, "ext_expires_in": HOUR - 1,
        "access_token": issue(tenant, audience, &granted.contexts, HOUR),
    });
    if granted.person && scopes.split(' ').any(|scope| scope == "offline_access") {
        let refresh = secret("refresh");
        body["refresh_token"] = json!(refresh);
        state.grants.refresh_tokens.insert(refresh, granted.contexts);
    }
    Ok(Response::json(200, &body))
}

fn client(request: &Request) -> Result<Granted, Response> {
    let field = |name: &str| form_field(&request.body, name);
    let secret = field("client_secret");
    if secret.is_none() && field("client_assertion").is_none() {
        let text = "The request body must contain 'client_assertion' or 'client_secret'.";
        return Err(oauth_error(401, "invalid_client", 7_000_218, text));
    }
    if secret.as_deref() == Some(WRONG_SECRET) {
        let text =
            "Invalid client secret provided. Ensure the secret being sent is the client secret value, not its ID.";
        return Err(oauth_error(401, "invalid_client", 7_000_215, text));
    }
    Ok(Granted { contexts: Vec::new(), person: false, scope: None })
}

/// An authorization code counts once, for the client and the address it was given to, with the verifier of its challenge.
fn authorization_code(state: &mut SimState, request: &Request) -> Result<Granted, Response> {
    let field = |name: &str| form_field(&request.body, name).unwrap_or_default();
    let Some(grant) = state.grants.codes.remove(&field("code")) else {
        let text = "OAuth2 Authorization code was already redeemed, please retry with a new valid code.";
        return Err(oauth_error(400, "invalid_grant", 54005, text));
    };
    if grant.client != field("client_id") || grant.redirect != field("redirect_uri") {
        let text = "The client or the redirect URI is not that of the authorization request.";
        return Err(oauth_error(400, "invalid_grant", 500_112, text));
    }
    let verifier = PkceCodeVerifier::new(field("code_verifier"));
    let long_enough = (43..=128).contains(&verifier.secret().len());
    if !long_enough || PkceCodeChallenge::from_code_verifier_sha256(&verifier).as_str() != grant.challenge {
        let text =
            "The Code_Verifier does not match the code_challenge supplied in the authorization request for PKCE.";
        return Err(oauth_error(400, "invalid_grant", 501_481, text));
    }
    Ok(Granted { contexts: grant.contexts, person: true, scope: Some(grant.scope) })
}

/// A refresh token counts for every tenant of the person. The one before stays good, as with Entra. Claims that the sign-in did not
/// have need the person.
fn refresh_token(state: &SimState, request: &Request) -> Result<Granted, Response> {
    let field = |name: &str| form_field(&request.body, name);
    let Some(known) = field("refresh_token").and_then(|token| state.grants.refresh_tokens.get(&token)) else {
        let text = "The refresh token is malformed or was not issued by this authority.";
        return Err(oauth_error(400, "invalid_grant", 9_002_313, text));
    };
    if contexts(field("claims").as_deref()).iter().any(|context| !known.contains(context)) {
        let text = "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.";
        return Err(oauth_error(400, "interaction_required", 50076, text));
    }
    Ok(Granted { contexts: known.clone(), person: true, scope: None })
}

fn device_code(state: &mut SimState, request: &Request) -> Result<Granted, Response> {
    let field = |name: &str| form_field(&request.body, name).unwrap_or_default();
    let (now, code) = (state.now(), field("device_code"));
    let wait = |error: &str, code: u32, text: &str| Err(oauth_error(400, error, code, text));
    match state.grants.devices.get(&code) {
        None => wait("bad_verification_code", 70019, "The device_code is not known."),
        Some(grant) if grant.client != field("client_id") => {
            wait("invalid_grant", 700_005, "The code was issued to another client.")
        }
        Some(grant) if grant.allowed == Some(false) => {
            wait("authorization_declined", 70018, "The end user denied the authorization request.")
        }
        Some(grant) if grant.expires <= now => wait(
            "expired_token",
            70020,
            "The provided value for the input parameter 'device_code' is not valid: it has expired.",
        ),
        Some(grant) if grant.allowed.is_none() => wait(
            "authorization_pending",
            70016,
            "OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
        ),
        Some(_) => {
            let grant = state.grants.devices.remove(&code);
            let (contexts, scope) = grant.map(|grant| (grant.contexts, grant.scope)).unzip();
            Ok(Granted { contexts: contexts.unwrap_or_default(), person: true, scope })
        }
    }
}

/// A field of a form body or a query, decoded.
pub(super) fn form_field(body: &[u8], name: &str) -> Option<String> {
    url::form_urlencoded::parse(body).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}
