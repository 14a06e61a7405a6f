//! A log may be cut into pieces anywhere and come in every encoding: the entries are the same.
use proptest::prelude::*;

use super::{COPY_LOG, DRIVE_LOG, VERBOSE_LOG, read};
use crate::logs::{LogEnd, LogEntry, LogReader};

fn in_pieces(bytes: &[u8], mut cuts: Vec<usize>) -> (Vec<LogEntry>, LogEnd) {
    for cut in &mut cuts {
        *cut = (*cut).min(bytes.len());
    }
    cuts.sort_unstable();
    let mut reader = LogReader::new();
    let (mut entries, mut start) = (Vec::new(), 0);
    for cut in cuts.into_iter().chain([bytes.len()]) {
        entries.extend(reader.push(&bytes[start..cut]));
        start = cut;
    }
    let (last, end) = reader.finish();
    entries.extend(last);
    (entries, end)
}

/// A name as blobs have them, with everything that XML or a decoder could stumble over.
fn name() -> impl Strategy<Value = String> {
    "[a-z0-9 &;#%ä漢\u{1F600}'<>=/-]{1,20}".prop_map(|name| format!("c/x{name}y"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

proptest! {
    #[test]
    fn w80_pieces_of_any_length_give_the_same_entries(cuts in prop::collection::vec(0_usize..3_000, 0..40)) {
        for log in [DRIVE_LOG, COPY_LOG, VERBOSE_LOG, "c/a\r\nc/ä"] {
            prop_assert_eq!(in_pieces(log.as_bytes(), cuts.clone()), read(log));
        }
    }

    #[test]
    fn w80_any_name_comes_back_in_every_form_and_encoding(names in prop::collection::vec(name(), 1..6), cut in 0_usize..400) {
        let file = |name: &String| format!("<File Path=\"{}\" Size=\"1\" crc64=\"2\">\n</File>", escaped(name));
        let blob = |name: &String| {
            format!("<Blob Status=\"IOFailed\"><BlobPath>{}</BlobPath><Length>1</Length></Blob>", escaped(name))
        };
        let verbose = names.iter().map(file).collect::<Vec<_>>().concat();
        let blobs = names.iter().map(blob).collect::<Vec<_>>().concat();
        let classic = format!("<DriveLog>{blobs}<Status>CompletedWithErrors</Status></DriveLog>");
        for log in [verbose, classic] {
            let utf16: Vec<u16> = log.encode_utf16().collect();
            let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            let with_mark = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
            for bytes in [
                log.as_bytes().to_vec(),
                with_mark(b"\xEF\xBB\xBF", log.as_bytes()),
                with_mark(b"\xFF\xFE", &little),
                with_mark(b"\xFE\xFF", &big),
                little,
                big,
            ] {
                let (entries, end) = in_pieces(&bytes, vec![cut, cut + 1]);
                let paths: Vec<_> = entries.into_iter().map(|entry| entry.path).collect();
                prop_assert_eq!(&paths, &names);
                prop_assert!(end.is_whole() && end.bytes == bytes.len() as u64, "{:?}", end);
            }
        }
    }

    /// Writers that do not escape: ampersands and quotes stand bare in a value.
    #[test]
    fn bare_ampersands_and_quotes_belong_to_the_name(name in "[a-z&\"' ]{0,12}[a-z]") {
        let path = format!("c/{name}");
        let (entries, _) = read(format!("<File Path=\"{path}\" Size=\"1\" crc64=\"2\">\n</File>"));
        prop_assert_eq!(&entries[0].path, &path);
    }
}
