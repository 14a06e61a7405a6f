//! The progress line of a scan.

use std::io::Write as _;

use crate::scan::CountProgress;
use crate::term::screen::measure;
use crate::ui::text::{bytes, clean, count, cut_end};
use crate::wording::many;

/// Writes the line on standard error, over the one before.
pub(super) fn show(progress: &CountProgress) {
    drop(write!(std::io::stderr(), "\r\x1b[K{}", line(progress, columns())));
}

/// Columns of the terminal; some, as under `script`, say that they have none.
pub(crate) fn columns() -> usize {
    match measure() {
        (0, _) => 80,
        (columns, _) => usize::from(columns),
    }
}

/// The progress in at most `columns` - 1 columns: a line that wraps cannot be written over.
fn line(progress: &CountProgress, columns: usize) -> String {
    let rate = progress.blobs.saturating_mul(1000) / progress.millis.max(1);
    let blobs = many(progress.blobs.saturating_add(progress.snapshots), "blob");
    let sum = format!("at least {blobs}, {}", bytes(progress.bytes));
    let words = match (&progress.waiting, &progress.one_by_one) {
        (Some(reason), _) => format!("{sum}, waiting: {reason}"),
        (None, Some(place)) => format!("{sum}, {}/s, {place} comes page after page", count(rate)),
        (None, None) => {
            format!("{sum}, {}/s, {} under way", count(rate), many(progress.in_flight as u64, "request"))
        }
    };
    cut_end(&clean(&words), columns.saturating_sub(1), "...")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_one_line_on_any_terminal() {
        let progress = CountProgress {
            blobs: 1,
            millis: 1000,
            in_flight: 1,
            waiting: Some("nothing listens at 127.0.0.1:10000 (connection refused)".into()),
            ..CountProgress::default()
        };
        assert_eq!(line(&progress, 40), "at least 1 blob, 0 B, waiting: nothi...");
        let told = line(&CountProgress { waiting: None, ..progress }, 80);
        assert_eq!(told, "at least 1 blob, 0 B, 1/s, 1 request under way");
    }
}
