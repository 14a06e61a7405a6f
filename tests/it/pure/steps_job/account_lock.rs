//! The lock that Data Box leaves on the storage account: shown, and removed only when no other job needs it, or when the person was told
//! that this could not be checked.

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::{Job, ResourceLock};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Call, Effect, Reply, Slot};
use blobfreight::protocol::step::Step;

use crate::pure::steps_job::answers::data_box_job;
use crate::pure::steps_job::known;
use crate::pure::steps_job::stages::following;
use crate::support::app_harness::AppHarness;

fn account(app: &AppHarness) -> String {
    app.shared().account_id().unwrap().to_owned()
}

fn lock_on(scope: &str) -> ResourceLock {
    ResourceLock {
        id: format!("{scope}/providers/Microsoft.Authorization/locks/DATABOX_SERVICE"),
        name: "DATABOX_SERVICE".into(),
        level: "CanNotDelete".into(),
        notes: String::new(),
    }
}

/// On Follow with the lock listed.
fn locked(word: &str) -> AppHarness {
    let mut app = following(data_box_job(word));
    let lock = lock_on(&account(&app));
    app.answer(Slot::Locks, Ok(Reply::Locks(vec![lock])));
    app
}

/// Another job of the subscription.
fn other(name: &str, word: &str, account: &str) -> Job {
    let id = format!("/subscriptions/s1/resourceGroups/media-rg/providers/Microsoft.DataBox/jobs/{name}");
    Job { id, name: name.into(), storage_account: account.into(), ..data_box_job(word) }
}

fn jobs(app: &mut AppHarness, others: Vec<Job>) {
    let own = data_box_job("Completed");
    app.answer(Slot::OtherJobs, Ok(Reply::Jobs([vec![own], others].concat())));
}

#[test]
fn the_lock_is_listed_once_a_session_and_shown_with_what_it_blocks() {
    let mut app = locked("DataCopy");
    assert_eq!(app.asked.iter().filter(|effect| *effect == "Locks Locks").count(), 1, "{:?}", app.asked);
    let screen = app.screen(120, 40);
    assert!(screen.contains("DATABOX_SERVICE (CanNotDelete)") && screen.contains("mediaarchive"), "{screen}");
    assert!(screen.contains("once the job is over"), "{screen}");
    app.key(Key::Char('u'));
    assert!(app.told().is_empty(), "the job still needs it");
    app.alt(Key::Char('9'));
    app.alt(Key::Char('0'));
    assert!(!app.told().contains(&"Locks Locks".to_owned()), "{:?}", app.told());
}

#[test]
fn the_classic_service_leaves_no_lock_and_none_is_asked_for() {
    let app = AppHarness::signed_in(known(Step::Follow, "Completed"));
    assert!(!app.asked.iter().any(|effect| effect.starts_with("Locks")), "{:?}", app.asked);
}

#[test]
fn it_is_removed_when_no_other_job_of_the_account_is_unfinished() {
    for gone in [false, true] {
        let mut app = locked("Completed");
        if gone {
            app.key(Key::Char('r'));
            let lock = lock_on(&account(&app));
            app.answer(Slot::Locks, Ok(Reply::Locks(vec![lock])));
            app.answer(Slot::Job, Ok(Reply::Job(None)));
        }
        let id = account(&app);
        app.key(Key::Char('u'));
        assert_eq!(app.told(), ["OtherJobs Jobs"], "gone: {gone}");
        jobs(&mut app, vec![other("done", "Completed", &id), other("elsewhere", "DataCopy", "/x")]);
        let screen = app.screen(100, 30);
        assert!(screen.contains("No other export job of the account is unfinished"), "{screen}");
        assert!(screen.contains("other Data Box orders"), "it does not say more than was checked:\n{screen}");
        app.key(Key::Char('y'));
        let Some(Effect::Start { call: Call::RemoveLock { account, lock }, .. }) = app.effects.last() else {
            panic!("{:?}", app.effects)
        };
        assert_eq!((account, lock), (&id, &lock_on(&id)));
        app.answer(Slot::RemoveLock, Ok(Reply::Locks(Vec::new())));
        assert!(app.notice().contains("lock is removed"), "{}", app.notice());
        assert!(!app.screen(100, 30).contains("DATABOX_SERVICE"));
    }
}

#[test]
fn it_stays_for_a_job_that_needs_it() {
    let mut app = locked("Completed");
    let id = account(&app).to_uppercase();
    app.key(Key::Char('u'));
    jobs(&mut app, vec![other("second-job", "DataCopy", &id)]);
    assert!(app.notice().contains("second-job"), "{}", app.notice());
    app.key(Key::Char('y'));
    assert!(app.told().is_empty(), "{:?}", app.told());
}

#[test]
fn what_could_not_be_checked_is_said_and_left_to_the_person() {
    let mut app = locked("Completed");
    app.key(Key::Char('u'));
    let denied = Fault { kind: FaultKind::Denied, ..Fault::local("list the jobs", "the sign-in may not") };
    app.answer(Slot::OtherJobs, Err(denied));
    let screen = app.screen(100, 30);
    assert!(screen.contains("could not be checked") && screen.contains("the sign-in may not"), "{screen}");
    app.key(Key::Char('n')).key(Key::Char('u'));
    jobs(&mut app, vec![other("untold", "DataCopy", "")]);
    let screen = app.screen(100, 30);
    assert!(screen.contains("could not be checked") && screen.contains("untold"), "{screen}");
}

#[test]
fn a_lock_of_the_group_above_is_shown_and_not_removed_from_here() {
    let mut app = following(data_box_job("Completed"));
    app.answer(Slot::Locks, Ok(Reply::Locks(vec![lock_on("/subscriptions/s1")])));
    app.key(Key::Char('u'));
    assert!(app.told().is_empty());
    assert!(!app.screen(120, 40).contains("u removes it"), "{}", app.screen(120, 40));
}

#[test]
fn a_refused_removal_and_an_unread_list_say_why() {
    let mut app = locked("Completed");
    app.key(Key::Char('u'));
    jobs(&mut app, Vec::new());
    app.key(Key::Char('y'));
    let denied = Fault { kind: FaultKind::Denied, ..Fault::local("remove the lock", "the role Owner is needed") };
    app.answer(Slot::RemoveLock, Err(denied));
    assert!(app.screen(120, 40).contains("the role Owner is needed"), "{}", app.screen(120, 40));
    let mut app = following(data_box_job("DataCopy"));
    app.answer(Slot::Locks, Err(Fault { kind: FaultKind::Denied, ..Fault::local("list the locks", "no right") }));
    assert!(app.screen(120, 40).contains("Could not list the locks"), "{}", app.screen(120, 40));
    app.ctrl('t');
    assert!(app.told().contains(&"Locks Locks".to_owned()), "{:?}", app.told());
}
