//! Numbers, sizes, ages and lists of names as people read them. The whole program words them here, so that one figure never has two
//! forms: `34.20 TB` on the rail is `34.20 TB` in a table and in a message.

use jiff::{SignedDuration, Timestamp};

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

/// The minutes until a time, rounded up: `12 minutes`; `1 minute` at the end.
pub fn minutes_until(now: Timestamp, until: Timestamp) -> String {
    let left = until.duration_since(now).max(SignedDuration::ZERO).as_secs();
    match left.div_euclid(60) + i64::from(left.rem_euclid(60) > 0) {
        ..=1 => "1 minute".to_owned(),
        more => format!("{more} minutes"),
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
    let (unit, name) = unit(bytes, step, names);
    if unit == 1 {
        return format!("{bytes} {name}");
    }
    let hundredths = rounded(bytes, unit, 100);
    if hundredths >= 10_000 {
        let tenths = rounded(bytes, unit, 10);
        return format!("{}.{} {name}", tenths / 10, tenths % 10);
    }
    format!("{}.{:02} {name}", hundredths / 100, hundredths % 100)
}

/// The unit a size is written in. What rounds to 1000.0 of a unit is 1.00 of the next.
fn unit(bytes: u64, step: u64, names: [&str; 7]) -> (u64, &str) {
    let (mut unit, mut index) = (1, 0);
    while index + 1 < names.len() && rounded(bytes, unit, 10) >= u128::from(step) * 10 {
        unit *= step;
        index += 1;
    }
    (unit, names[index])
}

/// Prints a sum whose figures add up: `10.86 TB less 3.70 TB makes 7.16 TB`. The total is `parts` and `rest` together, and its unit is
/// used for all. The total and the rest are rounded as everywhere else, each part up or down. A part too small for that unit keeps its own.
pub fn adding_up(parts: &[u64], rest: u64) -> AddedUp {
    let total = parts.iter().copied().fold(rest, u64::saturating_add);
    let (unit, name) = unit(total, 1000, ["B", "kB", "MB", "GB", "TB", "PB", "EB"]);
    let places = if unit > 1 && rounded(total, unit, 100) >= 10_000 { 1 } else { 2 };
    let scale = if places == 1 { 10 } else { 100 };
    let left = rounded(total, unit, scale) - rounded(rest, unit, scale);
    let exact = |part: &u64| u128::from(*part) * scale;
    let mut shown: Vec<u128> = parts.iter().map(|part| exact(part) / u128::from(unit)).collect();
    // Those nearest to the next one up are rounded up until the sum is right.
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(exact(&parts[*at]) % u128::from(unit)));
    let missing = left.saturating_sub(shown.iter().sum());
    for at in order.into_iter().take(usize::try_from(missing).unwrap_or(usize::MAX)) {
        shown[at] += 1;
    }
    let write = |figure: u128| match (unit, places) {
        (1, _) => format!("{} {name}", figure / scale),
        (_, 1) => format!("{}.{} {name}", figure / 10, figure % 10),
        _ => format!("{}.{:02} {name}", figure / 100, figure % 100),
    };
    let parts = parts.iter().zip(shown).map(|(part, figure)| if figure == 0 { decimal(*part) } else { write(figure) });
    AddedUp { total: decimal(total), parts: parts.collect(), rest: decimal(rest) }
}

/// What [`adding_up`] writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedUp {
    /// All of it.
    pub total: String,
    /// What is taken off, one by one.
    pub parts: Vec<String>,
    /// What is left.
    pub rest: String,
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
    use proptest::prelude::*;

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

    #[test]
    fn what_is_taken_off_and_what_is_left_are_told_in_the_unit_of_the_total() {
        let told = adding_up(&[3_704_000_000_000, 2_000], 7_154_500_000_000);
        assert_eq!((told.total.as_str(), told.rest.as_str()), ("10.86 TB", "7.15 TB"));
        assert_eq!(told.parts, ["3.71 TB", "2.00 kB"]);
        assert_eq!(adding_up(&[400, 1], 99).parts, ["400 B", "1 B"]);
    }

    /// A printed size in bytes, as far as it can be read again.
    fn read(text: &str) -> f64 {
        let (number, unit) = text.split_once(' ').unwrap();
        let power = ["B", "kB", "MB", "GB", "TB", "PB", "EB"].iter().position(|name| *name == unit).unwrap();
        number.parse::<f64>().unwrap() * 1000_f64.powi(i32::try_from(power).unwrap())
    }

    proptest! {
        #[test]
        fn printed_parts_and_rest_add_up_to_the_printed_total(
            parts in prop::collection::vec((any::<u64>(), 4..50_u32), 1..6),
            rest in (any::<u64>(), 3..50_u32),
        ) {
            let (parts, rest): (Vec<u64>, _) = (parts.iter().map(|(part, shift)| part >> shift).collect(), rest.0 >> rest.1);
            let total = parts.iter().sum::<u64>() + rest;
            let told = adding_up(&parts, rest);
            prop_assert_eq!((&told.total, &told.rest), (&decimal(total), &decimal(rest)), "as they stand everywhere else");
            let (number, unit) = told.total.split_once(' ').unwrap();
            let places = number.split_once('.').map_or(0, |(_, places)| places.len());
            let step = read(&format!("1 {unit}")) / 10_f64.powi(i32::try_from(places).unwrap());
            // In steps of the total's last digit; what is smaller than one is too small to be missed.
            let steps = |text: &String| if read(text) < step * 0.999 { 0.0 } else { (read(text) / step).round() };
            let sum: f64 = told.parts.iter().map(steps).sum::<f64>() + rounded_to(rest, step);
            prop_assert!((sum - steps(&told.total)).abs() < 0.5, "{:?}", told);
            for (part, text) in parts.iter().zip(&told.parts) {
                prop_assert!((rounded_to(*part, 1.0) - read(text)).abs() <= step * 1.001, "{part} is no {text}");
            }
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a printed figure has few digits")]
    fn rounded_to(bytes: u64, step: f64) -> f64 {
        (bytes as f64 / step + 1e-9).round()
    }
}
