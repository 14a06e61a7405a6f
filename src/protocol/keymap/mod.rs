//! The one table of keys: context, keys, meaning, hint, help. Hint line, help page and README are made from it; nothing else reads keys.

mod table;

use crate::form::edit_for;
use crate::protocol::action::Action;
use crate::protocol::key::KeyPress;

/// One line of the table.
#[derive(Debug)]
pub struct Binding {
    /// Keys that do it; the first is the one shown.
    pub keys: &'static [KeyPress],
    /// What they do.
    pub action: Action,
    /// Word for the hint line; empty for keys that go without saying.
    pub hint: &'static str,
    /// Line for the help page.
    pub help: &'static str,
}

/// A situation in which a part of the table counts. Several count at once, the most particular first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// The help page is open.
    Help,
    /// A yes-or-no question is open.
    Question,
    /// A draft is open elsewhere.
    Held,
    /// The start screen.
    Start,
    /// A draft row on the start screen.
    DraftRow,
    /// A draft was discarded a moment ago.
    Discarded,
    /// The rail has the focus.
    Rail,
    /// The Next button has the focus.
    Button,
    /// There is nothing to choose: Enter goes on. Before the list, whose keys it takes.
    Onward,
    /// Nobody is signed in, or another sign-in is under the cursor. Before the list, too.
    SignIn,
    /// The second of two lists has the focus.
    SecondList,
    /// A list to choose from.
    List,
    /// The cursor is on the line of a failure.
    FailedRow,
    /// All details of a row are shown as a page.
    Details,
    /// A job was made of the selection, or may have been.
    Settled,
    /// The tree of containers, folders and blobs.
    Tree,
    /// The cursor is on a blob.
    BlobRow,
    /// All children of a folder are checked one by one.
    Gatherable,
    /// The rules panel has the focus.
    Rules,
    /// A filter is being typed.
    Filter,
    /// What was counted, and the drives it takes.
    Counts,
    /// A count is under way and can be paused.
    Counting,
    /// A count has not come to its end, or there was none.
    Uncounted,
    /// What was counted makes several jobs.
    Splittable,
    /// A page to read, with no keys of its own.
    Page,
    /// Rows the server found by prefix.
    Found,
    /// A rule is being typed.
    TypedRule,
    /// The drive sizes are being typed.
    Sizes,
    /// A text field has the focus.
    Field,
    /// A field with fixed choices has the focus.
    Choice,
    /// The address of an earlier draft is offered.
    Earlier,
    /// A request failed and can be sent again.
    Failed,
    /// A request is under way and can be given up.
    Busy,
    /// There is something to read again.
    Loaded,
    /// There is an address or a text to copy.
    Copyable,
    /// The resource provider is not registered.
    Unregistered,
    /// The job may still be cancelled.
    Cancellable,
    /// The job is gone.
    Gone,
    /// Keys are there.
    KeysShown,
    /// The first step: there is none to go back to.
    FirstStep,
    /// Any step of the wizard.
    Wizard,
    /// Anywhere letters are not text.
    Letters,
    /// Anywhere.
    Everywhere,
}

impl Context {
    /// Every context, in the order the help page shows them.
    pub const ALL: [Self; 43] = [
        Self::Help,
        Self::Question,
        Self::Held,
        Self::Start,
        Self::DraftRow,
        Self::Discarded,
        Self::Rail,
        Self::Button,
        Self::Onward,
        Self::SignIn,
        Self::SecondList,
        Self::List,
        Self::FailedRow,
        Self::Details,
        Self::Settled,
        Self::Tree,
        Self::BlobRow,
        Self::Gatherable,
        Self::Rules,
        Self::Filter,
        Self::Counts,
        Self::Counting,
        Self::Uncounted,
        Self::Splittable,
        Self::Page,
        Self::Found,
        Self::TypedRule,
        Self::Sizes,
        Self::Field,
        Self::Choice,
        Self::Earlier,
        Self::Failed,
        Self::Busy,
        Self::Loaded,
        Self::Copyable,
        Self::Unregistered,
        Self::Cancellable,
        Self::Gone,
        Self::KeysShown,
        Self::FirstStep,
        Self::Wizard,
        Self::Letters,
        Self::Everywhere,
    ];

    /// Whether its keys work wherever the focus is: what the screen names with a Ctrl key is never dead.
    pub fn is_anywhere(self) -> bool {
        matches!(self, Self::Failed | Self::Busy | Self::Unregistered | Self::Earlier)
    }

    /// Its part of the table.
    pub fn bindings(self) -> &'static [Binding] {
        table::of(self)
    }
}

/// What a key means in these contexts, the most particular first.
pub fn action(contexts: &[Context], key: KeyPress) -> Option<Action> {
    for context in contexts {
        if let Some(binding) = context.bindings().iter().find(|binding| binding.keys.contains(&key)) {
            return Some(binding.action.clone());
        }
        if matches!(context, Context::Field | Context::Filter)
            && let Some(edit) = edit_for(key)
        {
            return Some(Action::Edit(edit));
        }
    }
    None
}

/// The bindings that work in these contexts, each key once, as [`action`] would find them.
pub fn active(contexts: &[Context]) -> Vec<&'static Binding> {
    let mut taken: Vec<KeyPress> = Vec::new();
    let mut found = Vec::new();
    for binding in contexts.iter().flat_map(|context| context.bindings()) {
        if binding.keys.iter().any(|key| !taken.contains(key)) {
            taken.extend(binding.keys);
            found.push(binding);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::key::Key;
    use crate::protocol::step::Step;

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
    fn w11_ctrl_c_quits_in_every_context() {
        for context in Context::ALL {
            assert_eq!(action(&[context, Context::Everywhere], KeyPress::ctrl('c')), Some(Action::Quit), "{context:?}");
        }
    }

    #[test]
    fn every_step_has_a_key_that_leads_to_it() {
        for step in Step::ALL {
            let leads = |binding: &&Binding| matches!(binding.action, Action::Goto(to) if to == *step);
            assert!(Context::Wizard.bindings().iter().any(|binding| leads(&binding)), "{step:?}");
        }
    }

    #[test]
    fn w10_escape_never_quits() {
        for context in Context::ALL {
            assert_ne!(action(&[context], KeyPress::plain(Key::Esc)), Some(Action::Quit), "{context:?}");
        }
    }

    #[test]
    fn every_key_of_a_context_does_one_thing_and_says_what() {
        for context in Context::ALL {
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
