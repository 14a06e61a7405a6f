//! Keys that the person chose for actions, in place of those of the table. The keys that always mean the same (arrows, Enter, Esc, Tab, Space and
//! a few more) stay beside them, so that no choice locks anybody out.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::binding::Binding;
use super::context::Context;
use crate::protocol::action::Action;
use crate::protocol::key::{Key, KeyPress};

/// The chosen keys, by the name of their action, e.g. `next`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyChoices(BTreeMap<String, Vec<KeyPress>>);

impl KeyChoices {
    /// These keys for these actions.
    pub fn new(choices: BTreeMap<String, Vec<KeyPress>>) -> Self {
        Self(choices)
    }

    /// The actions that keys can be chosen for, by name, in the order of the table, each with its lines there.
    pub fn by_name() -> Vec<(String, Vec<&'static Binding>)> {
        let mut names: Vec<(String, Vec<&Binding>)> = Vec::new();
        for binding in Context::ALL.iter().flat_map(|context| context.bindings()) {
            let Some(name) = name(&binding.action) else { continue };
            match names.iter_mut().find(|(other, _)| *other == name) {
                Some((_, lines)) => lines.push(binding),
                None => names.push((name, vec![binding])),
            }
        }
        names
    }

    /// The keys chosen for an action.
    pub(super) fn chosen(&self, name: &str) -> Option<&[KeyPress]> {
        self.0.get(name).map(Vec::as_slice)
    }

    /// The keys of a line of the table.
    pub(super) fn keys_of(&self, context: Context, binding: &'static Binding) -> Cow<'static, [KeyPress]> {
        if self.0.is_empty() {
            return Cow::Borrowed(binding.keys);
        }
        if context == Context::Settled {
            return Cow::Owned(binding.keys.iter().flat_map(|key| self.in_place_of(*key)).collect());
        }
        let Some(chosen) = name(&binding.action).and_then(|name| self.0.get(&name)) else {
            return Cow::Borrowed(binding.keys);
        };
        let fixed: Vec<KeyPress> = binding.keys.iter().copied().filter(|key| is_fixed(*key)).collect();
        let among_text = context.takes_text() || context.is_behind_text();
        let usable = |key: &KeyPress| !(is_fixed(*key) || among_text && is_text(*key));
        let chosen = chosen.iter().copied().filter(usable);
        let first = binding.keys.first().is_some_and(|key| is_fixed(*key));
        Cow::Owned(if first { fixed.into_iter().chain(chosen).collect() } else { chosen.chain(fixed).collect() })
    }

    /// The keys that do what this key of the tree does by the table.
    fn in_place_of(&self, key: KeyPress) -> Vec<KeyPress> {
        let tree = [Context::Tree, Context::BlobRow, Context::Gatherable, Context::Rules];
        let mut lines = tree.iter().flat_map(|context| context.bindings());
        let action = lines.find(|binding| binding.keys.contains(&key)).map(|binding| &binding.action);
        let chosen = action.and_then(name).and_then(|name| self.0.get(&name)).filter(|_| !is_fixed(key));
        chosen.cloned().unwrap_or_else(|| vec![key])
    }

    /// The key of an action in this context that hints and sentences name; `None` where the context does not know the action.
    pub fn key_in(&self, context: Context, action: &Action) -> Option<KeyPress> {
        let mut lines = context.bindings().filter(|line| line.action == *action);
        lines.find_map(|line| self.keys_of(context, line).first().copied())
    }

    /// The key of an action that sentences name: the one that works on every step, else the first.
    pub fn key(&self, action: &Action) -> Option<KeyPress> {
        let widely = [Context::Wizard, Context::Letters];
        widely.iter().chain(Context::ALL).find_map(|context| self.key_in(*context, action))
    }

    /// The name of that key, e.g. `Ctrl-T`.
    pub fn name(&self, action: &Action) -> String {
        self.key(action).map_or_else(|| name(action).unwrap_or_default(), |key| key.to_string())
    }

    /// The name of the key in this context, where an action has others elsewhere.
    pub fn name_in(&self, context: Context, action: &Action) -> String {
        self.key_in(context, action).map_or_else(|| self.name(action), |key| key.to_string())
    }
}

/// Whether the key is a letter in a field.
pub(super) fn is_text(key: KeyPress) -> bool {
    matches!(key, KeyPress { key: Key::Char(_), ctrl: false, alt: false })
}

/// Keys that no choice takes away or gives away.
pub(super) fn is_fixed(key: KeyPress) -> bool {
    match key {
        KeyPress { key: Key::Char('c'), ctrl: true, alt: false } => true,
        KeyPress { ctrl: false, alt: false, key } => {
            !matches!(key, Key::Char(c) if c != ' ' && !c.is_ascii_digit()) && !matches!(key, Key::F(2..))
        }
        _ => false,
    }
}

/// The name of an action in the configuration, e.g. `filter-on-server`, `up`, `go-to-blobs`; `None` for what has no keys of its own.
pub(super) fn name(action: &Action) -> Option<String> {
    match action {
        Action::Edit(_) | Action::Digit(_) => None,
        Action::Move(motion) => Some(kebab(&format!("{motion:?}"))),
        Action::Goto(step) => Some(format!("go-to-{}", kebab(&format!("{step:?}")))),
        other => Some(kebab(&format!("{other:?}"))),
    }
}

/// `FilterOnServer` as `filter-on-server`.
fn kebab(words: &str) -> String {
    let mut name = String::new();
    for c in words.chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.extend(c.to_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::step::Step;

    fn choose(of: &str, keys: &[KeyPress]) -> KeyChoices {
        KeyChoices::new([(of.to_owned(), keys.to_vec())].into())
    }

    #[test]
    fn a_chosen_key_takes_the_place_of_the_tables_and_the_fixed_ones_stay() {
        let choices = choose("next", &[KeyPress::plain(Key::F(9))]);
        let wizard = [Context::Field, Context::Wizard, Context::Everywhere];
        assert_eq!(choices.action(&wizard, KeyPress::plain(Key::F(9))), Some(Action::Next));
        assert_eq!(choices.action(&wizard, KeyPress::ctrl('n')), None);
        assert_eq!(choices.action(&[Context::Button], KeyPress::plain(Key::Enter)), Some(Action::Next));
        let hint = choices.active(&wizard).into_iter().find(|line| line.action == Action::Next).unwrap();
        assert_eq!(hint.keys, [KeyPress::plain(Key::F(9))]);
    }

    #[test]
    fn a_settled_selection_says_why_for_the_chosen_keys_too() {
        let choices = choose("undo", &[KeyPress::char('z')]);
        let settled = [Context::Settled, Context::Tree];
        assert_eq!(choices.action(&settled, KeyPress::char('z')), Some(Action::Toggle));
        assert_eq!(choices.action(&settled, KeyPress::char('u')), None);
    }

    #[test]
    fn sentences_name_the_chosen_key_and_the_tables_where_none_is_chosen() {
        let table = KeyChoices::default();
        for (action, key) in [
            (Action::Retry, "Ctrl-T"),
            (Action::Goto(Step::Address), "Alt-5"),
            (Action::Quit, "q"),
            (Action::Mouse, "m"),
            (Action::Back, "Alt-←"),
        ] {
            assert_eq!(table.name(&action), key);
        }
        assert_eq!(table.name_in(Context::Tree, &Action::Panel), "p");
        assert_eq!(table.name_in(Context::Start, &Action::Panel), "A");
        assert_eq!(table.name_in(Context::Everywhere, &Action::Mouse), "F3");
        let chosen = choose("retry", &[KeyPress::ctrl('r'), KeyPress::plain(Key::F(8))]);
        assert_eq!(chosen.name(&Action::Retry), "Ctrl-R");
    }
}
