//! Sign-in by device code (Microsoft page: OAuth 2.0 device authorization grant): the codes, and the page where a person types one.

use bytes::Bytes;
use jiff::SignedDuration;
use serde_json::json;

use super::grants::{DeviceGrant, contexts, secret};
use super::oauth_error::oauth_error;
use super::token_endpoint::form_field;
use crate::sim::response::{Request, Response};
use crate::sim::state::SimState;

/// Path of the page.
pub(super) const PAGE: &str = "devicelogin";
/// The characters of a user code: no vowels, so that it spells nothing, and none that look alike.
const LETTERS: &[u8] = b"BCDFGHJKLMNPQRSTVWXZ23456789";

/// Gives out a pair of codes.
pub(super) fn begin(state: &mut SimState, request: &Request) -> Response {
    let field = |name: &str| form_field(&request.body, name);
    let Some(client) = field("client_id").filter(|client| !client.is_empty()) else {
        let text = "The request body must contain the following parameter: 'client_id'.";
        return oauth_error(400, "invalid_request", 900_144, text);
    };
    let user_code: String = (0..9).map(|_| char::from(LETTERS[fastrand::usize(..LETTERS.len())])).collect();
    let device_code = secret("device");
    let seconds = state.switches.device_seconds;
    let expires = state.now().checked_add(SignedDuration::from_secs(i64::from(seconds))).unwrap_or(state.now());
    let grant = DeviceGrant {
        client,
        user_code: user_code.clone(),
        expires,
        allowed: None,
        scope: field("scope").unwrap_or_default(),
        contexts: contexts(field("claims").as_deref()),
    };
    state.grants.devices.insert(device_code.clone(), grant);
    let page = format!("{}/{PAGE}", state.base);
    Response::json(
        200,
        &json!({
            "device_code": device_code, "user_code": user_code, "verification_uri": page, "expires_in": seconds,
            "interval": state.switches.device_interval,
            "message": format!("To sign in, use a web browser to open the page {page} and enter the code {user_code} to authenticate."),
        }),
    )
}

/// The page: without a code a form, with `?code=…&answer=yes` the person's answer.
pub(super) fn page(state: &mut SimState, request: &Request) -> Response {
    let html = |status, words: &str| {
        let page = format!("<!doctype html><title>Device sign-in (rehearsal)</title><h1>Rehearsal</h1>\n<p>{words}\n");
        Response::bytes(status, "text/html; charset=utf-8", Bytes::from(page))
    };
    let Some(code) = request.query("code").filter(|code| !code.is_empty()) else {
        return html(
            200,
            "<form>Code <input name=code> <button name=answer value=yes>Sign in</button> <button name=answer value=no>Deny</button></form>",
        );
    };
    let now = state.now();
    let open = state.grants.devices.values_mut().find(|grant| grant.user_code.eq_ignore_ascii_case(code.trim()));
    match open.filter(|grant| grant.expires > now && grant.allowed.is_none()) {
        Some(grant) => {
            let allowed = request.query("answer") != Some("no");
            grant.allowed = Some(allowed);
            html(200, if allowed { "You are signed in on the device." } else { "The device was refused." })
        }
        None => html(404, "That code is not right, or it has expired."),
    }
}
