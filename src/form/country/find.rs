//! Finds the country that a text means: by name, code or everyday alias, also while it is being typed.

use std::sync::LazyLock;

use super::country::Country;
use super::fold::fold;
use super::names;
use super::table::ALL;

/// Words a long form puts before the name: `Federal Republic of Germany`, `Sultanate of Oman`.
const FORM_WORDS: &str = "the republic republica republik republika repubblica republique kingdom reino royaume koninkrijk state states \
    city federal federative federated democratic peoples socialist islamic arab bolivarian plurinational \
    cooperative co-operative united union commonwealth grand duchy principality sultanate emirate hashemite \
    independent oriental eastern federation territory collectivity";

/// The country that is meant by exactly this name, code or alias, in any case and with or without accents and dots.
///
/// Also understands long forms (`Kingdom of Norway`, `Iran, Islamic Republic of`) and the service's own `Netherlands (NL)`.
pub fn exact(text: &str) -> Option<&'static Country> {
    let wanted = fold(text.trim());
    if let Some(found) = named(&wanted) {
        return Some(found);
    }
    if let Some((name, inside)) = wanted.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        let found = named(name.trim())?;
        return (is_code(found, inside.trim()) || is_form(inside)).then_some(found);
    }
    if let Some((name, behind)) = wanted.split_once(", ") {
        return named(name).filter(|_| is_form(behind));
    }
    short_form(&wanted).and_then(named)
}

/// `norway` for `kingdom of norway`: what follows an `of` with nothing but form words in front.
fn short_form(wanted: &str) -> Option<&str> {
    let (form, name) = [" of ", " de ", " di ", " der "].into_iter().find_map(|of| wanted.split_once(of))?;
    let name = ["the ", "la ", "el ", "los "].into_iter().find_map(|the| name.strip_prefix(the)).unwrap_or(name);
    form.split(' ').all(is_form_word).then_some(name)
}

/// Whether a text is only the form of a country's long name, e.g. `islamic republic of`.
fn is_form(text: &str) -> bool {
    text.trim().split(' ').all(|word| word == "of" || is_form_word(word))
}

fn is_form_word(word: &str) -> bool {
    FORM_WORDS.split(' ').any(|known| known == word)
}

/// Countries that fit what was typed so far, best first: code or alias, then start of the name, start of a word in it,
/// start of an alias, anywhere in the name. All of them for an empty text.
pub fn find(text: &str) -> Vec<&'static Country> {
    let wanted = fold(text.trim());
    let mut found: Vec<(u8, &'static Country)> =
        ALL.iter().filter_map(|country| Some((rank(country, &wanted)?, country))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, country)| country).collect()
}

/// Every name as [`fold`] makes it, with its country; the plain English ones come first.
static FOLDED: LazyLock<Vec<(String, &'static Country)>> = LazyLock::new(|| {
    let own = ALL.iter().map(|country| (country.name, country));
    let of = |code: &str| ALL.iter().find(|country| country.alpha2 == code);
    let others = names::all().filter_map(|(code, name)| Some((name, of(code)?)));
    own.chain(others).map(|(name, country)| (fold(name), country)).collect()
});

fn named(wanted: &str) -> Option<&'static Country> {
    let by_name = || FOLDED.iter().find(|(name, _)| name == wanted).map(|(_, country)| *country);
    ALL.iter().find(|country| is_code(country, wanted)).or_else(by_name)
}

fn is_code(country: &Country, wanted: &str) -> bool {
    country.alpha2.eq_ignore_ascii_case(wanted) || country.alpha3.eq_ignore_ascii_case(wanted)
}

fn rank(country: &Country, wanted: &str) -> Option<u8> {
    let mut names = FOLDED.iter().filter(|(_, own)| own.alpha2 == country.alpha2).map(|(name, _)| name.as_str());
    let name = names.next()?;
    let aliases: Vec<&str> = names.collect();
    let whole = || is_code(country, wanted) || name == wanted || aliases.contains(&wanted);
    if wanted.is_empty() || whole() {
        Some(0)
    } else if name.starts_with(wanted) {
        Some(1)
    } else if name.split([' ', '-', '(']).any(|word| word.starts_with(wanted)) {
        Some(2)
    } else if aliases.iter().any(|alias| alias.starts_with(wanted)) {
        Some(3)
    } else {
        name.contains(wanted).then_some(4)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_holds_exactly_the_codes_of_iso_3166() {
        let ours: BTreeSet<_> = ALL.iter().map(|country| (country.alpha2, country.alpha3)).collect();
        let iso: BTreeSet<_> = rust_iso3166::ALL.iter().map(|code| (code.alpha2, code.alpha3)).collect();
        assert_eq!(ours, iso);
    }

    #[test]
    fn names_are_unique_and_share_a_word_with_the_standard() {
        let names: BTreeSet<_> = ALL.iter().map(|country| fold(country.name)).collect();
        assert_eq!(names.len(), ALL.len());
        for country in &ALL {
            let standard = fold(rust_iso3166::from_alpha2(country.alpha2).unwrap().name);
            let shares = fold(country.name).split([' ', '-']).any(|word| standard.contains(word));
            assert!(shares || ["LA", "VA", "VN"].contains(&country.alpha2), "{} is not {standard}", country.name);
        }
    }

    #[test]
    fn w31_every_country_is_found_by_its_name_and_both_codes() {
        for country in &ALL {
            for text in [country.name, country.alpha2, country.alpha3, &country.name.to_uppercase()] {
                assert_eq!(exact(text), Some(country), "{text}");
                assert_eq!(find(text).first(), Some(&country), "{text}");
            }
        }
    }

    #[test]
    fn w31_every_other_name_leads_to_its_country_and_hides_none() {
        for (code, name) in names::all() {
            let upper = name.to_uppercase();
            for text in [name, &upper, &format!(" {name} ")] {
                assert_eq!(exact(text).map(|country| country.alpha2), Some(code), "{text}");
            }
        }
        for country in &ALL {
            assert_eq!(exact(country.name), Some(country), "a name of another country hides {}", country.name);
        }
    }

    #[test]
    fn the_standards_own_long_names_are_understood() {
        for code in rust_iso3166::ALL {
            assert_eq!(exact(code.name).map(|country| country.alpha2), Some(code.alpha2), "{}", code.name);
        }
        for (text, code) in [
            ("United Kingdom of Great Britain and Northern Ireland", "GB"),
            ("Federal Republic of Germany", "DE"),
            ("Kingdom of Norway", "NO"),
            ("The Republic of the Philippines", "PH"),
            ("Hashemite Kingdom of Jordan", "JO"),
            ("Democratic Republic of the Congo", "CD"),
            ("Republic of the Congo", "CG"),
            ("Republic of China", "TW"),
            ("People\u{2019}s Republic of China", "CN"),
            ("Democratic People's Republic of Korea", "KP"),
            ("Korea", "KR"),
            ("U.A.E.", "AE"),
            ("St Kitts & Nevis", "KN"),
            ("Trinidad & Tobago", "TT"),
            ("OSTERREICH", "AT"),
            ("日本", "JP"),
            ("Norge", "NO"),
        ] {
            assert_eq!(exact(text).map(|country| country.alpha2), Some(code), "{text}");
        }
        for text in ["", " ", "Republic of", "State of Washington", "Gulf of Mexico", "Republic of Atlantis"] {
            assert_eq!(exact(text), None, "{text}");
        }
    }

    #[test]
    fn w31_typing_narrows_the_list() {
        let names = |text| find(text).iter().map(|country| country.name).collect::<Vec<_>>();
        assert_eq!(find("").len(), 249);
        assert_eq!(names("ger").first(), Some(&"Germany"));
        assert_eq!(names("holl"), ["Netherlands"]);
        assert_eq!(names("turkiye"), ["Türkiye"]);
        assert_eq!(names("Tu\u{308}rki"), ["Türkiye"]);
        assert!(names("zealand").contains(&"New Zealand"));
        assert!(names("xyzzy").is_empty());
        assert_eq!(exact("Netherlands (NL)").map(Country::service_form), Some("Netherlands"));
        assert_eq!(exact("Netherlands (DE)"), None);
    }
}
