//! Reads tables of a flatbuffer, the form in which Arrow describes its messages. Every offset is checked.

use super::fault::{ArrowFault, ArrowResult};

/// A table: fields by their number, any of which may be absent.
#[derive(Clone, Copy, Debug)]
pub(super) struct FlatTable<'a> {
    bytes: &'a [u8],
    /// Where the table begins.
    at: usize,
    /// Where each field lies, counted from `at`; zero for an absent one.
    places: &'a [u8],
}

impl<'a> FlatTable<'a> {
    /// The table that the buffer is about.
    pub(super) fn root(bytes: &'a [u8]) -> ArrowResult<Self> {
        Self::behind(bytes, 0)
    }

    /// The table that the offset at `place` points to.
    fn behind(bytes: &'a [u8], place: usize) -> ArrowResult<Self> {
        let at = target(bytes, place)?;
        let back = i64::from(i32::from_le_bytes(fixed(bytes, at)?));
        let table = i64::try_from(at).ok().and_then(|at| usize::try_from(at - back).ok()).ok_or_else(wrong)?;
        let length = usize::from(u16::from_le_bytes(fixed(bytes, table)?));
        let places = bytes.get(table + 4..).and_then(|rest| rest.get(..length.checked_sub(4)?));
        Ok(Self { bytes, at, places: places.ok_or_else(wrong)? })
    }

    fn place(&self, field: usize) -> Option<usize> {
        let place = usize::from(u16::from_le_bytes(fixed(self.places, field * 2).ok()?));
        (place > 0).then(|| self.at + place)
    }

    /// The bytes of a field of fixed size.
    pub(super) fn scalar<const N: usize>(&self, field: usize) -> ArrowResult<Option<[u8; N]>> {
        self.place(field).map(|place| fixed(self.bytes, place)).transpose()
    }

    /// A byte; `0` when absent.
    pub(super) fn byte(&self, field: usize) -> ArrowResult<u8> {
        Ok(self.scalar::<1>(field)?.map_or(0, |[byte]| byte))
    }

    /// A number of 16 bits; `0` when absent.
    pub(super) fn short(&self, field: usize) -> ArrowResult<i16> {
        Ok(self.scalar(field)?.map_or(0, i16::from_le_bytes))
    }

    /// A number of 64 bits; `0` when absent.
    pub(super) fn long(&self, field: usize) -> ArrowResult<i64> {
        Ok(self.scalar(field)?.map_or(0, i64::from_le_bytes))
    }

    pub(super) fn table(&self, field: usize) -> ArrowResult<Option<Self>> {
        self.place(field).map(|place| Self::behind(self.bytes, place)).transpose()
    }

    /// A text; empty when absent.
    pub(super) fn text(&self, field: usize) -> ArrowResult<&'a str> {
        let bytes = self.items(field, 1)?;
        std::str::from_utf8(bytes).map_err(|_| ArrowFault::damaged("a name in its schema is not UTF-8 text"))
    }

    /// The tables of a list.
    pub(super) fn tables(&self, field: usize) -> ArrowResult<Vec<Self>> {
        let Some(place) = self.place(field) else { return Ok(Vec::new()) };
        let start = target(self.bytes, place)?;
        let count = self.items(field, 4)?.len() / 4;
        (0..count).map(|index| Self::behind(self.bytes, start + 4 + index * 4)).collect()
    }

    /// The bytes of a list whose items have `size` bytes each.
    pub(super) fn items(&self, field: usize, size: usize) -> ArrowResult<&'a [u8]> {
        let Some(place) = self.place(field) else { return Ok(&[]) };
        let start = target(self.bytes, place)?;
        let count = usize::try_from(u32::from_le_bytes(fixed(self.bytes, start)?)).map_err(|_| wrong())?;
        let rest = self.bytes.get(start + 4..).ok_or_else(wrong)?;
        count.checked_mul(size).and_then(|length| rest.get(..length)).ok_or_else(wrong)
    }
}

/// What the offset at `place` points to.
fn target(bytes: &[u8], place: usize) -> ArrowResult<usize> {
    let offset = usize::try_from(u32::from_le_bytes(fixed(bytes, place)?)).map_err(|_| wrong())?;
    place.checked_add(offset).filter(|at| *at < bytes.len()).ok_or_else(wrong)
}

fn fixed<const N: usize>(bytes: &[u8], at: usize) -> ArrowResult<[u8; N]> {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).copied().ok_or_else(wrong)
}

fn wrong() -> ArrowFault {
    ArrowFault::damaged("an offset in the description of a message points outside it")
}
