//! The values of a column while a list is written.

use super::flatbuffer::FlatValue;

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnKind {
    Text,
    Flag,
    /// Of 64 bits.
    Number,
    /// In whole seconds, UTC.
    Time,
    /// Of texts to texts.
    Map,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CellValue<'v> {
    Text(&'v str),
    Flag(bool),
    Number(i64),
    Map(Vec<(&'v str, &'v str)>),
}

/// A column with its values so far.
#[derive(Debug)]
pub(crate) struct WrittenColumn {
    pub(super) name: &'static str,
    kind: ColumnKind,
    rows: usize,
    nulls: usize,
    valid: Vec<u8>,
    /// Bits of flags, or numbers of 64 bits.
    data: Vec<u8>,
    /// Ends of texts, or of the pairs of maps.
    offsets: Vec<i32>,
    /// Texts, one after the other.
    texts: Vec<u8>,
    /// Keys and values of maps.
    pairs: Option<Box<(WrittenColumn, WrittenColumn)>>,
}

/// The parts of a batch, in the order of the columns.
#[derive(Debug, Default)]
pub(super) struct BatchParts {
    /// Length and nulls of each column.
    pub nodes: Vec<(i64, i64)>,
    /// Offset and length of each buffer.
    pub buffers: Vec<(i64, i64)>,
    pub body: Vec<u8>,
}

impl WrittenColumn {
    pub(super) fn new(name: &'static str, kind: ColumnKind) -> Self {
        let text = |name| Self::new(name, ColumnKind::Text);
        let pairs = (kind == ColumnKind::Map).then(|| Box::new((text("key"), text("value"))));
        let (valid, data, texts) = (Vec::new(), Vec::new(), Vec::new());
        Self { name, kind, rows: 0, nulls: 0, valid, data, offsets: vec![0], texts, pairs }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Whether no row has a value.
    pub(super) fn is_empty(&self) -> bool {
        self.nulls == self.rows
    }

    /// Adds a row; a value of another type counts as none.
    pub(super) fn push(&mut self, value: Option<CellValue<'_>>) {
        let row = self.rows;
        self.rows += 1;
        let there = match (self.kind, value) {
            (ColumnKind::Text, Some(CellValue::Text(text))) => {
                self.texts.extend_from_slice(text.as_bytes());
                true
            }
            (ColumnKind::Flag, Some(CellValue::Flag(flag))) => {
                set_bit(&mut self.data, row, flag);
                true
            }
            (ColumnKind::Number | ColumnKind::Time, Some(CellValue::Number(number))) => {
                self.data.extend_from_slice(&number.to_le_bytes());
                true
            }
            (ColumnKind::Map, Some(CellValue::Map(pairs))) => {
                if let Some(columns) = &mut self.pairs {
                    for (key, value) in pairs {
                        columns.0.push(Some(CellValue::Text(key)));
                        columns.1.push(Some(CellValue::Text(value)));
                    }
                }
                true
            }
            (ColumnKind::Flag, _) => {
                set_bit(&mut self.data, row, false);
                false
            }
            (ColumnKind::Number | ColumnKind::Time, _) => {
                self.data.extend_from_slice(&[0; 8]);
                false
            }
            (ColumnKind::Text | ColumnKind::Map, _) => false,
        };
        set_bit(&mut self.valid, row, there);
        self.nulls += usize::from(!there);
        let end = self.pairs.as_ref().map_or(self.texts.len(), |pairs| pairs.0.rows);
        self.offsets.push(i32::try_from(end).unwrap_or(i32::MAX));
    }

    /// Adds the column to a batch.
    pub(super) fn write(&self, parts: &mut BatchParts) {
        parts.node(self.rows, self.nulls);
        parts.buffer(if self.nulls == 0 { &[] } else { &self.valid });
        let offsets = || self.offsets.iter().flat_map(|offset| offset.to_le_bytes()).collect::<Vec<u8>>();
        match (&self.pairs, self.kind) {
            (Some(pairs), _) => {
                parts.buffer(&offsets());
                parts.node(pairs.0.rows, 0);
                parts.buffer(&[]);
                pairs.0.write(parts);
                pairs.1.write(parts);
            }
            (None, ColumnKind::Text) => {
                parts.buffer(&offsets());
                parts.buffer(&self.texts);
            }
            (None, _) => parts.buffer(&self.data),
        }
    }

    /// The column in the schema.
    pub(super) fn field(&self) -> Vec<FlatValue> {
        let number = |bits| FlatValue::Table(vec![FlatValue::Int(bits), FlatValue::Byte(1)]);
        let (kind, detail) = match self.kind {
            ColumnKind::Text => (5, FlatValue::Table(Vec::new())),
            ColumnKind::Flag => (6, FlatValue::Table(Vec::new())),
            ColumnKind::Number => (2, number(64)),
            ColumnKind::Time => (10, FlatValue::Table(vec![FlatValue::Absent, FlatValue::Text("UTC".into())])),
            ColumnKind::Map => (17, FlatValue::Table(Vec::new())),
        };
        let inside = self.pairs.as_ref().map(|pairs| {
            let mut key = pairs.0.field();
            key[1] = FlatValue::Absent;
            let pairs = FlatValue::Tables(vec![key, pairs.1.field()]);
            vec![entry("entries", false, 13, FlatValue::Table(Vec::new()), pairs)]
        });
        entry(self.name, true, kind, detail, FlatValue::Tables(inside.unwrap_or_default()))
    }
}

fn entry(name: &str, nullable: bool, kind: u8, detail: FlatValue, children: FlatValue) -> Vec<FlatValue> {
    let nullable = if nullable { FlatValue::Byte(1) } else { FlatValue::Absent };
    vec![FlatValue::Text(name.to_owned()), nullable, FlatValue::Byte(kind), detail, FlatValue::Absent, children]
}

fn set_bit(bits: &mut Vec<u8>, at: usize, on: bool) {
    if at.is_multiple_of(8) {
        bits.push(0);
    }
    if let Some(byte) = bits.last_mut().filter(|_| on) {
        *byte |= 1 << (at % 8);
    }
}

impl BatchParts {
    fn node(&mut self, rows: usize, nulls: usize) {
        self.nodes.push((long(rows), long(nulls)));
    }

    fn buffer(&mut self, bytes: &[u8]) {
        self.buffers.push((long(self.body.len()), long(bytes.len())));
        self.body.extend_from_slice(bytes);
        super::flatbuffer::pad(&mut self.body, 8);
    }
}

pub(super) fn long(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
