//! The field Country: the list beside it, its check, and the country as the service gets it.

use crate::form::country;
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

/// A country by its plain English name; another text as it is.
pub(super) fn sent(text: &str) -> String {
    country::exact(text).map_or_else(|| text.to_owned(), |known| known.service_form().to_owned())
}
