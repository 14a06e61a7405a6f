//! Looks keys up in the table.

use super::binding::Binding;
use super::choices::KeyChoices;
use super::context::Context;
use super::table;
use crate::form::edit_for;
use crate::protocol::action::Action;
use crate::protocol::key::KeyPress;

impl Context {
    /// Its part of the table.
    pub fn bindings(self) -> impl Iterator<Item = &'static Binding> {
        table::of(self).iter().copied().flatten()
    }
}

/// A line of the table as it counts now: with the keys that the person chose.
#[derive(Clone, Debug)]
pub struct ActiveBinding {
    /// The keys; the hint line and the help page show the first.
    pub keys: Vec<KeyPress>,
    /// The action of each of them.
    pub action: Action,
    /// Word for the hint line; empty for keys that the hint line leaves out.
    pub hint: &'static str,
    /// Text for the help page.
    pub help: &'static str,
}

impl KeyChoices {
    /// The action of a key in these contexts. The first context that has the key decides.
    pub fn action(&self, contexts: &[Context], key: KeyPress) -> Option<Action> {
        for context in contexts {
            if let Some(binding) = context.bindings().find(|binding| self.keys_of(*context, binding).contains(&key)) {
                return Some(binding.action.clone());
            }
            if context.takes_text()
                && let Some(edit) = edit_for(key)
            {
                return Some(Action::Edit(edit));
            }
        }
        // A letter that is text was taken above. What is left can be the eighth bit of a key with Alt.
        key.without_eighth_bit().and_then(|key| self.action(contexts, key))
    }

    /// The bindings that work in these contexts, each key once, in the order in which [`Self::action`] looks for them.
    pub fn active(&self, contexts: &[Context]) -> Vec<ActiveBinding> {
        let mut taken: Vec<KeyPress> = Vec::new();
        let mut found = Vec::new();
        for (context, binding) in contexts.iter().flat_map(|one| one.bindings().map(move |binding| (*one, binding))) {
            let keys = self.keys_of(context, binding);
            if keys.iter().any(|key| !taken.contains(key)) {
                taken.extend(keys.iter());
                let Binding { action, hint, help, .. } = binding;
                found.push(ActiveBinding { keys: keys.into_owned(), action: action.clone(), hint, help });
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::key::Key;
    use crate::protocol::step::Step;

    fn action(contexts: &[Context], key: KeyPress) -> Option<Action> {
        KeyChoices::default().action(contexts, key)
    }

    #[test]
    fn w13_letters_are_text_where_a_field_has_the_focus() {
        let typing = [Context::Field, Context::Wizard, Context::Everywhere];
        for letter in ['q', 'j', 'k', '?', '/'] {
            let action = action(&typing, KeyPress::char(letter));
            assert!(matches!(action, Some(Action::Edit(_))), "{letter} in a field is {action:?}");
        }
        assert_eq!(action(&[Context::Letters], KeyPress::char('q')), Some(Action::Quit));
    }

    #[test]
    fn alt_as_the_eighth_bit_is_alt_where_no_text_is_typed() {
        let reading = [Context::Tree, Context::Wizard, Context::Letters, Context::Everywhere];
        for (sent, step) in [('³', Step::Blobs), ('°', Step::Follow), ('ë', Step::Keys), ('±', Step::SignIn)] {
            assert_eq!(action(&reading, KeyPress::char(sent)), Some(Action::Goto(step)), "{sent}");
        }
        assert_eq!(action(&reading, KeyPress::char('é')), None, "Alt-I does nothing either");
        let typing = [Context::Field, Context::Wizard, Context::Everywhere];
        assert!(matches!(action(&typing, KeyPress::char('³')), Some(Action::Edit(_))), "it is a letter of a name");
    }

    #[test]
    fn the_list_of_steps_opens_from_everywhere_in_the_wizard() {
        for context in Context::ALL.iter().copied().filter(|context| *context != Context::Question) {
            for key in [KeyPress::plain(Key::F(2)), KeyPress::ctrl('p')] {
                assert_eq!(action(&[context, Context::Wizard], key), Some(Action::Steps), "{context:?}");
            }
        }
    }

    #[test]
    fn w11_ctrl_c_quits_in_every_context() {
        for context in Context::ALL.iter().copied() {
            assert_eq!(action(&[context, Context::Everywhere], KeyPress::ctrl('c')), Some(Action::Quit), "{context:?}");
        }
    }

    #[test]
    fn every_step_has_a_key_that_leads_to_it() {
        for step in Step::ALL {
            let leads = |binding: &&Binding| matches!(binding.action, Action::Goto(to) if to == *step);
            assert!(Context::Wizard.bindings().any(|binding| leads(&binding)), "{step:?}");
        }
    }

    #[test]
    fn w10_escape_never_quits() {
        for context in Context::ALL.iter().copied() {
            assert_ne!(action(&[context], KeyPress::plain(Key::Esc)), Some(Action::Quit), "{context:?}");
        }
    }

    #[test]
    fn every_key_of_a_context_does_one_thing_and_says_what() {
        for context in Context::ALL.iter().copied() {
            let mut seen: Vec<KeyPress> = Vec::new();
            for binding in context.bindings() {
                assert!(!binding.help.is_empty() && !binding.keys.is_empty(), "{context:?} {binding:?}");
                for key in binding.keys {
                    assert!(!seen.contains(key), "{key} twice in {context:?}");
                    seen.push(*key);
                }
            }
        }
    }
}
