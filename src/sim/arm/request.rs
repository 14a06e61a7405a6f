//! The parts of Azure Resource Manager that all its providers share: scope, api-version, pages, headers and errors.

use serde_json::{Value, json};

use super::super::auth::{self, TokenAudience};
use super::super::response::{Request, Response, uuid};
use super::super::state::SimState;

/// Entries of a subscriptions or accounts page; small, so that every client has to follow `nextLink`.
pub(crate) const PAGE: usize = 2;
const READS: u64 = 11_999;
const WRITES: u64 = 1_199;

/// The scope of a provider's request, and the path after the provider's namespace.
pub(crate) struct Scope<'p> {
    /// Subscription id as sent; `None` at tenant level.
    pub subscription: Option<&'p str>,
    /// Resource group as sent.
    pub group: Option<&'p str>,
    /// Segments after the namespace.
    pub rest: &'p [String],
}

/// The `api-version`. One that is missing or not among `known` is refused; with an empty `known` any date is accepted.
pub(crate) fn version<'r>(request: &'r Request, known: &[&str]) -> Result<&'r str, Response> {
    let Some(version) = request.query("api-version").filter(|v| !v.is_empty()) else {
        return Err(Response::arm_error(
            400,
            "MissingApiVersionParameter",
            "The api-version query parameter (?api-version=) is required for all requests.",
        ));
    };
    let date = version.strip_suffix("-preview").unwrap_or(version).as_bytes();
    let dated = date.len() == 10
        && date.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
    if known.is_empty() && dated || known.contains(&version) {
        return Ok(version);
    }
    let supported = if known.is_empty() { "2020-01-01 and later dates".to_owned() } else { known.join(",") };
    let text = format!("The api-version '{version}' is invalid. The supported versions are '{supported}'.");
    Err(Response::arm_error(400, "InvalidApiVersionParameter", &text))
}

/// A page of a list, with `nextLink` when there is more. `$skiptoken` counts entries.
pub(crate) fn paged(state: &SimState, request: &Request, all: &[Value], size: usize) -> Response {
    let skip = request
        .query("$skiptoken")
        .and_then(|t| t.strip_prefix("after-"))
        .and_then(|t| t.parse().ok())
        .unwrap_or(0_usize);
    let rest = all.get(skip.min(all.len())..).unwrap_or_default();
    let page = rest.get(..size.min(rest.len())).unwrap_or_default();
    let mut body = json!({ "value": page });
    if rest.len() > page.len() {
        let kept: Vec<&str> = request
            .target
            .split_once('?')
            .map_or("", |(_, q)| q)
            .split('&')
            .filter(|p| !p.to_ascii_lowercase().contains("skiptoken="))
            .collect();
        body["nextLink"] = json!(format!(
            "{}{}?{}&$skiptoken=after-{}",
            request.base(&state.base),
            request.path,
            kept.join("&"),
            skip + page.len()
        ));
    }
    Response::json(200, &body)
}

/// The response for a path that no operation answers.
pub(crate) fn nothing_here(request: &Request) -> Response {
    Response::arm_error(
        404,
        "InvalidResourceType",
        &format!("The resource type could not be found for '{} {}'.", request.method, request.path),
    )
}

/// The response with the headers that Azure Resource Manager adds to each.
pub(crate) fn dressed(state: &SimState, request: &Request, response: Response) -> Response {
    let id = uuid(&format!("arm {} {}", state.base, state.answered));
    let correlation = match request.header("x-ms-correlation-request-id") {
        "" => id.clone(),
        given => given.to_owned(),
    };
    let reading = request.method == "GET" || request.method == "HEAD";
    let left = if reading { READS } else { WRITES }.saturating_sub(state.answered % 1_000);
    let tenant_level = !request.path.to_ascii_lowercase().starts_with("/subscriptions/");
    let counter = match (request.method.as_str(), tenant_level) {
        ("DELETE", _) => "x-ms-ratelimit-remaining-subscription-deletes",
        (_, true) if reading => "x-ms-ratelimit-remaining-tenant-reads",
        (_, false) if reading => "x-ms-ratelimit-remaining-subscription-reads",
        _ => "x-ms-ratelimit-remaining-subscription-writes",
    };
    let response = response
        .with("x-ms-request-id", id.clone())
        .with("x-ms-correlation-request-id", correlation.clone())
        .with("x-ms-routing-request-id", format!("REHEARSAL:{correlation}"))
        .with(counter, left.to_string())
        .with("Cache-Control", "no-cache")
        .with("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        .with("X-Content-Type-Options", "nosniff");
    match request.header("x-ms-client-request-id") {
        "" => response,
        client => response.with("x-ms-client-request-id", client),
    }
}

/// A 401 with its challenge.
pub(crate) fn unauthorized(state: &SimState, request: &Request, why: &str) -> Response {
    let response = Response::arm_error(401, "InvalidAuthenticationToken", why)
        .with("WWW-Authenticate", auth::challenge(state, TokenAudience::Arm));
    dressed(state, request, response)
}

/// An empty page whose `nextLink` is the same request again, for the fault of that name.
pub(crate) fn empty_page(state: &SimState, request: &Request) -> Response {
    Response::json(200, &json!({ "value": [], "nextLink": format!("{}{}", state.base, request.target) }))
}
