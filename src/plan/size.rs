//! Reads and writes drive sizes as people write them: `4TB`, `3.64 TiB`, `2x8TB + 1x4TB`.

use std::fmt;
use std::ops::RangeInclusive;

use super::number;

/// Units a size may carry; the number is how many bytes one of them has.
const UNITS: [(&str, u64); 11] = [
    ("pib", 1 << 50),
    ("tib", 1 << 40),
    ("gib", 1 << 30),
    ("mib", 1 << 20),
    ("pb", 1_000_000_000_000_000),
    ("tb", 1_000_000_000_000),
    ("gb", 1_000_000_000),
    ("mb", 1_000_000),
    ("bytes", 1),
    ("byte", 1),
    ("b", 1),
];

/// The most drives of one kind; a larger count is a typing error.
const COUNT_LIMIT: u32 = 1000;

/// The sizes of drives: more than the file system itself needs, and no more than 1 PiB.
const SIZES: RangeInclusive<u64> = 2_000_000_000..=1 << 50;

/// One kind of drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriveSize {
    /// Size as bought, in bytes: decimal units are powers of ten, binary ones powers of two.
    pub bytes: u64,
    /// The size as it was written, e.g. `4TB`.
    pub label: String,
}

/// The drives a person has or will buy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// Drives the person has, largest first. Empty when the question is how many of one size to buy.
    pub given: Vec<DriveSize>,
    /// The kind of drive that is added as often as needed, after the given ones.
    pub more: DriveSize,
}

/// The reason why a text is no drive size, as one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SizeError {
    /// Nothing was typed.
    #[error("no drive size is given; write one such as 4TB, 3.64 TiB or 2x8TB + 1x4TB")]
    Empty,
    /// A number without a unit.
    #[error("`{0}` has no unit; write TB for decimal drive sizes as printed on the box, or TiB for binary ones")]
    NoUnit(String),
    /// The unit is none of ours.
    #[error("`{0}` does not end in a unit of drives; use MB, GB, TB or PB, or MiB, GiB, TiB or PiB")]
    BadUnit(String),
    /// The number cannot be read.
    #[error("`{0}` is not a size; write a number and a unit, such as 4TB or 3.64 TiB")]
    BadNumber(String),
    /// A mark that can stand before a fraction or between thousands, and both are sizes drives have.
    #[error("`{text}` can mean two sizes; write {fraction} or {thousands}")]
    TwoMeanings {
        /// The size as written.
        text: String,
        /// Read with a fraction, e.g. `4GB`.
        fraction: String,
        /// Read with thousands, e.g. `4000GB`.
        thousands: String,
    },
    /// A count of zero, or absurdly many.
    #[error("`{0}` asks for no drive or for more than 1000; write a count such as 2x8TB")]
    BadCount(String),
    /// Smaller than what the file system itself needs, or larger than a 64-bit number of bytes.
    #[error("`{0}` is outside the sizes drives have (2 GB to 1 PB)")]
    OutOfRange(String),
}

impl Purchase {
    /// As many drives of one size as needed.
    pub fn of(drive: DriveSize) -> Self {
        Self { given: Vec::new(), more: drive }
    }

    /// Reads `4TB` (as many as needed), `2x8TB` or `2x8TB + 1x4TB` (these drives; more of the largest if they do not do).
    ///
    /// # Errors
    /// One sentence naming the part of the text that cannot be read.
    pub fn parse(text: &str) -> Result<Self, SizeError> {
        let parts = terms(text);
        let (first, rest) = parts.split_first().ok_or(SizeError::Empty)?;
        let (count, drive) = term(first)?;
        if rest.is_empty() && count.is_none() {
            return Ok(Self::of(drive));
        }
        let mut given = repeat(count, &drive);
        for part in rest {
            let (count, drive) = term(part)?;
            given.extend(repeat(count, &drive));
        }
        given.sort_by_key(|drive| std::cmp::Reverse(drive.bytes));
        let more = given.first().cloned().unwrap_or(drive);
        Ok(Self { given, more })
    }

    /// The largest size among all drives, in bytes.
    pub fn largest(&self) -> u64 {
        self.given.iter().map(|drive| drive.bytes).fold(self.more.bytes, u64::max)
    }
}

impl fmt::Display for Purchase {
    /// As [`Purchase::parse`] reads it: `4TB`, or `2x8TB + 1x4TB`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.given.is_empty() {
            return self.more.fmt(f);
        }
        for (at, kind) in self.given.chunk_by(|one, other| one == other).enumerate() {
            let plus = if at > 0 { " + " } else { "" };
            write!(f, "{plus}{}x{}", kind.len(), kind.first().unwrap_or(&self.more))?;
        }
        Ok(())
    }
}

fn repeat(count: Option<u32>, drive: &DriveSize) -> Vec<DriveSize> {
    vec![drive.clone(); usize::try_from(count.unwrap_or(1)).unwrap_or(1)]
}

impl DriveSize {
    /// Reads one size as people, shops and `smartctl` write it: a number, thousands set apart or not, and a unit in any case.
    ///
    /// # Errors
    /// One sentence naming what cannot be read, or the two sizes that are meant.
    pub fn parse(text: &str) -> Result<Self, SizeError> {
        let text = without_remark(text);
        let cut = text.find(|c: char| c.is_alphabetic()).unwrap_or(text.len());
        let (number, unit) = (text[..cut].trim(), text[cut..].trim().to_ascii_lowercase());
        if unit.is_empty() {
            return Err(if number.is_empty() { SizeError::Empty } else { SizeError::NoUnit(text.into()) });
        }
        let bad_unit = || SizeError::BadUnit(text.into());
        let factor = UNITS.iter().find(|(name, _)| *name == unit).map(|(_, factor)| *factor).ok_or_else(bad_unit)?;
        let bad_number = || SizeError::BadNumber(text.into());
        let readings = number::readings(number).ok_or_else(bad_number)?;
        let sizes: Vec<(&String, u64)> =
            readings.iter().filter_map(|digits| number::scale(digits, factor).map(|bytes| (digits, bytes))).collect();
        if sizes.is_empty() {
            return Err(bad_number());
        }
        let known: Vec<_> = sizes.into_iter().filter(|(_, bytes)| SIZES.contains(bytes)).collect();
        match known.as_slice() {
            [] => Err(SizeError::OutOfRange(text.into())),
            [(_, bytes)] => Ok(Self { bytes: *bytes, label: text.to_owned() }),
            [(fraction, _), (thousands, _), ..] => {
                let unit = text[cut..].trim();
                let write = |digits: &str| format!("{}{unit}", number::shortest(digits));
                Err(SizeError::TwoMeanings {
                    text: text.into(),
                    fraction: write(fraction),
                    thousands: write(thousands),
                })
            }
        }
    }
}

/// The size without the text that `smartctl` writes beside it: `User Capacity:` before, `[4.00 TB]` behind.
fn without_remark(text: &str) -> &str {
    let text = text.rsplit_once(':').map_or(text, |(_, size)| size).trim();
    let behind = |open: char, close: char| text.strip_suffix(close).and_then(|text| text.rsplit_once(open));
    behind('[', ']').or_else(|| behind('(', ')')).map_or(text, |(size, _)| size.trim_end())
}

impl fmt::Display for DriveSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)
    }
}

/// The parts between `+`, `;` and commas that are not decimal marks; empty parts count as parts unless all are.
fn terms(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let decimal_mark = |at: usize| {
        let digit = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
        digit(at.checked_sub(1)) && digit(at.checked_add(1))
    };
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if c == '+' || c == ';' || (c == ',' && !decimal_mark(at)) {
            parts.push(&text[start..at]);
            start = at + 1;
        }
    }
    parts.push(&text[start..]);
    if parts.iter().all(|part| part.trim().is_empty()) { Vec::new() } else { parts }
}

/// One term: a size, with an optional count and `x`, `×` or `*` before or behind it.
fn term(text: &str) -> Result<(Option<u32>, DriveSize), SizeError> {
    const TIMES: [char; 4] = ['x', 'X', '×', '*'];
    let text = text.trim();
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let parts = [text.split_once(TIMES), text.rsplit_once(TIMES).map(|(size, count)| (count, size))];
    let Some((count, size)) = parts.into_iter().flatten().find(|(count, _)| digits(count.trim())) else {
        return Ok((None, DriveSize::parse(text)?));
    };
    let count = count.trim().parse::<u32>().ok().filter(|count| (1..=COUNT_LIMIT).contains(count));
    let drive = DriveSize::parse(size).map_err(|error| match error {
        // `4xb` may be a slip in `4tb` as well as in `4x1tb`.
        SizeError::BadUnit(_) => SizeError::BadUnit(text.into()),
        SizeError::BadNumber(size) if !size.contains(|c: char| c.is_ascii_digit()) => SizeError::BadUnit(text.into()),
        error => error,
    });
    Ok((Some(count.ok_or_else(|| SizeError::BadCount(text.into()))?), drive?))
}
