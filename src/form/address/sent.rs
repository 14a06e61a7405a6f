//! The return address as the service gets it: blanks tidied, the country by its plain English name and its code, the phone in plain
//! characters, each e-mail address once.

use crate::azure::model::ReturnAddress;
use crate::draft::TypedAddress;
use crate::form::{country, emails, phone};

/// The address that goes into the request.
pub fn sent(typed: &TypedAddress) -> ReturnAddress {
    let country = country::exact(&typed.country);
    ReturnAddress {
        contact: tidy(&typed.contact),
        company: tidy(&typed.company),
        street1: tidy(&typed.street1),
        street2: tidy(&typed.street2),
        street3: tidy(&typed.street3),
        city: tidy(&typed.city),
        state: tidy(&typed.state),
        postal_code: tidy(&typed.postal_code),
        country: country.map_or_else(|| tidy(&typed.country), |country| country.service_form().to_owned()),
        country_code: country.map(|country| country.alpha2.to_owned()).unwrap_or_default(),
        phone: phone::tidy(&typed.phone),
        emails: emails::list(&typed.emails),
        kind: typed.kind,
        tax_number: tidy(&typed.tax_number),
    }
}

/// One blank between words and none around them.
pub(in crate::form) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
