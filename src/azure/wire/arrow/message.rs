//! The messages of a stream: where each ends, and what it is.

use super::fault::{ArrowFault, ArrowResult};
use super::flatbuffer::FlatTable;

/// Bytes a description may have. That of a listing with fifty columns has about ten thousand.
const DESCRIPTION_LIMIT: usize = 1 << 20;

/// Bytes the rows of one message may have. Five thousand blobs have about a million.
const BODY_LIMIT: usize = 64 << 20;

/// The beginning of every message.
const CONTINUATION: [u8; 4] = [0xff; 4];

/// The oldest version of the format that is read, which is called V4.
const OLDEST: i16 = 3;

/// What stands at the beginning of some bytes of a stream.
pub(super) enum Framed<'a> {
    /// A part of a message. It is not read before there are so many bytes.
    Short(usize),
    /// The end of the stream, with its length.
    End(usize),
    /// A message, with its length.
    Message(ArrowMessage<'a>, usize),
}

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MessageKind {
    Schema,
    Dictionary,
    Batch,
}

/// One message.
#[derive(Clone, Copy, Debug)]
pub(super) struct ArrowMessage<'a> {
    pub(super) kind: MessageKind,
    pub(super) header: FlatTable<'a>,
    pub(super) body: &'a [u8],
}

impl<'a> Framed<'a> {
    /// Reads what stands at the beginning of `bytes`.
    pub(super) fn read(bytes: &'a [u8]) -> ArrowResult<Self> {
        let Some((start, rest)) = bytes.split_first_chunk::<4>() else { return Ok(Self::Short(8)) };
        if *start != CONTINUATION {
            return Err(ArrowFault::damaged("a message does not begin as it must"));
        }
        let Some((length, rest)) = rest.split_first_chunk::<4>() else { return Ok(Self::Short(8)) };
        let length = usize::try_from(i32::from_le_bytes(*length)).unwrap_or(usize::MAX);
        if length == 0 {
            return Ok(Self::End(8));
        }
        if length > DESCRIPTION_LIMIT {
            return Err(ArrowFault::damaged("the description of a message is too long"));
        }
        let Some(description) = rest.get(..length) else { return Ok(Self::Short(8 + length)) };
        let table = FlatTable::root(description)?;
        let body_length = usize::try_from(table.long(3)?).unwrap_or(usize::MAX);
        if body_length > BODY_LIMIT {
            return Err(ArrowFault::damaged("the length of a message is wrong"));
        }
        let end = 8 + length + body_length;
        let Some(body) = bytes.get(8 + length..end) else { return Ok(Self::Short(end)) };
        Ok(Self::Message(ArrowMessage::new(table, body)?, end))
    }
}

impl<'a> ArrowMessage<'a> {
    fn new(table: FlatTable<'a>, body: &'a [u8]) -> ArrowResult<Self> {
        if table.short(0)? < OLDEST {
            return Err(ArrowFault::unsupported("the version of its format is too old"));
        }
        let kind = match table.byte(1)? {
            1 => MessageKind::Schema,
            2 => MessageKind::Dictionary,
            3 => MessageKind::Batch,
            _ => return Err(ArrowFault::unsupported("it holds a message that is neither a schema nor rows")),
        };
        let header = table.table(2)?.ok_or_else(|| ArrowFault::damaged("a message has no description"))?;
        Ok(Self { kind, header, body })
    }
}
