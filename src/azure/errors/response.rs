//! The fault of a response: one that says failure, one that is a web page, one that is not what the service promises.

use azure_core::http::{
    Url,
    headers::{HeaderName, Headers},
};

use super::{challenge, clean, codes, envelope, is_web_page, refused_credential::CredentialRefusal};
use crate::azure::{
    fault::{Fault, FaultKind, Retry},
    request::RequestContext,
    urls,
    wire::headers::{retry_after, whole_seconds},
};

/// The longest pause that a fault advises, in seconds.
const MAX_RETRY_AFTER: u64 = 3600;

/// The advice for a reason this program has no words for.
const READ_REASON: &str =
    "Correct what the service names; where it names nothing, give Microsoft support the request id.";

/// The fault of a response whose status says failure.
pub(crate) fn failed_response(context: &RequestContext, status: u16, headers: &Headers, body: &[u8]) -> Fault {
    let envelope = envelope::read(body);
    let code = header(headers, "x-ms-error-code").or_else(|| envelope.code.clone());
    let page = code.is_none() && is_web_page(&header(headers, "content-type").unwrap_or_default(), body);
    // The services respond in XML or JSON. A web page says nothing about the resource.
    let foreign = page && matches!(status, 401 | 403 | 404 | 409 | 410 | 412);
    let refusal = CredentialRefusal { context, status, code: code.as_deref().unwrap_or_default(), headers };
    let challenge = || challenge::mfa_challenge(context, status, code.as_deref(), headers, &envelope.whole);
    let meaning = refusal.meaning().or_else(challenge).filter(|_| !page);
    let meaning = meaning.or_else(|| codes::code(code.as_deref()?, context, &envelope.whole));
    let kind = meaning.as_ref().and_then(|meaning| meaning.kind).unwrap_or_else(|| kind_of(status));
    let kind = if foreign { FaultKind::BrokenAnswer } else { kind };
    let (reason, advice) = if let Some(meaning) = meaning {
        let detail = envelope.detail.as_ref().map(|detail| refusal.without_secret(detail));
        let quoted = detail.or_else(|| envelope.message.clone().filter(|_| meaning.quote));
        (quoting(meaning.reason, quoted), meaning.advice)
    } else {
        let reason = envelope.message.clone().unwrap_or_else(|| reason_of(context, status, headers, page));
        (reason, if foreign { Some(PAGE_ADVICE.to_owned()) } else { advice_of(context, status, code.is_some()) })
    };
    Fault {
        kind,
        reason,
        advice,
        status: Some(status),
        code,
        request_id: request_id(headers).or(envelope.request_id),
        retry: retry_of(status, kind, headers),
        unsettled: !context.idempotent && is_unsettled(status),
        ..Fault::local(context.tried.clone(), "")
    }
}

/// A reason with the service's own message behind it.
fn quoting(reason: String, quoted: Option<String>) -> String {
    match quoted {
        Some(quoted) => format!("{reason} (the service says: {quoted})"),
        None => reason,
    }
}

/// The reason where the service gives no message.
fn reason_of(context: &RequestContext, status: u16, headers: &Headers, page: bool) -> String {
    match status {
        300..400 => redirect_reason(context, headers),
        _ if page => web_page_reason(context),
        _ => codes::status(status, context).0,
    }
}

/// The advice where the code is not a well-known one. With a code the service gives a reason of its own, and the usual meaning of
/// the status would be a guess.
fn advice_of(context: &RequestContext, status: u16, has_code: bool) -> Option<String> {
    let own_reason = has_code && matches!(status, 400 | 402..=499) && !matches!(status, 404 | 407 | 408 | 410 | 429);
    if own_reason { Some(READ_REASON.to_owned()) } else { codes::status(status, context).1 }
}

/// The fault of a web page with a status of success. The same request brings the same page.
pub(crate) fn web_page(context: &RequestContext, status: u16, headers: &Headers) -> Fault {
    Fault { retry: Retry::Never, ..broken_response(context, status, headers, web_page_reason(context)) }
        .advise(PAGE_ADVICE)
}

/// The advice for a web page instead of data.
const PAGE_ADVICE: &str =
    "Check the address; where it is right, sign in to the network with a browser, or check the proxy (HTTPS_PROXY).";

fn web_page_reason(context: &RequestContext) -> String {
    format!("{} answered with a web page instead of data, as proxies and sign-in pages do", context.host)
}

/// Names the other host only: the rest of the address may hold a secret.
fn redirect_reason(context: &RequestContext, headers: &Headers) -> String {
    let to = header(headers, "location").and_then(|to| Url::parse(&to).ok()).map(|to| urls::host(&to));
    let to = to.filter(|to| !to.is_empty() && *to != context.host);
    format!("{} redirects to {}, which Azure never does", context.host, to.as_deref().unwrap_or("another address"))
}

/// Makes the fault for a response with a success status that has another form than the service documents.
pub(crate) fn broken_response(
    context: &RequestContext,
    status: u16,
    headers: &Headers,
    reason: impl Into<String>,
) -> Fault {
    let unsettled = !context.idempotent;
    let fault = context.fault(FaultKind::BrokenAnswer, reason);
    Fault { status: Some(status), request_id: request_id(headers), unsettled, ..fault }
        .advise("Try again; if it stays so, something between you and Azure changes the answers.")
}

/// Whether a failure leaves open if the change was made: the service's own failures and those of a gateway.
fn is_unsettled(status: u16) -> bool {
    matches!(status, 408 | 500..)
}

fn kind_of(status: u16) -> FaultKind {
    match status {
        401 => FaultKind::SignedOut,
        403 => FaultKind::Denied,
        404 | 410 => FaultKind::Gone,
        409 | 412 => FaultKind::Conflict,
        429 => FaultKind::Throttled,
        500.. => FaultKind::Service,
        400.. => FaultKind::BadRequest,
        _ => FaultKind::BrokenAnswer,
    }
}

/// Names a pause only where the service asks for one. Otherwise the code that repeats the request decides.
fn retry_of(status: u16, kind: FaultKind, headers: &Headers) -> Retry {
    let context = retry_after(headers).map(|pause| whole_seconds(pause).min(MAX_RETRY_AFTER));
    match (status, kind) {
        (408 | 429 | 500.., _) | (_, FaultKind::Throttled) => context.map_or(Retry::Now, Retry::After),
        _ => Retry::Never,
    }
}

fn request_id(headers: &Headers) -> Option<String> {
    header(headers, "x-ms-request-id").or_else(|| header(headers, "x-ms-correlation-request-id"))
}

fn header(headers: &Headers, name: &'static str) -> Option<String> {
    let text = headers.get_optional_str(&HeaderName::from_static(name))?;
    Some(clean(text)).filter(|text| !text.is_empty())
}
