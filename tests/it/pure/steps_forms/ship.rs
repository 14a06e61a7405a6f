//! The parcel is announced once: what is sent, in which order, and what happens when answers are late, doubled or lost.

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::ServiceName;
use blobfreight::draft::{Draft, Intention, ParcelAnswers};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Call, Effect, Msg, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::wizard::rail::progress;

use crate::pure::steps_forms::answers::{created, draft, job_in};
use crate::support::app_harness::{AppHarness, now};

fn packed() -> Draft {
    let mut draft = created();
    draft.parcel = ParcelAnswers {
        carrier: "FedEx".into(),
        tracking_number: "1234567890".into(),
        drive_count: "2".into(),
        ship_date: "2026-11-22".into(),
        ..ParcelAnswers::default()
    };
    draft
}

fn job(state: &str) -> Reply {
    Reply::Job(Some(Box::new(job_in(state))))
}

fn lost() -> Result<Reply, Fault> {
    let broke = Fault::local("announce the parcel", "the connection broke");
    Err(Fault { kind: FaultKind::Offline, unsettled: true, ..broke })
}

/// Lets seconds pass.
fn after(app: &mut AppHarness, seconds: i64) -> &mut AppHarness {
    app.now = app.now.checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap();
    app
}

fn intention(app: &AppHarness) -> Option<bool> {
    app.draft().journal.ship.map(|ship| ship.confirmed)
}

#[test]
fn announcing_saves_then_looks_then_changes_then_goes_on() {
    let mut app = AppHarness::signed_in(packed());
    app.ctrl('n');
    assert_eq!((app.told().last().unwrap().as_str(), intention(&app)), ("Ship Job", None), "nothing is sent yet");
    after(&mut app, 60).answer(Slot::Ship, Ok(job("Creating")));
    assert_eq!((app.told()[0].as_str(), app.told().last().unwrap().as_str()), ("save", "Ship UpdateJob"));
    let Effect::Save(saved) = &app.effects[0] else { panic!("{:?}", app.effects) };
    assert_eq!(saved.journal.ship, Some(Intention { at: app.now, confirmed: false }), "noted before it is sent");
    let Some(Effect::Start { call: Call::UpdateJob { job: target, change }, .. }) = app.effects.last() else {
        panic!("{:?}", app.effects)
    };
    let package = change.delivery_package.as_ref().unwrap();
    assert_eq!((target.name.as_str(), change.ship, &change.cancel), ("export-media", true, &None));
    assert_eq!((package.tracking_number.as_str(), package.drive_count), ("1234567890", Some(2)));
    assert_eq!((change.backup_manifest, change.log_level, &change.return_address), (None, None, &None));
    app.answer(Slot::Ship, Ok(job("Shipping")));
    assert_eq!(app.told()[0], "save");
    assert_eq!((app.draft().step, intention(&app)), (Step::Follow, Some(true)));
    let told = progress(app.shared(), Step::Ship);
    assert!(told.answered && told.needs.is_none());
    assert_eq!(told.summary, "FedEx 1234567890");
}

#[test]
fn pressed_twice_it_is_sent_once_and_doubled_answers_are_dropped() {
    let mut app = AppHarness::signed_in(packed());
    app.ctrl('n');
    assert_eq!(app.ctrl('n').told(), Vec::<String>::new());
    app.types("9");
    assert_eq!(app.draft().parcel, packed().parcel, "nothing changes under a request");
    app.answer(Slot::Ship, Ok(job("Creating")));
    assert_eq!(app.ctrl('n').told(), Vec::<String>::new());
    app.answer(Slot::Ship, Ok(job("Shipping")));
    assert_eq!(app.answer_again(Slot::Ship, Ok(job("Creating"))).told(), Vec::<String>::new(), "a doubled answer");
    assert_eq!(intention(&app), Some(true));
}

#[test]
fn a_job_that_left_creating_is_not_changed_again() {
    let mut app = AppHarness::signed_in(packed());
    app.ctrl('n');
    app.answer(Slot::Ship, Ok(job("Received")));
    assert!(!app.told().iter().any(|effect| effect.starts_with("Ship")), "{:?}", app.effects);
    assert_eq!((intention(&app), app.draft().step), (Some(true), Step::Follow));
}

#[test]
fn w36_a_lost_answer_is_kept_on_the_step_and_retry_only_looks() {
    let mut app = AppHarness::signed_in(packed());
    app.ctrl('n');
    app.answer(Slot::Ship, Ok(job("Creating")));
    app.answer(Slot::Ship, lost());
    app.row_with("? Azure did not answer the");
    assert_eq!((intention(&app), app.draft().step), (Some(false), Step::Ship));
    assert_eq!(app.ctrl('t').told(), ["Ship Job"]);
    app.answer(Slot::Ship, Ok(job("Shipping")));
    assert!(!app.told().iter().any(|effect| effect.contains("UpdateJob")));
    assert!(app.notice().contains("announced already"), "{}", app.notice());
    assert_eq!(intention(&app), Some(true));
}

#[test]
fn w15_after_a_crash_it_only_looks_and_says_what_it_found() {
    let mut draft = packed();
    let an_hour_ago = now().checked_sub(jiff::SignedDuration::from_hours(1)).unwrap();
    draft.journal.ship = Some(Intention { at: an_hour_ago, confirmed: false });
    let mut app = AppHarness::signed_in(draft.clone());
    let asked: Vec<_> = app.asked.iter().filter(|effect| effect.starts_with("Ship")).collect();
    assert_eq!(asked, ["Ship Job"]);
    assert_eq!(app.answer(Slot::Ship, Ok(job("Creating"))).told(), ["save"]);
    assert!(app.notice().contains("not announced the last time"), "{}", app.notice());
    assert_eq!(intention(&app), None);
    let mut app = AppHarness::signed_in(draft);
    assert_eq!(app.answer(Slot::Ship, Ok(job("Shipping"))).told(), ["save"]);
    assert_eq!((intention(&app), app.draft().step), (Some(true), Step::Ship), "says so and stays");
}

#[test]
fn w15_a_parcel_announced_a_moment_ago_may_still_be_heard_of() {
    let mut draft = packed();
    draft.journal.ship = Some(Intention { at: now(), confirmed: false });
    let mut app = AppHarness::signed_in(draft);
    app.answer(Slot::Ship, Ok(job("Creating")));
    assert!(app.notice().contains("may still hear of it for 15 minutes"), "{}", app.notice());
    assert_eq!(intention(&app), Some(false), "it is looked for again");
}

#[test]
fn w36_a_lost_announcement_is_not_called_a_failed_one() {
    let mut app = AppHarness::signed_in(packed());
    app.ctrl('n');
    app.answer(Slot::Ship, Ok(job("Creating")));
    app.answer(Slot::Ship, lost());
    let said = app.screen(120, 40);
    assert!(said.contains("The parcel may be announced") && !said.contains("Could not announce"), "{said}");
    assert_eq!(app.key(Key::Enter).told().last().unwrap(), "Ship Job", "Enter looks");
}

/// A draft whose announcement was sent and whose answer was lost.
fn lost_announcement() -> AppHarness {
    let mut app = AppHarness::signed_in(packed());
    app.ctrl('n').answer(Slot::Ship, Ok(job("Creating")));
    after(&mut app, 120).answer(Slot::Ship, lost());
    app
}

#[test]
fn w36_what_may_be_announced_is_not_changed_and_is_sent_again_as_it_was() {
    let mut app = lost_announcement();
    for _ in 0..3 {
        app.key(Key::BackTab);
    }
    app.types("9");
    assert!(
        app.notice().starts_with("The parcel may be announced: its request can arrive for 15 minutes."),
        "{}",
        app.notice()
    );
    app.key(Key::Backspace).paste("another");
    assert!(app.notice().contains("announcing it again sends the same"), "{}", app.notice());
    assert_eq!(app.draft().parcel, packed().parcel);
    after(&mut app, 600).ctrl('n').answer(Slot::Ship, Ok(job("Creating")));
    let Some(Effect::Start { call: Call::UpdateJob { change, .. }, .. }) = app.effects.last() else {
        panic!("{:?}", app.effects)
    };
    assert_eq!(
        change.delivery_package,
        blobfreight::form::parcel::package(&packed().parcel, ServiceName::ImportExport)
    );
    assert_eq!(app.draft().journal.ship, Some(Intention { at: app.now, confirmed: false }), "counted from this one");
}

#[test]
fn w36_once_no_request_can_arrive_any_more_the_step_looks_by_itself_and_the_parcel_can_be_changed() {
    let mut app = lost_announcement();
    app.ctrl('t').answer(Slot::Ship, Ok(job("Creating")));
    assert!(app.notice().contains("may still hear of it for 15 minutes"), "{}", app.notice());
    app.row_with("The parcel may be announced");
    after(&mut app, 14 * 60).send(Msg::Tick);
    assert!(!app.told().contains(&"Ship Job".to_owned()), "{:?}", app.told());
    after(&mut app, 60).send(Msg::Tick);
    assert_eq!(app.told(), ["Ship Job"]);
    app.answer(Slot::Ship, Ok(job("Creating")));
    assert_eq!(intention(&app), None);
    app.key(Key::BackTab).types("4");
    assert_ne!(app.draft().parcel, packed().parcel, "{}", app.notice());
}

#[test]
fn w36_a_refused_announcement_leaves_the_parcel_open_unless_an_earlier_one_may_arrive() {
    let refused = || Err(Fault::local("announce the parcel", "the tracking number is too long"));
    let mut app = AppHarness::signed_in(packed());
    app.ctrl('n').answer(Slot::Ship, Ok(job("Creating")));
    app.answer(Slot::Ship, refused());
    assert_eq!(intention(&app), None);
    let mut app = lost_announcement();
    let lost = app.draft().journal.ship;
    after(&mut app, 60).ctrl('n').answer(Slot::Ship, Ok(job("Creating")));
    app.answer(Slot::Ship, refused());
    assert_eq!(app.draft().journal.ship, lost);
}

#[test]
fn a_job_that_is_gone_or_being_cancelled_gets_no_parcel() {
    let mut app = AppHarness::signed_in(packed());
    app.ctrl('n');
    app.answer(Slot::Ship, Ok(Reply::Job(None)));
    app.row_with("has been gone since");
    let mut app = AppHarness::signed_in(packed());
    app.ctrl('n');
    let mut cancelled = job_in("Creating");
    cancelled.cancel_requested = true;
    app.answer(Slot::Ship, Ok(Reply::Job(Some(Box::new(cancelled)))));
    assert_eq!(app.told(), ["save"]);
    app.row_with("Do not send the drives");
}

#[test]
fn w05_an_unfinished_parcel_sends_nothing() {
    let mut app = AppHarness::signed_in(created());
    app.ctrl('n');
    assert!(!app.told().iter().any(|effect| effect.starts_with("Ship")), "{:?}", app.effects);
    assert_eq!((app.notice(), intention(&app)), ("3 fields need you", None));
}

#[test]
fn w43_the_jobs_own_address_and_the_deadline_are_shown_and_can_be_copied() {
    let mut app = AppHarness::signed_in(created());
    app.row_with("1 Made-up Street");
    app.row_with("2026-12-04");
    app.key(Key::Char('c'));
    let Some(Effect::Copy(text)) = app.effects.last() else { panic!("{:?}", app.effects) };
    assert!(text.starts_with("Azure Import/Export\n1 Made-up Street\n"), "{text}");
    app.key(Key::Enter);
    app.types("c");
    assert_eq!(app.draft().parcel.carrier, "c", "in a field it is a letter");
}

#[test]
fn before_the_job_exists_the_step_is_locked() {
    let app = AppHarness::signed_in(draft(Step::Address));
    assert!(progress(app.shared(), Step::Ship).locked.is_some());
}
