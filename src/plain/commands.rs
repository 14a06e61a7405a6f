//! The key table as words: every key that works now can be typed by the word of its hint, by the name of its action, or by its own name.

use crate::app::Model;
use crate::protocol::action::{Action, Motion};
use crate::protocol::key::{Key, KeyPress};
use crate::protocol::keymap::{ActiveBinding, Context};

/// A word that can be typed, and the key it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlainCommand {
    /// The word.
    pub(super) name: String,
    /// The key.
    pub(super) key: KeyPress,
    /// What it does.
    pub(super) help: &'static str,
}

/// The commands of the page, without those that are the same everywhere.
pub(super) fn of_page(model: &Model) -> Vec<PlainCommand> {
    let mut found: Vec<PlainCommand> = Vec::new();
    for binding in model.settings.keys.active(&model.contexts()) {
        let Some(key) = binding.keys.first().copied().filter(|_| is_said(model, &binding)) else { continue };
        let name = name(&binding);
        if found.iter().all(|command| command.name != name && command.help != binding.help) {
            found.push(PlainCommand { name, key, help: binding.help });
        }
    }
    found
}

/// The word of a line of the table: its hint, or the name of its action.
fn name(binding: &ActiveBinding) -> String {
    if binding.hint.is_empty() { action_name(&binding.action) } else { binding.hint.to_owned() }
}

/// `FilterOnServer` as `filter on server`.
fn action_name(action: &Action) -> String {
    let name = format!("{action:?}");
    let mut words = String::new();
    for c in name.chars().take_while(|c| c.is_alphanumeric()) {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

/// Whether a line of the table is a command of the page: not a part of what plain mode does in its own way, as moving and typing are.
fn is_said(model: &Model, binding: &ActiveBinding) -> bool {
    let tree = shows_tree(model);
    match &binding.action {
        Action::Move(Motion::Left | Motion::Right) | Action::Activate | Action::Toggle => {
            !binding.hint.is_empty() && !tree
        }
        Action::FocusForward | Action::Panel => !binding.hint.is_empty(),
        Action::Move(_)
        | Action::Ascend
        | Action::Digit(_)
        | Action::Edit(_)
        | Action::Help
        | Action::Messages
        | Action::Quit
        | Action::Escape
        | Action::Back
        | Action::Next
        | Action::Goto(_)
        | Action::Steps
        | Action::FocusBackward
        | Action::Suspend
        | Action::Redraw
        | Action::Mouse => false,
        action => !copies(action),
    }
}

/// Whether it needs a clipboard, which is reached by an escape code only.
pub(super) fn copies(action: &Action) -> bool {
    matches!(action, Action::Copy | Action::CopyCommand | Action::CopyAddress)
}

/// Whether rows of the tree are on the page.
pub(super) fn shows_tree(model: &Model) -> bool {
    model.contexts().contains(&Context::Tree)
}

/// The key that a typed word stands for.
pub(super) fn key_of(model: &Model, word: &str) -> Option<KeyPress> {
    let commands = of_page(model);
    let by_word = commands.iter().find(|command| command.name.eq_ignore_ascii_case(word)).map(|command| command.key);
    by_word.or_else(|| {
        let bindings = model.settings.keys.active(&model.contexts());
        let alike = |binding: &&ActiveBinding| action_name(&binding.action).eq_ignore_ascii_case(word);
        let by_action = bindings.iter().find(alike).and_then(|binding| binding.keys.first().copied());
        let keys = bindings.iter().flat_map(|binding| &binding.keys);
        let mut named = keys.copied().filter(|key| key.in_letters().eq_ignore_ascii_case(word));
        // The names of keys stand in sentences: `Ctrl-T tries again`.
        named.next().or(by_action)
    })
}

/// The action of a key now.
pub(super) fn action_of(model: &Model, key: KeyPress) -> Option<Action> {
    model.settings.keys.action(&model.contexts(), key)
}

/// The first key with this action now.
pub(super) fn key_for(model: &Model, action: &Action) -> Option<KeyPress> {
    let bindings = model.settings.keys.active(&model.contexts());
    let plain = |key: &&KeyPress| action_of(model, **key).as_ref() == Some(action);
    bindings
        .iter()
        .filter(|binding| binding.action == *action)
        .find_map(|binding| binding.keys.iter().find(plain).copied())
}

/// Whether a letter is text.
pub(super) fn takes_text(model: &Model) -> bool {
    matches!(action_of(model, KeyPress::char('a')), Some(Action::Edit(_)))
}

/// Whether Enter takes a row of the page.
pub(super) fn takes_rows(model: &Model) -> bool {
    action_of(model, KeyPress::plain(Key::Enter)) == Some(Action::Activate)
}
