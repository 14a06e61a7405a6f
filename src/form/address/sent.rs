//! The return address as the service gets it: blanks tidied, the country by its plain English name, the phone in plain characters.

use super::country_field;
use crate::azure::model::ReturnAddress;
use crate::draft::TypedAddress;
use crate::form::phone;

/// The address that goes into the request.
pub fn sent(typed: &TypedAddress) -> ReturnAddress {
    ReturnAddress {
        contact: tidy(&typed.recipient),
        street1: tidy(&typed.street1),
        street2: tidy(&typed.street2),
        city: tidy(&typed.city),
        state: tidy(&typed.state),
        postal_code: tidy(&typed.postal_code),
        country: tidy(&country_field::sent(&typed.country)),
        phone: phone::tidy(&typed.phone),
        emails: vec![tidy(&typed.email)],
        ..ReturnAddress::default()
    }
}

/// One blank between words and none around them.
pub(in crate::form) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
