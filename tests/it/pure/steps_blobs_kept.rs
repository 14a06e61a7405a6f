//! Deleted blobs and the directories of a hierarchical account in the blobs step: how they look and what checking them means.

use std::time::Duration;

use crate::support::blobs_harness::{BlobsHarness, Service, nothing_checked};
use blobfreight::azure::model::{BlobItem, Entry, Page};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Call, Msg, Reply, Slot};

fn dropped() -> BlobsHarness {
    let names = ["c/live.txt", "c/deleted.txt", "c/old/deleted-1", "c/old/deleted-2", "c/new/x", "c/new/deleted"];
    let mut harness = BlobsHarness::browsing(Service::new(50, &names));
    harness.go_to("c").enter();
    harness
}

/// The details beside the tree as one line.
fn told(harness: &mut BlobsHarness) -> String {
    harness.send(Msg::Resize(140, 40));
    let screen = harness.screen();
    let right = |line: &str| line.rsplit('│').next().unwrap_or("").trim().to_owned();
    screen.lines().map(right).collect::<Vec<_>>().join(" ")
}

#[test]
fn t05_a_deleted_blob_is_said_to_be_and_cannot_be_checked() {
    let mut harness = dropped();
    assert!(!harness.line("deleted.txt deleted").contains('['), "no box to check: {}", harness.screen());
    harness.go_to("c/deleted.txt").space();
    assert!(harness.rules().is_empty());
    assert!(harness.notice().starts_with("Deleted: an export takes only what is there."), "{}", harness.notice());
    harness.types("x");
    assert!(harness.rules().is_empty(), "nor without its snapshots");
    let told = told(&mut harness);
    assert!(told.contains("Undelete it to export it."), "{}", harness.screen());
    assert!(told.contains("never checked") && !told.contains("come with it"), "{}", harness.screen());
}

#[test]
fn t05_a_folder_of_deleted_blobs_alone_is_told_from_others_once_it_was_opened() {
    let mut harness = dropped();
    for folder in ["c/new/", "c/old/"] {
        harness.go_to(folder).key(Key::Right).answer_all();
    }
    assert!(harness.line("] old/").contains("old/ all deleted"), "{}", harness.screen());
    assert!(!harness.line("] new/").contains("deleted"), "{}", harness.screen());
    harness.go_to("c/old/");
    assert!(
        told(&mut harness).contains("All in it is soft-deleted: a check of it takes nothing."),
        "{}",
        harness.screen()
    );
}

#[test]
fn t23_no_rule_is_made_for_a_deleted_sibling() {
    let mut harness = dropped();
    harness.go_to("c").space().go_to("c/new/").space().answer_all();
    assert_eq!(harness.rules(), ["everything under /c/l", "everything under /c/o"]);
}

#[test]
fn t28_t30_a_rule_that_only_a_deleted_blob_fits_matches_nothing() {
    let mut harness = dropped();
    harness.types("a").types("del");
    harness.app.now += Duration::from_millis(400);
    harness.send(Msg::Tick).answer_all();
    assert!(harness.screen().contains("matches nothing on the server"), "{}", harness.screen());
    harness.key(Key::Enter).types("p");
    assert!(harness.screen().contains("matches nothing on the server"), "{}", harness.screen());
}

#[test]
fn t24_deleted_blobs_are_not_missed_where_all_others_are_checked_one_by_one() {
    let mut harness = dropped();
    harness.go_to("c/new/").enter();
    harness.go_to("c/new/x").space();
    assert!(harness.screen().contains("all checked one by one"), "{}", harness.screen());
}

#[test]
fn a_directory_shows_its_date_and_its_metadata() {
    let mut draft = nothing_checked();
    draft.account.as_mut().unwrap().account.hierarchical = true;
    let mut harness = BlobsHarness::with(draft, Service::new(50, &["c/dir/x"]));
    harness.answer_all().go_to("c").key(Key::Right);
    let (slot, id, _) = harness.pending.pop_front().unwrap();
    assert!(matches!(slot, Slot::Listing(_)));
    let item = BlobItem {
        name: "dir/".into(),
        directory: true,
        last_modified: "Mon, 02 Feb 2026 03:04:05 GMT".into(),
        ..BlobItem::default()
    };
    let page = Page { items: vec![Entry::Directory(Box::new(item))], next: None };
    harness.send(Msg::Done { slot, id, outcome: Ok(Reply::Entries(page)) });
    harness.go_to("c/dir/").send(Msg::Resize(140, 40));
    assert!(told(&mut harness).contains("directory · 2026-02-02 03:04"), "{}", harness.screen());
    harness.app.now += Duration::from_millis(300);
    harness.send(Msg::Tick);
    assert_eq!(harness.wanted(), ["all of c/dir"], "by its name, without the slash");
    harness.answer();
    assert!(told(&mut harness).contains("metadata shot = by ana"), "{}", harness.screen());
    harness.press(KeyPress::char('r'));
}

#[test]
fn t05_what_was_deleted_from_a_hierarchical_account_comes_after_the_rest_and_stands_in_its_place() {
    let mut draft = nothing_checked();
    draft.account.as_mut().unwrap().account.hierarchical = true;
    let mut harness = BlobsHarness::with(draft, Service::new(50, &["c/b"]));
    harness.answer_all().go_to("c").key(Key::Right);
    let item = |name: &str, deleted| BlobItem { name: name.into(), size: 1_500, deleted, ..BlobItem::default() };
    let file = |name: &str, deleted| Entry::Blob(Box::new(item(name, deleted)));
    let (slot, id, _) = harness.pending.pop_front().unwrap();
    let page = Page { items: vec![file("b", false), file("d", false)], next: Some("the deleted ones".into()) };
    harness.send(Msg::Done { slot, id, outcome: Ok(Reply::Entries(page)) });
    assert!(harness.screen().contains("2 loaded, more on server"), "not all is told yet: {}", harness.screen());
    let (slot, id, call) = harness.pending.pop_front().unwrap();
    let wanted =
        matches!(&call, Call::Entries { marker: Some(marker), deleted: true, .. } if marker == "the deleted ones");
    assert!(wanted, "{call:?}");
    let gone = Entry::Directory(Box::new(BlobItem { directory: true, ..item("c/", true) }));
    let page = Page { items: vec![file("a", true), file("b", true), gone], next: None };
    harness.send(Msg::Done { slot, id, outcome: Ok(Reply::Entries(page)) });
    let screen = harness.screen();
    let line =
        |name: &str| screen.lines().position(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {screen}"));
    let places = [line(" a deleted"), line("] b "), line(" c/ deleted"), line("] d ")];
    assert!(places.is_sorted(), "{screen}");
    assert!(screen.contains("4 rows, complete") && !screen.contains("b deleted"), "what is there counts: {screen}");
    harness.go_to("c/c/").space();
    assert!(harness.rules().is_empty(), "nothing to export in a deleted directory");
    harness.key(Key::Right).answer_all();
    assert!(harness.screen().contains("deleted with all that was in it"), "{}", harness.screen());
}

#[test]
fn a_folder_of_an_ordinary_account_has_nothing_to_be_asked_for() {
    let mut harness = dropped();
    harness.send(Msg::Resize(140, 40));
    harness.go_to("c/old/");
    harness.app.now += Duration::from_millis(900);
    harness.send(Msg::Tick);
    assert!(harness.pending.is_empty(), "{:?}", harness.wanted());
}
