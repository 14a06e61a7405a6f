//! The return address as the service gets it: blanks tidied, long street lines cut, the country by its plain English name and its code,
//! the phone in plain characters, each e-mail address once.

use super::street;
use crate::azure::model::{ReturnAddress, ServiceName, joined};
use crate::draft::TypedAddress;
use crate::form::{country, emails, phone};

/// The address that goes into the request.
pub fn sent(typed: &TypedAddress, service: ServiceName) -> ReturnAddress {
    let [street1, street2, street3] = street_lines(typed, service);
    let country = country::exact(&typed.country);
    ReturnAddress {
        contact: tidy(&typed.contact),
        company: tidy(&typed.company),
        street1,
        street2,
        street3,
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

/// The street lines: three for Data Box, two for the classic service, which gets the third behind the second.
fn street_lines(typed: &TypedAddress, service: ServiceName) -> [String; 3] {
    let [first, second, third] = [&typed.street1, &typed.street2, &typed.street3].map(|line| tidy(line));
    match service {
        ServiceName::DataBox => street::cut([first, second, third], 3),
        ServiceName::ImportExport => street::cut([first, joined([&second, &third]), String::new()], 2),
    }
}

/// One blank between words and none around them.
pub(in crate::form) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
