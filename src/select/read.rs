//! Reads a `BlobList` XML written by hand or by another tool. Strict about what would export something else than meant,
//! forgiving about what is only style; every refusal names line and column.

use std::fmt;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::Rule;

/// A list as read: the rules in the order of the file, repeated ones too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadList {
    /// The rules.
    pub rules: Vec<Rule>,
    /// What was tolerated, and where.
    pub notes: Vec<(Position, ReadNote)>,
}

/// A place in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Something the file says in a way that other readers may not understand; a list saved from here says it right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadNote {
    /// A `BlobPath` begins with `/`; the slash was dropped.
    LeadingSlash,
    /// Line ends and spaces around a path were dropped.
    SpaceAround,
    /// The attribute `size`, which some generators write, was ignored.
    SizeIgnored,
}

impl fmt::Display for ReadNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LeadingSlash => "a BlobPath begins with the container's name; its leading / was dropped",
            Self::SpaceAround => "line ends and spaces around the path were dropped",
            Self::SizeIgnored => "the attribute size means nothing to the service and was ignored",
        })
    }
}

/// Why a file is no export list, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {}, column {}: {problem}", .position.line, .position.column)]
pub struct ReadError {
    /// Where.
    pub position: Position,
    /// What is wrong and what to write instead, one sentence or two.
    pub problem: String,
}

/// Reads a list file.
///
/// # Errors
/// [`ReadError`] when it is not UTF-8, not well-formed, holds a tag or attribute the service does not know, or a path or
/// prefix that could not be meant.
pub fn read_list(bytes: &[u8]) -> Result<ReadList, ReadError> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(not_utf8(bytes, error.valid_up_to())),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut list = Parser { text, rules: Vec::new(), notes: Vec::new(), place: Place::Before };
    loop {
        let start = offset(reader.buffer_position());
        match reader.read_event() {
            Ok(Event::Eof) => return list.finish(),
            Ok(event) => list.take(&event, start)?,
            Err(error) => {
                return Err(list.error(offset(reader.error_position()), format!("not well-formed XML: {error}.")));
            }
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
    ReadError { position: position(&text, good), problem: problem.to_owned() }
}

/// Line and column of a byte offset.
fn position(text: &str, offset: usize) -> Position {
    let mut position = Position { line: 1, column: 1 };
    for (_, character) in text.char_indices().take_while(|(index, _)| *index < offset) {
        if character == '\n' {
            position = Position { line: position.line + 1, column: 1 };
        } else {
            position.column += 1;
        }
    }
    position
}

/// Where in the document the reader is.
enum Place {
    Before,
    List,
    Entry(Entry),
    After,
}

/// An element being read.
struct Entry {
    start: usize,
    kind: EntryKind,
    value: String,
    /// Leading white space that holds a line end, and stands in the file as such, is layout.
    layout_start: usize,
    /// The same at the end: `value` up to here is the path.
    layout_end: usize,
}

enum EntryKind {
    Prefix,
    Blob { snapshots: bool },
    Snapshot { time: String },
}

struct Parser<'a> {
    text: &'a str,
    rules: Vec<Rule>,
    notes: Vec<(Position, ReadNote)>,
    place: Place,
}

impl Parser<'_> {
    fn error(&self, offset: usize, problem: impl Into<String>) -> ReadError {
        ReadError { position: position(self.text, offset), problem: problem.into() }
    }

    fn note(&mut self, offset: usize, note: ReadNote) {
        self.notes.push((position(self.text, offset), note));
    }

    fn finish(self) -> Result<ReadList, ReadError> {
        match self.place {
            Place::After => Ok(ReadList { rules: self.rules, notes: self.notes }),
            Place::Before => Err(self.error(0, "there is no <BlobList>; an export list has exactly one.")),
            Place::List | Place::Entry(_) => {
                Err(self.error(self.text.len(), "the file ends before </BlobList>; it may have been cut off."))
            }
        }
    }

    fn take(&mut self, event: &Event<'_>, start: usize) -> Result<(), ReadError> {
        match event {
            Event::Start(tag) => self.open(tag, start),
            Event::End(_) => self.close(),
            Event::Text(text) => self.words(&text.xml10_content(), start, true),
            Event::CData(text) => self.words(&text.xml10_content(), start, false),
            Event::GeneralRef(reference) => {
                let words = self.reference(reference, start)?;
                self.words(&words, start, false)
            }
            Event::DocType(_) => Err(self.error(start, "a DOCTYPE does not belong into an export list; delete it.")),
            _ => Ok(()),
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, start: usize) -> Result<(), ReadError> {
        let name = tag.name().into_inner().to_owned();
        match (&self.place, name.as_str()) {
            (Place::Before, "BlobList") => {
                self.place = Place::List;
                return Ok(());
            }
            (Place::List, "BlobPath" | "BlobPathPrefix") => {}
            (Place::Before, _) => {
                return Err(self.error(
                    start,
                    format!("the file begins with <{name}>; an export list begins with <BlobList> (capitals count)."),
                ));
            }
            (Place::List, _) => {
                return Err(self.error(
                    start,
                    format!(
                        "<{name}> is unknown; only <BlobPath> and <BlobPathPrefix> may stand here (capitals count)."
                    ),
                ));
            }
            (Place::Entry(_), _) => {
                return Err(self.error(start, format!("<{name}> stands inside another entry; close that one first.")));
            }
            (Place::After, _) => {
                return Err(self.error(
                    start,
                    format!("<{name}> follows </BlobList>, which must be the end of the file; delete it."),
                ));
            }
        }
        let kind = self.kind(tag, &name, start)?;
        self.place = Place::Entry(Entry { start, kind, value: String::new(), layout_start: 0, layout_end: 0 });
        Ok(())
    }

    /// Reads the attributes of an entry.
    fn kind(&mut self, tag: &BytesStart<'_>, name: &str, start: usize) -> Result<EntryKind, ReadError> {
        let (mut snapshots, mut time) = (None, None);
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| self.error(start, format!("<{name}> is malformed: {error}.")))?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|error| self.error(start, format!("<{name}> is malformed: {error}.")))?;
            match attribute.key.into_inner() {
                "IncludeSnapshots" if name == "BlobPath" => snapshots = Some(self.boolean(&value, start)?),
                "SnapshotTime" if name == "BlobPath" && !value.trim().is_empty() => time = Some(value.into_owned()),
                "SnapshotTime" if name == "BlobPath" => {
                    return Err(
                        self.error(start, "SnapshotTime is empty; write the snapshot's time as a listing shows it.")
                    );
                }
                key @ ("IncludeSnapshots" | "SnapshotTime") => {
                    return Err(self.error(start, format!("{key} cannot stand in <{name}>: a prefix always takes all snapshots. Delete it, or use <BlobPath>.")));
                }
                "size" => self.note(start, ReadNote::SizeIgnored),
                key if key == "xmlns" || key.starts_with("xmlns:") => {}
                key => {
                    return Err(self.error(start, format!("the attribute {key} is unknown; <BlobPath> knows IncludeSnapshots and SnapshotTime (capitals count).")));
                }
            }
        }
        match (name, snapshots, time) {
            ("BlobPathPrefix", ..) => Ok(EntryKind::Prefix),
            (_, Some(_), Some(_)) => Err(self.error(
                start,
                "IncludeSnapshots and SnapshotTime stand together, which means nothing certain; keep one.",
            )),
            (_, _, Some(time)) => Ok(EntryKind::Snapshot { time }),
            (_, snapshots, None) => Ok(EntryKind::Blob { snapshots: snapshots.unwrap_or(true) }),
        }
    }

    fn boolean(&self, value: &str, start: usize) -> Result<bool, ReadError> {
        match value.trim().to_ascii_lowercase().as_str() {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err(self.error(start, format!("IncludeSnapshots is {value:?}; write true or false."))),
        }
    }

    fn reference(&self, reference: &BytesRef<'_>, start: usize) -> Result<String, ReadError> {
        let name = reference.xml10_content();
        match reference.resolve_char_ref() {
            Ok(Some(character)) if super::xml::is_xml(character) => return Ok(character.to_string()),
            Ok(None) => {}
            Ok(Some(_)) | Err(_) => return Err(self.error(start, format!("&{name}; is no character XML allows."))),
        }
        let words = resolve_xml_entity(&name).map(str::to_owned);
        words.ok_or_else(|| self.error(start, format!("&{name}; is unknown; write & as &amp;.")))
    }

    /// Takes text; `raw` says that it stands in the file as such, so that line ends in it are layout.
    fn words(&mut self, words: &str, start: usize, raw: bool) -> Result<(), ReadError> {
        let Place::Entry(entry) = &mut self.place else {
            return if words.trim().is_empty() {
                Ok(())
            } else {
                Err(self.error(
                    start,
                    "text stands outside of <BlobPath> and <BlobPathPrefix>; put it into one, or delete it.",
                ))
            };
        };
        let layout = |space: &str| if raw && space.contains('\n') { space.len() } else { 0 };
        let lead = words.len() - words.trim_start().len();
        if entry.value.is_empty() {
            entry.layout_start = layout(words.get(..lead).unwrap_or_default());
        }
        entry.value.push_str(words);
        let tail = words.get(words.trim_end().len()..).unwrap_or_default();
        entry.layout_end = entry.value.len() - layout(tail);
        Ok(())
    }

    fn close(&mut self) -> Result<(), ReadError> {
        match std::mem::replace(&mut self.place, Place::List) {
            Place::Entry(entry) => self.entry(entry),
            Place::Before | Place::List | Place::After => {
                self.place = Place::After;
                Ok(())
            }
        }
    }

    fn entry(&mut self, entry: Entry) -> Result<(), ReadError> {
        let start = entry.start;
        let end = entry.layout_end.max(entry.layout_start);
        let value = entry.value.get(entry.layout_start..end).unwrap_or_default();
        if value.len() < entry.value.len() {
            self.note(start, ReadNote::SpaceAround);
        }
        let rule = match entry.kind {
            EntryKind::Prefix => Rule::Prefix(self.prefix(value, start)?),
            EntryKind::Blob { snapshots } => Rule::Blob { path: self.path(value, start)?, snapshots },
            EntryKind::Snapshot { time } => Rule::Snapshot { path: self.path(value, start)?, time },
        };
        self.rules.push(rule);
        Ok(())
    }

    fn prefix(&self, value: &str, start: usize) -> Result<String, ReadError> {
        match value.strip_prefix('/') {
            Some(rest) if rest.starts_with('/') => Err(self.error(
                start,
                "the container's name is missing after the first /; the root container is written $root.",
            )),
            Some(_) => Ok(value.to_owned()),
            None if value.is_empty() => {
                Err(self.error(start, "<BlobPathPrefix> is empty; write / for the whole account."))
            }
            None => Err(self.error(start, format!("a prefix begins with /; write /{value}"))),
        }
    }

    fn path(&mut self, value: &str, start: usize) -> Result<String, ReadError> {
        let path = value.strip_prefix('/').unwrap_or(value);
        match path.split_once('/') {
            Some((container, name)) if !container.is_empty() && !name.is_empty() => {
                if path.len() < value.len() {
                    self.note(start, ReadNote::LeadingSlash);
                }
                Ok(path.to_owned())
            }
            _ if path.is_empty() => Err(self.error(start, "<BlobPath> is empty; write container/blob, or / in a <BlobPathPrefix> for the whole account.")),
            _ => Err(self.error(start, format!("{value:?} is no container/blob; write <BlobPathPrefix> for a whole container, or $root/ before a blob of the root container."))),
        }
    }
}
