//! Addresses in the order of East Asia: postal code, province and city, street, then company and person.

use super::locality::Locality;
use super::receiver::{self, Receiver};
use crate::form::country::{self, Country, states};

/// An address read in that order.
pub(super) struct Reading {
    pub(super) place: Locality,
    pub(super) streets: Vec<String>,
    pub(super) receiver: Receiver,
}

/// Titles after the name of a person or company.
const TITLES: [&str; 9] = ["様", "御中", "殿", "收", "启", "啟", "귀하", "귀중", "先生"];

/// Reads the lines in this order; `None` where they are not written in it.
pub(super) fn read(lines: &[String], named: Option<&'static Country>) -> Option<Reading> {
    let at = lines.iter().position(|line| address_line(line, named).is_some())?;
    let (country, code, rest) = address_line(lines.get(at)?, named)?;
    let mut place = Locality { country: Some(country), postal_code: code.unwrap_or_default(), ..Locality::default() };
    let mut streets = Vec::new();
    let (state, city, street) = parted(&rest, country.alpha2);
    (place.state, place.city) = (state, city);
    streets.extend(Some(street).filter(|street| !street.is_empty()));
    let mut people = Vec::new();
    for (index, line) in lines.iter().enumerate().filter(|(index, _)| *index != at) {
        if let Some(code) = bare_code(line, country).filter(|_| place.postal_code.is_empty()) {
            place.postal_code = code;
        } else if index == at + 1 && is_building(line) {
            streets.push(line.clone());
        } else {
            people.push(line.clone());
        }
    }
    Some(Reading { place, streets, receiver: receiver::of(&people) })
}

/// Reads a line with a province or city at its start, perhaps behind a code: its country, the code and the rest.
fn address_line(line: &str, named: Option<&'static Country>) -> Option<(&'static Country, Option<String>, String)> {
    let countries = ["JP", "CN", "TW", "KR"].into_iter().filter_map(country::exact);
    countries.filter(|country| named.is_none_or(|named| named == *country)).find_map(|country| {
        let (code, rest) = leading_code(line, country);
        let (state, city, _) = parted(&rest, country.alpha2);
        let known = !state.is_empty()
            || (named.is_some() && !city.is_empty())
            || city.starts_with("北京市")
            || city.starts_with("臺北市");
        let foreign = rest.chars().next().is_some_and(|c| !c.is_ascii());
        let person = TITLES.iter().any(|title| rest.ends_with(title));
        (known && foreign && !person).then_some((country, code, rest))
    })
}

/// A code at the start of a line, and what follows.
fn leading_code(line: &str, country: &Country) -> (Option<String>, String) {
    let text = unmarked(line);
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(text.len());
    let (code, rest) = text.split_at(end);
    if country.form().fits(code) { (Some(code.to_owned()), rest.trim().to_owned()) } else { (None, text) }
}

fn bare_code(line: &str, country: &Country) -> Option<String> {
    let text = unmarked(line);
    country.form().fits(&text).then_some(text)
}

/// A line with plain digits and without a sign or word before its code.
fn unmarked(line: &str) -> String {
    let plain = super::super::phone::tidy(line);
    let marks = ["〒", "郵便番号", "邮政编码", "邮编", "郵遞區號", "우편번호", "우)", "우"];
    let bare = marks.into_iter().find_map(|mark| plain.strip_prefix(mark)).unwrap_or(&plain);
    bare.trim_start_matches(['：', ':', ' ', '(', ')']).to_owned()
}

fn is_building(line: &str) -> bool {
    let words = ["ビル", "階", "号室", "タワー", "マンション", "楼", "樓", "室", "层", "座", "동", "호", "층", "빌딩"];
    let company = ["株式会社", "有限会社", "合同会社", "公司", "주식회사"].iter().any(|word| line.contains(word));
    !company && (words.iter().any(|word| line.contains(word)) || line.starts_with(|c: char| c.is_ascii_digit()))
}

/// Province, city and street of one text.
fn parted(text: &str, alpha2: &str) -> (String, String, String) {
    if alpha2 == "KR" {
        return parted_by_words(text);
    }
    let state = states::of(alpha2).filter(|name| !name.is_ascii()).find(|name| text.starts_with(name)).unwrap_or("");
    let rest = text.get(state.len()..).unwrap_or_default().trim_start();
    let ends: &[char] = match alpha2 {
        "JP" => &['市', '区', '町', '村'],
        "CN" => &['市', '州', '盟'],
        _ => &['市', '縣', '县'],
    };
    // A city's own name may hold the sign: 市川市, 四日市市.
    let sign = ends.iter().find_map(|sign| {
        let found = rest.char_indices().skip(1).find(|(at, c)| c == sign && *at <= 24)?;
        Some(found.0 + sign.len_utf8())
    });
    let end =
        sign.map_or(0, |end| if rest.get(end..).is_some_and(|more| more.starts_with('市')) { end + 3 } else { end });
    let (city, street) = rest.split_at(end);
    (state.to_owned(), city.to_owned(), street.trim().to_owned())
}

/// Korean words stand apart: `경기도 성남시 분당구 …`, `서울특별시 중구 …`.
fn parted_by_words(text: &str) -> (String, String, String) {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    if states::is_part("KR", first) {
        let (city, street) = rest.split_once(' ').unwrap_or((rest, ""));
        return (first.to_owned(), city.to_owned(), street.to_owned());
    }
    let city =
        ["특별시", "광역시", "특별자치시"].iter().any(|end| first.ends_with(end)) || ["서울", "부산"].contains(&first);
    if city {
        (String::new(), first.to_owned(), rest.to_owned())
    } else {
        (String::new(), String::new(), text.to_owned())
    }
}
