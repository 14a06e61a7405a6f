//! The job after its creation: ship, follow, keys, and a job that is gone.

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::{
    BitLockerKey, Job, JobDrive, JobStage, ResourceLock, ReturnPackage, ServiceError, StageDelay, StageProgress,
};
use blobfreight::draft::{Draft, KnownJob, ParcelAnswers};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Msg, Reply, Slot};
use blobfreight::protocol::step::Step;

use crate::pure::screens::answers::{created, created_on_data_box, data_box_job, job_in};
use crate::pure::screens::{shows, shows_after, to_the_end};
use crate::pure::steps_job::failures;
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
        serials: "9CA995BB WX11A22".into(),
        ..ParcelAnswers::default()
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
    shows_after("ship_checklist", packed, |app| {
        app.key(Key::Char('d')).key(Key::Char(' ')).key(Key::Down).key(Key::Down).key(Key::Char(' '));
    });
    shows_after("ship_papers", packed, |app| {
        app.key(Key::Char('p'));
    });
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
fn what_was_not_exported() {
    shows("failures_reading", || {
        let mut app = failures::after(Step::Follow, &failures::finished());
        app.types("e");
        app
    });
    shows("failures_reasons", || failures::opened(failures::three_reasons()));
    shows("failures_blobs", || {
        let mut app = failures::opened(failures::three_reasons());
        app.key(Key::Enter);
        app
    });
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
        "follow_rehearsal",
        || {
            let mut app = AppHarness::signed_in(Draft { step: Step::Follow, rehearsal: true, ..created() });
            app.answer(Slot::Job, Ok(job("Shipping")));
            app
        },
        |app| {
            app.key(Key::Char('t')).key(Key::Down);
        },
    );
    shows_after(
        "follow_cancel",
        || on(Step::Follow, "Creating"),
        |app| {
            app.key(Key::Char('x'));
        },
    );
}

/// Scrolls to the end of a page whose list takes the keys that go to the end.
fn to_the_end_of_page(app: &mut AppHarness) {
    for _ in 0..6 {
        app.key(Key::PageDown);
    }
}

fn with_keys(draft: Draft) -> AppHarness {
    let mut app = AppHarness::signed_in(Draft { step: Step::Keys, ..draft });
    app.answer(Slot::Job, Ok(job("Completed")));
    app.send(Msg::Tick);
    let key = |drive: &str, text: &str| BitLockerKey { drive: drive.into(), key: text.to_owned().into() };
    let good = key("9CA995BB", "531058-303050-716078-383614-460922-106975-083446-139161");
    let damaged = key("8AA1", "531058-303050-716079-383614-460922-106975-083446-139161");
    app.answer(Slot::Keys, Ok(Reply::Keys(vec![good, damaged])));
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
    shows_after("keys_hidden_end", || with_keys(created()), to_the_end_of_page);
    shows("keys_at_the_end", || {
        let mut app = with_keys(created());
        app.ctrl('n').ctrl('n');
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

/// On a step of a job at Data Box, read a moment ago, with the lock of its account listed.
fn at_data_box(step: Step, job: Job) -> AppHarness {
    let mut draft = Draft { step, ..created_on_data_box(&job.status.word) };
    draft.parcel = ParcelAnswers {
        carrier: "FedEx".into(),
        tracking_number: "1234567890".into(),
        drive_count: "2".into(),
        ship_date: "2026-11-22".into(),
        ..ParcelAnswers::default()
    };
    draft.job = Some(KnownJob::told(&job, draft.job.take(), now(), now()));
    let mut app = AppHarness::signed_in(draft);
    app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(job)))));
    if step == Step::Follow {
        let id =
            format!("{}/providers/Microsoft.Authorization/locks/DATABOX_SERVICE", app.shared().account_id().unwrap());
        let (name, level) = ("DATABOX_SERVICE".into(), "CanNotDelete".into());
        app.answer(Slot::Locks, Ok(Reply::Locks(vec![ResourceLock { id, name, level, notes: String::new() }])));
    }
    app
}

/// A job with the service's own stages, one of them late, and a drive that waits for a decision.
fn copying() -> Job {
    let stage = |title: &str, progress, status: &str, time: Option<&str>| JobStage {
        word: title.replace(' ', ""),
        title: title.into(),
        progress,
        status: status.into(),
        time: time.map(str::to_owned),
        delays: Vec::new(),
    };
    let delay = StageDelay { code: "HighDemandDelay".into(), description: "Many orders.".into(), resolved: false };
    let stages = vec![
        stage("Shipped", StageProgress::Done, "Succeeded", Some("2026-11-20T12:00:00+00:00")),
        stage("Received", StageProgress::DoneWithErrors, "SucceededWithWarnings", Some("2026-11-21T12:00:00+00:00")),
        JobStage {
            delays: vec![delay],
            ..stage(
                "Data copy",
                StageProgress::NeedsAction,
                "WaitingForCustomerAction",
                Some("2026-11-22T08:00:00+00:00"),
            )
        },
        stage("Completed", StageProgress::Ahead, "None", None),
    ];
    let drive = |id: &str, percent, status: &str| JobDrive {
        id: id.into(),
        copy_status: Some(status.into()),
        percent: Some(percent),
        bytes: Some(1_000_000_000_000),
        total_bytes: Some(4_000_000_000_000),
        files: Some(12_000),
        total_files: Some(48_000),
        ..JobDrive::default()
    };
    let broken = JobDrive {
        error: Some(ServiceError { code: "DriveCorrupted".into(), message: "Unreadable sectors.".into() }),
        resolutions: vec!["Resume".into(), "MoveToCleanUpDevice".into()],
        ..drive("WX12", 3, "DriveCorrupted")
    };
    Job {
        stages,
        drives: vec![drive("WX11", 25, "InProgress"), broken],
        percent: Some(14),
        delayed_stage: Some("Datacopy".into()),
        data_center: Some("AMS06".into()),
        ..data_box_job("DataCopy")
    }
}

#[test]
fn the_parcel_for_data_box() {
    shows("data_box_ship_early", || at_data_box(Step::Ship, data_box_job("Created")));
    shows("data_box_ship", || at_data_box(Step::Ship, data_box_job("AwaitingShipmentDetails")));
    shows_after(
        "data_box_ship_asked",
        || at_data_box(Step::Ship, data_box_job("AwaitingShipmentDetails")),
        |app| {
            app.ctrl('n');
        },
    );
    shows("data_box_ship_cancelled", || at_data_box(Step::Ship, data_box_job("Cancelled")));
}

#[test]
fn following_a_job_at_data_box() {
    shows("data_box_follow_early", || at_data_box(Step::Follow, data_box_job("Created")));
    shows("data_box_follow_copying", || at_data_box(Step::Follow, copying()));
    shows_after("data_box_follow_copying_end", || at_data_box(Step::Follow, copying()), to_the_end);
    shows("data_box_follow_cancelled", || {
        let reason = Some("The export is no longer needed".into());
        at_data_box(Step::Follow, Job { cancellation_reason: reason, ..data_box_job("Cancelled") })
    });
    shows("data_box_follow_failed", || at_data_box(Step::Follow, data_box_job("Failed_IssueDetectedAtAzureDC")));
    for (name, job, keys) in [
        ("data_box_cancel_asked", data_box_job("AwaitingShipmentDetails"), "x"),
        ("data_box_cancel_reason", data_box_job("AwaitingShipmentDetails"), "xr"),
        ("data_box_delete_asked", data_box_job("Completed"), "d"),
        ("data_box_deleting", data_box_job("Completed"), "ddelete without keys\n"),
        ("data_box_decide", copying(), "mm"),
    ] {
        shows_after(
            name,
            || at_data_box(Step::Follow, job.clone()),
            |app| {
                for key in keys.chars() {
                    app.key(if key == '\n' { Key::Enter } else { Key::Char(key) });
                }
            },
        );
    }
}

#[test]
fn a_job_at_data_box_that_was_deleted() {
    let deleted = || {
        let mut app = at_data_box(Step::Follow, data_box_job("Completed"));
        app.key(Key::Char('d')).types("delete without keys").key(Key::Enter);
        app.answer(Slot::DeleteJob, Ok(Reply::Deleted));
        app
    };
    shows("data_box_deleted", deleted);
    shows_after("data_box_lock_asked", deleted, |app| {
        app.key(Key::Char('u')).answer(Slot::OtherJobs, Ok(Reply::Jobs(Vec::new())));
    });
}

#[test]
fn keys_of_the_other_form() {
    shows("data_box_keys", || {
        let mut app = at_data_box(Step::Keys, data_box_job("ShippedToCustomer"));
        app.send(Msg::Tick);
        let key = "MQAxADEAMQAxADEALQAyADIAMgAyADIAMgAtADMAMwAzADMAMwAzAA==".to_owned();
        app.answer(Slot::Keys, Ok(Reply::Keys(vec![BitLockerKey { drive: "WX11".into(), key: key.into() }])));
        app.key(Key::Char('v'));
        app
    });
}
