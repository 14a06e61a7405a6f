//! Browsing an account in the blobs step: what is asked for, when, and what is shown meanwhile.

use std::time::Duration;

use crate::support::app_harness::{AppHarness, signed_in};
use crate::support::picker::{Picker, Service, unpicked};
use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Msg, ProgressEvent, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::tree::LoadState;

fn offline() -> Fault {
    Fault { kind: FaultKind::Offline, ..Fault::local("list c", "the connection was reset") }
}

#[test]
fn nothing_is_listed_before_the_account_was_read() {
    let mut app = AppHarness::with(unpicked());
    app.answer(Slot::SignIn, Ok(signed_in()));
    assert_eq!(app.told(), ["Account Account"], "the endpoint is not known yet");
    assert!(app.screen(80, 24).contains("Blobs to export"));
    let account = app.draft().account.as_ref().unwrap().account.clone();
    app.answer(Slot::Account, Ok(blobfreight::protocol::message::Reply::Account(Box::new(account))));
    assert_eq!(app.told(), ["save", "Listing(0) Containers"]);
}

#[test]
fn t01_the_first_page_is_shown_while_later_ones_are_still_coming() {
    let mut picker = Picker::browsing(Service::numbered(40, 100));
    picker.key(Key::Down).key(Key::Right);
    assert_eq!(picker.told(), ["save", "Listing(1) Entries"]);
    picker.answer();
    assert!(picker.screen().contains("0003"), "{}", picker.screen());
    picker.key(Key::PageDown).key(Key::PageDown);
    assert_eq!(picker.wanted(), ["c/ from 40"]);
    assert!(picker.screen().contains("0030"), "rows stay while the next page comes: {}", picker.screen());
}

#[test]
fn t02_a_slow_folder_says_loading_after_100_ms_and_children_take_its_place() {
    let mut picker = Picker::browsing(Service::new(10, &["photos/a.jpg", "photos/b.jpg"]));
    assert!(picker.line("[ ] photos").contains("▸"));
    picker.key(Key::Down).key(Key::Right);
    assert!(!picker.screen().contains("loading"), "too early for a spinner");
    picker.app.now += Duration::from_millis(150);
    picker.send(Msg::Tick);
    assert!(picker.line("[ ] photos").contains("▾"));
    assert!(picker.screen().contains("loading…"), "{}", picker.screen());
    picker.answer();
    assert!(!picker.screen().contains("loading…") && picker.screen().contains("a.jpg"), "{}", picker.screen());
}

#[test]
fn t03_the_next_page_is_asked_for_before_the_end_is_reached() {
    let mut picker = Picker::browsing(Service::numbered(30, 90));
    picker.key(Key::Down).key(Key::Right).answer();
    assert!(picker.wanted().is_empty(), "nothing near the end yet");
    picker.types("18").key(Key::Down);
    assert_eq!(picker.wanted(), ["c/ from 30"], "a dozen rows before the end, without any key for more");
    picker.answer();
    picker.key(Key::End);
    assert_eq!(picker.wanted(), ["c/ from 60"]);
}

#[test]
fn t04_the_last_line_tells_a_partial_number_from_a_whole_one() {
    let mut picker = Picker::browsing(Service::numbered(1_500, 2_417));
    picker.key(Key::Down).key(Key::Right).answer().key(Key::End);
    picker.refuse(offline());
    assert!(picker.screen().contains("1,500 loaded, then failed"), "{}", picker.screen());
    picker.press(KeyPress::ctrl('t')).answer_all().key(Key::End);
    assert!(picker.screen().contains("2,417, complete"), "{}", picker.screen());
}

#[test]
fn t05_empty_failed_forbidden_and_complete_are_different_words() {
    let mut picker = Picker::browsing(Service::new(10, &["a/", "b/x", "c/x", "d/x"]));
    picker.app.send(Msg::Resize(120, 40));
    picker.go_to("a").key(Key::Right).answer_all();
    picker.go_to("b").key(Key::Right).refuse(offline());
    let denied = Fault { kind: FaultKind::Denied, status: Some(403), ..Fault::local("list c", "you may not list it") };
    picker.go_to("c").key(Key::Right).refuse(denied.advise("Ask for the role Storage Blob Data Reader."));
    picker.go_to("d").key(Key::Right).answer_all();
    let screen = picker.screen();
    for words in
        ["empty", "failed: the connection was reset", "forbidden: Ask for the role Storage Blob", "1, complete"]
    {
        assert!(screen.contains(words), "{words} is missing:\n{screen}");
    }
}

#[test]
fn t05_partial_and_loading_are_two_more() {
    let mut picker = Picker::browsing(Service::numbered(20, 60));
    picker.key(Key::Down).key(Key::Right).answer().key(Key::End);
    assert!(picker.screen().contains("20 loaded, more on server"), "{}", picker.screen());
    picker.app.now += Duration::from_millis(150);
    picker.send(Msg::Tick);
    assert!(picker.screen().contains("20 loaded, loading more…"), "{}", picker.screen());
}

#[test]
fn t06_a_failed_page_keeps_the_rows_and_goes_on_from_the_same_marker() {
    let mut picker = Picker::browsing(Service::numbered(20, 60));
    picker.key(Key::Down).key(Key::Right).answer().key(Key::End);
    assert_eq!(picker.wanted(), ["c/ from 20"]);
    picker.refuse(offline());
    assert!(picker.screen().contains("0019"), "rows stay");
    picker.key(Key::End).key(Key::Up);
    assert!(picker.step().tree.on_status() && picker.screen().contains("Could not list c"), "{}", picker.screen());
    picker.key(Key::Enter);
    assert_eq!(picker.wanted(), ["c/ from 20"]);
    picker.answer();
    assert!(picker.screen().contains("0020"), "{}", picker.screen());
}

#[test]
fn t07_closing_cancels_on_the_wire_and_opening_goes_on_from_the_marker() {
    let mut picker = Picker::browsing(Service::numbered(20, 60));
    picker.key(Key::Down).key(Key::Right).answer().key(Key::End);
    assert_eq!(picker.wanted(), ["c/ from 20"]);
    picker.types("9").key(Key::Up).types("99").key(Key::Up).key(Key::Down);
    assert_eq!(picker.cursor(), "c");
    picker.key(Key::Left);
    assert_eq!(picker.told(), ["save", "cancel Listing(1)"]);
    picker.key(Key::Right);
    assert_eq!(picker.wanted(), ["c/ from 20"]);
}

#[test]
fn t07_ctrl_x_stops_a_listing_and_enter_takes_it_up_again() {
    let mut picker = Picker::browsing(Service::numbered(20, 60));
    picker.key(Key::Down).key(Key::Right).press(KeyPress::ctrl('x'));
    assert_eq!(picker.told(), ["cancel Listing(1)"]);
    assert!(picker.screen().contains("cancelled"), "{}", picker.screen());
    picker.press(KeyPress::ctrl('t'));
    assert_eq!(picker.told(), ["Listing(1) Entries"]);
}

#[test]
fn t08_a_server_that_asks_to_wait_is_counted_down_and_keys_work() {
    let mut picker = Picker::browsing(Service::new(10, &["a/x", "b/x"]));
    picker.go_to("a").key(Key::Right);
    let (slot, id) = (Slot::Listing(1), picker.app.current(Slot::Listing(1)));
    let (delay, reason) = (Duration::from_secs(12), "the service is busy (HTTP 503)".to_owned());
    picker.send(Msg::Progress { slot, id, event: ProgressEvent::Waits { delay, reason, asked: true } });
    assert!(picker.screen().contains("server asks to wait 12 s"), "{}", picker.screen());
    picker.app.now += Duration::from_secs(5);
    picker.send(Msg::Tick);
    assert!(picker.screen().contains("server asks to wait 7 s"), "{}", picker.screen());
    let (delay, reason) = (Duration::from_secs(2), "no connection to the service".to_owned());
    picker.send(Msg::Progress { slot, id, event: ProgressEvent::Waits { delay, reason, asked: false } });
    assert!(picker.screen().contains("again in 2 s: no connection to the service"), "{}", picker.screen());
    picker.key(Key::Down).key(Key::Down);
    assert_eq!(picker.cursor(), "b");
}

#[test]
fn t09_a_second_folder_does_not_wait_for_the_first() {
    let mut picker = Picker::browsing(Service::new(10, &["a/x", "b/x"]));
    picker.go_to("a").key(Key::Right);
    picker.go_to("b").key(Key::Right);
    assert_eq!(picker.wanted(), ["a/", "b/"]);
}

#[test]
fn t10_reload_keeps_cursor_open_folders_and_marks() {
    let mut picker = Picker::browsing(Service::new(10, &["a/f/x", "a/f/y", "a/g"]));
    picker.go_to("a").enter().enter();
    picker.go_to("a/f/y").space();
    let place = picker.app.draft().selection.place.clone();
    picker.types("r");
    assert_eq!(picker.told(), ["Listing(2) Entries"]);
    picker.answer_all();
    assert_eq!(picker.app.draft().selection.place, place);
    assert!(picker.line("[x] y").contains("1.50 kB"));
}

#[test]
fn t11_the_row_under_the_cursor_stays_on_its_line_while_pages_arrive_above() {
    let mut picker = Picker::browsing(Service::new(30, &["a/1", "a/2", "a/3", "b/x"]));
    picker.go_to("a").key(Key::Right);
    picker.go_to("b");
    let line = |picker: &Picker| picker.screen().lines().position(|line| line.contains("[ ] b")).unwrap();
    let before = line(&picker);
    picker.answer_all();
    assert_eq!((picker.cursor().as_str(), line(&picker)), ("b", before), "{}", picker.screen());
    picker.go_to("a/2");
    picker.service.blobs.extend(["a/0", "a/1b", "a/2b"].map(str::to_owned));
    let line = |picker: &Picker| {
        picker.screen().lines().position(|line| line.contains('2') && line.contains(" ›    ")).unwrap()
    };
    let before = line(&picker);
    picker.types("r").answer_all();
    assert_eq!((picker.cursor().as_str(), line(&picker)), ("a/2", before), "{}", picker.screen());
}

#[test]
fn t12_a_row_that_is_gone_gives_the_cursor_to_its_next_sibling() {
    let mut picker = Picker::browsing(Service::new(30, &["a/1", "a/2", "a/3"]));
    picker.go_to("a").enter();
    picker.go_to("a/2");
    picker.service.blobs.remove("a/2");
    picker.types("r").answer_all();
    assert_eq!(picker.cursor(), "a/3");
    picker.service.blobs.remove("a/3");
    picker.types("r").answer_all();
    assert_eq!(picker.cursor(), "a/1", "no next one: the one before");
}

#[test]
fn t15_every_motion_works_at_any_size_and_the_end_says_so() {
    for size in [(80, 24), (40, 12), (130, 50), (20, 5), (0, 0)] {
        let mut picker = Picker::new(Service::numbered(500, 300));
        picker.send(Msg::Resize(size.0, size.1)).answer_all();
        picker.key(Key::Down).enter();
        for key in [Key::PageDown, Key::PageUp, Key::End, Key::Home, Key::PageDown] {
            picker.key(key);
        }
        picker.press(KeyPress::ctrl('d')).press(KeyPress::ctrl('u')).key(Key::Home);
        picker.types("12").key(Key::Down);
        assert_eq!(picker.cursor(), "c/0010", "a count of 12 rows down at {size:?}");
        picker.key(Key::End);
        assert!(picker.step().tree.on_status(), "{size:?}");
        if size.0 >= 40 && size.1 >= 10 {
            assert!(picker.screen().contains("300, complete"), "{size:?}\n{}", picker.screen());
        }
    }
}

#[test]
fn t18_each_part_of_the_path_can_be_jumped_to_and_nothing_closes() {
    let mut picker = Picker::browsing(Service::new(30, &["a/f/g/x"]));
    picker.go_to("a").enter().enter().enter();
    assert_eq!(picker.cursor(), "a/f/g/x");
    picker.key(Key::Backspace);
    assert_eq!(picker.cursor(), "a/f/g/");
    picker.types("2").key(Key::Backspace);
    assert_eq!(picker.cursor(), "a");
    assert_eq!(picker.app.draft().selection.place.open.len(), 4, "all stay open");
}

#[test]
fn t19_left_closes_or_goes_to_the_parent_and_right_opens_or_goes_in() {
    let mut picker = Picker::browsing(Service::new(30, &["a/f/x"]));
    picker.go_to("a").key(Key::Right).answer_all();
    assert_eq!(picker.cursor(), "a", "the first Right opens");
    picker.key(Key::Right);
    assert_eq!(picker.cursor(), "a/f/");
    picker.key(Key::Left);
    assert_eq!(picker.cursor(), "a", "a closed row: to its parent");
    picker.key(Key::Left);
    assert!(!picker.step().tree.is_open(picker.step().tree.cursor()));
}

#[test]
fn w03_a_killed_program_opens_the_same_folders_on_the_same_row() {
    let service = Service::new(2, &["a/f/1", "a/f/2", "a/f/3", "a/f/4", "a/g", "b/x"]);
    let mut picker = Picker::browsing(service.clone());
    picker.go_to("a").enter().enter();
    picker.go_to("a/f/4").space();
    let draft = picker.app.draft().clone();
    let mut again = Picker::with(draft, service);
    assert_eq!(again.app.step(), Step::Blobs);
    again.answer_all();
    assert_eq!(again.cursor(), "a/f/4");
    assert!(again.line("[x] 4").contains("›"), "{}", again.screen());
}

#[test]
fn a_new_session_reads_the_account_before_anything_is_listed_again() {
    let mut picker = Picker::browsing(Service::numbered(20, 60));
    let node = picker.step().tree.cursor();
    assert_eq!(*picker.step().tree.load_state(node), LoadState::Done);
    picker.app.model.wizard.as_mut().unwrap().shared.catalogue.account = None;
    picker.key(Key::Down).key(Key::Right);
    assert!(picker.wanted().is_empty(), "no endpoint, no request");
    picker.press(KeyPress::ctrl('t'));
    assert_eq!(picker.told(), ["Account Account"]);
    let account = picker.app.draft().account.as_ref().unwrap().account.clone();
    picker.app.answer(Slot::Account, Ok(blobfreight::protocol::message::Reply::Account(Box::new(account))));
    assert_eq!(picker.told(), ["Listing(1) Entries"], "what waited is sent now");
}
