//! Phone numbers as they stand on a shipping label. The rules are loose, because people read a label. A pasted number loses names such
//! as `Tel:` and invisible marks, and gets the digits and dashes of this script.

use crate::characters::is_zero_width;

const REFUSAL: &str = "A phone number takes digits, blanks, + ( ) - . / and \"ext\".";

/// Names that stand before a number.
const LABELS: &str = "phone telephone tel tél téléphone telefon telefono teléfono telefone telefoon telephon tlf tfn puh puhelin \
    mobile mobil móvil celular cell cellular handy gsm mob portable office direct work t p m ph tm 電話 電話番号 携帯 电话 手机 전화 \
    휴대폰 телефон тел τηλ τηλέφωνο هاتف טלפון";

/// Words for an extension, longest first.
const EXTENSIONS: [&str; 12] =
    [";ext=", "extension", "extn", "ext.", "durchwahl", "poste", "anexo", "interno", "ramal", "内線", "dw ", "#"];

/// The characters of a phone number; digits and dashes of other scripts become those of this one.
pub(super) fn accepts(c: char) -> Result<char, &'static str> {
    let c = plain(c).unwrap_or(c);
    let allowed =
        c.is_ascii_digit() || matches!(c, ' ' | '+' | '(' | ')' | '-' | '.' | '/' | 'e' | 'x' | 't' | 'E' | 'X' | 'T');
    if allowed { Ok(c) } else { Err(REFUSAL) }
}

/// A pasted number in plain characters and without the name before it. Other characters stay, for the check to refuse.
pub(in crate::form) fn tidy(text: &str) -> String {
    let mut plain: String = text.trim().chars().filter_map(plain).collect();
    plain = unlabelled(&plain).to_owned();
    let lower = plain.to_lowercase();
    // Lower case keeps the length only in plain letters; other texts hold no word for an extension.
    let found = EXTENSIONS.iter().filter_map(|word| Some((lower.find(word)?, *word))).min();
    if let Some((at, word)) = found.filter(|(at, _)| lower.len() == plain.len() && *at > 0) {
        let (number, behind) = (plain.get(..at).unwrap_or_default(), plain.get(at + word.len()..).unwrap_or_default());
        plain = format!("{} ext {}", number.trim_end_matches([' ', ',', ';']), behind.trim_matches([' ', '.', ':']));
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text starts with a name for a number, e.g. `Tel. +49 …`.
pub(in crate::form) fn is_labelled(text: &str) -> bool {
    let plain: String = text.trim().chars().filter_map(plain).collect();
    unlabelled(&plain).len() < plain.len()
}

fn unlabelled(text: &str) -> &str {
    let end = text.find(|c: char| c.is_ascii_digit() || matches!(c, '+' | '(')).unwrap_or(text.len());
    let (label, mut number) = text.split_at(end);
    // `Phone (office): +1 …`
    if let Some((inside, behind)) = number.strip_prefix('(').and_then(|rest| rest.split_once(')'))
        && inside.chars().all(char::is_alphabetic)
    {
        number = behind.trim_start_matches([' ', ':', '.']);
    }
    let label = label.trim().trim_end_matches([':', '.', ' ', '-', '：']).to_lowercase();
    let known = |word: &str| LABELS.split_whitespace().any(|known| known == word.trim_matches('.'));
    let names = !label.is_empty() && label.split([' ', '/']).all(known);
    if names { number } else { text }
}

/// Digits, dashes, blanks and brackets of other scripts in plain form; `None` for an invisible mark.
fn plain(c: char) -> Option<char> {
    const ZEROS: [u32; 6] = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];
    let digit = ZEROS.iter().find_map(|zero| u32::from(c).checked_sub(*zero).filter(|value| *value < 10));
    if let Some(digit) = digit.and_then(|value| char::from_digit(value, 10)) {
        return Some(digit);
    }
    match c {
        c if is_zero_width(c) => None,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => Some('-'),
        '\u{ff0b}' => Some('+'),
        '\u{ff08}' => Some('('),
        '\u{ff09}' => Some(')'),
        '\u{ff0f}' | '\u{2044}' => Some('/'),
        '\u{ff0e}' | '\u{b7}' => Some('.'),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

/// Whether a text is a phone number: 5 to 15 digits (E.164 ends at 15; a zero in brackets does not count), an optional `ext`
/// with up to 8 more.
pub(super) fn check(text: &str) -> Result<(), String> {
    if text.chars().any(|c| accepts(c).is_err()) {
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
    match digits(&number.replace("(0)", "")) {
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
            "+44 (0)20 7946 0000",
            "+49 (0) 30 / 55 50 100 - 12",
            "00 49 30 5550100",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in ["1234", "+1 800 FLOWERS", "12345678901234567", "555 0100 ext", "55+5 0100", "text"] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn pasted_numbers_lose_names_marks_and_foreign_digits() {
        for (pasted, number) in [
            ("\u{202a}+1\u{2011}206\u{2011}555\u{2011}0123\u{202c}", "+1-206-555-0123"),
            ("Tel: +1 206 555 0123", "+1 206 555 0123"),
            ("Tel.: +49 (0)30 5550123-12", "+49 (0)30 5550123-12"),
            ("tel:+1-206-555-0123;ext=12", "+1-206-555-0123 ext 12"),
            ("T +31\u{a0}10\u{202f}555 0199", "+31 10 555 0199"),
            ("Phone (office): (206) 555-0123, extension 7", "(206) 555-0123 ext 7"),
            ("電話：０３-５５５０-０１２３", "03-5550-0123"),
            ("هاتف: \u{200e}+٩٧١ ٤ ٥٥٥ ٠١٢٣", "+971 4 555 0123"),
            ("Mobile +44 7700 900123", "+44 7700 900123"),
            ("+33\u{2013}1\u{2013}55\u{2013}50\u{2013}12\u{2013}34 poste 12", "+33-1-55-50-12-34 ext 12"),
            ("(206) 555-0123 #45", "(206) 555-0123 ext 45"),
            ("Тел. +7 495 555-01-23", "+7 495 555-01-23"),
        ] {
            assert_eq!(tidy(pasted), number, "{pasted}");
            assert_eq!(check(&tidy(pasted)), Ok(()), "{pasted}");
            assert_eq!(tidy(number), number, "a plain number stays");
        }
        assert_eq!(tidy("call Ana 555 0123"), "call Ana 555 0123", "what is not understood stays");
    }
}
