//! The proposal: pasted lines, or the address of an earlier draft, by field.

use strum::VariantArray as _;

use super::country_line::{self, city_state};
use super::{contact, east, locality, receiver};
use crate::draft::AddressAnswers;
use crate::form::address::AddressField::{
    self, City, Company, Contact, Country, Emails, Phone, PostalCode, State, Street1, Street2, Street3,
};
use crate::form::address::tidy;
use crate::form::{Form, FormField as _, field};

/// A value for each field that the text has one for. It fills the form only after a yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The fields and their values, in the order of the form.
    pub values: Vec<(AddressField, String)>,
    /// Lines that have no field, such as a fax number.
    pub left: Vec<String>,
}

impl Proposal {
    /// The value for a field.
    pub fn value(&self, field: AddressField) -> Option<&str> {
        self.values.iter().find(|(own, _)| *own == field).map(|(_, value)| value.as_str())
    }

    /// Fills the values in, one undo step each. Call it only after the yes.
    pub fn apply(&self, form: &mut Form) {
        form.fill(self.values.iter().map(|(field, value)| ((*field).into(), value.as_str())));
    }

    /// Fields whose present value would be replaced by another one.
    pub fn replaces(&self, form: &Form) -> Vec<AddressField> {
        let lost = |(field, value): &&(AddressField, String)| {
            !form.trimmed(*field).is_empty() && form.trimmed(*field) != value
        };
        self.values.iter().filter(lost).map(|(field, _)| *field).collect()
    }
}

/// Reads two or more pasted lines as an address; `None` for a single line, which is ordinary text.
///
/// Every word of the text is in a value or in `left`, except words such as `Tel:` that only name the line.
pub fn propose(text: &str) -> Option<Proposal> {
    let mut lines: Vec<String> = text
        .split(['\n', '\r', '\u{2028}'])
        .map(|line| field::clean(line).trim().trim_end_matches(',').to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    if lines.len() < 2 {
        return None;
    }
    let mut country = country_line::take(&mut lines);
    let contacts = contact::take(&mut lines, country);
    let (place, receiver, streets) = if let Some(reading) = east::read(&lines, country) {
        (reading.place, reading.receiver, reading.streets)
    } else {
        let place = locality::take(&mut lines, country);
        let receiver = receiver::take(&mut lines);
        (place, receiver, lines)
    };
    country = country.or(place.country).or_else(|| city_state(&place.city));
    let mut city = place.city;
    if let Some(whole) = country.filter(|country| city.is_empty() && city_state(country.name).is_some()) {
        whole.name.clone_into(&mut city);
    }
    let mut streets = streets.into_iter();
    let name = country.map(|country| country.service_form().to_owned());
    let values = [
        (Contact, Some(receiver.contact)),
        (Company, Some(receiver.company)),
        (Street1, streets.next()),
        (Street2, streets.next()),
        (Street3, Some(streets.collect::<Vec<_>>().join(", "))),
        (City, Some(city)),
        (State, Some(place.state)),
        (PostalCode, Some(place.postal_code)),
        (Country, name),
        (Phone, contacts.phone),
        (Emails, Some(contacts.emails.join(", "))),
    ];
    let values =
        values.into_iter().filter_map(|(field, value)| Some((field, value.filter(|value| !value.is_empty())?)));
    Some(Proposal { values: values.collect(), left: contacts.left })
}

/// The address of an earlier draft as a proposal: the form offers it and never fills it in by itself.
pub fn from_earlier(answers: &AddressAnswers) -> Proposal {
    let value = |field: &AddressField| (field.spec().pasted)(&tidy(field.read(answers)));
    let values = AddressField::VARIANTS.iter().map(|field| (*field, value(field))).collect();
    Proposal { values, left: Vec::new() }
}
