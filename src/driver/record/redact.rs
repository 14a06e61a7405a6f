//! What a recording holds of a message: the whole of it, with placeholders of the same class where a secret or the number of a
//! carrier account stands.
//!
//! Secrets that have a type of their own cannot be written out at all: `SecretString` has no serializer. What is left are texts.

use serde_json::Value;

use crate::app::{Focus, Model};
use crate::azure::model::{masked, placeholder};
use crate::form::{Edit, address, paste};
use crate::protocol::action::Action;
use crate::protocol::key::{Key, KeyPress};
use crate::protocol::keymap;
use crate::protocol::message::Msg;
use crate::protocol::step::Step;

/// The field of an answer, and of a draft, that holds the number of a carrier account.
const ACCOUNT_NUMBER: &str = "account_number";

/// A known account number shorter than this is replaced in its own fields only: it may be part of any other text.
const TELLING: usize = 6;

/// What stands before a secret in an address or a connection string, up to one of [`ENDS`].
const SECRETS: [&str; 4] = ["sig=", "accountkey=", "sharedaccesskey=", "bearer "];
const ENDS: [char; 7] = ['&', ';', ' ', '"', '\'', '\n', '\r'];

/// The message as it may be written down. `model` is the state that it is about to reach.
pub(super) fn redacted(model: &Model, msg: &Msg) -> serde_json::Result<Value> {
    let mut value = match msg {
        Msg::Key(key) if inserts_into_account_number(model, *key) => serde_json::to_value(Msg::Key(masked_key(*key))),
        Msg::Paste(text) if goes_into_account_number(model, text) => serde_json::to_value(Msg::Paste(masked(text))),
        // Each kind by name: whoever adds one decides here what of it may be written down.
        Msg::Key(_)
        | Msg::Paste(_)
        | Msg::Started(_)
        | Msg::Mouse(_)
        | Msg::Resize(..)
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

fn is_on_account_number(model: &Model) -> bool {
    model.wizard.as_ref().is_some_and(|wizard| {
        wizard.focus == Focus::Body
            && wizard.shared.draft.step == Step::Address
            && wizard.steps.address.form.focus() == address::ACCOUNT
    })
}

/// Not every letter is text there: `y` may be the answer to a question.
fn inserts_into_account_number(model: &Model, key: KeyPress) -> bool {
    is_on_account_number(model) && matches!(keymap::action(&model.contexts(), key), Some(Action::Edit(Edit::Insert(_))))
}

/// Several lines are an address for the other fields.
fn goes_into_account_number(model: &Model, text: &str) -> bool {
    is_on_account_number(model) && paste::propose(text).is_none()
}

fn masked_key(key: KeyPress) -> KeyPress {
    match key.key {
        Key::Char(c) => KeyPress { key: Key::Char(placeholder(c)), ..key },
        _ => key,
    }
}

/// Replaces what is secret in every text of a value.
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
    let text = if known.chars().count() < TELLING { text.to_owned() } else { text.replace(known, &masked(known)) };
    SECRETS.iter().fold(text, |text, name| without_value_of(&text, name))
}

/// Replaces what follows each `name` up to its end.
fn without_value_of(text: &str, name: &str) -> String {
    // Only ASCII changes, so every place is the same in both.
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
            ("Authorization: Bearer eyJ0.x", "Authorization: Bearer xxX0.x"),
            ("sig=", "sig="),
            ("design/é", "design/é"),
        ] {
            assert_eq!(without_secrets(text, ""), shown);
        }
    }

    #[test]
    fn a_known_account_number_is_replaced_wherever_it_stands_if_it_is_long_enough_to_tell() {
        let text = "the account 510087020 is not known";
        assert_eq!(without_secrets(text, "510087020"), "the account 000000000 is not known");
        assert_eq!(without_secrets("2026-11-26", "2026"), "2026-11-26");
    }

    #[test]
    fn the_account_number_of_an_answer_is_replaced_whatever_it_is() {
        let mut value = serde_json::json!({"shipping": {"carrier": "FedEx", "account_number": "12a"}});
        redact(&mut value, "");
        assert_eq!(value["shipping"], serde_json::json!({"carrier": "FedEx", "account_number": "00x"}));
    }
}
