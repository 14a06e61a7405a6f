//! Who has a draft open: a lock the operating system holds on a file and lets go when the program ends, `kill -9` included. The text
//! in the file says who it is. It counts by itself where the lock cannot: on a file system without locks, and for another machine, whose
//! lock a shared folder need not show here.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Seek, Write};
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use super::error::StoreError;
use super::holder::{LockHolder, host, process};
use crate::files;

/// How long a listing in another program may hold the lock just to see whether it is free.
const PROBE: Duration = Duration::from_millis(30);
/// A lock without a draft that was written within this time stays.
const YOUNG: Duration = Duration::from_secs(60);
/// How often the lock is tried where its file was removed meanwhile.
const TRIES: u32 = 5;

/// The right to save a draft; given back on drop.
#[derive(Debug)]
pub struct DraftLock {
    file: File,
}

impl DraftLock {
    pub(super) fn take(path: &Path) -> Result<Self, StoreError> {
        let mut file = Self::free(path)?;
        // The lock counts, not the text: a full disk must not keep anybody from opening a draft.
        drop(write(&mut file));
        Ok(Self { file })
    }

    /// Takes the lock that a program on another machine left, which the person knows to have ended.
    pub(super) fn take_over(path: &Path) -> Result<Self, StoreError> {
        let (mut file, _) = locked(path)?;
        drop(write(&mut file));
        Ok(Self { file })
    }

    /// The locked file, which no other program counts on.
    fn free(path: &Path) -> Result<File, StoreError> {
        let (file, has_locks) = locked(path)?;
        // What is left of a program on this machine is of one that was killed, as its lock is free. The pid may be another program's by now.
        let left = read(path).filter(|left| left.is_elsewhere() || (!has_locks && left.may_run()));
        match left {
            Some(left) => Err(StoreError::Held { held_by: Some(left) }),
            None => Ok(file),
        }
    }
}

impl Drop for DraftLock {
    fn drop(&mut self) {
        // Best effort: the operating system lets go when the file is closed right after this.
        drop(self.file.set_len(0));
        drop(self.file.unlock());
    }
}

/// Removes a lock that a killed program left, while it is held here: who waits for it finds that it is another file by then. One that was
/// written just now stays: its program is about to make the draft.
pub(super) fn remove_left(path: &Path) {
    let young = |path: &Path| {
        let age = files::open_regular(path).and_then(|file| file.metadata()?.modified()).map(|at| at.elapsed());
        !age.is_ok_and(|age| age.is_ok_and(|age| age > YOUNG))
    };
    if !young(path) && DraftLock::free(path).is_ok_and(|_held| std::fs::remove_file(path).is_ok()) {
        tracing::debug!(path = %path.display(), "a lock of no draft was removed");
    }
}

/// The file with its lock, and whether the file system has locks at all.
fn locked(path: &Path) -> Result<(File, bool), StoreError> {
    let failed = |error: &std::io::Error| StoreError::io("The draft could not be locked", path, error);
    for _ in 0..TRIES {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = files::open_regular_with(&mut options, path).map_err(|error| failed(&error))?;
        let mut tried = file.try_lock();
        if matches!(tried, Err(TryLockError::WouldBlock)) {
            std::thread::sleep(PROBE);
            tried = file.try_lock();
        }
        match tried {
            // The draft was discarded between opening and locking: this is the lock of nothing any more.
            Ok(()) if !is_at(&file, path) => {}
            Ok(()) => return Ok((file, true)),
            // Some network file systems have no locks; the text alone says whether the draft is open.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => return Ok((file, false)),
            Err(TryLockError::Error(error)) => return Err(failed(&error)),
            Err(TryLockError::WouldBlock) => return Err(StoreError::Held { held_by: read(path) }),
        }
    }
    Err(StoreError::Held { held_by: read(path) })
}

/// Whether the open file is still the one with this name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::fs::{Metadata, symlink_metadata};
    use std::os::unix::fs::MetadataExt as _;

    let same = |one: &Metadata, other: &Metadata| (one.dev(), one.ino()) == (other.dev(), other.ino());
    let (here, there) = (file.metadata(), symlink_metadata(path));
    here.is_ok_and(|here| there.is_ok_and(|there| same(&here, &there)))
}

/// Elsewhere a file that is open cannot be removed.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    files::is_there(path)
}

/// The running program that holds this lock. A killed program leaves its text behind, so this tries the lock itself.
pub(super) fn holder(path: &Path) -> Option<LockHolder> {
    let holder = read(path)?;
    let file = files::open_regular(path).ok()?;
    let held = matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock));
    (held || holder.is_elsewhere()).then_some(holder)
}

fn read(path: &Path) -> Option<LockHolder> {
    serde_json::from_slice(&files::read_regular(path).ok()?).ok()
}

fn write(file: &mut File) -> std::io::Result<()> {
    let pid = std::process::id();
    let holder = LockHolder { pid, host: host(), since: Timestamp::now(), process: process(pid) };
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(&serde_json::to_vec(&holder)?)
}
