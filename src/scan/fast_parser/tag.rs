//! Single tags of a page. What an element means is not known here.

use memchr::{memchr, memchr2};

use super::parse_step::{ENTRY_LIMIT, ParseResult, ParseStep, Unrecognised};

/// One tag: `<name>`, `<name/>`, `</name>` (the name then begins with `/`) or `<Name Encoded="true">`.
pub(super) struct Tag<'a> {
    pub(super) name: &'a [u8],
    pub(super) empty: bool,
    pub(super) encoded: bool,
    pub(super) end: usize,
}

impl<'a> Tag<'a> {
    /// The tag that begins at `at`, white space before it skipped; `None` when the bytes end first.
    pub(super) fn read(bytes: &'a [u8], at: usize) -> ParseResult<Option<Self>> {
        let at = blank(bytes, at);
        let Some(rest) = bytes.get(at + 1..) else { return Ok(None) };
        if bytes[at] != b'<' {
            return Err(Unrecognised);
        }
        let Some(close) = memchr2(b'>', b'!', rest) else {
            return if rest.len() > ENTRY_LIMIT { Err(Unrecognised) } else { Ok(None) };
        };
        if rest[close] == b'!' || rest[0] == b'?' {
            return Err(Unrecognised);
        }
        let end = at + 1 + close + 1;
        let inside = &rest[..close];
        let (inside, empty) = inside.strip_suffix(b"/").map_or((inside, false), |inside| (inside, true));
        let space = inside.iter().position(u8::is_ascii_whitespace).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(space);
        let encoded = match attributes.trim_ascii() {
            b"" | b"Encoded=\"false\"" => false,
            b"Encoded=\"true\"" => true,
            _ => return Err(Unrecognised),
        };
        if name.is_empty() || (encoded && name != b"Name") || name.contains(&b'<') {
            return Err(Unrecognised);
        }
        Ok(Some(Self { name, empty, encoded, end }))
    }

    /// The text up to the matching close tag, and where that ends. An element with children is not recognised.
    pub(super) fn leaf(&self, bytes: &'a [u8]) -> ParseResult<Option<(&'a [u8], usize)>> {
        if self.empty {
            return Ok(Some((b"", self.end)));
        }
        let rest = &bytes[self.end..];
        let Some(open) = memchr(b'<', rest) else {
            return if rest.len() > ENTRY_LIMIT { Err(Unrecognised) } else { Ok(None) };
        };
        let close = &rest[open + 1..];
        let length = self.name.len();
        if close.len() < length + 2 {
            return Ok(None);
        }
        if close[0] != b'/' || &close[1..=length] != self.name || close[length + 1] != b'>' {
            return Err(Unrecognised);
        }
        Ok(Some((&rest[..open], self.end + open + length + 3)))
    }
}

/// Steps over an element with all its children, checking that tags match.
pub(super) fn skip_element(bytes: &[u8], at: usize) -> ParseResult<ParseStep> {
    let mut open: Vec<&[u8]> = Vec::new();
    let mut at = at;
    loop {
        let Some(tag) = Tag::read(bytes, at)? else { return Ok(ParseStep::Short) };
        at = tag.end;
        match tag.name.strip_prefix(b"/") {
            Some(name) if open.pop() == Some(name) => {}
            Some(_) => return Err(Unrecognised),
            None if tag.empty => {}
            None => open.push(tag.name),
        }
        if open.is_empty() {
            return Ok(ParseStep::To(at));
        }
        let Some(next) = bytes.get(at..).and_then(|rest| memchr(b'<', rest)) else { return Ok(ParseStep::Short) };
        at += next;
    }
}

/// Where the white space at `at` ends.
pub(super) fn blank(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}
