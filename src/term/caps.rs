//! What this terminal can show. It is read from the environment once at the start; a setting or an argument may override a field.

use crate::term::hyperlink;
use crate::term::notification::NotificationForm;
use crate::term::osc::Multiplexer;
use crate::term::window::WindowUse;

/// How many colours a terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColourDepth {
    /// None, or the person wants none.
    None,
    /// The 16, which look different on every terminal.
    Sixteen,
    /// The 16 of the console of Linux, which has a black background.
    Console,
    /// The 256 of xterm, or more.
    Many,
}

/// The features of the terminal that are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a feature of its own")]
pub struct Caps {
    /// The colours that may be used. Without any, states are words, glyphs and reverse video.
    pub colours: ColourDepth,
    /// Glyphs and lines must be plain ASCII.
    pub ascii: bool,
    /// Things may move (spinners).
    pub motion: bool,
    /// It speaks the kitty keyboard protocol; the environment does not tell, only the terminal does ([`super::questions`]).
    pub keyboard: bool,
    /// Texts on the screen may be links.
    pub hyperlinks: bool,
    /// How the terminal is asked for a notification.
    pub notifications: NotificationForm,
    /// The program between this one and the terminal.
    pub inside: Multiplexer,
    /// What of its window may be used.
    pub window: WindowUse,
}

impl Caps {
    /// Reads the environment of the process.
    pub fn from_process() -> Self {
        Self { window: WindowUse::from_process(), ..Self::from_env(|name| std::env::var(name).ok()) }
    }

    /// Reads an environment. A variable that is set to nothing counts as not set, as <https://no-color.org> and POSIX
    /// locales have it.
    pub fn from_env(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let value = |name: &str| lookup(name).filter(|value| !value.is_empty());
        let term = value("TERM").unwrap_or_default();
        let ascii = match value("BLOBFREIGHT_ASCII") {
            Some(choice) => is_yes(&choice),
            None => term == "linux" || !speaks_utf8(&value),
        };
        Self {
            colours: if value("NO_COLOR").is_some() { ColourDepth::None } else { depth(&term, &value) },
            ascii,
            hyperlinks: hyperlink::from_env(value),
            notifications: NotificationForm::from_env(value),
            inside: Multiplexer::from_env(value),
            motion: !value("BLOBFREIGHT_NO_MOTION").is_some_and(|choice| is_yes(&choice)),
            keyboard: false,
            window: WindowUse::from_env(value, false),
        }
    }
}

fn is_yes(choice: &str) -> bool {
    !matches!(choice, "0" | "false" | "no" | "off")
}

/// The colours of a terminal by its name. `COLORTERM` is set by those that have more than their name says, `WT_SESSION` by Windows Terminal.
fn depth(term: &str, value: &impl Fn(&str) -> Option<String>) -> ColourDepth {
    let monochrome = ["dumb", "vt100", "vt102", "vt220", "vt320"];
    if monochrome.contains(&term) || term.ends_with("-m") || term.ends_with("-mono") {
        return ColourDepth::None;
    }
    if term == "linux" {
        return ColourDepth::Console;
    }
    let by_name = ["256color", "direct", "kitty", "alacritty", "foot", "ghostty", "wezterm", "rio", "contour"];
    let many = by_name.iter().any(|name| term.contains(name))
        || ["COLORTERM", "WT_SESSION"].iter().any(|name| value(name).is_some());
    if many || cfg!(windows) { ColourDepth::Many } else { ColourDepth::Sixteen }
}

/// The first of the three variables that is set decides, as in POSIX. Windows has none of them, and output there is UTF-8.
fn speaks_utf8(value: &impl Fn(&str) -> Option<String>) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| value(name));
    match locale {
        Some(locale) => {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        }
        None => cfg!(windows),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caps(environment: &[(&str, &str)]) -> Caps {
        Caps::from_env(|name| environment.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
    }

    const MODERN: (&str, &str) = ("TERM", "xterm-256color");
    const UTF8: (&str, &str) = ("LANG", "de_DE.UTF-8");

    #[test]
    fn a_terminal_of_today_has_everything() {
        let today = Caps {
            colours: ColourDepth::Many,
            ascii: false,
            motion: true,
            keyboard: false,
            hyperlinks: true,
            notifications: NotificationForm::Bell,
            inside: Multiplexer::None,
            window: WindowUse::Title,
        };
        assert_eq!(caps(&[MODERN, UTF8]), today);
    }

    #[test]
    fn an_empty_no_color_leaves_colour_on() {
        assert_eq!(caps(&[MODERN, ("NO_COLOR", "1")]).colours, ColourDepth::None);
        assert_eq!(caps(&[MODERN, ("NO_COLOR", "0")]).colours, ColourDepth::None, "any value counts");
        assert_eq!(caps(&[MODERN, ("NO_COLOR", "")]).colours, ColourDepth::Many);
    }

    #[test]
    fn the_name_of_the_terminal_tells_its_colours() {
        let depth = |term| caps(&[("TERM", term)]).colours;
        assert_eq!(depth("vt100"), ColourDepth::None);
        assert_eq!(depth("xterm-mono"), ColourDepth::None);
        assert_eq!(depth("linux"), ColourDepth::Console);
        for many in ["screen-256color", "tmux-256color", "xterm-kitty", "foot", "alacritty", "xterm-direct"] {
            assert_eq!(depth(many), ColourDepth::Many, "{many}");
        }
        if cfg!(not(windows)) {
            assert_eq!(depth("xterm"), ColourDepth::Sixteen);
        }
        assert_eq!(caps(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]).colours, ColourDepth::Many);
    }

    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        assert!(!caps(&[MODERN, ("LC_ALL", "C.utf8"), ("LANG", "C")]).ascii);
        assert!(caps(&[MODERN, ("LC_ALL", "POSIX"), UTF8]).ascii);
        assert!(caps(&[MODERN, ("LC_CTYPE", "de_DE.ISO-8859-1"), UTF8]).ascii);
        assert!(!caps(&[MODERN, ("LC_ALL", ""), UTF8]).ascii, "set to nothing is not set");
        assert_eq!(caps(&[MODERN]).ascii, !cfg!(windows), "no locale at all is plain C");
    }

    #[test]
    fn the_linux_console_lacks_the_glyphs() {
        assert!(caps(&[("TERM", "linux"), UTF8]).ascii);
    }

    #[test]
    fn a_setting_beats_the_guess() {
        assert!(caps(&[MODERN, UTF8, ("BLOBFREIGHT_ASCII", "1")]).ascii);
        assert!(!caps(&[("TERM", "linux"), ("BLOBFREIGHT_ASCII", "0")]).ascii);
        assert!(!caps(&[MODERN, ("BLOBFREIGHT_NO_MOTION", "1")]).motion);
        assert!(caps(&[MODERN, ("BLOBFREIGHT_NO_MOTION", "0")]).motion);
    }
}
