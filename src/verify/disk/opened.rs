//! A file that was opened, and why one was not.

use std::fs::File;
use std::io;

use super::super::rules::DriveFault;
use super::page_cache;

/// A regular file of the drive. What was read of it leaves the system's cache when it is dropped.
#[derive(Debug)]
pub struct OpenedFile {
    file: File,
    /// Bytes.
    pub length: u64,
    /// When it was last changed, in nanoseconds since 1970, as far as the system says.
    pub changed: Option<i128>,
}

/// Why a promised file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenProblem {
    /// Nothing has that name.
    #[error("nothing has that name")]
    Missing,
    /// A link stands on the way or at its end.
    #[error("{0:?} is a link")]
    Link(String),
    /// Something else has the name.
    #[error("{0}")]
    NotAFile(String),
    /// This system cannot have such a name.
    #[error("the name is longer than this system allows or has characters that it refuses")]
    Unrepresentable,
    /// The system refuses.
    #[error("{0}")]
    Denied(String),
    /// The drive could not read it.
    #[error("{0}")]
    Unreadable(String),
}

impl OpenProblem {
    /// The kind of finding it is.
    pub fn fault(&self) -> DriveFault {
        match self {
            Self::Missing => DriveFault::MissingFile,
            Self::Link(_) => DriveFault::Link,
            Self::NotAFile(_) => DriveFault::NotAFile,
            Self::Unrepresentable => DriveFault::NameUnrepresentable,
            Self::Denied(_) => DriveFault::NoPermission,
            Self::Unreadable(_) => DriveFault::Unreadable,
        }
    }
}

impl From<io::Error> for OpenProblem {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Denied(error.to_string()),
            io::ErrorKind::InvalidFilename | io::ErrorKind::InvalidInput => Self::Unrepresentable,
            _ => Self::Unreadable(error.to_string()),
        }
    }
}

impl OpenedFile {
    pub(super) fn new(file: File, length: u64, changed: Option<i128>) -> Self {
        page_cache::begin(&file);
        Self { file, length, changed }
    }

    /// Reads at a place, as much as comes at once.
    ///
    /// # Errors
    /// The drive cannot read there.
    pub fn read_at(&self, out: &mut [u8], offset: u64) -> io::Result<usize> {
        #[cfg(unix)]
        return std::os::unix::fs::FileExt::read_at(&self.file, out, offset);
        #[cfg(windows)]
        return std::os::windows::fs::FileExt::seek_read(&self.file, out, offset);
    }

    /// Fills the buffer from a place, or as far as the file goes.
    ///
    /// # Errors
    /// The drive cannot read there.
    pub fn fill_at(&self, out: &mut [u8], offset: u64) -> io::Result<usize> {
        #[cfg(all(test, unix))]
        super::broken::read(&self.file, offset, out.len() as u64)?;
        let mut have = 0;
        while have < out.len() {
            let at = offset.saturating_add(have as u64);
            match self.read_at(out.get_mut(have..).unwrap_or_default(), at) {
                Ok(0) => break,
                Ok(more) => have += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(have)
    }

    /// These bytes are wanted next.
    pub fn expect(&self, offset: u64, length: u64) {
        page_cache::expect(&self.file, offset, length);
    }

    /// These bytes are not wanted again. A later read of them comes from the drive.
    pub fn forget(&self, offset: u64, length: u64) {
        page_cache::forget(&self.file, offset, length);
    }
}

impl Drop for OpenedFile {
    fn drop(&mut self) {
        page_cache::forget(&self.file, 0, u64::MAX);
    }
}
