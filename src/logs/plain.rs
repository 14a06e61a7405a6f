//! A list without XML: one path a line.

use super::entry::LogEntry;
use super::markup::LONGEST;

/// The line that is read.
#[derive(Debug, Default)]
pub(super) struct PlainLine {
    text: String,
    is_too_long: bool,
}

/// What a line is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum LineContent {
    /// The path of a blob.
    Path(Box<LogEntry>),
    /// Nothing.
    Blank,
    /// Something else.
    Unknown,
}

impl PlainLine {
    pub(super) fn push(&mut self, character: char) {
        if self.text.len() < LONGEST {
            self.text.push(character);
        } else {
            self.is_too_long = true;
        }
    }

    /// The line ends here.
    pub(super) fn take(&mut self) -> LineContent {
        let line = std::mem::take(self);
        let text = line.text.trim_end_matches('\r');
        let is_path = text.trim_start_matches('/').split_once('/').is_some_and(|(container, name)| {
            let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '$');
            !name.is_empty() && !container.is_empty() && container.chars().all(letters)
        });
        if text.trim().is_empty() {
            LineContent::Blank
        } else if is_path && !line.is_too_long && !text.contains(char::REPLACEMENT_CHARACTER) {
            let path = text.trim_start_matches('/').to_owned();
            LineContent::Path(Box::new(LogEntry { path, is_left_out: true, ..LogEntry::default() }))
        } else {
            LineContent::Unknown
        }
    }
}
