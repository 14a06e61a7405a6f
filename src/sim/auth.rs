//! The sign-in authority: discovery documents, tokens, and the check of a token. The key that signs tokens stands in this
//! file: they open nothing but a simulated Azure.

use azure_core::credentials::Secret;
use azure_core::hmac::hmac_sha256;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::response::{Request, Response};
use super::state::SimState;

/// The client secret that is always wrong, so that a failed sign-in can be rehearsed.
pub(super) const WRONG_SECRET: &str = "wrong-secret";
/// Audience of the token in the endpoints line, accepted by every service.
const EVERYWHERE: &str = "urn:blobfreight:rehearsal";
/// Audience of Blob storage.
const STORAGE: &str = "https://storage.azure.com";
const SIGNING_KEY: &str = "cmVoZWFyc2FsLW9ubHktbm90LWEtc2VjcmV0";
const HOUR: i64 = 3600;

/// The service that a token is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenAudience {
    /// Azure Resource Manager.
    Arm,
    /// Blob storage.
    Blob,
}

/// A token for every simulated service, good for thirty days.
pub(super) fn universal(tenant: &str) -> String {
    issue(tenant, EVERYWHERE, 30 * 24 * HOUR)
}

fn issue(tenant: &str, audience: &str, seconds: i64) -> String {
    let now = Timestamp::now().as_second();
    let head = BASE64_URL_SAFE_NO_PAD.encode(json!({ "typ": "JWT", "alg": "HS256" }).to_string());
    let claims = json!({
        "aud": audience, "iss": format!("https://sts.rehearsal.invalid/{tenant}/"), "tid": tenant, "oid": "5e4e5a1e-0000-4000-8000-0000000000b0",
        "name": "Rehearsal", "upn": "rehearsal@northlight.example", "iat": now, "nbf": now - 300, "exp": now + seconds,
    });
    let body = format!("{head}.{}", BASE64_URL_SAFE_NO_PAD.encode(claims.to_string()));
    let signature = sign(&body);
    format!("{body}.{signature}")
}

fn sign(text: &str) -> String {
    let signed = hmac_sha256(text, &Secret::new(SIGNING_KEY)).unwrap_or_default();
    signed.replace('+', "-").replace('/', "_").trim_end_matches('=').to_owned()
}

/// The reason to refuse a bearer token; `None` when the service accepts it.
pub(super) fn refusal(token: &str, service: TokenAudience) -> Option<&'static str> {
    let Some((body, signature)) = token.rsplit_once('.') else {
        return Some("The access token is malformed.");
    };
    if sign(body) != signature {
        return Some("The access token signature is invalid.");
    }
    let claims = body.split_once('.').and_then(|(_, c)| BASE64_URL_SAFE_NO_PAD.decode(c).ok());
    let Some(claims) = claims.and_then(|c| serde_json::from_slice::<Value>(&c).ok()) else {
        return Some("The access token is malformed.");
    };
    if claims["exp"].as_i64().unwrap_or(0) < Timestamp::now().as_second() {
        return Some("The access token expiry UTC time is earlier than current UTC time.");
    }
    let audience = claims["aud"].as_str().unwrap_or("");
    let storage = audience.starts_with(STORAGE) || audience.contains(".blob.");
    match service {
        _ if audience == EVERYWHERE => None,
        TokenAudience::Arm if storage => Some("The access token has been obtained for wrong audience or resource."),
        TokenAudience::Blob if !storage => {
            Some("Audience validation failed: the token is not for https://storage.azure.com.")
        }
        _ => None,
    }
}

/// The authority's own paths: discovery and the token endpoint.
pub(super) fn handle(state: &SimState, request: &Request, path: &[String]) -> Option<Response> {
    let tail: Vec<&str> = path.iter().skip(1).map(String::as_str).collect();
    let base = format!("{}/{}", state.base, path.first()?);
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
        ("POST", ["oauth2", "v2.0", "token"] | ["oauth2", "token"]) => Some(token(state, path.first()?, request)),
        _ => None,
    }
}

fn token(state: &SimState, tenant: &str, request: &Request) -> Response {
    let body = String::from_utf8_lossy(&request.body);
    let field = |name: &str| {
        let pair = body.split('&').filter_map(|p| p.split_once('=')).find(|(n, _)| *n == name)?;
        Some(percent_decode_str(&pair.1.replace('+', " ")).decode_utf8_lossy().into_owned())
    };
    if !tenant.eq_ignore_ascii_case(&state.directory.tenant)
        && !["common", "organizations"].contains(&tenant)
        && tenant != state.directory.domain
    {
        return aadsts(
            400,
            "invalid_request",
            90002,
            &format!("Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID."),
        );
    }
    let grant = field("grant_type").unwrap_or_default();
    if !["client_credentials", "refresh_token"].contains(&grant.as_str()) {
        return aadsts(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
    }
    if field("client_id").is_none_or(|id| id.is_empty()) {
        return aadsts(
            400,
            "invalid_request",
            900_144,
            "The request body must contain the following parameter: 'client_id'.",
        );
    }
    let secret = field("client_secret");
    if grant == "client_credentials" && secret.is_none() && field("client_assertion").is_none() {
        return aadsts(
            401,
            "invalid_client",
            7_000_218,
            "The request body must contain 'client_assertion' or 'client_secret'.",
        );
    }
    if secret.as_deref() == Some(WRONG_SECRET) {
        return aadsts(
            401,
            "invalid_client",
            7_000_215,
            "Invalid client secret provided. Ensure the secret being sent is the client secret value, not its ID.",
        );
    }
    let scope = field("scope").or_else(|| field("resource")).unwrap_or_default();
    let audience = scope.split(' ').next().unwrap_or("").trim_end_matches(".default").trim_end_matches('/');
    if audience.is_empty() {
        return aadsts(400, "invalid_scope", 70011, "The provided request must include a 'scope' input parameter.");
    }
    let token = issue(&state.directory.tenant, audience, HOUR);
    Response::json(
        200,
        &json!({ "token_type": "Bearer", "expires_in": HOUR - 1, "ext_expires_in": HOUR - 1, "access_token": token }),
    )
}

fn aadsts(status: u16, error: &str, code: u32, text: &str) -> Response {
    Response::json(
        status,
        &json!({
            "error": error, "error_description": format!("AADSTS{code}: {text}"), "error_codes": [code],
            "timestamp": Timestamp::now().to_string(), "trace_id": super::response::uuid(text), "correlation_id": super::response::uuid(error),
        }),
    )
}

/// The `WWW-Authenticate` header of a 401.
pub(super) fn challenge(state: &SimState, service: TokenAudience) -> String {
    let authority = format!("{}/{}", state.base, state.directory.tenant);
    match service {
        TokenAudience::Arm => format!(
            "Bearer authorization_uri=\"{authority}\", error=\"invalid_token\", error_description=\"The access token is missing or invalid.\""
        ),
        TokenAudience::Blob => format!("Bearer authorization_uri={authority}/oauth2/authorize resource_id={STORAGE}"),
    }
}
