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
    /// The recipient; in some regions a notice that one must ask for the address.
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
    /// The lines of a label, trimmed, inner white space collapsed, empty ones left out.
    pub fn lines(&self) -> Vec<String> {
        let city = [&self.city, &self.state, &self.postal_code].map(|part| tidy(part));
        let city = city.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
        let [recipient, street1, street2, street3, country, phone, instruction] = [
            &self.recipient,
            &self.street1,
            &self.street2,
            &self.street3,
            &self.country,
            &self.phone,
            &self.instruction,
        ]
        .map(|part| tidy(part));
        let lines = [recipient, street1, street2, street3, city, country, phone, instruction];
        lines.into_iter().filter(|line| !line.is_empty()).collect()
    }

    /// Whether there is a street and a country to ship to. Some regions answer with a notice and blanks instead.
    pub fn is_complete(&self) -> bool {
        !tidy(&self.street1).is_empty() && !tidy(&self.country).is_empty()
    }
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
        assert_eq!(notice.lines(), ["Ask the operations desk for an inbound id"]);
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
