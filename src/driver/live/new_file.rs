//! Makes a file under a name that no file has yet, for its owner only. It has the name once it is whole.

use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::files::UnfinishedFile;

/// How many file names are tried.
const MAX_NAMES: u32 = 1000;

/// A new file that is being written. Dropped, it is gone.
#[derive(Debug)]
pub(super) struct NewFile {
    folder: PathBuf,
    stem: String,
    extension: String,
    file: UnfinishedFile,
}

impl NewFile {
    /// Begins the file `NAME` in a directory. Characters that could lead out of the directory become `_`.
    ///
    /// # Errors
    /// The directory cannot be written.
    pub(super) fn create(folder: &Path, name: &str) -> io::Result<Self> {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "txt"));
        let safe = |text: &str| -> String {
            text.chars().map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect()
        };
        let file = UnfinishedFile::create_in(folder)?;
        Ok(Self { folder: folder.to_owned(), stem: safe(stem), extension: safe(extension), file })
    }

    /// Gives it its name, or `NAME-2` and so on where files have that; returns its path.
    ///
    /// # Errors
    /// It cannot be synced or named, or every name is taken.
    pub(super) fn keep(self) -> io::Result<PathBuf> {
        let Self { folder, stem, extension, mut file } = self;
        for number in 1..=MAX_NAMES {
            let tail = if number == 1 { String::new() } else { format!("-{number}") };
            let path = folder.join(format!("{stem}{tail}.{extension}"));
            match file.keep(&path) {
                Ok(()) => return Ok(path),
                Err((error, kept)) if error.kind() == ErrorKind::AlreadyExists => file = kept,
                Err((error, _)) => return Err(error),
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    /// Writes a whole file; returns its path.
    ///
    /// # Errors
    /// It cannot be written; then nothing of it is left.
    pub(super) fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        let mut file = Self::create(folder, name)?;
        file.file.write_all(bytes)?;
        file.keep()
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Write::write(&mut self.file, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
