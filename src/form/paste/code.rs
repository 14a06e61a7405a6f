//! Finds the postal code in a pasted line: by the shapes of the country, with a mark or name in front, at an end of the line or alone.

use crate::form::country::{self, AddressForm, Country};

/// Marks of countries before a code, as they were usual in Europe: `D-10117`.
const MARKS: &str = "D DE A AT CH F FR I IT B BE L LU NL DK N NO S SE FIN FI PL CZ SK H HU HR SI SLO LT E ES P PT GR RO R BG EE FL LI MC AX FO GL";

/// Words that name a code: `CEP 01310-100`, `PIN: 560001`.
const LABELS: [&str; 17] = [
    "postal code",
    "post code",
    "postcode",
    "zip code",
    "zip",
    "pin code",
    "pincode",
    "pin",
    "cep",
    "c.p.",
    "cp",
    "p.c.",
    "pc",
    "eircode",
    "郵便番号",
    "邮编",
    "우",
];

/// A code found in a line, and the text before and behind it.
pub(super) struct Cut<'a> {
    pub(super) code: String,
    pub(super) before: &'a str,
    pub(super) behind: &'a str,
    pub(super) mark: Option<&'static Country>,
}

/// Finds the code in a line: at its end, at its start, or alone.
pub(super) fn cut<'a>(line: &'a str, last: bool, form: Option<&AddressForm>) -> Option<Cut<'a>> {
    let words = words(line);
    let count = words.len();
    for size in [2, 1] {
        if let Some((code, mark)) = count.checked_sub(size).and_then(|from| code(line, words.get(from..)?, form)) {
            let start = words.get(count - size).map_or(0, |word| word.0);
            let before = bare_label(line.get(..start).unwrap_or_default());
            let streetlike = before.chars().any(|c| c.is_ascii_digit());
            // Where codes stand in front, a number at the end of a line is rather a house number.
            let odd = (streetlike || !last) && form.is_some_and(AddressForm::code_leads);
            if before.is_empty() || !odd {
                return Some(Cut { code, before, behind: "", mark });
            }
        }
        if form.is_some_and(|form| form.tail.contains("Z, S")) {
            let middle = (1..count.saturating_sub(size)).find_map(|from| {
                let (code, mark) = code(line, words.get(from..from + size)?, form)?;
                Some((from, code, mark))
            });
            if let Some((from, code, mark)) = middle {
                let (start, end) = (
                    words.get(from).map_or(0, |word| word.0),
                    words.get(from + size).map_or(line.len(), |word| word.0),
                );
                let (before, behind) = (line.get(..start).unwrap_or_default(), line.get(end..).unwrap_or_default());
                return Some(Cut { code, before: tidied(before), behind: tidied(behind), mark });
            }
        }
        if let Some((code, mark)) = (count > size).then(|| code(line, words.get(..size)?, form)).flatten() {
            let end = words.get(size).map_or(line.len(), |word| word.0);
            let behind = tidied(line.get(end..).unwrap_or_default());
            // Where codes stand behind the city, a number in front is a house number unless it is long.
            let digits = code.chars().filter(char::is_ascii_digit).count();
            let own_line = |form: &AddressForm| last && form.tail.ends_with(";Z");
            let house = form.is_some_and(|form| !form.code_leads() && !own_line(form) && digits < 6);
            if !house {
                return Some(Cut { code, before: "", behind, mark });
            }
        }
    }
    None
}

/// A line with blanks where only a hyphen parts city and code: `Islamabad-44000`, `1101-San Salvador`.
pub(super) fn opened(line: &str) -> String {
    let long = |part: &str| part.chars().count() >= 4;
    let parted = line.split_once('-').filter(|(before, behind)| {
        let word: String = before.chars().rev().take_while(|c| c.is_alphabetic()).collect();
        let number: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
        (long(&word) && behind.starts_with(|c: char| c.is_ascii_digit()))
            || (long(&number) && (behind.starts_with(|c: char| c.is_alphabetic()) || behind.starts_with(' ')))
    });
    parted.map_or_else(|| line.to_owned(), |(before, behind)| format!("{before} - {behind}"))
}

/// The words of a line with the place where each begins. Blanks, commas and brackets separate them.
fn words(line: &str) -> Vec<(usize, &str)> {
    const PARTING: [char; 8] = [' ', ',', ';', '〒', '：', ':', '(', ')'];
    let mut at = 0;
    let pieces = line.split_inclusive(PARTING).map(|piece| {
        let start = at;
        at += piece.len();
        (start, piece.trim_end_matches(PARTING))
    });
    pieces.filter(|(_, word)| !word.is_empty() && *word != "-").collect()
}

/// The code in these words, without the mark of a country, and the country of the mark.
fn code(line: &str, words: &[(usize, &str)], form: Option<&AddressForm>) -> Option<(String, Option<&'static Country>)> {
    let (first, last) = (words.first()?, words.last()?);
    let joined = line.get(first.0..last.0 + last.1.len())?.trim();
    if !joined.chars().any(char::is_alphanumeric) || joined.contains(',') {
        return None;
    }
    let fits = |text: &str| match form {
        Some(form) => form.fits(text),
        None => fits_somewhere(text),
    };
    if fits(joined) && (form.is_some() || !has_mark(joined)) {
        return Some((joined.to_owned(), None));
    }
    let (mark, bare) = joined.split_once('-')?;
    let known = has_mark(joined);
    let meant = known.then(|| mark_of(mark)).flatten();
    (known
        && bare.chars().any(|c| c.is_ascii_digit())
        && meant.map_or_else(|| fits(bare), |country| country.form().fits(bare)))
    .then(|| (bare.to_owned(), meant))
}

fn has_mark(code: &str) -> bool {
    code.split_once('-').is_some_and(|(mark, _)| MARKS.split(' ').any(|known| known == mark))
}

fn mark_of(mark: &str) -> Option<&'static Country> {
    let code = match mark {
        "D" => "DE",
        "A" => "AT",
        "F" => "FR",
        "I" => "IT",
        "B" => "BE",
        "L" => "LU",
        "N" => "NO",
        "S" => "SE",
        "FIN" => "FI",
        "H" => "HU",
        "SLO" => "SI",
        "E" => "ES",
        "P" => "PT",
        "R" => "RO",
        "FL" => "LI",
        other => other,
    };
    country::exact(code)
}

/// Whether a text could be a code of some country, where none is named. Short numbers and two words of digits only are too
/// common to be sure of.
fn fits_somewhere(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().any(char::is_alphabetic);
    let (one, other) = text.split_once(' ').unwrap_or((text, ""));
    let halves = other.is_empty() || letters || matches!((one.len(), other.len()), (3, 2 | 3));
    digits > 0 && halves && (letters || digits >= 4) && AddressForm::all().any(|form| form.fits(text))
}

/// The text before a code, without a word that only names the code.
fn bare_label(before: &str) -> &str {
    let before = tidied(before);
    let lower = before.to_lowercase();
    if lower.len() != before.len() {
        return before;
    }
    let label = LABELS.iter().find(|label| {
        lower.strip_suffix(**label).is_some_and(|rest| rest.is_empty() || rest.ends_with([' ', ',', '-', '(']))
    });
    label.and_then(|label| before.get(..before.len() - label.len())).map_or(before, tidied)
}

pub(super) fn tidied(text: &str) -> &str {
    text.trim_matches([' ', ',', ';', '-', '–', '/', ':', '：', '(', '〒', '·'])
}
