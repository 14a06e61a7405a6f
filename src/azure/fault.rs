//! A failed request, in the terms that a person and the wizard act on. Data only; `errors` makes faults from responses.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The kind of a failure, which decides what a screen offers next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaultKind {
    /// No answer: no network, no such host, refused, timed out.
    Offline,
    /// Not signed in, or the sign-in no longer counts (401).
    SignedOut,
    /// Signed in, but not allowed (403).
    Denied,
    /// The service asked to slow down (429, 503 with Retry-After).
    Throttled,
    /// It is not there (404, 410).
    Gone,
    /// It is there in another state than the request needs (409, 412).
    Conflict,
    /// The service refuses the request (400 and similar).
    BadRequest,
    /// The service failed (5xx).
    Service,
    /// The answer was cut, malformed, or not what the service promises.
    BrokenAnswer,
    /// Something on this machine: a file, a tool, the configuration.
    Local,
    /// The person cancelled it.
    Cancelled,
}

impl FaultKind {
    /// Its name for programs, e.g. `signed-out`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::SignedOut => "signed-out",
            Self::Denied => "denied",
            Self::Throttled => "throttled",
            Self::Gone => "gone",
            Self::Conflict => "conflict",
            Self::BadRequest => "bad-request",
            Self::Service => "service",
            Self::BrokenAnswer => "broken-answer",
            Self::Local => "local",
            Self::Cancelled => "cancelled",
        }
    }
}

/// When the same request makes sense again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Retry {
    /// The same request will fail the same way.
    Never,
    /// It may work at once.
    Now,
    /// It may work after this many seconds.
    After(u64),
}

/// A failed request: what was tried, why it failed, and the service's code and request id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Decides what the screen offers.
    pub kind: FaultKind,
    /// What was tried, as an infinitive: `list the containers of mediaarchive`.
    pub tried: String,
    /// Why it failed, one plain sentence without a full stop.
    pub reason: String,
    /// The advice, one sentence, where there is something to do.
    pub advice: Option<String>,
    /// HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The service's own error code, e.g. `AuthorizationPermissionMismatch`.
    pub code: Option<String>,
    /// `x-ms-request-id`, for Microsoft support.
    pub request_id: Option<String>,
    /// When the same request makes sense again.
    pub retry: Retry,
    /// A write was sent, but its response was lost, broken or left it open: the change may have happened, or may happen later.
    #[serde(default)]
    pub unsettled: bool,
}

impl Fault {
    /// A fault that comes from this machine, not from a service.
    pub fn local(tried: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            kind: FaultKind::Local,
            tried: tried.into(),
            reason: reason.into(),
            advice: None,
            status: None,
            code: None,
            request_id: None,
            retry: Retry::Now,
            unsettled: false,
        }
    }

    /// The fault of a request that the person cancelled.
    pub fn cancelled(tried: impl Into<String>) -> Self {
        Self { kind: FaultKind::Cancelled, retry: Retry::Now, ..Self::local(tried, "it was cancelled") }
    }

    /// The same fault with advice.
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// The same fault, with advice where the request may have taken effect all the same.
    pub fn advise_if_unsettled(self, advice: impl Into<String>) -> Self {
        if self.unsettled { self.advise(advice) } else { self }
    }

    /// The service itself says that there is no such container. Another 404 may come from whatever stands before the service, or mean
    /// that there is no such account.
    pub fn is_container_missing(&self) -> bool {
        self.status == Some(404) && self.code.as_deref() == Some("ContainerNotFound")
    }

    /// One sentence with its full stop: what failed and why, or that the outcome is unknown.
    pub fn sentence(&self) -> String {
        let (tried, reason) = (&self.tried, self.reason.trim_end_matches('.'));
        match (self.unsettled, self.status) {
            (false, _) => format!("Could not {tried}: {reason}."),
            (true, None) => format!("Azure did not answer the request to {tried}: {reason}."),
            (true, Some(_)) => format!("Azure did not say whether it could {tried}: {reason}."),
        }
    }

    /// `HTTP 403 · AuthorizationFailed · request 1b2c…`: what support asks for; empty for local faults.
    pub fn reference(&self) -> String {
        let parts = [
            self.status.map(|status| format!("HTTP {status}")),
            self.code.clone(),
            self.request_id.as_ref().map(|id| format!("request {id}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

impl fmt::Display for Fault {
    /// One sentence a person understands: what was tried and why it failed, with code and request id behind it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())?;
        if let Some(advice) = &self.advice {
            write!(f, " {advice}")?;
        }
        let reference = self.reference();
        if reference.is_empty() { Ok(()) } else { write!(f, " [{reference}]") }
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_reads_as_a_sentence_and_keeps_what_support_asks_for() {
        let fault = Fault {
            kind: FaultKind::Denied,
            status: Some(403),
            code: Some("AuthorizationFailed".into()),
            request_id: Some("1b2c".into()),
            ..Fault::local("list the jobs of rg1", "you may not read them")
        }
        .advise("Ask for the role Reader on rg1.");
        assert_eq!(
            fault.to_string(),
            "Could not list the jobs of rg1: you may not read them. Ask for the role Reader on rg1. [HTTP 403 · AuthorizationFailed · request 1b2c]"
        );
    }

    #[test]
    fn a_write_without_an_answer_is_never_said_to_have_failed() {
        let lost = Fault { unsettled: true, ..Fault::local("create the job x", "the connection broke") };
        assert_eq!(lost.to_string(), "Azure did not answer the request to create the job x: the connection broke.");
        let open = Fault { status: Some(500), ..lost };
        assert!(!open.to_string().contains("Could not"), "{open}");
    }

    #[test]
    fn a_local_fault_has_no_reference() {
        assert_eq!(
            Fault::local("save the draft", "the disk is full").to_string(),
            "Could not save the draft: the disk is full."
        );
    }
}
