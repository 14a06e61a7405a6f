//! Who has a draft open: a lock the operating system holds on a file and lets go when the program ends, `kill -9` included. The text
//! in the file only says who it is.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Seek, Write};
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use super::error::StoreError;
use super::holder::LockHolder;
use crate::files;

/// How long a listing in another program may hold the lock just to see whether it is free.
const PROBE: Duration = Duration::from_millis(30);

/// The right to save a draft; given back on drop.
#[derive(Debug)]
pub struct DraftLock {
    file: File,
}

impl DraftLock {
    pub(super) fn take(path: &Path) -> Result<Self, StoreError> {
        let failed = |error: &std::io::Error| StoreError::io("The draft could not be locked", path, error);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = files::open_regular_with(&mut options, path).map_err(|error| failed(&error))?;
        let mut tried = file.try_lock();
        if matches!(tried, Err(TryLockError::WouldBlock)) {
            std::thread::sleep(PROBE);
            tried = file.try_lock();
        }
        match tried {
            Ok(()) => {}
            // Some network file systems have no locks; better no lock than no draft.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(failed(&error)),
            Err(TryLockError::WouldBlock) => return Err(StoreError::Held { held_by: read(path) }),
        }
        // The lock counts, not the text: a full disk must not keep anybody from opening a draft.
        drop(write(&mut file));
        Ok(Self { file })
    }
}

impl Drop for DraftLock {
    fn drop(&mut self) {
        // Best effort: the operating system lets go when the file is closed right after this.
        drop(self.file.set_len(0));
        drop(self.file.unlock());
    }
}

/// The running program that holds this lock. A killed program leaves its text behind, so this tries the lock itself.
pub(super) fn holder(path: &Path) -> Option<LockHolder> {
    let holder = read(path)?;
    let file = files::open_regular(path).ok()?;
    matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)).then_some(holder)
}

fn read(path: &Path) -> Option<LockHolder> {
    serde_json::from_slice(&files::read_regular(path).ok()?).ok()
}

fn write(file: &mut File) -> std::io::Result<()> {
    let holder = LockHolder { pid: std::process::id(), host: host(), since: Timestamp::now() };
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(&serde_json::to_vec(&holder)?)
}

fn host() -> String {
    let named = ["/proc/sys/kernel/hostname", "/etc/hostname"].iter().find_map(|path| fs::read_to_string(path).ok());
    let named = named.or_else(|| std::env::var("HOSTNAME").or_else(|_| std::env::var("COMPUTERNAME")).ok());
    let named = named.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    named.unwrap_or_else(|| "this machine".to_owned())
}
