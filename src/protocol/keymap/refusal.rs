//! Why a chosen key cannot be kept.

use super::choices::{KeyChoices, is_fixed, is_text, name};
use super::context::Context;
use crate::form::edit_for;
use crate::protocol::key::KeyPress;

/// Why a choice cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefusedChoice {
    /// No action of the table has this name.
    Unknown,
    /// The key always means the same.
    Fixed(KeyPress),
    /// The key is one of another action that works in the same places.
    Taken(KeyPress, String),
    /// The key edits the text of a field, where the action has to work.
    Edits(KeyPress),
    /// The action has to work where letters are text.
    NeedsModifier,
}

impl KeyChoices {
    /// Why the choice for an action cannot be kept.
    pub fn refusal(&self, of: &str) -> Option<RefusedChoice> {
        let places: Vec<Context> = Context::ALL.iter().copied().filter(|context| has(*context, of)).collect();
        if places.is_empty() {
            return Some(RefusedChoice::Unknown);
        }
        for key in self.chosen(of)?.iter().filter(|key| !is_own(**key, of)) {
            if is_fixed(*key) {
                return Some(RefusedChoice::Fixed(*key));
            }
            if let Some(other) = self.other_with(*key, of, &places) {
                return Some(RefusedChoice::Taken(*key, other));
            }
            let typed = !is_text(*key) && edit_for(*key).is_some();
            if typed && places.iter().any(|place| place.takes_text() || place.is_behind_text()) {
                return Some(RefusedChoice::Edits(*key));
            }
        }
        let lacks = |context: &Context| {
            let mut lines = context.bindings().filter(|line| name(&line.action).as_deref() == Some(of));
            lines.any(|line| self.keys_of(*context, line).is_empty())
        };
        places.iter().any(lacks).then_some(RefusedChoice::NeedsModifier)
    }

    /// Another action that has this key where this one works.
    fn other_with(&self, key: KeyPress, of: &str, places: &[Context]) -> Option<String> {
        let meets = |context: &Context| places.iter().any(|place| place.meets(*context));
        for context in Context::ALL.iter().copied().filter(meets).filter(|context| *context != Context::Settled) {
            let mut others = context.bindings().filter(|line| name(&line.action).as_deref() != Some(of));
            if let Some(line) = others.find(|line| self.keys_of(context, line).contains(&key)) {
                return Some(name(&line.action).unwrap_or_else(|| line.help.to_owned()));
            }
        }
        None
    }
}

/// Whether it is a key of this action by the table: those may be shared with actions that are never met.
fn is_own(key: KeyPress, of: &str) -> bool {
    let mut lines = Context::ALL.iter().flat_map(|context| context.bindings());
    lines.any(|line| name(&line.action).as_deref() == Some(of) && line.keys.contains(&key))
}

fn has(context: Context, of: &str) -> bool {
    context.bindings().any(|binding| name(&binding.action).as_deref() == Some(of))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::action::Action;
    use crate::protocol::key::Key;

    fn choose(choices: &[(&str, KeyPress)]) -> KeyChoices {
        KeyChoices::new(choices.iter().map(|(of, key)| ((*of).to_owned(), vec![*key])).collect())
    }

    #[test]
    fn the_keys_of_the_table_can_be_chosen_as_they_are() {
        for (of, lines) in KeyChoices::by_name() {
            let own: Vec<KeyPress> = lines.iter().flat_map(|line| line.keys).copied().collect();
            let choices = KeyChoices::new([(of.clone(), own)].into());
            assert_eq!(choices.refusal(&of), None, "{of}");
        }
    }

    #[test]
    fn every_action_can_have_a_function_key_of_its_own() {
        for (of, lines) in KeyChoices::by_name() {
            let choices = choose(&[(&of, KeyPress::plain(Key::F(9)))]);
            assert_eq!(choices.refusal(&of), None, "{of}");
            for context in Context::ALL.iter().copied().filter(|context| *context != Context::Settled) {
                for line in context.bindings().filter(|line| lines.iter().any(|other| std::ptr::eq(*line, *other))) {
                    assert!(choices.keys_of(context, line).contains(&KeyPress::plain(Key::F(9))), "{of} {context:?}");
                }
            }
        }
    }

    #[test]
    fn choices_that_cannot_be_kept_say_why() {
        let refused = |of: &str, key| choose(&[(of, key)]).refusal(of);
        assert_eq!(refused("nxet", KeyPress::char('x')), Some(RefusedChoice::Unknown));
        let enter = KeyPress::plain(Key::Enter);
        assert_eq!(refused("quit", enter), Some(RefusedChoice::Fixed(enter)));
        assert!(matches!(refused("next", KeyPress::char('r')), Some(RefusedChoice::Taken(..))));
        assert_eq!(refused("next", KeyPress::ctrl('w')), Some(RefusedChoice::Edits(KeyPress::ctrl('w'))));
        assert_eq!(refused("filter-on-server", KeyPress::char('Z')), Some(RefusedChoice::NeedsModifier));
        assert_eq!(refused("steps", KeyPress::char('N')), Some(RefusedChoice::NeedsModifier));
        assert_eq!(refused("quit", KeyPress::char('Q')), None, "Ctrl-C stays where letters are text");
    }

    #[test]
    fn a_key_may_mean_two_things_on_pages_that_never_meet() {
        // `u` takes a change of the selection back, and on Follow it removes the lock.
        assert_eq!(choose(&[("cancel-job", KeyPress::char('z'))]).refusal("cancel-job"), None);
        assert_eq!(choose(&[("cancel-job", KeyPress::char('s'))]).refusal("cancel-job"), None, "s sorts the tree only");
        let taken = choose(&[("cancel-job", KeyPress::char('u'))]).refusal("cancel-job");
        assert_eq!(taken, Some(RefusedChoice::Taken(KeyPress::char('u'), "remove-lock".into())));
    }

    #[test]
    fn two_actions_may_change_places_and_may_not_share_a_key() {
        let swapped = choose(&[("sort", KeyPress::char('i')), ("details", KeyPress::char('s'))]);
        assert_eq!((swapped.refusal("sort"), swapped.refusal("details")), (None, None));
        let same = choose(&[("next", KeyPress::plain(Key::F(9))), ("back", KeyPress::plain(Key::F(9)))]);
        assert!(matches!(same.refusal("next"), Some(RefusedChoice::Taken(_, other)) if other == "back"));
        assert_eq!(same.action(&[Context::Wizard], KeyPress::plain(Key::F(9))), Some(Action::Next));
    }
}
