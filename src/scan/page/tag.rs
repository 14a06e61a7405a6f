//! Single tags of a page, and the memory of which tags stood where in the entry before. No element is understood here.

use memchr::{memchr, memchr2};

use super::{ENTRY_LIMIT, Step, Unrecognised, Walk};

/// How many tags of an entry are remembered.
const TURNS: usize = 64;

/// The tags of the entry before, in their order: entries of a page are alike, and comparing is quicker than reading.
#[derive(Debug, Default)]
pub(super) struct Shapes(Vec<Shape>);

#[derive(Debug)]
struct Shape {
    /// The tag behind its `<`, with its `>`.
    text: Vec<u8>,
    name: usize,
    empty: bool,
}

impl Shapes {
    /// [`Tag::read`], by comparing with the tag that stood at this `turn` in the entry before.
    pub(super) fn read<'a>(&mut self, turn: usize, bytes: &'a [u8], at: usize) -> Walk<Option<Tag<'a>>> {
        if let (Some(b'<'), Some(shape)) = (bytes.get(at), self.0.get(turn)) {
            let rest = &bytes[at + 1..];
            if rest.starts_with(&shape.text) {
                let end = at + 1 + shape.text.len();
                return Ok(Some(Tag { name: &rest[..shape.name], empty: shape.empty, encoded: false, end }));
            }
        }
        let tag = Tag::read(bytes, at)?;
        if let Some(tag) = tag.as_ref().filter(|tag| !tag.encoded) {
            let start = blank(bytes, at) + 1;
            let shape = Shape { text: bytes[start..tag.end].to_vec(), name: tag.name.len(), empty: tag.empty };
            if let Some(before) = self.0.get_mut(turn) {
                *before = shape;
            } else if self.0.len() == turn && turn < TURNS {
                self.0.push(shape);
            }
        }
        Ok(tag)
    }
}

/// One tag: `<name>`, `<name/>`, `</name>` (the name then begins with `/`) or `<Name Encoded="true">`.
pub(super) struct Tag<'a> {
    pub(super) name: &'a [u8],
    pub(super) empty: bool,
    pub(super) encoded: bool,
    pub(super) end: usize,
}

impl<'a> Tag<'a> {
    /// The tag that begins at `at`, white space before it skipped; `None` when the bytes end first.
    pub(super) fn read(bytes: &'a [u8], at: usize) -> Walk<Option<Self>> {
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
    pub(super) fn leaf(&self, bytes: &'a [u8]) -> Walk<Option<(&'a [u8], usize)>> {
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
pub(super) fn skip_element(bytes: &[u8], at: usize) -> Walk<Step> {
    let mut open: Vec<&[u8]> = Vec::new();
    let mut at = at;
    loop {
        let Some(tag) = Tag::read(bytes, at)? else { return Ok(Step::Short) };
        at = tag.end;
        match tag.name.strip_prefix(b"/") {
            Some(name) if open.pop() == Some(name) => {}
            Some(_) => return Err(Unrecognised),
            None if tag.empty => {}
            None => open.push(tag.name),
        }
        if open.is_empty() {
            return Ok(Step::To(at));
        }
        let Some(next) = bytes.get(at..).and_then(|rest| memchr(b'<', rest)) else { return Ok(Step::Short) };
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
