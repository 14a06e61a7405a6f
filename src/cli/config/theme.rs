//! Section `[theme]` of the configuration: the background of the terminal, and colours of the person's own.

use crate::protocol::palette::{Background, Palette, TextColour};
use crate::term::ColourDepth;

/// How the background of the terminal is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeBackground {
    /// The terminal is asked.
    #[default]
    Ask,
    /// It is known.
    Known(Background),
    /// Nobody knows: no colour is used that could be lost on it.
    Unknown,
}

impl ThemeBackground {
    /// `ask`, `dark`, `light` or `unknown`.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word {
            "ask" => Some(Self::Ask),
            "dark" => Some(Self::Known(Background::Dark)),
            "light" => Some(Self::Known(Background::Light)),
            "unknown" => Some(Self::Unknown),
            _ => None,
        }
    }
}

/// The colours of text. A colour that is set takes the place of the palette's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// The background of the terminal.
    pub background: ThemeBackground,
    /// Names of keys.
    pub key: Option<TextColour>,
    /// Answered, complete.
    pub good: Option<TextColour>,
    /// Warnings.
    pub caution: Option<TextColour>,
    /// Failures.
    pub alarm: Option<TextColour>,
    /// Explanations.
    pub quiet: Option<TextColour>,
}

impl Theme {
    /// The palette of a terminal with so many colours. `ask` asks it for its background; it is called only where the answer counts.
    pub fn palette(&self, colours: ColourDepth, ask: impl FnOnce() -> Option<Background>) -> Palette {
        let background = || match self.background {
            ThemeBackground::Ask => ask(),
            ThemeBackground::Known(background) => Some(background),
            ThemeBackground::Unknown => None,
        };
        let palette = match colours {
            ColourDepth::None => return Palette::OWN,
            ColourDepth::Sixteen => Palette::OWN,
            ColourDepth::Console => Palette::CONSOLE,
            ColourDepth::Many => Palette::on(background()),
        };
        Palette {
            key: self.key.unwrap_or(palette.key),
            good: self.good.unwrap_or(palette.good),
            caution: self.caution.unwrap_or(palette.caution),
            alarm: self.alarm.unwrap_or(palette.alarm),
            quiet: self.quiet.unwrap_or(palette.quiet),
        }
    }
}

/// One of the 256 colours.
pub(super) fn by_number(number: i64) -> Option<TextColour> {
    u8::try_from(number).ok().map(TextColour::Indexed)
}

/// `#005f87`.
pub(super) fn by_code(code: &str) -> Option<TextColour> {
    let digits = code.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some(TextColour::Rgb(red, green, blue))
}
