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

/// How the names begin that earlier builds gave such files in any folder, e.g. `.blobfreight-scan-Ab3xYz.tmp`.
const EARLIER: [&str; 3] = [".blobfreight-scan-", ".blobfreight-report-", ".blobfreight-simulator-"];
/// The same in the program's own folders. `.20261122-1000-7f3a09c1.Ab3xYz.tmp` was one too, of the draft of that name.
const EARLIER_OWN: [&str; 2] = [".verify-", "found-jobs"];

/// A file that was written to within this time stays: its writer may be about to lock it.
const YOUNG: Duration = Duration::from_secs(60);
/// The same on a file system without locks and for earlier builds, which took none: nobody can tell whether the writer still runs.
const YOUNG_WITHOUT_LOCKS: Duration = Duration::from_secs(24 * 60 * 60);

/// Removes the unfinished files in this folder that no running program writes. Files of other names, folders and links stay, whatever
/// their age. Best effort: what cannot be removed does no harm.
pub fn sweep(folder: &Path) {
    sweep_named(folder, young_anywhere);
}

/// Removes the unfinished files in a folder of the program's own. It also removes files with the names that earlier builds gave there, e.g.
/// `.verify-Ab3xYz.tmp`.
pub fn sweep_own(folder: &Path) {
    sweep_named(folder, |start| young_anywhere(start).or_else(|| young_of_own(start)));
}

/// How long an unfinished file stays in any folder, by how its name begins. `None` is a file of another program.
fn young_anywhere(start: &str) -> Option<Duration> {
    match start {
        PREFIX => Some(YOUNG),
        _ => EARLIER.contains(&start).then_some(YOUNG_WITHOUT_LOCKS),
    }
}

/// How long a file with a name of earlier builds stays in a folder of the program's own.
fn young_of_own(start: &str) -> Option<Duration> {
    let word = start.strip_prefix('.').and_then(|rest| rest.strip_suffix('.'));
    let of_draft = word.is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    (of_draft || EARLIER_OWN.contains(&start)).then_some(YOUNG_WITHOUT_LOCKS)
}

/// Removes the abandoned files of a folder. `young` gives the time that a file stays, by how its name begins; with `None` it stays for good.
fn sweep_named(folder: &Path, young: impl Fn(&str) -> Option<Duration>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let young = entry.file_name().to_str().and_then(start_of_unfinished).and_then(&young);
        if young.is_some_and(|young| is_abandoned(&entry.path(), young)) {
            drop(fs::remove_file(entry.path()));
        }
    }
}

/// How a name begins that ends like `Ab3xYz.tmp`.
fn start_of_unfinished(name: &str) -> Option<&str> {
    let name = name.strip_suffix(SUFFIX)?;
    let (start, random) = name.split_at_checked(name.len().checked_sub(RANDOM)?)?;
    random.bytes().all(|byte| byte.is_ascii_alphanumeric()).then_some(start)
}

/// Whether its writer is gone. A time in the future is of a clock that was wrong: such a file stays until its time has come.
fn is_abandoned(path: &Path, young: Duration) -> bool {
    let Ok(file) = open_regular_with(OpenOptions::new().read(true).write(true), path) else { return false };
    let written = file.metadata().and_then(|found| found.modified());
    let Some(age) = written.ok().and_then(|at| SystemTime::now().duration_since(at).ok()) else { return false };
    match file.try_lock() {
        Ok(()) => age > young,
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
    fn w16_what_earlier_builds_left_goes_after_a_day_and_where_another_program_may_give_the_name_only_from_own_folders()
    {
        let anywhere =
            [".blobfreight-scan-Ab3xYz.tmp", ".blobfreight-report-Ab3xYz.tmp", ".blobfreight-simulator-Ab3xYz.tmp"];
        let own =
            [".verify-Ab3xYz.tmp", ".looked.Ab3xYz.tmp", "found-jobsAb3xYz.tmp", ".20261122-1000-7f3a09c1.Ab3xYz.tmp"];
        let nobodys =
            [".tmpQ7zXyA", ".a.b.Ab3xYz.tmp", "20261122-1000.Ab3xYz.tmp", ".verify-Ab3xY.tmp", "é.tmp", ".tmp"];
        let names = || anywhere.iter().chain(&own).chain(&nobodys);
        let hours = 3_600;
        for (seconds, remover, gone) in [
            (23 * hours, sweep_own as fn(&Path), 0),
            (25 * hours, sweep, anywhere.len()),
            (25 * hours, sweep_own, anywhere.len() + own.len()),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let files: Vec<_> = names().map(|name| left(folder.path(), name, seconds)).collect();
            remover(folder.path());
            let stays: Vec<bool> = files.iter().map(|file| file.exists()).collect();
            let expected: Vec<bool> = (0..files.len()).map(|at| at >= gone).collect();
            assert_eq!(stays, expected, "after {seconds} s");
        }
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
