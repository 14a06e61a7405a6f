//! Reads a blob list file for the commands `select` and `scan`, and warns on standard error about odd entries.

use std::io::Write as _;
use std::path::Path;

use crate::files;
use crate::select::{ReadList, read_list};
use crate::ui::text::clean;

/// Reads the file. Writes one line on standard error for each kind of note.
///
/// # Errors
/// Why the file cannot be read or is not a list, without a full stop.
pub(super) fn from_file(file: &Path) -> Result<ReadList, String> {
    let bytes = files::read_named(file, true).map_err(|error| error.to_string())?;
    let list = read_list(&bytes).map_err(|error| error.to_string().trim_end_matches('.').to_owned())?;
    for note in &list.notes {
        warn(&format!("{}: {note}.", file.display()));
    }
    Ok(list)
}

/// Writes a line to standard error.
pub(super) fn warn(line: &str) {
    let _nobody_reads = writeln!(std::io::stderr(), "{}", clean(line));
}
