//! The country among pasted lines.

use crate::form::country::{self, Country, states};

/// Takes the country out of the lines: from a line of its own, the last one first, or from the end of a line.
pub(super) fn take(lines: &mut Vec<String>) -> Option<&'static Country> {
    let own = |line: &str| country::exact(named(line));
    // The first line is a name: a recipient called Jordan is not a country, though one in another script may lead the address.
    let leads = lines.first().is_some_and(|line| line.chars().all(|c| u32::from(c) >= 0x1100));
    let from = usize::from(!leads);
    let named_alone = (from..lines.len()).rev().find_map(|at| {
        let country = lines.get(at).and_then(|line| own(line)).filter(|_| may_be_country(lines, at))?;
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
        let (before, found) = at_end(line)?;
        *line = before;
        Some(found)
    })
}

/// The text after a word such as `Country:`, or the whole line.
fn named(line: &str) -> &str {
    let names = ["country", "land", "pays", "país", "paese", "country/region"];
    let rest = line.split_once(':').filter(|(name, _)| names.contains(&name.trim().to_lowercase().as_str()));
    rest.map_or(line, |(_, rest)| rest).trim()
}

/// The country after the last comma or dash of a line, or after its postal code: `Seattle, WA 98109 USA`. Also what stands before it.
fn at_end(line: &str) -> Option<(String, &'static Country)> {
    let parted = line.rsplit_once(',').or_else(|| line.rsplit_once(" - "));
    if let Some((before, name)) = parted
        && let Some(found) = country::exact(name).filter(|found| is_country(name.trim(), found, before))
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

/// Whether a name after a comma is the country. Two letters are rather a state (`Wilmington, DE`), and so is `Georgia` without a
/// Georgian postal code.
fn is_country(name: &str, found: &Country, before: &str) -> bool {
    match name.chars().filter(|c| *c != '.').count() {
        0..=2 => matches!(found.alpha2, "GB" | "US"),
        _ if states::is_part("US", name) => before.split([' ', ',']).any(|word| found.form().fits(word)),
        _ => !before.trim().is_empty(),
    }
}

/// Whether a short line can be a country. Two letters are one only where nothing but contacts follows: `CA` above a code is a state.
fn may_be_country(lines: &[String], at: usize) -> bool {
    let short = lines
        .get(at)
        .is_some_and(|line| line.is_ascii() && line.chars().filter(char::is_ascii_alphabetic).count() <= 2);
    let contact = |line: &String| line.contains('@') || line.chars().filter(char::is_ascii_digit).count() >= 7;
    !short || lines.get(at + 1..).unwrap_or_default().iter().all(contact)
}

/// The country that consists of one city, by the name of the city, e.g. Singapore.
pub(super) fn city_state(city: &str) -> Option<&'static Country> {
    country::exact(city).filter(|found| matches!(found.alpha2, "SG" | "HK" | "MO" | "MC" | "GI" | "VA" | "SM"))
}
