//! Notifications of the desktop, which a terminal shows for the program inside it: OSC 9 (iTerm2, kitty, `WezTerm`, Ghostty) or OSC 777 (GNOME
//! Terminal and others of VTE, foot, urxvt). No terminal says which it knows, so it is taken from the variables that it sets; one that is
//! not known gets the bell alone, which every terminal has.

use super::osc::{self, Multiplexer};

/// Rings.
pub const BELL: &str = "\x07";

/// Characters of a text that are shown.
const LONGEST: usize = 160;

/// How a terminal is asked for a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotificationForm {
    /// `OSC 9 ; text`.
    Osc9,
    /// `OSC 777 ; notify ; title ; text`.
    Osc777,
    /// It is not known to take either.
    Bell,
}

impl NotificationForm {
    /// By the variables that terminals set for what runs inside them. Inside tmux and over SSH some of them are still there. `value` knows
    /// no variable that is set to nothing.
    pub fn from_env(value: impl Fn(&str) -> Option<String>) -> Self {
        let program = value("TERM_PROGRAM").unwrap_or_default();
        let term = value("TERM").unwrap_or_default();
        let set = |names: &[&str]| names.iter().any(|name| value(name).is_some());
        let osc9 = ["ITERM_SESSION_ID", "KITTY_WINDOW_ID", "WEZTERM_PANE", "GHOSTTY_RESOURCES_DIR"];
        if ["iTerm.app", "WezTerm", "ghostty", "WarpTerminal"].contains(&program.as_str())
            || ["kitty", "wezterm", "ghostty"].iter().any(|name| term.contains(name))
            || set(&osc9)
        {
            return Self::Osc9;
        }
        let osc777 = ["foot", "rxvt-unicode", "contour"].iter().any(|name| term.starts_with(name));
        if osc777 || set(&["VTE_VERSION"]) { Self::Osc777 } else { Self::Bell }
    }
}

/// The bytes that notify, and ring. The text may hold words of a service: nothing in it acts on the terminal.
pub fn sequence(form: NotificationForm, inside: Multiplexer, text: &str) -> String {
    let text = osc::harmless(text);
    let text = if text.chars().count() > LONGEST {
        text.chars().take(LONGEST - 3).chain("...".chars()).collect()
    } else {
        text
    };
    let asked = match form {
        // A number at the front is a command of its own there, e.g. `9;4` is progress.
        NotificationForm::Osc9 => osc::through(inside, &["9", &format!("Blobfreight: {text}")]),
        NotificationForm::Osc777 => osc::through(inside, &["777", "notify", "Blobfreight", &text.replace(';', ",")]),
        NotificationForm::Bell => String::new(),
    };
    asked + BELL
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn form(environment: &[(&str, &str)]) -> NotificationForm {
        NotificationForm::from_env(|name| {
            environment.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn w87_a_terminal_is_asked_in_the_form_it_knows_and_an_unknown_one_rings() {
        let known = [
            (&[("TERM_PROGRAM", "iTerm.app")][..], NotificationForm::Osc9),
            (&[("TERM", "xterm-kitty")], NotificationForm::Osc9),
            (&[("TERM", "tmux-256color"), ("TERM_PROGRAM", "tmux"), ("KITTY_WINDOW_ID", "1")], NotificationForm::Osc9),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")], NotificationForm::Osc777),
            (&[("TERM", "foot")], NotificationForm::Osc777),
            (&[("TERM", "rxvt-unicode-256color")], NotificationForm::Osc777),
            (&[("TERM", "xterm-256color"), ("WT_SESSION", "1")], NotificationForm::Bell),
            (&[("TERM_PROGRAM", "Apple_Terminal")], NotificationForm::Bell),
            (&[], NotificationForm::Bell),
        ];
        for (environment, expected) in known {
            assert_eq!(form(environment), expected, "{environment:?}");
        }
    }

    #[test]
    fn w87_each_form_names_the_program_and_the_text_and_rings() {
        let sent = |form| sequence(form, Multiplexer::None, "job a; copying");
        assert_eq!(sent(NotificationForm::Osc9), "\x1b]9;Blobfreight: job a; copying\x07\x07");
        assert_eq!(sent(NotificationForm::Osc777), "\x1b]777;notify;Blobfreight;job a, copying\x07\x07");
        assert_eq!(sent(NotificationForm::Bell), "\x07");
    }

    proptest! {
        #[test]
        fn w87_no_text_of_a_service_acts_on_the_terminal(text in any::<String>()) {
            for form in [NotificationForm::Osc9, NotificationForm::Osc777] {
                let sent = sequence(form, Multiplexer::None, &text);
                let controls: String = sent.chars().filter(|c| c.is_control()).collect();
                prop_assert_eq!(controls, "\u{1b}\u{7}\u{7}");
                prop_assert!(sent.chars().count() < 200);
            }
        }
    }
}
