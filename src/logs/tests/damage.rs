//! Logs that are cut, damaged, or no logs at all.
use proptest::prelude::*;

use super::{COPY_LOG, DRIVE_LOG, VERBOSE_LOG, paths, read};
use crate::logs::{LogEnding, LogReader};

#[test]
fn w80_a_cut_log_gives_what_was_read_and_says_where_it_stops() {
    let at = DRIVE_LOG.find("<Length>0").unwrap();
    let (entries, end) = read(&DRIVE_LOG[..at]);
    assert_eq!(paths(&entries), ["footage/wild/dunes.mov"]);
    assert_eq!((end.ending, end.is_whole()), (LogEnding::Cut, false));
    let problem = end.first_problem.unwrap();
    assert_eq!(problem.byte, at as u64);
    assert_eq!(problem.line, DRIVE_LOG[..at].lines().count() as u64);
    assert_eq!(problem.what, "the log stops inside an entry");
    let before_summary = COPY_LOG.find("<CopyLog").unwrap();
    let (entries, end) = read(&COPY_LOG[..before_summary]);
    assert_eq!((entries.len(), end.ending), (3, LogEnding::Cut));
    assert!(end.first_problem.unwrap().what.contains("summary"));
}

proptest! {
    /// A log with an end mark is never taken for whole when its end is missing.
    #[test]
    fn w80_a_cut_log_is_never_whole(cut in 0_usize..4_000) {
        for log in [DRIVE_LOG, COPY_LOG] {
            let last = log.trim_end().len() - 1;
            let cut = cut.min(last);
            let (entries, end) = read(&log.as_bytes()[..cut]);
            prop_assert!(!end.is_whole(), "{cut}: {end:?}");
            let (all, _) = read(log);
            prop_assert_eq!(&entries[..], &all[..entries.len()]);
        }
    }

    /// Nothing makes the reader stop, and what it keeps is bounded.
    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let (entries, end) = read(&bytes);
        prop_assert_eq!((entries.len() as u64, end.bytes), (end.entries, bytes.len() as u64));
    }

    /// Nor does damage at any one place of a log.
    #[test]
    fn one_damaged_byte_costs_some_entries_at_most(at in 0_usize..2_000, byte in any::<u8>()) {
        for log in [DRIVE_LOG, COPY_LOG, VERBOSE_LOG] {
            let mut bytes = log.as_bytes().to_vec();
            let at = at % bytes.len();
            bytes[at] = byte;
            let (_, end) = read(&bytes);
            prop_assert_eq!(end.bytes, bytes.len() as u64);
        }
    }
}

#[test]
fn a_missing_quote_costs_one_stretch_and_the_entries_after_it_are_found() {
    let files: Vec<String> =
        (0..2_000).map(|at| format!("<File Path=\"c/{at}\" Size=\"1\" crc64=\"5\">\n</File>")).collect();
    let log = format!("<File Path=\"c/first Size=\"1\" crc64=1>\n</File>{}", files.concat());
    let (entries, end) = read(&log);
    assert!(end.problems > 0 && !end.is_whole());
    assert!(paths(&entries).contains(&"c/1999"), "{}", entries.len());
}

#[test]
fn what_is_no_log_is_not_taken_for_one_without_failures() {
    let manifest = "<DriveManifest Version=\"2014-11-01\"><Drive><DriveId>A</DriveId><BlobList><Blob><BlobPath>c/a</BlobPath><Length>1</Length></Blob></BlobList></Drive></DriveManifest>";
    for (text, why) in [
        ("", "empty"),
        (" \n ", "empty"),
        ("<html><body>Sign in</body></html>", "<html> is no log"),
        ("<?xml version=\"1.0\"?><Error><Code>BlobNotFound</Code></Error>", "<Error> is no log"),
        (manifest, "<DriveManifest> is no log"),
        ("{\"error\": 1}", "no path of a blob"),
    ] {
        let (entries, end) = read(text);
        assert!(entries.is_empty() && !end.is_whole(), "{text}");
        let problem = end.first_problem.unwrap().what;
        assert!(problem.contains(why), "{text}: {problem}");
    }
}

#[test]
fn the_memory_for_one_entry_is_bounded() {
    let mut reader = LogReader::new();
    reader.push(b"<File Path=\"");
    for _ in 0..100 {
        assert!(reader.push(&[b'a'; 10_000]).is_empty());
    }
    let size = format!("{reader:?}").len();
    assert!(size < 100_000, "{size}");
    assert!(reader.finish().1.problems > 0);
}
