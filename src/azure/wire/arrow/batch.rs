//! The rows of one message, and the values of one dictionary.

use super::buffers::{BatchBuffers, BatchPlace};
use super::column::ArrowColumn;
use super::dictionary::Dictionaries;
use super::fault::{ArrowFault, ArrowResult};
use super::flatbuffer::FlatTable;
use super::schema::ArrowSchema;

/// The rows of one message.
pub(crate) struct ArrowBatch<'a> {
    /// How many rows there are. No more than the shortest column that was read.
    pub(crate) rows: usize,
    schema: &'a ArrowSchema,
    dictionaries: &'a Dictionaries,
    buffers: BatchBuffers<'a>,
    /// Where the parts of each column begin.
    starts: Vec<BatchPlace>,
}

impl<'a> ArrowBatch<'a> {
    pub(super) fn read(
        header: FlatTable<'a>,
        body: &'a [u8],
        schema: &'a ArrowSchema,
        dictionaries: &'a Dictionaries,
    ) -> ArrowResult<Self> {
        let rows = rows(header)?;
        let buffers = BatchBuffers::read(header, body)?;
        let mut place = BatchPlace::default();
        let mut starts = Vec::with_capacity(schema.fields.len());
        for field in &schema.fields {
            starts.push(place);
            buffers.skip(field, &mut place)?;
        }
        buffers.check(place)?;
        Ok(Self { rows, schema, dictionaries, buffers, starts })
    }

    /// The column of this name; `None` when no row has a value in it, or when there is no such column, which means the same.
    pub(crate) fn column(&self, name: &str) -> ArrowResult<Option<ArrowColumn<'_>>> {
        let named = self.schema.fields.iter().zip(&self.starts).find(|(field, _)| field.name == name);
        let Some((field, start)) = named else { return Ok(None) };
        let mut place = *start;
        let column = ArrowColumn::read(field, &self.buffers, &mut place, self.dictionaries)?;
        if column.rows() < self.rows {
            return Err(ArrowFault::damaged("a column ends before its last row"));
        }
        Ok((!column.is_empty()).then_some(column))
    }
}

/// Takes a message with the values of a dictionary: a new one, or more of one.
pub(super) fn take_dictionary(
    header: FlatTable<'_>,
    body: &[u8],
    schema: &ArrowSchema,
    dictionaries: &mut Dictionaries,
) -> ArrowResult<()> {
    let (id, more) = (header.long(0)?, header.byte(2)? != 0);
    let batch = header.table(1)?.ok_or_else(|| ArrowFault::damaged("a dictionary has no values"))?;
    let field = schema.field_of_dictionary(id);
    let field = field.ok_or_else(|| ArrowFault::damaged("a dictionary belongs to no column"))?;
    let buffers = BatchBuffers::read(batch, body)?;
    let count = rows(batch)?;
    dictionaries.make_room(id, more, count)?;
    let column = ArrowColumn::read_plain(field, &buffers, &mut BatchPlace::default())?;
    if column.rows() < count {
        return Err(ArrowFault::damaged("a dictionary ends before its last value"));
    }
    (0..count).try_for_each(|row| {
        dictionaries.push(id, column.value(row)?);
        Ok(())
    })
}

/// How many rows a batch says it has.
fn rows(header: FlatTable<'_>) -> ArrowResult<usize> {
    usize::try_from(header.long(0)?).map_err(|_| ArrowFault::damaged("the number of its rows is wrong"))
}
