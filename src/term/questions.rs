//! What only the terminal itself can tell: whether it speaks the kitty keyboard protocol, and how wide it draws the signs of the screen. Call
//! it while nothing else reads the terminal. Keys that are pressed meanwhile are kept.

use std::io::{self, Write};

use crossterm::terminal::ClearType;
use crossterm::{cursor, queue, terminal};

/// A sign whose width depends on the terminal: it is among those that are wide in East Asian locales.
const SIGN: &str = "\u{25cf}";

/// What the terminal answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TerminalAnswers {
    /// It speaks the kitty keyboard protocol.
    pub keyboard: bool,
    /// It draws signs such as `●` two columns wide.
    pub wide_signs: bool,
}

/// Asks the terminal; for the width of its signs only where that counts. Each question waits two seconds at most, and one that does not answer the first is not asked the second: every
/// terminal in use says at once what kind it is (DA1), which is sent behind the first question.
pub fn ask(signs: bool) -> TerminalAnswers {
    let Ok(keyboard) = terminal::supports_keyboard_enhancement() else { return TerminalAnswers::default() };
    TerminalAnswers { keyboard, wide_signs: signs && wide_signs().unwrap_or(false) }
}

/// Draws a sign at the start of a line, asks where the cursor is, and takes the sign away again.
fn wide_signs() -> io::Result<bool> {
    let mut out = io::stdout();
    terminal::enable_raw_mode()?;
    let measured = measured(&mut out);
    let _gone = terminal::disable_raw_mode();
    measured
}

fn measured(out: &mut impl Write) -> io::Result<bool> {
    write!(out, "\r{SIGN}")?;
    out.flush()?;
    let position = cursor::position();
    queue!(out, terminal::Clear(ClearType::CurrentLine))?;
    write!(out, "\r")?;
    out.flush()?;
    Ok(position?.0 > 1)
}
