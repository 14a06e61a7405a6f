//! The blobs step: listings under way, read and failed, checks, the rules panel, the filter, the details.

use std::sync::Arc;
use std::time::Duration;

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::plan::count::{CountProgress, FindingKind};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Msg, ProgressEvent, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::select::Rule;

use crate::pure::screens::{SIZES, compare, still, titled};
use crate::pure::steps_drives::{prefix, report};
use crate::support::app_harness::{AppHarness, full_draft};
use crate::support::blobs_harness::{BlobsHarness, Service, nothing_checked};

fn service() -> Service {
    let names = [
        "footage/2023/take-01.mov",
        "footage/2023/take-02.mov",
        "footage/2024/take-01.mov",
        "footage/2024/take-01.mov@2024-05-01T10:20:30.0000000Z",
        "footage/cold-storage.vhd",
        "footage/deleted-take.mov",
        "footage/interview-with-the-engineer-who-built-the-first-camera-and-kept-it.mp4",
        "footage/notes.txt",
        "footage/what?.txt",
        "logs/app.log",
        "stills/a.jpg",
        "stills/東京タワー.tif",
    ];
    Service::new(50, &names)
}

/// Compares a state of the step in every size; the keys and answers that lead to it come after the size is set.
fn shows(name: &str, start: impl Fn() -> BlobsHarness, way: impl Fn(&mut BlobsHarness)) {
    let screens = SIZES.map(|size| {
        let mut harness = start();
        still(&mut harness.app, size);
        way(&mut harness);
        titled(size, &harness.app)
    });
    compare(name, &screens.concat());
}

fn browsing() -> BlobsHarness {
    BlobsHarness::browsing(service())
}

/// In the container `footage`, on its first row.
fn in_footage(harness: &mut BlobsHarness) {
    harness.go_to("footage").enter();
}

fn check_some(harness: &mut BlobsHarness) {
    in_footage(harness);
    harness.go_to("footage/2023/").space();
    harness.go_to("footage/notes.txt").space().types("x");
    harness.go_to("stills").space();
}

/// In `footage`, with a folder, a blob and another container checked.
pub(super) fn checked() -> BlobsHarness {
    let mut harness = browsing();
    check_some(&mut harness);
    harness
}

#[test]
fn listings_under_way() {
    shows("blobs_opening", || BlobsHarness::new(service()), |_| {});
    shows("blobs_containers", browsing, |_| {});
    shows("blobs_listing", browsing, |harness| {
        harness.go_to("footage").key(Key::Right);
    });
    shows("blobs_waiting", browsing, |harness| {
        harness.go_to("footage").key(Key::Right);
        let (slot, id, _) = harness.pending[0].clone();
        let (delay, reason) = (Duration::from_secs(12), "the service is busy (HTTP 503)".to_owned());
        harness.send(Msg::Progress { slot, id, event: ProgressEvent::Waits { delay, reason, asked: true } });
    });
    shows(
        "blobs_more",
        || BlobsHarness::browsing(Service::numbered(20, 60)),
        |harness| {
            harness.go_to("c").key(Key::Right).answer().key(Key::End);
        },
    );
}

#[test]
fn rows_and_their_checks() {
    shows("blobs_rows", browsing, in_footage);
    shows("blobs_checked", browsing, check_some);
    shows("blobs_unchecked_one", browsing, |harness| {
        harness.go_to("footage").space().enter();
        harness.go_to("footage/notes.txt").space().answer_all();
    });
    shows("blobs_refused_check", browsing, |harness| {
        in_footage(harness);
        harness.go_to("footage/deleted-take.mov").space();
    });
}

#[test]
fn the_rules_panel() {
    shows("blobs_rules", browsing, |harness| {
        check_some(harness);
        harness.types("p");
    });
    let many = || {
        let mut draft = nothing_checked();
        let rules = (1..=30).map(|day| Rule::Prefix(format!("/footage/day-{day:02}/")));
        draft.selection.rules = Arc::new(rules.collect());
        let mut harness = BlobsHarness::with(draft, service());
        harness.answer_all();
        harness
    };
    shows("blobs_rules_many", many, |harness| {
        harness.types("p").key(Key::End);
    });
    shows("blobs_typed_rule", browsing, |harness| {
        harness.types("a").types("footage/20");
        harness.app.now += Duration::from_millis(400);
        harness.send(Msg::Tick).answer_all();
    });
}

#[test]
fn the_filter() {
    shows("blobs_filter", browsing, |harness| {
        in_footage(harness);
        harness.types("/").types("take");
    });
    shows("blobs_filter_kept", browsing, |harness| {
        in_footage(harness);
        harness.types("/").types("take").key(Key::Enter);
    });
    shows("blobs_found", browsing, |harness| {
        in_footage(harness);
        harness.types("/").types("20").press(KeyPress::ctrl('s')).answer_all();
    });
}

#[test]
fn the_details_of_a_row() {
    shows("blobs_details", browsing, |harness| {
        in_footage(harness);
        harness.go_to("footage/cold-storage.vhd").types("i").answer_all();
    });
    shows("blobs_details_page", browsing, |harness| {
        in_footage(harness);
        harness.go_to("footage/what?.txt").types("i");
        // A small screen has no room beside the rows: the first i opens the page.
        if !harness.app.frame().iter().any(|line| line.contains("i close")) {
            harness.types("i");
        }
        harness.app.now += Duration::from_secs(1);
        harness.send(Msg::Tick).answer_all();
    });
}

fn refused(harness: &mut BlobsHarness) {
    harness.refuse(Fault {
        kind: FaultKind::Denied,
        status: Some(403),
        code: Some("AuthorizationPermissionMismatch".into()),
        request_id: Some("5f3c1d2e-901e-0042-7d11-8c9a1b000000".into()),
        advice: Some("Ask for the role Storage Blob Data Reader on the account.".into()),
        ..Fault::local("list the containers of mediaarchive", "this sign-in may not read blobs")
    });
}

#[test]
fn a_listing_that_failed() {
    shows("blobs_failed", || BlobsHarness::new(service()), refused);
    shows(
        "blobs_failed_page",
        || BlobsHarness::new(service()),
        |harness| {
            refused(harness);
            harness.key(Key::End).types("i");
        },
    );
}

#[test]
fn the_help_page() {
    shows("help_blobs", browsing, |harness| {
        harness.types("?");
    });
    shows("help_blobs_end", browsing, |harness| {
        harness.types("?").key(Key::End);
    });
}

#[test]
fn without_an_account() {
    crate::pure::screens::shows("blobs_no_account", || {
        let mut draft = full_draft(Step::Blobs);
        draft.account = None;
        AppHarness::signed_in(draft)
    });
}

/// The checked rows are being counted: an answer of the count, or what it tells on the way.
fn counted(harness: &mut BlobsHarness, complete: bool) {
    check_some(harness);
    harness.app.now += Duration::from_secs(2);
    harness.send(Msg::Tick);
    let id = harness.app.current(Slot::Scan);
    if !complete {
        let progress =
            CountProgress { blobs: 51_234, bytes: 9_300_000_000_000, in_flight: 8, ..CountProgress::default() };
        harness.send(Msg::Progress { slot: Slot::Scan, id, event: ProgressEvent::Counted(progress) });
        return;
    }
    let mut found = report(&prefix("/footage/"), &[3_000_000_000_000, 2_000_000_000]);
    found.totals.note(FindingKind::Archived, 2_000_000_000, || "footage/cold-storage.vhd".into());
    found.totals.blocked = 1;
    harness.send(Msg::Done { slot: Slot::Scan, id, outcome: Ok(Reply::Scanned(Box::new(found))) });
}

#[test]
fn amounts_while_picking() {
    shows("blobs_counting", browsing, |harness| counted(harness, false));
    shows("blobs_counted", browsing, |harness| counted(harness, true));
}
