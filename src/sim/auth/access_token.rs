//! Access tokens: made, checked, and asked for in a `WWW-Authenticate` header. The key that signs them stands in this file: they
//! open nothing but a simulated Azure.

use azure_core::credentials::Secret;
use azure_core::hmac::hmac_sha256;
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::sim::state::SimState;

/// Audience of the token in the endpoints line, accepted by every service.
const EVERYWHERE: &str = "urn:blobfreight:rehearsal";
/// Audience of Blob storage.
const STORAGE: &str = "https://storage.azure.com";
const SIGNING_KEY: &str = "cmVoZWFyc2FsLW9ubHktbm90LWEtc2VjcmV0";
/// Seconds that an access token counts.
pub(super) const HOUR: i64 = 3600;
/// The person that every sign-in is.
pub(super) const USER: &str = "rehearsal@northlight.example";

/// The service that a token is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenAudience {
    /// Azure Resource Manager.
    Arm,
    /// Blob storage.
    Blob,
}

/// A token for every simulated service, good for thirty days.
pub(crate) fn universal(tenant: &str) -> String {
    issue(tenant, EVERYWHERE, &[], 30 * 24 * HOUR)
}

/// A token of `tenant` for `audience`, with the authentication contexts in `contexts` (claim `acrs`).
pub(super) fn issue(tenant: &str, audience: &str, contexts: &[String], seconds: i64) -> String {
    let now = Timestamp::now().as_second();
    let head = BASE64_URL_SAFE_NO_PAD.encode(json!({ "typ": "JWT", "alg": "HS256" }).to_string());
    let claims = json!({
        "aud": audience, "iss": format!("https://sts.rehearsal.invalid/{tenant}/"), "tid": tenant, "oid": "5e4e5a1e-0000-4000-8000-0000000000b0",
        "name": "Rehearsal", "upn": USER, "acrs": contexts, "iat": now, "nbf": now - 300, "exp": now + seconds,
    });
    let body = format!("{head}.{}", BASE64_URL_SAFE_NO_PAD.encode(claims.to_string()));
    let signature = sign(&body);
    format!("{body}.{signature}")
}

fn sign(text: &str) -> String {
    let signed = hmac_sha256(text, &Secret::new(SIGNING_KEY)).unwrap_or_default();
    signed.replace('+', "-").replace('/', "_").trim_end_matches('=').to_owned()
}

fn claims_in(body: &str) -> Option<Value> {
    let claims = BASE64_URL_SAFE_NO_PAD.decode(body.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&claims).ok()
}

/// The tenant of a bearer token.
pub(crate) fn tenant_of(token: &str) -> Option<String> {
    Some(claims_in(token)?["tid"].as_str()?.to_owned())
}

/// Whether a token has an authentication context.
pub(crate) fn satisfies(token: &str, context: &str) -> bool {
    let claims = claims_in(token).unwrap_or_default();
    claims["acrs"].as_array().into_iter().flatten().any(|known| known == context)
}

/// The reason to refuse a bearer token; `None` when the service accepts it.
pub(crate) fn refusal(token: &str, service: TokenAudience) -> Option<&'static str> {
    let Some((body, signature)) = token.rsplit_once('.') else {
        return Some("The access token is malformed.");
    };
    if sign(body) != signature {
        return Some("The access token signature is invalid.");
    }
    let Some(claims) = claims_in(body) else {
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

/// The `WWW-Authenticate` header of a 401.
pub(crate) fn challenge(state: &SimState, service: TokenAudience) -> String {
    let authority = format!("{}/{}", state.base, state.directory.tenant);
    match service {
        TokenAudience::Arm => format!(
            "Bearer authorization_uri=\"{authority}\", error=\"invalid_token\", error_description=\"The access token is missing or invalid.\""
        ),
        TokenAudience::Blob => format!("Bearer authorization_uri={authority}/oauth2/authorize resource_id={STORAGE}"),
    }
}

/// The `WWW-Authenticate` header of a claims challenge (Microsoft page: Claims challenges, claims requests and client capabilities).
pub(crate) fn claims_challenge(state: &SimState, context: &str) -> String {
    let authority = format!("{}/{}/oauth2/authorize", state.base, state.directory.tenant);
    let claims = json!({ "access_token": { "acrs": { "essential": true, "value": context } } }).to_string();
    format!(
        "Bearer realm=\"\", authorization_uri=\"{authority}\", error=\"insufficient_claims\", claims=\"{}\"",
        BASE64_STANDARD.encode(claims)
    )
}
