//! Small parts of many answers and bodies: an object of texts, an error, a time, the decisions that are offered.

use serde_json::{Map, Value};

use crate::azure::{model::ServiceError, wire::json::JsonView};

/// An object of the texts that are not empty.
pub(super) fn set(members: &[(&str, &str)]) -> Value {
    let members = members.iter().map(|(name, text)| (*name, text.trim())).filter(|(_, text)| !text.is_empty());
    members.map(|(name, text)| (name.to_owned(), Value::from(text))).collect::<Map<_, _>>().into()
}

/// An error that an answer carries; the service sends one with the code `Success` where all is well.
pub(crate) fn error(view: JsonView<'_>) -> Option<ServiceError> {
    let (code, message) = (view.at("code").word().unwrap_or_default(), view.at("message").word().unwrap_or_default());
    let deeper = || view.at("details").items().filter_map(|detail| detail.at("message").word()).collect::<Vec<_>>();
    let message = if message.is_empty() { deeper().join("; ") } else { message };
    let says_nothing = code.is_empty() && message.is_empty();
    (!says_nothing && !code.eq_ignore_ascii_case("Success")).then_some(ServiceError { code, message })
}

/// A time as the service wrote it; the year 1 stands for none.
pub(super) fn time(view: JsonView<'_>) -> Option<String> {
    view.word().filter(|time| !time.starts_with("0001-"))
}

/// The decisions that the service offers, without the word that stands for none.
pub(super) fn resolutions(view: JsonView<'_>) -> Vec<String> {
    view.words().into_iter().filter(|word| !word.eq_ignore_ascii_case("None")).collect()
}
