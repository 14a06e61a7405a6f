//! Reads the command line. A wrong one is a sentence with what to do, or JSON where JSON was asked for.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind};
use clap::{CommandFactory as _, FromArgMatches as _};
use clap_complete::CompleteEnv;

use super::args::Cli;
use super::failure::{CommandFailure, UsageError};
use super::output::OutputFormat;
use super::{completions, help};

/// Where the script of a shell asks for completions, answers and ends the program; otherwise does nothing. Call it before anything is
/// written to standard output.
pub fn complete() {
    CompleteEnv::with_factory(Cli::command).var(completions::VARIABLE).complete();
}

/// A command line that was read.
pub struct Invocation {
    pub(super) cli: Cli,
    /// The form of errors.
    pub(super) form: OutputFormat,
}

impl Invocation {
    /// Reads the arguments of the process, the name of the program first.
    ///
    /// # Errors
    /// The exit status, after help, version or what is wrong was printed.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, ExitCode> {
        let arguments: Vec<OsString> = arguments.into_iter().collect();
        let form = error_form(&arguments);
        let mut command = help::with_help(Cli::command());
        let read = command.try_get_matches_from_mut(&arguments).and_then(|matches| Cli::from_arg_matches(&matches));
        read.map(|cli| Self { cli, form }).map_err(|error| refuse(&error, form))
    }
}

/// Prints help and version on standard output, everything else on standard error.
fn refuse(error: &clap::Error, form: OutputFormat) -> ExitCode {
    if form == OutputFormat::Json
        && error.use_stderr()
        && error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    {
        return CommandFailure::usage(in_parts(error)).report(form);
    }
    let _nobody_reads = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// What clap says, in parts: the sentence before its first empty line, and its tips.
fn in_parts(error: &clap::Error) -> UsageError {
    let text = error.render().to_string();
    let one_line = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = one_line(text.split("\n\n").next().unwrap_or_default());
    let reason = first.strip_prefix("error: ").unwrap_or(&first).to_owned();
    let tips: Vec<String> = text.lines().filter_map(|line| line.trim().strip_prefix("tip: ").map(one_line)).collect();
    let place = error.get(ContextKind::InvalidArg).map(ToString::to_string).filter(|place| !place.is_empty());
    let advice =
        if tips.is_empty() { "`--help` behind the command lists what it takes".to_owned() } else { tips.join("; ") };
    UsageError {
        message: format!("{reason}; {advice}."),
        reason: Some(reason),
        place,
        advice: Some(advice),
        ..UsageError::default()
    }
}

/// Whether the arguments ask for JSON. It is read from the words, because it counts for a command line that cannot be read, too.
fn error_form(arguments: &[OsString]) -> OutputFormat {
    let words: Vec<&str> =
        arguments.iter().skip(1).map_while(|word| word.to_str().filter(|word| *word != "--")).collect();
    let alone = words.iter().any(|word| matches!(*word, "--json" | "--output=json" | "-ojson" | "-o=json"));
    let in_two = words.windows(2).any(|pair| matches!(pair, ["-o" | "--output", "json"]));
    if alone || in_two { OutputFormat::Json } else { OutputFormat::Table }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    fn refused(line: &str) -> UsageError {
        in_parts(&help::with_help(Cli::command()).try_get_matches_from(words(line)).unwrap_err())
    }

    #[test]
    fn json_is_asked_for_in_any_of_its_forms() {
        for line in ["bf jobs list --json", "bf --output=json drafts", "bf -o json --what", "bf jobs -ojson"] {
            assert_eq!(error_form(&words(line)), OutputFormat::Json, "{line}");
        }
        for line in ["bf jobs list", "bf -o tsv drafts", "bf drafts show -- --json"] {
            assert_eq!(error_form(&words(line)), OutputFormat::Table, "{line}");
        }
    }

    #[test]
    fn a_wrong_command_line_says_what_is_wrong_and_what_to_do() {
        let slip = refused("blobfreight jobs lits --json");
        assert!(slip.reason.as_ref().unwrap().contains("unrecognized subcommand 'lits'"), "{slip:?}");
        assert!(slip.advice.as_ref().unwrap().contains("'list'"), "{slip:?}");
        let missing = refused("blobfreight jobs ship export-1 --json");
        assert!(missing.reason.as_ref().unwrap().contains("--carrier"), "{missing:?}");
        assert!(!missing.message.contains('\n') && missing.advice.is_some(), "{missing:?}");
    }
}
