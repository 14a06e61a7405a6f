//! `blobfreight select` as a program: a list file read into a draft and written again, and what it refuses.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use blobfreight::draft::{DirectAccount, Draft, DraftId, store::DraftStore};
use blobfreight::driver::live::drafts_in;
use blobfreight::protocol::step::Step;
use blobfreight::select::read_list;

const LIST: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<BlobList>\n  \
    <BlobPathPrefix>/media/2024/</BlobPathPrefix>\n  \
    <BlobPath>$root/index &amp; more.html</BlobPath>\n  \
    <BlobPath IncludeSnapshots=\"false\">media/b.jpg</BlobPath>\n  \
    <BlobPath SnapshotTime=\"2024-02-01T10:00:00.0000001Z\">media/c.jpg</BlobPath>\n\
    </BlobList>\n";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
        command.args(arguments).current_dir(&self.0);
        for (name, at) in [("DATA_DIR", "data"), ("STATE_DIR", "state"), ("CONFIG", "config.toml")] {
            command.env(format!("BLOBFREIGHT_{name}"), self.at(at));
        }
        command.output().unwrap()
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.at(name), text).unwrap();
    }

    /// Runs what has to work; its output.
    fn does(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", err(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs what is refused; the sentence.
    fn refuses(&self, status: i32, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", err(&output));
        assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
        let sentence = err(&output);
        assert_eq!(sentence.trim_end().lines().count(), 1, "{sentence}");
        sentence
    }

    /// A new draft of a list; its name.
    fn draft_of(&self, list: &str) -> String {
        self.write("list.xml", list);
        let said = self.does(&["select", "--list", "list.xml", "--new"]);
        said.split_whitespace().nth(1).unwrap().to_owned()
    }
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn a_list_goes_into_a_new_draft_and_comes_out_as_it_was() {
    let place = Place::new();
    let draft = place.draft_of(LIST);
    assert_eq!(place.does(&["select", "--draft", &draft]), LIST);
    assert_eq!(place.does(&["select", "--draft", &draft, "--out", "again.xml"]), "again.xml holds 4 rules.\n");
    assert_eq!(read(&place.at("again.xml")), LIST);
    assert!(place.does(&["drafts"]).contains(&draft));
}

#[test]
fn a_list_of_another_tool_replaces_the_selection_of_a_draft_and_what_it_says_oddly_is_told() {
    let place = Place::new();
    let draft = place.draft_of(LIST);
    place.write("other.xml", "<BlobList><BlobPath size=\"3\">/media/a.jpg</BlobPath></BlobList>");
    let output = place.run(&["select", "--list", "other.xml", "--draft", &draft]);
    assert!(output.status.success(), "{}", err(&output));
    assert!(err(&output).contains("other.xml: line 1, column "), "{}", err(&output));
    let written = place.does(&["select", "--draft", &draft]);
    assert_eq!(read_list(written.as_bytes()).unwrap().rules.len(), 1, "{written}");
    assert!(written.contains("<BlobPath>media/a.jpg</BlobPath>"), "{written}");
}

#[test]
fn a_list_read_into_a_draft_opened_by_key_stands_at_its_blobs_as_if_they_were_checked_there() {
    let place = Place::new();
    let drafts = DraftStore::open(&drafts_in(&place.at("data"))).unwrap();
    let mut draft = Draft::new(DraftId::parse("20261122-0900-0000002a").unwrap(), false, jiff::Timestamp::UNIX_EPOCH);
    let endpoint = "http://127.0.0.1:10000/devstoreaccount1".to_owned();
    draft.given = Some(DirectAccount { endpoint: endpoint.clone(), name: "devstoreaccount1".into(), container: None });
    draft.step = Step::Drives;
    drafts.save(&draft).unwrap();
    place.write("list.xml", LIST);
    place.does(&["select", "--list", "list.xml", "--draft", "20261122-0900-0000002a"]);
    let draft = drafts.read(&draft.id).unwrap();
    assert_eq!((draft.step, draft.selection.account), (Step::Blobs, Some(endpoint)));
}

#[test]
fn an_existing_file_is_written_over_only_when_that_is_said() {
    let place = Place::new();
    let draft = place.draft_of(LIST);
    place.write("mine.xml", "precious, and longer than nothing");
    let sentence = place.refuses(1, &["select", "--draft", &draft, "--out", "mine.xml"]);
    assert!(sentence.contains("exists already") && sentence.contains("--force"), "{sentence}");
    assert_eq!(read(&place.at("mine.xml")), "precious, and longer than nothing");
    place.does(&["select", "--draft", &draft, "--out", "mine.xml", "--force"]);
    assert_eq!(read(&place.at("mine.xml")), LIST);
    assert!(place.refuses(1, &["select", "--draft", &draft, "--out", "no/such/dir.xml"]).contains("no/such/dir.xml"));
}

#[test]
fn a_list_that_cannot_be_meant_is_refused_with_line_and_column() {
    let place = Place::new();
    for (wrong, line) in [
        ("<BlobList>\n  <BlobPth>a/b</BlobPth>\n</BlobList>", "line 2, column 3"),
        ("<BlobList>\n<BlobPathPrefix>media/</BlobPathPrefix>\n</BlobList>", "line 2, column"),
        ("<BlobList>\n\n<BlobPath>a/b</BlobPath>", "line 3, column"),
    ] {
        place.write("wrong.xml", wrong);
        let sentence = place.refuses(2, &["select", "--list", "wrong.xml", "--new"]);
        assert!(sentence.contains("wrong.xml") && sentence.contains(line), "{sentence}");
    }
    assert!(place.refuses(2, &["select", "--list", "none.xml"]).contains("none.xml"));
    place.write("empty.xml", "<BlobList></BlobList>");
    place.refuses(2, &["select", "--list", "empty.xml", "--new"]);
    assert_eq!(place.does(&["drafts"]), "There are no drafts. `blobfreight` begins one.\n", "nothing was begun");
}

#[test]
fn a_list_is_checked_without_a_draft() {
    let place = Place::new();
    place.write("list.xml", LIST);
    assert_eq!(place.does(&["select", "--list", "list.xml"]), "list.xml holds 4 rules.\n");
}

#[test]
fn an_unknown_draft_and_a_half_command_are_refused() {
    let place = Place::new();
    assert!(place.refuses(2, &["select", "--draft", "20260101-0000-00000000"]).contains("20260101-0000-00000000"));
    assert!(place.refuses(2, &["select", "--draft", "../etc"]).contains("drafts"));
    for half in [vec!["select"], vec!["select", "--new"], vec!["select", "--draft", "x", "--force"]] {
        assert_eq!(place.run(&half).status.code(), Some(2), "{half:?}");
    }
}

#[test]
fn a_scan_finds_the_draft_by_the_same_name() {
    let place = Place::new();
    let draft = place.draft_of(LIST);
    let output = place.run(&["scan", "--draft", &draft, "--drives", "4TB"]);
    assert!(err(&output).contains("no storage account is named"), "the draft was read: {}", err(&output));
}

#[test]
fn a_long_list_that_says_everything_oddly_is_told_in_a_line_for_each_kind_by_select_and_scan() {
    let place = Place::new();
    let entry = |n: usize| format!("\t<BlobPath size='{n}'>/scans/page-{n}.tif</BlobPath>\n");
    let entries = (0..5_000).map(entry).collect::<Vec<_>>().concat();
    place.write("l.xml", &format!("<BlobList>\n{entries}</BlobList>"));
    let output = place.run(&["select", "--list", "l.xml"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "l.xml holds 5,000 rules.\n");
    let told = err(&output);
    assert_eq!(told.lines().count(), 2, "{told}");
    assert!(told.lines().all(|line| line.starts_with("l.xml: lines 2, 3, 4 and 4,997 more: ")), "{told}");
    let scanned = err(&place.run(&["scan", "--list", "l.xml", "--drives", "4TB"]));
    assert!(scanned.starts_with(&told), "{scanned}");
}

#[test]
fn rules_on_the_command_line_are_read_as_those_of_a_list() {
    let place = Place::new();
    let scan = |option: &str, text: &str| place.run(&["scan", option, text, "--drives", "4TB"]);
    for (option, text, cure) in [
        ("--path", "https://acct.blob.core.windows.net/box/a.txt?sig=secret", "write box/a.txt"),
        ("--prefix", "https://acct.blob.core.windows.net/box/", "write /box/"),
        ("--prefix", "box/", "write /box/"),
        ("--prefix", " /box/", "write /box/"),
        ("--path", "a.txt", "$root/a.txt"),
    ] {
        let output = scan(option, text);
        let told = err(&output);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(cure) && !told.contains("secret"), "{told}");
    }
    let told = err(&scan("--prefix", "/box/*"));
    assert!(told.contains("not wildcards") && told.contains("no storage account"), "noted, then gone on: {told}");
}
