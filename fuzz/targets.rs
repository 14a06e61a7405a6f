//! What must hold for any bytes. The fuzz targets and the test of the corpus (`tests/it/pure/corpus.rs`) both run these functions.
#![allow(dead_code, reason = "each fuzz target runs one of them")]

use blobfreight::logs::{LogEntry, LogReader};
use blobfreight::select::{read_list, write_list};
use blobfreight::verify::manifest::ManifestReader;
use blobfreight::verify::rules::{DrivePath, ServiceNames, promised_by, told_by};

/// A manifest: it ends, entries are numbered in order, and no path that is followed leaves the drive.
pub fn manifest(bytes: &[u8]) {
    let mut reader = ManifestReader::new(bytes);
    let mut number = 0;
    let mut has_failed = false;
    loop {
        match reader.next_file() {
            Ok(Some(file)) => {
                assert!(!has_failed && file.number == number, "entries come in order, and none behind a problem");
                number += 1;
                let _told = (file.contradictions(), file.is_without_digest());
                if let Ok(path) = DrivePath::read(&file.path) {
                    assert!(path.components().iter().all(|part| !matches!(part.as_str(), "" | "." | "..")));
                    assert!(path.components().iter().all(|part| !part.contains(['/', '\\', ':'])));
                }
            }
            Ok(None) => return,
            Err(problem) => {
                assert!(!has_failed, "a problem is told once");
                let _told = (problem.to_string(), problem.fault());
                has_failed = true;
            }
        }
    }
}

/// A log: the same entries whatever the pieces in which it comes.
pub fn log(bytes: &[u8]) {
    let whole = entries(bytes, bytes.len().max(1));
    assert_eq!(whole, entries(bytes, 7), "the pieces make a difference");
    for entry in &whole {
        let _told = (told_by(entry), promised_by(entry, 0, &ServiceNames::default()));
    }
}

fn entries(bytes: &[u8], piece: usize) -> Vec<LogEntry> {
    let mut reader = LogReader::new();
    let mut entries: Vec<_> = bytes.chunks(piece).flat_map(|piece| reader.push(piece)).collect();
    entries.extend(reader.finish().0);
    entries
}

/// A blob list file: what is read and written again reads the same.
pub fn list(bytes: &[u8]) {
    if let Ok(read) = read_list(bytes)
        && let Ok(written) = write_list(&read.rules)
    {
        assert_eq!(read_list(written.as_bytes()).expect("what was written is a list").rules, read.rules);
    }
}
