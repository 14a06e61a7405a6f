//! Checks whether there is a terminal that a session can be drawn on.

use std::io::{self, IsTerminal};

/// The exit status when there is no terminal to use.
pub const NO_TERMINAL_STATUS: u8 = 2;

/// Why no session can start. The text is one line for stderr, with what to do; the exit status is [`NO_TERMINAL_STATUS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoTerminal {
    /// Input is a pipe or a file.
    #[error(
        "Blobfreight needs a terminal, but its input is a pipe or a file. Start it from a terminal window without redirecting its input, or let --plain ask on lines."
    )]
    Input,
    /// Output is a pipe or a file.
    #[error(
        "Blobfreight needs a terminal, but its output is a pipe or a file. Start it from a terminal window without redirecting its output, or let --plain ask on lines."
    )]
    Output,
    /// `TERM=dumb`.
    #[error(
        "Blobfreight cannot draw on this terminal, which says it is \"dumb\" (TERM=dumb). Start it in another terminal, set TERM to what this one really is, or let --plain ask on lines."
    )]
    Dumb,
}

/// Checks standard input, standard output and `TERM`.
///
/// # Errors
/// No session can be drawn here; the error names the reason.
pub fn check() -> Result<(), NoTerminal> {
    judge(io::stdin().is_terminal(), io::stdout().is_terminal(), std::env::var("TERM").ok().as_deref())
}

fn judge(input: bool, output: bool, term: Option<&str>) -> Result<(), NoTerminal> {
    match (input, output, term) {
        (false, _, _) => Err(NoTerminal::Input),
        (_, false, _) => Err(NoTerminal::Output),
        (_, _, Some("dumb")) => Err(NoTerminal::Dumb),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_terminal_is_one_line_that_says_what_to_do() {
        for (input, output, term, expected) in [
            (false, true, Some("xterm"), NoTerminal::Input),
            (true, false, Some("xterm"), NoTerminal::Output),
            (true, true, Some("dumb"), NoTerminal::Dumb),
        ] {
            assert_eq!(judge(input, output, term), Err(expected));
            let sentence = expected.to_string();
            assert!(
                sentence.contains(". Start it") && sentence.contains("--plain") && !sentence.contains('\n'),
                "{sentence}"
            );
        }
        assert_eq!(judge(true, true, Some("xterm-256color")), Ok(()));
        assert_eq!(judge(true, true, None), Ok(()));
    }
}
