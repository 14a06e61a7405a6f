//! Sign-in in a browser (Microsoft page: OAuth 2.0 authorization code flow): a page with two links, or the redirect at once.

use bytes::Bytes;

use super::access_token::USER;
use super::grants::{AuthorizationGrant, contexts, secret};
use super::oauth_error::{described, oauth_error};
use super::token_endpoint::form_field;
use crate::sim::response::{Request, Response, escape};
use crate::sim::state::SimState;
use crate::sim::switches::Consent;

/// Answers a request for authorization.
pub(super) fn answer(state: &mut SimState, request: &Request) -> Response {
    let query = request.target.split_once('?').map_or("", |(_, query)| query);
    let field = |name: &str| form_field(query.as_bytes(), name).unwrap_or_default();
    let redirect = field("redirect_uri");
    let bare = redirect.strip_prefix("http://localhost:").or(redirect.strip_prefix("http://127.0.0.1:"));
    if bare.is_none() {
        let text =
            format!("The redirect URI '{redirect}' does not match the redirect URIs configured for the application.");
        return oauth_error(400, "invalid_request", 50011, &text);
    }
    if field("client_id").is_empty() || field("response_type") != "code" {
        return oauth_error(
            400,
            "invalid_request",
            900_144,
            "The request must contain 'client_id' and 'response_type'.",
        );
    }
    if field("code_challenge").is_empty() || field("code_challenge_method") != "S256" {
        return back(
            request,
            &redirect,
            &denied("invalid_request", 9_002_325, "Proof Key for Code Exchange is required."),
        );
    }
    let given = match field("answer").as_str() {
        "yes" => Consent::Granted,
        "" => state.switches.consent,
        _ => Consent::Denied,
    };
    match given {
        Consent::Page => Response::bytes(200, "text/html; charset=utf-8", Bytes::from(page(request))),
        Consent::Denied => {
            back(request, &redirect, &denied("access_denied", 65004, "User declined to consent to access the app."))
        }
        Consent::Granted => {
            let code = secret("code");
            let grant = AuthorizationGrant {
                client: field("client_id"),
                redirect: redirect.clone(),
                challenge: field("code_challenge"),
                scope: field("scope"),
                contexts: contexts(Some(&field("claims"))),
            };
            state.grants.codes.insert(code.clone(), grant);
            back(request, &redirect, &format!("code={code}"))
        }
    }
}

fn denied(error: &str, code: u32, text: &str) -> String {
    format!("error={error}&error_description={}", encode(&described(code, text)))
}

/// The redirect to the client, with its own `state`.
fn back(request: &Request, redirect: &str, fields: &str) -> Response {
    let state = encode(request.query("state").unwrap_or_default());
    Response::empty(302).with("Location", format!("{redirect}?{fields}&state={state}"))
}

fn page(request: &Request) -> String {
    let target = escape(&request.target);
    format!(
        "<!doctype html><title>Sign in (rehearsal)</title><h1>Rehearsal</h1>\n\
         <p><a href=\"{target}&amp;answer=yes\">Sign in as {USER}</a>\n<p><a href=\"{target}&amp;answer=no\">Deny</a>\n"
    )
}

fn encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
