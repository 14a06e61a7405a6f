//! City, state and postal code at the end of pasted lines, as the country writes them; by any country's shapes where none is known.

use super::code::{cut, opened, tidied};
use crate::form::address::boxes::is_box;
use crate::form::country::{AddressForm, Country, states};

/// City, state and postal code, and the country of a mark such as `D-`.
#[derive(Debug, Default)]
pub(super) struct Locality {
    pub(super) city: String,
    pub(super) state: String,
    pub(super) postal_code: String,
    pub(super) country: Option<&'static Country>,
}

/// Takes the lines of the place out of the lines. The first line stays: it names the receiver.
pub(super) fn take(lines: &mut Vec<String>, country: Option<&'static Country>) -> Locality {
    let form = country.map(Country::form);
    let found = (0..lines.len()).rev().find_map(|at| Some((at, place_line(lines, at, country, form.as_ref())?)));
    let Some((at, (mut place, bare))) = found else { return without_code(lines, country) };
    lines.remove(at);
    let country = country.or(place.country);
    let form = country.map(Country::form).unwrap_or_default();
    if bare {
        around(lines, at, country, &form, &mut place);
        return place;
    }
    // `Jakarta Selatan`, `DKI Jakarta 12190`: what stands by the code is the state where a city stands above.
    let above = at.checked_sub(1).filter(|above| *above >= 2 && is_plain(lines.get(*above)));
    if (form.tail.contains(";S Z") || form.tail.contains(";Z S"))
        && place.state.is_empty()
        && let Some(above) = above
    {
        place.state = std::mem::replace(&mut place.city, lines.remove(above));
        return place;
    }
    // `Mumbai 400001`, `Maharashtra`: a state on the line below.
    if at < lines.len() && place.state.is_empty() && is_state(country, &form, lines.get(at)) {
        place.state = lines.remove(at);
    }
    place
}

/// The place a line holds, and whether the line is nothing but a code.
fn place_line(
    lines: &[String],
    at: usize,
    country: Option<&'static Country>,
    form: Option<&AddressForm>,
) -> Option<(Locality, bool)> {
    let line = opened(lines.get(at)?);
    if is_box(&line) {
        return None;
    }
    let cut = cut(&line, at + 1 == lines.len(), form)?;
    let bare = cut.before.is_empty() && cut.behind.is_empty();
    if at == 0 && !bare {
        return None;
    }
    let beside = if cut.before.is_empty() { cut.behind } else { cut.before };
    let beside = if cut.before.is_empty() || cut.behind.is_empty() {
        beside.to_owned()
    } else {
        format!("{}, {}", cut.before, cut.behind)
    };
    let country = country.or(cut.mark);
    let (city, state) = city_and_state(&beside, country);
    Some((Locality { city, state, postal_code: cut.code, country: cut.mark }, bare))
}

/// The city around a line that was nothing but a code and stood at `at`.
fn around(
    lines: &mut Vec<String>,
    at: usize,
    country: Option<&'static Country>,
    form: &AddressForm,
    place: &mut Locality,
) {
    let room = |lines: &Vec<String>| lines.len() > 1;
    // `1001`, `Tirana`: the city is below where the country writes it so.
    if form.tail.starts_with("Z;C") && at < lines.len() && room(lines) {
        (place.city, place.state) = city_and_state(&lines.remove(at), country);
        return;
    }
    let Some(mut above) = at.checked_sub(1).filter(|above| *above >= 1) else { return };
    if above >= 3 && is_state(country, form, lines.get(above)) && is_plain(lines.get(above - 1)) {
        place.state = lines.remove(above);
        above -= 1;
    }
    // A street between city and code, as in Hungary; elsewhere only where the line above is a street.
    let street = !is_plain(lines.get(above));
    if street && above >= 2 && is_plain(lines.get(above - 1)) && form.tail == "C;A;Z" {
        above -= 1;
    }
    if above >= 1 && !lines.get(above).is_some_and(|line| is_box(line)) && lines.len() > 2 {
        let (city, state) = city_and_state(&lines.remove(above), country);
        place.city = city;
        if place.state.is_empty() {
            place.state = state;
        }
    }
}

/// No postal code anywhere: with three lines or more the last one is the city, or the state below it.
fn without_code(lines: &mut Vec<String>, country: Option<&'static Country>) -> Locality {
    let mut place = Locality::default();
    let form = country.map(Country::form).unwrap_or_default();
    let last = |lines: &Vec<String>| lines.len().checked_sub(1).filter(|last| *last >= 2);
    let Some(mut at) = last(lines) else { return place };
    if at >= 3 && is_state(country, &form, lines.get(at)) && is_plain(lines.get(at - 1)) {
        place.state = lines.remove(at);
        at -= 1;
    }
    if lines.get(at).is_some_and(|line| is_box(line)) {
        return place;
    }
    let (city, state) =
        if country.is_some() { city_and_state(&lines.remove(at), country) } else { (lines.remove(at), String::new()) };
    place.city = city;
    if place.state.is_empty() {
        place.state = state;
    }
    place
}

/// A line without digits: a city or a state rather than a street. `Dublin 2` is one too.
fn is_plain(line: Option<&String>) -> bool {
    line.is_some_and(|line| {
        let district = line.to_lowercase().starts_with("dublin ");
        (district || !line.chars().any(|c| c.is_ascii_digit())) && !is_box(line)
    })
}

/// Whether a word is two or three capitals, as codes of states are.
fn is_short(word: &str) -> bool {
    (2..=3).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase())
}

/// Whether a line of its own is a state: by the country's list, or because the country writes one there.
fn is_state(country: Option<&'static Country>, form: &AddressForm, line: Option<&String>) -> bool {
    let Some((line, country)) = line.zip(country) else { return line.is_some_and(|line| is_short(line)) };
    if states::is_part(country.alpha2, line) {
        return true;
    }
    !states::known(country.alpha2) && form.tail.contains(";S") && is_plain(Some(line))
}

/// City and state in the text beside a code, separated by the country's list of states, a bracket, a comma, or two or three capitals.
pub(super) fn city_and_state(text: &str, country: Option<&'static Country>) -> (String, String) {
    let text = tidied(text);
    let whole = || (text.to_owned(), String::new());
    if let Some((city, state)) = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        return (tidied(city).to_owned(), state.trim().to_owned());
    }
    let form = country.map(Country::form);
    if let Some(country) = country.filter(|country| states::known(country.alpha2)) {
        let parted = parts(text).find(|(city, sign, state)| {
            // Behind a blank only a code is sure: `New Delhi` is a city.
            let sure = *sign != ' ' || (state.len() <= 4 && state.chars().all(|c| !c.is_lowercase()));
            sure && !tidied(city).is_empty() && states::is_part(country.alpha2, state)
        });
        if let Some((city, _, state)) = parted {
            return (tidied(city).to_owned(), state.to_owned());
        }
    }
    if let Some((one, other)) = text
        .split_once(',')
        .or_else(|| text.split_once('/').filter(|_| form.is_some_and(|form| form.tail.contains('/'))))
    {
        let (one, other) = (tidied(one).to_owned(), tidied(other).to_owned());
        // `San José, Escazú` is province and canton where the state comes first.
        return if form.is_some_and(|form| form.tail.starts_with('S')) { (other, one) } else { (one, other) };
    }
    let short =
        form.is_none_or(|form| form.tail == "Z C S") && !country.is_some_and(|country| states::known(country.alpha2));
    match text.rsplit_once(' ').filter(|(_, last)| short && is_short(last)) {
        Some((city, state)) => (city.trim().to_owned(), state.to_owned()),
        None => whole(),
    }
}

/// Every way to split a text at a blank or sign: the text before, the last sign, the text behind.
fn parts(text: &str) -> impl Iterator<Item = (&str, char, &str)> {
    let signs = text.char_indices().filter(|(_, c)| matches!(c, ' ' | ',' | '-' | '/' | '–'));
    signs.filter_map(|(at, c)| {
        let (before, behind) = text.split_at_checked(at)?;
        let sign = if before.ends_with([',', '-', '/', '–']) { ',' } else { c };
        Some((before, sign, behind.strip_prefix(c)?.trim()))
    })
}
