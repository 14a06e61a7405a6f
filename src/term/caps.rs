//! What this terminal can show. It is read from the environment once at the start; a setting or an argument may override a field.

/// The features of the terminal that are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caps {
    /// Colours may be used. Without them states are words, glyphs and reverse video.
    pub colour: bool,
    /// Glyphs and lines must be plain ASCII.
    pub ascii: bool,
    /// Things may move (spinners).
    pub motion: bool,
}

impl Caps {
    /// Reads the environment of the process.
    pub fn from_process() -> Self {
        Self::from_env(|name| std::env::var(name).ok())
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
            colour: value("NO_COLOR").is_none() && has_colour(&term),
            ascii,
            motion: !value("BLOBFREIGHT_NO_MOTION").is_some_and(|choice| is_yes(&choice)),
        }
    }
}

fn is_yes(choice: &str) -> bool {
    !matches!(choice, "0" | "false" | "no" | "off")
}

/// Every terminal of today has the 16 colours; these old or monochrome ones do not.
fn has_colour(term: &str) -> bool {
    let old = ["dumb", "vt100", "vt102", "vt220", "vt320"];
    !(old.contains(&term) || term.ends_with("-m") || term.ends_with("-mono"))
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
        assert_eq!(caps(&[MODERN, UTF8]), Caps { colour: true, ascii: false, motion: true });
    }

    #[test]
    fn an_empty_no_color_leaves_colour_on() {
        assert!(!caps(&[MODERN, ("NO_COLOR", "1")]).colour);
        assert!(!caps(&[MODERN, ("NO_COLOR", "0")]).colour, "any value counts");
        assert!(caps(&[MODERN, ("NO_COLOR", "")]).colour);
        assert!(!caps(&[("TERM", "vt100")]).colour);
        assert!(!caps(&[("TERM", "xterm-mono")]).colour);
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
