//! The question before something that cannot be taken back: asked at a terminal, answered by `--yes` elsewhere.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use super::failure::CommandFailure;
use crate::ui::text;

/// Says on standard error what is about to happen, and asks. `yes` answers beforehand.
///
/// # Errors
/// There is no terminal to ask at, or the answer is no.
pub(super) fn confirm(sentences: &[String], yes: bool) -> Result<(), CommandFailure> {
    let mut out = io::stderr().lock();
    for sentence in sentences {
        let _nobody_reads = writeln!(out, "{}", text::clean(sentence));
    }
    if yes {
        return Ok(());
    }
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return Err(CommandFailure::wrong("Nothing was done: without a terminal to ask at, say --yes."));
    }
    let _nobody_reads = write!(out, "Type yes to go on: ").and_then(|()| out.flush());
    drop(out);
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    if read.is_ok() && answer.trim().eq_ignore_ascii_case("yes") {
        return Ok(());
    }
    Err(CommandFailure::wrong("Nothing was done: the answer was not yes."))
}
