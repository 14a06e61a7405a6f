//! What goes to the service and what comes in from list files written elsewhere.

use super::*;

#[test]
fn a_short_selection_goes_inline() {
    let rules = [prefix("/music/"), path("$root/logo \"x\".bmp")];
    let Compiled::Inline { blob_paths, blob_path_prefixes, bytes } = compile(&rules).unwrap() else {
        panic!("it fits inline");
    };
    assert_eq!(blob_paths, vec!["$root/logo \"x\".bmp"]);
    assert_eq!(blob_path_prefixes, vec!["/music/"]);
    assert_eq!(bytes, r#"{"blobPath":["$root/logo \"x\".bmp"],"blobPathPrefix":["/music/"]}"#.len());
}

#[test]
fn a_long_selection_goes_into_a_list_file_at_exactly_the_limit() {
    // {"blobPath":["c/…"]} takes 19 bytes around the name.
    let at = |length: usize| compile(&[path(&format!("c/{}", "x".repeat(length - 19)))]).unwrap();
    assert!(matches!(at(INLINE_LIMIT), Compiled::Inline { bytes: INLINE_LIMIT, .. }));
    let over = INLINE_LIMIT + 1;
    assert!(matches!(at(over), Compiled::ListFile { reason: FileReason::TooLong { bytes }, .. } if bytes == over));
}

#[test]
fn t29_a_single_snapshot_needs_a_list_file() {
    let rules = [
        prefix("/a&b/"),
        Rule::Blob { path: "c/x".to_owned(), snapshots: false },
        Rule::Snapshot { path: "c/<y>".to_owned(), time: "2026-02-03T04:05:06.1234567Z".to_owned() },
    ];
    let Compiled::ListFile { xml, reason } = compile(&rules).unwrap() else { panic!("inline lists cannot say this") };
    assert_eq!(reason, FileReason::Snapshots);
    let expected = r#"<?xml version="1.0" encoding="utf-8"?>
<BlobList>
  <BlobPathPrefix>/a&amp;b/</BlobPathPrefix>
  <BlobPath IncludeSnapshots="false">c/x</BlobPath>
  <BlobPath SnapshotTime="2026-02-03T04:05:06.1234567Z">c/&lt;y&gt;</BlobPath>
</BlobList>
"#;
    assert_eq!(xml, expected);
}

#[test]
fn a_name_xml_cannot_hold_goes_inline_or_is_refused_with_the_way_out() {
    let odd = path("c/bell\u{7}");
    assert!(matches!(compile(std::slice::from_ref(&odd)), Ok(Compiled::Inline { .. })));
    let error = compile(&[odd, Rule::Blob { path: "c/x".to_owned(), snapshots: false }]).unwrap_err().to_string();
    assert!(error.contains("character 7 (U+0007)") && error.contains("prefix that ends before"), "{error}");
    assert_eq!(compile(&[]), Err(CompileError::Empty));
}

#[test]
fn a_list_written_by_hand_reads_in() {
    let xml = "\u{feff}<?xml version='1.0'?>\n<!-- my list -->\n<BlobList>\n\t<BlobPath IncludeSnapshots = 'False' size=\"3\">/c/x</BlobPath>\n\
        <BlobPathPrefix>\n  /music/\n</BlobPathPrefix><BlobPath><![CDATA[c/<a>]]> &#65;<!-- no -->b </BlobPath></BlobList>\n";
    let list = read_list(xml.as_bytes()).unwrap();
    assert_eq!(
        list.rules,
        vec![Rule::Blob { path: "c/x".to_owned(), snapshots: false }, prefix("/music/"), path("c/<a> Ab ")]
    );
    let notes: Vec<_> = list.notes.iter().map(|(place, note)| (place.line, place.column, *note)).collect();
    assert_eq!(
        notes,
        vec![(4, 2, ReadNote::SizeIgnored), (4, 2, ReadNote::LeadingSlash), (5, 1, ReadNote::SpaceAround)]
    );
}

/// The error of a list, as a person reads it.
fn refused(xml: &str) -> String {
    read_list(xml.as_bytes()).unwrap_err().to_string()
}

#[test]
fn a_refused_list_says_where_and_what_to_write() {
    for (xml, place, word) in [
        ("", "line 1, column 1", "no <BlobList>"),
        ("<List/>", "line 1, column 1", "<List>"),
        ("<BlobList>\n  <blobPath>a/b</blobPath></BlobList>", "line 2, column 3", "capitals"),
        ("<BlobList>\n<BlobPath>a</BlobPath></BlobList>", "line 2, column 1", "$root/"),
        ("<BlobList><BlobPathPrefix>a/</BlobPathPrefix></BlobList>", "line 1, column 11", "write /a/"),
        ("<BlobList><BlobPathPrefix/></BlobList>", "line 1, column 11", "whole account"),
        ("<BlobList><BlobPath>a/b</BlobPathPrefix></BlobList>", "line 1", "not well-formed"),
        ("<BlobList>\n\n<BlobPath>a/b", "line 3", "cut off"),
        ("<BlobList><BlobPath>a&nbsp;/b</BlobPath></BlobList>", "line 1, column 22", "&amp;"),
        ("<BlobList><BlobPath Snapshot=\"x\">a/b</BlobPath></BlobList>", "line 1, column 11", "Snapshot is unknown"),
        (
            "<BlobList><BlobPathPrefix IncludeSnapshots='false'>/a/</BlobPathPrefix></BlobList>",
            "line 1",
            "all snapshots",
        ),
        ("<BlobList><BlobPath IncludeSnapshots='no'>a/b</BlobPath></BlobList>", "line 1", "true or false"),
        ("<BlobList></BlobList>\n<Summary></Summary>", "line 2, column 1", "<Summary>"),
        ("<BlobList>é a/b</BlobList>", "line 1, column 11", "text stands outside"),
    ] {
        let message = refused(xml);
        assert!(message.contains(place) && message.contains(word), "{xml}\n{message}");
    }
    assert!(read_list(&[0xFF, 0xFE, b'<', 0]).unwrap_err().to_string().contains("UTF-16"));
}
