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
fn a_selection_for_data_box_stays_inline_only_in_a_form_that_was_named_and_that_fits() {
    let rules = [prefix("/music/2026"), path("$root/logo.bmp")];
    let inline = |slash| match compile_for_data_box(&rules, slash).unwrap() {
        Compiled::Inline { blob_paths, blob_path_prefixes, .. } => (blob_paths, blob_path_prefixes),
        other => panic!("{other:?}"),
    };
    assert!(matches!(compile_for_data_box(&rules, None), Ok(Compiled::ListFile { .. })), "off");
    let with = (vec!["/$root/logo.bmp".to_owned()], vec!["/music/2026".to_owned()]);
    assert_eq!(inline(Some(InlineListSlash::WithSlash)), with);
    let without = (vec!["$root/logo.bmp".to_owned()], vec!["music/2026".to_owned()]);
    assert_eq!(inline(Some(InlineListSlash::WithoutSlash)), without);
    let long = [path(&format!("c/{}", "x".repeat(INLINE_LIMIT)))];
    let long = compile_for_data_box(&long, Some(InlineListSlash::WithSlash));
    assert!(matches!(long, Ok(Compiled::ListFile { reason: FileReason::OnlyForm, .. })), "{long:?}");
    let whole = compile_for_data_box(&[prefix("/music/")], Some(InlineListSlash::WithSlash));
    assert_eq!(whole, Ok(Compiled::Containers(vec!["music".into()])), "containers have a list of their own");
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
    let notes: Vec<String> = list.notes.iter().map(ToString::to_string).collect();
    let begun =
        ["line 4, column 2: the attribute size", "line 4, column 2: a path begins", "line 5, column 1: line ends"];
    for begin in begun {
        assert!(notes.iter().any(|note| note.starts_with(begin)), "{begin}\n{notes:#?}");
    }
}

#[test]
fn each_kind_of_note_is_one_line_with_its_first_places_however_many_entries_there_are() {
    let entry = |n: usize| format!("\t<BlobPath size='{n}'>/scans/box{}/page-{n}.tif</BlobPath>\n", n / 1000);
    let xml = format!("<BlobList>\n{}</BlobList>", (0..40_000).map(entry).collect::<String>());
    let list = read_list(xml.as_bytes()).unwrap();
    assert_eq!(list.rules.len(), 40_000);
    let notes: Vec<String> = list.notes.iter().map(ToString::to_string).collect();
    assert_eq!(notes.len(), 2, "{notes:#?}");
    for note in &notes {
        assert!(note.starts_with("lines 2, 3, 4 and 39,997 more: "), "{note}");
    }
    let twice = read_list(b"<BlobList><BlobPath>/box/a</BlobPath><BlobPath>/box/b</BlobPath></BlobList>").unwrap();
    assert!(twice.notes[0].to_string().starts_with("line 1, 2 times: "), "{:?}", twice.notes);
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

#[test]
fn what_the_reader_of_the_service_stops_at_is_refused_with_place_and_cure() {
    let entry = |words: &str| format!("<BlobList>\n<BlobPath>{words}</BlobPath></BlobList>");
    for (xml, place, word) in [
        ("\n\n<?xml version=\"1.0\"?><BlobList/>".to_owned(), "line 3, column 1", "very first"),
        ("<?xml version=\"1.0\"?><?xml version=\"1.0\"?><BlobList/>".to_owned(), "line 1, column 22", "very first"),
        ("<?xml version=\"1.1\"?><BlobList/>".to_owned(), "line 1, column 1", "version=\"1.0\""),
        ("<?xml encoding=\"utf-8\"?><BlobList/>".to_owned(), "line 1", "version=\"1.0\""),
        ("<?XML version=\"1.0\"?><BlobList/>".to_owned(), "line 1, column 1", "small letters"),
        ("<?xml version=\"1.0\" encoding=\"utf-16\"?><BlobList/>".to_owned(), "line 1", "write encoding=\"utf-8\""),
        (
            format!("<?xml version='1.0' encoding='iso-8859-1'?>{}", entry("box/é")),
            "line 1",
            "write encoding=\"utf-8\"",
        ),
        ("<?xml version='1.0' standalone='maybe'?><BlobList/>".to_owned(), "line 1", "yes nor no"),
        (entry("box/a\u{1}b"), "line 2, column 16", "U+0001"),
        (entry("box/a\0b"), "line 2, column 16", "NUL"),
        (entry("box/\u{fffe}"), "line 2, column 15", "U+FFFE"),
        (entry("box/a]]>b"), "line 2, column 16", "write ]]&gt;"),
        (entry("box/R&D/b"), "line 2, column 16", "write & as &amp;"),
        (entry("box/b & c.txt"), "line 2, column 17", "write & as &amp;"),
        (entry("box/b & c; d"), "line 2, column 17", "write & as &amp;"),
        (entry("box/&#xD800;"), "line 2, column 15", "no character XML allows"),
        (entry("box/&#0;"), "line 2, column 15", "no character XML allows"),
        (entry("box/a<b>"), "line 2, column 16", "write &lt;"),
        (entry("box/<!-- a -- b -->c"), "line 2, column 22", "one hyphen"),
        ("<BlobList><!-- a ---></BlobList>".to_owned(), "line 1, column 18", "one hyphen"),
        (
            "<BlobList><BlobPath size='1' size='2'>box/a</BlobPath></BlobList>".to_owned(),
            "line 1, column 30",
            "keep one",
        ),
        ("<BlobList><BlobPath size='a<b'>box/a</BlobPath></BlobList>".to_owned(), "line 1, column 28", "&lt;"),
        ("<BlobList><BlobPath size='a&b'>box/a</BlobPath></BlobList>".to_owned(), "line 1, column 11", "&amp;"),
        ("<BlobList><BlobPath size=1>box/a</BlobPath></BlobList>".to_owned(), "line 1, column 26", "quotes"),
        (
            "<BlobList><BlobPath size='1'SnapshotTime='2'>box/a</BlobPath></BlobList>".to_owned(),
            "line 1, column 29",
            "space",
        ),
        ("<BlobList a='b'/>".to_owned(), "line 1, column 1", "no attribute a"),
        ("<!DOCTYPE BlobList><BlobList/>".to_owned(), "line 1, column 1", "DOCTYPE"),
        ("<BlobList/>more".to_owned(), "line 1, column 12", "outside"),
        ("<BlobList/>\u{a0}".to_owned(), "line 1, column 12", "outside"),
        ("<BlobList/>&#32;".to_owned(), "line 1, column 12", "outside"),
        ("<![CDATA[ ]]><BlobList/>".to_owned(), "line 1, column 1", "outside"),
        ("<BlobList/><BlobList/>".to_owned(), "line 1, column 12", "reader stops"),
    ] {
        let message = refused(&xml);
        assert!(message.contains(place) && message.contains(word), "{xml:?}\n{message}");
    }
    let message = read_list(b"<BlobList>\n<BlobPath>box/\xC3</BlobPath></BlobList>").unwrap_err().to_string();
    assert!(message.contains("line 2, column 15") && message.contains("UTF-8"), "{message}");
}

#[test]
fn what_readers_may_take_in_another_way_is_noted() {
    for (xml, word) in [
        ("<?xml version='1.0' encoding='us-ascii'?><BlobList><BlobPath>box/a</BlobPath></BlobList>", "encoding"),
        ("<BlobList xmlns='urn:x'><BlobPath>box/a</BlobPath></BlobList>", "xmlns"),
        ("<BlobList><BlobPath SnapshotTime='2026-02-03T04:05:06.123Z'>box/a</BlobPath></BlobList>", "seven digits"),
        ("<BlobList><BlobPath>box/a%20b</BlobPath></BlobList>", "%-codes"),
        ("<BlobList><BlobPath>box/*.txt</BlobPath></BlobList>", "wildcards"),
        ("<BlobList><BlobPath>box/a\\b</BlobPath></BlobList>", "ordinary character"),
        ("<BlobList><BlobPath>box/a </BlobPath></BlobList>", "space at its end"),
        ("<BlobList><BlobPathPrefix>/Box/</BlobPathPrefix></BlobList>", "lower-case"),
        ("<BlobList><BlobPathPrefix>/my_box/</BlobPathPrefix></BlobList>", "no container"),
        ("<BlobList><BlobPathPrefix>/ab/</BlobPathPrefix></BlobList>", "no container"),
    ] {
        let list = read_list(xml.as_bytes()).unwrap();
        let notes: Vec<String> = list.notes.iter().map(ToString::to_string).collect();
        assert!(notes.len() == 1 && notes[0].contains(word), "{xml}\n{notes:#?}");
    }
    for name in ["$root", "$web", "$logs"] {
        let xml = format!("<BlobList><BlobPathPrefix>/{name}/</BlobPathPrefix></BlobList>");
        assert_eq!(read_list(xml.as_bytes()).unwrap().notes, Vec::new(), "{name}");
    }
}

#[test]
fn an_address_a_space_and_a_backslash_are_refused_with_what_to_write() {
    let blob = |words: &str| refused(&format!("<BlobList><BlobPath>{words}</BlobPath></BlobList>"));
    let prefix = |words: &str| refused(&format!("<BlobList><BlobPathPrefix>{words}</BlobPathPrefix></BlobList>"));
    for (message, cure) in [
        (blob("https://acct.blob.core.windows.net/box/a%20b.txt"), "write box/a b.txt."),
        (blob("https://acct.blob.core.windows.net/box/"), "write the prefix /box/ for the whole container"),
        (prefix("https://acct.blob.core.windows.net/box/"), "write /box/."),
        (prefix("/https://acct.blob.core.windows.net/box/dir/"), "write /box/dir/."),
        (prefix("https://acct.blob.core.windows.net"), "write the prefix / for"),
        (prefix(" /box/dir "), "write /box/dir."),
        (prefix("box/dir/"), "write /box/dir/."),
        (prefix("/box\\dir\\"), "write /box/dir/ for the folder"),
        (refused("<BlobList><BlobPath SnapshotTime='yesterday'>box/a</BlobPath></BlobList>"), "e.g. 2026-02-03T"),
    ] {
        assert!(message.contains(cure) && !message.contains("write /https"), "{message}");
    }
    let signed = blob("https://acct.blob.core.windows.net/box/a?sig=secret");
    assert!(!signed.contains("secret") && signed.contains("write box/a."), "{signed}");
}
