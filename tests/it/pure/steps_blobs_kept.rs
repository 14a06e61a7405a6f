//! Deleted blobs and the directories of a hierarchical account in the blobs step: how they look and what checking them means.

use std::time::Duration;

use crate::support::picker::{Picker, Service, unpicked};
use blobfreight::azure::model::{BlobItem, Entry, Page};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Call, Msg, Reply, Slot};

fn dropped() -> Picker {
    let names = ["c/live.txt", "c/deleted.txt", "c/old/deleted-1", "c/old/deleted-2", "c/new/x", "c/new/deleted"];
    let mut picker = Picker::browsing(Service::new(50, &names));
    picker.go_to("c").enter();
    picker
}

/// The details beside the tree as one line.
fn told(picker: &mut Picker) -> String {
    picker.send(Msg::Resize(140, 40));
    let screen = picker.screen();
    let right = |line: &str| line.rsplit('│').next().unwrap_or("").trim().to_owned();
    screen.lines().map(right).collect::<Vec<_>>().join(" ")
}

#[test]
fn t05_a_deleted_blob_is_said_to_be_and_cannot_be_checked() {
    let mut picker = dropped();
    assert!(!picker.line("deleted.txt deleted").contains('['), "no box to check: {}", picker.screen());
    picker.go_to("c/deleted.txt").space();
    assert!(picker.rules().is_empty());
    assert!(picker.notice().starts_with("Deleted: an export takes only what is there."), "{}", picker.notice());
    picker.types("x");
    assert!(picker.rules().is_empty(), "nor without its snapshots");
    let told = told(&mut picker);
    assert!(told.contains("Undelete it to export it."), "{}", picker.screen());
    assert!(told.contains("never checked") && !told.contains("come with it"), "{}", picker.screen());
}

#[test]
fn t05_a_folder_of_deleted_blobs_alone_is_told_from_others_once_it_was_opened() {
    let mut picker = dropped();
    for folder in ["c/new/", "c/old/"] {
        picker.go_to(folder).key(Key::Right).answer_all();
    }
    assert!(picker.line("] old/").contains("old/ all deleted"), "{}", picker.screen());
    assert!(!picker.line("] new/").contains("deleted"), "{}", picker.screen());
    picker.go_to("c/old/");
    assert!(
        told(&mut picker).contains("All in it is soft-deleted: a check of it takes nothing."),
        "{}",
        picker.screen()
    );
}

#[test]
fn t23_no_rule_is_made_for_a_deleted_sibling() {
    let mut picker = dropped();
    picker.go_to("c").space().go_to("c/new/").space().answer_all();
    assert_eq!(picker.rules(), ["everything under /c/l", "everything under /c/o"]);
}

#[test]
fn t28_t30_a_rule_that_only_a_deleted_blob_fits_matches_nothing() {
    let mut picker = dropped();
    picker.types("a").types("del");
    picker.app.now += Duration::from_millis(400);
    picker.send(Msg::Tick).answer_all();
    assert!(picker.screen().contains("matches nothing on the server"), "{}", picker.screen());
    picker.key(Key::Enter).types("p");
    assert!(picker.screen().contains("matches nothing on the server"), "{}", picker.screen());
}

#[test]
fn t24_deleted_blobs_are_not_missed_where_all_others_are_checked_one_by_one() {
    let mut picker = dropped();
    picker.go_to("c/new/").enter();
    picker.go_to("c/new/x").space();
    assert!(picker.screen().contains("all checked one by one"), "{}", picker.screen());
}

#[test]
fn a_directory_shows_its_date_and_its_metadata() {
    let mut draft = unpicked();
    draft.account.as_mut().unwrap().account.hierarchical = true;
    let mut picker = Picker::with(draft, Service::new(50, &["c/dir/x"]));
    picker.answer_all().go_to("c").key(Key::Right);
    let (slot, id, _) = picker.pending.pop_front().unwrap();
    assert!(matches!(slot, Slot::Listing(_)));
    let item = BlobItem {
        name: "dir/".into(),
        directory: true,
        last_modified: "Mon, 02 Feb 2026 03:04:05 GMT".into(),
        ..BlobItem::default()
    };
    let page = Page { items: vec![Entry::Directory(Box::new(item))], next: None };
    picker.send(Msg::Done { slot, id, outcome: Ok(Reply::Entries(page)) });
    picker.go_to("c/dir/").send(Msg::Resize(140, 40));
    assert!(told(&mut picker).contains("directory · 2026-02-02 03:04"), "{}", picker.screen());
    picker.app.now += Duration::from_millis(300);
    picker.send(Msg::Tick);
    assert_eq!(picker.wanted(), ["all of c/dir"], "by its name, without the slash");
    picker.answer();
    assert!(told(&mut picker).contains("metadata shot = by ana"), "{}", picker.screen());
    picker.press(KeyPress::char('r'));
}

#[test]
fn t05_what_was_deleted_from_a_hierarchical_account_comes_after_the_rest_and_stands_in_its_place() {
    let mut draft = unpicked();
    draft.account.as_mut().unwrap().account.hierarchical = true;
    let mut picker = Picker::with(draft, Service::new(50, &["c/b"]));
    picker.answer_all().go_to("c").key(Key::Right);
    let item = |name: &str, deleted| BlobItem { name: name.into(), size: 1_500, deleted, ..BlobItem::default() };
    let file = |name: &str, deleted| Entry::Blob(Box::new(item(name, deleted)));
    let (slot, id, _) = picker.pending.pop_front().unwrap();
    let page = Page { items: vec![file("b", false), file("d", false)], next: Some("the deleted ones".into()) };
    picker.send(Msg::Done { slot, id, outcome: Ok(Reply::Entries(page)) });
    assert!(picker.screen().contains("2 loaded, more on server"), "not all is told yet: {}", picker.screen());
    let (slot, id, call) = picker.pending.pop_front().unwrap();
    let wanted =
        matches!(&call, Call::Entries { marker: Some(marker), deleted: true, .. } if marker == "the deleted ones");
    assert!(wanted, "{call:?}");
    let gone = Entry::Directory(Box::new(BlobItem { directory: true, ..item("c/", true) }));
    let page = Page { items: vec![file("a", true), file("b", true), gone], next: None };
    picker.send(Msg::Done { slot, id, outcome: Ok(Reply::Entries(page)) });
    let screen = picker.screen();
    let line =
        |name: &str| screen.lines().position(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {screen}"));
    let places = [line(" a deleted"), line("] b "), line(" c/ deleted"), line("] d ")];
    assert!(places.is_sorted(), "{screen}");
    assert!(screen.contains("4, complete") && !screen.contains("b deleted"), "what is there counts: {screen}");
    picker.go_to("c/c/").space();
    assert!(picker.rules().is_empty(), "nothing to export in a deleted directory");
    picker.key(Key::Right).answer_all();
    assert!(picker.screen().contains("deleted with all that was in it"), "{}", picker.screen());
}

#[test]
fn a_folder_of_an_ordinary_account_has_nothing_to_be_asked_for() {
    let mut picker = dropped();
    picker.send(Msg::Resize(140, 40));
    picker.go_to("c/old/");
    picker.app.now += Duration::from_millis(900);
    picker.send(Msg::Tick);
    assert!(picker.pending.is_empty(), "{:?}", picker.wanted());
}
