//! Where a blob lies on a drive: under its own name where NTFS takes it and no other blob has it, otherwise under a name made for it.

use std::collections::HashSet;

use super::super::response::uuid;

/// Characters that NTFS refuses.
const REFUSED: [char; 8] = [':', '*', '?', '"', '<', '>', '|', '\\'];
/// Names of devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The names that are taken on a drive, in lower case: NTFS does not tell case apart.
#[derive(Default)]
pub(super) struct FileNames {
    files: HashSet<String>,
    folders: HashSet<String>,
}

impl FileNames {
    /// The path of a blob or snapshot, with slashes, and whether it is another one than its own.
    pub(super) fn take(&mut self, blob: &str, snapshot: Option<&str>) -> (String, bool) {
        let own = match snapshot {
            Some(time) => format!("{blob} ({})", time.replace(':', "")),
            None => blob.to_owned(),
        };
        if is_allowed(&own) && self.reserve(&own) {
            return (own, false);
        }
        let container = blob.split('/').next().unwrap_or("$root");
        let made = format!("{container}/DataBox-{}", uuid(&own));
        self.reserve(&made);
        (made, true)
    }

    fn reserve(&mut self, path: &str) -> bool {
        let path = path.to_lowercase();
        let folders: Vec<&str> = path.match_indices('/').map(|(at, _)| path.get(..at).unwrap_or_default()).collect();
        let sides = [".properties", ".metadata"].map(|ending| format!("{path}{ending}"));
        let is_free = !self.files.contains(&path)
            && !self.folders.contains(&path)
            && folders.iter().all(|folder| !self.files.contains(*folder))
            && sides.iter().all(|side| !self.files.contains(side) && !self.folders.contains(side));
        if is_free {
            self.folders.extend(folders.into_iter().map(str::to_owned));
            self.files.insert(path);
            self.files.extend(sides);
        }
        is_free
    }
}

fn is_allowed(path: &str) -> bool {
    path.split('/').all(|name| {
        let stem = name.split('.').next().unwrap_or(name).to_lowercase();
        !name.is_empty()
            && name.len() < 240
            && !name.ends_with(['.', ' '])
            && !name.contains(REFUSED)
            && !name.chars().any(char::is_control)
            && !DEVICES.contains(&stem.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_ntfs_refuses_or_has_already_are_made_up() {
        let mut names = FileNames::default();
        assert_eq!(names.take("c/a/b.bin", None), ("c/a/b.bin".into(), false));
        assert_eq!(names.take("c/a/b.bin", Some("2026-01-01T00:00:00Z")).0, "c/a/b.bin (2026-01-01T000000Z)");
        for other in ["c/A/B.BIN", "c/a", "c/a/b.bin/x", "c/x:y", "c/nul.txt", "c/x/", "c/x.", "c/a/b.bin.properties"] {
            let (path, is_renamed) = names.take(other, None);
            assert!(is_renamed && path.starts_with("c/DataBox-"), "{other}: {path}");
        }
    }
}
