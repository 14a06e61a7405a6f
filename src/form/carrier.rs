//! Carriers: those of the shipping location, then well-known ones; and the shapes of their account numbers.
//!
//! A location names the carriers it returns drives with (Microsoft page: Locations - List, `supportedCarriers`). The names here only
//! spare typing.

use super::spec::{Choices, FormFacts, only_match};

/// Carriers the documents name for drives on their way to or from a datacenter.
pub const KNOWN: [&str; 6] = ["FedEx", "DHL", "UPS", "TNT", "Blue Dart", "US Postal Service"];

/// The list beside a carrier field.
pub const CHOICES: Choices = Choices {
    options: |text, context| options(text, context.facts),
    complete: |text, context| complete(text, context.facts),
};

/// The carriers that match a text; the location's own come first.
pub fn options(text: &str, facts: &FormFacts) -> Vec<String> {
    let wanted = text.to_lowercase();
    let mut names = facts.carriers.clone();
    for known in KNOWN {
        if !names.iter().any(|name| same(name, known)) {
            names.push(known.to_owned());
        }
    }
    names.retain(|name| name.to_lowercase().contains(&wanted));
    names
}

/// The usual spelling of a carrier, e.g. of `fed ex` or `USPS`, or the only carrier that starts with the text, e.g. with `Fed`.
pub fn complete(text: &str, facts: &FormFacts) -> Option<String> {
    let wanted = if letters_and_digits(text) == "usps" { "US Postal Service" } else { text };
    let named = facts.carriers.iter().map(String::as_str).chain(KNOWN).find(|name| same(name, wanted));
    named.map(str::to_owned).or_else(|| only_match(text, options("", facts).iter().map(String::as_str)))
}

/// Whether two spellings mean the same carrier: case, blanks and punctuation do not count.
pub fn same(one: &str, other: &str) -> bool {
    letters_and_digits(one) == letters_and_digits(other)
}

fn letters_and_digits(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// That the location does not name this carrier, where it names some.
pub fn doubt(carrier: &str, facts: &FormFacts) -> Option<String> {
    let unknown = !carrier.is_empty() && !facts.carriers.is_empty();
    let unnamed = unknown && !facts.carriers.iter().any(|name| same(name, carrier));
    unnamed.then(|| {
        format!("The chosen location returns drives with {}; it may refuse {carrier}.", facts.carriers.join(", "))
    })
}

/// The characters of account numbers.
///
/// # Errors
/// Refuses everything but ASCII letters, digits, blanks and hyphens.
pub fn account_accepts(c: char) -> Result<char, &'static str> {
    let allowed = c.is_ascii_alphanumeric() || matches!(c, ' ' | '-');
    if allowed { Ok(c) } else { Err("An account number takes letters A to Z, digits, blanks and hyphens.") }
}

/// That an account number does not look like the usual ones of its carrier. Only a hint: carriers publish no binding rule.
pub fn account_doubt(carrier: &str, number: &str) -> Option<String> {
    let sign = |c: &char| c.is_ascii_alphanumeric();
    let count = number.chars().filter(sign).count();
    let all_digits = number.chars().filter(sign).all(|c| c.is_ascii_digit());
    let usual = match letters_and_digits(carrier).as_str() {
        "fedex" => (!(all_digits && count == 9)).then_some("FedEx account numbers usually have 9 digits"),
        "dhl" | "dhlexpress" => {
            (!(all_digits && (9..=10).contains(&count))).then_some("DHL account numbers usually have 9 or 10 digits")
        }
        "ups" => (count != 6 && count != 10).then_some("UPS account numbers usually have 6 letters and digits"),
        _ => (!(4..=20).contains(&count)).then_some("Account numbers usually have 4 to 20 letters and digits"),
    };
    usual
        .filter(|_| count > 0)
        .map(|usual| format!("{usual}; this one has {count}. It pays for the return, so check it."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> FormFacts {
        FormFacts { carriers: vec!["Fed Ex".into(), "Parcel Post".into()], ..FormFacts::default() }
    }

    #[test]
    fn the_locations_carriers_come_first_and_none_twice() {
        let all = options("", &facts());
        assert_eq!(all.iter().take(3).map(String::as_str).collect::<Vec<_>>(), ["Fed Ex", "Parcel Post", "DHL"]);
        assert_eq!(options("post", &facts()), ["Parcel Post", "US Postal Service"]);
        assert_eq!(options("dhl", &FormFacts::default()), ["DHL"]);
    }

    #[test]
    fn spellings_settle_on_the_locations_own() {
        assert_eq!(complete("fedex", &facts()).as_deref(), Some("Fed Ex"));
        assert_eq!(complete("usps", &facts()).as_deref(), Some("US Postal Service"));
        assert_eq!(complete("Pigeon", &facts()), None);
        assert_eq!(complete("blue", &facts()).as_deref(), Some("Blue Dart"));
        assert_eq!(complete("Fed", &FormFacts::default()).as_deref(), Some("FedEx"));
        assert_eq!(complete("Post", &facts()), None, "a carrier of that name, not one that has it in the middle");
        assert_eq!(complete("", &facts()), None);
    }

    #[test]
    fn a_carrier_the_location_does_not_name_raises_doubt_only_when_it_names_some() {
        assert!(doubt("UPS", &facts()).is_some_and(|text| text.contains("Parcel Post")));
        assert_eq!(doubt("FEDEX", &facts()), None);
        assert_eq!(doubt("UPS", &FormFacts::default()), None);
    }

    #[test]
    fn account_numbers_that_look_odd_are_named_not_refused() {
        assert_eq!(account_doubt("FedEx", "123-456-789"), None);
        assert!(account_doubt("FedEx", "12345").is_some());
        assert_eq!(account_doubt("UPS", "A1B2C3"), None);
        assert!(account_doubt("Pigeon", "1").is_some());
        assert_eq!(account_doubt("Pigeon", ""), None);
    }
}
