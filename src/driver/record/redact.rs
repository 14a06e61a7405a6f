//! The form of a message in a recording: the whole message, with placeholders for secrets and for the number of a carrier account.
//! A digit becomes `0`, a letter `x` or `X`.
//!
//! A `SecretString` has no serializer, so it cannot be recorded at all. What is left are secrets within texts.

use serde_json::Value;

use crate::app::{Focus, Model};
use crate::azure::model::{masked, placeholder};
use crate::form::address::AddressField;
use crate::form::{Edit, paste};
use crate::protocol::action::Action;
use crate::protocol::key::{Key, KeyPress};
use crate::protocol::message::{Msg, Reply};
use crate::protocol::step::Step;

/// The field, in answers and drafts, that holds the number of a carrier account.
const ACCOUNT_NUMBER: &str = "account_number";

/// A known account number shorter than this is replaced in its own fields only: a short one may be part of any other text.
const MIN_RECOGNIZABLE: usize = 6;

/// The names before a secret in a URL or a connection string. The secret ends before one of [`ENDS`].
const SECRET_NAMES: [&str; 5] = ["sig=", "accountkey=", "sharedaccesskey=", "bearer ", "&state="];
const ENDS: [char; 7] = ['&', ';', ' ', '"', '\'', '\n', '\r'];

/// The message as JSON, without secrets. `model` is the state before the message.
pub(super) fn redacted(model: &Model, msg: &Msg) -> serde_json::Result<Value> {
    let mut value = match msg {
        Msg::Key(key) if types_into_account_number(model, *key) => serde_json::to_value(Msg::Key(masked_key(*key))),
        Msg::Paste(text) if pastes_into_account_number(model, text) => serde_json::to_value(Msg::Paste(masked(text))),
        // The request names the number of the carrier account, and the answers say all the rest of it.
        Msg::Done { slot, id, outcome: Ok(Reply::RequestText(_)) } => {
            serde_json::to_value(Msg::Done { slot: *slot, id: *id, outcome: Ok(Reply::RequestText(String::new())) })
        }
        // Each kind by name, so that adding a kind means deciding here what of it may be recorded.
        Msg::Key(_)
        | Msg::Paste(_)
        | Msg::Started(_)
        | Msg::Mouse { .. }
        | Msg::Resize(..)
        | Msg::Window(_)
        | Msg::Drawn(_)
        | Msg::Tick
        | Msg::Done { .. }
        | Msg::Progress { .. }
        | Msg::Saved(_)
        | Msg::Terminate => serde_json::to_value(msg),
    }?;
    let known = model.draft().map_or("", |draft| draft.address.shipping.account_number.trim());
    redact(&mut value, known);
    Ok(value)
}

/// A page over the form, such as the one of the keys, takes what is typed for itself.
fn is_on_account_number(model: &Model) -> bool {
    let on_form = model.overlay.is_none();
    model.wizard.as_ref().is_some_and(|wizard| {
        on_form
            && wizard.focus == Focus::Body
            && wizard.shared.draft.step == Step::Address
            && wizard.steps.address.form.focus() == usize::from(AddressField::Account)
    })
}

/// Not every letter pressed on the field is text: `y` may answer a question.
fn types_into_account_number(model: &Model, key: KeyPress) -> bool {
    is_on_account_number(model)
        && matches!(model.settings.keys.action(&model.contexts(), key), Some(Action::Edit(Edit::Insert(_))))
}

/// A paste of several lines is an address for the other fields.
fn pastes_into_account_number(model: &Model, text: &str) -> bool {
    is_on_account_number(model) && paste::propose(text).is_none()
}

fn masked_key(key: KeyPress) -> KeyPress {
    match key.key {
        Key::Char(c) => KeyPress { key: Key::Char(placeholder(c)), ..key },
        _ => key,
    }
}

/// Replaces secrets in every text of a value.
fn redact(value: &mut Value, known: &str) {
    match value {
        Value::String(text) => *text = without_secrets(text, known),
        Value::Array(items) => items.iter_mut().for_each(|item| redact(item, known)),
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(number) if name == ACCOUNT_NUMBER => *number = masked(number),
                    field => redact(field, known),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn without_secrets(text: &str, known: &str) -> String {
    let text =
        if known.chars().count() < MIN_RECOGNIZABLE { text.to_owned() } else { text.replace(known, &masked(known)) };
    SECRET_NAMES.iter().fold(text, |text, name| without_value_of(&text, name))
}

/// Replaces the secret after each `name`.
fn without_value_of(text: &str, name: &str) -> String {
    // Lower case changes ASCII only, so byte positions are the same in both texts.
    let lower = text.to_ascii_lowercase();
    let (mut shown, mut rest) = (String::new(), text);
    while let Some(at) = lower.get(lower.len() - rest.len()..).and_then(|lower| lower.find(name)) {
        let (before, from) = rest.split_at(at + name.len());
        let (secret, after) = from.split_at(from.find(ENDS).unwrap_or(from.len()));
        shown.push_str(before);
        shown.push_str(&masked(secret));
        rest = after;
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w19_signatures_and_keys_within_a_text_are_replaced_and_the_rest_stays() {
        for (text, shown) in [
            ("https://a.blob/c?sv=2021&sig=aB3%2F&se=1", "https://a.blob/c?sv=2021&sig=xX0%0X&se=1"),
            ("x;AccountKey=Zm9v+/==;EndpointSuffix=y", "x;AccountKey=Xx0x+/==;EndpointSuffix=y"),
            ("SIG=abc sig=def", "SIG=xxx sig=xxx"),
            (
                "https://login/authorize?client_id=1&state=aB3&scope=x",
                "https://login/authorize?client_id=1&state=xX0&scope=x",
            ),
            ("Authorization: Bearer eyJ0.x", "Authorization: Bearer xxX0.x"),
            ("sig=", "sig="),
            ("design/é", "design/é"),
        ] {
            assert_eq!(without_secrets(text, ""), shown);
        }
    }

    #[test]
    fn a_known_account_number_is_replaced_in_every_text_if_it_is_long_enough() {
        let text = "the account 510087020 is not known";
        assert_eq!(without_secrets(text, "510087020"), "the account 000000000 is not known");
        assert_eq!(without_secrets("2026-11-26", "2026"), "2026-11-26");
    }

    #[test]
    fn the_account_number_of_an_answer_is_always_replaced() {
        let mut value = serde_json::json!({"shipping": {"carrier": "FedEx", "account_number": "12a"}});
        redact(&mut value, "");
        assert_eq!(value["shipping"], serde_json::json!({"carrier": "FedEx", "account_number": "00x"}));
    }
}
