//! The fast parser: walks the tags of a page piece by piece, without a tree and without allocating per blob.

use memchr::{memchr, memchr2, memmem};
use quick_xml::events::attributes::Attributes;

use super::parse_step::{ENTRY_LIMIT, ParseResult, ParseStep, Unrecognised};
use super::tag::{Tag, blank, skip_element};
use super::template::{ElementField, ParsedEntry, TemplateMatch, Templates, TextSpan};
use crate::scan::entry::{EntrySink, ListedProperty, decoded_name};

/// Bytes taken from a new piece at a time, to complete an entry that began in the piece before.
const COMPLETION: usize = 4096;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PagePart {
    Head,
    Blobs,
    Tail,
    Done,
}

/// Reads one page, piece by piece.
#[derive(Debug)]
pub struct FastParser {
    part: PagePart,
    /// The beginning of an entry that the last piece did not complete.
    carry: Vec<u8>,
    marker: String,
    /// The last name that had to be decoded.
    decoded: String,
    templates: Templates,
    /// Texts of the entry being walked.
    slots: Vec<TextSpan>,
}

impl Default for FastParser {
    fn default() -> Self {
        Self {
            part: PagePart::Head,
            carry: Vec::new(),
            marker: String::new(),
            decoded: String::new(),
            templates: Templates::default(),
            slots: Vec::new(),
        }
    }
}

impl FastParser {
    /// Walks the next piece of the page.
    ///
    /// # Errors
    /// [`Unrecognised`]; nothing that the sink has taken of this page may then be counted.
    pub fn feed(&mut self, piece: &[u8], sink: &mut impl EntrySink) -> ParseResult<()> {
        let mut rest = piece;
        while !self.carry.is_empty() && !rest.is_empty() {
            let mut carry = std::mem::take(&mut self.carry);
            let old = carry.len();
            let (completion, after) = rest.split_at(rest.len().min(COMPLETION));
            carry.extend_from_slice(completion);
            let used = self.walk(&carry, sink)?;
            if used >= old {
                rest = &rest[used - old..];
                carry.clear();
            } else {
                rest = after;
                carry.drain(..used);
                if carry.len() > ENTRY_LIMIT {
                    return Err(Unrecognised);
                }
            }
            self.carry = carry;
        }
        if !rest.is_empty() {
            let used = self.walk(rest, sink)?;
            self.carry.extend_from_slice(&rest[used..]);
        }
        Ok(())
    }

    /// The marker of the next page, once the whole page was fed; `None` on the last page.
    ///
    /// # Errors
    /// [`Unrecognised`] when the page is not complete.
    pub fn end(&self) -> ParseResult<Option<&str>> {
        if self.part != PagePart::Done || !self.carry.iter().all(u8::is_ascii_whitespace) {
            return Err(Unrecognised);
        }
        Ok(Some(self.marker.as_str()).filter(|marker| !marker.is_empty()))
    }

    /// Walks as many whole entries as there are; returns where the first incomplete one begins.
    fn walk(&mut self, bytes: &[u8], sink: &mut impl EntrySink) -> ParseResult<usize> {
        let mut at = 0;
        loop {
            let step = match self.part {
                PagePart::Head => self.head(bytes, at)?,
                PagePart::Blobs => self.entry(bytes, at, sink)?,
                PagePart::Tail => self.tail(bytes, at)?,
                PagePart::Done => {
                    return if blank(bytes, at) == bytes.len() { Ok(bytes.len()) } else { Err(Unrecognised) };
                }
            };
            match step {
                ParseStep::To(next) => at = next,
                ParseStep::Short => return Ok(at),
            }
        }
    }

    /// Everything up to and with `<Blobs>`.
    fn head(&mut self, bytes: &[u8], at: usize) -> ParseResult<ParseStep> {
        // The head echoes the request and is small: it is walked once it is here as a whole.
        let rest = &bytes[at..];
        let Some(blobs) = memmem::find(rest, b"<Blobs").filter(|end| rest.len() > end + 8) else {
            return if rest.len() > ENTRY_LIMIT { Err(Unrecognised) } else { Ok(ParseStep::Short) };
        };
        let mut head = rest[..blobs].strip_prefix(b"\xef\xbb\xbf").unwrap_or(&rest[..blobs]);
        if head.starts_with(b"<?xml ") {
            head = &head[memmem::find(head, b"?>").ok_or(Unrecognised)? + 2..];
        }
        let head = &head[blank(head, 0)..];
        let mut inside = memchr(b'>', head).ok_or(Unrecognised)? + 1;
        let attributes = head[..inside - 1].strip_prefix(b"<EnumerationResults").ok_or(Unrecognised)?;
        if !well_formed(attributes) {
            return Err(Unrecognised);
        }
        while blank(head, inside) < head.len() {
            match skip_element(head, blank(head, inside))? {
                ParseStep::To(next) => inside = next,
                ParseStep::Short => return Err(Unrecognised),
            }
        }
        let (part, length) = match &rest[blobs + 6..blobs + 9] {
            [b'>', ..] => (PagePart::Blobs, 7),
            b" />" => (PagePart::Tail, 9),
            [b'/', b'>', _] => (PagePart::Tail, 8),
            _ => return Err(Unrecognised),
        };
        self.part = part;
        Ok(ParseStep::To(at + blobs + length))
    }

    /// One `<Blob>` or `<BlobPrefix>`, or the end of `<Blobs>`.
    fn entry(&mut self, bytes: &[u8], at: usize, sink: &mut impl EntrySink) -> ParseResult<ParseStep> {
        let start = blank(bytes, at);
        let rest = &bytes[start..];
        if rest.starts_with(b"<Blob>") {
            return self.blob(bytes, start, sink);
        }
        if rest.starts_with(b"<BlobPrefix>") {
            return self.prefix(bytes, start + 12, sink);
        }
        if rest.starts_with(b"</Blobs>") {
            self.part = PagePart::Tail;
            return Ok(ParseStep::To(start + 8));
        }
        if rest.len() < 12 { Ok(ParseStep::Short) } else { Err(Unrecognised) }
    }

    fn blob(&mut self, bytes: &[u8], start: usize, sink: &mut impl EntrySink) -> ParseResult<ParseStep> {
        let (mut found, length) = match self.templates.fit(&bytes[start..])? {
            TemplateMatch::Whole(found, length) => (found, length),
            TemplateMatch::Short => return Ok(ParseStep::Short),
            TemplateMatch::Other => match self.tag_by_tag(&bytes[start..])? {
                Some((found, length)) => {
                    self.templates.learn(&bytes[start..start + length], &self.slots, found);
                    (found, length)
                }
                None => return Ok(ParseStep::Short),
            },
        };
        found.entry.set_version(found.version, found.current);
        found.entry.name = self.name(found.name, found.encoded)?;
        sink.blob(&found.entry);
        Ok(ParseStep::To(start + length))
    }

    /// Walks one `<Blob>` and notes where the texts of its elements are; `None` when the bytes end first.
    fn tag_by_tag<'a>(&mut self, bytes: &'a [u8]) -> ParseResult<Option<(ParsedEntry<'a>, usize)>> {
        self.slots.clear();
        let mut found = ParsedEntry::default();
        let mut at = b"<Blob>".len();
        let mut properties = false;
        loop {
            let Some(tag) = Tag::read(bytes, at)? else { return Ok(None) };
            match tag.name {
                b"/Blob" if !properties => return Ok(Some((found, tag.end))),
                b"/Properties" if properties => properties = false,
                b"Properties" if !properties => properties = !tag.empty,
                b"Metadata" | b"Tags" | b"OrMetadata" if !properties => match skip_element(bytes, at)? {
                    ParseStep::To(next) => {
                        at = next;
                        continue;
                    }
                    ParseStep::Short => return Ok(None),
                },
                name if name.first() == Some(&b'/') => return Err(Unrecognised),
                name => {
                    let Some((value, next)) = tag.leaf(bytes)? else { return Ok(None) };
                    let field = field(name, properties);
                    if field == ElementField::Name {
                        found.encoded = tag.encoded;
                    }
                    found.set(field, value)?;
                    if !tag.empty {
                        self.slots.push(TextSpan { start: tag.end, end: tag.end + value.len(), field });
                    }
                    at = next;
                    continue;
                }
            }
            at = tag.end;
        }
    }

    fn prefix(&mut self, bytes: &[u8], mut at: usize, sink: &mut impl EntrySink) -> ParseResult<ParseStep> {
        let (mut raw_name, mut encoded) = (&b""[..], false);
        loop {
            let Some(tag) = Tag::read(bytes, at)? else { return Ok(ParseStep::Short) };
            match tag.name {
                b"/BlobPrefix" => {
                    sink.folder(self.name(raw_name, encoded)?);
                    return Ok(ParseStep::To(tag.end));
                }
                b"Name" => {
                    let Some((value, next)) = tag.leaf(bytes)? else { return Ok(ParseStep::Short) };
                    (raw_name, encoded) = (value, tag.encoded);
                    at = next;
                }
                _ => match skip_element(bytes, at)? {
                    ParseStep::To(next) => at = next,
                    ParseStep::Short => return Ok(ParseStep::Short),
                },
            }
        }
    }

    /// The name as text, decoded only where it has to be.
    fn name<'a>(&'a mut self, raw: &'a [u8], encoded: bool) -> ParseResult<&'a str> {
        let raw = std::str::from_utf8(raw).map_err(|_| Unrecognised)?;
        let odd = memchr2(b'&', b'\r', raw.as_bytes());
        if raw.is_empty() || odd.is_some_and(|at| memchr(b'\r', &raw.as_bytes()[at..]).is_some()) {
            return Err(Unrecognised);
        }
        if !encoded && odd.is_none() {
            return Ok(raw);
        }
        let unescaped = quick_xml::escape::unescape(raw).map_err(|_| Unrecognised)?;
        self.decoded.clear();
        match unescaped {
            name if encoded => self.decoded.push_str(&decoded_name(&name).ok_or(Unrecognised)?),
            name => self.decoded.push_str(&name),
        }
        Ok(&self.decoded)
    }

    /// `<NextMarker>` and the end of the page.
    fn tail(&mut self, bytes: &[u8], at: usize) -> ParseResult<ParseStep> {
        let start = blank(bytes, at);
        let Some(tag) = Tag::read(bytes, start)? else { return Ok(ParseStep::Short) };
        if tag.name == b"/EnumerationResults" {
            self.part = PagePart::Done;
            return Ok(ParseStep::To(tag.end));
        }
        if tag.name == b"NextMarker" {
            let Some((value, next)) = tag.leaf(bytes)? else { return Ok(ParseStep::Short) };
            let marker = std::str::from_utf8(value).map_err(|_| Unrecognised)?;
            let marker = quick_xml::escape::unescape(marker).map_err(|_| Unrecognised)?;
            self.marker.clear();
            self.marker.push_str(&marker);
            return Ok(ParseStep::To(next));
        }
        skip_element(bytes, start)
    }
}

/// Whether these are attributes and nothing else, each in quotes, e.g. ` ContainerName="c"`. A stray quote could hide
/// where the tag ends. An empty element, which ends with `/`, is none.
fn well_formed(attributes: &[u8]) -> bool {
    let Ok(attributes) = std::str::from_utf8(attributes) else { return false };
    let blank_first = attributes.chars().next().is_none_or(|first| first.is_ascii_whitespace());
    blank_first
        && Attributes::new(attributes, 0)
            .all(|found| found.is_ok_and(|one| !one.key.as_ref().contains(['"', '\'', '<', '/'])))
}

/// What an element says. Texts that are not looked at may hold anything.
fn field(tag: &[u8], in_properties: bool) -> ElementField {
    if in_properties {
        return ListedProperty::named(tag).map_or(ElementField::Other, ElementField::Property);
    }
    match tag {
        b"Name" => ElementField::Name,
        b"Snapshot" => ElementField::Snapshot,
        b"VersionId" => ElementField::Version,
        b"IsCurrentVersion" => ElementField::Current,
        b"Deleted" => ElementField::Deleted,
        _ => ElementField::Other,
    }
}
