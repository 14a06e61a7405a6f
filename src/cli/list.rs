//! A blob list file named on the command line: read for `select` and `scan` alike, with what it says oddly told on standard error.

use std::io::Write as _;
use std::path::Path;

use crate::files;
use crate::select::{ReadList, read_list};
use crate::ui::text::clean;

/// Reads the file and tells one line for each kind of note.
///
/// # Errors
/// Why it cannot be read or is no list, without a full stop.
pub(super) fn from_file(file: &Path) -> Result<ReadList, String> {
    let bytes = files::read_named(file, true).map_err(|error| error.to_string())?;
    let list = read_list(&bytes).map_err(|error| error.to_string().trim_end_matches('.').to_owned())?;
    for note in &list.notes {
        tell(&format!("{}: {note}.", file.display()));
    }
    Ok(list)
}

/// Writes a line to standard error.
pub(super) fn tell(line: &str) {
    let _nobody_reads = writeln!(std::io::stderr(), "{}", clean(line));
}
