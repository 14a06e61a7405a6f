//! Drive sizes as people write them: `4TB`, `3.64 TiB`, `2x8TB + 1x4TB`. Reading and showing only; packing is `pack`'s.

use std::fmt;

/// Units a size may carry, largest first; the number is how many bytes one of them has.
const UNITS: [(&str, u64); 8] = [
    ("pib", 1 << 50),
    ("tib", 1 << 40),
    ("gib", 1 << 30),
    ("mib", 1 << 20),
    ("pb", 1_000_000_000_000_000),
    ("tb", 1_000_000_000_000),
    ("gb", 1_000_000_000),
    ("mb", 1_000_000),
];

/// No one plans more drives of a kind than this; more is a slip of the finger.
const COUNT_LIMIT: u32 = 1000;

/// One kind of drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drive {
    /// Size as bought, in bytes: decimal units are powers of ten, binary ones powers of two.
    pub bytes: u64,
    /// The size as it was written, e.g. `4TB`.
    pub label: String,
}

/// The drives a person has or will buy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// Drives there are, largest first. Empty when the question is how many of one size to buy.
    pub given: Vec<Drive>,
    /// The drive taken as often as needed, after the given ones are used up.
    pub more: Drive,
}

/// Why a text is no drive size; reads as one sentence.
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
    /// A count of zero, or absurdly many.
    #[error("`{0}` asks for no drive or for more than 1000; write a count such as 2x8TB")]
    BadCount(String),
    /// Smaller than what the file system itself needs, or larger than a 64-bit number of bytes.
    #[error("`{0}` is outside the sizes drives have (2 GB to 1 PB)")]
    OutOfRange(String),
}

impl Purchase {
    /// As many drives of one size as needed.
    pub fn of(drive: Drive) -> Self {
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

fn repeat(count: Option<u32>, drive: &Drive) -> Vec<Drive> {
    vec![drive.clone(); usize::try_from(count.unwrap_or(1)).unwrap_or(1)]
}

impl Drive {
    /// Reads one size: a number and a unit, with or without a space, in any case.
    ///
    /// # Errors
    /// One sentence naming what cannot be read.
    pub fn parse(text: &str) -> Result<Self, SizeError> {
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        let cut = lower.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(lower.len());
        let (number, unit) = lower.split_at(cut);
        let unit = unit.trim();
        if unit.is_empty() {
            return Err(if number.is_empty() { SizeError::Empty } else { SizeError::NoUnit(text.into()) });
        }
        let bad_unit = || SizeError::BadUnit(text.into());
        let factor = UNITS.iter().find(|(name, _)| *name == unit).map(|(_, factor)| *factor).ok_or_else(bad_unit)?;
        let bytes = scale(number, factor).ok_or_else(|| SizeError::BadNumber(text.into()))?;
        if !(2_000_000_000..=1_u64 << 50).contains(&bytes) {
            return Err(SizeError::OutOfRange(text.into()));
        }
        Ok(Self { bytes, label: text.to_owned() })
    }
}

impl fmt::Display for Drive {
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

/// One term: an optional count with `x`, `×` or `*`, and a size.
fn term(text: &str) -> Result<(Option<u32>, Drive), SizeError> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let rest = text[digits..].trim_start();
    let Some(size) = rest.strip_prefix(['x', 'X', '×', '*']).filter(|_| digits > 0) else {
        return Ok((None, Drive::parse(text)?));
    };
    let count = text[..digits].parse::<u32>().ok().filter(|count| (1..=COUNT_LIMIT).contains(count));
    let drive = Drive::parse(size).map_err(|error| match error {
        // `4xb` may be a slip in `4tb` as well as in `4x1tb`.
        SizeError::BadUnit(_) => SizeError::BadUnit(text.into()),
        error => error,
    });
    Ok((Some(count.ok_or_else(|| SizeError::BadCount(text.into()))?), drive?))
}

/// `number` times `factor`, at most `u64::MAX`; the fraction is read as digits, not as a floating-point number.
fn scale(number: &str, factor: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, ""));
    if whole.is_empty() || fraction.len() > 9 || fraction.contains(['.', ',']) {
        return None;
    }
    let whole = u128::from(whole.parse::<u64>().ok()?) * u128::from(factor);
    let part = if fraction.is_empty() { 0 } else { fraction.parse::<u64>().ok()? };
    let tenth = 10_u128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let part = u128::from(part) * u128::from(factor) / tenth;
    Some(u64::try_from(whole + part).unwrap_or(u64::MAX))
}
