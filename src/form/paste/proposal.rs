//! Several pasted lines read as an address: a proposal which line goes into which field. Nothing is filled in without a yes.

mod code;
pub(super) mod contact;
mod east;
mod locality;

use super::address::{
    self, CITY, COUNTRY, EMAIL, PHONE, POSTAL_CODE, RECIPIENT, STATE, STREET1, STREET2, return_address,
};
use super::country::{Country, states};
use super::{Form, country, field};

/// What pasted lines could mean, for a person to accept or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Field index of the address form and the value it would get, in field order.
    pub values: Vec<(usize, String)>,
    /// Lines that have no field, such as a fax number.
    pub left: Vec<String>,
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
/// Every word of the text is in some proposed value or in what was left, save words such as `Tel:` that only name the line.
pub fn propose(text: &str) -> Option<Proposal> {
    let mut lines: Vec<String> = text
        .split(['\n', '\r', '\u{2028}'])
        .map(|line| field::clean(line).trim().trim_end_matches(',').to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    if lines.len() < 2 {
        return None;
    }
    let mut country = take_country(&mut lines);
    let contacts = contact::take(&mut lines, country);
    let (place, recipient, streets) = if let Some(reading) = east::read(&lines, country) {
        (reading.place, reading.recipient, reading.streets)
    } else {
        let place = locality::take(&mut lines, country);
        let recipient = take_recipient(&mut lines);
        (place, recipient, lines)
    };
    country = country.or(place.country).or_else(|| city_state(&place.city));
    let mut city = place.city;
    if let Some(whole) = country.filter(|country| city.is_empty() && city_state(country.name).is_some()) {
        whole.name.clone_into(&mut city);
    }
    let mut streets = streets.into_iter();
    let name = country.map(|country| country.service_form().to_owned());
    let values = [
        (RECIPIENT, Some(recipient)),
        (STREET1, streets.next()),
        (STREET2, Some(streets.collect::<Vec<_>>().join(", "))),
        (CITY, Some(city)),
        (STATE, Some(place.state)),
        (POSTAL_CODE, Some(place.postal_code)),
        (COUNTRY, name),
        (PHONE, contacts.phone),
        (EMAIL, contacts.email),
    ];
    let values =
        values.into_iter().filter_map(|(index, value)| Some((index, value.filter(|value| !value.is_empty())?)));
    Some(Proposal { values: values.collect(), left: contacts.left })
}

/// The address of an earlier draft as a proposal, to be offered and never filled in silently.
pub fn from_earlier(answers: &crate::draft::AddressAnswers) -> Proposal {
    let form = address::form(answers, 0, super::FormFacts::default());
    let sent = return_address(&form);
    let shipping = address::return_shipping(&form);
    let all = [
        sent.contact,
        sent.street1,
        sent.street2,
        sent.city,
        sent.state,
        sent.postal_code,
        sent.country,
        sent.phone,
        sent.emails.join(", "),
        shipping.carrier,
        shipping.account_number,
    ];
    Proposal { values: all.into_iter().enumerate().collect(), left: Vec::new() }
}

/// The first line, with a line such as `Attn: Ana Keller` or `c/o Contoso` that follows it.
fn take_recipient(lines: &mut Vec<String>) -> String {
    const ATTENTION: [&str; 9] = ["attn", "att", "attention", "c/o", "care of", "fao", "z hd", "zhd", "z h"];
    if lines.is_empty() {
        return String::new();
    }
    let mut recipient = lines.remove(0);
    let continues = |line: &String| {
        let line = country::fold(line);
        ATTENTION.iter().any(|word| line.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', ':'])))
    };
    while lines.len() > 1 && lines.first().is_some_and(continues) {
        recipient = format!("{recipient}, {}", lines.remove(0));
    }
    recipient
}

/// A country on a line of its own (looked for from the end), or at the end of the last line.
fn take_country(lines: &mut Vec<String>) -> Option<&'static Country> {
    let own = |line: &str| country::exact(named(line));
    // The first line is a name: a recipient called Jordan is not a country, though one in another script may lead the address.
    let leads = lines.first().is_some_and(|line| line.chars().all(|c| u32::from(c) >= 0x1100));
    let from = usize::from(!leads);
    let named_alone = (from..lines.len()).rev().find_map(|at| {
        let country = lines.get(at).and_then(|line| own(line)).filter(|_| is_code_in_place(lines, at))?;
        Some((at, country))
    });
    if let Some((at, found)) = named_alone {
        lines.remove(at);
        if matches!(found.alpha2, "GG" | "JE" | "IM" | "AX") {
            // Their own name stands above the code as well.
            let mut first = true;
            lines.retain(|line| std::mem::take(&mut first) || own(line) != Some(found));
        }
        return Some(found);
    }
    (1..lines.len()).rev().find_map(|at| {
        let line = lines.get_mut(at)?;
        let (before, found) = behind(line)?;
        *line = before;
        Some(found)
    })
}

/// What follows a word such as `Country:`; the whole line if there is none.
fn named(line: &str) -> &str {
    let names = ["country", "land", "pays", "país", "paese", "country/region"];
    let rest = line.split_once(':').filter(|(name, _)| names.contains(&name.trim().to_lowercase().as_str()));
    rest.map_or(line, |(_, rest)| rest).trim()
}

/// A country behind the last comma or dash of a line, or behind its postal code: `Seattle, WA 98109 USA`.
fn behind(line: &str) -> Option<(String, &'static Country)> {
    let parted = line.rsplit_once(',').or_else(|| line.rsplit_once(" - "));
    if let Some((before, name)) = parted
        && let Some(found) = country::exact(name).filter(|found| is_meant(name.trim(), found, before))
    {
        return Some((before.trim().to_owned(), found));
    }
    let ends = line.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at);
    ends.filter_map(|at| line.split_at_checked(at)).find_map(|(before, name)| {
        let after_code = before.ends_with(|c: char| c.is_ascii_digit());
        let found = country::exact(name).filter(|_| after_code && name.trim().chars().count() > 2)?;
        let place = before.split([' ', ',']).any(|word| found.form().fits(word)) || found.form().fits(before);
        place.then(|| (before.trim().to_owned(), found))
    })
}

/// Two letters behind a comma are rather a state (`Wilmington, DE`), and so is `Georgia` without a Georgian postal code.
fn is_meant(name: &str, found: &Country, before: &str) -> bool {
    match name.chars().filter(|c| *c != '.').count() {
        0..=2 => matches!(found.alpha2, "GB" | "US"),
        _ if states::is_part("US", name) => before.split([' ', ',']).any(|word| found.form().fits(word)),
        _ => !before.trim().is_empty(),
    }
}

/// Two letters on a line are a country only where nothing but contacts follows: `CA` above a code is a state.
fn is_code_in_place(lines: &[String], at: usize) -> bool {
    let short = lines
        .get(at)
        .is_some_and(|line| line.is_ascii() && line.chars().filter(char::is_ascii_alphabetic).count() <= 2);
    let contact = |line: &String| line.contains('@') || line.chars().filter(char::is_ascii_digit).count() >= 7;
    !short || lines.get(at + 1..).unwrap_or_default().iter().all(contact)
}

/// The country that is one city, by the city's name.
fn city_state(city: &str) -> Option<&'static Country> {
    country::exact(city).filter(|found| matches!(found.alpha2, "SG" | "HK" | "MO" | "MC" | "GI" | "VA" | "SM"))
}

#[cfg(test)]
mod tests;
