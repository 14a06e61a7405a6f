//! Responses of a fault in the place of the service, in the service's own form.

use serde_json::json;

use super::arm::request as arm;
use super::auth;
use super::faults::ResponseFault;
use super::response::{Request, Response};
use super::services::is_arm;
use super::state::SimState;
use super::{blob, jobs};

/// The response of a fault; `None` when the service is to answer the request itself.
pub(super) fn fault_response(state: &SimState, fault: &ResponseFault, request: &Request) -> Option<Response> {
    let response = match (fault, is_arm(request)) {
        (ResponseFault::Status { status, code, retry_after }, in_arm) => {
            let response = error(*status, code.as_deref(), in_arm);
            match retry_after {
                Some(seconds) => response.with("Retry-After", seconds.to_string()),
                None => response,
            }
        }
        (ResponseFault::ExpiredToken, true) => {
            let why = "The access token expiry UTC time is earlier than current UTC time.";
            return Some(arm::unauthorized(state, request, why));
        }
        (ResponseFault::ExpiredToken, false) => {
            return Some(blob::unauthorized(state, request, "The access token has expired."));
        }
        (ResponseFault::MissingContext { context }, in_arm) => {
            let lacks = request.bearer_token().is_some_and(|token| !auth::satisfies(token, context));
            let text = "The request needs a stronger sign-in: multi-factor authentication.";
            let refusal = Response::arm_error(401, "InvalidAuthenticationToken", text)
                .with("WWW-Authenticate", auth::claims_challenge(state, context));
            return (in_arm && lacks).then(|| arm::dressed(state, request, refusal));
        }
        (ResponseFault::OAuth { error, code }, _) => {
            return Some(auth::oauth_error(400, error, *code, "A fault was asked for in this rehearsal."));
        }
        (ResponseFault::MissingTag { tag }, _) => {
            return jobs::untagged(request, tag).map(|refusal| arm::dressed(state, request, refusal));
        }
        (ResponseFault::Html { status }, _) => {
            let page =
                "<html><head><title>Bad Gateway</title></head><body><h1>The page cannot be shown</h1></body></html>";
            Response::bytes(*status, "text/html", page.into())
        }
        (ResponseFault::NullDetails { status }, _) => {
            let error = json!({ "code": "SsemUserErrorRehearsal", "message": "A fault was asked for in this rehearsal.", "details": [null] });
            Response::json(*status, &json!({ "error": error }))
        }
        (ResponseFault::EmptyPage, true) => arm::empty_page(state, request),
        (ResponseFault::EmptyPage, false) => blob::empty_page(request),
    };
    let dressed = if is_arm(request) { arm::dressed } else { blob::dressed };
    Some(dressed(state, request, response))
}

/// An error of a service; without a code, with one that suits the status.
fn error(status: u16, code: Option<&str>, in_arm: bool) -> Response {
    let code = code.unwrap_or(match (status, in_arm) {
        (429, _) => "TooManyRequests",
        (503, false) => "ServerBusy",
        (403, true) => "AuthorizationFailed",
        (403, false) => "AuthorizationPermissionMismatch",
        (404, _) => "ResourceNotFound",
        (401, _) => "InvalidAuthenticationToken",
        _ => "InternalServerError",
    });
    let text = "A fault was asked for in this rehearsal.";
    if in_arm { Response::arm_error(status, code, text) } else { Response::blob_error(status, code, text) }
}
