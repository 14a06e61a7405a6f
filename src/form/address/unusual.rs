//! Warnings about a return address and its carrier. The service decides; a warning stops nobody.

use super::AddressField::{
    self, Account, Carrier, City, Company, Contact, Country, Emails, PostalCode, State, Street1, Street2, Street3,
};
use super::{boxes, mailbox, postal};
use crate::form::{FieldWarning, Form, carrier, country, emails};

/// Characters that a line of a carrier's label commonly holds.
const LABEL_LINE: usize = 35;

/// The warnings, by field. Empty and wrong fields have none: they show an error.
pub fn warnings(form: &Form) -> Vec<FieldWarning> {
    let mut found: Vec<_> = [Contact, Company, Street1, Street2, Street3, City]
        .into_iter()
        .filter_map(|field| long_line(form, field))
        .collect();
    found.extend(box_line(form));
    found.extend(place(form));
    found.extend(mailbox::doubt(&emails::list(form.trimmed(Emails))).map(|text| FieldWarning::new(Emails, text)));
    let carrier = form.trimmed(Carrier);
    found.extend(carrier::doubt(carrier, form.facts()).map(|text| FieldWarning::new(Carrier, text)));
    found.extend(carrier::account_doubt(carrier, form.trimmed(Account)).map(|text| FieldWarning::new(Account, text)));
    found
}

fn long_line(form: &Form, field: AddressField) -> Option<FieldWarning> {
    let count = form.trimmed(field).chars().count();
    (count > LABEL_LINE).then(|| {
        let text =
            format!("This line has {count} characters; many carriers print only {LABEL_LINE} of a line on a label.");
        FieldWarning::new(field, text)
    })
}

fn box_line(form: &Form) -> Option<FieldWarning> {
    let text = boxes::doubt(form.trimmed(Street1), form.trimmed(Street2))?;
    let field = if boxes::is_box(form.trimmed(Street1)) { Street1 } else { Street2 };
    Some(FieldWarning::new(field, text))
}

/// A missing state and an odd postal code, by the rules of the country.
fn place(form: &Form) -> Vec<FieldWarning> {
    let Some(known) = country::exact(form.trimmed(Country)) else { return Vec::new() };
    let state = state_example(known.alpha2).filter(|_| form.trimmed(State).is_empty()).map(|example| {
        FieldWarning::new(State, format!("Addresses in {} need a state or province, e.g. {example}.", known.name))
    });
    let code = postal::doubt(known, form.trimmed(PostalCode)).map(|text| FieldWarning::new(PostalCode, text));
    state.into_iter().chain(code).collect()
}

/// A state of a country whose addresses need one.
fn state_example(alpha2: &str) -> Option<&'static str> {
    match alpha2 {
        "AU" => Some("NSW"),
        "CA" => Some("ON"),
        "US" => Some("WA"),
        _ => None,
    }
}
