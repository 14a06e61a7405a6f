//! The job names another address than before, as it does when a location closes: the person is told wherever the address is used, also in the
//! next session, until the drives have arrived.

use std::time::Duration;

use blobfreight::azure::model::Job;
use blobfreight::protocol::message::{Msg, Reply, Slot};
use blobfreight::protocol::step::Step;

use crate::pure::steps_job::answers::job_in;
use crate::pure::steps_job::known;
use crate::support::app_harness::AppHarness;

fn moved(state: &str) -> Job {
    let mut job = job_in(state);
    job.shipping.street1 = "Quay 9".into();
    job
}

/// The job is read, by itself where it was read before, and this is the answer.
fn answered(app: &mut AppHarness, job: Job) {
    if !app.shared().requests.is_busy(Slot::Job) {
        app.now += Duration::from_secs(3600);
        app.send(Msg::Tick);
    }
    app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(job)))));
}

#[test]
fn w89_another_address_is_told_with_the_one_before_it_and_also_in_the_next_session() {
    let street = job_in("Creating").shipping.street1;
    for step in [Step::Ship, Step::Follow] {
        let mut app = AppHarness::signed_in(known(step, "Creating"));
        answered(&mut app, job_in("Creating"));
        assert!(!app.screen(100, 60).contains("names another address"), "{}", app.screen(100, 60));
        answered(&mut app, moved("Creating"));
        let told = |app: &AppHarness| {
            let screen = app.screen(100, 60);
            screen.contains("names another address") && screen.contains(&format!("Before: {street}"))
        };
        assert!(told(&app), "{}", app.screen(100, 60));
        answered(&mut app, moved("Creating"));
        assert!(told(&app), "it is still said when the same is read again");
        let mut next = AppHarness::signed_in(app.draft().clone());
        answered(&mut next, moved("Creating"));
        assert!(told(&next), "{}", next.screen(100, 60));
        answered(&mut next, job_in("Creating"));
        assert!(next.screen(100, 60).contains("Before: Quay 9"), "{}", next.screen(100, 60));
    }
}

#[test]
fn w89_after_the_arrival_the_address_no_longer_matters() {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Creating"));
    answered(&mut app, moved("Shipping"));
    assert!(app.screen(100, 60).contains("Ask the carrier"), "{}", app.screen(100, 60));
    answered(&mut app, moved("Received"));
    assert!(!app.screen(100, 60).contains("Quay 9"), "{}", app.screen(100, 60));
}
