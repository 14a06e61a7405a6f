//! Browsing an account in the blobs step: what is asked for, when, and what is shown meanwhile.

use std::time::Duration;

use crate::support::app_harness::{AppHarness, signed_in};
use crate::support::blobs_harness::{BlobsHarness, Service, nothing_checked};
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
    let mut app = AppHarness::with(nothing_checked());
    app.answer(Slot::SignIn, Ok(signed_in()));
    assert_eq!(app.told(), ["Account Account"], "the endpoint is not known yet");
    assert!(app.screen(80, 24).contains("Blobs to export"));
    let account = app.draft().account.as_ref().unwrap().account.clone();
    app.answer(Slot::Account, Ok(blobfreight::protocol::message::Reply::Account(Box::new(account))));
    assert_eq!(app.told(), ["save", "Listing(0) Containers"]);
}

#[test]
fn t01_the_first_page_is_shown_while_later_ones_are_still_coming() {
    let mut harness = BlobsHarness::browsing(Service::numbered(40, 100));
    harness.key(Key::Down).key(Key::Right);
    assert_eq!(harness.told(), ["save", "Listing(1) Entries"]);
    harness.answer();
    assert!(harness.screen().contains("0003"), "{}", harness.screen());
    harness.key(Key::PageDown).key(Key::PageDown);
    assert_eq!(harness.wanted(), ["c/ from 40"]);
    assert!(harness.screen().contains("0030"), "rows stay while the next page comes: {}", harness.screen());
}

#[test]
fn t02_a_slow_folder_says_loading_after_100_ms_and_children_take_its_place() {
    let mut harness = BlobsHarness::browsing(Service::new(10, &["photos/a.jpg", "photos/b.jpg"]));
    assert!(harness.line("[ ] photos").contains("▸"));
    harness.key(Key::Down).key(Key::Right);
    assert!(!harness.screen().contains("loading"), "too early for a spinner");
    harness.app.now += Duration::from_millis(150);
    harness.send(Msg::Tick);
    assert!(harness.line("[ ] photos").contains("▾"));
    assert!(harness.screen().contains("loading…"), "{}", harness.screen());
    harness.answer();
    assert!(!harness.screen().contains("loading…") && harness.screen().contains("a.jpg"), "{}", harness.screen());
}

#[test]
fn t03_the_next_page_is_asked_for_before_the_end_is_reached() {
    let mut harness = BlobsHarness::browsing(Service::numbered(30, 90));
    harness.key(Key::Down).key(Key::Right).answer();
    assert!(harness.wanted().is_empty(), "nothing near the end yet");
    harness.types("18").key(Key::Down);
    assert_eq!(harness.wanted(), ["c/ from 30"], "a dozen rows before the end, without any key for more");
    harness.answer();
    harness.key(Key::End);
    assert_eq!(harness.wanted(), ["c/ from 60"]);
}

#[test]
fn t04_the_last_line_tells_a_partial_number_from_a_whole_one() {
    let mut harness = BlobsHarness::browsing(Service::numbered(1_500, 2_417));
    harness.key(Key::Down).key(Key::Right).answer().key(Key::End);
    harness.refuse(offline());
    assert!(harness.screen().contains("1,500 loaded, then failed"), "{}", harness.screen());
    harness.press(KeyPress::ctrl('t')).answer_all().key(Key::End);
    assert!(harness.screen().contains("2,417 rows, complete"), "{}", harness.screen());
}

#[test]
fn t05_empty_failed_forbidden_and_complete_are_different_words() {
    let mut harness = BlobsHarness::browsing(Service::new(10, &["a/", "b/x", "c/x", "d/x"]));
    harness.app.send(Msg::Resize(120, 40));
    harness.go_to("a").key(Key::Right).answer_all();
    harness.go_to("b").key(Key::Right).refuse(offline());
    let denied = Fault { kind: FaultKind::Denied, status: Some(403), ..Fault::local("list c", "you may not list it") };
    harness.go_to("c").key(Key::Right).refuse(denied.advise("Ask for the role Storage Blob Data Reader."));
    harness.go_to("d").key(Key::Right).answer_all();
    let screen = harness.screen();
    for words in
        ["empty", "failed: the connection was reset", "forbidden: Ask for the role Storage Blob", "1 row, complete"]
    {
        assert!(screen.contains(words), "{words} is missing:\n{screen}");
    }
}

#[test]
fn t05_partial_and_loading_are_two_more() {
    let mut harness = BlobsHarness::browsing(Service::numbered(20, 60));
    harness.key(Key::Down).key(Key::Right).answer().key(Key::End);
    assert!(harness.screen().contains("20 loaded, more on server"), "{}", harness.screen());
    harness.app.now += Duration::from_millis(150);
    harness.send(Msg::Tick);
    assert!(harness.screen().contains("20 loaded, loading more…"), "{}", harness.screen());
}

#[test]
fn t06_a_failed_page_keeps_the_rows_and_goes_on_from_the_same_marker() {
    let mut harness = BlobsHarness::browsing(Service::numbered(20, 60));
    harness.key(Key::Down).key(Key::Right).answer().key(Key::End);
    assert_eq!(harness.wanted(), ["c/ from 20"]);
    harness.refuse(offline());
    assert!(harness.screen().contains("0019"), "rows stay");
    harness.key(Key::End).key(Key::Up);
    assert!(harness.step().tree.on_status() && harness.screen().contains("Could not list c"), "{}", harness.screen());
    harness.key(Key::Enter);
    assert_eq!(harness.wanted(), ["c/ from 20"]);
    harness.answer();
    assert!(harness.screen().contains("0020"), "{}", harness.screen());
}

#[test]
fn t07_closing_cancels_on_the_wire_and_opening_goes_on_from_the_marker() {
    let mut harness = BlobsHarness::browsing(Service::numbered(20, 60));
    harness.key(Key::Down).key(Key::Right).answer().key(Key::End);
    assert_eq!(harness.wanted(), ["c/ from 20"]);
    harness.types("9").key(Key::Up).types("99").key(Key::Up).key(Key::Down);
    assert_eq!(harness.cursor(), "c");
    harness.key(Key::Left);
    assert_eq!(harness.told(), ["save", "cancel Listing(1)"]);
    harness.key(Key::Right);
    assert_eq!(harness.wanted(), ["c/ from 20"]);
}

#[test]
fn t07_ctrl_x_stops_a_listing_and_enter_takes_it_up_again() {
    let mut harness = BlobsHarness::browsing(Service::numbered(20, 60));
    harness.key(Key::Down).key(Key::Right).press(KeyPress::ctrl('x'));
    assert_eq!(harness.told(), ["cancel Listing(1)"]);
    assert!(harness.screen().contains("cancelled"), "{}", harness.screen());
    harness.press(KeyPress::ctrl('t'));
    assert_eq!(harness.told(), ["Listing(1) Entries"]);
}

#[test]
fn t08_a_server_that_asks_to_wait_is_counted_down_and_keys_work() {
    let mut harness = BlobsHarness::browsing(Service::new(10, &["a/x", "b/x"]));
    harness.go_to("a").key(Key::Right);
    let (slot, id) = (Slot::Listing(1), harness.app.current(Slot::Listing(1)));
    let (delay, reason) = (Duration::from_secs(12), "the service is busy (HTTP 503)".to_owned());
    harness.send(Msg::Progress { slot, id, event: ProgressEvent::Waits { delay, reason, asked: true } });
    assert!(harness.screen().contains("server asks to wait 12 s"), "{}", harness.screen());
    harness.app.now += Duration::from_secs(5);
    harness.send(Msg::Tick);
    assert!(harness.screen().contains("server asks to wait 7 s"), "{}", harness.screen());
    let (delay, reason) = (Duration::from_secs(2), "no connection to the service".to_owned());
    harness.send(Msg::Progress { slot, id, event: ProgressEvent::Waits { delay, reason, asked: false } });
    assert!(harness.screen().contains("again in 2 s: no connection to the service"), "{}", harness.screen());
    harness.key(Key::Down).key(Key::Down);
    assert_eq!(harness.cursor(), "b");
}

#[test]
fn t09_a_second_folder_does_not_wait_for_the_first() {
    let mut harness = BlobsHarness::browsing(Service::new(10, &["a/x", "b/x"]));
    harness.go_to("a").key(Key::Right);
    harness.go_to("b").key(Key::Right);
    assert_eq!(harness.wanted(), ["a/", "b/"]);
}

#[test]
fn t10_reload_keeps_cursor_open_folders_and_marks() {
    let mut harness = BlobsHarness::browsing(Service::new(10, &["a/f/x", "a/f/y", "a/g"]));
    harness.go_to("a").enter().enter();
    harness.go_to("a/f/y").space();
    let place = harness.app.draft().selection.place.clone();
    harness.types("r");
    assert_eq!(harness.told(), ["Listing(2) Entries"]);
    harness.answer_all();
    assert_eq!(harness.app.draft().selection.place, place);
    assert!(harness.line("[x] y").contains("1.50 kB"));
}

#[test]
fn t11_the_row_under_the_cursor_stays_on_its_line_while_pages_arrive_above() {
    let mut harness = BlobsHarness::browsing(Service::new(30, &["a/1", "a/2", "a/3", "b/x"]));
    harness.go_to("a").key(Key::Right);
    harness.go_to("b");
    let line = |harness: &BlobsHarness| harness.screen().lines().position(|line| line.contains("[ ] b")).unwrap();
    let before = line(&harness);
    harness.answer_all();
    assert_eq!((harness.cursor().as_str(), line(&harness)), ("b", before), "{}", harness.screen());
    harness.go_to("a/2");
    harness.service.blobs.extend(["a/0", "a/1b", "a/2b"].map(str::to_owned));
    let line = |harness: &BlobsHarness| {
        harness.screen().lines().position(|line| line.contains('2') && line.contains(" ›    ")).unwrap()
    };
    let before = line(&harness);
    harness.types("r").answer_all();
    assert_eq!((harness.cursor().as_str(), line(&harness)), ("a/2", before), "{}", harness.screen());
}

#[test]
fn t12_a_row_that_is_gone_gives_the_cursor_to_its_next_sibling() {
    let mut harness = BlobsHarness::browsing(Service::new(30, &["a/1", "a/2", "a/3"]));
    harness.go_to("a").enter();
    harness.go_to("a/2");
    harness.service.blobs.remove("a/2");
    harness.types("r").answer_all();
    assert_eq!(harness.cursor(), "a/3");
    harness.service.blobs.remove("a/3");
    harness.types("r").answer_all();
    assert_eq!(harness.cursor(), "a/1", "no next one: the one before");
}

#[test]
fn t15_every_motion_works_at_any_size_and_the_end_says_so() {
    for size in [(80, 24), (40, 12), (130, 50), (20, 5), (0, 0)] {
        let mut harness = BlobsHarness::new(Service::numbered(500, 300));
        harness.send(Msg::Resize(size.0, size.1)).answer_all();
        harness.key(Key::Down).enter();
        for key in [Key::PageDown, Key::PageUp, Key::End, Key::Home, Key::PageDown] {
            harness.key(key);
        }
        harness.press(KeyPress::ctrl('d')).press(KeyPress::ctrl('u')).key(Key::Home);
        harness.types("12").key(Key::Down);
        assert_eq!(harness.cursor(), "c/0010", "a count of 12 rows down at {size:?}");
        harness.key(Key::End);
        assert!(harness.step().tree.on_status(), "{size:?}");
        if size.0 >= 40 && size.1 >= 10 {
            assert!(harness.screen().contains("300 rows, complete"), "{size:?}\n{}", harness.screen());
        }
    }
}

#[test]
fn t18_each_part_of_the_path_can_be_jumped_to_and_nothing_closes() {
    let mut harness = BlobsHarness::browsing(Service::new(30, &["a/f/g/x"]));
    harness.go_to("a").enter().enter().enter();
    assert_eq!(harness.cursor(), "a/f/g/x");
    harness.key(Key::Backspace);
    assert_eq!(harness.cursor(), "a/f/g/");
    harness.types("2").key(Key::Backspace);
    assert_eq!(harness.cursor(), "a");
    assert_eq!(harness.app.draft().selection.place.open.len(), 4, "all stay open");
}

#[test]
fn t19_left_closes_or_goes_to_the_parent_and_right_opens_or_goes_in() {
    let mut harness = BlobsHarness::browsing(Service::new(30, &["a/f/x"]));
    harness.go_to("a").key(Key::Right).answer_all();
    assert_eq!(harness.cursor(), "a", "the first Right opens");
    harness.key(Key::Right);
    assert_eq!(harness.cursor(), "a/f/");
    harness.key(Key::Left);
    assert_eq!(harness.cursor(), "a", "a closed row: to its parent");
    harness.key(Key::Left);
    assert!(!harness.step().tree.is_open(harness.step().tree.cursor()));
}

#[test]
fn w03_a_killed_program_opens_the_same_folders_on_the_same_row() {
    let service = Service::new(2, &["a/f/1", "a/f/2", "a/f/3", "a/f/4", "a/g", "b/x"]);
    let mut harness = BlobsHarness::browsing(service.clone());
    harness.go_to("a").enter().enter();
    harness.go_to("a/f/4").space();
    let draft = harness.app.draft().clone();
    let mut again = BlobsHarness::with(draft, service);
    assert_eq!(again.app.step(), Step::Blobs);
    again.answer_all();
    assert_eq!(again.cursor(), "a/f/4");
    assert!(again.line("[x] 4").contains("›"), "{}", again.screen());
}

#[test]
fn a_new_session_reads_the_account_before_anything_is_listed_again() {
    let mut harness = BlobsHarness::browsing(Service::numbered(20, 60));
    let node = harness.step().tree.cursor();
    assert_eq!(*harness.step().tree.load_state(node), LoadState::Done);
    harness.app.model.wizard.as_mut().unwrap().shared.catalogue.account = None;
    harness.key(Key::Down).key(Key::Right);
    assert!(harness.wanted().is_empty(), "no endpoint, no request");
    harness.press(KeyPress::ctrl('t'));
    assert_eq!(harness.told(), ["Account Account"]);
    let account = harness.app.draft().account.as_ref().unwrap().account.clone();
    harness.app.answer(Slot::Account, Ok(blobfreight::protocol::message::Reply::Account(Box::new(account))));
    assert_eq!(harness.told(), ["Listing(1) Entries"], "what waited is sent now");
}
