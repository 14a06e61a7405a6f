//! The fields of the form Return address.
//!
//! Both services require contact, street, city, postal code, country, phone and e-mail and publish no lengths (Microsoft pages:
//! Import/Export, Jobs - Create, `ReturnAddress`; Data Box, Jobs - Create, `ContactDetails` and `ShippingAddress`). Data Box does not
//! insist on the postal code; labels need it. What carriers expect beyond that is a warning, never an error.

use strum::VariantArray;

use super::{country_field, postal, state, tax, way_back};
use crate::azure::model::{AddressKind, ServiceName};
use crate::draft::AddressAnswers;
use crate::form::country::{self, Country, states};
use crate::form::spec::{CheckContext, Choices, FieldKind, FieldSpec, TEXT};
use crate::form::{FormField, carrier, emails, phone};

/// The fields, in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum AddressField {
    /// Person or office that receives the drives.
    Contact,
    /// Company, apart from the contact.
    Company,
    /// First street line.
    Street1,
    /// Second street line.
    Street2,
    /// Third street line.
    Street3,
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
    /// E-mail addresses.
    Emails,
    /// Home or office.
    Kind,
    /// The receiver's tax number.
    TaxNumber,
    /// Carrier that brings the drives back.
    Carrier,
    /// The customer's account number with the carrier.
    Account,
}

static CONTACT: FieldSpec =
    FieldSpec { label: "Contact name", help: "Who receives the drives, e.g. Ana Example or IT storeroom.", ..TEXT };

static COMPANY: FieldSpec =
    FieldSpec { label: "Company", help: "If the address is a company's, e.g. Contoso Ltd.", required: false, ..TEXT };

static STREET1: FieldSpec = FieldSpec { label: "Street", help: "Street and number, e.g. 12 Harbour Road.", ..TEXT };

static STREET2: FieldSpec = FieldSpec {
    label: "Street, line 2",
    help: "Building, floor or door if needed, e.g. Building C, dock 4.",
    required: false,
    ..TEXT
};

static STREET3: FieldSpec = FieldSpec {
    label: "Street, line 3",
    help: "What does not fit into the lines above, e.g. Gate 2.",
    required: false,
    // The classic service has two lines; a third one is joined to the second.
    shown: |context| is_data_box(context) || !context.value(AddressField::Street3).is_empty(),
    ..TEXT
};

static CITY: FieldSpec = FieldSpec { label: "City", help: "City or town, e.g. Rotterdam.", ..TEXT };

static STATE: FieldSpec = FieldSpec {
    label: "State or province",
    help: "Needed in the US, Canada, Australia, Brazil, Mexico and India, e.g. WA. Leave it empty elsewhere.",
    kind: FieldKind::Pick(Choices {
        options: |text, context| country_of(context).map(|country| state::options(text, country)).unwrap_or_default(),
        complete: |text, context| states::code_of(country_of(context)?.alpha2, text).map(str::to_owned),
    }),
    note: |context| state::note(country_of(context)?, context.value(AddressField::State)),
    required: false,
    ..TEXT
};

static POSTAL_CODE: FieldSpec = FieldSpec {
    label: "Postal code",
    help: "As on a letter, e.g. 3011 AB, 98109 or 98109-1234. In a country without postal codes, e.g. 00000.",
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
    sent: |typed, facts| country_field::sent(typed, facts.service),
    ..TEXT
};

static PHONE: FieldSpec = FieldSpec {
    label: "Phone",
    help: "With the country code, e.g. +31 10 555 0199 ext 12.",
    accepts: phone::accepts,
    pasted: phone::tidy,
    sent: |typed, _| phone::tidy(typed),
    check: |value, _| phone::check(value),
    ..TEXT
};

static EMAILS: FieldSpec = FieldSpec {
    label: "E-mail",
    help: "Where the service sends notices, best a group mailbox, e.g. storage-team@contoso.com. Several with commas between.",
    accepts: emails::accepts,
    pasted: emails::pasted,
    check: |value, _| emails::check(value),
    ..TEXT
};

static KIND: FieldSpec = FieldSpec {
    label: "Address type",
    help: "What carriers want to know, e.g. office for a company; Space changes it.",
    kind: FieldKind::Choice(&KINDS),
    shown: is_data_box,
    ..TEXT
};

static TAX_NUMBER: FieldSpec = FieldSpec {
    label: "Tax number",
    help: "The receiver's, if you have one, e.g. 12.345.678/0001-95; customs ask for it.",
    required: false,
    shown: |context| is_data_box(context) && country_of(context).is_some_and(|country| tax::number(country).is_some()),
    note: |context| country_of(context).and_then(tax::note),
    ..TEXT
};

const KINDS: [&str; 3] = ["not stated", "office", "home"];

static CARRIER: FieldSpec = FieldSpec {
    label: "Return carrier",
    help: "Who brings the drives back, e.g. FedEx; the arrow keys choose from the list.",
    kind: FieldKind::Pick(carrier::CHOICES),
    ..TEXT
};

static ACCOUNT: FieldSpec = FieldSpec {
    label: "Carrier account number",
    help: "Your own account with that carrier, e.g. 510087020; it pays for the return.",
    note: |context| Some(way_back::note(context.facts.origin, country_of(context))),
    accepts: carrier::account_accepts,
    ..TEXT
};

fn is_data_box(context: &CheckContext) -> bool {
    context.facts.service == ServiceName::DataBox
}

fn country_of(context: &CheckContext) -> Option<&'static Country> {
    country::exact(context.value(AddressField::Country))
}

fn codes(text: &str, context: &CheckContext) -> Vec<String> {
    country_of(context).map(|country| postal::options(text, country)).unwrap_or_default()
}

fn kind_word(kind: AddressKind) -> &'static str {
    let [unstated, office, home] = KINDS;
    match kind {
        AddressKind::Unstated => unstated,
        AddressKind::Commercial => office,
        AddressKind::Residential => home,
    }
}

fn kind_of(word: &str) -> AddressKind {
    let all = [AddressKind::Commercial, AddressKind::Residential];
    all.into_iter().find(|kind| kind_word(*kind) == word).unwrap_or_default()
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
            Self::Contact => &CONTACT,
            Self::Company => &COMPANY,
            Self::Street1 => &STREET1,
            Self::Street2 => &STREET2,
            Self::Street3 => &STREET3,
            Self::City => &CITY,
            Self::State => &STATE,
            Self::PostalCode => &POSTAL_CODE,
            Self::Country => &COUNTRY,
            Self::Phone => &PHONE,
            Self::Emails => &EMAILS,
            Self::Kind => &KIND,
            Self::TaxNumber => &TAX_NUMBER,
            Self::Carrier => &CARRIER,
            Self::Account => &ACCOUNT,
        }
    }

    fn read(self, answers: &AddressAnswers) -> &str {
        let (address, shipping) = (&answers.address, &answers.shipping);
        match self {
            Self::Contact => &address.contact,
            Self::Company => &address.company,
            Self::Street1 => &address.street1,
            Self::Street2 => &address.street2,
            Self::Street3 => &address.street3,
            Self::City => &address.city,
            Self::State => &address.state,
            Self::PostalCode => &address.postal_code,
            Self::Country => country_field::shown(&address.country),
            Self::Phone => &address.phone,
            Self::Emails => &address.emails,
            Self::Kind => kind_word(address.kind),
            Self::TaxNumber => &address.tax_number,
            Self::Carrier => &shipping.carrier,
            Self::Account => &shipping.account_number,
        }
    }

    fn write(self, answers: &mut AddressAnswers, value: &str) {
        let (address, shipping) = (&mut answers.address, &mut answers.shipping);
        let answer = match self {
            Self::Kind => {
                address.kind = kind_of(value);
                return;
            }
            Self::Country => {
                country_field::kept(value).clone_into(&mut address.country);
                return;
            }
            Self::Contact => &mut address.contact,
            Self::Company => &mut address.company,
            Self::Street1 => &mut address.street1,
            Self::Street2 => &mut address.street2,
            Self::Street3 => &mut address.street3,
            Self::City => &mut address.city,
            Self::State => &mut address.state,
            Self::PostalCode => &mut address.postal_code,
            Self::Phone => &mut address.phone,
            Self::Emails => &mut address.emails,
            Self::TaxNumber => &mut address.tax_number,
            Self::Carrier => &mut shipping.carrier,
            Self::Account => &mut shipping.account_number,
        };
        value.clone_into(answer);
    }
}
