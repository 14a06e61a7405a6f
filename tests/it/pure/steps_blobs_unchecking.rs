//! Unchecking a row of a checked folder: what is said while its siblings are listed and the rules for them are found, and what
//! late, doubled and unwanted answers do.

use std::time::Duration;

use crate::support::picker::{Picker, Service};
use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Call, Msg, RequestId, Slot};
use blobfreight::protocol::step::Step;

/// In a checked container of 90 blobs that is listed to its end; nothing is under way.
fn listed() -> Picker {
    let mut picker = Picker::browsing(Service::numbered(200, 90));
    picker.go_to("c").space().enter();
    picker
}

/// The same, with the rules without `c/0002` being found.
fn finding() -> (Picker, RequestId, Call) {
    let mut picker = listed();
    picker.go_to("c/0002").space();
    assert_eq!(picker.wanted(), ["the rules without /c/0002"]);
    let (slot, id, call) = picker.pending[0].clone();
    assert_eq!(slot, Slot::Uncheck);
    (picker, id, call)
}

/// The answer to a question that may not be asked any more.
fn answer(picker: &mut Picker, id: RequestId, call: &Call) {
    let outcome = picker.service.answer(call);
    picker.send(Msg::Done { slot: Slot::Uncheck, id, outcome });
}

#[test]
fn t23_keys_work_while_the_rules_are_found_and_the_screen_says_so_once_it_takes_long() {
    let (mut picker, ..) = finding();
    assert!(!picker.screen().contains("finding the rules"), "too early to say so");
    assert!(picker.line("[+] 0002").contains("unchecking"), "{}", picker.screen());
    picker.app.now += Duration::from_millis(150);
    picker.send(Msg::Tick);
    assert!(picker.screen().contains("Unchecking /c/0002: finding the rules for the rest…"), "{}", picker.screen());
    picker.key(Key::Down);
    assert_eq!(picker.cursor(), "c/0003");
    picker.answer();
    assert!(picker.line("[ ] 0002").contains("1.50 kB"), "{}", picker.screen());
    picker.types("u");
    assert_eq!(picker.rules(), ["everything under /c/"], "one step back");
    picker.press(KeyPress::ctrl('r'));
    assert!(picker.rules().len() > 5, "and forth, without asking anything");
    assert!(picker.pending.is_empty());
}

#[test]
fn t23_ctrl_x_gives_the_rules_up_and_the_late_answer_changes_nothing() {
    let (mut picker, id, call) = finding();
    picker.press(KeyPress::ctrl('x'));
    assert_eq!(picker.told(), ["cancel Uncheck"]);
    assert!(picker.line("[+] 0002").contains("1.50 kB") && !picker.line("[+] 0002").contains("unchecking"));
    answer(&mut picker, id, &call);
    assert_eq!(picker.rules(), ["everything under /c/"]);
}

#[test]
fn t23_an_answer_that_comes_twice_counts_once() {
    let (mut picker, id, call) = finding();
    picker.answer();
    let rules = picker.rules();
    picker.types("u");
    answer(&mut picker, id, &call);
    assert_eq!(picker.rules(), ["everything under /c/"]);
    picker.press(KeyPress::ctrl('r'));
    assert_eq!(picker.rules(), rules);
}

#[test]
fn t23_a_selection_that_changes_meanwhile_is_asked_about_anew() {
    let mut picker = Picker::browsing(Service::new(50, &["b/x", "c/1", "c/2", "c/3"]));
    picker.go_to("c").space().enter();
    picker.go_to("c/2").space();
    let (_, id, call) = picker.pending[0].clone();
    picker.go_to("b").space();
    assert_eq!(picker.wanted(), ["the rules without /c/2"], "once, for the selection as it is now");
    answer(&mut picker, id, &call);
    assert_eq!(picker.rules(), ["everything under /b/", "everything under /c/"], "the old answer is dropped");
    picker.answer();
    assert_eq!(picker.rules(), ["everything under /b/", "everything under /c/1", "everything under /c/3"]);
    picker.types("u");
    assert_eq!(picker.rules(), ["everything under /b/", "everything under /c/"], "undo takes back that alone");
}

#[test]
fn t23_undo_of_the_folder_itself_leaves_nothing_to_uncheck() {
    let (mut picker, id, call) = finding();
    picker.types("u");
    assert!(picker.told().contains(&"cancel Uncheck".to_owned()), "{:?}", picker.told());
    answer(&mut picker, id, &call);
    assert!(picker.rules().is_empty() && !picker.line("[ ] 0002").contains("unchecking"), "{}", picker.screen());
}

#[test]
fn t23_rows_are_unchecked_one_after_the_other_and_taken_back_one_by_one() {
    let mut picker = listed();
    picker.go_to("c/0002").space().key(Key::Down).space();
    assert_eq!(picker.wanted(), ["the rules without /c/0002"], "the second waits");
    assert!(picker.line("[+] 0003").contains("unchecking"), "{}", picker.screen());
    picker.answer();
    let first = picker.rules();
    assert_eq!(picker.wanted(), ["the rules without /c/0003"]);
    picker.answer();
    assert!(picker.screen().contains("[ ] 0002") && picker.screen().contains("[ ] 0003"), "{}", picker.screen());
    picker.types("u");
    assert_eq!(picker.rules(), first);
}

#[test]
fn t23_space_on_a_row_that_waits_leaves_it_checked() {
    let (mut picker, ..) = finding();
    picker.space();
    assert_eq!(picker.told(), ["cancel Uncheck"]);
    assert!(picker.pending.is_empty() && picker.screen().contains("[+] 0002"), "{}", picker.screen());
    assert_eq!(picker.notice(), "Stopped; what was checked still is.");
}

#[test]
fn t23_closing_the_folder_or_leaving_the_step_stops_it() {
    let (mut picker, id, call) = finding();
    picker.go_to("c").key(Key::Left);
    assert!(picker.told().contains(&"cancel Uncheck".to_owned()), "{:?}", picker.told());
    answer(&mut picker, id, &call);
    assert_eq!(picker.rules(), ["everything under /c/"]);
    let (mut picker, id, call) = finding();
    picker.press(KeyPress::ctrl('n'));
    assert_eq!(picker.app.step(), Step::Blobs, "Next says why not: {}", picker.notice());
    assert!(picker.notice().contains("still being unchecked"), "{}", picker.notice());
    picker.press(KeyPress::alt(Key::Left));
    assert_eq!(picker.app.step(), Step::Account);
    assert!(picker.told().contains(&"cancel Uncheck".to_owned()), "{:?}", picker.told());
    answer(&mut picker, id, &call);
    assert_eq!(picker.rules(), ["everything under /c/"]);
    let mut picker = Picker::browsing(Service::numbered(30, 90));
    picker.go_to("c").space().key(Key::Right).answer();
    picker.go_to("c/0002").space().go_to("c").key(Key::Left);
    assert_eq!(picker.told(), ["save", "cancel Listing(1)"], "nor are its siblings listed any further");
    picker.key(Key::Right);
    assert_eq!(picker.wanted(), ["c/ from 30"], "as for any folder that is opened");
    picker.answer();
    assert!(picker.wanted().is_empty() && picker.step().pending_uncheck().is_none(), "and not to the end");
}

#[test]
fn t23_a_level_that_failed_before_is_asked_for_again() {
    let offline = || Fault { kind: FaultKind::Offline, ..Fault::local("list c", "the connection was reset") };
    let mut picker = Picker::browsing(Service::numbered(30, 90));
    picker.go_to("c").space().key(Key::Right).answer();
    picker.key(Key::End).refuse(offline());
    picker.go_to("c/0002").space();
    assert_eq!(picker.wanted(), ["c/ from 30"], "{}", picker.notice());
    picker.answer_all();
    assert!(picker.screen().contains("[ ] 0002"), "{}", picker.screen());
}

#[test]
fn t23_a_row_found_by_the_server_is_unchecked_without_opening_its_folder() {
    let mut picker = Picker::browsing(Service::numbered(30, 90));
    picker.go_to("c").space();
    picker.go_to("c").types("/0081").press(KeyPress::ctrl('s')).answer_all();
    picker.space();
    assert!(picker.screen().contains("Unchecking /c/0081"), "{}", picker.screen());
    picker.answer_all();
    assert!(picker.screen().contains("[ ] c/0081"), "{}", picker.screen());
    assert!(picker.rules().len() > 5);
}

#[test]
fn t23_a_mistake_is_said_and_changes_nothing() {
    let (mut picker, ..) = finding();
    picker.refuse(Fault::local("uncheck /c/0002", "the program made a mistake of its own"));
    assert!(picker.notice().starts_with("Not unchecked:"), "{}", picker.notice());
    assert_eq!(picker.rules(), ["everything under /c/"]);
    assert!(picker.step().pending_uncheck().is_none());
}
