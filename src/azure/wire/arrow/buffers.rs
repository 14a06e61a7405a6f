//! The parts of a message with rows: lengths of columns, and where their buffers lie in its body.

use super::fault::{ArrowFault, ArrowResult};
use super::flatbuffer::FlatTable;
use super::schema::{ArrowField, ColumnType};

/// The parts of a batch, in the order of the columns.
pub(super) struct BatchBuffers<'a> {
    /// Length and nulls of each column, 16 bytes each.
    nodes: &'a [u8],
    /// Offset and length of each buffer in the body, 16 bytes each.
    buffers: &'a [u8],
    /// Data buffers of each column of text views, 8 bytes each.
    view_counts: &'a [u8],
    body: &'a [u8],
}

/// A place among the parts of a batch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct BatchPlace {
    node: usize,
    buffer: usize,
    views: usize,
}

impl<'a> BatchBuffers<'a> {
    pub(super) fn read(header: FlatTable<'a>, body: &'a [u8]) -> ArrowResult<Self> {
        if header.table(3)?.is_some() {
            return Err(ArrowFault::unsupported("its rows are compressed"));
        }
        let view_counts = header.items(4, 8)?;
        Ok(Self { nodes: header.items(1, 16)?, buffers: header.items(2, 16)?, view_counts, body })
    }

    /// How many values the next column has, and how many of them are null.
    pub(super) fn node(&self, place: &mut BatchPlace) -> ArrowResult<(usize, usize)> {
        let node = pair(self.nodes, place.node)?;
        place.node += 1;
        Ok(node)
    }

    /// The next buffer.
    pub(super) fn buffer(&self, place: &mut BatchPlace) -> ArrowResult<&'a [u8]> {
        let (offset, length) = pair(self.buffers, place.buffer)?;
        place.buffer += 1;
        let buffer = self.body.get(offset..).and_then(|rest| rest.get(..length));
        buffer.ok_or_else(|| ArrowFault::damaged("a column lies outside of its message"))
    }

    /// The data buffers of the next column of text views.
    pub(super) fn view_buffers(&self, place: &mut BatchPlace) -> ArrowResult<Vec<&'a [u8]>> {
        (0..self.view_count(place)?).map(|_| self.buffer(place)).collect()
    }

    fn view_count(&self, place: &mut BatchPlace) -> ArrowResult<usize> {
        let count = self.view_counts.get(place.views * 8..).and_then(|rest| rest.first_chunk::<8>());
        place.views += 1;
        let count = count.and_then(|count| usize::try_from(i64::from_le_bytes(*count)).ok());
        count.filter(|count| *count <= self.buffers.len() / 16).ok_or_else(too_few)
    }

    /// Steps over a column and those inside of it.
    pub(super) fn skip(&self, field: &ArrowField, place: &mut BatchPlace) -> ArrowResult<()> {
        place.node += 1;
        if field.dictionary.is_some() {
            place.buffer += 2;
            return Ok(());
        }
        place.buffer += field.kind.buffers();
        if field.kind == ColumnType::TextView {
            place.buffer += self.view_count(place)?;
        }
        field.children.iter().try_for_each(|child| self.skip(child, place))
    }

    /// Whether there are as many parts as the columns need.
    pub(super) fn check(&self, needed: BatchPlace) -> ArrowResult<()> {
        let enough = needed.node <= self.nodes.len() / 16 && needed.buffer <= self.buffers.len() / 16;
        if enough { Ok(()) } else { Err(too_few()) }
    }
}

fn too_few() -> ArrowFault {
    ArrowFault::damaged("a message has fewer columns than the schema")
}

fn pair(pairs: &[u8], index: usize) -> ArrowResult<(usize, usize)> {
    let number = |at: usize| {
        let bytes = pairs.get(at..).and_then(|rest| rest.first_chunk::<8>()).ok_or_else(too_few)?;
        usize::try_from(i64::from_le_bytes(*bytes)).map_err(|_| ArrowFault::damaged("the length of a column is wrong"))
    };
    Ok((number(index * 16)?, number(index * 16 + 8)?))
}
