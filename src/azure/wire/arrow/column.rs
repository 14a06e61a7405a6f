//! The values of a column. A column is read where it lies; each value is checked when it is asked for.
#![expect(
    clippy::inline_always,
    reason = "called for every value; nothing else is inlined in a program built for size"
)]

use super::buffers::{BatchBuffers, BatchPlace};
use super::dictionary::{Dictionaries, StoredValue};
use super::fault::{ArrowFault, ArrowResult};
use super::schema::{ArrowField, ColumnType};
use super::value::ArrowValue;

/// A column of a batch.
#[derive(Debug)]
pub(crate) struct ArrowColumn<'a> {
    rows: usize,
    valid: ValidRows<'a>,
    values: ColumnValues<'a>,
}

/// The rows that have a value.
#[derive(Clone, Copy, Debug)]
enum ValidRows<'a> {
    All,
    None,
    /// Those whose bit is set.
    Marked(&'a [u8]),
}

/// Where the values are.
#[derive(Debug)]
enum ColumnValues<'a> {
    Nothing,
    /// A bit each.
    Flags(&'a [u8]),
    /// So many bytes each, negative where the flag says so.
    Numbers(&'a [u8], usize, bool),
    /// 64 bits each; so many parts make a second.
    Times(&'a [u8], i64),
    Texts(TextColumn<'a>),
    Views(&'a [u8], Vec<&'a [u8]>),
    /// Numbers of values in a dictionary.
    Named(&'a [u8], usize, bool, &'a [StoredValue]),
    /// Offsets of the pairs of each row; keys and values.
    Maps(&'a [u8], Box<(ArrowColumn<'a>, ArrowColumn<'a>)>),
}

/// Texts one after the other, and the offsets at which each begins.
#[derive(Debug)]
struct TextColumn<'a> {
    offsets: &'a [u8],
    /// Bytes of an offset.
    width: usize,
    /// The texts from the first offset on.
    texts: &'a str,
    first: usize,
}

impl<'a> ArrowColumn<'a> {
    /// Reads the column at `place`, and goes on behind it.
    pub(super) fn read(
        field: &ArrowField,
        buffers: &BatchBuffers<'a>,
        place: &mut BatchPlace,
        dictionaries: &'a Dictionaries,
    ) -> ArrowResult<Self> {
        let Some(key) = field.dictionary else {
            return if field.kind == ColumnType::Map {
                Self::read_map(field, buffers, place, dictionaries)
            } else {
                Self::read_plain(field, buffers, place)
            };
        };
        let (rows, valid) = head(buffers, place)?;
        let ColumnType::Integer(width, signed) = key.index else { return Err(not_read()) };
        let values = ColumnValues::Named(buffers.buffer(place)?, width, signed, dictionaries.values(key.id));
        Self { rows, valid, values }.checked()
    }

    /// Reads a column of single values that stand in it and not in a dictionary.
    pub(super) fn read_plain(
        field: &ArrowField,
        buffers: &BatchBuffers<'a>,
        place: &mut BatchPlace,
    ) -> ArrowResult<Self> {
        if field.kind == ColumnType::Null {
            let (rows, _) = buffers.node(place)?;
            return Ok(Self { rows, valid: ValidRows::None, values: ColumnValues::Nothing });
        }
        let (rows, valid) = head(buffers, place)?;
        let values = match field.kind {
            ColumnType::Flag => ColumnValues::Flags(buffers.buffer(place)?),
            ColumnType::Integer(width, signed) => ColumnValues::Numbers(buffers.buffer(place)?, width, signed),
            ColumnType::Time(parts) => ColumnValues::Times(buffers.buffer(place)?, parts),
            ColumnType::Text(width) => {
                let (offsets, texts) = (buffers.buffer(place)?, buffers.buffer(place)?);
                ColumnValues::Texts(TextColumn::new(offsets, width, texts, rows)?)
            }
            ColumnType::TextView => ColumnValues::Views(buffers.buffer(place)?, buffers.view_buffers(place)?),
            ColumnType::Null | ColumnType::Map | ColumnType::Other(_) => return Err(not_read()),
        };
        Self { rows, valid, values }.checked()
    }

    fn read_map(
        field: &ArrowField,
        buffers: &BatchBuffers<'a>,
        place: &mut BatchPlace,
        dictionaries: &'a Dictionaries,
    ) -> ArrowResult<Self> {
        let (rows, valid) = head(buffers, place)?;
        let offsets = buffers.buffer(place)?;
        // The pairs are one column inside, with keys and values inside of that.
        let [pairs] = &field.children[..] else { return Err(not_read()) };
        let [keys, values] = &pairs.children[..] else { return Err(not_read()) };
        if pairs.dictionary.is_some() || keys.kind == ColumnType::Map || values.kind == ColumnType::Map {
            return Err(not_read());
        }
        head(buffers, place)?;
        let keys = Self::read(keys, buffers, place, dictionaries)?;
        let values = Self::read(values, buffers, place, dictionaries)?;
        Self { rows, valid, values: ColumnValues::Maps(offsets, Box::new((keys, values))) }.checked()
    }

    /// The column, when its buffers are as long as its rows need.
    fn checked(self) -> ArrowResult<Self> {
        let needed = |size: usize| self.rows.checked_mul(size);
        let bits = Some(self.rows.div_ceil(8));
        let offsets = |width: usize| if self.rows == 0 { Some(0) } else { needed(width)?.checked_add(width) };
        let (length, needed) = match &self.values {
            ColumnValues::Nothing => (0, Some(0)),
            ColumnValues::Flags(flags) => (flags.len(), bits),
            ColumnValues::Numbers(numbers, width, _) | ColumnValues::Named(numbers, width, ..) => {
                (numbers.len(), needed(*width))
            }
            ColumnValues::Times(times, _) => (times.len(), needed(8)),
            ColumnValues::Texts(texts) => (texts.offsets.len(), offsets(texts.width)),
            ColumnValues::Views(views, _) => (views.len(), needed(16)),
            ColumnValues::Maps(places, _) => (places.len(), offsets(4)),
        };
        let valid = match self.valid {
            ValidRows::All | ValidRows::None => true,
            ValidRows::Marked(bits) => bits.len() >= self.rows.div_ceil(8),
        };
        if valid && needed.is_some_and(|needed| needed <= length) {
            Ok(self)
        } else {
            Err(ArrowFault::damaged("a column is shorter than its rows"))
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Whether no row has a value.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self.valid, ValidRows::None)
    }

    #[inline(always)]
    fn is_valid(&self, row: usize) -> bool {
        match self.valid {
            ValidRows::All => true,
            ValidRows::None => false,
            ValidRows::Marked(bits) => is_set(bits, row),
        }
    }

    /// The value of a row.
    #[inline]
    pub(crate) fn value(&self, row: usize) -> ArrowResult<ArrowValue<'_>> {
        if !self.is_valid(row) {
            return Ok(ArrowValue::Absent);
        }
        Ok(match &self.values {
            ColumnValues::Nothing => ArrowValue::Absent,
            ColumnValues::Flags(flags) => ArrowValue::Flag(is_set(flags, row)),
            ColumnValues::Numbers(numbers, width, signed) => ArrowValue::Number(number(numbers, *width, *signed, row)?),
            ColumnValues::Times(times, parts) => {
                let time = i64::from_le_bytes(*times.get(row * 8..).and_then(<[u8]>::first_chunk).ok_or_else(beyond)?);
                let rest = time.rem_euclid(*parts) * (1_000_000_000 / *parts);
                ArrowValue::Time(time.div_euclid(*parts), i32::try_from(rest).unwrap_or_default())
            }
            ColumnValues::Texts(texts) => ArrowValue::Text(texts.get(row)?),
            ColumnValues::Views(views, data) => ArrowValue::Text(view(views, data, row)?),
            ColumnValues::Named(numbers, width, signed, values) => {
                let value = usize::try_from(number(numbers, *width, *signed, row)?).ok().and_then(|at| values.get(at));
                value
                    .ok_or_else(|| ArrowFault::damaged("a row names a value that its dictionary does not have"))?
                    .value()
            }
            ColumnValues::Maps(..) => return Err(not_read()),
        })
    }

    /// The text of a row; empty when the row has none.
    ///
    /// # Errors
    /// The column is damaged, or it is not one of texts.
    #[inline(always)]
    pub(crate) fn text(&self, row: usize) -> ArrowResult<&str> {
        if let ColumnValues::Texts(texts) = &self.values {
            return if self.is_valid(row) { texts.get(row) } else { Ok("") };
        }
        match self.value(row)? {
            ArrowValue::Absent => Ok(""),
            ArrowValue::Text(text) => Ok(text),
            _ => Err(not_read()),
        }
    }

    /// The pairs of a row of maps, in their order; none for another column.
    pub(crate) fn pairs(&self, row: usize) -> ArrowResult<Vec<(ArrowValue<'_>, ArrowValue<'_>)>> {
        let ColumnValues::Maps(offsets, columns) = &self.values else { return Ok(Vec::new()) };
        if !self.is_valid(row) {
            return Ok(Vec::new());
        }
        let (from, to) = (offset(offsets, 4, row)?, offset(offsets, 4, row + 1)?);
        let (keys, values) = columns.as_ref();
        if to > keys.rows.min(values.rows) {
            return Err(beyond());
        }
        (from..to).map(|at| Ok((keys.value(at)?, values.value(at)?))).collect()
    }
}

impl<'a> TextColumn<'a> {
    fn new(offsets: &'a [u8], width: usize, texts: &'a [u8], rows: usize) -> ArrowResult<Self> {
        if rows == 0 {
            return Ok(Self { offsets, width, texts: "", first: 0 });
        }
        // All texts of a column are checked at once, which is several times quicker than each by itself.
        let (first, last) = (offset(offsets, width, 0)?, offset(offsets, width, rows)?);
        let texts = texts.get(first..last).ok_or_else(beyond)?;
        let texts = std::str::from_utf8(texts).map_err(|_| not_text())?;
        Ok(Self { offsets, width, texts, first })
    }

    #[inline(always)]
    fn get(&self, row: usize) -> ArrowResult<&'a str> {
        let (from, to) = (offset(self.offsets, self.width, row)?, offset(self.offsets, self.width, row + 1)?);
        let (Some(from), Some(to)) = (from.checked_sub(self.first), to.checked_sub(self.first)) else {
            return Err(beyond());
        };
        match self.texts.get(from..to) {
            Some(text) => Ok(text),
            None => Err(beyond()),
        }
    }
}

/// Length and validity of the next column.
fn head<'a>(buffers: &BatchBuffers<'a>, place: &mut BatchPlace) -> ArrowResult<(usize, ValidRows<'a>)> {
    let (rows, nulls) = buffers.node(place)?;
    let marks = buffers.buffer(place)?;
    if nulls > 0 && marks.is_empty() {
        return Err(ArrowFault::damaged("a column does not say which rows have no value"));
    }
    let valid = match nulls {
        0 => ValidRows::All,
        nulls if nulls >= rows => ValidRows::None,
        _ => ValidRows::Marked(marks),
    };
    Ok((rows, valid))
}

#[inline(always)]
fn is_set(bits: &[u8], at: usize) -> bool {
    bits.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1)
}

#[inline(always)]
fn offset(offsets: &[u8], width: usize, row: usize) -> ArrowResult<usize> {
    let Some(rest) = offsets.get(row.saturating_mul(width)..) else { return Err(beyond()) };
    let offset = match (width, rest.first_chunk(), rest.first_chunk()) {
        (4, Some(bytes), _) => i64::from(i32::from_le_bytes(*bytes)),
        (8, _, Some(bytes)) => i64::from_le_bytes(*bytes),
        _ => return Err(beyond()),
    };
    usize::try_from(offset).map_err(|_| beyond())
}

#[inline]
fn number(numbers: &[u8], width: usize, signed: bool, row: usize) -> ArrowResult<i128> {
    let rest = numbers.get(row * width..).ok_or_else(beyond)?;
    if let (8, true, Some(bytes)) = (width, signed, rest.first_chunk()) {
        return Ok(i128::from(i64::from_le_bytes(*bytes)));
    }
    let bytes = rest.get(..width).ok_or_else(beyond)?;
    let mut whole = [0; 8];
    whole[..width.min(8)].copy_from_slice(bytes);
    let (whole, above) = (u64::from_le_bytes(whole), 64 - 8 * width.clamp(1, 8));
    Ok(if signed { i128::from((whole << above).cast_signed() >> above) } else { i128::from(whole) })
}

/// The text of a view: short ones stand in the record itself, long ones in one of the data buffers.
fn view<'a>(views: &'a [u8], data: &[&'a [u8]], row: usize) -> ArrowResult<&'a str> {
    let record = views.get(row * 16..).and_then(<[u8]>::first_chunk::<16>).ok_or_else(beyond)?;
    let part = |at: usize| {
        let bytes = record[at..].first_chunk().map_or(-1, |bytes| i32::from_le_bytes(*bytes));
        usize::try_from(bytes).map_err(|_| beyond())
    };
    let length = part(0)?;
    let bytes = if length <= 12 {
        record.get(4..4 + length)
    } else {
        data.get(part(8)?).and_then(|data| data.get(part(12).ok()?..)).and_then(|rest| rest.get(..length))
    };
    std::str::from_utf8(bytes.ok_or_else(beyond)?).map_err(|_| not_text())
}

fn beyond() -> ArrowFault {
    ArrowFault::damaged("a value lies outside of its column")
}

fn not_text() -> ArrowFault {
    ArrowFault::damaged("a text is not UTF-8")
}

fn not_read() -> ArrowFault {
    ArrowFault::unsupported("a column has a type that listings do not have")
}
