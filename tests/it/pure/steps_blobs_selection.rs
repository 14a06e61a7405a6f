//! Checking rows in the blobs step: what Space, x, f, u and the panels do to the rules in the draft.

use std::time::Duration;

use crate::support::blobs_harness::{BlobsHarness, Service, nothing_checked};
use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Msg, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::tree::NodeKind;
use blobfreight::wizard::rail::progress;

fn small() -> Service {
    Service::new(50, &["books/x", "photos/2023/a.jpg", "photos/2024/b.jpg", "photos/2024/c.jpg", "photos/d.jpg"])
}

#[test]
fn t20_space_on_a_container_checks_it_at_once_without_a_listing() {
    let mut harness = BlobsHarness::browsing(small());
    harness.go_to("photos").space();
    assert_eq!(harness.told(), ["save"], "no listing");
    assert_eq!(harness.rules(), ["everything under /photos/"]);
    assert!(harness.notice().starts_with("Everything under this prefix, /photos/"));
    assert!(harness.line("[x] photos").contains('›'));
}

#[test]
fn t21_t22_marks_tell_own_inherited_and_partly_checked_apart_loaded_or_not() {
    let mut draft = nothing_checked();
    let rule = |text: &str| blobfreight::select::Rule::Prefix(text.into());
    draft.selection.rules = std::sync::Arc::new(vec![rule("/books/"), rule("/photos/2024/deep/er/")]);
    let mut harness = BlobsHarness::with(draft, small());
    harness.answer_all();
    assert!(harness.screen().contains("[x] books") && harness.screen().contains("[-] photos"), "{}", harness.screen());
    harness.go_to("books").enter();
    assert!(harness.screen().contains("[+] x"), "checked by its parent: {}", harness.screen());
    harness.go_to("photos").enter();
    assert!(harness.screen().contains("[-] 2024/") && harness.screen().contains("[ ] 2023/"), "{}", harness.screen());
}

#[test]
fn t23_unchecking_a_child_leaves_exactly_its_siblings() {
    let mut harness = BlobsHarness::browsing(small());
    harness.go_to("photos").space().enter();
    harness.go_to("photos/2023/").space();
    assert_eq!(harness.wanted(), ["the rules without /photos/2023/"], "finding them is a request like any other");
    harness.answer();
    assert_eq!(harness.rules(), ["everything under /photos/2024", "everything under /photos/d"]);
    assert!(harness.notice().starts_with("Unchecked: 2 rules for the rest"), "{}", harness.notice());
    assert!(harness.screen().contains("[ ] 2023/") && harness.screen().contains("[+] 2024/"), "{}", harness.screen());
    harness.types("p");
    assert!(harness.line("everything under /photos/2024").contains("1 prefix"), "{}", harness.screen());
}

#[test]
fn t23_siblings_not_listed_yet_are_listed_first_and_the_row_says_so() {
    let mut harness = BlobsHarness::browsing(Service::numbered(30, 90));
    harness.go_to("c").space().key(Key::Right).answer();
    harness.go_to("c/0002").space();
    assert_eq!(harness.wanted(), ["c/ from 30"], "the level is listed to the end");
    harness.press(KeyPress::char('?')).press(KeyPress::char('?'));
    assert!(harness.line("[+] 0002").contains("unchecking"), "{}", harness.screen());
    assert!(harness.screen().contains("Unchecking /c/0002: 30 siblings listed…"), "{}", harness.screen());
    assert_eq!(harness.rules(), ["everything under /c/"], "nothing changes before that");
    harness.answer_all();
    let expected = ["/c/0000", "/c/0001", "/c/0003", "/c/0004"];
    let rules = harness.rules();
    assert!(expected.iter().all(|rule| rules.iter().any(|own| own.contains(rule))), "{rules:?}");
    assert!(!rules.iter().any(|rule| rule.ends_with("/c/0002") || rule.ends_with("/c/")), "{rules:?}");
    harness.types("u");
    assert_eq!(harness.rules(), ["everything under /c/"], "one change for undo");
}

#[test]
fn t23_listing_the_siblings_can_be_stopped_and_changes_nothing() {
    let mut harness = BlobsHarness::browsing(Service::numbered(30, 90));
    harness.go_to("c").space().key(Key::Right).answer();
    harness.go_to("c/0002").space().press(KeyPress::ctrl('x'));
    assert_eq!(harness.told(), ["cancel Listing(1)"]);
    assert_eq!(harness.rules(), ["everything under /c/"]);
    assert!(!harness.line("[+] 0002").contains("unchecking"), "{}", harness.screen());
    assert_eq!(harness.notice(), "Stopped; what was checked still is.");
}

#[test]
fn t23_a_failure_on_the_way_says_that_nothing_was_unchecked() {
    let mut harness = BlobsHarness::browsing(Service::numbered(30, 90));
    harness.go_to("c").space().key(Key::Right).answer();
    harness.go_to("c/0002").space();
    harness.refuse(Fault { kind: FaultKind::Offline, ..Fault::local("list c", "the connection was reset") });
    assert!(harness.notice().starts_with("Not unchecked: its siblings could not be listed."), "{}", harness.notice());
    assert_eq!(harness.rules(), ["everything under /c/"]);
}

#[test]
fn t24_checks_one_by_one_are_not_the_folder_and_f_makes_them_so() {
    let mut harness = BlobsHarness::browsing(small());
    harness.go_to("photos").enter();
    harness.go_to("photos/2024/").enter();
    harness.space().key(Key::Down).space();
    assert_eq!(harness.rules().len(), 2);
    assert!(harness.screen().contains("[-] 2024/"), "not the folder: {}", harness.screen());
    assert!(harness.screen().contains("2 rows, complete; all checked one by one"), "{}", harness.screen());
    harness.types("f");
    assert_eq!(harness.rules(), ["everything under /photos/2024/"]);
    assert!(harness.screen().contains("[x] 2024/"));
    harness.types("u");
    assert_eq!(harness.rules().len(), 2, "undo brings the single checks back");
}

#[test]
fn t25_marks_belong_to_paths_and_survive_filter_sort_reload_and_closing() {
    let mut harness = BlobsHarness::browsing(small());
    harness.go_to("photos").enter();
    harness.go_to("photos/d.jpg").space();
    let rules = harness.rules();
    harness.types("/jpg").key(Key::Esc).types("sssr").answer_all().go_to("photos").key(Key::Left).key(Key::Right);
    harness.answer_all();
    assert_eq!(harness.rules(), rules);
    assert!(harness.screen().contains("[x] d.jpg"), "{}", harness.screen());
}

#[test]
fn t26_undo_takes_back_a_change_of_many_rules_and_ctrl_r_does_it_again() {
    let mut harness = BlobsHarness::browsing(Service::numbered(5_000, 3_000));
    harness.go_to("c").space().enter();
    harness.go_to("c/0001").space().answer_all();
    let carved = harness.rules();
    assert!(carved.len() > 3);
    harness.types("u");
    assert_eq!(harness.rules(), ["everything under /c/"]);
    harness.press(KeyPress::ctrl('r'));
    assert_eq!(harness.rules(), carved);
}

#[test]
fn t27_the_panel_lists_the_rules_in_the_order_of_the_wire_and_removes_one() {
    let mut harness = BlobsHarness::browsing(small());
    harness.go_to("books").enter().space();
    harness.go_to("photos").space().types("p");
    let screen = harness.screen();
    let at = |text: &str| screen.find(text).unwrap_or_else(|| panic!("{text}:\n{screen}"));
    assert!(at("everything under /photos/") < at("books/x with all its snapshots"), "prefixes come first");
    harness.key(Key::Down).types("d");
    assert_eq!(harness.rules(), ["everything under /photos/"]);
    assert!(harness.notice().starts_with("Removed: books/x"));
    harness.types("u");
    assert_eq!(harness.rules().len(), 2);
    harness.key(Key::Esc);
    assert!(harness.screen().contains("[x] photos"), "back in the tree: {}", harness.screen());
}

#[test]
fn t27_t30_the_panel_marks_what_is_probably_not_meant() {
    let mut draft = nothing_checked();
    let rule = |text: &str| blobfreight::select::Rule::Prefix(text.into());
    let rules = ["/book", "/photos/", "/photos/2024/", "/zebra/"].map(rule);
    draft.selection.rules = std::sync::Arc::new(rules.to_vec());
    let mut service = small();
    service.blobs.insert("book/y".into());
    let mut harness = BlobsHarness::with(draft, service);
    harness.answer_all().types("p");
    let screen = harness.screen();
    for words in ["no closing /: takes books/ as well", "inside rule 2, which takes it already"] {
        assert!(screen.contains(words), "{words} is missing:\n{screen}");
    }
    // The list of containers is complete and has no zebra; the folder under photos has not been looked at.
    assert_eq!(screen.matches("matches nothing").count(), 1, "{screen}");
    assert!(screen.find("/zebra/") < screen.find("matches nothing"), "{screen}");
    harness.key(Key::Esc).go_to("photos").enter();
    harness.service.blobs.retain(|blob| !blob.contains("2024"));
    harness.types("r").answer_all().types("p");
    assert_eq!(harness.screen().matches("matches nothing").count(), 2, "{}", harness.screen());
}

fn rest(harness: &mut BlobsHarness) {
    harness.app.now += Duration::from_millis(400);
    harness.send(Msg::Tick);
}

#[test]
fn t28_a_typed_rule_shows_what_it_matches_before_it_is_added() {
    let mut harness = BlobsHarness::browsing(small());
    harness.go_to("photos").types("a");
    assert!(harness.screen().contains("Rule: /photos/"), "{}", harness.screen());
    harness.types("20");
    assert!(harness.wanted().is_empty(), "nothing is asked while typing");
    assert!(harness.app.model.wake_in().is_some());
    rest(&mut harness);
    assert_eq!(harness.told(), ["Count Entries"]);
    harness.answer();
    for words in ["everything under /photos/20", "2 folders with all in them", "photos/2023/", "photos/2024/"] {
        assert!(harness.screen().contains(words), "{words} is missing:\n{}", harness.screen());
    }
    assert!(harness.rules().is_empty(), "not added yet");
    harness.key(Key::Enter);
    assert_eq!(harness.rules(), ["everything under /photos/20"]);
}

#[test]
fn t28_enter_waits_for_the_preview_and_escape_drops_the_rule() {
    let mut harness = BlobsHarness::browsing(small());
    harness.types("aphotos/d.jpg").key(Key::Enter);
    assert_eq!(harness.told(), ["Count Entries"]);
    harness.key(Key::Enter);
    assert!(harness.rules().is_empty() && harness.told().is_empty());
    harness.answer();
    harness.key(Key::Esc);
    assert!(harness.rules().is_empty() && harness.screen().contains("[ ] photos"));
}

#[test]
fn t28_a_prefix_that_takes_a_sibling_by_accident_is_warned_of() {
    let mut service = small();
    service.blobs.insert("photoshop/y".into());
    let mut harness = BlobsHarness::browsing(service);
    harness.types("aphotos");
    rest(&mut harness);
    harness.answer();
    let screen = harness.screen();
    assert!(screen.contains("Without a closing / it also takes photoshop."), "{screen}");
    assert!(screen.contains("2 containers with all in them"), "{screen}");
}

#[test]
fn t28_t30_a_rule_that_matches_nothing_is_marked_before_and_after_it_is_added() {
    let mut harness = BlobsHarness::browsing(small());
    harness.types("anowhere/x/");
    rest(&mut harness);
    harness.answer();
    assert!(harness.screen().contains("there is no container nowhere"), "{}", harness.screen());
    harness.key(Key::Enter).types("p");
    assert!(harness.screen().contains("matches nothing on the server"), "{}", harness.screen());
}

#[test]
fn t29_snapshots_open_under_their_blob_newest_first_and_one_can_be_checked_alone() {
    let times = ["2026-01-01T00:00:00.0000000Z", "2026-06-01T00:00:00.0000000Z"];
    let service = Service::new(50, &["c/x", &format!("c/x@{}", times[0]), &format!("c/x@{}", times[1])]);
    let mut harness = BlobsHarness::browsing(service);
    harness.go_to("c").enter().enter();
    assert_eq!(harness.cursor(), format!("c/x@{}", times[1]), "the newest first");
    harness.space();
    assert_eq!(harness.rules(), [format!("the snapshot {} of c/x", times[1])]);
    assert!(harness.screen().contains("needs a list file: single snapshots"), "{}", harness.screen());
    assert!(
        harness.line("[x] snapshot 2026-06-01 00:00:00").contains("list file"),
        "the row says so: {}",
        harness.screen()
    );
    assert!(harness.screen().contains("[-] x"));
}

/// A blob with two snapshots and two older versions, one of each from the same moment; the cursor is on the newest.
fn with_history() -> BlobsHarness {
    let (first, second, third) =
        ("2026-01-01T00:00:00.0000000Z", "2026-06-01T00:00:00.0000000Z", "2026-07-01T00:00:00.0000000Z");
    let older = [("@", first), ("@", second), ("%", second), ("%", third)];
    let mut service = Service::new(50, &["c/x", "c/y"]);
    service.blobs.extend(older.map(|(sign, time)| format!("c/x{sign}{time}")));
    let mut harness = BlobsHarness::browsing(service);
    harness.go_to("c").enter().enter();
    harness
}

#[test]
fn t29_versions_stand_among_the_snapshots_and_cannot_be_checked() {
    let mut harness = with_history();
    let screen = harness.screen();
    let at = |text: &str| screen.find(text).unwrap_or_else(|| panic!("{text}:\n{screen}"));
    let (newest, both) = (at("version 2026-07-01 00:00:00"), at("[ ] snapshot 2026-06-01"));
    assert!(newest < both && both < at("version 2026-06-01") && at("version 2026-06-01") < at("snapshot 2026-01-01"));
    assert!(screen.contains("2 snapshots, 2 older versions, complete"), "{screen}");
    assert!(!harness.line("version 2026-07-01").contains('['), "no box to check: {screen}");
    harness.space();
    assert!(harness.rules().is_empty());
    assert!(harness.notice().starts_with("No list can name a version: make it current"), "{}", harness.notice());
    harness.types("xf").send(Msg::Resize(140, 40));
    assert!(harness.rules().is_empty());
    for words in ["older version", "never checked", "No list can name a version"] {
        assert!(harness.screen().contains(words), "{words}:\n{}", harness.screen());
    }
    harness.key(Key::Down).space();
    assert_eq!(harness.rules(), ["the snapshot 2026-06-01T00:00:00.0000000Z of c/x"]);
}

#[test]
fn t29_taking_one_snapshot_out_of_a_checked_folder_leaves_the_others_and_no_version() {
    let mut harness = with_history();
    harness.go_to("c").space();
    harness.go_to("c/x@2026-06-01T00:00:00.0000000Z").space().answer_all();
    let expected =
        ["everything under /c/y", "c/x without snapshots", "the snapshot 2026-01-01T00:00:00.0000000Z of c/x"];
    assert_eq!(harness.rules(), expected);
}

#[test]
fn t25_w03_a_restart_on_a_version_comes_back_to_it() {
    let mut harness = with_history();
    let version = "c/x@2026-07-01T00:00:00.0000000Z";
    assert_eq!(harness.cursor(), version);
    harness.types("r").answer_all();
    assert_eq!(harness.cursor(), version, "reload keeps it");
    let mut again = BlobsHarness::with(harness.app.draft().clone(), harness.service.clone());
    again.answer_all();
    assert_eq!(again.cursor(), version);
    assert_eq!(again.step().tree.kind(again.step().tree.cursor()), NodeKind::Version);
}

#[test]
fn t29_x_takes_a_blob_without_its_snapshots_also_out_of_a_checked_folder() {
    let mut harness = BlobsHarness::browsing(Service::new(50, &["c/x", "c/y"]));
    harness.go_to("c").enter().types("x");
    assert_eq!(harness.rules(), ["c/x without snapshots"]);
    assert!(harness.screen().contains("[o] x"), "{}", harness.screen());
    harness.types("x");
    assert_eq!(harness.rules(), ["c/x with all its snapshots"]);
    harness.go_to("c").space().go_to("c/x").types("x").answer_all();
    assert_eq!(harness.rules(), ["everything under /c/y", "c/x without snapshots"]);
}

#[test]
fn t31_the_filter_says_what_it_looks_through_and_a_second_key_asks_the_server() {
    let mut harness = BlobsHarness::browsing(Service::numbered(30, 90));
    harness.go_to("c").key(Key::Right).answer().key(Key::Right);
    harness.types("/002");
    assert!(harness.screen().contains("11 in 31 loaded rows"), "{}", harness.screen());
    assert!(harness.screen().contains("Ctrl-S"), "{}", harness.screen());
    harness.key(Key::Backspace).types("8").press(KeyPress::ctrl('s'));
    assert_eq!(harness.app.current(Slot::Count), harness.pending.back().unwrap().1);
    harness.answer_all();
    assert!(harness.screen().contains("beginning with /c/008"), "{}", harness.screen());
    harness.key(Key::Down).space();
    assert_eq!(harness.rules(), ["c/0081 with all its snapshots"]);
    harness.key(Key::Enter).answer_all();
    assert_eq!(harness.cursor(), "c/0081", "Enter shows it in its place");
}

#[test]
fn t31_a_filter_that_is_kept_says_how_to_get_rid_of_it() {
    let mut harness = BlobsHarness::browsing(small());
    harness.types("/boo").key(Key::Enter);
    assert!(harness.notice().contains("Esc shows all rows"), "{}", harness.notice());
    assert!(!harness.screen().contains("photos"), "{}", harness.screen());
    harness.key(Key::Esc);
    assert!(harness.screen().contains("photos"), "{}", harness.screen());
    harness.types("/nothing like it").key(Key::Enter);
    assert!(harness.notice().starts_with("No loaded row fits."), "{}", harness.notice());
    harness.key(Key::Esc);
    assert!(harness.screen().contains("photos"), "{}", harness.screen());
}

#[test]
fn t32_escape_in_a_filter_restores_the_view_and_the_row() {
    let mut harness = BlobsHarness::browsing(small());
    harness.go_to("photos").enter();
    harness.go_to("photos/2024/");
    let before = harness.screen();
    harness.types("/books");
    assert_eq!(harness.cursor(), "books");
    harness.key(Key::Esc);
    assert_eq!(harness.cursor(), "photos/2024/");
    assert_eq!(harness.screen().replace("saving", ""), before.replace("saving", ""));
}

#[test]
fn next_says_why_not_while_nothing_is_checked_and_goes_on_afterwards() {
    let mut harness = BlobsHarness::browsing(small());
    harness.press(KeyPress::ctrl('n'));
    assert!(harness.notice().starts_with("Check what to export first"));
    assert_eq!(harness.app.step(), Step::Blobs);
    harness.go_to("photos").space().press(KeyPress::ctrl('n'));
    assert_eq!(harness.app.step(), Step::Drives);
}

#[test]
fn w08_another_account_makes_the_blobs_stale_until_they_are_confirmed() {
    let mut draft = nothing_checked();
    draft.selection.rules = std::sync::Arc::new(vec![blobfreight::select::Rule::Prefix("/photos/".into())]);
    draft.selection.account = Some("/subscriptions/s1/other".into());
    let mut harness = BlobsHarness::with(draft, small());
    harness.answer_all();
    let stale =
        |harness: &BlobsHarness| progress(&harness.app.model.wizard.as_ref().unwrap().shared, Step::Blobs).stale;
    assert_eq!(stale(&harness).as_deref(), Some("account changed, check the blobs"));
    harness.press(KeyPress::ctrl('n'));
    assert_eq!(stale(&harness), None, "going on confirms them");
}
