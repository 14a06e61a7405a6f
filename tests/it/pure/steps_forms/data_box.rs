//! The forms of a job for Data Box: fields that it has and the classic service has not, and the other way round.

use blobfreight::azure::model::{AddressKind, ServiceName};
use blobfreight::draft::Draft;
use blobfreight::protocol::key::Key;
use blobfreight::protocol::step::Step;

use super::answers::draft;
use crate::support::app_harness::AppHarness;

/// A draft with its forms empty whose job goes to Data Box.
fn for_data_box(step: Step) -> AppHarness {
    AppHarness::signed_in(Draft { service: Some(ServiceName::DataBox), ..draft(step) })
}

#[test]
fn a_whole_address_for_data_box_is_typed_from_field_to_field() {
    let mut app = for_data_box(Step::Address);
    let answers =
        ["Ana Example", "Contoso", "1 Way", "", "Gate 2", "Mumbai", "MH", "400001", "india", "+91 22 5550 0199"];
    for answer in answers.into_iter().chain([
        "ops@contoso.example; it@contoso.example",
        " ",
        "27AAPFU0939F1ZV",
        "DHL",
        "1234567890",
    ]) {
        app.types(answer).key(Key::Enter);
    }
    app.ctrl('n');
    let kept = &app.draft().address;
    assert!(kept.confirmed, "{}", app.notice());
    let address = &kept.address;
    assert_eq!(
        (address.company.as_str(), address.street3.as_str(), address.country.as_str()),
        ("Contoso", "Gate 2", "IN")
    );
    assert_eq!((address.kind, address.tax_number.as_str()), (AddressKind::Commercial, "27AAPFU0939F1ZV"));
    assert_eq!(kept.shipping.carrier, "DHL");
}

#[test]
fn a_job_of_data_box_has_no_diagnostics_path_and_says_where_its_logs_go() {
    let app = for_data_box(Step::Options);
    let screen = app.screen(100, 40);
    assert!(screen.contains("databoxcopylog") && screen.contains("the level is fixed"), "{screen}");
    assert!(!screen.contains("Diagnostics path"), "{screen}");
    let classic = AppHarness::signed_in(draft(Step::Options));
    let screen = classic.screen(100, 40);
    assert!(screen.contains("Diagnostics path") && !screen.contains("databoxcopylog"), "{screen}");
}
