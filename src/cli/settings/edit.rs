//! Opens the configuration in an editor. After it the file is read: a fault is told with its line, and the editor is offered once more.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::{Command, ExitStatus};

use serde_json::json;

use crate::azure::fault::Fault;
use crate::cli::config::{Config, SAMPLE};
use crate::cli::failure::CommandFailure;
use crate::cli::output::OutputArgs;
use crate::cli::print;
use crate::files::{self, UnfinishedFile};

/// Edits the file until it is right, or the person has had enough.
///
/// # Errors
/// It cannot be written, there is no editor, or it was left wrong.
pub(super) fn edit(file: &Path, output: OutputArgs) -> Result<(), CommandFailure> {
    let is_new = write_sample(file).map_err(|error| {
        Fault::local(format!("write {}", file.display()), files::reason(&error))
            .advise("Name another file with --config or BLOBFREIGHT_CONFIG.")
    })?;
    if is_new {
        print::note(&format!("{} was written, with every key as a comment.", file.display()));
    }
    loop {
        open(file)?;
        let Err(wrong) = Config::load(Some(file)) else { break };
        let failure = CommandFailure::from(wrong);
        if !again(&failure) {
            return Err(failure);
        }
    }
    output.one(
        &format!("{} is right.\n", file.display()),
        [file.display().to_string(), "right".to_owned()],
        || json!({ "file": file, "written": is_new }),
    );
    Ok(())
}

/// Writes the sample where there is no file. Whether it did.
fn write_sample(file: &Path) -> io::Result<bool> {
    fs::create_dir_all(files::folder_of(file))?;
    match UnfinishedFile::write(file, SAMPLE.as_bytes()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

fn open(file: &Path) -> Result<(), CommandFailure> {
    let editor = editor(|name| env::var_os(name));
    let failed = |reason: String| {
        Fault::local(format!("open {} in {}", file.display(), editor.to_string_lossy()), reason)
            .advise("Set VISUAL or EDITOR to an editor, e.g. EDITOR=nano.")
    };
    let status = run(&editor, file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => failed("there is no such program".to_owned()),
        _ => failed(files::reason(&error)),
    })?;
    if status.success() { Ok(()) } else { Err(failed(format!("it ended with {status}")).into()) }
}

/// The editor that the person uses.
fn editor(variable: impl Fn(&str) -> Option<OsString>) -> OsString {
    let named = ["VISUAL", "EDITOR"].into_iter().find_map(|name| variable(name).filter(|value| !value.is_empty()));
    named.unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.into())
}

/// The variable may hold arguments, e.g. `code --wait`. The shell reads them, as it does for other programs that open an editor.
#[cfg(unix)]
fn run(editor: &OsString, file: &Path) -> io::Result<ExitStatus> {
    let mut line = editor.clone();
    line.push(" \"$@\"");
    Command::new("sh").arg("-c").arg(line).arg("blobfreight").arg(file).status()
}

#[cfg(not(unix))]
fn run(editor: &OsString, file: &Path) -> io::Result<ExitStatus> {
    let words = editor.to_string_lossy().into_owned();
    let mut words = words.split_whitespace();
    let program = words.next().unwrap_or("notepad");
    Command::new(program).args(words).arg(file).status()
}

/// Tells what is wrong and asks whether to go on editing. Without a terminal nobody is asked.
fn again(failure: &CommandFailure) -> bool {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return false;
    }
    failure.note();
    let mut out = io::stderr().lock();
    let _nobody_reads = write!(out, "Edit it again? [Y/n] ").and_then(|()| out.flush());
    drop(out);
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer).unwrap_or_default();
    read > 0 && !answer.trim().to_ascii_lowercase().starts_with('n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visual_counts_before_editor_and_nothing_set_is_the_systems() {
        let of = |set: &[(&str, &str)]| {
            editor(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value)))
        };
        assert_eq!(of(&[("VISUAL", "code --wait"), ("EDITOR", "ed")]), "code --wait");
        assert_eq!(of(&[("VISUAL", ""), ("EDITOR", "ed")]), "ed");
        assert_eq!(of(&[]), if cfg!(windows) { "notepad" } else { "vi" });
    }
}
