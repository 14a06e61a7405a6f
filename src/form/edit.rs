//! The edits of a field, and the table of the keys for them. Keys that move between fields are in `protocol::keymap`.

use crate::protocol::key::{Key, KeyPress};

/// One change to the focused field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A typed character.
    Insert(char),
    /// Pasted text; line ends become blanks, other control characters are dropped.
    Paste(String),
    /// Deletes the character before the cursor.
    Backspace,
    /// Deletes the character under the cursor.
    Delete,
    /// One character to the left; in a choice, the option before.
    Left,
    /// One character to the right; in a choice, the option after.
    Right,
    /// To the start.
    Home,
    /// To the end.
    End,
    /// To the start of the word before.
    WordLeft,
    /// To the start of the word after.
    WordRight,
    /// Deletes the word before the cursor.
    DeleteWord,
    /// Deletes the word after the cursor.
    DeleteNextWord,
    /// Deletes everything before the cursor.
    DeleteToStart,
    /// Deletes everything from the cursor on.
    DeleteToEnd,
    /// Undoes the last change.
    Undo,
    /// Redoes the change that was undone.
    Redo,
    /// The next fixed value, or the next entry of the list beside the field.
    NextChoice,
    /// The fixed value or entry before.
    PreviousChoice,
    /// Puts the marked entry of the list into the field.
    TakeChoice,
}

const fn ctrl(key: Key) -> KeyPress {
    KeyPress { key, ctrl: true, alt: false }
}

/// The keys that edit text, with the words the help page shows. Ctrl-_ arrives as Ctrl-7 or Ctrl-/ from some terminals.
pub static KEYS: [(KeyPress, Edit, &str); 27] = [
    (KeyPress::plain(Key::Left), Edit::Left, "one character left"),
    (KeyPress::plain(Key::Right), Edit::Right, "one character right"),
    (KeyPress::plain(Key::Home), Edit::Home, "start of the field"),
    (KeyPress::plain(Key::End), Edit::End, "end of the field"),
    (KeyPress::plain(Key::Backspace), Edit::Backspace, "delete the character before"),
    (KeyPress::plain(Key::Delete), Edit::Delete, "delete the character under the cursor"),
    (ctrl(Key::Left), Edit::WordLeft, "one word left"),
    (ctrl(Key::Right), Edit::WordRight, "one word right"),
    (ctrl(Key::Backspace), Edit::DeleteWord, "delete the word before"),
    (ctrl(Key::Delete), Edit::DeleteNextWord, "delete the word after"),
    (KeyPress::ctrl('a'), Edit::Home, "start of the field"),
    (KeyPress::ctrl('e'), Edit::End, "end of the field"),
    (KeyPress::ctrl('b'), Edit::Left, "one character left"),
    (KeyPress::ctrl('f'), Edit::Right, "one character right"),
    (KeyPress::ctrl('h'), Edit::Backspace, "delete the character before"),
    (KeyPress::ctrl('d'), Edit::Delete, "delete the character under the cursor"),
    (KeyPress::ctrl('w'), Edit::DeleteWord, "delete the word before"),
    (KeyPress::alt(Key::Backspace), Edit::DeleteWord, "delete the word before"),
    (KeyPress::alt(Key::Char('d')), Edit::DeleteNextWord, "delete the word after"),
    (KeyPress::alt(Key::Char('b')), Edit::WordLeft, "one word left"),
    (KeyPress::alt(Key::Char('f')), Edit::WordRight, "one word right"),
    (KeyPress::ctrl('u'), Edit::DeleteToStart, "delete to the start"),
    (KeyPress::ctrl('k'), Edit::DeleteToEnd, "delete to the end"),
    (KeyPress::ctrl('_'), Edit::Undo, "undo"),
    (KeyPress::ctrl('7'), Edit::Undo, "undo"),
    (KeyPress::ctrl('/'), Edit::Undo, "undo"),
    (KeyPress::ctrl('y'), Edit::Redo, "redo"),
];

/// The edit that a key makes, if any. Every character without Ctrl and Alt is text, `q` and `?` too.
pub fn edit_for(press: KeyPress) -> Option<Edit> {
    if let KeyPress { key: Key::Char(c), ctrl: false, alt: false } = press {
        return Some(Edit::Insert(c));
    }
    // With Caps Lock, Ctrl-U arrives as Ctrl-Shift-U in some terminals; the same key is meant.
    let press = match press.key {
        Key::Char(c) => KeyPress { key: Key::Char(c.to_ascii_lowercase()), ..press },
        _ => press,
    };
    KEYS.iter().find(|(known, ..)| *known == press).map(|(_, edit, _)| edit.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w13_letters_that_are_keys_elsewhere_are_text_in_a_field() {
        for c in ['q', 'j', 'k', '?', '/', ' ', 'é'] {
            assert_eq!(edit_for(KeyPress::char(c)), Some(Edit::Insert(c)));
        }
    }

    #[test]
    fn each_key_stands_once_in_the_table() {
        for (index, (press, ..)) in KEYS.iter().enumerate() {
            assert!(KEYS.iter().skip(index + 1).all(|(other, ..)| other != press), "{press} stands twice");
        }
    }

    #[test]
    fn keys_that_move_between_fields_and_steps_are_left_to_others() {
        for press in [KeyPress::plain(Key::Tab), KeyPress::plain(Key::Enter), KeyPress::plain(Key::Esc)] {
            assert_eq!(edit_for(press), None);
        }
        assert_eq!(edit_for(KeyPress::alt(Key::Left)), None, "Alt-Left is Back");
        assert_eq!(edit_for(KeyPress::ctrl('c')), None);
        assert_eq!(edit_for(KeyPress::ctrl('U')), Some(Edit::DeleteToStart));
    }
}
