//! State or province: the list of codes beside the field, and doubts about a text that is none of them. Warnings, never errors.
//!
//! Neither service publishes which countries it wants one for. These are the countries whose addresses name a part by its code.

use crate::form::country::{Country, fold, states};

/// The codes of the parts that have a name beginning with the text.
pub(super) fn options(text: &str, country: &Country) -> Vec<String> {
    let wanted = fold(text);
    let fits = |part: &Vec<&str>| part.iter().any(|name| fold(name).starts_with(&wanted));
    let codes = states::coded(country.alpha2).filter(fits).filter_map(|part| part.first().copied());
    codes.map(str::to_owned).collect()
}

/// Which part a code means, e.g. `WA is Washington.`
pub(super) fn note(country: &Country, text: &str) -> Option<String> {
    let part = states::coded(country.alpha2).find(|part| part.first() == Some(&text))?;
    let name = part.into_iter().skip(1).find(|name| name.contains(char::is_lowercase))?;
    Some(format!("{text} is {name}."))
}

/// That a part is missing where addresses need one, or is none of the country.
pub(super) fn doubt(country: &Country, text: &str) -> Option<String> {
    let codes: Vec<&str> = states::coded(country.alpha2).filter_map(|part| part.first().copied()).collect();
    let example = match country.alpha2 {
        "AU" => "NSW",
        "CA" => "ON",
        "US" => "WA",
        _ => codes.first()?,
    };
    if text.is_empty() {
        let needs = states::coded(country.alpha2).all(|part| part.first() != Some(&country.alpha2));
        return needs.then(|| format!("Addresses in {} need a state or province, e.g. {example}.", country.name));
    }
    if states::is_part(country.alpha2, text) {
        return None;
    }
    Some(format!("{} has no state or province \"{text}\" that is known here; {}.", country.name, known(&codes, text)))
}

/// The codes there are: all of a few, else those that begin with the same letter.
fn known(codes: &[&str], text: &str) -> String {
    const FEW: usize = 15;
    let first = fold(text).chars().next().map(|c| c.to_ascii_uppercase());
    let same: Vec<&str> = codes.iter().copied().filter(|code| code.chars().next() == first).collect();
    if codes.len() <= FEW || same.is_empty() {
        return format!("its codes are {}", codes.join(", "));
    }
    format!("its codes with {} are {}", first.unwrap_or_default(), same.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::country;

    #[test]
    fn a_part_of_another_country_and_a_mistyped_one_are_doubted_with_the_codes() {
        let says = |code: &str, text: &str| doubt(country::exact(code).unwrap(), text);
        assert_eq!(
            says("US", "Washingtn").as_deref(),
            Some(
                "United States has no state or province \"Washingtn\" that is known here; its codes with W are WA, WV, WI, WY."
            )
        );
        assert!(says("CA", "WA").is_some_and(|text| text.contains("AB, BC, MB")));
        assert!(says("BR", "").is_some_and(|text| text.contains("need a state")));
        for (code, text) in [("US", "WA"), ("US", "washington"), ("CA", "Québec"), ("NL", "ZH"), ("NL", ""), ("PR", "")]
        {
            assert_eq!(says(code, text), None, "{code} {text}");
        }
    }
}
