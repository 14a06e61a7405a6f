//! Countries: found by name, code or everyday alias, and written in the one form the service gets.
//!
//! The service takes any text as a country (Microsoft page: Jobs - Create, `ReturnAddress`); a plain English name is what
//! carriers' labels want.

mod table;

pub use table::ALL;

/// A country or territory of ISO 3166-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// Plain English short name.
    pub name: &'static str,
    /// Two-letter code.
    pub alpha2: &'static str,
    /// Three-letter code.
    pub alpha3: &'static str,
}

impl Country {
    /// The text the service gets: the plain English short name.
    pub fn service_form(&self) -> &'static str {
        self.name
    }
}

/// Other names people use, folded as [`fold`] does, with the two-letter code meant.
const ALIASES: [(&str, &str); 66] = [
    ("america", "US"),
    ("u.s.", "US"),
    ("u.s.a.", "US"),
    ("united states of america", "US"),
    ("uk", "GB"),
    ("u.k.", "GB"),
    ("britain", "GB"),
    ("great britain", "GB"),
    ("england", "GB"),
    ("scotland", "GB"),
    ("wales", "GB"),
    ("northern ireland", "GB"),
    ("holland", "NL"),
    ("nederland", "NL"),
    ("the netherlands", "NL"),
    ("deutschland", "DE"),
    ("osterreich", "AT"),
    ("schweiz", "CH"),
    ("suisse", "CH"),
    ("svizzera", "CH"),
    ("belgie", "BE"),
    ("belgique", "BE"),
    ("espana", "ES"),
    ("italia", "IT"),
    ("danmark", "DK"),
    ("sverige", "SE"),
    ("norge", "NO"),
    ("suomi", "FI"),
    ("polska", "PL"),
    ("magyarorszag", "HU"),
    ("hrvatska", "HR"),
    ("czech republic", "CZ"),
    ("slovak republic", "SK"),
    ("eire", "IE"),
    ("republic of ireland", "IE"),
    ("brasil", "BR"),
    ("turkey", "TR"),
    ("uae", "AE"),
    ("emirates", "AE"),
    ("korea", "KR"),
    ("republic of korea", "KR"),
    ("dprk", "KP"),
    ("russian federation", "RU"),
    ("viet nam", "VN"),
    ("burma", "MM"),
    ("ivory coast", "CI"),
    ("cape verde", "CV"),
    ("swaziland", "SZ"),
    ("macedonia", "MK"),
    ("east timor", "TL"),
    ("macau", "MO"),
    ("hong kong sar", "HK"),
    ("prc", "CN"),
    ("p.r. china", "CN"),
    ("people's republic of china", "CN"),
    ("\u{4e2d}\u{56fd}", "CN"),
    ("\u{65e5}\u{672c}", "JP"),
    ("nippon", "JP"),
    ("\u{53f0}\u{7063}", "TW"),
    ("bharat", "IN"),
    ("holy see", "VA"),
    ("democratic republic of the congo", "CD"),
    ("congo-kinshasa", "CD"),
    ("congo-brazzaville", "CG"),
    ("republic of the congo", "CG"),
    ("brunei darussalam", "BN"),
];

/// The country that is meant by exactly this name, code or alias, in any case and with or without accents.
///
/// Also understands the service's own `Netherlands (NL)`.
pub fn exact(text: &str) -> Option<&'static Country> {
    let wanted = fold(text.trim());
    named(&wanted).or_else(|| {
        let (name, code) = wanted.strip_suffix(')')?.rsplit_once('(')?;
        named(name.trim()).filter(|country| country.alpha2.eq_ignore_ascii_case(code.trim()))
    })
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

fn named(wanted: &str) -> Option<&'static Country> {
    let alias = ALIASES.iter().find(|(alias, _)| *alias == wanted).map(|(_, code)| *code);
    ALL.iter().find(|country| is_code(country, wanted) || fold(country.name) == wanted || alias == Some(country.alpha2))
}

fn is_code(country: &Country, wanted: &str) -> bool {
    country.alpha2.eq_ignore_ascii_case(wanted) || country.alpha3.eq_ignore_ascii_case(wanted)
}

fn rank(country: &Country, wanted: &str) -> Option<u8> {
    let name = fold(country.name);
    let aliases = || ALIASES.iter().filter(|(_, code)| *code == country.alpha2).map(|(alias, _)| *alias);
    let whole = || is_code(country, wanted) || name == wanted || aliases().any(|alias| alias == wanted);
    if wanted.is_empty() || whole() {
        Some(0)
    } else if name.starts_with(wanted) {
        Some(1)
    } else if name.split([' ', '-', '(']).any(|word| word.starts_with(wanted)) {
        Some(2)
    } else if aliases().any(|alias| alias.starts_with(wanted)) {
        Some(3)
    } else {
        name.contains(wanted).then_some(4)
    }
}

/// Lower case without the accents that occur in country names, so that `Turkiye` finds `Türkiye`. A combining accent
/// (as some keyboards and clipboards send it) counts like the composed letter.
fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(|c| match c {
            'å' | 'á' | 'à' | 'ã' | 'ä' | 'â' => 'a',
            'ç' => 'c',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'î' | 'ï' => 'i',
            'ñ' => 'n',
            'ó' | 'ô' | 'ö' | 'ø' => 'o',
            'ú' | 'ü' => 'u',
            '\u{2019}' => '\'',
            other => other,
        })
        .collect()
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
    fn w31_every_alias_leads_to_a_country_and_hides_none() {
        for (alias, code) in ALIASES {
            assert_eq!(fold(alias), alias);
            assert_eq!(exact(alias).map(|country| country.alpha2), Some(code), "{alias}");
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
