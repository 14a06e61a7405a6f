//! Operations that the service goes on with after its answer: they are polled until they end.
//!
//! The pattern of Microsoft.DataBox: 202 with `Location` and `Retry-After` while it runs; 200, 204, an error, or a 202 whose `Location`
//! is the resource itself at the end. The address that is polled carries a signature of several KB in its query: it is followed
//! verbatim and never shown. Dropping the future gives up waiting, not the operation.

use std::time::{Duration, Instant};

use azure_core::http::{
    Url,
    headers::{HeaderName, Headers},
};

use super::{client::is_absent, version::is_about_versions};
use crate::azure::{
    fault::{Fault, FaultKind, Retry},
    session::AzureSession,
    transport::{ApiResponse, MAX_PAUSE},
    wire::{data_box::members, headers::retry_after, json::JsonView},
};

/// How long an operation is waited for. The service took seven minutes for an ordinary delete.
const PATIENCE: Duration = Duration::from_secs(600);

/// What the operation does to its resource. It decides where the service names no address to poll, and the resource itself is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FinalState {
    /// The resource exists at the end.
    Exists,
    /// The resource is gone at the end.
    Gone,
}

/// One long-running operation.
pub(super) struct LongRunning<'a> {
    pub(super) session: &'a AzureSession,
    pub(super) final_state: FinalState,
    /// The address of the resource, as this program reads it.
    pub(super) resource: Url,
    /// What is told before every pause: `the service is creating the job`.
    pub(super) doing: &'static str,
}

/// What a response says of the operation.
enum Outcome {
    Done,
    /// It runs; the address to ask next.
    Runs(Url),
    Failed(Fault),
}

impl LongRunning<'_> {
    /// Waits until the operation that `response` began has ended.
    ///
    /// # Errors
    /// The service's own reason when the operation failed. Every other fault leaves open how the operation ends, and says so.
    pub(super) async fn end(&self, mut response: ApiResponse) -> Result<(), Fault> {
        let (began, mut attempt) = (Instant::now(), 1);
        // The first response names no address to ask: then the resource is asked.
        let mut asked = self.resource.clone();
        let mut is_first = true;
        loop {
            match self.outcome(&response, &asked, is_first) {
                Outcome::Done => return Ok(()),
                Outcome::Failed(fault) => return Err(fault),
                Outcome::Runs(next) => asked = next,
            }
            if began.elapsed() >= PATIENCE {
                return Err(self.unended(&response));
            }
            attempt += 1;
            self.session.pause(self.interval(&response.headers), attempt, self.doing).await;
            let request = self.session.follow(&response, &asked).map_err(open)?;
            response = self.session.exchange(request).await.map_err(open)?;
            is_first = false;
        }
    }

    fn outcome(&self, response: &ApiResponse, asked: &Url, is_first: bool) -> Outcome {
        if !is_first && is_at(asked, &self.resource) {
            return self.outcome_of_resource(response);
        }
        match response.status {
            202 => match location(&response.headers, asked) {
                Some(next) if is_at(&next, &self.resource) => Outcome::Done,
                Some(next) => Outcome::Runs(next),
                None => Outcome::Runs(asked.clone()),
            },
            200..300 => match error_in(response) {
                Some(fault) => Outcome::Failed(fault),
                None => Outcome::Done,
            },
            _ => self.outcome_of_refusal(response),
        }
    }

    /// A refusal with a code of its own is the end of the operation. Where only the polling was refused, as to a role without the right to
    /// read results, the resource itself is read instead. Everything else leaves the end open.
    fn outcome_of_refusal(&self, response: &ApiResponse) -> Outcome {
        let fault = response.fault();
        let code = fault.code.as_deref().unwrap_or_default();
        match response.status {
            _ if code.is_empty() => Outcome::Failed(open(fault)),
            403 | 404 => Outcome::Runs(self.resource.clone()),
            400 if is_about_versions(code) => Outcome::Runs(self.resource.clone()),
            400 | 402 | 405 | 406 | 409..=428 | 430..=499 => Outcome::Failed(fault),
            _ => Outcome::Failed(open(fault)),
        }
    }

    /// The service named no address to poll, so this is what a read of the resource says.
    fn outcome_of_resource(&self, response: &ApiResponse) -> Outcome {
        let is_there = match response.status {
            200..300 => error_in(response).map_or(Ok(true), Err),
            404 if is_absent(response) => Ok(false),
            _ => Err(open(response.fault())),
        };
        match (is_there, self.final_state) {
            (Ok(true), FinalState::Exists) | (Ok(false), FinalState::Gone) => Outcome::Done,
            (Ok(_), _) => Outcome::Runs(self.resource.clone()),
            (Err(fault), _) => Outcome::Failed(fault),
        }
    }

    /// The pause that the service asks for; otherwise ten seconds, which is what it usually asks for.
    fn interval(&self, headers: &Headers) -> Duration {
        let first = self.session.backoff();
        retry_after(headers)
            .unwrap_or(first.saturating_mul(20))
            .clamp(first.saturating_mul(2).min(MAX_PAUSE), MAX_PAUSE)
    }

    fn unended(&self, response: &ApiResponse) -> Fault {
        let minutes = PATIENCE.as_secs() / 60;
        let reason = format!("{} and had not finished after {minutes} minutes", self.doing);
        let fault = Fault { kind: FaultKind::Service, retry: Retry::Now, ..response.broken(reason) };
        open(fault).advise("It may still finish: read the job again later.")
    }
}

/// How the operation ends is not known.
fn open(fault: Fault) -> Fault {
    Fault { unsettled: true, ..fault }
}

/// The error that a body with a status of success carries, or the web page that it is.
fn error_in(response: &ApiResponse) -> Option<Fault> {
    if response.body.iter().all(u8::is_ascii_whitespace) {
        return None;
    }
    match response.json() {
        Err(fault) => Some(open(fault)),
        Ok(body) => members::error(JsonView::new(&body).at("error")).map(|error| response.fault_in_body(&error)),
    }
}

fn location(headers: &Headers, asked: &Url) -> Option<Url> {
    let text = headers.get_optional_str(&HeaderName::from_static("location"))?.trim();
    if text.is_empty() { None } else { asked.join(text).ok() }
}

/// Whether two addresses are of the same resource: Azure compares paths without regard to case, and the api-version may be another.
fn is_at(one: &Url, other: &Url) -> bool {
    let path = |url: &Url| url.path().trim_end_matches('/').to_ascii_lowercase();
    path(one) == path(other)
}
