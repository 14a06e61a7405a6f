//! Makes a file under a name that no file has yet, for its owner only.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::files;

/// How many file names are tried.
const MAX_NAMES: u32 = 1000;

/// Makes the file `NAME` in a directory, or `NAME-2` and so on if that exists. Characters that could lead out of the directory become `_`.
///
/// # Errors
/// The file cannot be made, or every name is taken.
pub(super) fn create(dir: &Path, name: &str) -> io::Result<(PathBuf, File)> {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let stem: String = stem.chars().map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
    for number in 1..=MAX_NAMES {
        let tail = if number == 1 { String::new() } else { format!("-{number}") };
        let path = dir.join(format!("{stem}{tail}.{extension}"));
        match files::create_private(&path) {
            Ok(file) => return Ok((path, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}
