//! Warnings about a return address and its carrier. The service decides; a warning stops nobody.

use super::AddressField::{
    self, Account, Carrier, City, Company, Contact, Country, Emails, PostalCode, State, Street1, Street2, Street3,
};
use super::street::{self, LABEL_LINE};
use super::{boxes, mailbox, postal, state, tidy};
use crate::azure::model::{ServiceName, joined};
use crate::form::{FieldWarning, Form, carrier, country, emails};

/// The warnings, by field. Empty and wrong fields have none: they show an error.
pub fn warnings(form: &Form) -> Vec<FieldWarning> {
    let mut found: Vec<_> = [Contact, Company, Street1, Street2, Street3, City]
        .into_iter()
        .filter_map(|field| long_line(form, field))
        .collect();
    found.extend(long_recipient(form));
    found.extend(box_line(form));
    found.extend(place(form));
    found.extend(mailbox::doubt(&emails::list(form.trimmed(Emails))).map(|text| FieldWarning::new(Emails, text)));
    let carrier = form.trimmed(Carrier);
    found.extend(carrier::doubt(carrier, form.facts()).map(|text| FieldWarning::new(Carrier, text)));
    found.extend(carrier::account_doubt(carrier, form.trimmed(Account)).map(|text| FieldWarning::new(Account, text)));
    found
}

/// A line too long for a label. The street lines are cut where that helps.
fn long_line(form: &Form, field: AddressField) -> Option<FieldWarning> {
    let count = form.trimmed(field).chars().count();
    if count <= LABEL_LINE {
        return None;
    }
    let text = if matches!(field, Street1 | Street2 | Street3) && cut_helps(form) {
        format!(
            "This line has {count} characters, a label {LABEL_LINE}: it is cut between words, as shown at the end of the form."
        )
    } else {
        format!("This line has {count} characters; many carriers print only {LABEL_LINE} of a line on a label.")
    };
    Some(FieldWarning::new(field, text))
}

/// Whether the street lines of the service hold them all.
fn cut_helps(form: &Form) -> bool {
    let [first, second, third] = [Street1, Street2, Street3].map(|field| tidy(form.trimmed(field)));
    let lines = match form.facts().service {
        ServiceName::DataBox => street::cut([first, second, third], 3),
        ServiceName::ImportExport => street::cut([first, joined([&second, &third]), String::new()], 2),
    };
    lines.iter().all(|line| line.chars().count() <= LABEL_LINE)
}

/// The classic service has one line for company and contact.
fn long_recipient(form: &Form) -> Option<FieldWarning> {
    let (company, contact) = (tidy(form.trimmed(Company)), tidy(form.trimmed(Contact)));
    let count = joined([&company, &contact]).chars().count();
    let one_line = form.facts().service == ServiceName::ImportExport && !company.is_empty();
    let each_fits = [&company, &contact].iter().all(|line| line.chars().count() <= LABEL_LINE);
    (one_line && each_fits && count > LABEL_LINE).then(|| {
        let text = format!(
            "Company and contact go on one line of {count} characters; many carriers print only {LABEL_LINE} of a line."
        );
        FieldWarning::new(Company, text)
    })
}

fn box_line(form: &Form) -> Option<FieldWarning> {
    let text = boxes::doubt(form.trimmed(Street1), form.trimmed(Street2))?;
    let field = if boxes::is_box(form.trimmed(Street1)) { Street1 } else { Street2 };
    Some(FieldWarning::new(field, text))
}

/// A missing or odd state and an odd postal code, by the rules of the country.
fn place(form: &Form) -> Vec<FieldWarning> {
    let Some(known) = country::exact(form.trimmed(Country)) else { return Vec::new() };
    let state = state::doubt(known, form.trimmed(State)).map(|text| FieldWarning::new(State, text));
    let code = postal::doubt(known, form.trimmed(PostalCode)).map(|text| FieldWarning::new(PostalCode, text));
    state.into_iter().chain(code).collect()
}
