//! Where drives are shipped: Import/Export locations and the addresses they carry (Microsoft page: Locations - List).

use serde::{Deserialize, Serialize};

use crate::characters::is_bidirectional_mark;

/// A location's name compared the way the service compares it: lower case, no spaces (`West Europe` = `westeurope`).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct LocationName(String);

impl LocationName {
    /// From a display name, a short name, or a location's resource id.
    pub fn new(text: &str) -> Self {
        let last = text.rsplit('/').next().unwrap_or(text);
        Self(last.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect())
    }

    /// The short form, e.g. `westeurope`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for LocationName {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl From<LocationName> for String {
    fn from(name: LocationName) -> Self {
        name.0
    }
}

impl std::fmt::Display for LocationName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address to ship drives to, as the service wrote it; trimmed, never parsed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippingAddress {
    /// The recipient; in some regions a notice that one must ask for the address, see [`Self::notice`].
    pub recipient: String,
    /// First street line.
    pub street1: String,
    /// Second street line.
    pub street2: String,
    /// Third street line.
    #[serde(default)]
    pub street3: String,
    /// City.
    pub city: String,
    /// State or province.
    pub state: String,
    /// Postal code.
    pub postal_code: String,
    /// Country or region.
    pub country: String,
    /// Telephone.
    pub phone: String,
    /// Hints particular to the datacenter.
    pub additional: String,
    /// How to ask for the address where the service does not name it.
    #[serde(default)]
    pub instruction: String,
}

impl ShippingAddress {
    /// The lines of a label, trimmed, inner white space collapsed, empty ones left out. None where the service wrote a notice in place
    /// of an address, so that nobody ships to it: see [`Self::notice`].
    pub fn lines(&self) -> Vec<String> {
        if self.is_complete() { self.written() } else { Vec::new() }
    }

    /// What the service says in place of an address: how to ask for one. `None` for an address, and for one that only lacks its street.
    pub fn notice(&self) -> Option<String> {
        let instruction = tidy(&self.instruction);
        let rest = [&self.street1, &self.city, &self.country];
        let alone = is_word(&self.recipient) && !rest.iter().any(|part| is_word(part));
        let said = if !instruction.is_empty() {
            instruction
        } else if alone || self.names().iter().any(|line| is_notice(line)) {
            self.written().join(" ")
        } else {
            return None;
        };
        Some(said).filter(|_| !self.is_complete())
    }

    /// Whether there is a street, and a country or a city, to ship to. Some regions answer with a notice and blanks instead, some with a
    /// notice in a street line.
    pub fn is_complete(&self) -> bool {
        let has_place = [&self.country, &self.city].iter().any(|part| is_word(part));
        is_word(&self.street1) && has_place && !self.names().iter().any(|line| is_notice(line))
    }

    /// The lines that a notice was seen in.
    fn names(&self) -> [&str; 5] {
        [&self.recipient, &self.street1, &self.street2, &self.street3, &self.city]
    }

    /// All lines as the service wrote them.
    fn written(&self) -> Vec<String> {
        let city = [&self.city, &self.state, &self.postal_code].map(|part| tidy(part));
        let city = city.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
        let [recipient, street1, street2, street3, country, phone] =
            [&self.recipient, &self.street1, &self.street2, &self.street3, &self.country, &self.phone]
                .map(|part| tidy(part));
        let lines = [recipient, street1, street2, street3, city, country, phone];
        lines.into_iter().filter(|line| !line.is_empty()).collect()
    }
}

/// Whether a text says something: no blank, no sign for "none".
fn is_word(text: &str) -> bool {
    let text = tidy(text).to_lowercase();
    text.chars().any(char::is_alphanumeric) && !matches!(text.as_str(), "n/a" | "na" | "none" | "null" | "tbd" | "tba")
}

/// Whether a line tells the reader to do something. No line of a label holds an e-mail address.
fn is_notice(line: &str) -> bool {
    const WORDS: [&str; 12] = [
        "@",
        "inbound id",
        "advance notice",
        "operations desk",
        "please",
        "e-mail",
        "email",
        "contact us",
        "contact microsoft",
        "to be announced",
        "will be provided",
        "before shipping",
    ];
    let line = tidy(line).to_lowercase();
    WORDS.iter().any(|word| line.contains(word))
}

/// Trims, collapses white space and drops what cannot be printed; the service's data holds stray newlines and blanks.
fn tidy(text: &str) -> String {
    let words: Vec<String> =
        text.split_whitespace().map(|word| word.chars().filter(|c| !is_unprintable(*c)).collect()).collect();
    words.iter().filter(|word| !word.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Control characters and bidirectional marks: no part of an address, and harmful where one is pasted.
fn is_unprintable(c: char) -> bool {
    c.is_control() || is_bidirectional_mark(c)
}

/// A place that drives are shipped to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// Normalised name.
    pub name: LocationName,
    /// Display name as listed, e.g. `West Europe`.
    pub title: String,
    /// The address printed for it, which may be unusable; see [`ShippingAddress::is_complete`] and `alternates`.
    pub address: ShippingAddress,
    /// Carriers the location names for the return; may be empty.
    pub carriers: Vec<String>,
    /// Where drives for this location must go; holds the location itself while it is open.
    pub alternates: Vec<LocationName>,
}

impl Location {
    /// Whether drives for this location are shipped to it: it lists itself or no location as alternate.
    pub fn is_open(&self) -> bool {
        self.alternates.is_empty() || self.alternates.contains(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_as_the_service_compares_them() {
        for spelling in
            ["West Europe", "westeurope", "WEST EUROPE", "/providers/Microsoft.ImportExport/locations/westeurope"]
        {
            assert_eq!(LocationName::new(spelling).as_str(), "westeurope");
        }
    }

    #[test]
    fn a_notice_in_place_of_an_address_is_not_an_address() {
        let blank = || String::from(" ");
        let notice = ShippingAddress {
            recipient: "Ask the operations desk for an inbound id".into(),
            street1: blank(),
            city: blank(),
            country: blank(),
            ..ShippingAddress::default()
        };
        assert!(!notice.is_complete());
        assert_eq!(notice.notice().as_deref(), Some("Ask the operations desk for an inbound id"));
    }

    #[test]
    fn w72_a_notice_in_any_line_is_an_instruction_and_never_the_line_of_a_label() {
        let dock = ShippingAddress {
            recipient: "Import/Export".into(),
            street1: "12 Harbour Road".into(),
            city: "Kowloon".into(),
            ..ShippingAddress::default()
        };
        let with = |change: fn(&mut ShippingAddress)| {
            let mut address = dock.clone();
            change(&mut address);
            address
        };
        for notice in [
            with(|address| address.recipient = "Advance notice: ask for an Inbound ID.".into()),
            with(|address| address.street1 = "Mail desk@example.invalid for the address".into()),
            with(|address| address.street2 = "Please write before shipping".into()),
            ShippingAddress { recipient: "Ask Ana.".into(), ..ShippingAddress::default() },
            ShippingAddress { instruction: "Write to the desk.".into(), ..ShippingAddress::default() },
        ] {
            assert!(notice.lines().is_empty() && notice.notice().is_some(), "{notice:?}");
        }
        for bare in [
            with(|address| address.street1 = "N/A".into()),
            with(|address| address.street1 = " - ".into()),
            with(|address| address.city = " ".into()),
        ] {
            assert!(bare.lines().is_empty() && bare.notice().is_none(), "{bare:?}");
        }
        assert_eq!((dock.lines().len(), dock.notice()), (3, None), "Hong Kong is a city without a country here");
        assert_eq!(ShippingAddress::default().notice(), None);
    }

    #[test]
    fn stray_newlines_and_blanks_do_not_reach_the_label() {
        let address = ShippingAddress {
            recipient: "Import/Export".into(),
            street1: "\n  12 Harbour  Road".into(),
            city: "Kowloon ".into(),
            country: "Hong Kong".into(),
            ..ShippingAddress::default()
        };
        assert!(address.is_complete());
        assert_eq!(address.lines(), ["Import/Export", "12 Harbour Road", "Kowloon", "Hong Kong"]);
    }
}
