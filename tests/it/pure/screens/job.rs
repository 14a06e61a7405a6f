//! The job after its creation: ship, follow, keys, and a job that is gone.

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::{BitLockerKey, Job, JobDrive, ReturnPackage};
use blobfreight::draft::{Draft, KnownJob, ParcelAnswers};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Msg, Reply, Slot};
use blobfreight::protocol::step::Step;

use crate::pure::screens::answers::{created, job_in};
use crate::pure::screens::{shows, shows_after, to_the_end};
use crate::support::app_harness::{AppHarness, now};

fn job(state: &str) -> Reply {
    Reply::Job(Some(Box::new(job_in(state))))
}

/// On a step, with the job read a moment ago and being read again.
fn known(step: Step, state: &str) -> AppHarness {
    let mut draft = Draft { step, ..created() };
    let before = draft.job.take();
    draft.job = Some(KnownJob::told(&job_in(state), before, now(), now()));
    AppHarness::signed_in(draft)
}

/// The same, once it was read.
fn on(step: Step, state: &str) -> AppHarness {
    let mut app = known(step, state);
    app.answer(Slot::Job, Ok(job(state)));
    app
}

fn packed() -> AppHarness {
    let parcel = ParcelAnswers {
        carrier: "FedEx".into(),
        tracking_number: "1234567890".into(),
        drive_count: "2".into(),
        ship_date: "2026-11-22".into(),
    };
    let mut app = AppHarness::signed_in(Draft { parcel, ..created() });
    app.answer(Slot::Job, Ok(job("Creating")));
    app
}

#[test]
fn the_parcel() {
    shows("ship_empty", || on(Step::Ship, "Creating"));
    shows_after("ship_empty_end", || on(Step::Ship, "Creating"), to_the_end);
    shows("ship_filled", packed);
    shows("ship_lost", || {
        let mut app = packed();
        app.ctrl('n').answer(Slot::Ship, Ok(job("Creating")));
        let broke = Fault::local("announce the parcel", "the connection broke");
        app.answer(Slot::Ship, Err(Fault { kind: FaultKind::Offline, unsettled: true, ..broke }));
        app
    });
    shows("ship_announced", || {
        let mut app = packed();
        app.ctrl('n').answer(Slot::Ship, Ok(job("Creating")));
        app.answer(Slot::Ship, Ok(job("Shipping")));
        app.alt(Key::Char('9'));
        app
    });
}

/// A job whose drives are being written.
fn transferring() -> Job {
    let drive = |id: &str, percent: u8, status: &str| JobDrive {
        id: id.into(),
        state: "Active".into(),
        copy_status: Some(status.into()),
        percent: Some(percent),
        bytes: Some(4_270_000_000_000),
        ..JobDrive::default()
    };
    let drives = vec![drive("9CA995BB", 100, "CompletedWithWarnings"), drive("8AA1", 42, "InProgress")];
    Job { drives, percent: Some(71), ..job_in("Transferring") }
}

#[test]
fn following_the_job() {
    shows("follow_creating", || on(Step::Follow, "Creating"));
    shows("follow_received", || on(Step::Follow, "Received"));
    let writing = || {
        let mut app = AppHarness::signed_in(Draft { step: Step::Follow, ..created() });
        app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(transferring())))));
        app
    };
    shows("follow_transferring", writing);
    shows_after("follow_transferring_end", writing, to_the_end);
    shows("follow_returning", || {
        let mut app = AppHarness::signed_in(Draft { step: Step::Follow, ..created() });
        let back = ReturnPackage {
            carrier: "FedEx".into(),
            tracking_number: "998877".into(),
            drive_count: Some(2),
            ship_date: Some("2026-12-20".into()),
        };
        let job = Job { return_package: Some(back), ..job_in("Packaging") };
        app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(job)))));
        app
    });
    shows("follow_completed", || on(Step::Follow, "Completed"));
    shows("follow_unknown_state", || on(Step::Follow, "OnHold"));
    shows("follow_unread", || {
        let mut app = on(Step::Follow, "Shipping");
        app.key(Key::Char('r'));
        let fault = Fault { kind: FaultKind::Offline, ..Fault::local("read the job", "no connection") };
        app.answer(Slot::Job, Err(fault));
        app
    });
    shows_after(
        "follow_cancel",
        || on(Step::Follow, "Creating"),
        |app| {
            app.key(Key::Char('x'));
        },
    );
}

fn with_keys(draft: Draft) -> AppHarness {
    let mut app = AppHarness::signed_in(Draft { step: Step::Keys, ..draft });
    app.answer(Slot::Job, Ok(job("Completed")));
    app.send(Msg::Tick);
    let key = |drive: &str| BitLockerKey {
        drive: drive.into(),
        key: "111111-222222-333333-444444-555555-666666-777777-888888".to_owned().into(),
    };
    app.answer(Slot::Keys, Ok(Reply::Keys(vec![key("9CA995BB"), key("8AA1")])));
    app
}

#[test]
fn the_keys() {
    shows("keys_none", || on(Step::Keys, "Transferring"));
    shows("keys_hidden", || with_keys(created()));
    shows("keys_shown", || {
        let mut app = with_keys(created());
        app.key(Key::Char('v'));
        app
    });
    shows("keys_saved", || with_keys(Draft { keys_file: Some("/home/ana/keys.txt".into()), ..created() }));
}

#[test]
fn a_job_that_is_gone() {
    for (step, name) in [(Step::Ship, "gone_ship"), (Step::Follow, "gone_follow"), (Step::Keys, "gone_keys")] {
        shows(name, || {
            let mut app = known(step, "Creating");
            app.answer(Slot::Job, Ok(Reply::Job(None)));
            app
        });
    }
}
