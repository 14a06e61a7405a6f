//! Which service takes the job: proposed once, said with its reason, changed only by the person; and what goes to Data Box.

use std::sync::Arc;

use blobfreight::azure::model::{
    BlobList, CheckResult, CheckSubject, JobCheck, Offer, Provider, ServiceError, ServiceName, ServiceOffer,
};
use blobfreight::draft::Draft;
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Call, Effect, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::select::Rule;
use blobfreight::wizard::rail::progress;
use blobfreight::wizard::steps::review::warnings;

use crate::support::app_harness::{AppHarness, full_draft};

fn offers(data_box: Offer, classic: Offer) -> Reply {
    let one = |service, offer| ServiceOffer { service, registration: String::new(), versions: Vec::new(), offer };
    Reply::Services(vec![one(ServiceName::DataBox, data_box), one(ServiceName::ImportExport, classic)])
}

/// On Location without a service, and the services' answers.
fn on_location(data_box: Offer, classic: Offer) -> AppHarness {
    let mut draft = full_draft(Step::Location);
    draft.location = None;
    let mut app = AppHarness::signed_in(draft);
    app.answer(Slot::Services, Ok(offers(data_box, classic)));
    app
}

fn not_offered() -> Offer {
    Offer::NotOffered("it does not take data of westeurope".into())
}

#[test]
fn a_new_draft_goes_to_data_box_where_it_is_offered_and_the_reason_is_said() {
    let app = on_location(Offer::Offered, Offer::Offered);
    assert_eq!(app.draft().service, Some(ServiceName::DataBox));
    assert!(app.notice().contains("it is offered for this region and country"), "{}", app.notice());
}

#[test]
fn the_question_names_the_region_of_the_account_and_the_country_of_the_return_address() {
    let app = AppHarness::signed_in(full_draft(Step::Location));
    let question = &app.shared().catalogue.services.as_ref().unwrap().question;
    assert_eq!((question.region.as_str(), question.country_code.as_str()), ("westeurope", "BE"));
}

#[test]
fn where_data_box_says_no_the_classic_service_is_taken_with_its_retirement() {
    let app = on_location(not_offered(), Offer::Offered);
    assert_eq!(app.draft().service, Some(ServiceName::ImportExport));
    let screen = app.screen(120, 40);
    for part in ["Azure Data Box does not: it does not take data of westeurope", "28 February 2023"] {
        assert!(screen.contains(part), "{part} is missing:\n{screen}");
    }
}

#[test]
fn what_cannot_be_asked_is_not_taken_for_a_no() {
    let app = on_location(Offer::Unknown("it cannot be asked: no role".into()), Offer::Offered);
    assert_eq!(app.draft().service, Some(ServiceName::DataBox));
    assert!(app.screen(120, 40).contains("may take the job: it cannot be asked: no role"));
}

#[test]
fn an_answer_never_changes_the_service_of_a_draft_but_a_no_holds_the_person_back() {
    let mut draft = full_draft(Step::Location);
    draft.service = Some(ServiceName::DataBox);
    let mut app = AppHarness::signed_in(draft);
    app.answer(Slot::Services, Ok(offers(not_offered(), Offer::Offered)));
    assert_eq!(app.draft().service, Some(ServiceName::DataBox));
    app.ctrl('n');
    assert_eq!(app.step(), Step::Location);
    assert!(app.notice().contains("s gives the job to Azure Import/Export (classic)"), "{}", app.notice());
    app.press(KeyPress::char('s'));
    assert_eq!(app.draft().service, Some(ServiceName::ImportExport));
    assert!(app.told().contains(&"Locations Locations".to_owned()), "{:?}", app.told());
}

#[test]
fn a_location_of_the_other_service_is_looked_at_again() {
    let mut draft = full_draft(Step::Account);
    draft.service = Some(ServiceName::ImportExport);
    let mut app = AppHarness::signed_in(draft);
    assert_eq!(progress(app.shared(), Step::Location).stale, None);
    app.press(KeyPress::char('s'));
    let stale = progress(app.shared(), Step::Location).stale;
    assert_eq!(stale.as_deref(), Some("the job goes to another service now"));
}

/// On the review of a Data Box draft with these rules, the word typed.
fn ready(rules: &[Rule]) -> AppHarness {
    let mut draft: Draft = full_draft(Step::Review);
    draft.service = Some(ServiceName::DataBox);
    draft.selection.rules = Arc::new(rules.to_vec());
    if let Some(location) = &mut draft.location {
        (location.service, location.country_code) = (ServiceName::DataBox, "BE".into());
    }
    let mut app = AppHarness::signed_in(draft);
    app.answer(Slot::Services, Ok(offers(Offer::Offered, not_offered())));
    app.screen(120, 120);
    app.on_screen(120, 120);
    app.key(Key::Tab);
    app.types("create");
    app.ctrl('n');
    app
}

fn prefix(text: &str) -> Rule {
    Rule::Prefix(text.into())
}

#[test]
fn whole_containers_and_the_whole_account_go_without_a_list() {
    for (rules, form) in [
        (vec![prefix("/")], BlobList::WholeAccount),
        (vec![prefix("/films/"), prefix("/stills/")], BlobList::Containers(vec!["films".into(), "stills".into()])),
    ] {
        let mut app = ready(&rules);
        assert_eq!(app.answer(Slot::Create, Ok(Reply::Job(None))).told(), ["Create CheckJob"]);
        let Some(Effect::Start { call: Call::CheckJob { new, .. }, .. }) = app.effects.last() else { panic!() };
        assert_eq!(new.blobs, form);
        assert_eq!(app.answer(Slot::Create, Ok(Reply::Checked(Vec::new()))).told(), ["save", "Create CreateJob"]);
    }
}

#[test]
fn everything_else_goes_as_a_list_with_leading_slashes_and_without_attributes() {
    let path = |snapshots| Rule::Blob { path: "films/a.mov".into(), snapshots };
    let mut app = ready(&[prefix("/films/2026/"), path(false), path(true)]);
    app.answer(Slot::Create, Ok(Reply::Job(None)));
    let Some(Effect::Start { call: Call::UploadList(list), .. }) = app.effects.last() else {
        panic!("{:?}", app.told())
    };
    assert!(list.name.strip_suffix(".xml").is_some() && list.container == "blobfreight", "{list:?}");
    let body: Vec<&str> = list.xml.lines().map(str::trim).collect();
    assert_eq!(
        body[1..],
        [
            "<BlobList>",
            "<BlobPathPrefix>/films/2026/</BlobPathPrefix>",
            "<BlobPath>/films/a.mov</BlobPath>",
            "</BlobList>"
        ]
    );
    app.answer(Slot::Create, Ok(Reply::Uploaded(list.name.clone())));
    assert_eq!(app.told(), ["save", "Create CheckJob"], "the list is there before the service checks it");
}

#[test]
fn a_job_that_the_service_would_refuse_is_not_created_and_the_reason_is_shown() {
    let mut app = ready(&[prefix("/")]);
    app.answer(Slot::Create, Ok(Reply::Job(None)));
    let error = ServiceError { code: "StorageAccountNotFound".into(), message: "No such account.".into() };
    let check = JobCheck {
        subject: CheckSubject::Selection,
        result: CheckResult::Invalid,
        error: Some(error),
        alternatives: Vec::new(),
    };
    app.answer(Slot::Create, Ok(Reply::Checked(vec![check])));
    let screen = app.screen(120, 120);
    assert!(screen.contains("No such account (StorageAccountNotFound)"), "{screen}");
    assert!(!app.told().iter().any(|effect| effect.contains("CreateJob")) && app.draft().open_create().is_none());
}

#[test]
fn what_people_learn_too_late_is_on_the_review() {
    let app = ready(&[prefix("/")]);
    let told = warnings(app.shared()).join("\n");
    for part in ["DATABOX_SERVICE", "within two weeks", "cannot be corrected", "90 days", "Data Box Reader"] {
        assert!(told.contains(part), "{part} is missing:\n{told}");
    }
}

#[test]
fn the_registration_is_offered_as_soon_as_it_is_known_to_be_missing_and_review_asks_nothing_again() {
    let mut draft = full_draft(Step::Account);
    draft.service = Some(ServiceName::DataBox);
    let mut app = AppHarness::signed_in(draft);
    app.answer(Slot::Services, Ok(offers(Offer::NotRegistered, not_offered())));
    app.press(KeyPress::alt(Key::Char('8')));
    assert_eq!(app.step(), Step::Review);
    assert!(!app.asked.iter().any(|asked| asked.starts_with("Provider")), "{:?}", app.asked);
    assert_eq!(app.asked.iter().filter(|asked| asked.starts_with("Services")).count(), 1, "{:?}", app.asked);
    assert!(app.screen(120, 60).contains("not registered for Azure Data Box. Ctrl-G registers it"));
    app.press(KeyPress::alt(Key::Char('3'))).ctrl('g');
    assert!(app.told().contains(&"Provider Register".to_owned()), "on the blobs too: {:?}", app.told());
    let provider = Provider { registration: "Registered".into(), api_versions: vec!["2025-07-01".into()] };
    app.answer(Slot::Provider, Ok(Reply::Provider(provider)));
    assert!(app.notice().contains("is registered for Azure Data Box"), "{}", app.notice());
    assert!(app.told().iter().any(|told| told.starts_with("Services")), "asked anew: {:?}", app.told());
    app.answer(Slot::Services, Ok(offers(Offer::Offered, not_offered())));
    app.press(KeyPress::alt(Key::Char('8')));
    assert!(!app.screen(120, 60).contains("Ctrl-G"), "{}", app.screen(120, 60));
}
