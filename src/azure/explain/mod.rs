//! Turns what went wrong into a [`Fault`]: one sentence, advice that names the missing role or rule, the service's code and request id.

use azure_core::http::{
    Url,
    headers::{HeaderName, Headers},
};

use super::{
    fault::{Fault, FaultKind, Retry},
    http::{Audience, Credential, address, retry},
};

mod envelope;
mod known;
mod network;
mod proof;
mod refused;
mod resource;
mod tls;

pub(crate) use envelope::{clean, is_web_page};
pub(crate) use network::failure;

/// The longest pause a person is told to keep before trying again, in seconds.
const LONGEST_TOLD: u64 = 3600;

/// The advice for a reason this program has no words for.
const READ_REASON: &str =
    "Correct what the service names; where it names nothing, give Microsoft support the request id.";

/// Who was asked for what: the words a fault needs.
#[derive(Clone, Debug)]
pub(crate) struct RequestContext {
    /// What was tried, as an infinitive.
    pub(crate) tried: String,
    /// The role that allows it.
    pub(crate) role: &'static str,
    /// Who was asked.
    pub(crate) host: String,
    /// Which service.
    pub(crate) audience: Audience,
    /// By which right.
    pub(crate) way: Credential,
    /// The service's or the account's address.
    pub(crate) home: Url,
    /// The container it was about, encoded, of a call to an account's blobs.
    pub(crate) container: Option<String>,
    /// Something was to be changed.
    pub(crate) writes: bool,
    /// It must not be sent twice, so a lost answer leaves open whether it happened.
    pub(crate) once: bool,
}

impl RequestContext {
    pub(crate) fn new(tried: &str, role: &'static str, url: &Url) -> Self {
        let (host, home) = (address::host(url), url.clone());
        Self {
            tried: tried.to_owned(),
            role,
            host,
            audience: Audience::Arm,
            way: Credential::Token,
            home,
            container: None,
            writes: false,
            once: false,
        }
    }

    pub(crate) fn fault(&self, kind: FaultKind, reason: impl Into<String>) -> Fault {
        Fault { kind, retry: Retry::Now, ..Fault::local(self.tried.clone(), reason) }
    }
}

/// The fault of an answer whose status says failure.
pub(crate) fn answer(asked: &RequestContext, status: u16, headers: &Headers, body: &[u8]) -> Fault {
    let said = envelope::read(body);
    let code = header(headers, "x-ms-error-code").or(said.code);
    let refusal = refused::CredentialRefusal { asked, status, code: code.as_deref().unwrap_or_default(), headers };
    let page = code.is_none() && is_web_page(&header(headers, "content-type").unwrap_or_default(), body);
    // The services answer in XML or JSON; by a web page nothing is known of what was asked for.
    let foreign = page && matches!(status, 401 | 403 | 404 | 409 | 410 | 412);
    let explained = refusal.explained().or_else(|| proof::wanted(asked, status, code.as_deref(), headers, &said.whole));
    let known = explained.filter(|_| !page).or_else(|| known::code(code.as_deref()?, asked, &said.whole));
    let detail = said.detail.map(|detail| refusal.without_secret(&detail));
    let quoted = detail.or_else(|| said.message.clone().filter(|_| known.as_ref().is_some_and(|known| known.quote)));
    let kind = known.as_ref().and_then(|known| known.kind).unwrap_or_else(|| kind_of(status));
    let kind = if foreign { FaultKind::BrokenAnswer } else { kind };
    let reason = match (&known, said.message) {
        (Some(known), _) => match quoted {
            Some(quoted) => format!("{} (the service says: {quoted})", known.reason),
            None => known.reason.clone(),
        },
        (None, Some(message)) => message,
        (None, None) if (300..400).contains(&status) => elsewhere(asked, headers),
        (None, None) if page => web_page(asked),
        (None, None) => known::status(status, asked).0,
    };
    let advice = match known {
        Some(known) => known.advice,
        None if foreign => Some(PAGE_ADVICE.to_owned()),
        // What a status usually means is a guess where the service gives a reason of its own.
        None if code.is_some()
            && matches!(status, 400 | 402..=499)
            && !matches!(status, 404 | 407 | 408 | 410 | 429) =>
        {
            Some(READ_REASON.to_owned())
        }
        None => known::status(status, asked).1,
    };
    Fault {
        kind,
        reason,
        advice,
        status: Some(status),
        code,
        request_id: request_id(headers).or(said.request_id),
        retry: retry_of(status, kind, headers),
        unsettled: asked.once && leaves_open(status),
        ..Fault::local(asked.tried.clone(), "")
    }
}

/// The fault of a web page that came with a status of success: asking again brings the same page.
pub(crate) fn page(asked: &RequestContext, status: u16, headers: &Headers) -> Fault {
    Fault { retry: Retry::Never, ..broken(asked, status, headers, web_page(asked)) }.advise(PAGE_ADVICE)
}

/// What to do where a web page comes instead of data.
const PAGE_ADVICE: &str =
    "Check the address; where it is right, sign in to the network with a browser, or check the proxy (HTTPS_PROXY).";

fn web_page(asked: &RequestContext) -> String {
    format!("{} answered with a web page instead of data, as proxies and sign-in pages do", asked.host)
}

/// Names the other host only: the rest of its address may hold a secret.
fn elsewhere(asked: &RequestContext, headers: &Headers) -> String {
    let to = header(headers, "location").and_then(|to| Url::parse(&to).ok()).map(|to| address::host(&to));
    let to = to.filter(|to| !to.is_empty() && *to != asked.host);
    format!("{} redirects to {}, which Azure never does", asked.host, to.as_deref().unwrap_or("another address"))
}

/// The fault of an answer that is not what the service promises, although its status says success.
pub(crate) fn broken(asked: &RequestContext, status: u16, headers: &Headers, reason: impl Into<String>) -> Fault {
    let unsettled = asked.once;
    let fault = asked.fault(FaultKind::BrokenAnswer, reason);
    Fault { status: Some(status), request_id: request_id(headers), unsettled, ..fault }
        .advise("Try again; if it stays so, something between you and Azure changes the answers.")
}

/// Failures that do not say whether anything was done: the service's own, and those of a gateway on the way.
fn leaves_open(status: u16) -> bool {
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

/// A pause is told only where the service asked for one; how long to wait otherwise is for whoever repeats the call to say.
fn retry_of(status: u16, kind: FaultKind, headers: &Headers) -> Retry {
    let asked = retry::retry_after(headers).map(|pause| retry::whole_seconds(pause).min(LONGEST_TOLD));
    match (status, kind) {
        (408 | 429 | 500.., _) | (_, FaultKind::Throttled) => asked.map_or(Retry::Now, Retry::After),
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

#[cfg(test)]
mod tests;
