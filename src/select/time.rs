//! The time of a snapshot in a list. The service compares it as text with the time in a listing.

use jiff::Timestamp;

/// Whether the text is a time in UTC or with an offset, e.g. `2026-02-03T04:05:06Z`.
pub(super) fn is_time(text: &str) -> bool {
    text.contains('T') && text.parse::<Timestamp>().is_ok()
}

/// Whether the text has the form listings give: seven digits of a second and `Z`, as in `2026-02-03T04:05:06.1234567Z`.
pub(super) fn is_time_of_listing(text: &str) -> bool {
    text.len() == 28 && text.as_bytes().get(19) == Some(&b'.') && text.ends_with('Z') && is_time(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_times_are_times() {
        for text in ["2026-02-03T04:05:06.1234567Z", "2026-02-03T04:05:06.123Z", "2026-02-03T04:05:06+01:00"] {
            assert!(is_time(text), "{text}");
        }
        for text in ["yesterday", "", "2026-02-03", "2026-13-03T04:05:06Z", "2026-02-03T04:05:06"] {
            assert!(!is_time(text), "{text}");
        }
        assert!(is_time_of_listing("2026-02-03T04:05:06.1234567Z") && !is_time_of_listing("2026-02-03T04:05:06.123Z"));
    }
}
