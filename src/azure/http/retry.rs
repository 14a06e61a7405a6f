//! When a call is made again, after how long, and who is told.

use std::{
    error::Error as _,
    hash::{BuildHasher, RandomState},
    sync::Arc,
    time::Duration,
};

use azure_core::{
    Error,
    error::ErrorKind,
    http::{
        AsyncRawResponse, Context, Request,
        headers::{HeaderName, Headers},
        policies::{Policy, PolicyResult},
    },
};

use super::{CallContext, RetryWait};

/// Who hears about waits.
pub(crate) type WaitListener = Arc<dyn Fn(RetryWait) + Send + Sync>;

/// The first attempt and three repetitions.
const ATTEMPTS: u32 = 4;
/// A server that was slow to the point of a timeout is asked only once more.
const ATTEMPTS_AFTER_TIMEOUT: u32 = 2;
/// No pause is longer, whatever the service asks for: a person waits.
const LONGEST: Duration = Duration::from_secs(60);

/// The policy that repeats a call. Without a [`CallContext`] in the context the call counts as repeatable.
#[derive(Debug)]
pub(crate) struct RetryPolicy;

#[async_trait::async_trait]
impl Policy for RetryPolicy {
    async fn send(&self, ctx: &Context, request: &mut Request, next: &[Arc<dyn Policy>]) -> PolicyResult {
        let Some((first, rest)) = next.split_first() else {
            return Err(super::client::refuse("the pipeline has no transport".into()));
        };
        let trip = ctx.value::<CallContext>();
        let repeatable = trip.is_none_or(|trip| trip.repeatable);
        let pace = trip.map_or(Duration::from_millis(500), |trip| trip.pace);
        let mut attempt = 1;
        loop {
            let result = first.send(ctx, request, rest).await;
            let Some(cause) = RetryCause::of(&result, repeatable) else { return result };
            if attempt >= cause.attempts || trip.is_some_and(|trip| trip.once) {
                return result;
            }
            let pause = cause.asked.map_or_else(|| backoff(pace, attempt), |asked| asked.min(LONGEST));
            attempt += 1;
            if let Some(listener) = trip.and_then(|trip| trip.listener.as_ref()) {
                listener(RetryWait {
                    seconds: whole_seconds(pause),
                    attempt,
                    reason: cause.reason,
                    asked: cause.asked.is_some(),
                });
            }
            tokio::time::sleep(pause).await;
        }
    }
}

/// Why a call may be made again.
struct RetryCause {
    reason: String,
    /// The pause the service asked for.
    asked: Option<Duration>,
    attempts: u32,
}

impl RetryCause {
    fn of(result: &azure_core::Result<AsyncRawResponse>, repeatable: bool) -> Option<Self> {
        match result {
            Ok(response) => Self::of_status(u16::from(response.status()), response.headers(), repeatable),
            Err(error) => Self::of_error(error, repeatable),
        }
    }

    /// 429 and 503 say that nothing was done; the other failures leave it open, so a write is not sent again.
    fn of_status(status: u16, headers: &Headers, repeatable: bool) -> Option<Self> {
        let what = match status {
            429 => "the service asked to slow down",
            503 => "the service is busy",
            408 | 500 | 502 | 504 if repeatable => "the service failed",
            _ => return None,
        };
        Some(Self { reason: format!("{what} (HTTP {status})"), asked: retry_after(headers), attempts: ATTEMPTS })
    }

    fn of_error(error: &Error, repeatable: bool) -> Option<Self> {
        let (reason, attempts) = match error.kind() {
            ErrorKind::Connection if is_tls(error) => return None,
            ErrorKind::Connection if is_timeout(error) => ("the service does not answer", ATTEMPTS_AFTER_TIMEOUT),
            ErrorKind::Connection => ("no connection to the service", ATTEMPTS),
            ErrorKind::Io if repeatable && is_timeout(error) => ("the answer stopped coming", ATTEMPTS_AFTER_TIMEOUT),
            ErrorKind::Io if repeatable => ("the connection broke", ATTEMPTS),
            _ => return None,
        };
        Some(Self { reason: reason.into(), asked: None, attempts })
    }
}

/// The pause a `Retry-After` (seconds or a date) or `x-ms-retry-after-ms` header asks for.
pub(crate) fn retry_after(headers: &Headers) -> Option<Duration> {
    for name in ["x-ms-retry-after-ms", "retry-after-ms"] {
        let milliseconds =
            headers.get_optional_str(&HeaderName::from_static(name)).and_then(|text| text.trim().parse().ok());
        if let Some(milliseconds) = milliseconds {
            return Some(Duration::from_millis(milliseconds));
        }
    }
    let text = headers.get_optional_str(&HeaderName::from_static("retry-after"))?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    let seconds = at.as_second().saturating_sub(jiff::Timestamp::now().as_second());
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

/// Doubles with every attempt; a random quarter less, so that many clients do not come back together.
fn backoff(pace: Duration, attempt: u32) -> Duration {
    let full = pace.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1))).min(LONGEST);
    let random = u32::try_from(RandomState::new().hash_one(attempt) % 1000).unwrap_or(0);
    full.saturating_sub(full / 4 * random / 1000)
}

pub(crate) fn whole_seconds(pause: Duration) -> u64 {
    pause.as_secs() + u64::from(pause.subsec_nanos() > 0)
}

pub(crate) fn is_timeout(error: &Error) -> bool {
    chain(error).any(|cause| {
        cause.downcast_ref::<reqwest::Error>().is_some_and(reqwest::Error::is_timeout)
            || cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::TimedOut)
    })
}

pub(crate) fn is_tls(error: &Error) -> bool {
    tls(error).is_some() || chain(error).any(|cause| cause.to_string().contains("certificate"))
}

/// What TLS itself found wrong. An input or output error carries it, but does not name it as its source.
pub(crate) fn tls(error: &Error) -> Option<&rustls::Error> {
    chain(error).find_map(|cause| {
        let mut cause = cause;
        while let Some(inner) = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            cause = inner;
        }
        cause.downcast_ref::<rustls::Error>()
    })
}

/// The error itself and everything below it. Walks both the wrapped error and its sources, for the wrapper hides one level.
pub(crate) fn chain(error: &Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    let inner = error.get_ref().map(|inner| inner as &(dyn std::error::Error + 'static));
    ErrorSources(error.source()).chain(ErrorSources(inner))
}

/// An error and the ones it names as its source.
struct ErrorSources<'a>(Option<&'a (dyn std::error::Error + 'static)>);

impl<'a> Iterator for ErrorSources<'a> {
    type Item = &'a (dyn std::error::Error + 'static);

    fn next(&mut self) -> Option<Self::Item> {
        let cause = self.0?;
        self.0 = cause.source();
        Some(cause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, value: &str) -> Headers {
        let mut headers = Headers::new();
        headers.insert(HeaderName::from_static(name), value.to_owned());
        headers
    }

    #[test]
    fn a_retry_after_is_read_in_every_form_services_use() {
        assert_eq!(retry_after(&headers("retry-after", " 7 ")), Some(Duration::from_secs(7)));
        assert_eq!(retry_after(&headers("x-ms-retry-after-ms", "1500")), Some(Duration::from_millis(1500)));
        assert_eq!(retry_after(&headers("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")), Some(Duration::ZERO));
        assert_eq!(retry_after(&headers("retry-after", "soon")), None);
    }

    #[test]
    fn pauses_grow_and_never_pass_the_cap() {
        let pace = Duration::from_millis(500);
        for attempt in 1..40 {
            let pause = backoff(pace, attempt);
            assert!(pause >= pace / 2 && pause <= LONGEST, "{pause:?} after attempt {attempt}");
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
