//! The colours of text: one for each role that text has on the screen. They are numbers here; `ui::theme` puts them into cells.
//!
//! No ready-made palette uses black, white or yellow for text, and each colour has a contrast of at least 4.5:1 (WCAG 2.2, level AA) on the usual
//! backgrounds of its kind; a test computes it.

use serde::{Deserialize, Serialize};

/// The background of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    /// Light text stands on it.
    Dark,
    /// Dark text stands on it.
    Light,
}

/// A colour of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextColour {
    /// The terminal's own.
    #[default]
    Own,
    /// One of the 256 of xterm, by its number. Only those from 16 on look the same on every terminal.
    Indexed(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

/// A colour for each role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Palette {
    /// Names of keys, and what can be acted on.
    pub key: TextColour,
    /// Answered, complete.
    pub good: TextColour,
    /// Warnings.
    pub caution: TextColour,
    /// Failures.
    pub alarm: TextColour,
    /// Explanations, and what is not in play.
    pub quiet: TextColour,
}

impl Palette {
    /// No colour: weight, reverse video and words carry everything.
    pub const OWN: Self = Self::of(TextColour::Own, TextColour::Own, TextColour::Own, TextColour::Own, TextColour::Own);

    /// For dark backgrounds.
    pub const DARK: Self = Self::indexed(80, 114, 215, 210, 248);

    /// For light backgrounds.
    pub const LIGHT: Self = Self::indexed(24, 22, 94, 124, 240);

    /// For the console of Linux: 16 colours on black. Its dim text is the terminal's own.
    pub const CONSOLE: Self = Self { quiet: TextColour::Own, ..Self::indexed(14, 10, 13, 9, 7) };

    /// The palette for a background; without one, none fits for certain.
    pub fn on(background: Option<Background>) -> Self {
        match background {
            Some(Background::Dark) => Self::DARK,
            Some(Background::Light) => Self::LIGHT,
            None => Self::OWN,
        }
    }

    const fn indexed(key: u8, good: u8, caution: u8, alarm: u8, quiet: u8) -> Self {
        Self::of(
            TextColour::Indexed(key),
            TextColour::Indexed(good),
            TextColour::Indexed(caution),
            TextColour::Indexed(alarm),
            TextColour::Indexed(quiet),
        )
    }

    const fn of(key: TextColour, good: TextColour, caution: TextColour, alarm: TextColour, quiet: TextColour) -> Self {
        Self { key, good, caution, alarm, quiet }
    }
}
