//! A service that takes the parcel once and never corrects it: asked before, sent only while the job waits for it, never a second time.

use std::time::Duration;

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::{DeliveryPackage, Job, ShippingAddress};
use blobfreight::draft::{Draft, Intention, ParcelAnswers};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Call, Effect, Msg, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::wizard::rail::progress;

use crate::pure::steps_forms::answers::{created_on_data_box, data_box_job};
use crate::support::app_harness::{AppHarness, now};

fn packed(word: &str) -> Draft {
    let parcel = ParcelAnswers {
        carrier: "FedEx".into(),
        tracking_number: "1234567890".into(),
        drive_count: "2".into(),
        ship_date: "2026-11-22".into(),
        ..ParcelAnswers::default()
    };
    Draft { parcel, ..created_on_data_box(word) }
}

fn job(word: &str) -> Reply {
    Reply::Job(Some(Box::new(data_box_job(word))))
}

/// The job that still waits and has this parcel.
fn with_parcel() -> Reply {
    let package = DeliveryPackage {
        carrier: "FedEx".into(),
        tracking_number: "1234567890".into(),
        drive_count: None,
        ship_date: None,
    };
    Reply::Job(Some(Box::new(Job { delivery_package: Some(package), ..data_box_job("AwaitingShipmentDetails") })))
}

fn lost() -> Result<Reply, Fault> {
    let broke = Fault::local("announce the parcel", "the connection broke");
    Err(Fault { kind: FaultKind::Offline, unsettled: true, ..broke })
}

/// What was sent to the service for the parcel since the last key or answer.
fn sent(app: &AppHarness) -> Vec<String> {
    app.told().into_iter().filter(|effect| effect.starts_with("Ship")).collect()
}

/// The body of the screen as one line of words, whatever the wrapping.
fn words(app: &AppHarness) -> String {
    let screen = app.screen(120, 40);
    let body = screen.lines().map(|line| line.split_once('│').map_or(line, |(_, body)| body));
    body.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

fn waiting() -> AppHarness {
    let mut app = AppHarness::signed_in(packed("AwaitingShipmentDetails"));
    app.answer(Slot::Job, Ok(job("AwaitingShipmentDetails")));
    app
}

#[test]
fn the_parcel_is_read_back_and_confirmed_before_it_is_sent() {
    let mut app = waiting();
    app.ctrl('n');
    assert_eq!(sent(&app), Vec::<String>::new(), "nothing is sent before the question is answered");
    for (columns, rows) in [(80, 24), (40, 14)] {
        let screen = app.screen(columns, rows);
        for words in ["FedEx", "1234567890", "y yes", "corrected"] {
            assert!(screen.contains(words), "{words} is missing\n{screen}");
        }
    }
    app.key(Key::Char('y'));
    assert_eq!(sent(&app), ["Ship Job"]);
    app.answer(Slot::Ship, Ok(job("AwaitingShipmentDetails")));
    let Some(Effect::Start { call: Call::UpdateJob { change, .. }, .. }) = app.effects.last() else {
        panic!("{:?}", app.effects)
    };
    assert!(change.ship && change.cancel.is_none());
    assert_eq!(app.draft().journal.ship, Some(Intention { at: app.now, confirmed: false }));
    app.answer(Slot::Ship, Ok(job("ShippedToAzureDC")));
    assert_eq!((app.step(), app.draft().journal.ship.map(|ship| ship.confirmed)), (Step::Follow, Some(true)));
}

#[test]
fn no_and_esc_go_back_to_the_form() {
    for key in [Key::Char('n'), Key::Esc] {
        let mut app = waiting();
        app.ctrl('n').key(key);
        assert!(app.screen(80, 24).contains("Tracking number") && !app.screen(80, 24).contains("y yes"));
        assert_eq!((app.step(), sent(&app)), (Step::Ship, Vec::new()));
    }
}

#[test]
fn nothing_is_announced_while_the_job_is_being_prepared_and_it_is_read_again_by_itself() {
    let mut app = AppHarness::signed_in(packed("Created"));
    app.answer(Slot::Job, Ok(job("Created")));
    assert!(app.screen(80, 24).contains("still preparing the job"), "{}", app.screen(80, 24));
    assert_eq!(progress(app.shared(), Step::Ship).summary, "not yet, being prepared");
    app.ctrl('n');
    assert_eq!((app.step(), sent(&app)), (Step::Ship, Vec::new()));
    assert!(app.notice().contains("still preparing"), "{}", app.notice());
    app.now += Duration::from_secs(10);
    app.send(Msg::Tick);
    assert_eq!(app.told(), ["Job Job"], "in seconds, not in a minute");
    app.answer(Slot::Job, Ok(job("AwaitingShipmentDetails")));
    assert!(!words(&app).contains("asked again by itself"), "{}", words(&app));
    assert!(app.ctrl('n').key(Key::Char('y')).told().contains(&"Ship Job".to_owned()));
}

#[test]
fn a_job_that_went_back_to_being_prepared_gets_no_parcel() {
    let mut app = waiting();
    app.ctrl('n').key(Key::Char('y')).answer(Slot::Ship, Ok(job("Created")));
    assert_eq!((sent(&app), app.draft().journal.ship), (Vec::new(), None));
    assert!(words(&app).contains("does not wait for the drives"), "{}", words(&app));
}

#[test]
fn a_parcel_the_service_has_already_is_not_sent_again_whatever_the_state_says() {
    let mut app = waiting();
    app.ctrl('n').key(Key::Char('y')).answer(Slot::Ship, Ok(with_parcel()));
    assert_eq!((sent(&app), app.step()), (Vec::new(), Step::Follow));
    assert!(app.draft().journal.ship.is_some_and(|ship| ship.confirmed));
    assert!(app.notice().contains("Nothing was sent again"), "{}", app.notice());
}

#[test]
fn w36_after_a_lost_answer_nothing_is_sent_before_the_first_can_no_longer_arrive() {
    let mut app = waiting();
    app.ctrl('n').key(Key::Char('y')).answer(Slot::Ship, Ok(job("AwaitingShipmentDetails")));
    app.answer(Slot::Ship, lost());
    for _ in 0..3 {
        app.now += Duration::from_secs(60);
        app.ctrl('n');
        assert!(!app.screen(80, 24).contains("y yes"), "there is nothing to confirm");
        app.answer(Slot::Ship, Ok(job("AwaitingShipmentDetails")));
        assert_eq!(sent(&app), Vec::<String>::new(), "only looked at");
        assert!(app.notice().contains("not sent again before that"), "{}", app.notice());
        assert!(app.draft().journal.ship.is_some(), "the note stays");
    }
    app.now += Duration::from_secs(15 * 60);
    app.send(Msg::Tick);
    assert_eq!(sent(&app), ["Ship Job"]);
    app.answer(Slot::Ship, Ok(job("AwaitingShipmentDetails")));
    assert_eq!(app.draft().journal.ship, None, "it never arrived");
    app.ctrl('n');
    assert!(app.screen(80, 24).contains("y yes"), "asked anew");
}

#[test]
fn w15_after_a_crash_the_parcel_the_service_has_is_found_and_not_sent() {
    let mut draft = packed("AwaitingShipmentDetails");
    draft.journal.ship = Some(Intention { at: now(), confirmed: false });
    let mut app = AppHarness::signed_in(draft);
    app.answer(Slot::Ship, Ok(with_parcel()));
    assert!(app.draft().journal.ship.is_some_and(|ship| ship.confirmed));
    assert_eq!(sent(&app), Vec::<String>::new());
}

#[test]
fn a_job_that_ended_without_a_parcel_is_never_called_announced() {
    for (word, said) in [
        ("Cancelled", "was cancelled"),
        ("Failed_IssueDetectedAtAzureDC", "has failed"),
        ("OnTheMoon", "does not know the state OnTheMoon"),
    ] {
        let mut app = AppHarness::signed_in(packed(word));
        app.answer(Slot::Job, Ok(job(word)));
        let screen = words(&app);
        assert!(screen.contains(said) && screen.contains("Send no drives"), "{screen}");
        assert!(!screen.contains("was announced") && !screen.contains("Ship to, as"), "{screen}");
        let told = progress(app.shared(), Step::Ship);
        assert!(!told.answered && told.summary.starts_with("do not ship"), "{told:?}");
        app.ctrl('n');
        assert_eq!((sent(&app), app.step()), (Vec::new(), Step::Follow));
    }
}

#[test]
fn w72_where_the_service_names_no_street_its_instruction_is_shown_whole_and_not_copied() {
    let instruction = "Write to the operations desk with the name of the job; they name the dock for the drives.";
    let shipping = ShippingAddress { instruction: instruction.into(), ..ShippingAddress::default() };
    let mut app = waiting();
    app.key(Key::Char('r'));
    let read = Job { shipping, ..data_box_job("AwaitingShipmentDetails") };
    app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(read)))));
    let screen = app.screen(140, 30);
    assert!(screen.contains("names no street") && screen.contains(instruction), "{screen}");
    app.key(Key::Up).key(Key::Up).key(Key::Up).key(Key::Up).key(Key::Char('c'));
    assert!(app.notice().contains("not an address to ship to"), "{} {:?}", app.notice(), app.told());
}

#[test]
fn only_what_the_service_takes_is_asked() {
    let mut draft = packed("AwaitingShipmentDetails");
    (draft.parcel.drive_count, draft.parcel.ship_date) = (String::new(), String::new());
    let mut app = AppHarness::signed_in(draft);
    app.answer(Slot::Job, Ok(job("AwaitingShipmentDetails")));
    let page = words(&app);
    assert!(page.contains("Tracking number") && !page.contains("Ship date") && !page.contains("Drives in"), "{page}");
    app.ctrl('n').key(Key::Char('y')).answer(Slot::Ship, Ok(job("AwaitingShipmentDetails")));
    let Some(Effect::Start { call: Call::UpdateJob { change, .. }, .. }) = app.effects.last() else {
        panic!("{:?}", app.effects)
    };
    let package = change.delivery_package.as_ref().unwrap();
    assert_eq!((package.drive_count, package.ship_date.as_deref()), (None, None));
    assert_eq!((app.draft().parcel.drive_count.as_str(), app.draft().parcel.ship_date.as_str()), ("", ""));
}
