//! Numbers, sizes, ages and lists of names as people read them. The whole program words them here, so that one figure never has two
//! forms: `34.20 TB` on the rail is `34.20 TB` in a table and in a message.

use jiff::Timestamp;

/// A count with thousands set apart: `1,234,567`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// So many of a thing: `1 rule`, `2,417 rules`, `3 prefixes`.
pub fn many(number: u64, word: &str) -> String {
    let ending = match (number, word) {
        (1, _) => "",
        (_, "prefix") => "es",
        _ => "s",
    };
    format!("{} {word}{ending}", count(number))
}

/// How long ago, in the largest unit that says something: `12 s ago`, `5 min ago`, `3 days ago`.
pub fn ago(now: Timestamp, then: Timestamp) -> String {
    let seconds = now.duration_since(then).as_secs().max(0);
    match seconds {
        0..=59 => format!("{seconds} s ago"),
        60..=3_599 => format!("{} min ago", seconds / 60),
        3_600..=172_799 => format!("{} h ago", seconds / 3_600),
        _ => format!("{} days ago", seconds / 86_400),
    }
}

/// A size in decimal units, as drives are sold: `4.00 TB`.
pub fn decimal(bytes: u64) -> String {
    size(bytes, 1000, ["B", "kB", "MB", "GB", "TB", "PB", "EB"])
}

/// A size in binary units, as Windows counts them: `3.64 TiB`.
pub fn binary(bytes: u64) -> String {
    size(bytes, 1024, ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"])
}

/// Two places, or one from 100 on, so that a size in decimal units takes 8 columns at most. Rounded to nearest in whole numbers, so
/// that no size is lost in a float.
fn size(bytes: u64, step: u64, names: [&str; 7]) -> String {
    if bytes < step {
        return format!("{bytes} {}", names[0]);
    }
    let (mut unit, mut index) = (step, 1_usize);
    // What rounds to 1000.0 of a unit is 1.00 of the next.
    while index + 1 < names.len() && rounded(bytes, unit, 10) >= u128::from(step) * 10 {
        unit = unit.saturating_mul(step);
        index += 1;
    }
    let hundredths = rounded(bytes, unit, 100);
    if hundredths >= 10_000 {
        let tenths = rounded(bytes, unit, 10);
        return format!("{}.{} {}", tenths / 10, tenths % 10, names[index]);
    }
    format!("{}.{:02} {}", hundredths / 100, hundredths % 100, names[index])
}

/// So many parts of a unit, to the nearest.
fn rounded(bytes: u64, unit: u64, parts: u128) -> u128 {
    (u128::from(bytes) * parts + u128::from(unit) / 2) / u128::from(unit)
}

/// The first `most` of the names and how many more there are: `a, b, c and 37 more`. One that would be left out alone is named.
pub fn some_of<I: IntoIterator<Item: AsRef<str>>>(names: I, most: usize) -> String {
    let names: Vec<_> = names.into_iter().collect();
    let shown = if names.len() <= most + 1 { names.len() } else { most };
    let (first, more) = names.split_at(shown);
    let first = first.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    if more.is_empty() { first } else { format!("{first} and {} more", count(more.len() as u64)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (30_000, "30,000"), (1_234_567, "1,234,567")] {
            assert_eq!(count(number), text);
        }
    }

    #[test]
    fn one_of_a_thing_is_told_from_many() {
        assert_eq!([many(1, "rule"), many(2_417, "rule"), many(0, "drive")], ["1 rule", "2,417 rules", "0 drives"]);
        assert_eq!([many(1, "prefix"), many(3, "prefix")], ["1 prefix", "3 prefixes"]);
    }

    #[test]
    fn sizes_are_rounded_and_never_show_a_thousand_of_a_unit() {
        for (bytes, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.00 kB"),
            (99_994, "99.99 kB"),
            (99_996, "100.0 kB"),
            (999_949, "999.9 kB"),
            (999_950, "1.00 MB"),
            (34_196_000_000_000, "34.20 TB"),
            (u64::MAX, "18.45 EB"),
        ] {
            assert_eq!(decimal(bytes), text);
        }
        assert_eq!([binary(1536), binary(1_048_575), binary(u64::MAX)], ["1.50 KiB", "1.00 MiB", "16.00 EiB"]);
    }

    #[test]
    fn long_lists_are_shortened_with_names() {
        assert_eq!(some_of(["a", "b", "c", "d"], 3), "a, b, c, d", "naming it is as short as counting it");
        assert_eq!(some_of((0..40).map(|n| n.to_string()), 3), "0, 1, 2 and 37 more");
        assert_eq!(some_of(Vec::<String>::new(), 3), "");
    }
}
