//! The time of a snapshot as it stands in a list: the service compares it with what a listing shows.

use jiff::Timestamp;

/// Whether the text is a moment in UTC or with an offset, e.g. `2026-02-03T04:05:06Z`.
pub(super) fn is_moment(text: &str) -> bool {
    text.contains('T') && text.parse::<Timestamp>().is_ok()
}

/// Whether the text has the form listings give: seven digits of a second and `Z`, as in `2026-02-03T04:05:06.1234567Z`.
pub(super) fn is_listed(text: &str) -> bool {
    text.len() == 28 && text.as_bytes().get(19) == Some(&b'.') && text.ends_with('Z') && is_moment(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_times_are_times() {
        for text in ["2026-02-03T04:05:06.1234567Z", "2026-02-03T04:05:06.123Z", "2026-02-03T04:05:06+01:00"] {
            assert!(is_moment(text), "{text}");
        }
        for text in ["yesterday", "", "2026-02-03", "2026-13-03T04:05:06Z", "2026-02-03T04:05:06"] {
            assert!(!is_moment(text), "{text}");
        }
        assert!(is_listed("2026-02-03T04:05:06.1234567Z") && !is_listed("2026-02-03T04:05:06.123Z"));
    }
}
