//! The help: commands in the order of an export, an example for each command, exit statuses and environment. The texts of the options stand
//! with the arguments themselves.

use std::fmt::Write as _;

use clap::Command;
use clap::builder::StyledStr;

use super::environment::ENVIRONMENT;
use super::examples::EXAMPLES;

/// The commands in groups, in the order of an export.
pub(super) const GROUPS: [(&str, &[&str]); 5] = [
    ("Start", &["rehearse", "resume", "drafts"]),
    ("Plan", &["locations", "select", "scan"]),
    ("Job", &["new", "jobs", "keys"]),
    ("After", &["logs", "verify"]),
    ("Program", &["doctor", "config", "sign-in", "sign-out", "completions", "man", "simulate"]),
];

/// The exit statuses of every command, with what each means.
pub const EXIT_STATUSES: [(&str, &str); 7] = [
    ("0", "Done, and nothing is wrong"),
    ("1", "A request or a write failed; or what was asked for is not as it should be"),
    ("2", "Wrong arguments, or a draft or file that cannot be read; no terminal; `logs`: not known"),
    ("3", "Not whole: `scan`, `new`, `verify` and `jobs watch` say in --help what that is"),
    ("4", "Sign in first: nobody is signed in, or the sign-in no longer counts"),
    ("101", "A mistake in the program itself: it stopped at once and said where"),
    ("128+N", "The signal N ended the wizard, e.g. 130 for Ctrl-C"),
];

/// The first columns of a table in a help text.
const INDENT: usize = 2;

/// The command with groups, examples and what stands behind the options.
pub(super) fn with_help(command: Command) -> Command {
    let groups = groups(&command);
    let template =
        format!("{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{groups}\nOptions:\n{{options}}{{after-help}}");
    let command = command.help_template(template).after_help(behind()).after_long_help(behind_long());
    with_examples(command, "")
}

/// Puts the examples of each command before what its help ends with.
fn with_examples(command: Command, path: &str) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| {
        let path = format!("{path} {name}").trim_start().to_owned();
        command.mut_subcommand(&name, |sub| {
            let examples = examples(&path);
            let ends = |end: Option<&StyledStr>| match end {
                Some(end) if examples.is_empty() => end.to_string(),
                Some(end) => format!("{examples}\n\n{end}"),
                None => examples.clone(),
            };
            let (short, long) = (ends(sub.get_after_help()), sub.get_after_long_help().map(|long| ends(Some(long))));
            let sub = if short.is_empty() { sub } else { sub.after_help(short) };
            let sub = match long {
                Some(long) => sub.after_long_help(long),
                None => sub,
            };
            with_examples(sub, &path)
        })
    })
}

fn examples(path: &str) -> String {
    let lines: Vec<&str> = EXAMPLES.iter().filter(|(of, _)| *of == path).map(|(_, line)| *line).collect();
    match lines.as_slice() {
        [] => String::new(),
        [one] => format!("Example:\n  {one}"),
        several => format!("Examples:\n  {}", several.join("\n  ")),
    }
}

fn groups(command: &Command) -> String {
    let about = |name: &str| {
        let about = command.find_subcommand(name).and_then(Command::get_about);
        about.map(ToString::to_string).unwrap_or_default()
    };
    let mut text = String::new();
    for (group, names) in GROUPS {
        let _ = writeln!(text, "{group}:");
        text.push_str(&table(names.iter().map(|name| (*name, about(name)))));
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Rows of a name and its meaning, aligned.
fn table<'a>(rows: impl Iterator<Item = (&'a str, String)> + Clone) -> String {
    let width = rows.clone().map(|(name, _)| name.len()).max().unwrap_or_default();
    let mut table = String::new();
    for (name, meaning) in rows {
        let _ = writeln!(table, "{:INDENT$}{name:width$}  {meaning}", "");
    }
    table
}

/// What stands behind the options in `-h`.
fn behind() -> String {
    "Without a command the wizard opens. `blobfreight COMMAND --help` has examples;\n\
     `blobfreight --help` lists exit statuses and environment variables."
        .to_owned()
}

fn behind_long() -> String {
    let statuses = table(EXIT_STATUSES.iter().map(|(status, meaning)| (*status, (*meaning).to_owned())));
    let mut variables = String::new();
    for variable in ENVIRONMENT {
        let _ = writeln!(variables, "  {}\n      {}", variable.name, variable.meaning);
    }
    format!(
        "Without a command the wizard opens. `blobfreight COMMAND --help` has examples.\n\n\
         Examples:\n  blobfreight rehearse\n  blobfreight\n  blobfreight jobs list -o json\n\n\
         Exit status:\n{statuses}\nEnvironment:\n{}",
        variables.trim_end()
    )
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};
    use unicode_width::UnicodeWidthStr as _;

    use super::*;
    use crate::cli::Cli;

    fn each(command: &Command, path: &str, see: &mut impl FnMut(&Command, &str)) {
        see(command, path);
        for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
            each(sub, format!("{path} {}", sub.get_name()).trim_start(), see);
        }
    }

    #[test]
    fn every_command_is_in_one_group() {
        let command = Cli::command();
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let mut all: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        grouped.sort_unstable();
        all.sort_unstable();
        assert_eq!(grouped, all);
    }

    #[test]
    fn every_command_has_an_example_that_is_a_command_line() {
        let command = Cli::command();
        each(&command, "", &mut |command, path| {
            let is_leaf = command.get_subcommands().next().is_none();
            assert!(!is_leaf || EXAMPLES.iter().any(|(of, _)| *of == path), "`{path}` has no example");
        });
        for (path, line) in EXAMPLES {
            let words = line.split_whitespace().map(|word| word.trim_matches('\''));
            let before_pipe: Vec<&str> = words.take_while(|word| !matches!(*word, "|" | ">")).collect();
            assert!(line.starts_with(&format!("blobfreight {path}")), "{line}");
            if let Err(error) = Cli::try_parse_from(&before_pipe) {
                panic!("{line}: {error}");
            }
        }
    }

    #[test]
    fn no_help_is_wider_than_eighty_columns() {
        let command = with_help(Cli::command());
        let mut wide = Vec::new();
        each(&command, "", &mut |command, path| {
            let mut command = command.clone().term_width(80);
            for text in [command.render_help().to_string(), command.render_long_help().to_string()] {
                wide.extend(text.lines().filter(|line| line.width() > 80).map(|line| format!("{path}: {line}")));
            }
        });
        assert!(wide.is_empty(), "{}", wide.join("\n"));
    }

    #[test]
    fn options_of_every_command_stand_apart_from_its_own() {
        let mut command = with_help(Cli::command());
        command.build();
        let ship = command.find_subcommand_mut("jobs").and_then(|jobs| jobs.find_subcommand_mut("ship")).unwrap();
        let help = ship.render_help().to_string();
        let (own, shared) = help.split_once("For every command:").expect(&help);
        for option in ["--config", "--cloud", "--plain"] {
            assert!(shared.contains(option) && !own.contains(option), "{help}");
        }
        assert!(own.contains("--tracking") && help.contains("Example"), "{help}");
    }

    #[test]
    fn the_long_help_lists_exit_statuses_and_variables() {
        let help = with_help(Cli::command()).render_long_help().to_string();
        for (status, meaning) in EXIT_STATUSES {
            assert!(help.contains(status) && help.contains(meaning), "{help}");
        }
        assert!(ENVIRONMENT.iter().all(|variable| help.contains(variable.name)), "{help}");
    }
}
