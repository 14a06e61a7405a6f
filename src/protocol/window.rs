//! The window of the terminal as the person has it: in front or behind another, and how a change is told to somebody who looks elsewhere.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// After this time without a key nobody is taken to look, where the terminal does not report it.
pub const UNTOUCHED: Duration = Duration::from_secs(120);

/// Where the window is, as the terminal reports it (focus events, DECSET 1004).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum WindowFocus {
    /// The terminal has reported nothing; many never do.
    #[default]
    Unreported,
    /// Keys go to it.
    InFront,
    /// Keys go to another window. It may still be seen beside that one.
    Behind,
}

/// How a change is told while nobody looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notifications {
    /// Not at all.
    Off,
    /// By the bell of the terminal.
    Bell,
    /// By a notification of the desktop where the terminal makes one, and by the bell.
    #[default]
    Desktop,
}

impl Notifications {
    /// The three, in the order of the documents.
    pub const ALL: [Self; 3] = [Self::Desktop, Self::Bell, Self::Off];

    /// The word in the configuration.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Bell => "bell",
            Self::Desktop => "desktop",
        }
    }
}
