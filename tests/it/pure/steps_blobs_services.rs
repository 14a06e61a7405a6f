//! What a service cannot be told of a selection is shown in the tree, with the reason: nothing is lost silently.

use blobfreight::azure::model::ServiceName;
use blobfreight::protocol::key::Key;

use crate::support::picker::{Picker, Service, unpicked};

const TIME: &str = "2026-01-01T00:00:00.0000000Z";

/// The root of an account with a blob that has a snapshot, in a draft for a service.
fn browsing(service: ServiceName) -> Picker {
    let draft = blobfreight::draft::Draft { service: Some(service), ..unpicked() };
    let mut picker = Picker::with(draft, Service::new(50, &["c/x", "c/y", &format!("c/x@{TIME}")]));
    picker.answer_all();
    picker
}

#[test]
fn a_single_snapshot_is_marked_where_the_service_cannot_be_told_of_it() {
    let mut picker = browsing(ServiceName::DataBox);
    picker.go_to("c").enter().enter().space();
    assert!(picker.notice().contains("cannot be told a single snapshot"), "{}", picker.notice());
    let row = picker.line("[x]");
    assert!(row.contains("! as whole blob"), "{}", picker.screen());
    assert!(picker.screen().contains("list file, snapshots cannot be said"), "{}", picker.screen());
    picker.types("p");
    let panel = picker.screen();
    assert!(panel.contains("it gets the whole") && !panel.contains(" @ "), "{panel}");
    let mut picker = browsing(ServiceName::ImportExport);
    picker.go_to("c").enter().enter().space();
    assert!(!picker.screen().contains("as whole blob"), "{}", picker.screen());
}

#[test]
fn leaving_snapshots_out_is_offered_only_where_the_service_can_be_told() {
    let mut picker = browsing(ServiceName::DataBox);
    picker.go_to("c").enter();
    assert!(!picker.screen().contains("x without snapshots"), "{}", picker.screen());
    picker.types("x");
    assert!(picker.rules().is_empty(), "{:?}", picker.rules());
    picker.space();
    assert!(picker.notice().contains("documented nowhere"), "{}", picker.notice());
    picker.types("i").key(Key::Char('i'));
    assert!(picker.screen().contains("be left out"), "{}", picker.screen());
}

#[test]
fn a_mark_of_the_other_service_is_shown_and_can_be_taken_back() {
    let mut picker = browsing(ServiceName::ImportExport);
    picker.go_to("c").enter().types("x");
    let draft = blobfreight::draft::Draft { service: Some(ServiceName::DataBox), ..picker.app.draft().clone() };
    let mut picker = Picker::with(draft, picker.service.clone());
    picker.answer_all();
    picker.go_to("c/x");
    assert!(picker.line("[o] x").contains("! snapshots?"), "{}", picker.screen());
    picker.types("x");
    assert!(picker.line("[x] x").contains("[x] x") && !picker.screen().contains("snapshots?"), "{}", picker.screen());
}
