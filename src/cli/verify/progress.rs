//! The line on standard error while a check runs.

use std::io::Write as _;
use std::time::Duration;

use crate::cli::scan::columns;
use crate::ui::text::{bytes, clean, count, cut_end};
use crate::verify::engine::MeterReading;
use crate::wording::many;

/// Writes the line over the one before.
pub(super) fn show(reading: &MeterReading, since: Duration) {
    drop(write!(std::io::stderr(), "\r\x1b[K{}", line(reading, since, columns())));
}

/// Takes the line away.
pub(super) fn clear() {
    drop(write!(std::io::stderr(), "\r\x1b[K"));
}

/// The progress in at most `columns` - 1 columns: a line that wraps cannot be written over.
fn line(reading: &MeterReading, since: Duration, columns: usize) -> String {
    let millis = u64::try_from(since.as_millis()).unwrap_or(u64::MAX).max(1);
    let rate = u128::from(reading.bytes) * 1_000 / u128::from(millis);
    let rate = bytes(u64::try_from(rate).unwrap_or(u64::MAX));
    let findings = many(reading.findings, "finding");
    let mut words =
        format!("{} checked, {} read, {rate}/s, {findings}", many(reading.entries, "blob"), bytes(reading.bytes));
    if let Some(place) = &reading.slow_place {
        words = format!("{words}, {} slow reads, last {place}", count(reading.slow));
    }
    cut_end(&clean(&words), columns.saturating_sub(1), "...")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_one_line_with_rate_and_slow_places() {
        let mut reading = MeterReading { bytes: 3_000_000_000, entries: 1, ..MeterReading::default() };
        let told = line(&reading, Duration::from_secs(2), 80);
        assert_eq!(told, "1 blob checked, 3.00 GB read, 1.50 GB/s, 0 findings");
        (reading.slow, reading.slow_place) = (2, Some("\\c\\a\u{1b}[2J at byte 7".into()));
        assert!(line(&reading, Duration::from_secs(2), 200).ends_with("2 slow reads, last \\c\\a^[[2J at byte 7"));
        assert!(line(&reading, Duration::ZERO, 40).len() < 40);
    }
}
