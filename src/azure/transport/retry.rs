//! Whether and when a request is sent again.

use std::{sync::Arc, time::Duration};

use azure_core::{
    Error,
    error::ErrorKind,
    http::{
        AsyncRawResponse, Context, Request,
        headers::Headers,
        policies::{Policy, PolicyResult},
    },
};

use super::{CallEvent, RetryWait, SendOptions, refuse};
use crate::azure::{
    errors::{is_timeout, is_tls},
    wire::headers::{retry_after, whole_seconds},
};

/// The first attempt and three repetitions.
const MAX_ATTEMPTS: u32 = 4;
/// After a timeout the request is sent only once more.
const MAX_ATTEMPTS_AFTER_TIMEOUT: u32 = 2;
/// The longest pause, whatever the service asks for: a person waits.
pub(crate) const MAX_PAUSE: Duration = Duration::from_secs(60);

/// The policy that sends a request again. Without [`SendOptions`] in the context the request counts as idempotent.
#[derive(Debug)]
pub(crate) struct RetryPolicy;

#[async_trait::async_trait]
impl Policy for RetryPolicy {
    async fn send(&self, ctx: &Context, request: &mut Request, next: &[Arc<dyn Policy>]) -> PolicyResult {
        let Some((first, rest)) = next.split_first() else {
            return Err(refuse("the pipeline has no transport".into()));
        };
        let send_options = ctx.value::<SendOptions>();
        let idempotent = send_options.is_none_or(|send_options| send_options.idempotent);
        let backoff = send_options.map_or(Duration::from_millis(500), |send_options| send_options.backoff);
        let mut attempt = 1;
        loop {
            let result = first.send(ctx, request, rest).await;
            let Some(cause) = RetryCause::of(&result, idempotent) else { return result };
            if attempt >= cause.max_attempts || send_options.is_some_and(|send_options| send_options.no_retry) {
                return result;
            }
            let pause =
                cause.requested.map_or_else(|| backoff_pause(backoff, attempt), |requested| requested.min(MAX_PAUSE));
            attempt += 1;
            if let Some(listener) = send_options.and_then(|send_options| send_options.listener.as_ref()) {
                listener(CallEvent::Waits(RetryWait {
                    seconds: whole_seconds(pause),
                    attempt,
                    reason: cause.reason,
                    requested: cause.requested.is_some(),
                }));
            }
            tokio::time::sleep(pause).await;
        }
    }
}

/// Why a request may be sent again.
struct RetryCause {
    reason: String,
    /// The pause the service asked for.
    requested: Option<Duration>,
    max_attempts: u32,
}

impl RetryCause {
    fn of(result: &azure_core::Result<AsyncRawResponse>, idempotent: bool) -> Option<Self> {
        match result {
            Ok(response) => Self::of_status(u16::from(response.status()), response.headers(), idempotent),
            Err(error) => Self::of_error(error, idempotent),
        }
    }

    /// 429 and 503 mean that nothing was done. Other failures leave it open, so a write is not sent again.
    fn of_status(status: u16, headers: &Headers, idempotent: bool) -> Option<Self> {
        let what = match status {
            429 => "the service asked to slow down",
            503 => "the service is busy",
            408 | 500 | 502 | 504 if idempotent => "the service failed",
            _ => return None,
        };
        Some(Self {
            reason: format!("{what} (HTTP {status})"),
            requested: retry_after(headers),
            max_attempts: MAX_ATTEMPTS,
        })
    }

    fn of_error(error: &Error, idempotent: bool) -> Option<Self> {
        let (reason, max_attempts) = match error.kind() {
            ErrorKind::Connection if is_tls(error) => return None,
            ErrorKind::Connection if is_timeout(error) => ("the service does not answer", MAX_ATTEMPTS_AFTER_TIMEOUT),
            ErrorKind::Connection => ("no connection to the service", MAX_ATTEMPTS),
            ErrorKind::Io if idempotent && is_timeout(error) => {
                ("the answer stopped coming", MAX_ATTEMPTS_AFTER_TIMEOUT)
            }
            ErrorKind::Io if idempotent => ("the connection broke", MAX_ATTEMPTS),
            _ => return None,
        };
        Some(Self { reason: reason.into(), requested: None, max_attempts })
    }
}

/// The pause after an attempt, without chance: `first` after the first one, and twice as long after each further one.
pub(crate) fn doubled(first: Duration, attempt: u32) -> Duration {
    first.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1))).min(MAX_PAUSE)
}

/// The pause after an attempt: doubles each time, minus up to a random quarter, so that many clients do not return together.
fn backoff_pause(backoff: Duration, attempt: u32) -> Duration {
    let full = doubled(backoff, attempt);
    full.saturating_sub((full / 4).mul_f64(fastrand::f64()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_never_pass_the_cap() {
        let backoff = Duration::from_millis(500);
        for attempt in 1..40 {
            let pause = backoff_pause(backoff, attempt);
            assert!(pause >= backoff / 2 && pause <= MAX_PAUSE, "{pause:?} after attempt {attempt}");
        }
        assert_eq!(whole_seconds(Duration::from_millis(1)), 1);
        assert_eq!(whole_seconds(Duration::from_secs(2)), 2);
    }

    #[test]
    fn a_write_is_repeated_only_when_the_service_says_that_it_did_nothing() {
        let none = Headers::new();
        for status in [429, 503] {
            assert!(RetryCause::of_status(status, &none, false).is_some());
        }
        for status in [408, 500, 502, 504] {
            assert!(RetryCause::of_status(status, &none, false).is_none());
            assert!(RetryCause::of_status(status, &none, true).is_some());
        }
        let io = || Error::with_message(ErrorKind::Io, "reset");
        assert!(RetryCause::of_error(&io(), false).is_none());
        assert!(RetryCause::of_error(&io(), true).is_some());
        assert!(RetryCause::of_error(&Error::with_message(ErrorKind::Connection, "refused"), false).is_some());
    }
}
