//! Turns what went wrong into a [`Fault`]: one sentence, advice that names the missing role or rule, the service's code and request id.

use azure_core::http::{
    Url,
    headers::{HeaderName, Headers},
};

use super::{
    fault::{Fault, FaultKind, Retry},
    http::{Way, address, retry},
};

mod envelope;
mod known;
mod network;
mod refused;

pub(crate) use envelope::{clean, is_web_page};
pub(crate) use network::failure;

/// The longest pause a person is told to keep before trying again, in seconds.
const LONGEST_TOLD: u64 = 3600;

/// Who was asked for what: the words a fault needs.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// What was tried, as an infinitive.
    pub(crate) tried: String,
    /// The role that allows it.
    pub(crate) role: &'static str,
    /// Who was asked.
    pub(crate) host: String,
    /// By which right.
    pub(crate) way: Way,
    /// The service's or the account's address.
    pub(crate) home: Url,
    /// The container it was about, encoded, of a call to an account's blobs.
    pub(crate) container: Option<String>,
    /// Something was to be changed.
    pub(crate) writes: bool,
}

impl Asked {
    pub(crate) fn new(tried: &str, role: &'static str, url: &Url) -> Self {
        let (host, home) = (address::host(url), url.clone());
        Self { tried: tried.to_owned(), role, host, way: Way::Token, home, container: None, writes: false }
    }

    pub(crate) fn fault(&self, kind: FaultKind, reason: impl Into<String>) -> Fault {
        Fault { kind, retry: Retry::Now, ..Fault::local(self.tried.clone(), reason) }
    }
}

/// The fault of an answer whose status says failure.
pub(crate) fn answer(asked: &Asked, status: u16, headers: &Headers, body: &[u8]) -> Fault {
    let said = envelope::read(body);
    let code = header(headers, "x-ms-error-code").or(said.code);
    let refusal = refused::Refusal { asked, status, code: code.as_deref().unwrap_or_default(), headers };
    let known = refusal.explained().or_else(|| known::code(code.as_deref()?, asked));
    let detail = said.detail.map(|detail| refusal.without_secret(&detail));
    let quoted = detail.or_else(|| said.message.clone().filter(|_| known.as_ref().is_some_and(|known| known.quote)));
    let kind = known.as_ref().and_then(|known| known.kind).unwrap_or_else(|| kind_of(status));
    let reason = match (&known, said.message) {
        (Some(known), _) => match quoted {
            Some(quoted) => format!("{} (the service says: {quoted})", known.reason),
            None => known.reason.clone(),
        },
        (None, Some(message)) => message,
        (None, None) if (300..400).contains(&status) => {
            format!("{} sent us elsewhere, which Azure never does", asked.host)
        }
        (None, None) if is_web_page(&header(headers, "content-type").unwrap_or_default(), body) => {
            format!("{} answered with a web page, as proxies and sign-in pages do", asked.host)
        }
        (None, None) => known::status(status, asked).0,
    };
    let advice = known.map_or_else(|| known::status(status, asked).1, |known| known.advice);
    Fault {
        kind,
        reason,
        advice,
        status: Some(status),
        code,
        request_id: request_id(headers).or(said.request_id),
        retry: retry_of(status, kind, headers),
        ..Fault::local(asked.tried.clone(), "")
    }
}

/// The fault of an answer that is not what the service promises, although its status says success.
pub(crate) fn broken(asked: &Asked, status: u16, headers: &Headers, reason: impl Into<String>) -> Fault {
    Fault { status: Some(status), request_id: request_id(headers), ..asked.fault(FaultKind::BrokenAnswer, reason) }
        .advise("Try again; if it stays so, something between you and Azure changes the answers.")
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
