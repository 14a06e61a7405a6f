//! Operating system commands (OSC): `ESC ] number ; text BEL`. They reach the terminal itself, e.g. to notify the person. What stands in one is
//! made safe here, and a multiplexer in between (tmux, GNU screen) is told to pass it on.

/// The program between this one and the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Multiplexer {
    /// None is known.
    #[default]
    None,
    /// tmux, which passes a sequence on where `allow-passthrough` is on.
    Tmux,
    /// GNU screen.
    Screen,
}

impl Multiplexer {
    /// By the variables that both set for what runs inside. `value` knows no variable that is set to nothing.
    pub fn from_env(value: impl Fn(&str) -> Option<String>) -> Self {
        if value("TMUX").is_some() {
            return Self::Tmux;
        }
        if value("STY").is_some() { Self::Screen } else { Self::None }
    }
}

/// The command for the terminal itself: a multiplexer is asked to pass it on. Nothing in `parts` can end the command or begin another.
pub fn through(inside: Multiplexer, parts: &[&str]) -> String {
    let command = command(parts);
    match inside {
        Multiplexer::None => command,
        Multiplexer::Tmux => format!("\x1bPtmux;{}\x1b\\", command.replace('\x1b', "\x1b\x1b")),
        Multiplexer::Screen => format!("\x1bP{command}\x1b\\"),
    }
}

/// The command for whatever reads first, terminal or multiplexer.
pub fn command(parts: &[&str]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| harmless(part)).collect();
    format!("\x1b]{}\x07", parts.join(";"))
}

/// A text on one line without anything that a terminal obeys, and without the characters that reverse the text that follows.
pub fn harmless(text: &str) -> String {
    let hidden = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| !hidden(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_multiplexer_is_told_to_pass_the_command_on() {
        assert_eq!(through(Multiplexer::None, &["9", "done"]), "\x1b]9;done\x07");
        assert_eq!(through(Multiplexer::Tmux, &["9", "done"]), "\x1bPtmux;\x1b\x1b]9;done\x07\x1b\\");
        assert_eq!(through(Multiplexer::Screen, &["9", "done"]), "\x1bP\x1b]9;done\x07\x1b\\");
    }

    #[test]
    fn tmux_within_screen_is_tmux() {
        let value = |name: &str| ["TMUX", "STY"].contains(&name).then(|| "1".to_owned());
        assert_eq!(Multiplexer::from_env(value), Multiplexer::Tmux);
        assert_eq!(Multiplexer::from_env(|_| None), Multiplexer::None);
    }

    proptest! {
        #[test]
        fn w87_no_text_ends_a_command_or_begins_another(text in any::<String>()) {
            let sent = command(&["9", &text]);
            let inside = &sent[1..sent.len() - 1];
            prop_assert!(!inside.chars().any(char::is_control), "{:?}", sent);
        }
    }
}
