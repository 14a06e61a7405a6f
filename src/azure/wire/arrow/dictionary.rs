//! Dictionaries: values that the rows of a column name by number.

use std::collections::HashMap;

use super::batch::{BatchBuffers, BatchPlace, rows};
use super::column::ArrowColumn;
use super::fault::{ArrowFault, ArrowResult};
use super::flatbuffer::FlatTable;
use super::schema::ArrowSchema;
use super::value::ArrowValue;

/// Values that all dictionaries of a stream may have together. A page has five thousand rows.
const MOST_VALUES: usize = 1 << 19;

/// The dictionaries of a stream by their ids.
#[derive(Debug, Default)]
pub(super) struct Dictionaries(HashMap<i64, Vec<StoredValue>>);

/// A value that outlives its message.
#[derive(Debug)]
pub(super) enum StoredValue {
    Text(Box<str>),
    /// Anything else.
    Plain(ArrowValue<'static>),
}

impl StoredValue {
    fn new(value: ArrowValue<'_>) -> Self {
        Self::Plain(match value {
            ArrowValue::Text(text) => return Self::Text(text.into()),
            ArrowValue::Absent => ArrowValue::Absent,
            ArrowValue::Flag(flag) => ArrowValue::Flag(flag),
            ArrowValue::Number(number) => ArrowValue::Number(number),
            ArrowValue::Time(seconds, nanoseconds) => ArrowValue::Time(seconds, nanoseconds),
        })
    }

    pub(super) fn value(&self) -> ArrowValue<'_> {
        match self {
            Self::Text(text) => ArrowValue::Text(text),
            Self::Plain(value) => *value,
        }
    }
}

impl Dictionaries {
    /// The values of a dictionary; none where the stream has not brought it.
    pub(super) fn values(&self, id: i64) -> &[StoredValue] {
        self.0.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Takes a message with values: a new dictionary, or more of one.
    pub(super) fn take(&mut self, header: FlatTable<'_>, body: &[u8], schema: &ArrowSchema) -> ArrowResult<()> {
        let (id, more) = (header.long(0)?, header.byte(2)? != 0);
        let batch = header.table(1)?.ok_or_else(|| ArrowFault::damaged("a dictionary has no values"))?;
        let field = schema.field_of_dictionary(id);
        let field = field.ok_or_else(|| ArrowFault::damaged("a dictionary belongs to no column"))?;
        let buffers = BatchBuffers::read(batch, body)?;
        let count = rows(batch)?;
        if !more {
            self.0.remove(&id);
        }
        if count.saturating_add(self.0.values().map(Vec::len).sum()) > MOST_VALUES {
            return Err(ArrowFault::damaged("a dictionary is too large"));
        }
        let column = ArrowColumn::read_plain(field, &buffers, &mut BatchPlace::default())?;
        if column.rows() < count {
            return Err(ArrowFault::damaged("a dictionary ends before its last value"));
        }
        let values = self.0.entry(id).or_default();
        for row in 0..count {
            values.push(StoredValue::new(column.value(row)?));
        }
        Ok(())
    }
}
