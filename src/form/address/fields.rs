//! The fields of the form Return address.
//!
//! The service requires recipient, street, city, postal code, country, phone and e-mail and publishes no lengths (Microsoft page:
//! Jobs - Create, `ReturnAddress`, `ReturnShipping`). What carriers expect beyond that is a warning, never an error.

use strum::VariantArray;

use super::{country_field, postal};
use crate::draft::AddressAnswers;
use crate::form::country::{self, Country};
use crate::form::spec::{CheckContext, Choices, FieldKind, FieldSpec, TEXT};
use crate::form::{FormField, carrier, email, phone};

/// The fields, in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum AddressField {
    /// Person or company that receives the drives.
    Recipient,
    /// First street line.
    Street1,
    /// Second street line.
    Street2,
    /// City.
    City,
    /// State or province.
    State,
    /// Postal code.
    PostalCode,
    /// Country.
    Country,
    /// Phone number.
    Phone,
    /// E-mail address.
    Email,
    /// Carrier that brings the drives back.
    Carrier,
    /// The customer's account number with the carrier.
    Account,
}

static RECIPIENT: FieldSpec =
    FieldSpec { label: "Recipient", help: "Who receives the drives, e.g. Contoso Ltd, IT storeroom.", ..TEXT };

static STREET1: FieldSpec = FieldSpec { label: "Street", help: "Street and number, e.g. 12 Harbour Road.", ..TEXT };

static STREET2: FieldSpec = FieldSpec {
    label: "Street, line 2",
    help: "Building, floor or door if needed, e.g. Building C, dock 4.",
    required: false,
    ..TEXT
};

static CITY: FieldSpec = FieldSpec { label: "City", help: "City or town, e.g. Rotterdam.", ..TEXT };

static STATE: FieldSpec = FieldSpec {
    label: "State or province",
    help: "Needed in the US, Canada and Australia, e.g. WA. Leave it empty elsewhere.",
    required: false,
    ..TEXT
};

static POSTAL_CODE: FieldSpec = FieldSpec {
    label: "Postal code",
    help: "As on a letter, e.g. 3011 AB or 98109. In a country without postal codes, e.g. 00000.",
    kind: FieldKind::Pick(Choices { options: codes, complete: |_, _| None }),
    accepts: postal::accepts,
    missing: |context| country_of(context).map(postal::missing),
    ..TEXT
};

static COUNTRY: FieldSpec = FieldSpec {
    label: "Country",
    help: "Type a name or a code, e.g. Netherlands or NL; the arrow keys choose from the list.",
    kind: FieldKind::Pick(country_field::CHOICES),
    check: |value, _| country_field::check(value),
    sent: country_field::sent,
    ..TEXT
};

static PHONE: FieldSpec = FieldSpec {
    label: "Phone",
    help: "With the country code, e.g. +31 10 555 0199 ext 12.",
    accepts: phone::accepts,
    pasted: phone::tidy,
    sent: phone::tidy,
    check: |value, _| phone::check(value),
    ..TEXT
};

static EMAIL: FieldSpec = FieldSpec {
    label: "E-mail",
    help: "Best a group mailbox, e.g. storage-team@contoso.com: the service sends notices about the job there.",
    accepts: email::accepts,
    pasted: |text| email::email(text).unwrap_or_else(|| text.to_owned()),
    check: |value, _| email::check(value),
    ..TEXT
};

static CARRIER: FieldSpec = FieldSpec {
    label: "Return carrier",
    help: "Who brings the drives back, e.g. FedEx; the arrow keys choose from the list.",
    kind: FieldKind::Pick(carrier::CHOICES),
    ..TEXT
};

static ACCOUNT: FieldSpec = FieldSpec {
    label: "Carrier account number",
    help: "Your own account with that carrier, e.g. 510087020; it pays for the return.",
    accepts: carrier::account_accepts,
    ..TEXT
};

fn country_of(context: &CheckContext) -> Option<&'static Country> {
    country::exact(context.value(AddressField::Country))
}

fn codes(text: &str, context: &CheckContext) -> Vec<String> {
    country_of(context).map(|country| postal::options(text, country)).unwrap_or_default()
}

impl From<AddressField> for usize {
    fn from(field: AddressField) -> Self {
        field as Self
    }
}

impl FormField for AddressField {
    type Answers = AddressAnswers;

    fn spec(self) -> &'static FieldSpec {
        match self {
            Self::Recipient => &RECIPIENT,
            Self::Street1 => &STREET1,
            Self::Street2 => &STREET2,
            Self::City => &CITY,
            Self::State => &STATE,
            Self::PostalCode => &POSTAL_CODE,
            Self::Country => &COUNTRY,
            Self::Phone => &PHONE,
            Self::Email => &EMAIL,
            Self::Carrier => &CARRIER,
            Self::Account => &ACCOUNT,
        }
    }

    fn read(self, answers: &AddressAnswers) -> &str {
        let (address, shipping) = (&answers.address, &answers.shipping);
        match self {
            Self::Recipient => &address.recipient,
            Self::Street1 => &address.street1,
            Self::Street2 => &address.street2,
            Self::City => &address.city,
            Self::State => &address.state,
            Self::PostalCode => &address.postal_code,
            Self::Country => &address.country,
            Self::Phone => &address.phone,
            Self::Email => &address.email,
            Self::Carrier => &shipping.carrier,
            Self::Account => &shipping.account_number,
        }
    }

    fn write(self, answers: &mut AddressAnswers, value: &str) {
        let (address, shipping) = (&mut answers.address, &mut answers.shipping);
        let answer = match self {
            Self::Recipient => &mut address.recipient,
            Self::Street1 => &mut address.street1,
            Self::Street2 => &mut address.street2,
            Self::City => &mut address.city,
            Self::State => &mut address.state,
            Self::PostalCode => &mut address.postal_code,
            Self::Country => &mut address.country,
            Self::Phone => &mut address.phone,
            Self::Email => &mut address.email,
            Self::Carrier => &mut shipping.carrier,
            Self::Account => &mut shipping.account_number,
        };
        value.clone_into(answer);
    }
}
