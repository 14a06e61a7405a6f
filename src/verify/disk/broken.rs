//! Files with bytes that cannot be read, for tests: a real drive that fails is not at hand.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// The numbers of a disk and of a file on it.
type FileNumber = (u64, u64);

/// Files, and their bytes.
static BROKEN: Mutex<Vec<(FileNumber, Range<u64>)>> = Mutex::new(Vec::new());

/// These bytes of a file cannot be read as long as this is kept. Another file may have the number of the file after that.
pub(crate) struct BrokenBytes(FileNumber);

/// Breaks bytes of a file.
pub(crate) fn break_bytes(path: &Path, bytes: Range<u64>) -> BrokenBytes {
    let found = path.metadata().unwrap();
    let id = (found.dev(), found.ino());
    BROKEN.lock().unwrap_or_else(PoisonError::into_inner).push((id, bytes));
    BrokenBytes(id)
}

impl Drop for BrokenBytes {
    fn drop(&mut self) {
        BROKEN.lock().unwrap_or_else(PoisonError::into_inner).retain(|(id, _)| *id != self.0);
    }
}

/// Fails as a drive does where a read touches such bytes.
pub(super) fn read(file: &File, offset: u64, length: u64) -> io::Result<()> {
    let found = file.metadata()?;
    let broken = BROKEN.lock().unwrap_or_else(PoisonError::into_inner);
    let hit = broken
        .iter()
        .any(|(id, bytes)| *id == (found.dev(), found.ino()) && offset < bytes.end && bytes.start < offset + length);
    if hit { Err(io::Error::from_raw_os_error(5)) } else { Ok(()) }
}
