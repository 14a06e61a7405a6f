//! Reads and writes the checkpoint file, and removes the unfinished files that killed scans left beside it.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

use super::checkpoint::Checkpoint;
use super::layout::ScanFile;
use crate::azure::fault::Fault;
use crate::files::{self, UNFINISHED, folder_of, make_private_folder};

/// The start of the name of an unfinished checkpoint file.
const UNFINISHED_PREFIX: &str = ".blobfreight-scan-";

/// An unfinished file older than this belongs to a killed scan.
const ABANDONED_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// The checkpoint of an earlier scan.
#[derive(Debug)]
pub(crate) enum EarlierScan {
    /// No file.
    Nothing,
    /// A scan that can go on.
    Usable(Box<Checkpoint>),
    /// A file that cannot be used, with the reason in one sentence.
    Unusable(String),
}

impl Checkpoint {
    /// Writes the file, whole or not at all. Makes its folder if that is missing.
    pub(crate) fn write(self, path: &Path) -> io::Result<()> {
        make_private_folder(folder_of(path))?;
        let file = ScanFile::from(self);
        files::replace_with(path, UNFINISHED_PREFIX, |out| Ok(serde_json::to_writer(out, &file)?))
    }
}

impl EarlierScan {
    /// Reads the checkpoint at `path` of a scan of `endpoint`. A file of another layout, of another account or a damaged one is
    /// [`EarlierScan::Unusable`]: the rules are then counted anew.
    ///
    /// # Errors
    /// The file cannot be read, or is not a regular one.
    pub(crate) fn read(path: &Path, endpoint: &str) -> Result<Self, Fault> {
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

/// Removes the unfinished files that killed scans left beside `path`. Files of the last day stay, because another scan may be writing
/// one, and a clock may be wrong.
pub(crate) fn sweep(path: &Path) {
    let Ok(entries) = fs::read_dir(folder_of(path)) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_unfinished =
            name.to_str().is_some_and(|name| name.starts_with(UNFINISHED_PREFIX) && name.ends_with(UNFINISHED));
        // `metadata` does not follow links: a link is no file of a scan, whatever its target.
        let Ok(found) = entry.metadata() else { continue };
        let old = found.modified().is_ok_and(|at| at.elapsed().is_ok_and(|age| age > ABANDONED_AFTER));
        if is_unfinished && old && found.is_file() {
            // A file that cannot be removed does no harm.
            drop(fs::remove_file(entry.path()));
        }
    }
}

/// The start time of the scan whose checkpoint is at `path`, in UTC, e.g. `20261122213408`. `None` if there is no usable checkpoint of
/// this endpoint.
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
    fn a_link_named_like_an_unfinished_file_is_not_removed() {
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
