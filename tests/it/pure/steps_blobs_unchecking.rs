//! Unchecking a row of a checked folder: what is said while its siblings are listed and the rules for them are found, and what
//! late, doubled and unwanted answers do.

use std::time::Duration;

use crate::support::blobs_harness::{BlobsHarness, Service};
use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Call, Msg, RequestId, Slot};
use blobfreight::protocol::step::Step;

/// In a checked container of 90 blobs that is listed to its end; nothing is under way.
fn listed() -> BlobsHarness {
    let mut harness = BlobsHarness::browsing(Service::numbered(200, 90));
    harness.go_to("c").space().enter();
    harness
}

/// The same, with the rules without `c/0002` being found.
fn finding() -> (BlobsHarness, RequestId, Call) {
    let mut harness = listed();
    harness.go_to("c/0002").space();
    assert_eq!(harness.wanted(), ["the rules without /c/0002"]);
    let (slot, id, call) = harness.pending[0].clone();
    assert_eq!(slot, Slot::Uncheck);
    (harness, id, call)
}

/// The answer to a question that may not be asked any more.
fn answer(harness: &mut BlobsHarness, id: RequestId, call: &Call) {
    let outcome = harness.service.answer(call);
    harness.send(Msg::Done { slot: Slot::Uncheck, id, outcome });
}

#[test]
fn t23_keys_work_while_the_rules_are_found_and_the_screen_says_so_once_it_takes_long() {
    let (mut harness, ..) = finding();
    assert!(!harness.screen().contains("finding the rules"), "too early to say so");
    assert!(harness.line("[+] 0002").contains("unchecking"), "{}", harness.screen());
    harness.app.now += Duration::from_millis(150);
    harness.send(Msg::Tick);
    assert!(harness.screen().contains("Unchecking /c/0002: finding the rules for the rest…"), "{}", harness.screen());
    harness.key(Key::Down);
    assert_eq!(harness.cursor(), "c/0003");
    harness.answer();
    assert!(harness.line("[ ] 0002").contains("1.50 kB"), "{}", harness.screen());
    harness.types("u");
    assert_eq!(harness.rules(), ["everything under /c/"], "one step back");
    harness.press(KeyPress::ctrl('r'));
    assert!(harness.rules().len() > 5, "and forth, without asking anything");
    assert!(harness.pending.is_empty());
}

#[test]
fn t23_ctrl_x_gives_the_rules_up_and_the_late_answer_changes_nothing() {
    let (mut harness, id, call) = finding();
    harness.press(KeyPress::ctrl('x'));
    assert_eq!(harness.told(), ["cancel Uncheck"]);
    assert!(harness.line("[+] 0002").contains("1.50 kB") && !harness.line("[+] 0002").contains("unchecking"));
    answer(&mut harness, id, &call);
    assert_eq!(harness.rules(), ["everything under /c/"]);
}

#[test]
fn t23_an_answer_that_comes_twice_counts_once() {
    let (mut harness, id, call) = finding();
    harness.answer();
    let rules = harness.rules();
    harness.types("u");
    answer(&mut harness, id, &call);
    assert_eq!(harness.rules(), ["everything under /c/"]);
    harness.press(KeyPress::ctrl('r'));
    assert_eq!(harness.rules(), rules);
}

#[test]
fn t23_a_selection_that_changes_meanwhile_is_asked_about_anew() {
    let mut harness = BlobsHarness::browsing(Service::new(50, &["b/x", "c/1", "c/2", "c/3"]));
    harness.go_to("c").space().enter();
    harness.go_to("c/2").space();
    let (_, id, call) = harness.pending[0].clone();
    harness.go_to("b").space();
    assert_eq!(harness.wanted(), ["the rules without /c/2"], "once, for the selection as it is now");
    answer(&mut harness, id, &call);
    assert_eq!(harness.rules(), ["everything under /b/", "everything under /c/"], "the old answer is dropped");
    harness.answer();
    assert_eq!(harness.rules(), ["everything under /b/", "everything under /c/1", "everything under /c/3"]);
    harness.types("u");
    assert_eq!(harness.rules(), ["everything under /b/", "everything under /c/"], "undo takes back that alone");
}

#[test]
fn t23_undo_of_the_folder_itself_leaves_nothing_to_uncheck() {
    let (mut harness, id, call) = finding();
    harness.types("u");
    assert!(harness.told().contains(&"cancel Uncheck".to_owned()), "{:?}", harness.told());
    answer(&mut harness, id, &call);
    assert!(harness.rules().is_empty() && !harness.line("[ ] 0002").contains("unchecking"), "{}", harness.screen());
}

#[test]
fn t23_rows_are_unchecked_one_after_the_other_and_taken_back_one_by_one() {
    let mut harness = listed();
    harness.go_to("c/0002").space().key(Key::Down).space();
    assert_eq!(harness.wanted(), ["the rules without /c/0002"], "the second waits");
    assert!(harness.line("[+] 0003").contains("unchecking"), "{}", harness.screen());
    harness.answer();
    let first = harness.rules();
    assert_eq!(harness.wanted(), ["the rules without /c/0003"]);
    harness.answer();
    assert!(harness.screen().contains("[ ] 0002") && harness.screen().contains("[ ] 0003"), "{}", harness.screen());
    harness.types("u");
    assert_eq!(harness.rules(), first);
}

#[test]
fn t23_space_on_a_row_that_waits_leaves_it_checked() {
    let (mut harness, ..) = finding();
    harness.space();
    assert_eq!(harness.told(), ["cancel Uncheck"]);
    assert!(harness.pending.is_empty() && harness.screen().contains("[+] 0002"), "{}", harness.screen());
    assert_eq!(harness.notice(), "Stopped; what was checked still is.");
}

#[test]
fn t23_closing_the_folder_or_leaving_the_step_stops_it() {
    let (mut harness, id, call) = finding();
    harness.go_to("c").key(Key::Left);
    assert!(harness.told().contains(&"cancel Uncheck".to_owned()), "{:?}", harness.told());
    answer(&mut harness, id, &call);
    assert_eq!(harness.rules(), ["everything under /c/"]);
    let (mut harness, id, call) = finding();
    harness.press(KeyPress::ctrl('n'));
    assert_eq!(harness.app.step(), Step::Blobs, "Next says why not: {}", harness.notice());
    assert!(harness.notice().contains("still being unchecked"), "{}", harness.notice());
    harness.press(KeyPress::alt(Key::Left));
    assert_eq!(harness.app.step(), Step::Account);
    assert!(harness.told().contains(&"cancel Uncheck".to_owned()), "{:?}", harness.told());
    answer(&mut harness, id, &call);
    assert_eq!(harness.rules(), ["everything under /c/"]);
    let mut harness = BlobsHarness::browsing(Service::numbered(30, 90));
    harness.go_to("c").space().key(Key::Right).answer();
    harness.go_to("c/0002").space().go_to("c").key(Key::Left);
    assert_eq!(harness.told(), ["save", "cancel Listing(1)"], "nor are its siblings listed any further");
    harness.key(Key::Right);
    assert_eq!(harness.wanted(), ["c/ from 30"], "as for any folder that is opened");
    harness.answer();
    assert!(harness.wanted().is_empty() && harness.step().pending_uncheck().is_none(), "and not to the end");
}

#[test]
fn t23_a_level_that_failed_before_is_asked_for_again() {
    let offline = || Fault { kind: FaultKind::Offline, ..Fault::local("list c", "the connection was reset") };
    let mut harness = BlobsHarness::browsing(Service::numbered(30, 90));
    harness.go_to("c").space().key(Key::Right).answer();
    harness.key(Key::End).refuse(offline());
    harness.go_to("c/0002").space();
    assert_eq!(harness.wanted(), ["c/ from 30"], "{}", harness.notice());
    harness.answer_all();
    assert!(harness.screen().contains("[ ] 0002"), "{}", harness.screen());
}

#[test]
fn t23_a_row_found_by_the_server_is_unchecked_without_opening_its_folder() {
    let mut harness = BlobsHarness::browsing(Service::numbered(30, 90));
    harness.go_to("c").space();
    harness.go_to("c").types("/0081").press(KeyPress::ctrl('s')).answer_all();
    harness.space();
    assert!(harness.screen().contains("Unchecking /c/0081"), "{}", harness.screen());
    harness.answer_all();
    assert!(harness.screen().contains("[ ] c/0081"), "{}", harness.screen());
    assert!(harness.rules().len() > 5);
}

#[test]
fn t23_a_mistake_is_said_and_changes_nothing() {
    let (mut harness, ..) = finding();
    harness.refuse(Fault::local("uncheck /c/0002", "the program made a mistake of its own"));
    assert!(harness.notice().starts_with("Not unchecked:"), "{}", harness.notice());
    assert_eq!(harness.rules(), ["everything under /c/"]);
    assert!(harness.step().pending_uncheck().is_none());
}
