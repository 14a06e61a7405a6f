//! Azure Resource Manager demands multi-factor authentication, or another proof that a Conditional Access policy names
//! (Microsoft pages: Claims challenges, and Planning for mandatory multi-factor authentication for Azure).

use azure_core::http::headers::{HeaderName, Headers};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};

use super::meaning::{CodeMeaning, meaning, of_kind, quoted_meaning};
use crate::azure::{
    cloud::Cloud,
    credentials::Credential,
    fault::FaultKind,
    request::{Audience, RequestContext},
};

/// Longer claims are no challenge of Entra.
const LONGEST_CLAIMS: usize = 4096;

/// The meaning of such a response, with the command that signs in with the proof.
pub(super) fn mfa_challenge(
    context: &RequestContext,
    status: u16,
    code: Option<&str>,
    headers: &Headers,
    message: &str,
) -> Option<CodeMeaning> {
    if context.credential != Credential::Token || !matches!(status, 401 | 403) {
        return None;
    }
    let challenge = headers.get_optional_str(&HeaderName::from_static("www-authenticate")).unwrap_or_default();
    let claims = challenge.contains("insufficient_claims") || challenge.contains("claims=");
    let named = message.contains("mfaforazure") || message.to_lowercase().contains("multi-factor authentication");
    let demanded = named && matches!(code, Some("RequestDisallowedByAzure" | "RequestDisallowedByPolicy") | None);
    if !(claims || demanded) {
        return None;
    }
    let reason = "Azure wants multi-factor authentication, or another proof of who you are, for this";
    let command = command(context, challenge);
    let advice = format!("With the Azure CLI, run {command} in another terminal; then sign in again here.");
    let meaning = if message.is_empty() { meaning(reason, advice) } else { quoted_meaning(reason, advice) };
    Some(of_kind(FaultKind::SignedOut, meaning))
}

fn command(context: &RequestContext, challenge: &str) -> String {
    let tenant = tenant(challenge).map_or_else(String::new, |tenant| format!(" --tenant \"{tenant}\""));
    let scope = match context.audience {
        Audience::Storage => Cloud::storage_scope().to_owned(),
        Audience::Arm => format!("{}/.default", context.base_url.as_str()),
    };
    match parameter(challenge, "claims").and_then(claims) {
        Some(claims) => {
            format!("`az logout`, then `az login{tenant} --scope \"{scope}\" --claims-challenge \"{claims}\"`")
        }
        None => format!("`az logout`, then `az login{tenant} --scope \"{scope}\"`"),
    }
}

/// The claims that a response asks a new token for, as JSON; `None` where it is no challenge.
pub(crate) fn claims_wanted(status: u16, headers: &Headers) -> Option<String> {
    let challenge = headers.get_optional_str(&HeaderName::from_static("www-authenticate")).filter(|_| status == 401)?;
    String::from_utf8(claims_json(parameter(challenge, "claims")?)?).ok()
}

/// The claims as the Azure CLI takes them: base64 of JSON. Anything else is no challenge.
fn claims(text: &str) -> Option<String> {
    claims_json(text).map(|json| BASE64_STANDARD.encode(json)).filter(|claims| claims.len() <= LONGEST_CLAIMS)
}

fn claims_json(text: &str) -> Option<Vec<u8>> {
    let json = if text.trim_start().starts_with('{') {
        text.replace("\\\"", "\"").into_bytes()
    } else {
        let plain = text.trim_end_matches('=').replace('+', "-").replace('/', "_");
        BASE64_URL_SAFE_NO_PAD.decode(plain).ok()?
    };
    let object = serde_json::from_slice::<serde_json::Value>(&json).is_ok_and(|value| value.is_object());
    Some(json).filter(|json| object && json.len() <= LONGEST_CLAIMS)
}

/// The tenant at the end of `authorization_uri="https://login.microsoftonline.com/TENANT"`.
fn tenant(challenge: &str) -> Option<String> {
    let address = parameter(challenge, "authorization_uri").or_else(|| parameter(challenge, "authorization"))?;
    let path = url::Url::parse(address).ok()?;
    let tenant = path.path_segments()?.find(|part| !part.is_empty())?.to_owned();
    let plain = tenant.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    Some(tenant).filter(|tenant| plain && tenant != "common" && tenant.len() <= 253)
}

/// The value of `name="…"` in a challenge; a quotation mark in it is escaped.
fn parameter<'a>(challenge: &'a str, name: &str) -> Option<&'a str> {
    let starts = challenge.match_indices(name).map(|(at, _)| at);
    let whole = |at: &usize| challenge[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_');
    starts.filter(whole).find_map(|at| {
        let rest = challenge[at + name.len()..].strip_prefix("=\"")?;
        let mut before = ' ';
        let end = rest.find(|c: char| {
            let closes = c == '"' && before != '\\';
            before = c;
            closes
        })?;
        Some(&rest[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_is_passed_on_only_as_base64_of_json() {
        let json = r#"{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}"#;
        let coded = BASE64_STANDARD.encode(json);
        assert_eq!(claims(&coded).as_deref(), Some(coded.as_str()));
        assert_eq!(claims(coded.trim_end_matches('=')).as_deref(), Some(coded.as_str()));
        assert_eq!(claims(&json.replace('"', "\\\"")).as_deref(), Some(coded.as_str()));
        for odd in ["$(id)", "`id`", "e30x\"; curl", "", "W10="] {
            assert_eq!(claims(odd), None, "{odd}");
        }
    }

    #[test]
    fn the_parameters_of_a_challenge_are_read_whole() {
        let challenge = r#"Bearer realm="", authorization_uri="https://login.microsoftonline.com/11-22", error_claims="x", claims="a\"b""#;
        assert_eq!(parameter(challenge, "claims"), Some("a\\\"b"));
        assert_eq!(tenant(challenge).as_deref(), Some("11-22"));
        assert_eq!(tenant(r#"authorization_uri="https://x/$(id)""#), None);
    }
}
