//! The deadlines of a job as a calendar file (RFC 5545), which calendars of every kind read: an event of a whole day for each, with an
//! alarm three days before. Pure.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::draft::JobDeadline;

/// Octets of a line at most; a longer one goes on in the next, after a blank.
const LINE: usize = 75;

/// The calendar of a job. `now` is when the file is made.
pub fn calendar(job: &str, rehearsal: bool, deadlines: &[JobDeadline], now: Timestamp) -> String {
    let made = now.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string();
    let lead = if rehearsal { "Rehearsal: " } else { "" };
    let mut lines =
        vec!["BEGIN:VCALENDAR".to_owned(), "VERSION:2.0".to_owned(), "PRODID:-//Blobfreight//EN".to_owned()];
    for deadline in deadlines {
        let day = deadline.due.at.to_zoned(TimeZone::UTC).strftime("%Y%m%d").to_string();
        let about = if deadline.due.latest { "Counted from when the state was seen; it can be earlier. " } else { "" };
        let summary = escaped(&format!("{lead}{job}: {}", deadline.what));
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{day}-{}@blobfreight", escaped(job)),
            format!("DTSTAMP:{made}"),
            format!("DTSTART;VALUE=DATE:{day}"),
            format!("SUMMARY:{summary}"),
            format!("DESCRIPTION:{}", escaped(&format!("{about}Afterwards: {}", deadline.otherwise))),
            "TRANSP:TRANSPARENT".to_owned(),
            "BEGIN:VALARM".to_owned(),
            "ACTION:DISPLAY".to_owned(),
            format!("DESCRIPTION:{summary}"),
            "TRIGGER:-P3D".to_owned(),
            "END:VALARM".to_owned(),
            "END:VEVENT".to_owned(),
        ]);
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line) + "\r\n").collect()
}

/// A text as a value: what separates values is escaped, control characters are left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        if matches!(c, '\\' | ';' | ',') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// A line in pieces of at most [`LINE`] octets, no character cut.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::draft::{Consequence, DueTime};

    fn deadline(what: &'static str) -> JobDeadline {
        let at = "2026-12-04T10:00:00Z".parse().unwrap();
        let due = DueTime { at, latest: false, then: Consequence::JobDropped };
        JobDeadline { due, what, otherwise: "The service drops the job." }
    }

    #[test]
    fn w87_a_deadline_is_an_event_of_a_whole_day_with_an_alarm_before_it() {
        let now = "2026-11-22T09:00:00Z".parse().unwrap();
        let text = calendar("media, one", false, &[deadline("Ship the drives; announce the parcel.")], now);
        for line in [
            "BEGIN:VCALENDAR\r\n",
            "DTSTAMP:20261122T090000Z\r\n",
            "DTSTART;VALUE=DATE:20261204\r\n",
            "SUMMARY:media\\, one: Ship the drives\\; announce the parcel.\r\n",
            "TRIGGER:-P3D\r\n",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert!(text.ends_with("END:VCALENDAR\r\n"));
    }

    proptest! {
        #[test]
        fn w87_no_line_is_longer_than_readers_take_and_none_is_broken_by_a_name(job in "\\PC{0,90}") {
            let text = calendar(&job, true, &[deadline("Ship.")], Timestamp::UNIX_EPOCH);
            prop_assert!(text.split("\r\n").all(|line| line.len() <= LINE && !line.contains(['\r', '\n'])));
            let unfolded = text.replace("\r\n ", "");
            prop_assert_eq!(unfolded.matches("BEGIN:VEVENT\r\n").count(), 1);
        }
    }
}
