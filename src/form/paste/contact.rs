//! E-mail addresses and phone numbers among pasted lines. Fax numbers, web pages and second phone numbers have no field.

use crate::form::country::Country;
use crate::form::email::email;
use crate::form::phone;

/// The contacts among the lines.
#[derive(Debug, Default)]
pub(super) struct Contacts {
    pub(super) emails: Vec<String>,
    pub(super) phone: Option<String>,
    /// Lines without a field. They are shown and not filled in.
    pub(super) left: Vec<String>,
}

/// Takes contacts out of the lines: every e-mail address, and the first phone number.
pub(super) fn take(lines: &mut Vec<String>, country: Option<&'static Country>) -> Contacts {
    let mut found = Contacts::default();
    let pieces: Vec<String> = std::mem::take(lines).iter().flat_map(|line| apart(line, country)).collect();
    for piece in pieces {
        if is_fax(&piece) || is_page(&piece) {
            found.left.push(piece);
        } else if let Some(email) = email(&piece) {
            found.emails.push(email);
        } else if let Some(number) = telephone(&piece, country) {
            if found.phone.is_none() {
                found.phone = Some(number);
            } else {
                found.left.push(piece);
            }
        } else {
            lines.push(piece);
        }
    }
    found
}

/// The parts of a line such as `Tel: … | ana@contoso.com`; the whole line where none of them is a contact.
fn apart(line: &str, country: Option<&'static Country>) -> Vec<String> {
    let parts = |signs: &[char]| -> Vec<String> {
        line.split(signs).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
    };
    let contact = |part: &String| email(part).is_some() || telephone(part, country).is_some() || is_fax(part);
    for signs in [&['|', '•', '·', '‖', ';'][..], &[','][..]] {
        let parts = parts(signs);
        let enough = if signs.len() > 1 { parts.iter().any(contact) } else { parts.iter().all(contact) };
        if parts.len() > 1 && enough && telephone(line, country).is_none() {
            return parts;
        }
    }
    vec![line.to_owned()]
}

fn telephone(line: &str, country: Option<&'static Country>) -> Option<String> {
    let value = phone::tidy(line);
    let digits = value.chars().filter(char::is_ascii_digit).count();
    // A bare short number, or one shaped like a postal code, is rather a house number or a postal code.
    let code = match country {
        Some(country) => country.form().fits(&value),
        None => value.split_once('-').is_some_and(|(one, other)| one.len() == 5 && matches!(other.len(), 3 | 4)),
    };
    let likely = phone::is_labelled(line) || value.starts_with(['+', '(']) || (digits >= 8 && !code);
    (likely && phone::check(&value).is_ok()).then_some(value)
}

fn is_fax(line: &str) -> bool {
    let name =
        line.split(|c: char| c.is_ascii_digit() || matches!(c, '+' | '(' | ':' | '：')).next().unwrap_or_default();
    let name = name.trim().trim_end_matches('.').to_lowercase();
    ["fax", "telefax", "téléfax", "f", "ファックス", "传真", "傳真", "팩스", "факс"].contains(&name.as_str())
        && line.chars().any(char::is_numeric)
}

fn is_page(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    let bare = lower
        .split_once(':')
        .filter(|(name, _)| ["web", "www", "website", "url"].contains(name))
        .map_or(&*lower, |(_, rest)| rest.trim());
    !bare.contains(' ') && (bare.starts_with("http://") || bare.starts_with("https://") || bare.starts_with("www."))
}
