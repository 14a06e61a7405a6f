//! The reader of all kinds of log. It tells the kind from what it meets, needs memory for one entry, and goes on after damage.

use super::decode::TextDecoder;
use super::elements::Elements;
use super::end::{LogEnd, LogEnding, LogKind};
use super::entry::LogEntry;
use super::markup::MarkupReader;
use super::plain::{LineContent, PlainLine};

/// What the first characters of a log say about its form.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum LogForm {
    #[default]
    Unknown,
    Xml,
    Lines,
}

/// Reads a log of any kind. Push its bytes in pieces of any length; each call returns the entries that are whole.
#[derive(Debug, Default)]
pub struct LogReader {
    decoder: TextDecoder,
    form: LogForm,
    markup: MarkupReader,
    elements: Elements,
    line: PlainLine,
    has_paths: bool,
}

impl LogReader {
    /// A reader for one log.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes and returns the entries that end in them.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<LogEntry> {
        let mut decoder = std::mem::take(&mut self.decoder);
        decoder.push(bytes, &mut |character, length| self.character(character, length));
        self.decoder = decoder;
        std::mem::take(&mut self.elements.found)
    }

    /// The log ends here. Returns the last entry of a list without a line end, and what is known of the log.
    pub fn finish(mut self) -> (Vec<LogEntry>, LogEnd) {
        let mut decoder = std::mem::take(&mut self.decoder);
        decoder.finish(&mut |character, length| self.character(character, length));
        let open = match self.form {
            LogForm::Xml => self.markup.finish(&mut |markup| self.elements.take(markup)),
            LogForm::Lines => {
                self.end_line();
                None
            }
            LogForm::Unknown => None,
        };
        if self.form == LogForm::Unknown {
            self.elements.problem("the log is empty".into());
        }
        let (entries, mut end) = self.elements.finish(open);
        if self.has_paths && end.kind.is_none() {
            end.kind = Some(LogKind::Lines);
            end.ending = LogEnding::Unmarked;
        }
        (entries, end)
    }

    fn character(&mut self, character: char, length: usize) {
        if character == char::REPLACEMENT_CHARACTER {
            self.elements.problem("bytes are damaged that stand for a character".into());
        }
        match self.form {
            LogForm::Unknown if character.is_whitespace() || character == '\u{feff}' => {}
            LogForm::Unknown if character == '<' => {
                self.form = LogForm::Xml;
                self.markup.push(character, &mut |markup| self.elements.take(markup));
            }
            // A log copied out of a browser begins with `-<CopyLog`.
            LogForm::Unknown if character == '-' => {}
            LogForm::Unknown => {
                self.form = LogForm::Lines;
                self.line.push(character);
            }
            LogForm::Xml => self.markup.push(character, &mut |markup| self.elements.take(markup)),
            LogForm::Lines if character == '\n' => self.end_line(),
            LogForm::Lines => self.line.push(character),
        }
        self.elements.at(character, length);
    }

    fn end_line(&mut self) {
        match self.line.take() {
            LineContent::Blank => {}
            LineContent::Path(entry) => {
                self.has_paths = true;
                self.elements.emit(*entry);
            }
            LineContent::Unknown => self.elements.problem("the line is no path of a blob".into()),
        }
    }
}
