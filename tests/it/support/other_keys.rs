//! Every key of the table chosen otherwise, so that a state can be brought about a second time by somebody who uses none of the usual keys.

use std::cell::RefCell;
use std::collections::BTreeMap;

use blobfreight::form;
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::keymap::{Context, KeyChoices};

thread_local! {
    /// The keys of the models that this thread makes.
    static CHOSEN: RefCell<KeyChoices> = RefCell::default();
}

/// The keys of a new model.
pub(crate) fn chosen() -> KeyChoices {
    CHOSEN.with_borrow(Clone::clone)
}

/// Runs with every key chosen otherwise.
pub(crate) fn with_other_keys<T>(run: impl FnOnce() -> T) -> T {
    CHOSEN.set(all_others());
    let done = run();
    CHOSEN.take();
    done
}

/// A key of its own for each action, no wider than the usual one: a Greek letter for a letter.
fn all_others() -> KeyChoices {
    let mut letters = ('\u{3b1}'..='\u{3c9}')
        .chain('\u{430}'..='\u{44f}')
        .chain('\u{450}'..='\u{45f}')
        .chain('\u{561}'..='\u{586}')
        .chain('\u{10d0}'..='\u{10f0}');
    let mut function_keys = 4..=12;
    let mut chosen = BTreeMap::new();
    for (name, lines) in KeyChoices::by_name() {
        let is_letter = |key: &&KeyPress| matches!(key.key, Key::Char(c) if !c.is_ascii_digit() && c != ' ');
        let keys = lines.iter().flat_map(|line| line.keys);
        let usual = keys.clone().find(|key| is_letter(key) || key.ctrl || key.alt || matches!(key.key, Key::F(2..)));
        let Some(usual) = usual else { continue };
        let mut own = vec![match usual.key {
            Key::F(_) => KeyPress::plain(Key::F(function_keys.next().unwrap())),
            _ => KeyPress { key: Key::Char(letters.next().unwrap()), ..*usual },
        }];
        // A letter alone does not work where letters are text.
        if keys.clone().any(|key| key.ctrl || key.alt || matches!(key.key, Key::F(2..))) {
            own.push(KeyPress::alt(Key::Char(letters.next().unwrap())));
        }
        chosen.insert(name, own);
    }
    KeyChoices::new(chosen)
}

/// The key that does now what `key` does by the table.
pub(crate) fn in_place_of(keys: &KeyChoices, contexts: &[Context], key: KeyPress) -> KeyPress {
    let usual = KeyChoices::default();
    let Some(action) = usual.action(contexts, key).filter(|_| *keys != usual) else { return key };
    let lines = keys.active(contexts);
    let alike = lines.iter().filter(|line| line.action == action).flat_map(|line| &line.keys);
    let mut works = alike.filter(|key| keys.action(contexts, **key).as_ref() == Some(&action));
    works.next().copied().unwrap_or(key)
}

/// Two contexts at once are two that the program knows to meet: it refuses a chosen key by that.
#[track_caller]
pub(crate) fn assert_known_to_meet(contexts: &[Context]) {
    for one in contexts {
        for other in contexts {
            assert!(one.meets(*other), "page_contexts.rs does not know that {one:?} meets {other:?}");
        }
    }
    let modal = [Context::Question, Context::Help, Context::Held];
    let typed =
        contexts.contains(&Context::Letters) || contexts.iter().any(|one| one.takes_text() || modal.contains(one));
    assert!(typed, "letters are neither keys nor text: {contexts:?}");
}

/// The names of usual keys on a screen whose keys are all chosen otherwise. The article `a`, and signs such as `!`, cannot be told from the key.
pub(crate) fn usual_keys_on(screen: &str) -> Vec<String> {
    let typed: Vec<String> = form::KEYS.iter().map(|(key, ..)| key.to_string()).collect();
    let lines = KeyChoices::by_name().into_iter().flat_map(|(_, lines)| lines);
    let usual = lines.flat_map(|line| line.keys).filter(|key| {
        key.ctrl || key.alt || !matches!(key.key, Key::Char(c) if !c.is_alphabetic() || "aA".contains(c))
    });
    let usual = usual.filter(|key| matches!(key.key, Key::Char(_) | Key::F(2..)) || key.alt);
    let usual: Vec<String> =
        usual.map(ToString::to_string).filter(|name| !typed.contains(name) && name != "Ctrl-C").collect();
    let words: Vec<&str> = screen.split_whitespace().collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let word = if word.chars().count() > 1 { word.trim_matches(['(', ')', ',', '.', ':', ';', '/']) } else { word };
        let counted = at > 0 && words[at - 1].ends_with(|c: char| c.is_ascii_digit());
        // The sign before what cannot be chosen.
        let sign = word == "x" && at > 0 && ["\u{2502}", "\u{203a}"].contains(&words[at - 1]);
        if !sign && usual.iter().any(|name| name == word) && !(counted && word.len() == 1) {
            let around = &words[at.saturating_sub(3)..words.len().min(at + 4)];
            found.push(around.join(" "));
        }
    }
    found
}
