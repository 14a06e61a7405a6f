//! Reads the number of a size. Countries differ in the mark before the fraction and the mark between thousands: `1.5` and `1,5`, `4,000`
//! and `4.000`.

/// Marks that can only stand between thousands.
const APART: [char; 7] = [' ', '\'', '\u{2019}', '_', '\u{a0}', '\u{202f}', '\u{2009}'];

/// The ways to read a number, as digits with `.` before the fraction. Of two ways the one with a fraction is first. `None` when it is
/// no number.
pub(super) fn readings(text: &str) -> Option<Vec<String>> {
    let text = text.replace(APART, "'");
    let marks: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    if text.is_empty() || marks.iter().any(|mark| !matches!(mark, '.' | ',' | '\'')) {
        return None;
    }
    let last = marks.last().copied();
    let fraction = last.filter(|last| *last != '\'' && marks.iter().filter(|mark| *mark == last).count() == 1);
    let with_fraction = fraction.and_then(|mark| {
        let (whole, part) = text.split_once(mark)?;
        let part = part.bytes().all(|c| c.is_ascii_digit()).then_some(part)?;
        Some(format!("{}.{part}", joined(whole)?))
    });
    // Two different marks: only the first of them can stand between thousands.
    let one_kind = marks.iter().all(|mark| Some(*mark) == last);
    let without = if one_kind { joined(&text) } else { None };
    let ways: Vec<String> = with_fraction.into_iter().chain(without).collect();
    (!ways.is_empty()).then_some(ways)
}

/// The digits of a number without its thousands separators, e.g. `1234567` of `1.234.567`; `None` for mixed separators.
fn joined(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split(['.', ',', '\'']).collect();
    let digits = |text: &&str| text.bytes().all(|c| c.is_ascii_digit());
    let (first, rest) = groups.split_first()?;
    let apart = rest.iter().all(|group| group.len() == 3) && (1..=3).contains(&first.len()) && !first.starts_with('0');
    let sound = groups.iter().all(digits) && !first.is_empty() && (rest.is_empty() || apart);
    let marks = text.chars().filter(|c| !c.is_ascii_digit()).collect::<std::collections::BTreeSet<_>>();
    (sound && marks.len() <= 1).then(|| groups.concat())
}

/// Digits times `factor`, at most `u64::MAX`; the fraction is read as digits, not as a floating-point number.
pub(super) fn scale(digits: &str, factor: u64) -> Option<u64> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || fraction.len() > 9 {
        return None;
    }
    let whole = u128::from(whole.parse::<u64>().ok()?) * u128::from(factor);
    let part = if fraction.is_empty() { 0 } else { fraction.parse::<u64>().ok()? };
    let tenth = 10_u128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let part = u128::from(part) * u128::from(factor) / tenth;
    Some(u64::try_from(whole + part).unwrap_or(u64::MAX))
}

/// The same number without zeros at the end of its fraction.
pub(super) fn shortest(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_in_the_ways_it_can_be_meant() {
        let ways = |text: &str| readings(text).unwrap_or_default();
        assert_eq!(ways("4"), ["4"]);
        assert_eq!(ways("3.64"), ["3.64"]);
        assert_eq!(ways("4,000"), ["4.000", "4000"]);
        assert_eq!(ways("4.000"), ["4.000", "4000"]);
        assert_eq!(ways("0.500"), ["0.500"], "no thousands begin with a zero");
        assert_eq!(ways("4000.787"), ["4000.787"], "nor do four digits stand before their mark");
        assert_eq!(ways("4,000.5"), ["4000.5"]);
        assert_eq!(ways("4.000,5"), ["4000.5"]);
        assert_eq!(ways("4,000,787,030,016"), ["4000787030016"]);
        assert_eq!(ways("4 000"), ["4000"]);
        assert_eq!(ways("4'000\u{202f}787"), ["4000787"]);
        for wrong in ["", "4,00,000", "4.0.0", "4 00", ",5", "4-5", "1 234,5.6", "1.2,3"] {
            assert_eq!(readings(wrong), None, "{wrong}");
        }
    }
}
