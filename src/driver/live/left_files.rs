//! Removes what killed programs left in the data directory: files that were not whole, and locks of drafts that there are not.

use std::path::Path;

use crate::draft::store::DraftStore;
use crate::files;

/// The folders of the data directory that files are written to, besides those of the drafts.
const FOLDERS: [&str; 6] = ["keys", "papers", "reports", "requests", "scans", "verify"];

/// Removes it from the program's own folders, and from no others: the data directory and that of the drafts. Best effort. Blocks.
pub fn sweep(data: &Path, drafts: &DraftStore) {
    files::sweep_own(data);
    for folder in FOLDERS {
        files::sweep_own(&data.join(folder));
    }
    drafts.sweep();
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::path::PathBuf;
    use std::time::SystemTime;

    use super::*;

    fn sweep_all(data: &Path) {
        sweep(data, &DraftStore::open(&data.join("drafts")).unwrap());
    }

    fn old(data: &Path, name: &str, text: &str) -> PathBuf {
        let path = data.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        File::options().write(true).open(&path).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        path
    }

    #[test]
    fn w16_the_next_start_clears_every_folder_of_the_program_and_no_other() {
        let data = tempfile::tempdir().unwrap();
        let folders = ["", "drafts/", "drafts/trash/", "drafts/archive/"].map(str::to_owned);
        let folders = folders.into_iter().chain(FOLDERS.map(|folder| format!("{folder}/")));
        let left: Vec<_> =
            folders.map(|at| old(data.path(), &format!("{at}.blobfreight-Ab3xYz.tmp"), "half")).collect();
        let theirs = old(data.path(), "mine/.blobfreight-Ab3xYz.tmp", "half");
        sweep_all(data.path());
        for path in left {
            assert!(!path.exists(), "{}", path.display());
        }
        assert!(theirs.exists());
    }

    #[test]
    fn w56_a_lock_without_its_draft_goes_unless_it_may_be_in_use() {
        let data = tempfile::tempdir().unwrap();
        let elsewhere = r#"{"pid":4711,"host":"nas-of-the-studio","since":"2026-11-20T08:00:00Z"}"#;
        let killed = old(data.path(), "drafts/d1.lock", "");
        let stays = [
            old(data.path(), "drafts/d2.lock", elsewhere),
            old(data.path(), "drafts/d3.lock", ""),
            old(data.path(), "drafts/d4.lock", ""),
            old(data.path(), "drafts/d5.lock", ""),
        ];
        let held = File::open(&stays[1]).unwrap();
        held.lock().unwrap();
        old(data.path(), "drafts/d4.json", "damaged");
        old(data.path(), "drafts/archive/d5.json", "damaged");
        let new = data.path().join("drafts/d6.lock");
        fs::write(&new, "").unwrap();
        sweep_all(data.path());
        assert!(!killed.exists());
        for path in stays.iter().chain([&new]) {
            assert!(path.exists(), "{}", path.display());
        }
    }
}
