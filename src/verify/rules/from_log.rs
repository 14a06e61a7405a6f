//! What a log of the service says of a drive: files that must be there, blobs that were not exported, other names.

use std::collections::HashMap;

use super::finding::{DriveFault, DriveFinding};
use super::promise::{PromisedFile, read_md5};
use crate::logs::{EntryResult, LogEntry};

/// Names that the service changed, by the name before: of a blob with its container, or of a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceNames(HashMap<String, String>);

impl ServiceNames {
    /// Takes a renaming.
    pub fn add(&mut self, entry: &LogEntry) {
        if let Some(renamed) = &entry.renamed {
            self.0.insert(without_slash(&renamed.from), without_slash(&renamed.to));
        }
    }

    /// The path on the drive of a blob without a path of its own in the log.
    fn on_drive(&self, blob: &str) -> String {
        let blob = without_slash(blob);
        let named = self.0.get(&blob).cloned().unwrap_or(blob);
        let (container, rest) = named.split_once('/').unwrap_or((&named, ""));
        let container = self.0.get(container).map_or(container, String::as_str);
        let path = if rest.is_empty() { container.to_owned() } else { format!("{container}/{rest}") };
        format!("\\{}", path.replace('/', "\\"))
    }
}

fn without_slash(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).to_owned()
}

/// The file that an entry of a verbose log promises; `None` for entries of anything else.
pub fn promised_by(entry: &LogEntry, number: u64, names: &ServiceNames) -> Option<PromisedFile> {
    let is_file =
        !entry.is_prefix && !entry.entity.as_deref().is_some_and(|entity| entity.eq_ignore_ascii_case("Container"));
    let describes = entry.size.is_some() || entry.crc64.is_some();
    if entry.result() != EntryResult::Exported || !is_file || !describes {
        return None;
    }
    Some(PromisedFile {
        number,
        blob: without_slash(&entry.path),
        snapshot: entry.snapshot.clone(),
        path: entry.file_path.clone().unwrap_or_else(|| names.on_drive(&entry.path)),
        length: entry.size,
        // A sum of zero stands for one that was not taken, except of an empty file.
        crc64: entry.crc64.filter(|sum| *sum != 0 || entry.size == Some(0)),
        md5: entry.md5.as_deref().and_then(read_md5),
        ..PromisedFile::default()
    })
}

/// What an entry says that concerns no file on the drive.
pub fn told_by(entry: &LogEntry) -> Option<DriveFinding> {
    let (fault, detail) = match entry.result() {
        EntryResult::Exported => return None,
        EntryResult::Renamed => {
            let to = entry.renamed.as_ref().map_or("another name", |renamed| renamed.to.as_str());
            (DriveFault::Renamed, format!("the service wrote it as {to}"))
        }
        EntryResult::NotExported => {
            let words = [entry.reason_word(), entry.code.as_deref(), entry.message.as_deref()];
            let told: Vec<&str> = words.into_iter().flatten().filter(|word| !word.is_empty()).collect();
            let why = if told.is_empty() { "it is in the list of blobs left out".to_owned() } else { told.join(", ") };
            (DriveFault::NotExported, why)
        }
    };
    Some(DriveFinding {
        blob: without_slash(&entry.path),
        snapshot: entry.snapshot.clone(),
        file: entry.file_path.clone().unwrap_or_default(),
        detail,
        ..DriveFinding::new(fault)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::Renaming;

    fn renaming(from: &str, to: &str) -> LogEntry {
        LogEntry { renamed: Some(Renaming { from: from.into(), to: to.into() }), ..LogEntry::default() }
    }

    #[test]
    fn renamed_containers_and_blobs_are_found_under_their_names_on_the_drive() {
        let mut names = ServiceNames::default();
        names.add(&renaming("pics", "databox-1"));
        names.add(&renaming("pics/a:b", "pics/databox-2"));
        assert_eq!(names.on_drive("pics/c/d.jpg"), "\\databox-1\\c\\d.jpg");
        assert_eq!(names.on_drive("/pics/a:b"), "\\databox-1\\databox-2");
        assert_eq!(names.on_drive("other/a"), "\\other\\a");
    }

    #[test]
    fn a_sum_of_zero_proves_nothing_of_a_file_with_bytes() {
        let entry = |size| LogEntry { path: "c/a".into(), size: Some(size), crc64: Some(0), ..LogEntry::default() };
        let promised = |size| promised_by(&entry(size), 3, &ServiceNames::default()).unwrap();
        assert!(promised(5).is_without_digest() && promised(0).crc64 == Some(0));
        assert_eq!((promised(5).path.as_str(), promised(5).number), ("\\c\\a", 3));
    }
}
