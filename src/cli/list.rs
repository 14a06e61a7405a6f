//! Reads what is to be exported for commands without a screen: a blob list file, or a rule as text. Warns on standard error about odd
//! entries.

use std::io::Write as _;
use std::path::Path;

use super::failure::CommandFailure;
use crate::azure::fault::Fault;
use crate::files;
use crate::select::{ReadList, Rule, RuleForm, TypedError, read_list, read_rule};
use crate::ui::text::clean;

/// Reads the file. Writes one line on standard error for each kind of note.
///
/// # Errors
/// The file cannot be read, is not a list, or selects nothing.
pub(super) fn from_file(file: &Path) -> Result<ReadList, CommandFailure> {
    let refused = |reason: String| Fault::local(format!("read the list {}", file.display()), reason);
    let bytes = files::read_named(file, true).map_err(|error| {
        CommandFailure::of_input(
            refused(files::reason(&error))
                .advise("Name a blob list (XML), as `blobfreight select --draft ID --out FILE` writes it."),
        )
    })?;
    let list = read_list(&bytes)
        .map_err(|error| CommandFailure::of_input(refused(error.to_string().trim_end_matches('.').to_owned())))?;
    if list.rules.is_empty() {
        let nothing = refused("it selects nothing".to_owned()).advise("Add a BlobPath or a BlobPathPrefix.");
        return Err(CommandFailure::of_input(nothing));
    }
    for note in &list.notes {
        warn(&format!("{}: {note}.", file.display()));
    }
    Ok(list)
}

/// Reads a rule. Writes one line on standard error, after `place`, for each slip in the text.
///
/// # Errors
/// The text as it may be shown, with a blank before it, and why it is no rule. An address is not shown: its query may be a SAS.
pub(super) fn rule(place: &str, text: &str, form: RuleForm) -> Result<Rule, (String, TypedError)> {
    let read = read_rule(text, form).map_err(|why| {
        let shown = if let TypedError::Address(_) = why { String::new() } else { format!(" `{text}`") };
        (shown, why)
    })?;
    for slip in read.warnings {
        warn(&format!("{place} `{text}`: {slip}."));
    }
    Ok(read.rule)
}

/// Writes a line to standard error.
fn warn(line: &str) {
    let _nobody_reads = writeln!(std::io::stderr(), "{}", clean(line));
}
