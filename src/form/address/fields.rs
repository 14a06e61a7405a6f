//! The return address and return carrier: fields, rules, warnings, and the way to and from the draft.
//!
//! The service requires recipient, street, city, postal code, country, phone and e-mail and publishes no lengths (Microsoft page:
//! Jobs - Create, `ReturnAddress`, `ReturnShipping`). What carriers expect beyond that is a warning, never an error.

pub(super) mod boxes;
pub(super) mod postal;
mod sent;

pub use sent::sent;

use super::spec::{CheckContext, Choices, FieldKind, FieldSpec, FormFacts, TEXT};
use super::{FieldWarning, Form, carrier, country, email, phone};
use crate::azure::model::{ReturnAddress, ReturnShipping};
use crate::draft::{AddressAnswers, TypedAddress};

/// Index of the recipient.
pub const RECIPIENT: usize = 0;
/// Index of the first street line.
pub const STREET1: usize = 1;
/// Index of the second street line.
pub const STREET2: usize = 2;
/// Index of the city.
pub const CITY: usize = 3;
/// Index of the state or province.
pub const STATE: usize = 4;
/// Index of the postal code.
pub const POSTAL_CODE: usize = 5;
/// Index of the country.
pub const COUNTRY: usize = 6;
/// Index of the phone number.
pub const PHONE: usize = 7;
/// Index of the e-mail address.
pub const EMAIL: usize = 8;
/// Index of the return carrier.
pub const CARRIER: usize = 9;
/// Index of the carrier account number.
pub const ACCOUNT: usize = 10;

/// Characters a line of a carrier's label commonly holds.
const LABEL_LINE: usize = 35;

/// The fields, in the order of the constants above.
pub static SPECS: [FieldSpec; 11] = [
    FieldSpec { label: "Recipient", help: "Who receives the drives, e.g. Contoso Ltd, IT storeroom.", ..TEXT },
    FieldSpec { label: "Street", help: "Street and number, e.g. 12 Harbour Road.", ..TEXT },
    FieldSpec {
        label: "Street, line 2",
        help: "Building, floor or door if needed, e.g. Building C, dock 4.",
        required: false,
        ..TEXT
    },
    FieldSpec { label: "City", help: "City or town, e.g. Rotterdam.", ..TEXT },
    FieldSpec {
        label: "State or province",
        help: "Needed in the US, Canada and Australia, e.g. WA. Leave it empty elsewhere.",
        required: false,
        ..TEXT
    },
    FieldSpec {
        label: "Postal code",
        help: "As on a letter, e.g. 3011 AB or 98109. In a country without postal codes, e.g. 00000.",
        kind: FieldKind::Pick(Choices { options: stand_ins, settle: |_, _| None }),
        takes: postal::takes,
        missing: |around| country::exact(around.value(COUNTRY)).map(postal::missing),
        ..TEXT
    },
    FieldSpec {
        label: "Country",
        help: "Type a name or a code, e.g. Netherlands or NL; the arrow keys choose from the list.",
        kind: FieldKind::Pick(Choices { options: countries, settle: settle_country }),
        check: check_country,
        sent: sent::country,
        ..TEXT
    },
    FieldSpec {
        label: "Phone",
        help: "With the country code, e.g. +31 10 555 0199 ext 12.",
        takes: phone::takes,
        pasted: phone::tidy,
        sent: phone::tidy,
        check: |value, _| phone::check(value),
        ..TEXT
    },
    FieldSpec {
        label: "E-mail",
        help: "Best a group mailbox, e.g. storage-team@contoso.com: notices about the job go there.",
        takes: email::takes,
        pasted: |text| email::email(text).unwrap_or_else(|| text.to_owned()),
        check: |value, _| email::check(value),
        ..TEXT
    },
    FieldSpec {
        label: "Return carrier",
        help: "Who brings the drives back, e.g. FedEx; the arrow keys choose from the list.",
        kind: FieldKind::Pick(carrier::PICK),
        ..TEXT
    },
    FieldSpec {
        label: "Carrier account number",
        help: "Your own account with that carrier, e.g. 510087020; the way back is billed to it.",
        takes: carrier::account_takes,
        ..TEXT
    },
];

/// The form with what was typed before.
pub fn form(answers: &AddressAnswers, focus: usize, facts: FormFacts) -> Form {
    let (a, s) = (&answers.address, &answers.shipping);
    let values: [&str; 11] = [
        &a.recipient,
        &a.street1,
        &a.street2,
        &a.city,
        &a.state,
        &a.postal_code,
        &a.country,
        &a.phone,
        &a.email,
        &s.carrier,
        &s.account_number,
    ];
    Form::new(&SPECS, &values, focus).with_facts(facts)
}

/// Writes the form into the draft's answers as typed, right or wrong.
pub fn write(form: &Form, answers: &mut AddressAnswers) {
    let raw = |index| form.value(index).to_owned();
    answers.address = address_of(raw);
    answers.shipping = ReturnShipping { carrier: raw(CARRIER), account_number: raw(ACCOUNT) };
}

/// The address as the service gets it.
pub fn return_address(form: &Form) -> ReturnAddress {
    sent(&address_of(|index| form.value(index).to_owned()))
}

/// The return carrier and account as the service gets them: trimmed.
pub fn return_shipping(form: &Form) -> ReturnShipping {
    ReturnShipping { carrier: form.trimmed(CARRIER).to_owned(), account_number: form.trimmed(ACCOUNT).to_owned() }
}

fn address_of(value: impl Fn(usize) -> String) -> TypedAddress {
    TypedAddress {
        recipient: value(RECIPIENT),
        street1: value(STREET1),
        street2: value(STREET2),
        city: value(CITY),
        state: value(STATE),
        postal_code: value(POSTAL_CODE),
        country: value(COUNTRY),
        phone: value(PHONE),
        email: value(EMAIL),
    }
}

/// What is unusual about the answers, by field. Empty and wrong fields are not mentioned; their errors are.
pub fn warnings(form: &Form) -> Vec<FieldWarning> {
    let mut found = Vec::new();
    for index in [RECIPIENT, STREET1, STREET2, CITY] {
        let count = form.trimmed(index).chars().count();
        if count > LABEL_LINE {
            let text = format!(
                "This line has {count} characters; many carriers print only {LABEL_LINE} of a line on a label."
            );
            found.push(FieldWarning::new(index, text));
        }
    }
    found.extend(
        boxes::doubt(form.trimmed(STREET1), form.trimmed(STREET2))
            .map(|text| FieldWarning::new(if boxes::is_box(form.trimmed(STREET1)) { STREET1 } else { STREET2 }, text)),
    );
    if let Some(known) = country::exact(form.trimmed(COUNTRY)) {
        if matches!(known.alpha2, "US" | "CA" | "AU") && form.trimmed(STATE).is_empty() {
            let text =
                format!("Addresses in {} need a state or province, e.g. {}.", known.name, state_example(known.alpha2));
            found.push(FieldWarning::new(STATE, text));
        }
        found.extend(postal::doubt(known, form.trimmed(POSTAL_CODE)).map(|text| FieldWarning::new(POSTAL_CODE, text)));
    }
    found.extend(personal(form.trimmed(EMAIL)).map(|text| FieldWarning::new(EMAIL, text)));
    let carrier = form.trimmed(CARRIER);
    found.extend(carrier::doubt(carrier, form.facts()).map(|text| FieldWarning::new(CARRIER, text)));
    found.extend(carrier::account_doubt(carrier, form.trimmed(ACCOUNT)).map(|text| FieldWarning::new(ACCOUNT, text)));
    found
}

fn state_example(alpha2: &str) -> &'static str {
    match alpha2 {
        "CA" => "ON",
        "AU" => "NSW",
        _ => "WA",
    }
}

fn stand_ins(text: &str, around: &CheckContext) -> Vec<String> {
    let usual = country::exact(around.value(COUNTRY)).map(postal::stand_ins).unwrap_or_default();
    usual.into_iter().filter(|code| code.starts_with(text)).collect()
}

fn countries(text: &str, _: &CheckContext) -> Vec<String> {
    country::find(text).into_iter().map(|country| country.service_form().to_owned()).collect()
}

/// The country named, or the only one that fits what was typed.
fn settle_country(text: &str, _: &CheckContext) -> Option<String> {
    let only = || match country::find(text).as_slice() {
        [only] if !text.is_empty() => Some(*only),
        _ => None,
    };
    country::exact(text).or_else(only).map(|country| country.service_form().to_owned())
}

fn check_country(value: &str, _: &CheckContext) -> Result<(), String> {
    if country::exact(value).is_some() {
        return Ok(());
    }
    Err(match country::find(value).first() {
        Some(near) => {
            format!("\"{value}\" is not the whole name of a country; is {} ({}) meant?", near.name, near.alpha2)
        }
        None => format!("No country is called \"{value}\"; type its English name or its code, e.g. Netherlands or NL."),
    })
}

/// Why a mailbox looks like one person's: a mail provider for private persons, or `first.last`.
fn personal(email: &str) -> Option<String> {
    const PRIVATE: [&str; 12] = [
        "gmail.",
        "googlemail.",
        "outlook.",
        "hotmail.",
        "live.",
        "yahoo.",
        "icloud.",
        "me.com",
        "gmx.",
        "web.de",
        "proton.",
        "aol.",
    ];
    let (name, domain) = email.split_once('@')?;
    let domain = domain.to_lowercase();
    let letters = |part: &str| part.chars().count() > 1 && part.chars().all(char::is_alphabetic);
    let named = name.split_once('.').is_some_and(|(first, last)| letters(first) && letters(last));
    (named || PRIVATE.iter().any(|private| domain.starts_with(private))).then(|| {
        "This looks like one person's mailbox. The job takes weeks and notices go only here; a group mailbox is safer.".to_owned()
    })
}

#[cfg(test)]
mod tests;
