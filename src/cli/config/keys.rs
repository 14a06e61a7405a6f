//! Section `[keys]` of the configuration: keys chosen for actions, e.g. `next = ["F9", "Ctrl-N"]`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::protocol::key::KeyPress;
use crate::protocol::keymap::{KeyChoices, RefusedChoice};

/// `"F9"` or `["F9", "Ctrl-N"]`.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum ChosenKeys {
    One(String),
    Several(Vec<String>),
}

/// What is wrong with a line of the section.
pub(super) struct WrongKeys {
    /// Where it is in the file.
    pub(super) at: usize,
    pub(super) what: String,
    pub(super) advice: String,
}

impl WrongKeys {
    fn new(at: usize, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { at, what: what.into(), advice: advice.into() }
    }
}

/// Reads the section. Every name and every key is checked against the key table.
pub(super) fn read(written: BTreeMap<String, Spanned<ChosenKeys>>) -> Result<KeyChoices, WrongKeys> {
    let mut choices = BTreeMap::new();
    let mut places = Vec::new();
    for (name, keys) in written {
        let at = keys.span().start;
        let keys = match keys.into_inner() {
            ChosenKeys::One(key) => vec![key],
            ChosenKeys::Several(keys) => keys,
        };
        let pressed = keys.iter().map(|key| {
            key.parse::<KeyPress>().map_err(|_| {
                let what = format!("there is no key `{key}` that every terminal sends");
                WrongKeys::new(at, what, "write a letter, F2 to F12, Ctrl-N, Alt-Right, Delete; see the help page (F1)")
            })
        });
        let pressed = pressed.collect::<Result<Vec<KeyPress>, WrongKeys>>()?;
        if pressed.is_empty() {
            return Err(WrongKeys::new(at, format!("`{name}` has no key"), "name one, or remove the line"));
        }
        places.push((name.clone(), at));
        choices.insert(name, pressed);
    }
    let choices = KeyChoices::new(choices);
    for (name, at) in places {
        if let Some(refused) = choices.refusal(&name) {
            let (what, advice) = words(&name, &refused);
            return Err(WrongKeys::new(at, what, advice));
        }
    }
    Ok(choices)
}

/// How much two names have in common, from 0 to 1: letters that are in both, wherever they stand.
fn likeness(one: &str, other: &str) -> f64 {
    let all = one.len() + other.len();
    let mut left: Vec<char> = other.chars().collect();
    let mut shared = 0_u32;
    for c in one.chars() {
        if let Some(at) = left.iter().position(|also| *also == c) {
            left.swap_remove(at);
            shared += 1;
        }
    }
    f64::from(2 * shared) / f64::from(u32::try_from(all.max(1)).unwrap_or(u32::MAX))
}

fn words(name: &str, refused: &RefusedChoice) -> (String, String) {
    match refused {
        RefusedChoice::Unknown => {
            let known = KeyChoices::by_name().into_iter().map(|(known, _)| known);
            let nearest = known.max_by(|one, other| likeness(one, name).total_cmp(&likeness(other, name)));
            let near = nearest.filter(|known| likeness(known, name) > 0.8);
            let meant = near.map(|near| format!("write `{near}`; ")).unwrap_or_default();
            let advice =
                format!("{meant}`blobfreight config show` lists the names of all actions once this line is gone");
            (format!("there is no action `{name}`"), advice)
        }
        RefusedChoice::Fixed(key) => {
            (format!("{key} always means the same and cannot be the key of `{name}`"), "choose another key".to_owned())
        }
        RefusedChoice::Taken(key, other) => (
            format!("{key} cannot be the key of `{name}`: it is that of `{other}`"),
            format!("choose another key, or give `{other}` another one in [keys]"),
        ),
        RefusedChoice::Edits(key) => (
            format!("{key} cannot be the key of `{name}`: it edits the text of a field, where `{name}` works, too"),
            "choose another key".to_owned(),
        ),
        RefusedChoice::NeedsModifier => (
            format!("`{name}` works where letters are text"),
            "give it a key with Ctrl or Alt, or one from F2 to F12".to_owned(),
        ),
    }
}
