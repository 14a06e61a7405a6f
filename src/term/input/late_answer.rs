//! Drops an answer of the terminal that comes after nobody waits for it any more. Its bytes look like keys: `ESC ] 11;rgb:ffff/ffff/ffff ESC \`
//! begins with Alt-], and would be typed into a field.

use crate::protocol::key::{Key, KeyPress};

/// Keys that an answer has at most: `11;rgba:ffff/ffff/ffff/ffff` and its end.
const LONGEST: u8 = 32;

/// Whether the keys that come are an answer.
#[derive(Debug, Default)]
pub(super) struct LateAnswer {
    /// Keys that may still belong to it; 0 outside an answer.
    left: u8,
}

impl LateAnswer {
    /// Whether this key belongs to an answer: nobody pressed it.
    pub(super) fn takes(&mut self, press: &KeyPress) -> bool {
        if *press == KeyPress::alt(Key::Char(']')) {
            self.left = LONGEST;
            return true;
        }
        if self.left == 0 {
            return false;
        }
        // Anything else is a person again.
        self.left = if is_part(press) { self.left - 1 } else { 0 };
        is_end(press) || is_part(press)
    }
}

/// `ESC \` or BEL.
fn is_end(press: &KeyPress) -> bool {
    *press == KeyPress::alt(Key::Char('\\')) || *press == KeyPress::ctrl('g')
}

fn is_part(press: &KeyPress) -> bool {
    let KeyPress { key: Key::Char(c), ctrl: false, alt: false } = press else { return false };
    c.is_ascii_hexdigit() || matches!(c, ';' | ':' | '/' | '?' | 'r' | 'g')
}
