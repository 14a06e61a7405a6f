//! The scripts that complete command lines in a shell. They ask this program, because names of drafts are known only here.

use std::io;

use clap::ValueEnum;
use clap_complete::env::Shells;

use super::failure::CommandFailure;
use super::print;
use crate::azure::fault::Fault;

/// The variable by which the script of a shell asks.
pub(super) const VARIABLE: &str = "BLOBFREIGHT_COMPLETE";
/// The name of the program on the search path.
const PROGRAM: &str = "blobfreight";

/// The shells.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum CompletionShell {
    /// Bash
    Bash,
    /// Elvish
    Elvish,
    /// fish
    Fish,
    /// PowerShell
    #[value(name = "powershell")]
    PowerShell,
    /// Zsh
    Zsh,
}

impl CompletionShell {
    fn word(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Elvish => "elvish",
            Self::Fish => "fish",
            Self::PowerShell => "powershell",
            Self::Zsh => "zsh",
        }
    }
}

/// Prints the script of a shell.
///
/// # Errors
/// There is none for it.
pub(super) fn write(shell: CompletionShell) -> Result<(), CommandFailure> {
    let failed = |error: io::Error| Fault::local("write the completions", error.to_string());
    let shells = Shells::builtins();
    let completer = shells.completer(shell.word()).ok_or_else(|| failed(io::ErrorKind::Unsupported.into()))?;
    let mut script = Vec::new();
    completer.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script).map_err(failed)?;
    print::out(&String::from_utf8_lossy(&script));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shell_has_a_script() {
        for shell in CompletionShell::value_variants() {
            let shells = Shells::builtins();
            let completer = shells.completer(shell.word()).unwrap_or_else(|| panic!("{}", shell.word()));
            let mut script = Vec::new();
            completer.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script).unwrap();
            let script = String::from_utf8(script).unwrap();
            assert!(script.contains(VARIABLE) && script.contains(PROGRAM), "{script}");
        }
    }
}
