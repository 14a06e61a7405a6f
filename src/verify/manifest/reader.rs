//! A manifest as a stream of entries. Memory holds one entry.

use std::io::{BufReader, ErrorKind, Read};

use quick_xml::Reader;
use quick_xml::errors::{Error, SyntaxError};

use super::super::rules::PromisedFile;
use super::decoder::DecodingReader;
use super::parser::{ManifestHead, ManifestParser};
use super::problem::ManifestProblem;

/// Bytes read at once.
const BUFFER: usize = 256 * 1024;

/// Gives the entries of a manifest in its order.
pub struct ManifestReader<R: Read> {
    reader: Reader<BufReader<DecodingReader<R>>>,
    parser: ManifestParser,
    buffer: Vec<u8>,
    has_ended: bool,
}

impl<R: Read> ManifestReader<R> {
    /// Reads from the beginning of a manifest.
    pub fn new(source: R) -> Self {
        let mut reader = Reader::from_reader(BufReader::with_capacity(BUFFER, DecodingReader::new(source)));
        // Whether the service escapes every name is not documented.
        reader.config_mut().allow_dangling_amp = true;
        Self { reader, parser: ManifestParser::default(), buffer: Vec::new(), has_ended: false }
    }

    /// What it says of its drive: as far as it was read. `DriveId` stands before the first entry.
    pub fn head(&self) -> &ManifestHead {
        &self.parser.head
    }

    /// Bytes that the reader keeps beside its input buffer.
    #[cfg(test)]
    pub(super) fn buffered(&self) -> usize {
        self.buffer.capacity()
    }

    /// The next entry; `None` at the end of a manifest that is whole.
    ///
    /// # Errors
    /// It cannot be read further. Entries given before stand.
    pub fn next_file(&mut self) -> Result<Option<PromisedFile>, ManifestProblem> {
        while !self.has_ended {
            self.buffer.clear();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(error) => {
                    self.has_ended = true;
                    return Err(self.problem(&error));
                }
            };
            self.has_ended = matches!(event, quick_xml::events::Event::Eof);
            let taken = self.parser.take(&event);
            self.reader.get_mut().get_mut().piece_is_complete();
            match taken {
                Ok(None) => {}
                Ok(found) => return Ok(found),
                Err(problem) => {
                    self.has_ended = true;
                    return Err(problem);
                }
            }
        }
        Ok(None)
    }

    fn problem(&self, error: &Error) -> ManifestProblem {
        let byte = self.reader.error_position();
        let malformed = |detail: String| ManifestProblem::Malformed { byte, detail };
        match error {
            Error::Io(error) if error.kind() == ErrorKind::FileTooLarge => malformed(error.to_string()),
            Error::Io(error) => ManifestProblem::Unreadable { reason: error.to_string() },
            // Nothing but the end of the file is wrong with what has begun.
            Error::Syntax(kind) if !matches!(kind, SyntaxError::InvalidBangMarkup) && !self.parser.is_closed() => {
                ManifestProblem::Truncated { entries: self.parser.entries, detail: format!("at byte {byte}") }
            }
            other => malformed(other.to_string().chars().take(120).collect()),
        }
    }
}

impl<R: Read> Iterator for ManifestReader<R> {
    type Item = Result<PromisedFile, ManifestProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_file().transpose()
    }
}
