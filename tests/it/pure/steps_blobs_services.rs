//! What a service cannot be told of a selection is shown in the tree, with the reason: nothing is lost silently.

use blobfreight::azure::model::ServiceName;
use blobfreight::protocol::key::Key;

use crate::support::blobs_harness::{BlobsHarness, Service, nothing_checked};

const TIME: &str = "2026-01-01T00:00:00.0000000Z";

/// The root of an account with a blob that has a snapshot, in a draft for a service.
fn browsing(service: ServiceName) -> BlobsHarness {
    let draft = blobfreight::draft::Draft { service: Some(service), ..nothing_checked() };
    let mut harness = BlobsHarness::with(draft, Service::new(50, &["c/x", "c/y", &format!("c/x@{TIME}")]));
    harness.answer_all();
    harness
}

#[test]
fn a_single_snapshot_is_marked_where_the_service_cannot_be_told_of_it() {
    let mut harness = browsing(ServiceName::DataBox);
    harness.go_to("c").enter().enter().space();
    assert!(harness.notice().contains("cannot be told a single snapshot"), "{}", harness.notice());
    let row = harness.line("[x]");
    assert!(row.contains("! as whole blob"), "{}", harness.screen());
    assert!(harness.screen().contains("list file, snapshots cannot be said"), "{}", harness.screen());
    harness.types("p");
    let panel = harness.screen();
    assert!(panel.contains("it gets the whole") && !panel.contains(" @ "), "{panel}");
    let mut harness = browsing(ServiceName::ImportExport);
    harness.go_to("c").enter().enter().space();
    assert!(!harness.screen().contains("as whole blob"), "{}", harness.screen());
}

#[test]
fn leaving_snapshots_out_is_offered_only_where_the_service_can_be_told() {
    let mut harness = browsing(ServiceName::DataBox);
    harness.go_to("c").enter();
    assert!(!harness.screen().contains("x without snapshots"), "{}", harness.screen());
    harness.types("x");
    assert!(harness.rules().is_empty(), "{:?}", harness.rules());
    harness.space();
    assert!(harness.notice().contains("documented nowhere"), "{}", harness.notice());
    harness.types("i").key(Key::Char('i'));
    assert!(harness.screen().contains("be left out"), "{}", harness.screen());
}

#[test]
fn a_mark_of_the_other_service_is_shown_and_can_be_taken_back() {
    let mut harness = browsing(ServiceName::ImportExport);
    harness.go_to("c").enter().types("x");
    let draft = blobfreight::draft::Draft { service: Some(ServiceName::DataBox), ..harness.app.draft().clone() };
    let mut harness = BlobsHarness::with(draft, harness.service.clone());
    harness.answer_all();
    harness.go_to("c/x");
    assert!(harness.line("[o] x").contains("! snapshots?"), "{}", harness.screen());
    harness.types("x");
    assert!(
        harness.line("[x] x").contains("[x] x") && !harness.screen().contains("snapshots?"),
        "{}",
        harness.screen()
    );
}
