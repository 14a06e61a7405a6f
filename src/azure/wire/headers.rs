//! Reads the headers of a response.

use std::time::Duration;

use azure_core::http::headers::{HeaderName, Headers};
use jiff::Timestamp;

use super::arrow::MEDIA_TYPE;

/// The media type of the body, or nothing.
pub(crate) fn content_type(headers: &Headers) -> &str {
    headers.get_optional_str(&HeaderName::from_static("content-type")).unwrap_or("")
}

/// Whether the body is a listing in Apache Arrow. A parameter may follow the media type.
pub(crate) fn is_arrow(headers: &Headers) -> bool {
    let media_type = content_type(headers).split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case(MEDIA_TYPE)
}

/// The time that the service says it is, from the header `Date`.
pub(crate) fn date(headers: &Headers) -> Option<Timestamp> {
    let date = headers.get_optional_str(&HeaderName::from_static("date"))?;
    http_date(date)
}

/// A time as headers write it, e.g. `Sun, 22 Nov 2026 21:34:08 GMT`.
fn http_date(text: &str) -> Option<Timestamp> {
    Some(jiff::fmt::rfc2822::parse(text.trim()).ok()?.timestamp())
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
    let seconds = http_date(text)?.as_second().saturating_sub(jiff::Timestamp::now().as_second());
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

/// A pause in whole seconds, rounded up: 1.2 s are 2.
pub(crate) fn whole_seconds(pause: Duration) -> u64 {
    pause.as_secs() + u64::from(pause.subsec_nanos() > 0)
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
}
