//! Postal codes: what they look like in each country, and what to write where a country has none. Warnings, never errors.

use crate::form::country::Country;

/// The entries of the list beside the field: in a country without postal codes, the stand-ins that start with the text.
pub(super) fn options(text: &str, country: &Country) -> Vec<String> {
    stand_ins(country).into_iter().filter(|code| code.starts_with(text)).collect()
}

pub(super) fn accepts(c: char) -> Result<char, &'static str> {
    let allowed = c.is_alphanumeric() || matches!(c, ' ' | '-');
    if allowed { Ok(c) } else { Err("A postal code takes letters, digits, blanks and hyphens.") }
}

/// That a code does not look like the codes of its country. `None` for an empty code, and in a country without codes.
pub(super) fn doubt(country: &Country, code: &str) -> Option<String> {
    let form = country.form();
    let unusual = !code.is_empty() && form.has_codes() && !form.fits(code);
    unusual.then(|| format!("Postal codes in {} usually look like {}; check this one.", country.name, form.example))
}

/// What people write for a code in a country without codes, best first. Empty where the country has codes.
pub(super) fn stand_ins(country: &Country) -> Vec<String> {
    const ZEROS: &str = "00000";
    let form = country.form();
    if form.has_codes() {
        return Vec::new();
    }
    let own = Some(form.example).filter(|own| *own != ZEROS);
    [ZEROS].into_iter().chain(own).map(str::to_owned).collect()
}

/// The advice for an empty code in this country.
pub(super) fn missing(country: &Country) -> String {
    let usual = stand_ins(country).join(" or ");
    if usual.is_empty() {
        return format!("As on a letter, in {} e.g. {}.", country.name, country.form().example);
    }
    format!(
        "{} has none, but the service requires something; usual there is {usual}. Down and Enter fill it in.",
        country.name
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::country;

    #[test]
    fn every_example_has_the_shape_it_is_an_example_of() {
        for country in &country::ALL {
            for example in country.form().example.split(" or ") {
                assert_eq!(doubt(country, example), None, "{} {example}", country.name);
            }
            assert_eq!(doubt(country, "1").is_some(), country.form().has_codes());
            assert_eq!(doubt(country, ""), None);
            assert_eq!(stand_ins(country).is_empty(), country.form().has_codes());
        }
    }

    #[test]
    fn a_country_without_codes_says_what_is_usual() {
        let hong_kong = country::exact("Hong Kong").unwrap();
        assert_eq!(stand_ins(hong_kong), ["00000", "999077"]);
        let text = missing(hong_kong);
        assert!(text.contains("requires something") && text.contains("00000 or 999077"), "{text}");
        assert!(missing(country::exact("Norway").unwrap()).contains("in Norway e.g. 0150"));
    }
}
