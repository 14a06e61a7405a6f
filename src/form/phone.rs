//! Telephone numbers as they stand on a shipping label: loose, because a label is read by people.

const REFUSAL: &str = "A phone number takes digits, blanks, + ( ) - . / and \"ext\".";

/// Takes what can stand in a phone number.
pub(super) fn takes(c: char) -> Result<char, &'static str> {
    let fits =
        c.is_ascii_digit() || matches!(c, ' ' | '+' | '(' | ')' | '-' | '.' | '/' | 'e' | 'x' | 't' | 'E' | 'X' | 'T');
    if fits { Ok(c) } else { Err(REFUSAL) }
}

/// Whether a text is a phone number: 5 to 15 digits (E.164 ends at 15), an optional `ext` with up to 8 more.
pub(super) fn check(text: &str) -> Result<(), String> {
    if text.chars().any(|c| takes(c).is_err()) {
        return Err(REFUSAL.to_owned());
    }
    let lower = text.to_ascii_lowercase();
    let (number, extension) = split(&lower);
    if number.contains(['e', 'x', 't']) || extension.is_some_and(|ext| ext.is_empty() || digits(ext) != ext.len()) {
        return Err("Write the extension at the end, e.g. +31 10 555 0199 ext 12.".to_owned());
    }
    if extension.is_some_and(|ext| ext.len() > 8) {
        return Err("The extension has more than 8 digits; check it.".to_owned());
    }
    if number.chars().enumerate().any(|(at, c)| c == '+' && at > 0) && !number.starts_with("(+") {
        return Err("A + belongs in front of the country code only, e.g. +31 10 555 0199.".to_owned());
    }
    match digits(number) {
        0..=4 => {
            Err("This is too short for a phone number; carriers call it, so write all of it, e.g. +31 10 555 0199."
                .to_owned())
        }
        5..=15 => Ok(()),
        _ => Err("This has more than 15 digits, which no phone number has; write one number only.".to_owned()),
    }
}

fn split(lower: &str) -> (&str, Option<&str>) {
    let parts = lower
        .split_once('e')
        .filter(|(_, rest)| rest.starts_with("xt"))
        .map(|(number, rest)| (number, rest.strip_prefix("xt").unwrap_or(rest).trim_start_matches('.').trim()));
    let parts = parts.or_else(|| lower.split_once('x').map(|(number, rest)| (number, rest.trim())));
    parts.map_or((lower, None), |(number, extension)| (number.trim(), Some(extension)))
}

fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for good in [
            "+31 10 555 0199",
            "(206) 555-0100",
            "020/555.0100",
            "+1 206 555 0100 ext 12",
            "555-0100 x7",
            "(+49) 30 5550100",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in ["1234", "+1 800 FLOWERS", "12345678901234567", "555 0100 ext", "55+5 0100", "text"] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }
}
