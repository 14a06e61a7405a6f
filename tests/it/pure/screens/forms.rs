//! Location, return address, job and review.

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::{AddressKind, Offer, ResourceGroup, ServiceName};
use blobfreight::draft::Draft;
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Reply, Slot};
use blobfreight::protocol::step::Step;

use crate::pure::screens::answers::{address, created, draft};
use crate::pure::screens::drives::ordinary_on;
use crate::pure::screens::{shows, shows_after, to_the_end};
use crate::support::app_harness::{AppHarness, full_draft, location, offers};

/// On the location step with the answer of the service for these locations, each with where it sends drives on to.
fn located(locations: &[(&str, &[&str])]) -> AppHarness {
    let mut app = AppHarness::signed_in(full_draft(Step::Location));
    let locations = locations.iter().map(|(name, alternates)| location(name, alternates)).collect();
    app.answer(Slot::Locations, Ok(Reply::Locations(locations)));
    app
}

#[test]
fn the_location() {
    shows("location_reading", || {
        let mut draft = full_draft(Step::Location);
        draft.location = None;
        AppHarness::signed_in(draft)
    });
    shows("location_found", || located(&[("West Europe", &["West Europe"]), ("East US", &["East US"])]));
    shows("location_sent_on", || located(&[("West Europe", &["North Europe"]), ("North Europe", &["North Europe"])]));
    shows("location_unknown", || located(&[("East US", &["East US"]), ("Japan East", &["Japan East"])]));
    shows("location_failed", || {
        let mut app = AppHarness::signed_in(full_draft(Step::Location));
        let fault = Fault::local("list the locations", "no connection to management.azure.com");
        app.answer(Slot::Locations, Err(Fault { kind: FaultKind::Offline, ..fault }));
        app
    });
}

/// An address with two faults, after Next named them.
pub(super) fn faulty() -> AppHarness {
    let mut answers = address();
    answers.address.city.clear();
    answers.address.phone = "12".into();
    let mut app = AppHarness::signed_in(Draft { address: answers, ..draft(Step::Address) });
    app.ctrl('n');
    app
}

#[test]
fn the_return_address() {
    shows("address_empty", || AppHarness::signed_in(draft(Step::Address)));
    shows("address_offered", || {
        let mut app = AppHarness::signed_in(draft(Step::Address));
        app.answer(Slot::LastAddress, Ok(Reply::LastAddress(Some(Box::new(address())))));
        app
    });
    shows("address_faults", faulty);
    let filled = || AppHarness::signed_in(full_draft(Step::Address));
    shows("address_filled", filled);
    shows_after("address_filled_end", filled, |app| {
        for _ in 0..10 {
            app.key(Key::Tab);
        }
    });
    shows("address_pasted", || {
        let mut app = AppHarness::signed_in(draft(Step::Address));
        app.paste("Contoso Media\n12 Harbour Road\n9000 Ghent\nBelgium\n+32 9 555 01 99\n");
        app
    });
}

/// A filled draft of a job for Data Box that goes back to Brazil.
fn for_data_box(step: Step) -> Draft {
    let mut draft = full_draft(step);
    draft.service = Some(ServiceName::DataBox);
    let address = &mut draft.address.address;
    (address.country, address.company) = ("BR".into(), "Contoso Mídia Ltda".into());
    (address.postal_code, address.state) = ("01310-100".into(), "SP".into());
    (address.emails, address.kind) = ("ops@contoso.example; storage@contoso.example".into(), AddressKind::Commercial);
    draft
}

#[test]
fn the_return_address_of_a_data_box_job() {
    shows("address_data_box", || AppHarness::signed_in(for_data_box(Step::Address)));
    shows_after(
        "address_data_box_end",
        || AppHarness::signed_in(for_data_box(Step::Address)),
        |app| {
            for _ in 0..12 {
                app.key(Key::Tab);
            }
        },
    );
    shows("address_data_box_pasted", || {
        let mut app = AppHarness::signed_in(Draft { service: Some(ServiceName::DataBox), ..draft(Step::Address) });
        app.paste("Contoso Ltd\nAttn: Ana Example\n12 Harbour Road\n9000 Ghent\nBelgium\nops@contoso.example; it@contoso.example");
        app
    });
}

#[test]
fn the_job_of_data_box() {
    shows("job_data_box", || AppHarness::signed_in(for_data_box(Step::Options)));
}

#[test]
fn the_job() {
    shows("job_empty", || AppHarness::signed_in(draft(Step::Options)));
    shows("job_filled", || {
        let mut app = AppHarness::signed_in(full_draft(Step::Options));
        let group = |name: &str| ResourceGroup { name: name.into(), location: "westeurope".into() };
        app.answer(Slot::Groups, Ok(Reply::Groups(vec![group("media-rg"), group("research-rg")])));
        app
    });
    shows("job_faults", || {
        let mut draft = full_draft(Step::Options);
        (draft.options.name, draft.options.tags) = ("ex".into(), "cost center".into());
        let mut app = AppHarness::signed_in(draft);
        app.ctrl('n');
        app
    });
}

fn reviewed(draft: Draft, registration: &str) -> AppHarness {
    let mut app = AppHarness::signed_in(draft);
    let offer = if registration == "Registered" { Offer::Offered } else { Offer::NotRegistered };
    let service = app.draft().service();
    app.answer(Slot::Services, Ok(offers(service, &offer)));
    app
}

/// With the word typed that creates the job.
pub(super) fn ready() -> AppHarness {
    let mut app = reviewed(ordinary_on(Step::Review), "Registered");
    // All warnings are read: they fit on this screen.
    app.on_screen(120, 80).key(Key::End).ctrl('n').types("create");
    app
}

#[test]
fn the_review_before_the_job_is_created() {
    shows("review_warnings", || reviewed(ordinary_on(Step::Review), "Registered"));
    shows_after("review_warnings_end", || reviewed(ordinary_on(Step::Review), "Registered"), to_the_end);
    shows("review_unregistered", || reviewed(ordinary_on(Step::Review), "NotRegistered"));
    shows("review_missing", || {
        reviewed(Draft { address: draft(Step::Review).address, ..full_draft(Step::Review) }, "Registered")
    });
    shows("review_ready", ready);
    shows("review_request", || {
        let mut app = ready();
        app.key(Key::BackTab).types("x");
        let text = "#!/bin/sh\n# Creates the export job export-media in media-rg with Azure Data Box.\naz rest --method put --url 'https://management.azure.com/subscriptions/1111/resourceGroups/media-rg/providers/Microsoft.DataBox/jobs/export-media?api-version=2025-07-01' --body @- <<'JSON'\n{\n  \"location\": \"westeurope\"\n}\nJSON";
        app.key(Key::Right).answer(Slot::RequestText, Ok(Reply::RequestText(text.into())));
        app
    });
}

#[test]
fn the_review_while_and_after_the_job_is_created() {
    let sent = || {
        let mut app = ready();
        app.ctrl('n').answer(Slot::Create, Ok(Reply::Job(None)));
        app
    };
    shows("review_creating", sent);
    shows("review_lost", || {
        let mut app = sent();
        let fault = Fault::local("create the job export-media in media-rg", "management.azure.com broke off");
        app.answer(Slot::Create, Err(Fault { kind: FaultKind::BrokenAnswer, unsettled: true, ..fault }));
        app
    });
    shows("review_refused", || {
        let mut app = sent();
        let fault = Fault::local("create the job export-media in media-rg", "The phone number is not valid.");
        let (status, code) = (Some(400), Some("InvalidPhone".into()));
        app.answer(Slot::Create, Err(Fault { kind: FaultKind::BadRequest, status, code, ..fault }));
        app
    });
    shows("review_created", || AppHarness::signed_in(Draft { step: Step::Review, ..created() }));
}
