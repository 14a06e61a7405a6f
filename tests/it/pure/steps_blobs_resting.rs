//! The blob the cursor rests on, the mouse over the rows, and what is said of access, hierarchy and rules that match nothing.

use std::time::Duration;

use crate::support::picker::{Picker, Service, unpicked};
use blobfreight::azure::fault::Fault;
use blobfreight::protocol::key::{Key, KeyPress, Mouse, MouseAction};
use blobfreight::protocol::message::Msg;

const WIDE: (u16, u16) = (140, 30);

/// In a container on its first blob, in a terminal with room for details.
fn on_a_blob() -> Picker {
    let mut picker = Picker::browsing(Service::new(50, &["c/a.jpg", "c/b.jpg", "c/d/e.jpg"]));
    picker.send(Msg::Resize(WIDE.0, WIDE.1));
    picker.go_to("c").enter().go_to("c/a.jpg");
    picker
}

fn rest(picker: &mut Picker, millis: u64) {
    picker.app.now += Duration::from_millis(millis);
    picker.send(Msg::Tick);
}

#[test]
fn a_blob_is_asked_for_only_once_the_cursor_rests_on_it() {
    let mut picker = on_a_blob();
    assert!(picker.pending.is_empty());
    rest(&mut picker, 200);
    assert!(picker.pending.is_empty(), "too early");
    rest(&mut picker, 100);
    assert_eq!(picker.wanted(), ["all of c/a.jpg"]);
    picker.key(Key::Down);
    assert!(picker.pending.is_empty(), "moving on gives it up: {:?}", picker.wanted());
    rest(&mut picker, 300);
    assert_eq!(picker.wanted(), ["all of c/b.jpg"]);
}

#[test]
fn what_the_service_has_of_a_blob_stands_in_the_details_however_long_its_history() {
    let mut picker = on_a_blob();
    picker.service.page = 2;
    let older = ["@2024-01-01T00:00:00.0000000Z", "%2024-01-01T00:00:00.0000000Z", "%2025-01-01T00:00:00.0000000Z"];
    picker.service.blobs.extend(older.map(|older| format!("c/a.jpg{older}")));
    rest(&mut picker, 300);
    picker.answer();
    assert_eq!(picker.wanted(), ["all of c/a.jpg from 2"], "the blob itself comes last");
    picker.answer();
    let screen = picker.screen();
    for told in ["type image/jpeg", "lease leased", "metadata shot = by ana"] {
        assert!(screen.contains(told), "{told}\n{screen}");
    }
    let squeezed: String = screen.lines().map(|line| line.rsplit('│').next().unwrap_or("").trim()).collect();
    assert!(squeezed.contains("1 snapshot and 2 older versions"), "{screen}");
    assert_eq!(picker.app.model.wake_in(), None, "nothing more is asked for");
}

#[test]
fn a_blob_that_cannot_be_asked_for_says_why_and_keeps_its_row() {
    let mut picker = on_a_blob();
    rest(&mut picker, 300);
    picker.refuse(Fault::local("list c", "the line is cut"));
    assert!(picker.screen().contains("More could not be read"), "{}", picker.screen());
    assert_eq!(picker.cursor(), "c/a.jpg");
}

#[test]
fn where_no_details_are_shown_nothing_is_asked() {
    let mut picker = on_a_blob();
    picker.send(Msg::Resize(80, 24));
    rest(&mut picker, 1_000);
    assert!(picker.pending.is_empty(), "{:?}", picker.wanted());
}

#[test]
fn the_way_of_access_is_said_on_the_screen() {
    let mut picker = on_a_blob();
    assert!(picker.screen().contains("read with your sign-in"), "{}", picker.screen());
    picker.key(Key::Home);
    assert!(picker.screen().contains("Read with your sign-in."), "{}", picker.screen());
}

/// Clicks on the first place of the screen where the text stands, so many columns into it.
fn click(picker: &mut Picker, text: &str, into: usize) {
    let screen = picker.screen();
    let (row, line) =
        screen.lines().enumerate().find(|(_, line)| line.contains(text)).unwrap_or_else(|| panic!("{screen}"));
    let column = line.split(text).next().unwrap().chars().count() + into;
    let (column, row) = (u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
    picker.send(Msg::Mouse(Mouse { action: MouseAction::Press, column, row }));
}

#[test]
fn the_mouse_is_off_by_default_and_said_when_it_is_on() {
    let mut picker = on_a_blob();
    click(&mut picker, "[ ] b.jpg", 1);
    assert!(picker.rules().is_empty(), "it is off");
    picker.press(KeyPress::char('m'));
    assert!(picker.screen().contains("mouse on"), "{}", picker.screen());
    picker.press(KeyPress::char('m'));
    assert!(!picker.screen().contains("mouse on"));
}

#[test]
fn a_click_moves_checks_or_opens_at_every_width() {
    for size in [(60, 20), (80, 24), (100, 24), WIDE] {
        let mut picker = on_a_blob();
        picker.send(Msg::Resize(size.0, size.1));
        picker.press(KeyPress::char('m'));
        click(&mut picker, "[ ] b.jpg", 5);
        assert_eq!(picker.cursor(), "c/b.jpg", "{size:?}");
        assert!(picker.rules().is_empty(), "{size:?}: a click on the name only goes there");
        click(&mut picker, "[ ] a.jpg", 1);
        assert_eq!(picker.rules(), ["c/a.jpg with all its snapshots"], "{size:?}");
        click(&mut picker, "▸ [ ] d/", 0);
        assert_eq!(picker.wanted(), ["c/d/"], "{size:?}");
    }
}

#[test]
fn the_wheel_scrolls_and_a_click_elsewhere_does_nothing() {
    let mut picker = on_a_blob();
    picker.press(KeyPress::char('m')).key(Key::Home);
    let wheel = |action| Msg::Mouse(Mouse { action, column: 60, row: 10 });
    picker.send(wheel(MouseAction::WheelDown));
    assert_eq!(picker.cursor(), "c/b.jpg");
    picker.send(wheel(MouseAction::WheelUp));
    assert_eq!(picker.cursor(), "");
    for (column, row) in [(0, 0), (0, 12), (u16::MAX, u16::MAX), (139, 29), (130, 12)] {
        picker.send(Msg::Mouse(Mouse { action: MouseAction::Press, column, row }));
        assert_eq!(picker.cursor(), "", "{column},{row}");
    }
    assert!(picker.rules().is_empty());
}

#[test]
fn a_hierarchical_account_says_what_that_changes() {
    let mut draft = unpicked();
    draft.account.as_mut().unwrap().account.hierarchical = true;
    let mut picker = Picker::with(draft, Service::new(50, &["c/a.jpg"]));
    picker.answer_all().send(Msg::Resize(WIDE.0, WIDE.1));
    picker.key(Key::Home);
    assert!(picker.screen().contains("Hierarchical namespace"), "{}", picker.screen());
}

#[test]
fn a_hierarchical_account_that_refuses_a_prefix_through_a_file_says_where_to_end_the_text() {
    let mut draft = unpicked();
    draft.account.as_mut().unwrap().account.hierarchical = true;
    let mut picker = Picker::with(draft, Service::new(50, &["c/a.jpg"]));
    picker.answer_all().go_to("c").enter();
    picker.types("/a.jpg/x").press(KeyPress::ctrl('s'));
    picker.refuse(Fault { status: Some(400), ..Fault::local("list c/a.jpg/x", "the prefix runs through a file") });
    picker.send(Msg::Resize(WIDE.0, WIDE.1));
    assert!(picker.screen().contains("may follow a folder's name only"), "{}", picker.screen());
}

#[test]
fn t30_review_names_a_rule_that_complete_listings_show_to_match_nothing() {
    let mut draft = unpicked();
    let gone = blobfreight::select::Rule::Prefix("/c/gone/".into());
    draft.selection.rules = std::sync::Arc::new(vec![gone]);
    let mut picker = Picker::with(draft, Service::new(50, &["c/a.jpg", "c/b.jpg"]));
    picker.answer_all().go_to("c").enter();
    picker.press(KeyPress::alt(Key::Char('8')));
    picker.send(Msg::Resize(120, 60));
    let screen = picker.screen();
    assert!(screen.contains("Nothing on the server matches the rule"), "{screen}");
}
