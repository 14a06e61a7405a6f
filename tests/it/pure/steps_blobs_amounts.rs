//! What is checked, counted while it is being checked: the line above the tree, the sign in a row, the pane beside the tree.

use std::time::Duration;

use blobfreight::plan::count::{CountProgress, CountReport, FindingKind};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Msg, ProgressEvent, Reply, Slot};
use blobfreight::protocol::step::Step;

use crate::pure::steps_drives::{prefix, report};
use crate::support::blobs_harness::{BlobsHarness, Service};

const GB: u64 = 1_000_000_000;

fn rest(harness: &mut BlobsHarness, millis: u64) -> Vec<String> {
    harness.app.now += Duration::from_millis(millis);
    harness.send(Msg::Tick);
    harness.told()
}

/// The container `c` is checked, and the hand has rested for a second: the count has begun.
fn counting() -> BlobsHarness {
    let mut harness = BlobsHarness::browsing(Service::new(50, &["c/a.jpg", "c/b.jpg", "d/x"]));
    harness.go_to("c").space();
    assert_eq!(rest(&mut harness, 500).iter().filter(|told| told.contains("Scan")).count(), 0, "too early");
    assert!(rest(&mut harness, 500).contains(&"Scan Scan".to_owned()), "{:?}", harness.told());
    harness
}

fn tell(harness: &mut BlobsHarness, blobs: u64, bytes: u64) {
    let id = harness.app.current(Slot::Scan);
    let progress = CountProgress { blobs, bytes, in_flight: 4, rules: (0, 1), ..CountProgress::default() };
    harness.send(Msg::Progress { slot: Slot::Scan, id, event: ProgressEvent::Counted(progress) });
}

fn scanned(harness: &mut BlobsHarness, report: CountReport) {
    let id = harness.app.current(Slot::Scan);
    harness.send(Msg::Done { slot: Slot::Scan, id, outcome: Ok(Reply::Scanned(Box::new(report))) });
}

/// The line above the path.
fn amount(harness: &BlobsHarness) -> String {
    harness.app.painted(100, 24).0[5].trim().to_owned()
}

#[test]
fn w67_what_is_checked_is_counted_once_the_hand_rests_and_never_more_is_said_than_is_known() {
    let mut harness = counting();
    assert!(amount(&harness).starts_with("counting"), "{}", amount(&harness));
    tell(&mut harness, 1_234, 5_000 * GB);
    assert!(
        amount(&harness).starts_with("at least 1234 blobs · 5.00 TB · so far · at least 2 drives of 4TB"),
        "{}",
        amount(&harness)
    );
    scanned(&mut harness, report(&prefix("/c/"), &[2 * GB, 3 * GB]));
    assert!(amount(&harness).starts_with("2 blobs · 5.00 GB · 1 drive of 4TB"), "{}", amount(&harness));
    assert!(rest(&mut harness, 5_000).is_empty(), "counted already");
}

#[test]
fn w67_a_changed_selection_gives_the_count_up_and_counts_anew() {
    let mut harness = counting();
    tell(&mut harness, 1_234, 5_000 * GB);
    harness.go_to("d").space();
    assert!(harness.told().contains(&"cancel Scan".to_owned()), "{:?}", harness.told());
    assert!(!amount(&harness).contains("1234"), "{}", amount(&harness));
    assert!(rest(&mut harness, 1_000).contains(&"Scan Scan".to_owned()));
    let mut partial = report(&prefix("/c/"), &[2 * GB]);
    partial.complete = false;
    scanned(&mut harness, partial);
    assert!(amount(&harness).starts_with("at least 1 blob"), "{}", amount(&harness));
}

#[test]
fn w67_what_cannot_be_exported_is_counted_beside_it() {
    let mut harness = counting();
    let mut found = report(&prefix("/c/"), &[2 * GB, 3 * GB]);
    found.totals.note(FindingKind::Archived, 3 * GB, || "c/b.jpg".into());
    found.totals.blocked = 1;
    scanned(&mut harness, found);
    assert!(amount(&harness).contains("5.00 GB · 1 not exportable · "), "{}", amount(&harness));
}

#[test]
fn w67_a_pause_on_the_drives_holds_while_rows_are_checked() {
    let mut harness = counting();
    harness.press(blobfreight::protocol::key::KeyPress::alt(Key::Char('4')));
    assert_eq!(harness.app.step(), Step::Drives);
    harness.space();
    harness.press(blobfreight::protocol::key::KeyPress::alt(Key::Char('3')));
    harness.go_to("d").space();
    assert!(!rest(&mut harness, 5_000).contains(&"Scan Scan".to_owned()), "{:?}", harness.told());
}

#[test]
fn w68_a_row_that_is_not_exported_as_it_is_has_a_sign_and_the_details_say_why() {
    let mut harness =
        BlobsHarness::browsing(Service::new(50, &["c/cold.vhd", "c/what?.txt", "c/fine.txt", "c/odd:/x"]));
    harness.go_to("c").enter();
    assert!(harness.line("[ ] cold.vhd").contains("! archive"), "{}", harness.screen());
    assert!(harness.line("[ ] what?.txt").contains("! NTFS name"), "{}", harness.screen());
    assert!(harness.line("[ ] odd:/").contains("! NTFS name"), "{}", harness.screen());
    assert!(!harness.line("[ ] fine.txt").contains('!'), "{}", harness.screen());
    harness.go_to("c/what?.txt").types("i");
    assert!(harness.screen().contains("NTFS refuses this name"), "{}", harness.screen());
}

#[test]
fn w68_a_blob_larger_than_the_largest_drive_is_marked_by_the_sizes_of_the_draft() {
    let mut harness = BlobsHarness::browsing(Service::new(50, &["c/fine.txt"]));
    harness.app.model.wizard.as_mut().unwrap().shared.overheads.volume = u64::MAX;
    harness.go_to("c").enter();
    assert!(harness.line("[ ] fine.txt").contains("! too large"), "{}", harness.screen());
    harness.types("i");
    assert!(harness.screen().contains("Larger than the largest drive of 4TB"), "{}", harness.screen());
}

#[test]
fn w69_from_110_columns_on_what_was_chosen_and_what_the_service_gets_stand_beside_the_tree() {
    let mut harness = BlobsHarness::browsing(Service::new(50, &["c/a.jpg", "c/b.jpg", "d/x"]));
    harness.send(Msg::Resize(120, 40));
    assert!(!harness.screen().contains("What you chose"), "{}", harness.screen());
    harness.go_to("c").space().go_to("d").enter();
    harness.go_to("d/x").space();
    let screen = harness.screen();
    for words in
        ["What you chose", "the container c", "d/: x", "What the service gets: 2 rules", "prefix /c/", "path /d/x"]
    {
        assert!(screen.contains(words), "{words} is missing:\n{screen}");
    }
    harness.send(Msg::Resize(80, 24));
    assert!(!harness.screen().contains("What you chose"), "no room for it");
}

#[test]
fn w69_more_rules_than_the_pane_holds_are_counted_and_the_key_that_shows_them_is_named() {
    let blobs: Vec<String> = (0..60).map(|index| format!("c/{index:02}/x")).collect();
    let mut harness = BlobsHarness::browsing(Service::new(100, &blobs.iter().map(String::as_str).collect::<Vec<_>>()));
    harness.send(Msg::Resize(120, 30));
    harness.go_to("c").enter();
    for _ in 0..60 {
        harness.space().key(Key::Down);
    }
    let screen = harness.screen();
    assert!(screen.contains("What the service gets: 60 rules") && screen.contains("p shows all rules"), "{screen}");
}
