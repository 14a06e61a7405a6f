//! Dictionaries: values that the rows of a column name by number.

use std::collections::HashMap;

use super::fault::{ArrowFault, ArrowResult};
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

    /// Makes room for so many values: of a new dictionary, or behind those of the old one.
    pub(super) fn make_room(&mut self, id: i64, more: bool, count: usize) -> ArrowResult<()> {
        if !more {
            self.0.remove(&id);
        }
        if count.saturating_add(self.0.values().map(Vec::len).sum()) > MOST_VALUES {
            return Err(ArrowFault::damaged("a dictionary is too large"));
        }
        Ok(())
    }

    /// Adds a value to a dictionary.
    pub(super) fn push(&mut self, id: i64, value: ArrowValue<'_>) {
        self.0.entry(id).or_default().push(StoredValue::new(value));
    }
}
