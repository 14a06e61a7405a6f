//! Reads from the claims of a token who is signed in. For display only: nothing is decided by them, so no signature is checked.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::azure::{
    errors::clean,
    model::{Identity, SignInMethod},
    wire::json::JsonView,
};

/// The claims that name somebody, the friendliest first (Microsoft page: Access token claims reference).
const NAMES: [&str; 8] =
    ["upn", "preferred_username", "unique_name", "email", "app_displayname", "appid", "azp", "oid"];

/// The person or application that is signed in, as far as the token names it. An opaque token names nobody.
pub(super) fn identity(token: &SecretString, method: SignInMethod, tenant: Option<String>) -> Identity {
    let claims = claims(token.expose_secret()).unwrap_or(Value::Null);
    let view = JsonView::new(&claims);
    let who = NAMES.iter().find_map(|name| view.at(name).word()).map(|who| clean(&who));
    Identity {
        who: who.unwrap_or_else(|| "somebody the token does not name".to_owned()),
        tenant: view.at("tid").word().map(|tenant| clean(&tenant)).or(tenant),
        method,
    }
}

fn claims(token: &str) -> Option<Value> {
    let payload = token.split('.').nth(1)?.trim_end_matches('=');
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(claims: &str) -> Identity {
        let token = format!("e30.{}.sig", URL_SAFE_NO_PAD.encode(claims));
        identity(&token.into(), SignInMethod::DeveloperTools, Some("given".into()))
    }

    #[test]
    fn people_are_named_before_their_ids() {
        let ada = who(r#"{"oid":"1","appid":"2","upn":"ada@example.com","tid":"t-1"}"#);
        assert_eq!((ada.who.as_str(), ada.tenant.as_deref()), ("ada@example.com", Some("t-1")));
        assert_eq!(who(r#"{"appid":"2","oid":"1"}"#).who, "2");
    }

    #[test]
    fn an_opaque_token_is_no_failure() {
        for token in ["opaque", "a.b.c", "..", ""] {
            let identity = identity(&token.into(), SignInMethod::ManagedIdentity, Some("given".into()));
            assert_eq!(identity.tenant.as_deref(), Some("given"));
            assert!(!identity.who.is_empty());
        }
    }
}
