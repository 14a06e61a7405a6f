//! Entries already walked, as patterns for the next: entries of a page are alike, so comparing with one and reading only the
//! values that differ is several times quicker than walking every tag. Whatever fits no pattern is walked tag by tag.

use memchr::memchr;

use super::{Unrecognised, WalkState, text};
use crate::scan::entry::{ListedEntry, property};

/// Patterns kept: a page mixes blobs, snapshots, and blobs with and without some property.
const KEPT: usize = 4;

/// What the text of an element says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ElementField {
    /// Nothing a scan looks at.
    Other,
    Name,
    Snapshot,
    Version,
    Current,
    Deleted,
    /// A property; its tag stands at this offset of the entry and is so long.
    Property(usize, usize),
}

/// The text of an element: from where to where in the entry, and what it says.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextSpan {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) field: ElementField,
}

/// One entry as read, with its name still as it stands in the page.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ParsedEntry<'a> {
    pub(super) entry: ListedEntry<'a>,
    pub(super) name: &'a [u8],
    pub(super) encoded: bool,
    pub(super) version: bool,
    pub(super) current: bool,
}

impl<'a> ParsedEntry<'a> {
    /// Takes over the text of an element; `tag` is looked at for properties only.
    pub(super) fn set(&mut self, field: ElementField, tag: &[u8], value: &'a [u8]) -> WalkState<()> {
        match field {
            ElementField::Other => {}
            ElementField::Name => self.name = value,
            ElementField::Snapshot => self.entry.snapshot = text(value)?,
            ElementField::Version => self.version = !value.is_empty(),
            ElementField::Current => self.current = value == b"true",
            ElementField::Deleted => self.entry.deleted = value == b"true",
            ElementField::Property(..) => {
                if !property(&mut self.entry, tag, text(value)?) {
                    return Err(Unrecognised);
                }
            }
        }
        Ok(())
    }

    fn without_texts(self) -> ParsedEntry<'static> {
        let entry = ListedEntry { name: "", snapshot: "", modified: "", ..self.entry };
        ParsedEntry { entry, name: b"", encoded: self.encoded, version: self.version, current: self.current }
    }
}

/// How an entry compares with the patterns.
pub(super) enum TemplateMatch<'a> {
    /// It is one of them but for its values, and so long.
    Whole(ParsedEntry<'a>, usize),
    /// The bytes end within it.
    Short,
    /// It is none of them.
    Other,
}

/// The patterns of a page, the one that fitted last in front.
#[derive(Debug, Default)]
pub(super) struct Templates(Vec<Template>);

#[derive(Debug)]
struct Template {
    /// A whole entry.
    text: Vec<u8>,
    slots: Vec<TextSpan>,
    /// What it says apart from its texts.
    facts: ParsedEntry<'static>,
}

impl Templates {
    /// Compares the entry at the beginning of `bytes` with the patterns.
    pub(super) fn fit<'a>(&mut self, bytes: &'a [u8]) -> WalkState<TemplateMatch<'a>> {
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

    /// Keeps an entry as a pattern. One that says something twice is none: there the last word counts.
    pub(super) fn learn(&mut self, text: &[u8], slots: &[TextSpan], found: ParsedEntry<'_>) {
        let said = |slot: &TextSpan| match slot.field {
            ElementField::Other => None,
            ElementField::Property(at, length) => Some((ElementField::Property(0, 0), &text[at..at + length])),
            field => Some((field, &b""[..])),
        };
        let twice = |(at, slot): (usize, &TextSpan)| {
            said(slot).is_some_and(|one| slots[..at].iter().any(|other| said(other) == Some(one)))
        };
        if slots.iter().enumerate().any(twice) {
            return;
        }
        let template = Template { text: text.to_vec(), slots: slots.to_vec(), facts: found.without_texts() };
        self.0.truncate(KEPT - 1);
        self.0.insert(0, template);
    }
}

impl Template {
    fn fit<'a>(&self, bytes: &'a [u8]) -> WalkState<TemplateMatch<'a>> {
        let mut found: ParsedEntry<'a> = self.facts;
        let mut slots = self.slots.iter().peekable();
        // Both sides are compared from here on: the pattern, and the entry.
        let (mut old, mut new) = (0, 0);
        loop {
            let same = common(&self.text[old..], &bytes[new..]);
            let reached = old + same;
            // A text counts as the same only when the `<` behind it is, too.
            while let Some(slot) = slots.next_if(|slot| slot.end < reached) {
                let (start, end) = (new + (slot.start - old), new + (slot.end - old));
                found.keep(slot.field, &bytes[start..end], &self.text)?;
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
            found.set(slot.field, slot.tag(&self.text), &bytes[start..start + length])?;
            (old, new) = (slot.end, start + length);
        }
    }
}

impl TextSpan {
    fn tag<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        match self.field {
            ElementField::Property(at, length) => &text[at..at + length],
            _ => b"",
        }
    }
}

impl<'a> ParsedEntry<'a> {
    /// The text is the pattern's own: what follows from it is known, only where it stands is not.
    fn keep(&mut self, field: ElementField, value: &'a [u8], pattern: &[u8]) -> WalkState<()> {
        match field {
            ElementField::Name => self.name = value,
            ElementField::Snapshot => self.entry.snapshot = text(value)?,
            ElementField::Property(at, length) if &pattern[at..at + length] == b"Last-Modified" => {
                self.entry.modified = text(value)?;
            }
            _ => {}
        }
        Ok(())
    }
}

/// How many bytes both begin with.
pub(in crate::scan) fn common(a: &[u8], b: &[u8]) -> usize {
    let wide = a.as_chunks::<32>().0.iter().zip(b.as_chunks::<32>().0).take_while(|(a, b)| a == b).count() * 32;
    let narrow = a[wide..].as_chunks::<8>().0.iter().zip(b[wide..].as_chunks::<8>().0);
    let mut at = wide;
    for (a, b) in narrow {
        let differ = u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
        if differ != 0 {
            return at + differ.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + a[at..].iter().zip(&b[at..]).take_while(|(a, b)| a == b).count()
}
