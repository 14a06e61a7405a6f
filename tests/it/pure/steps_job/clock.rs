//! A rehearsal tells its date and its pace, and every date on screen is by that clock.

use blobfreight::draft::Draft;
use blobfreight::protocol::message::{Msg, ProgressEvent, Reply, RequestId, Slot};
use blobfreight::protocol::step::Step;

use crate::pure::steps_job::answers::job_in;
use crate::pure::steps_job::{job, known};
use crate::support::app_harness::AppHarness;

/// The service's clock shows Christmas; whichever request tells it.
fn christmas(pace: f64) -> Msg {
    let event = ProgressEvent::Clock { now: "2026-12-24T12:00:00Z".parse().unwrap(), pace, until: None };
    Msg::Progress { slot: Slot::Job, id: RequestId(0), event }
}

/// A rehearsal whose clock shows Christmas, on the ship step of a job that was created three days before by that clock.
fn at_christmas(pace: f64) -> AppHarness {
    let mut app = AppHarness::signed_in(Draft { rehearsal: true, ..known(Step::Ship, "Creating") });
    app.send(christmas(pace));
    let mut told = job_in("Creating");
    told.created = Some("2026-12-21T12:00:00Z".into());
    app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(told)))));
    app.send(Msg::Saved(Ok(())));
    app
}

#[test]
fn the_header_tells_the_date_and_the_pace_at_every_width() {
    let app = at_christmas(21_600.0);
    assert!(app.screen(120, 40).contains("never ship · simulated 2026-12-24 · 1 s = 6 h"), "{}", app.screen(120, 40));
    assert!(app.screen(80, 24).contains("never ship · 2026-12-24 · 1 s = 6 h"), "{}", app.screen(80, 24));
    assert!(app.screen(40, 12).contains("never ship · 2026-12-24"), "{}", app.screen(40, 12));
    assert!(at_christmas(1.0).screen(80, 24).contains("2026-12-24 · real pace"));
}

#[test]
fn the_deadline_and_what_is_left_of_it_are_by_that_clock() {
    let app = at_christmas(1.0);
    let screen = app.screen(120, 40);
    assert!(screen.contains("by 2027-01-04, 11 days left"), "{screen}");
}

#[test]
fn stages_are_seen_by_that_clock() {
    let mut app = at_christmas(1.0);
    app.alt(blobfreight::protocol::key::Key::Char('0'));
    app.answer(Slot::Job, Ok(job("Shipping")));
    assert!(app.screen(80, 24).contains("● on the way   seen 2026-12-24 12:00"), "{}", app.screen(80, 24));
}

#[test]
fn an_export_that_is_no_rehearsal_has_no_other_clock_than_the_real_one() {
    let mut app = AppHarness::signed_in(known(Step::Ship, "Creating"));
    app.send(christmas(21_600.0));
    assert!(app.screen(120, 40).contains("by 2026-12-04, 12 days left"), "{}", app.screen(120, 40));
    assert!(!app.screen(120, 40).contains("2026-12-24"));
}
