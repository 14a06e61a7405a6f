//! Writes a flatbuffer: a table, and behind it what it points to.

/// The value of a field of a table.
pub(super) enum FlatValue {
    Absent,
    Byte(u8),
    Short(i16),
    Int(i32),
    Long(i64),
    Text(String),
    Table(Vec<FlatValue>),
    Tables(Vec<Vec<FlatValue>>),
    /// Records of two numbers of 64 bits.
    Pairs(Vec<(i64, i64)>),
}

impl FlatValue {
    /// Bytes in the table; what is elsewhere takes an offset of four.
    fn size(&self) -> usize {
        match self {
            Self::Absent => 0,
            Self::Byte(_) => 1,
            Self::Short(_) => 2,
            Self::Long(_) => 8,
            Self::Int(_) | Self::Text(_) | Self::Table(_) | Self::Tables(_) | Self::Pairs(_) => 4,
        }
    }
}

/// The buffer whose root is a table of these fields. Its length is a multiple of eight.
pub(super) fn buffer(root: &[FlatValue]) -> Vec<u8> {
    let mut out = vec![0; 4];
    let at = table(&mut out, root);
    point(&mut out, 0, at);
    pad(&mut out, 8);
    out
}

/// Writes a table; returns where it begins.
fn table(out: &mut Vec<u8>, fields: &[FlatValue]) -> usize {
    // The list of places comes first, then the table: large fields before small ones, so that each is aligned.
    let places = out.len().next_multiple_of(2);
    let at = (places + 4 + fields.len() * 2).next_multiple_of(8) + 4;
    out.resize(at + 4, 0);
    let mut field_places = vec![0; fields.len()];
    for size in [8, 4, 2, 1] {
        for (index, field) in fields.iter().enumerate().filter(|(_, field)| field.size() == size) {
            pad(out, size);
            field_places[index] = out.len();
            inline(out, field);
        }
    }
    let length = out.len() - at;
    set(out, places, &short(4 + fields.len() * 2));
    set(out, places + 2, &short(length));
    for (index, place) in field_places.iter().enumerate().filter(|(_, place)| **place > 0) {
        set(out, places + 4 + index * 2, &short(place - at));
    }
    set(out, at, &i32::try_from(at - places).unwrap_or_default().to_le_bytes());
    for (index, field) in fields.iter().enumerate() {
        if let Some(target) = elsewhere(out, field) {
            point(out, field_places[index], target);
        }
    }
    at
}

fn inline(out: &mut Vec<u8>, field: &FlatValue) {
    match field {
        FlatValue::Absent => {}
        FlatValue::Byte(byte) => out.push(*byte),
        FlatValue::Short(short) => out.extend_from_slice(&short.to_le_bytes()),
        FlatValue::Int(int) => out.extend_from_slice(&int.to_le_bytes()),
        FlatValue::Long(long) => out.extend_from_slice(&long.to_le_bytes()),
        FlatValue::Text(_) | FlatValue::Table(_) | FlatValue::Tables(_) | FlatValue::Pairs(_) => {
            out.extend_from_slice(&[0; 4]);
        }
    }
}

/// Writes what a field points to; returns where it begins.
fn elsewhere(out: &mut Vec<u8>, field: &FlatValue) -> Option<usize> {
    Some(match field {
        FlatValue::Text(text) => {
            let at = count(out, text.len(), 4);
            out.extend_from_slice(text.as_bytes());
            out.push(0);
            at
        }
        FlatValue::Table(fields) => table(out, fields),
        FlatValue::Tables(tables) => {
            let at = count(out, tables.len(), 4);
            let first = out.len();
            out.resize(first + tables.len() * 4, 0);
            for (index, fields) in tables.iter().enumerate() {
                let target = table(out, fields);
                point(out, first + index * 4, target);
            }
            at
        }
        FlatValue::Pairs(pairs) => {
            let at = count(out, pairs.len(), 8);
            for (one, two) in pairs {
                out.extend_from_slice(&one.to_le_bytes());
                out.extend_from_slice(&two.to_le_bytes());
            }
            at
        }
        FlatValue::Absent | FlatValue::Byte(_) | FlatValue::Short(_) | FlatValue::Int(_) | FlatValue::Long(_) => {
            return None;
        }
    })
}

/// Writes the count of a list whose items are aligned to `align`; returns where it stands.
fn count(out: &mut Vec<u8>, count: usize, align: usize) -> usize {
    let at = (out.len() + 4).next_multiple_of(align) - 4;
    out.resize(at, 0);
    out.extend_from_slice(&u32::try_from(count).unwrap_or_default().to_le_bytes());
    at
}

/// Writes the offset from `place` to `target`.
fn point(out: &mut [u8], place: usize, target: usize) {
    set(out, place, &u32::try_from(target - place).unwrap_or_default().to_le_bytes());
}

fn set(out: &mut [u8], at: usize, bytes: &[u8]) {
    if let Some(place) = out.get_mut(at..at + bytes.len()) {
        place.copy_from_slice(bytes);
    }
}

fn short(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap_or_default().to_le_bytes()
}

pub(super) fn pad(out: &mut Vec<u8>, to: usize) {
    out.resize(out.len().next_multiple_of(to), 0);
}
