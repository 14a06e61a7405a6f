//! Removes what a killed program left of the files it was writing. Such a file may be half a list of BitLocker keys.

use std::fs::{self, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::regular::open_regular_with;

/// How the name of a file begins that is not whole yet, e.g. `.blobfreight-Ab3xYz.tmp`. It is hidden, and only its owner can read it.
pub(super) const PREFIX: &str = ".blobfreight-";
/// How it ends.
pub(super) const SUFFIX: &str = ".tmp";
/// How many letters and digits stand between them.
pub(super) const RANDOM: usize = 6;

/// A file that was written to within this time stays: its writer may be about to lock it.
const YOUNG: Duration = Duration::from_secs(60);
/// The same on a file system without locks, where nobody can tell whether the writer still runs.
const YOUNG_WITHOUT_LOCKS: Duration = Duration::from_secs(24 * 60 * 60);

/// Removes the unfinished files in this folder that no running program writes. Files of other names, folders and links stay, whatever
/// their age. Best effort: what cannot be removed does no harm.
pub fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_str().is_some_and(is_unfinished) && is_abandoned(&entry.path()) {
            drop(fs::remove_file(entry.path()));
        }
    }
}

/// Whether the name is one that [`super::UnfinishedFile`] gives, e.g. `.blobfreight-Ab3xYz.tmp`.
fn is_unfinished(name: &str) -> bool {
    let middle = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    middle.is_some_and(|middle| middle.len() == RANDOM && middle.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Whether its writer is gone. A time in the future is of a clock that was wrong: such a file stays until its time has come.
fn is_abandoned(path: &Path) -> bool {
    let Ok(file) = open_regular_with(OpenOptions::new().read(true).write(true), path) else { return false };
    let written = file.metadata().and_then(|found| found.modified());
    let Some(age) = written.ok().and_then(|at| SystemTime::now().duration_since(at).ok()) else { return false };
    match file.try_lock() {
        Ok(()) => age > YOUNG,
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => age > YOUNG_WITHOUT_LOCKS,
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Write as _;

    use super::*;
    use crate::files::UnfinishedFile;

    fn aged(path: &Path, seconds: u64) {
        let then = SystemTime::now() - Duration::from_secs(seconds);
        File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
    }

    fn left(folder: &Path, name: &str, seconds: u64) -> std::path::PathBuf {
        let path = folder.join(name);
        fs::write(&path, "half").unwrap();
        aged(&path, seconds);
        path
    }

    #[test]
    fn w16_what_a_killed_program_left_is_removed_and_no_other_file_ever() {
        let folder = tempfile::tempdir().unwrap();
        let (old, young) =
            (left(folder.path(), ".blobfreight-Ab3xYz.tmp", 61), left(folder.path(), ".blobfreight-Cd4wVu.tmp", 30));
        let others = [
            "keys.txt",
            ".blobfreight-.tmp",
            ".blobfreight-Ab3xY.tmp",
            ".blobfreight-Ab3xYz1.tmp",
            ".blobfreight-Ab3x_z.tmp",
            ".blobfreight-Ab3xYz.txt",
            "blobfreight-Ab3xYz.tmp",
            ".blobfreight-Ab3xYz.tmp.bak",
            ".tmpQ7zXyA",
        ];
        let others = others.map(|name| left(folder.path(), name, 9_000_000));
        let inner = folder.path().join(".blobfreight-Folder.tmp");
        fs::create_dir(&inner).unwrap();
        sweep(folder.path());
        assert!(!old.exists() && young.exists() && inner.is_dir());
        for other in others {
            assert!(other.exists(), "{}", other.display());
        }
        sweep(&folder.path().join("no-such-folder"));
    }

    #[test]
    fn w16_a_file_that_is_still_written_stays_however_long_it_takes() {
        let folder = tempfile::tempdir().unwrap();
        let only = || fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).next();
        let mut slow = UnfinishedFile::create_in(folder.path()).unwrap();
        aged(&only().unwrap(), 9_000_000);
        sweep(folder.path());
        slow.write_all(b"whole").unwrap();
        slow.keep(&folder.path().join("slow.txt")).unwrap();
        assert_eq!(fs::read(only().unwrap()).unwrap(), b"whole");
    }

    #[test]
    fn w16_the_next_file_in_a_folder_clears_away_what_a_kill_left_of_the_last() {
        let folder = tempfile::tempdir().unwrap();
        let old = left(folder.path(), ".blobfreight-Ab3xYz.tmp", 61);
        UnfinishedFile::write(&folder.path().join("keys.txt"), b"whole").unwrap();
        assert!(!old.exists());
    }

    #[test]
    fn w16_a_file_of_the_future_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = left(folder.path(), ".blobfreight-Ab3xYz.tmp", 0);
        File::options()
            .write(true)
            .open(&path)
            .unwrap()
            .set_modified(SystemTime::now() + Duration::from_secs(3_600))
            .unwrap();
        sweep(folder.path());
        assert!(path.exists());
    }

    #[cfg(unix)]
    #[test]
    fn w16_a_link_named_like_an_unfinished_file_is_not_removed_nor_what_it_leads_to() {
        let folder = tempfile::tempdir().unwrap();
        let target = left(folder.path(), "theirs", 9_000_000);
        let link = folder.path().join(".blobfreight-Ab3xYz.tmp");
        std::os::unix::fs::symlink(&target, &link).unwrap();
        sweep(folder.path());
        assert!(link.is_symlink() && target.exists());
    }
}
