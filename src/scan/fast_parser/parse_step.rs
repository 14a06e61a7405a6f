//! What a step of the fast parser returns. Plain data.

use memchr::memchr;

/// No entry of a listing is longer than this.
pub(super) const ENTRY_LIMIT: usize = 1 << 20;

/// The page holds something that the fast parser does not know. Nothing that the sink has taken of this page may be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unrecognised;

pub(super) type ParseResult<T> = Result<T, Unrecognised>;

/// How far a step came in the bytes at hand.
pub(super) enum ParseStep {
    /// Up to this offset.
    To(usize),
    /// Nowhere: the bytes end in the middle of an entry.
    Short,
}

/// The text of an element. One with entities is not recognised.
pub(super) fn text(value: &[u8]) -> ParseResult<&str> {
    let value = std::str::from_utf8(value).map_err(|_| Unrecognised)?;
    if memchr(b'&', value.as_bytes()).is_some() { Err(Unrecognised) } else { Ok(value) }
}
