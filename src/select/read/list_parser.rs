//! Reads the events of the XML reader into rules and notes, and refuses what an export list cannot hold.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::notes::{NoteSum, Notes, Places, ReadNote};
use super::problem::{BAD_AMPERSAND, Problem};
use super::strict;
use crate::select::time::{is_time, is_time_of_listing};
use crate::select::xml::is_xml;
use crate::select::{Rule, RuleForm, read_rule};

/// A list as read: the rules in the order of the file, repeated ones too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadList {
    /// The rules.
    pub rules: Vec<Rule>,
    /// What was tolerated and what looks like a slip, summed up by kind.
    pub notes: Vec<NoteSum>,
}

/// White space of XML; other white space is part of a name.
const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

const OUTSIDE: &str = "text stands outside of <BlobPath> and <BlobPathPrefix>; put it into one, or delete it.";

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

pub(super) struct ListParser<'a> {
    text: &'a str,
    places: Places<'a>,
    rules: Vec<Rule>,
    notes: Notes,
    state: ReaderState,
}

impl<'a> ListParser<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, places: Places::new(text), rules: Vec::new(), notes: Notes::default(), state: ReaderState::Before }
    }

    fn note(&mut self, offset: usize, note: ReadNote) {
        self.notes.add(note, &mut self.places, offset);
    }

    pub(super) fn finish(self) -> Result<ReadList, Problem> {
        match self.state {
            ReaderState::After => Ok(ReadList { rules: self.rules, notes: self.notes.into_sums() }),
            ReaderState::Before => Err(Problem::at(0, "there is no <BlobList>; an export list has exactly one.")),
            ReaderState::List | ReaderState::Entry(_) => {
                Err(Problem::at(self.text.len(), "the file ends before </BlobList>; it may have been cut off."))
            }
        }
    }

    pub(super) fn take(&mut self, event: &Event<'_>, start: usize) -> Result<(), Problem> {
        match event {
            Event::Start(tag) => self.open(tag, start),
            Event::End(_) => self.close(),
            Event::Text(text) => {
                strict::text(text, start)?;
                self.text(&text.xml10_content(), start, true)
            }
            Event::CData(text) => {
                self.require_inside(start)?;
                self.text(&text.xml10_content(), start, false)
            }
            Event::GeneralRef(reference) => {
                self.require_inside(start)?;
                let text = Self::reference(reference, start)?;
                self.text(&text, start, false)
            }
            Event::Decl(declared) => {
                if strict::declaration(declared, start, self.text.is_ascii())? {
                    self.note(start, ReadNote::OtherEncoding);
                }
                Ok(())
            }
            Event::Comment(text) => strict::comment(text, start),
            Event::PI(text) => strict::instruction(text, start),
            Event::DocType(_) => Err(Problem::at(start, "a DOCTYPE does not belong into an export list; delete it.")),
            Event::Empty(_) | Event::Eof => Ok(()),
        }
    }

    /// Refuses text in CDATA or as a reference outside of the list, where XML allows not even a space in these forms.
    fn require_inside(&self, start: usize) -> Result<(), Problem> {
        match self.state {
            ReaderState::List | ReaderState::Entry(_) => Ok(()),
            ReaderState::Before | ReaderState::After => Err(Problem::at(start, OUTSIDE)),
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, start: usize) -> Result<(), Problem> {
        let name = tag.name().into_inner().to_owned();
        match (&self.state, name.as_str()) {
            (ReaderState::Before, "BlobList") => {
                self.state = ReaderState::List;
                return self.list_attributes(tag, start);
            }
            (ReaderState::List, "BlobPath" | "BlobPathPrefix") => {}
            _ => return Err(Problem::at(start, self.misplaced(&name))),
        }
        let kind = self.entry_kind(tag, &name, start)?;
        self.state =
            ReaderState::Entry(ElementState { start, kind, value: String::new(), layout_start: 0, layout_end: 0 });
        Ok(())
    }

    /// Why a tag cannot stand where it stands.
    fn misplaced(&self, name: &str) -> String {
        match self.state {
            ReaderState::Before => {
                format!("the file begins with <{name}>; an export list begins with <BlobList> (capitals count).")
            }
            ReaderState::List => {
                format!("<{name}> is unknown; only <BlobPath> and <BlobPathPrefix> may stand here (capitals count).")
            }
            ReaderState::Entry(_) => format!(
                "<{name}> stands inside another entry; close that one first, or write &lt; where < belongs to a name."
            ),
            ReaderState::After => format!(
                "<{name}> follows </BlobList>, where an XML file ends and the service's reader stops; delete it (Microsoft's generator for Data Box writes <Summary> there)."
            ),
        }
    }

    /// Reads the attributes of an entry.
    fn entry_kind(&mut self, tag: &BytesStart<'_>, name: &str, start: usize) -> Result<ElementKind, Problem> {
        let (mut snapshots, mut time) = (None, None);
        for (key, value) in attributes(tag, start)? {
            match key.as_str() {
                "IncludeSnapshots" if name == "BlobPath" => snapshots = Some(boolean(&value, start)?),
                "SnapshotTime" if name == "BlobPath" => time = Some(self.snapshot_time(value, start)?),
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

    fn snapshot_time(&mut self, time: String, start: usize) -> Result<String, Problem> {
        if !is_time(&time) {
            let words = format!(
                "SnapshotTime is {time:?}, which is no time; write it as a listing shows it, e.g. 2026-02-03T04:05:06.1234567Z."
            );
            return Err(Problem::at(start, words));
        }
        if !is_time_of_listing(&time) {
            self.note(start, ReadNote::SnapshotForm);
        }
        Ok(time)
    }

    fn reference(reference: &BytesRef<'_>, start: usize) -> Result<String, Problem> {
        let name = reference.xml10_content();
        match reference.resolve_char_ref() {
            Ok(Some(character)) if is_xml(character) => return Ok(character.to_string()),
            Ok(None) => {}
            Ok(Some(_)) | Err(_) => return Err(Problem::at(start, format!("&{name}; is no character XML allows."))),
        }
        let text = resolve_xml_entity(&name).map(str::to_owned);
        text.ok_or_else(|| Problem::at(start, format!("&{name}; is unknown; write & as &amp;.")))
    }

    /// Takes a piece of text. `raw`: it stands in the file as it is, so that white space with a line end around it is layout.
    fn text(&mut self, text: &str, start: usize, raw: bool) -> Result<(), Problem> {
        let ReaderState::Entry(entry) = &mut self.state else {
            return if text.trim_matches(SPACE).is_empty() { Ok(()) } else { Err(Problem::at(start, OUTSIDE)) };
        };
        let layout = |space: &str| if raw && space.contains('\n') { space.len() } else { 0 };
        let lead = text.len() - text.trim_start_matches(SPACE).len();
        if entry.value.is_empty() {
            entry.layout_start = layout(text.get(..lead).unwrap_or_default());
        }
        entry.value.push_str(text);
        let tail = text.get(text.trim_end_matches(SPACE).len()..).unwrap_or_default();
        entry.layout_end = entry.value.len() - layout(tail);
        Ok(())
    }

    fn close(&mut self) -> Result<(), Problem> {
        match std::mem::replace(&mut self.state, ReaderState::List) {
            ReaderState::Entry(entry) => self.entry(entry),
            ReaderState::Before | ReaderState::List | ReaderState::After => {
                self.state = ReaderState::After;
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
