//! What must hold for any bytes. The fuzz targets and the test of the corpus (`tests/it/pure/corpus.rs`) both run these functions.
#![allow(dead_code, reason = "each fuzz target runs one of them")]

use std::path::Path;

use blobfreight::cli::config::Config;
use blobfreight::draft::{migrate, transfer};
use blobfreight::logs::{LogEntry, LogReader};
use blobfreight::scan::{ArrowParser, EntrySink, FastParser, ListedEntry, read_page};
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

/// What a parser of pages saw, in words.
#[derive(Debug, Default, PartialEq)]
struct SeenPage(Vec<String>, Option<String>);

impl EntrySink for SeenPage {
    fn blob(&mut self, entry: &ListedEntry<'_>) {
        self.0.push(format!("{entry:?}"));
    }
    fn folder(&mut self, prefix: &str) {
        self.0.push(format!("folder {prefix:?}"));
    }
}

/// A page of List Blobs in XML: where the fast parser accepts it, the full one sees the same, whatever the pieces.
pub fn page(bytes: &[u8]) {
    let by_pieces = |size: usize| {
        let (mut parser, mut seen) = (FastParser::default(), SeenPage::default());
        for piece in bytes.chunks(size.max(1)) {
            parser.feed(piece, &mut seen).ok()?;
        }
        seen.1 = parser.end().ok()?.map(str::to_owned);
        Some(seen)
    };
    let fast = by_pieces(bytes.len());
    assert_eq!(fast, by_pieces(7), "the pieces make a difference");
    let mut full = SeenPage::default();
    let read = read_page(bytes, &mut full);
    // The fast parser does not look at what no count needs, e.g. the declaration and metadata: only the full one refuses damage there.
    if let (Some(fast), Ok(marker)) = (fast, read) {
        full.1 = marker;
        assert_eq!(fast, full);
    }
}

/// A page of List Blobs in Apache Arrow: the same whatever the pieces.
pub fn arrow(bytes: &[u8]) {
    let by_pieces = |size: usize| {
        let (mut parser, mut seen) = (ArrowParser::default(), SeenPage::default());
        for piece in bytes.chunks(size.max(1)) {
            parser.feed(piece, &mut seen).ok()?;
        }
        seen.1 = parser.end().ok()?.map(str::to_owned);
        Some(seen)
    };
    assert_eq!(by_pieces(bytes.len()), by_pieces(7), "the pieces make a difference");
}

/// A draft of any version, or a draft that somebody sent: what is read can be sent, and reads the same again.
pub fn draft(bytes: &[u8]) {
    let _told = transfer::import(bytes).map_err(|why| transfer::refusal(&why));
    if let Ok(draft) = migrate::read(bytes)
        && let Ok(sent) = transfer::export(&draft, draft.changed)
    {
        let again = transfer::import(sent.as_bytes());
        assert!(again.is_ok(), "what was exported is a draft");
    }
}

/// A configuration file: an error names the file.
pub fn config(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Err(error) = Config::parse(Path::new("any.toml"), text)
    {
        assert!(error.to_string().contains("any.toml"), "{error}");
    }
}
