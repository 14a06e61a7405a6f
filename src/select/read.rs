//! Reads a `BlobList` XML written by hand or by another tool. Strict about what would export something else than meant,
//! forgiving about what is only style; every refusal names line and column.

mod notes;
mod strict;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

pub use notes::{NoteSum, Position, ReadNote};

use super::time::{is_listed, is_moment};
use super::{Rule, RuleForm, read_rule};
use notes::{Notes, Places};

/// White space of XML; other white space is part of a name.
const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

const OUTSIDE: &str = "text stands outside of <BlobPath> and <BlobPathPrefix>; put it into one, or delete it.";

const BAD_AMPERSAND: &str = "a bare & stands here; write & as &amp;.";

/// A list as read: the rules in the order of the file, repeated ones too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadList {
    /// The rules.
    pub rules: Vec<Rule>,
    /// What was tolerated and what looks like a slip, summed up by kind.
    pub notes: Vec<NoteSum>,
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

/// What is wrong, and at which byte of the file.
struct Problem {
    offset: usize,
    words: String,
}

impl Problem {
    fn at(offset: usize, words: impl Into<String>) -> Self {
        Self { offset, words: words.into() }
    }
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
    parse(text).map_err(|problem| ReadError { position: Places::new(text).of(problem.offset), problem: problem.words })
}

fn parse(text: &str) -> Result<ReadList, Problem> {
    strict::characters(text)?;
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut list = ListParser {
        text,
        places: Places::new(text),
        rules: Vec::new(),
        notes: Notes::default(),
        place: ReaderState::Before,
    };
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

/// Where in the document the reader is.
enum ReaderState {
    Before,
    List,
    Entry(ElementState),
    After,
}

/// An element being read.
struct ElementState {
    start: usize,
    kind: ElementKind,
    value: String,
    /// Leading white space that holds a line end, and stands in the file as such, is layout.
    layout_start: usize,
    /// The same at the end: `value` up to here is the path.
    layout_end: usize,
}

enum ElementKind {
    Prefix,
    Blob { snapshots: bool },
    Snapshot { time: String },
}

struct ListParser<'a> {
    text: &'a str,
    places: Places<'a>,
    rules: Vec<Rule>,
    notes: Notes,
    place: ReaderState,
}

impl ListParser<'_> {
    fn note(&mut self, offset: usize, note: ReadNote) {
        self.notes.add(note, &mut self.places, offset);
    }

    fn finish(self) -> Result<ReadList, Problem> {
        match self.place {
            ReaderState::After => Ok(ReadList { rules: self.rules, notes: self.notes.into_sums() }),
            ReaderState::Before => Err(Problem::at(0, "there is no <BlobList>; an export list has exactly one.")),
            ReaderState::List | ReaderState::Entry(_) => {
                Err(Problem::at(self.text.len(), "the file ends before </BlobList>; it may have been cut off."))
            }
        }
    }

    fn take(&mut self, event: &Event<'_>, start: usize) -> Result<(), Problem> {
        match event {
            Event::Start(tag) => self.open(tag, start),
            Event::End(_) => self.close(),
            Event::Text(text) => {
                strict::words(text, start)?;
                self.words(&text.xml10_content(), start, true)
            }
            Event::CData(text) => {
                self.inside(start)?;
                self.words(&text.xml10_content(), start, false)
            }
            Event::GeneralRef(reference) => {
                self.inside(start)?;
                let words = Self::reference(reference, start)?;
                self.words(&words, start, false)
            }
            Event::Decl(declared) => {
                if strict::declaration(declared, start, self.text.is_ascii())? {
                    self.note(start, ReadNote::OtherEncoding);
                }
                Ok(())
            }
            Event::Comment(words) => strict::comment(words, start),
            Event::PI(words) => strict::instruction(words, start),
            Event::DocType(_) => Err(Problem::at(start, "a DOCTYPE does not belong into an export list; delete it.")),
            Event::Empty(_) | Event::Eof => Ok(()),
        }
    }

    /// Before and after the list not even a space may be written as a reference.
    fn inside(&self, start: usize) -> Result<(), Problem> {
        match self.place {
            ReaderState::List | ReaderState::Entry(_) => Ok(()),
            ReaderState::Before | ReaderState::After => Err(Problem::at(start, OUTSIDE)),
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, start: usize) -> Result<(), Problem> {
        let name = tag.name().into_inner().to_owned();
        match (&self.place, name.as_str()) {
            (ReaderState::Before, "BlobList") => {
                self.place = ReaderState::List;
                return self.list_attributes(tag, start);
            }
            (ReaderState::List, "BlobPath" | "BlobPathPrefix") => {}
            (ReaderState::Before, _) => {
                return Err(Problem::at(
                    start,
                    format!("the file begins with <{name}>; an export list begins with <BlobList> (capitals count)."),
                ));
            }
            (ReaderState::List, _) => {
                return Err(Problem::at(
                    start,
                    format!(
                        "<{name}> is unknown; only <BlobPath> and <BlobPathPrefix> may stand here (capitals count)."
                    ),
                ));
            }
            (ReaderState::Entry(_), _) => {
                return Err(Problem::at(
                    start,
                    format!(
                        "<{name}> stands inside another entry; close that one first, or write &lt; where < belongs to a name."
                    ),
                ));
            }
            (ReaderState::After, _) => {
                return Err(Problem::at(
                    start,
                    format!(
                        "<{name}> follows </BlobList>, where an XML file ends and the service's reader stops; delete it (Microsoft's generator for Data Box writes <Summary> there)."
                    ),
                ));
            }
        }
        let kind = self.kind(tag, &name, start)?;
        self.place =
            ReaderState::Entry(ElementState { start, kind, value: String::new(), layout_start: 0, layout_end: 0 });
        Ok(())
    }

    /// Reads the attributes of an entry.
    fn kind(&mut self, tag: &BytesStart<'_>, name: &str, start: usize) -> Result<ElementKind, Problem> {
        let (mut snapshots, mut time) = (None, None);
        for (key, value) in attributes(tag, start)? {
            match key.as_str() {
                "IncludeSnapshots" if name == "BlobPath" => snapshots = Some(boolean(&value, start)?),
                "SnapshotTime" if name == "BlobPath" => time = Some(self.snapshot(value, start)?),
                key @ ("IncludeSnapshots" | "SnapshotTime") => {
                    return Err(Problem::at(
                        start,
                        format!(
                            "{key} cannot stand in <{name}>: a prefix always takes all snapshots. Delete it, or use <BlobPath>."
                        ),
                    ));
                }
                "size" => self.note(start, ReadNote::SizeIgnored),
                "xmlns" => self.note(start, ReadNote::Namespace),
                key if key.starts_with("xmlns:") => {}
                key => {
                    return Err(Problem::at(
                        start,
                        format!(
                            "the attribute {key} is unknown; <BlobPath> knows IncludeSnapshots and SnapshotTime (capitals count)."
                        ),
                    ));
                }
            }
        }
        match (name, snapshots, time) {
            ("BlobPathPrefix", ..) => Ok(ElementKind::Prefix),
            (_, Some(_), Some(_)) => Err(Problem::at(
                start,
                "IncludeSnapshots and SnapshotTime stand together, which means nothing certain; keep one.",
            )),
            (_, _, Some(time)) => Ok(ElementKind::Snapshot { time }),
            (_, snapshots, None) => Ok(ElementKind::Blob { snapshots: snapshots.unwrap_or(true) }),
        }
    }

    /// Reads the attributes of the list itself.
    fn list_attributes(&mut self, tag: &BytesStart<'_>, start: usize) -> Result<(), Problem> {
        for (key, _) in attributes(tag, start)? {
            match key.as_str() {
                "xmlns" => self.note(start, ReadNote::Namespace),
                key if key.starts_with("xmlns:") => {}
                key => return Err(Problem::at(start, format!("<BlobList> knows no attribute {key}; delete it."))),
            }
        }
        Ok(())
    }

    fn snapshot(&mut self, time: String, start: usize) -> Result<String, Problem> {
        if !is_moment(&time) {
            let words = format!(
                "SnapshotTime is {time:?}, which is no time; write it as a listing shows it, e.g. 2026-02-03T04:05:06.1234567Z."
            );
            return Err(Problem::at(start, words));
        }
        if !is_listed(&time) {
            self.note(start, ReadNote::SnapshotForm);
        }
        Ok(time)
    }

    fn reference(reference: &BytesRef<'_>, start: usize) -> Result<String, Problem> {
        let name = reference.xml10_content();
        match reference.resolve_char_ref() {
            Ok(Some(character)) if super::xml::is_xml(character) => return Ok(character.to_string()),
            Ok(None) => {}
            Ok(Some(_)) | Err(_) => return Err(Problem::at(start, format!("&{name}; is no character XML allows."))),
        }
        let words = resolve_xml_entity(&name).map(str::to_owned);
        words.ok_or_else(|| Problem::at(start, format!("&{name}; is unknown; write & as &amp;.")))
    }

    /// Takes text; `raw` says that it stands in the file as such, so that line ends in it are layout.
    fn words(&mut self, words: &str, start: usize, raw: bool) -> Result<(), Problem> {
        let ReaderState::Entry(entry) = &mut self.place else {
            return if words.trim_matches(SPACE).is_empty() { Ok(()) } else { Err(Problem::at(start, OUTSIDE)) };
        };
        let layout = |space: &str| if raw && space.contains('\n') { space.len() } else { 0 };
        let lead = words.len() - words.trim_start_matches(SPACE).len();
        if entry.value.is_empty() {
            entry.layout_start = layout(words.get(..lead).unwrap_or_default());
        }
        entry.value.push_str(words);
        let tail = words.get(words.trim_end_matches(SPACE).len()..).unwrap_or_default();
        entry.layout_end = entry.value.len() - layout(tail);
        Ok(())
    }

    fn close(&mut self) -> Result<(), Problem> {
        match std::mem::replace(&mut self.place, ReaderState::List) {
            ReaderState::Entry(entry) => self.entry(entry),
            ReaderState::Before | ReaderState::List | ReaderState::After => {
                self.place = ReaderState::After;
                Ok(())
            }
        }
    }

    fn entry(&mut self, entry: ElementState) -> Result<(), Problem> {
        let start = entry.start;
        let end = entry.layout_end.max(entry.layout_start);
        let value = entry.value.get(entry.layout_start..end).unwrap_or_default();
        if value.len() < entry.value.len() {
            self.note(start, ReadNote::SpaceAround);
        }
        let form = if matches!(entry.kind, ElementKind::Prefix) { RuleForm::Prefix } else { RuleForm::Path };
        let read = read_rule(value, form).map_err(|why| Problem::at(start, format!("{why}.")))?;
        for slip in read.warnings {
            self.note(start, ReadNote::Slip(slip));
        }
        self.rules.push(match (entry.kind, read.rule) {
            (ElementKind::Snapshot { time }, Rule::Blob { path, .. }) => Rule::Snapshot { path, time },
            (ElementKind::Blob { snapshots }, Rule::Blob { path, .. }) => Rule::Blob { path, snapshots },
            (_, rule) => rule,
        });
        Ok(())
    }
}

/// The attributes of a tag as names and values.
fn attributes(tag: &BytesStart<'_>, start: usize) -> Result<Vec<(String, String)>, Problem> {
    strict::attributes(tag, start + 1)?;
    let mut found = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| strict::attribute(&error, start + 1))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|_| Problem::at(start, BAD_AMPERSAND))?;
        found.push((attribute.key.into_inner().to_owned(), value.into_owned()));
    }
    Ok(found)
}

fn boolean(value: &str, start: usize) -> Result<bool, Problem> {
    match value.trim().to_ascii_lowercase().as_str() {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(Problem::at(start, format!("IncludeSnapshots is {value:?}; write true or false."))),
    }
}
