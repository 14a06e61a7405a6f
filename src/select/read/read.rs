//! Reads the bytes of a list file.

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::list_parser::{ListParser, ReadList};
use super::notes::{Places, Position};
use super::problem::Problem;
use super::strict;

/// A file is no export list: where, why, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {}, column {}: {problem}", .position.line, .position.column)]
pub struct ReadError {
    /// The place in the file.
    pub position: Position,
    /// The problem and what to write instead, in one sentence or two.
    pub problem: String,
}

/// Reads a list file.
///
/// # Errors
/// [`ReadError`] when it is not UTF-8, no XML 1.0 that every reader takes, holds a tag or attribute the service does not know, or a
/// path or prefix that could not be meant.
pub fn read_list(bytes: &[u8]) -> Result<ReadList, ReadError> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(not_utf8(bytes, error.valid_up_to())),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    parse(text)
        .map_err(|problem| ReadError { position: Places::new(text).of(problem.offset), problem: problem.sentence })
}

fn parse(text: &str) -> Result<ReadList, Problem> {
    strict::characters(text)?;
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut list = ListParser::new(text);
    loop {
        let start = offset(reader.buffer_position());
        match reader.read_event() {
            Ok(Event::Eof) => return list.finish(),
            Ok(event) => list.take(&event, start)?,
            Err(error) => return Err(Problem::at(offset(reader.error_position()), strict::malformed(&error))),
        }
    }
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn not_utf8(bytes: &[u8], good: usize) -> ReadError {
    let text = String::from_utf8_lossy(bytes.get(..good).unwrap_or_default()).into_owned();
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let problem = if utf16 { "the file is UTF-16; save it as UTF-8." } else { "not UTF-8; save the file as UTF-8." };
    ReadError { position: Places::new(&text).of(good), problem: problem.to_owned() }
}
