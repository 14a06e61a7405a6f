//! The columns of a stream: names and types, as its first message has them.

use super::fault::{ArrowFault, ArrowResult};
use super::flatbuffer::FlatTable;

/// Columns that a schema may have, with those inside of others.
const MOST_FIELDS: usize = 1024;

/// How deep columns may lie inside of others. A map of texts has three levels.
const DEEPEST: usize = 8;

/// The columns of a stream.
#[derive(Debug)]
pub(crate) struct ArrowSchema {
    pub(super) fields: Vec<ArrowField>,
    /// The marker of the next page; empty on the last one.
    pub(super) next_marker: String,
}

/// A column, or one inside of another.
#[derive(Debug)]
pub(super) struct ArrowField {
    pub(super) name: String,
    pub(super) kind: ColumnType,
    /// Rows hold numbers of values that stand in a dictionary.
    pub(super) dictionary: Option<DictionaryKey>,
    pub(super) children: Vec<ArrowField>,
}

/// Which dictionary a column takes its values from, and how its rows are numbered.
#[derive(Clone, Copy, Debug)]
pub(super) struct DictionaryKey {
    pub(super) id: i64,
    pub(super) index: ColumnType,
}

/// The type of a column, as far as it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnType {
    Null,
    Flag,
    /// Bytes of a number, and whether it may be negative.
    Integer(usize, bool),
    /// A time; so many parts make a second.
    Time(i64),
    /// Text, whose offsets have so many bytes each.
    Text(usize),
    /// Text, whose place is in a record of 16 bytes.
    TextView,
    Map,
    /// A type that no column of a listing needs, with the number of its buffers.
    Other(usize),
}

impl ColumnType {
    /// Buffers in a batch, without those of the columns inside and without the data buffers of text views.
    pub(super) fn buffers(self) -> usize {
        match self {
            Self::Null => 0,
            Self::Flag | Self::Integer(..) | Self::Time(_) | Self::TextView | Self::Map => 2,
            Self::Text(_) => 3,
            Self::Other(buffers) => buffers,
        }
    }
}

impl ArrowSchema {
    pub(super) fn read(table: FlatTable<'_>) -> ArrowResult<Self> {
        if table.short(0)? != 0 {
            return Err(ArrowFault::unsupported("its numbers are big-endian"));
        }
        let mut budget = MOST_FIELDS;
        let fields = fields(table, 1, &mut budget, 0)?;
        let mut next_marker = String::new();
        for pair in table.tables(2)? {
            // The SDK for Python looks for both forms.
            if pair.text(0)?.eq_ignore_ascii_case("NextMarker") && next_marker.is_empty() {
                pair.text(1)?.clone_into(&mut next_marker);
            }
        }
        Ok(Self { fields, next_marker })
    }

    /// The column whose values stand in this dictionary.
    pub(super) fn field_of_dictionary(&self, id: i64) -> Option<&ArrowField> {
        fn find(fields: &[ArrowField], id: i64) -> Option<&ArrowField> {
            let of_field = |field: &ArrowField| field.dictionary.is_some_and(|key| key.id == id);
            fields.iter().find_map(|field| if of_field(field) { Some(field) } else { find(&field.children, id) })
        }
        find(&self.fields, id)
    }
}

fn fields(table: FlatTable<'_>, field: usize, budget: &mut usize, depth: usize) -> ArrowResult<Vec<ArrowField>> {
    let tables = table.tables(field)?;
    *budget = budget.checked_sub(tables.len()).ok_or_else(|| ArrowFault::damaged("it has too many columns"))?;
    if depth > DEEPEST {
        return Err(ArrowFault::damaged("its columns lie too deep inside of each other"));
    }
    tables
        .into_iter()
        .map(|table| {
            let children = fields(table, 5, budget, depth + 1)?;
            let name = table.text(0)?.to_owned();
            Ok(ArrowField { name, kind: kind(table)?, dictionary: dictionary(table)?, children })
        })
        .collect()
}

/// The type of a column; the numbers are those of the union `Type` in Arrow's `Schema.fbs`.
fn kind(field: FlatTable<'_>) -> ArrowResult<ColumnType> {
    let detail = field.table(3)?;
    let short = |at| detail.map_or(Ok(0), |detail: FlatTable<'_>| detail.short(at));
    Ok(match field.byte(2)? {
        1 => ColumnType::Null,
        2 => integer(detail)?,
        // Bytes are read as text where text is expected.
        4 | 5 => ColumnType::Text(4),
        6 => ColumnType::Flag,
        10 => ColumnType::Time(match short(0)? {
            0 => 1,
            1 => 1_000,
            2 => 1_000_000,
            3 => 1_000_000_000,
            _ => return Err(ArrowFault::damaged("the unit of a time is unknown")),
        }),
        17 => ColumnType::Map,
        19 | 20 => ColumnType::Text(8),
        23 | 24 => ColumnType::TextView,
        // Floating point, decimal, date, time, interval, list, fixed-size binary, duration, large list.
        3 | 7 | 8 | 9 | 11 | 12 | 15 | 18 | 21 => ColumnType::Other(2),
        // Struct and fixed-size list.
        13 | 16 => ColumnType::Other(1),
        // A union; a dense one has offsets as well.
        14 => ColumnType::Other(if short(0)? == 1 { 2 } else { 1 }),
        // Run-end encoded.
        22 => ColumnType::Other(0),
        // List views.
        25 | 26 => ColumnType::Other(3),
        _ => return Err(ArrowFault::unsupported("the type of a column is unknown")),
    })
}

fn integer(detail: Option<FlatTable<'_>>) -> ArrowResult<ColumnType> {
    let Some(detail) = detail else { return Err(ArrowFault::damaged("the width of a number is missing")) };
    let bits = detail.scalar(0)?.map_or(0, i32::from_le_bytes);
    let signed = detail.byte(1)? != 0;
    match bits {
        8 => Ok(ColumnType::Integer(1, signed)),
        16 => Ok(ColumnType::Integer(2, signed)),
        32 => Ok(ColumnType::Integer(4, signed)),
        64 => Ok(ColumnType::Integer(8, signed)),
        _ => Err(ArrowFault::damaged("the width of a number is wrong")),
    }
}

fn dictionary(field: FlatTable<'_>) -> ArrowResult<Option<DictionaryKey>> {
    let Some(encoding) = field.table(4)? else { return Ok(None) };
    let index = match encoding.table(1)? {
        Some(index) => integer(Some(index))?,
        None => ColumnType::Integer(4, true),
    };
    Ok(Some(DictionaryKey { id: encoding.long(0)?, index }))
}
