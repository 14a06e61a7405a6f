//! A key press, and what the mouse does, as the program understands them, free of any terminal library. The terminal layer makes these; the key table names them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Key {
    /// A character, with shift already applied.
    Char(char),
    /// Enter or Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete forward.
    Delete,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key.
    F(u8),
}

/// A key with the modifiers that change its meaning. Shift is part of the character, or of [`Key::BackTab`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KeyPress {
    /// Which key.
    pub key: Key,
    /// Control is held.
    pub ctrl: bool,
    /// Alt (Option, Meta) is held.
    pub alt: bool,
}

impl KeyPress {
    /// The key alone.
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, alt: false }
    }

    /// A character alone.
    pub const fn char(c: char) -> Self {
        Self::plain(Key::Char(c))
    }

    /// Control and a character.
    pub const fn ctrl(c: char) -> Self {
        Self { key: Key::Char(c), ctrl: true, alt: false }
    }

    /// Alt and a key.
    pub const fn alt(key: Key) -> Self {
        Self { key, ctrl: false, alt: true }
    }

    /// Whether every terminal sends it as itself. Some keys share their byte with another: Ctrl-M is Enter, Ctrl-1 is 1.
    fn is_sent(self) -> bool {
        match self.key {
            Key::Char(c) if self.ctrl => matches!(c, 'a'..='z' | '_' | ' ') && !matches!(c, 'h' | 'i' | 'm'),
            Key::Char('[') => !self.alt,
            Key::Enter | Key::Esc | Key::Tab | Key::BackTab | Key::Backspace => {
                !self.ctrl && (!self.alt || self.key == Key::Enter)
            }
            _ => true,
        }
    }

    /// The name in letters: `Alt-Left` for `Alt-←`.
    pub fn in_letters(self) -> String {
        let arrows = [('←', "Left"), ('→', "Right"), ('↑', "Up"), ('↓', "Down")];
        arrows.into_iter().fold(self.to_string(), |name, (sign, word)| name.replace(sign, word))
    }

    /// The key with Alt that a terminal sends as a character of the upper half of Latin-1, as xterm does unless it is told otherwise:
    /// Alt-3 as `³`.
    pub fn without_eighth_bit(self) -> Option<Self> {
        match self {
            Self { key: Key::Char(c @ '\u{a1}'..='\u{fe}'), ctrl: false, alt: false } => {
                char::from_u32(u32::from(c) & 0x7f).map(|c| Self::alt(Key::Char(c)))
            }
            _ => None,
        }
    }
}

impl FromStr for KeyPress {
    type Err = UnknownKey;

    /// `x`, `Space`, `F5`, `Ctrl-N`, `Alt-Right`, `PageUp`, `Shift-Tab`; upper and lower case count only for a letter alone.
    fn from_str(text: &str) -> Result<Self, UnknownKey> {
        let mut rest = text;
        let (mut ctrl, mut alt) = (false, false);
        while let Some((modifier, key)) = rest.split_once('-').filter(|(_, key)| !key.is_empty()) {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" => ctrl = true,
                "alt" => alt = true,
                _ => break,
            }
            rest = key;
        }
        let mut chars = rest.chars();
        let key = match (chars.next(), chars.next()) {
            (Some(c), None) if ctrl || alt => Key::Char(c.to_lowercase().next().unwrap_or(c)),
            (Some(c), None) if !c.is_control() => Key::Char(c),
            _ => named(&rest.to_ascii_lowercase()).ok_or(UnknownKey)?,
        };
        let press = Self { key, ctrl, alt };
        if press.is_sent() { Ok(press) } else { Err(UnknownKey) }
    }
}

/// No key that a terminal sends has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownKey;

fn named(name: &str) -> Option<Key> {
    Some(match name {
        "space" => Key::Char(' '),
        "enter" => Key::Enter,
        "esc" => Key::Esc,
        "tab" => Key::Tab,
        "shift-tab" => Key::BackTab,
        "backspace" => Key::Backspace,
        "del" | "delete" => Key::Delete,
        "left" => Key::Left,
        "right" => Key::Right,
        "up" => Key::Up,
        "down" => Key::Down,
        "home" => Key::Home,
        "end" => Key::End,
        "pgup" | "pageup" => Key::PageUp,
        "pgdn" | "pagedown" => Key::PageDown,
        _ => Key::F(name.strip_prefix('f')?.parse().ok().filter(|number| (1..=12).contains(number))?),
    })
}

impl fmt::Display for KeyPress {
    /// As hints print it: `Space`, `Ctrl-S`, `Alt-←`, `?`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        match self.key {
            Key::Char(' ') => f.write_str("Space"),
            Key::Char(c) if self.ctrl || self.alt => write!(f, "{}", c.to_uppercase()),
            Key::Char(c) => write!(f, "{c}"),
            Key::Enter => f.write_str("Enter"),
            Key::Esc => f.write_str("Esc"),
            Key::Tab => f.write_str("Tab"),
            Key::BackTab => f.write_str("Shift-Tab"),
            Key::Backspace => f.write_str("Backspace"),
            Key::Delete => f.write_str("Del"),
            Key::Left => f.write_str("←"),
            Key::Right => f.write_str("→"),
            Key::Up => f.write_str("↑"),
            Key::Down => f.write_str("↓"),
            Key::Home => f.write_str("Home"),
            Key::End => f.write_str("End"),
            Key::PageUp => f.write_str("PgUp"),
            Key::PageDown => f.write_str("PgDn"),
            Key::F(n) => write!(f, "F{n}"),
        }
    }
}

/// What the mouse did, at which column and row, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mouse {
    /// What it did.
    pub action: MouseAction,
    /// Column from the left.
    pub column: u16,
    /// Row from the top.
    pub row: u16,
}

/// The few mouse actions the program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MouseAction {
    /// The main button went down.
    Press,
    /// The wheel went up one notch.
    WheelUp,
    /// The wheel went down one notch.
    WheelDown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_is_shown_and_as_it_is_said() {
        let keys = [
            KeyPress::char('r'),
            KeyPress::char('R'),
            KeyPress::char(' '),
            KeyPress::char('-'),
            KeyPress::ctrl('n'),
            KeyPress::ctrl('_'),
            KeyPress::alt(Key::Char('3')),
            KeyPress::alt(Key::Right),
            KeyPress::plain(Key::F(12)),
            KeyPress::plain(Key::Delete),
            KeyPress::plain(Key::PageDown),
            KeyPress::plain(Key::BackTab),
        ];
        for key in keys {
            assert_eq!(key.in_letters().parse(), Ok(key), "{key}");
        }
        assert_eq!("ctrl-N".parse(), Ok(KeyPress::ctrl('n')));
        assert_eq!("PageUp".parse(), Ok(KeyPress::plain(Key::PageUp)));
    }

    #[test]
    fn keys_that_terminals_do_not_tell_apart_are_refused() {
        for text in [
            "Ctrl-M",
            "Ctrl-I",
            "Ctrl-H",
            "Ctrl-[",
            "Ctrl-1",
            "Ctrl-Tab",
            "Alt-[",
            "Ctrl-Enter",
            "F13",
            "F0",
            "",
            "Hyper-x",
        ] {
            assert_eq!(text.parse::<KeyPress>(), Err(UnknownKey), "{text}");
        }
    }
}
