//! Several pasted lines read as an address: a proposal which line goes into which field. Nothing is filled in without a yes.

use super::address::{
    self, CITY, COUNTRY, EMAIL, PHONE, POSTAL_CODE, RECIPIENT, STATE, STREET1, STREET2, postal, return_address,
};
use super::{Form, country, field, phone};

/// What pasted lines could mean, for a person to accept or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Field index of the address form and the value it would get, in field order.
    pub values: Vec<(usize, String)>,
}

impl Proposal {
    /// What this field would get.
    pub fn value(&self, index: usize) -> Option<&str> {
        self.values.iter().find(|(field, _)| *field == index).map(|(_, value)| value.as_str())
    }

    /// Fills the proposed values in, one undo step each. Call it after the yes, never before.
    pub fn apply(&self, form: &mut Form) {
        form.fill(self.values.iter().map(|(index, value)| (*index, value.as_str())));
    }

    /// Fields that hold something else now and would lose it.
    pub fn replaces(&self, form: &Form) -> Vec<usize> {
        let lost =
            |(index, value): &&(usize, String)| !form.trimmed(*index).is_empty() && form.trimmed(*index) != value;
        self.values.iter().filter(lost).map(|(index, _)| *index).collect()
    }
}

/// Reads two or more pasted lines as an address; `None` for a single line, which is just text.
///
/// Every word of the text is in some proposed value, save words such as `Tel:` that only name the line.
pub fn propose(text: &str) -> Option<Proposal> {
    let mut lines: Vec<String> = text
        .split(['\n', '\r'])
        .map(|line| field::clean(line).trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    if lines.len() < 2 {
        return None;
    }
    let mut values = Vec::new();
    let mut take = |index: usize, value: String| {
        if !value.is_empty() {
            values.push((index, value));
        }
    };
    if let Some(email) = take_line(&mut lines, email) {
        take(EMAIL, email);
    }
    if let Some(phone) = take_line(&mut lines, telephone) {
        take(PHONE, phone);
    }
    if let Some(country) = take_country(&mut lines) {
        take(COUNTRY, country);
    }
    let place = take_place(&mut lines);
    take(CITY, place.city);
    take(STATE, place.state);
    take(POSTAL_CODE, place.postal_code);
    let mut rest = lines.into_iter();
    take(RECIPIENT, rest.next().unwrap_or_default());
    take(STREET1, rest.next().unwrap_or_default());
    take(STREET2, rest.collect::<Vec<_>>().join(", "));
    values.sort_by_key(|(index, _)| *index);
    Some(Proposal { values })
}

/// The address of an earlier draft as a proposal, to be offered and never filled in silently.
pub fn from_earlier(answers: &crate::draft::AddressAnswers) -> Proposal {
    let form = address::form(answers, 0, super::Facts::default());
    let sent = return_address(&form);
    let shipping = address::return_shipping(&form);
    let all = [
        sent.recipient,
        sent.street1,
        sent.street2,
        sent.city,
        sent.state,
        sent.postal_code,
        sent.country,
        sent.phone,
        sent.email,
        shipping.carrier,
        shipping.account_number,
    ];
    Proposal { values: all.into_iter().enumerate().collect() }
}

fn take_line(lines: &mut Vec<String>, read: impl Fn(&str) -> Option<String>) -> Option<String> {
    let (at, value) = lines.iter().enumerate().find_map(|(at, line)| Some((at, read(line)?)))?;
    lines.remove(at);
    Some(value)
}

/// What follows a name such as `Phone:`; the whole line if there is none.
fn unlabelled<'a>(line: &'a str, names: &[&str]) -> &'a str {
    let rest = line.split_once(':').filter(|(name, _)| names.contains(&name.trim().to_lowercase().as_str()));
    rest.map_or(line, |(_, rest)| rest).trim()
}

fn email(line: &str) -> Option<String> {
    let value = unlabelled(line, &["e-mail", "email", "mail", "e"]);
    let value = value.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(value);
    address::check_email(value).is_ok().then(|| value.to_owned())
}

fn telephone(line: &str) -> Option<String> {
    let value = unlabelled(line, &["phone", "telephone", "tel", "tel.", "mobile", "t", "p", "m"]);
    let digits = value.chars().filter(char::is_ascii_digit).count();
    // A bare short number, or one shaped like a postal code, is rather a house number or a postal code.
    let named = value.len() < line.len() || value.starts_with(['+', '(']);
    let likely = named || (digits >= 8 && !postal::known_shape(value));
    (likely && phone::check(value).is_ok()).then(|| value.to_owned())
}

/// A country on a line of its own (looked for from the end), or behind the last comma of the last line.
fn take_country(lines: &mut Vec<String>) -> Option<String> {
    let own = |line: &str| country::exact(unlabelled(line, &["country"])).map(|found| found.service_form().to_owned());
    // The first line is a name: a recipient called Jordan is not a country.
    if let Some((at, found)) = lines.iter().enumerate().skip(1).rev().find_map(|(at, line)| Some((at, own(line)?))) {
        lines.remove(at);
        return Some(found);
    }
    let last = lines.last_mut().filter(|line| line.contains(','))?;
    let (before, behind) = last.rsplit_once(',')?;
    // Two letters behind a comma are rather a state: `Wilmington, DE`.
    let found = country::exact(behind).filter(|_| behind.trim().chars().count() > 2)?;
    *last = before.trim().to_owned();
    Some(found.service_form().to_owned())
}

#[derive(Default)]
struct Place {
    city: String,
    state: String,
    postal_code: String,
}

/// City, state and postal code, from one line or from two at the end. The first line stays the recipient.
fn take_place(lines: &mut Vec<String>) -> Place {
    let candidates = 1..lines.len();
    let found = candidates.rev().find_map(|at| Some((at, place(lines.get(at)?)?)));
    let Some((at, mut place)) = found else {
        // No postal code anywhere: with three lines or more the last one is the city.
        let city = if lines.len() >= 3 { lines.pop().unwrap_or_default() } else { String::new() };
        return Place { city, ..Place::default() };
    };
    lines.remove(at);
    // A postal code on a line of its own belongs to the city above it.
    if place.city.is_empty() && at >= 3 {
        place.city = lines.remove(at - 1);
    }
    place
}

/// Reads `3011 AB Rotterdam`, `Seattle, WA 98109`, `London SW1A 1AA`, `D-10117 Berlin` or a bare postal code.
fn place(line: &str) -> Option<Place> {
    let words: Vec<&str> = line.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let count = words.len();
    let code = |from: usize, to: usize| -> Option<String> {
        let joined = words.get(from..to)?.join(" ");
        let country_mark = joined.split_once('-').filter(|(mark, rest)| is_mark(mark) && postal::known_shape(rest));
        let bare = country_mark.map_or(joined.as_str(), |(_, rest)| rest);
        (bare.chars().any(|c| c.is_ascii_digit()) && postal::known_shape(bare)).then_some(joined)
    };
    for size in [2, 1] {
        if let Some(postal_code) = count.checked_sub(size).and_then(|from| code(from, count)) {
            let (city, state) = city_and_state(line, &words, count - size);
            return Some(Place { city, state, postal_code });
        }
        // In front, a code may be followed by the city only: `12 Harbour Road` has no known shape, `1000 Harbour Road` is told
        // apart by standing higher up, since places are looked for from the end.
        if let Some(postal_code) = code(0, size).filter(|_| count > size) {
            return Some(Place { postal_code, city: words.get(size..)?.join(" "), state: String::new() });
        }
    }
    None
}

fn is_mark(mark: &str) -> bool {
    (1..=3).contains(&mark.len()) && mark.chars().all(|c| c.is_ascii_uppercase())
}

/// What stands before the code: a state if it is behind a comma or is two or three capitals.
fn city_and_state(line: &str, words: &[&str], end: usize) -> (String, String) {
    let before = words.get(..end).unwrap_or_default();
    let Some((last, city)) = before.split_last().filter(|(_, city)| !city.is_empty()) else {
        return (before.join(" "), String::new());
    };
    if (2..=3).contains(&last.len()) && last.chars().all(|c| c.is_ascii_uppercase()) {
        return (city.join(" "), (*last).to_owned());
    }
    // `Toronto, Ontario M5V 3L9`: everything between the first comma and the code is the state.
    let Some((city, _)) = line.split_once(',') else { return (before.join(" "), String::new()) };
    let words_in_city = city.split(' ').filter(|word| !word.is_empty()).count();
    let (city, state) = before.split_at(words_in_city.min(before.len()));
    (city.join(" "), state.join(" "))
}

#[cfg(test)]
mod tests;
