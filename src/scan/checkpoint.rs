//! What of a scan is on disk, so that it goes on after `kill -9`, and so that a counted rule need not be counted again. How the file
//! is laid out is in `layout`.

mod layout;

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use self::layout::ScanFile;
use super::collisions::CaseCollisions;
use super::prefix_sizes::PrefixSizes;
use super::task::ListingTask;
use crate::azure::fault::Fault;
use crate::files::{self, UNFINISHED, folder_of, make_private_folder};
use crate::plan::count::CountTotals;
use crate::select::Rule;

/// How the name of a file that becomes a checkpoint begins.
const UNFINISHED_PREFIX: &str = ".blobfreight-scan-";

/// A file that was to become a checkpoint and is older than this never will.
const ABANDONED_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// A rule's share and what is left to list for it.
#[derive(Clone, Debug)]
pub(super) struct SavedRule {
    pub(super) rule: Rule,
    pub(super) totals: CountTotals,
    /// Empty when it is counted to the end.
    pub(super) listings: Vec<ListingTask>,
    pub(super) unordered: bool,
    pub(super) split: bool,
    /// Where its blobs lie.
    pub(super) prefix_sizes: PrefixSizes,
}

/// A scan that stopped.
#[derive(Debug)]
pub(super) struct Checkpoint {
    pub(super) endpoint: String,
    pub(super) since: Option<u64>,
    /// When the scan began, as `yyyymmddhhmmss`: the next one tells what changed after that.
    pub(super) began: Option<u64>,
    pub(super) rules: Vec<SavedRule>,
    pub(super) collisions: CaseCollisions,
}

/// What an earlier scan left.
#[derive(Debug)]
pub(super) enum EarlierScan {
    /// Nothing.
    Nothing,
    /// A scan to go on with.
    Usable(Box<Checkpoint>),
    /// A file that cannot be gone on with, and why: one sentence.
    Unusable(String),
}

impl Checkpoint {
    /// Writes the file whole or not at all, in a folder that is made where it is missing.
    pub(super) fn write(self, path: &Path) -> io::Result<()> {
        make_private_folder(folder_of(path))?;
        files::replace(path, UNFINISHED_PREFIX, &serde_json::to_vec(&ScanFile::from(self))?)
    }
}

impl EarlierScan {
    /// What the scan of `endpoint` left at `path`. A file of another layout, a damaged one or one of another account is no reason not
    /// to count: whoever counts then begins anew.
    ///
    /// # Errors
    /// The file cannot be read, or is not a regular one.
    pub(super) fn read(path: &Path, endpoint: &str) -> Result<Self, Fault> {
        let bytes = match files::read_regular(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::Nothing),
            Err(error) => {
                let tried = format!("go on with the scan in {}", path.display());
                return Err(Fault::local(tried, error.to_string()).advise("Move the file away, or count anew."));
            }
        };
        let unusable = |why: &str| {
            Self::Unusable(format!("Everything was counted anew: the earlier count in {} {why}.", path.display()))
        };
        Ok(match ScanFile::read(&bytes) {
            Ok(file) if file.is_of(endpoint) => Self::Usable(Box::new(file.into())),
            Ok(_) => unusable("is of another account"),
            Err(why) => unusable(&why),
        })
    }
}

/// Removes what scans that were killed while they wrote a checkpoint left beside `path`, of whichever scan. Files of the last day
/// stay: one may be on its way still, and a clock may be wrong.
pub(super) fn sweep(path: &Path) {
    let Ok(entries) = fs::read_dir(folder_of(path)) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let ours = name.to_str().is_some_and(|name| name.starts_with(UNFINISHED_PREFIX) && name.ends_with(UNFINISHED));
        // Of the entry itself: a link is none of ours, wherever it leads.
        let Ok(found) = entry.metadata() else { continue };
        let old = found.modified().is_ok_and(|at| at.elapsed().is_ok_and(|age| age > ABANDONED_AFTER));
        if ours && old && found.is_file() {
            // Best effort: the worst is a file too many.
            drop(fs::remove_file(entry.path()));
        }
    }
}

/// When the scan of `endpoint` that left the checkpoint at `path` began, as `yyyymmddhhmmss`, UTC; `None` when there is none
/// that could be read.
pub fn previous(path: &Path, endpoint: &str) -> Option<u64> {
    match EarlierScan::read(path, endpoint) {
        Ok(EarlierScan::Usable(saved)) => saved.began,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn a_file_that_a_killed_scan_left_is_removed_a_day_later_and_no_other_ever() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scan.json");
        let age = |path: &Path, hours: u64| {
            let then = SystemTime::now() - Duration::from_secs(hours * 60 * 60);
            File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
        };
        let left = |hours: u64| {
            let left = folder.path().join(format!("{UNFINISHED_PREFIX}{hours}{UNFINISHED}"));
            fs::write(&left, "x").unwrap();
            age(&left, hours);
            left
        };
        let (old, young) = (left(25), left(23));
        let stays = ["scan.json", ".tmpQ7zXyA", "scan.tmp", ".blobfreight-scan-x.json", ".blobfreight-scan.tmp"];
        for name in stays {
            fs::write(folder.path().join(name), "x").unwrap();
            age(&folder.path().join(name), 1_000);
        }
        let inner = folder.path().join(".blobfreight-scan-folder.tmp");
        fs::create_dir(&inner).unwrap();
        sweep(&path);
        assert!(!old.exists() && young.exists() && inner.is_dir());
        for name in stays {
            assert!(folder.path().join(name).exists(), "{name}");
        }
        sweep(&folder.path().join("no-such-folder/scan.json"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_named_like_a_left_over_file_is_let_alone() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("theirs");
        fs::write(&target, "x").unwrap();
        File::options().write(true).open(&target).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        let link = folder.path().join(".blobfreight-scan-link.tmp");
        std::os::unix::fs::symlink(&target, &link).unwrap();
        sweep(&folder.path().join("scan.json"));
        assert!(link.is_symlink() && target.exists());
    }
}
