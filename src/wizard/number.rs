//! Numbers as people read them; needed by what the steps say of themselves and by the screen alike.

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
}
