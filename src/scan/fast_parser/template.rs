//! Templates: entries already parsed, with which the next ones are compared. Entries of a page are alike, so comparing and reading only
//! the values that differ is several times quicker than walking every tag. An entry that fits no template is walked tag by tag.

use memchr::memchr;

use super::parse_step::{ParseResult, Unrecognised, text};
use crate::scan::common_length::common_length;
use crate::scan::entry::{ListedEntry, ListedProperty, ModifiedTime};

/// Templates kept: a page mixes blobs, snapshots, and blobs with and without some property.
const MAX_TEMPLATES: usize = 4;

/// What the text of an element means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ElementField {
    /// Nothing a scan looks at.
    Other,
    Name,
    Snapshot,
    Version,
    Current,
    Deleted,
    Property(ListedProperty),
}

/// Where the text of an element lies in its entry, and what it means.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextSpan {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) field: ElementField,
}

/// One parsed entry; its name is not decoded yet.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ParsedEntry<'a> {
    pub(super) entry: ListedEntry<'a>,
    pub(super) name: &'a [u8],
    pub(super) encoded: bool,
    pub(super) version: bool,
    pub(super) current: bool,
}

impl<'a> ParsedEntry<'a> {
    /// Takes the text of an element.
    pub(super) fn set(&mut self, field: ElementField, value: &'a [u8]) -> ParseResult<()> {
        match field {
            ElementField::Other => {}
            ElementField::Name => self.name = value,
            ElementField::Snapshot => self.entry.snapshot = text(value)?,
            ElementField::Version => self.version = !value.is_empty(),
            ElementField::Current => self.current = value == b"true",
            ElementField::Deleted => self.entry.deleted = value == b"true",
            ElementField::Property(property) => {
                if !self.entry.set(property, text(value)?) {
                    return Err(Unrecognised);
                }
            }
        }
        Ok(())
    }

    fn without_texts(self) -> ParsedEntry<'static> {
        let entry = ListedEntry { name: "", snapshot: "", modified: ModifiedTime::default(), ..self.entry };
        ParsedEntry { entry, name: b"", encoded: self.encoded, version: self.version, current: self.current }
    }
}

/// How an entry compares with the templates.
pub(super) enum TemplateMatch<'a> {
    /// It equals one of them but for its values; with its length.
    Whole(ParsedEntry<'a>, usize),
    /// The bytes end within it.
    Short,
    /// It fits none of them.
    Other,
}

/// The templates of a page; the one that fitted last comes first.
#[derive(Debug, Default)]
pub(super) struct Templates(Vec<Template>);

#[derive(Debug)]
struct Template {
    /// A whole entry.
    text: Vec<u8>,
    slots: Vec<TextSpan>,
    /// Its values that are not texts.
    facts: ParsedEntry<'static>,
}

impl Templates {
    /// Compares the entry at the beginning of `bytes` with the templates.
    pub(super) fn fit<'a>(&mut self, bytes: &'a [u8]) -> ParseResult<TemplateMatch<'a>> {
        for at in 0..self.0.len() {
            match self.0[at].fit(bytes)? {
                TemplateMatch::Other => {}
                fit => {
                    self.0.swap(0, at);
                    return Ok(fit);
                }
            }
        }
        Ok(TemplateMatch::Other)
    }

    /// Keeps an entry as a template. An entry that has an element twice cannot be one, because there the last one counts.
    pub(super) fn learn(&mut self, text: &[u8], slots: &[TextSpan], found: ParsedEntry<'_>) {
        let twice = |(at, slot): (usize, &TextSpan)| {
            slot.field != ElementField::Other && slots[..at].iter().any(|other| other.field == slot.field)
        };
        if slots.iter().enumerate().any(twice) {
            return;
        }
        let template = Template { text: text.to_vec(), slots: slots.to_vec(), facts: found.without_texts() };
        self.0.truncate(MAX_TEMPLATES - 1);
        self.0.insert(0, template);
    }
}

impl Template {
    fn fit<'a>(&self, bytes: &'a [u8]) -> ParseResult<TemplateMatch<'a>> {
        let mut found: ParsedEntry<'a> = self.facts;
        let mut slots = self.slots.iter().peekable();
        // Template and entry are compared from these offsets on.
        let (mut old, mut new) = (0, 0);
        loop {
            let same = common_length(&self.text[old..], &bytes[new..]);
            let reached = old + same;
            // A text counts as the same only when the `<` behind it is, too.
            while let Some(slot) = slots.next_if(|slot| slot.end < reached) {
                let (start, end) = (new + (slot.start - old), new + (slot.end - old));
                found.keep(slot.field, &bytes[start..end])?;
            }
            if reached == self.text.len() {
                return Ok(TemplateMatch::Whole(found, new + same));
            }
            if new + same == bytes.len() {
                return Ok(TemplateMatch::Short);
            }
            let Some(slot) = slots.next_if(|slot| slot.start <= reached) else { return Ok(TemplateMatch::Other) };
            let start = new + (slot.start - old);
            let Some(length) = memchr(b'<', &bytes[new + same..]).map(|more| new + same + more - start) else {
                return Ok(TemplateMatch::Short);
            };
            found.set(slot.field, &bytes[start..start + length])?;
            (old, new) = (slot.end, start + length);
        }
    }
}

impl<'a> ParsedEntry<'a> {
    /// Takes a text that equals the template's: its values are known, but texts must be borrowed from this entry.
    fn keep(&mut self, field: ElementField, value: &'a [u8]) -> ParseResult<()> {
        match field {
            ElementField::Name => self.name = value,
            ElementField::Snapshot => self.entry.snapshot = text(value)?,
            ElementField::Property(ListedProperty::Modified) => {
                self.entry.modified = ModifiedTime::HttpDate(text(value)?);
            }
            _ => {}
        }
        Ok(())
    }
}
