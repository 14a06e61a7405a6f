//! The field Country: the list beside it, its check, and the country as the service gets it.

use crate::azure::model::ServiceName;
use crate::form::country::{self, Country};
use crate::form::spec::{CheckContext, Choices};

pub(super) const CHOICES: Choices = Choices { options, complete };

fn options(text: &str, _: &CheckContext) -> Vec<String> {
    country::find(text).into_iter().map(|country| country.service_form().to_owned()).collect()
}

/// The country that the text names, or the only one that matches it.
fn complete(text: &str, _: &CheckContext) -> Option<String> {
    let only = || match country::find(text).as_slice() {
        [only] if !text.is_empty() => Some(*only),
        _ => None,
    };
    country::exact(text).or_else(only).map(|country| country.service_form().to_owned())
}

pub(super) fn check(value: &str) -> Result<(), String> {
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

/// The text in the field for an answer of the draft: the name for a code, e.g. `Belgium` for `BE`.
pub(super) fn shown(answer: &str) -> &str {
    let code = |country: &&Country| country.alpha2 == answer;
    if let Some(country) = country::exact(answer).filter(code) { country.service_form() } else { answer }
}

/// The answer of the draft for the text in the field: the code for a whole name, e.g. `BE` for `Belgium`, otherwise the text as typed.
pub(super) fn kept(text: &str) -> &str {
    country::exact(text).filter(|country| country.service_form() == text).map_or(text, |country| country.alpha2)
}

/// The country as the service takes it: Data Box its code, the classic service its plain English name. The plain name and a text that
/// names no country stay as they are.
pub(super) fn sent(text: &str, service: ServiceName) -> String {
    let form = |country: &'static Country| match service {
        ServiceName::DataBox => country.alpha2,
        ServiceName::ImportExport => country.service_form(),
    };
    country::exact(text).filter(|country| country.service_form() != text).map_or(text, form).to_owned()
}
