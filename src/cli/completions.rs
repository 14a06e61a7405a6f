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

/// A package puts the script into a folder from which zsh reads it when Tab is pressed for the first time. Without this line that press would
/// only define the function that completes.
const ZSH_FIRST_TAB: &str = "[[ ${funcstack[1]} != _blobfreight ]] || _clap_dynamic_completer_blobfreight\n";

/// Prints the script of a shell.
///
/// # Errors
/// There is none for it.
pub(super) fn write(shell: CompletionShell) -> Result<(), CommandFailure> {
    let script = script(shell).map_err(|error| Fault::local("write the completions", error.to_string()))?;
    print::out(&script);
    Ok(())
}

fn script(shell: CompletionShell) -> io::Result<String> {
    let shells = Shells::builtins();
    let completer = shells.completer(shell.word()).ok_or(io::ErrorKind::Unsupported)?;
    let mut script = Vec::new();
    completer.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    let mut script = String::from_utf8_lossy(&script).into_owned();
    if matches!(shell, CompletionShell::Zsh) {
        script.push_str(ZSH_FIRST_TAB);
    }
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shell_has_a_script() {
        for shell in CompletionShell::value_variants() {
            let script = script(*shell).unwrap();
            assert!(script.contains(VARIABLE) && script.contains(PROGRAM), "{script}");
        }
    }
}
