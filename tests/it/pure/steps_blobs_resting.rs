//! The blob the cursor rests on, the mouse over the rows, and what is said of access, hierarchy and rules that match nothing.

use std::time::Duration;

use crate::support::blobs_harness::{BlobsHarness, Service, nothing_checked};
use blobfreight::azure::fault::Fault;
use blobfreight::protocol::key::{Key, KeyPress, MouseAction};
use blobfreight::protocol::message::Msg;

const WIDE: (u16, u16) = (140, 30);

/// In a container on its first blob, in a terminal with room for details.
fn on_a_blob() -> BlobsHarness {
    let mut harness = BlobsHarness::browsing(Service::new(50, &["c/a.jpg", "c/b.jpg", "c/d/e.jpg"]));
    harness.send(Msg::Resize(WIDE.0, WIDE.1));
    harness.go_to("c").enter().go_to("c/a.jpg");
    harness
}

fn rest(harness: &mut BlobsHarness, millis: u64) {
    harness.app.now += Duration::from_millis(millis);
    harness.send(Msg::Tick);
}

#[test]
fn a_blob_is_asked_for_only_once_the_cursor_rests_on_it() {
    let mut harness = on_a_blob();
    assert!(harness.pending.is_empty());
    rest(&mut harness, 200);
    assert!(harness.pending.is_empty(), "too early");
    rest(&mut harness, 100);
    assert_eq!(harness.wanted(), ["all of c/a.jpg"]);
    harness.key(Key::Down);
    assert!(harness.pending.is_empty(), "moving on gives it up: {:?}", harness.wanted());
    rest(&mut harness, 300);
    assert_eq!(harness.wanted(), ["all of c/b.jpg"]);
}

#[test]
fn what_the_service_has_of_a_blob_stands_in_the_details_however_long_its_history() {
    let mut harness = on_a_blob();
    harness.service.page = 2;
    let older = ["@2024-01-01T00:00:00.0000000Z", "%2024-01-01T00:00:00.0000000Z", "%2025-01-01T00:00:00.0000000Z"];
    harness.service.blobs.extend(older.map(|older| format!("c/a.jpg{older}")));
    rest(&mut harness, 300);
    harness.answer();
    assert_eq!(harness.wanted(), ["all of c/a.jpg from 2"], "the blob itself comes last");
    harness.answer();
    let screen = harness.screen();
    for told in ["type image/jpeg", "lease leased", "metadata shot = by ana"] {
        assert!(screen.contains(told), "{told}\n{screen}");
    }
    let squeezed: String = screen.lines().map(|line| line.rsplit('│').next().unwrap_or("").trim()).collect();
    assert!(squeezed.contains("1 snapshot and 2 older versions"), "{screen}");
    assert_eq!(harness.app.model.wake_in(), None, "nothing more is asked for");
}

#[test]
fn a_blob_that_cannot_be_asked_for_says_why_and_keeps_its_row() {
    let mut harness = on_a_blob();
    rest(&mut harness, 300);
    harness.refuse(Fault::local("list c", "the line is cut"));
    assert!(harness.screen().contains("More could not be read"), "{}", harness.screen());
    assert_eq!(harness.cursor(), "c/a.jpg");
}

#[test]
fn where_no_details_are_shown_nothing_is_asked() {
    let mut harness = on_a_blob();
    harness.send(Msg::Resize(80, 24));
    rest(&mut harness, 1_000);
    assert!(harness.pending.is_empty(), "{:?}", harness.wanted());
}

#[test]
fn the_way_of_access_is_said_on_the_screen() {
    let mut harness = on_a_blob();
    assert!(harness.screen().contains("read with your sign-in"), "{}", harness.screen());
    harness.key(Key::Home);
    assert!(harness.screen().contains("Read with your sign-in."), "{}", harness.screen());
}

/// Clicks on the first place of the screen where the text stands, so many columns into it.
fn click(harness: &mut BlobsHarness, text: &str, into: usize) {
    let screen = harness.screen();
    let (row, line) =
        screen.lines().enumerate().find(|(_, line)| line.contains(text)).unwrap_or_else(|| panic!("{screen}"));
    let column = line.split(text).next().unwrap().chars().count() + into;
    let (column, row) = (u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
    harness.mouse(MouseAction::Press, column, row);
}

#[test]
fn the_mouse_is_off_by_default_and_said_when_it_is_on() {
    let mut harness = on_a_blob();
    click(&mut harness, "[ ] b.jpg", 1);
    assert!(harness.rules().is_empty(), "it is off");
    harness.press(KeyPress::char('m'));
    assert!(harness.screen().contains("mouse on"), "{}", harness.screen());
    harness.press(KeyPress::char('m'));
    assert!(!harness.screen().contains("mouse on"));
}

#[test]
fn a_click_moves_checks_or_opens_at_every_width() {
    for size in [(60, 20), (80, 24), (100, 24), WIDE] {
        let mut harness = on_a_blob();
        harness.send(Msg::Resize(size.0, size.1));
        harness.press(KeyPress::char('m'));
        click(&mut harness, "[ ] b.jpg", 5);
        assert_eq!(harness.cursor(), "c/b.jpg", "{size:?}");
        assert!(harness.rules().is_empty(), "{size:?}: a click on the name only goes there");
        click(&mut harness, "[ ] a.jpg", 1);
        assert_eq!(harness.rules(), ["c/a.jpg with all its snapshots"], "{size:?}");
        click(&mut harness, "▸ [ ] d/", 0);
        assert_eq!(harness.wanted(), ["c/d/"], "{size:?}");
    }
}

#[test]
fn the_wheel_scrolls_and_a_click_elsewhere_does_nothing() {
    let mut harness = on_a_blob();
    harness.press(KeyPress::char('m')).key(Key::Home);
    harness.mouse(MouseAction::WheelDown, 60, 10);
    assert_eq!(harness.cursor(), "c/b.jpg");
    harness.mouse(MouseAction::WheelUp, 60, 10);
    assert_eq!(harness.cursor(), "");
    for (column, row) in [(0, 0), (0, 12), (u16::MAX, u16::MAX), (139, 29), (130, 12)] {
        harness.mouse(MouseAction::Press, column, row);
        assert_eq!(harness.cursor(), "", "{column},{row}");
    }
    assert!(harness.rules().is_empty());
}

#[test]
fn a_hierarchical_account_says_what_that_changes() {
    let mut draft = nothing_checked();
    draft.account.as_mut().unwrap().account.hierarchical = true;
    let mut harness = BlobsHarness::with(draft, Service::new(50, &["c/a.jpg"]));
    harness.answer_all().send(Msg::Resize(WIDE.0, WIDE.1));
    harness.key(Key::Home);
    assert!(harness.screen().contains("Hierarchical namespace"), "{}", harness.screen());
}

#[test]
fn a_hierarchical_account_that_refuses_a_prefix_through_a_file_says_where_to_end_the_text() {
    let mut draft = nothing_checked();
    draft.account.as_mut().unwrap().account.hierarchical = true;
    let mut harness = BlobsHarness::with(draft, Service::new(50, &["c/a.jpg"]));
    harness.answer_all().go_to("c").enter();
    harness.types("/a.jpg/x").press(KeyPress::ctrl('s'));
    harness.refuse(Fault { status: Some(400), ..Fault::local("list c/a.jpg/x", "the prefix runs through a file") });
    harness.send(Msg::Resize(WIDE.0, WIDE.1));
    assert!(harness.screen().contains("may follow a folder's name only"), "{}", harness.screen());
}

#[test]
fn t30_review_names_a_rule_that_complete_listings_show_to_match_nothing() {
    let mut draft = nothing_checked();
    let gone = blobfreight::select::Rule::Prefix("/c/gone/".into());
    draft.selection.rules = std::sync::Arc::new(vec![gone]);
    let mut harness = BlobsHarness::with(draft, Service::new(50, &["c/a.jpg", "c/b.jpg"]));
    harness.answer_all().go_to("c").enter();
    harness.press(KeyPress::alt(Key::Char('8')));
    harness.send(Msg::Resize(120, 60));
    let screen = harness.screen();
    assert!(screen.contains("Nothing on the server matches the rule"), "{screen}");
}
