//! What the authority gave out and will take back once: authorization codes, device codes, refresh tokens. In memory only.

use std::collections::BTreeMap;

use jiff::Timestamp;

/// The codes and refresh tokens that were given out.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    /// Authorization codes that were not used yet.
    pub(super) codes: BTreeMap<String, AuthorizationGrant>,
    /// Device codes.
    pub(super) devices: BTreeMap<String, DeviceGrant>,
    /// The authentication contexts of each refresh token.
    pub(super) refresh_tokens: BTreeMap<String, Vec<String>>,
}

/// What an authorization code stands for.
#[derive(Debug)]
pub(super) struct AuthorizationGrant {
    pub(super) client: String,
    pub(super) redirect: String,
    /// The S256 challenge of PKCE (RFC 7636).
    pub(super) challenge: String,
    /// What the person agreed to; a request for the token need not repeat it.
    pub(super) scope: String,
    pub(super) contexts: Vec<String>,
}

/// What a device code stands for.
#[derive(Debug)]
pub(super) struct DeviceGrant {
    pub(super) client: String,
    pub(super) user_code: String,
    pub(super) expires: Timestamp,
    /// The person's answer; `None` before it.
    pub(super) allowed: Option<bool>,
    pub(super) scope: String,
    pub(super) contexts: Vec<String>,
}

/// A new code or refresh token: `kind`, a dot and 128 random bits.
pub(super) fn secret(kind: &str) -> String {
    format!("{kind}.{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..))
}

/// The authentication contexts in a `claims` parameter, e.g. `p1`.
pub(super) fn contexts(claims: Option<&str>) -> Vec<String> {
    let claims: serde_json::Value = claims.and_then(|claims| serde_json::from_str(claims).ok()).unwrap_or_default();
    let acrs = &claims["access_token"]["acrs"];
    let several = acrs["values"].as_array().into_iter().flatten();
    several.chain([&acrs["value"]]).filter_map(|context| Some(context.as_str()?.to_owned())).collect()
}
