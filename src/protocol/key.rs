//! A key press, and what the mouse does, as the program understands them, free of any terminal library. The terminal layer makes these; the key table names them.

use std::fmt;

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
