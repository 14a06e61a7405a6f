//! While nobody knows whether a cancellation arrived, and once the job shows it, no step says "ship": on screen, on the start screen, in a file
//! for another machine, and after the program was closed.

use std::time::Duration;

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::Job;
use blobfreight::draft::{Draft, ExportFacts, NextTask, TaskKind};
use blobfreight::papers::{NoPapers, Papers};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Effect, Msg, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::wizard::rail::progress;

use crate::pure::steps_job::answers::{data_box_job, job_in};
use crate::pure::steps_job::stages::following;
use crate::pure::steps_job::{job, known};
use crate::support::app_harness::AppHarness;

fn cancelling() -> AppHarness {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Creating"));
    app.answer(Slot::Job, Ok(job("Creating")));
    app.key(Key::Char('x')).key(Key::Char('y'));
    app
}

fn asked() -> Reply {
    Reply::Job(Some(Box::new(Job { cancel_requested: true, ..job_in("Creating") })))
}

fn next(draft: &Draft) -> TaskKind {
    NextTask::of(&ExportFacts::of_draft(draft)).kind
}

/// What each place says of a draft that is opened without a sign-in.
fn says_nowhere_to_ship(draft: &Draft) {
    for step in [Step::Ship, Step::Follow] {
        let app = AppHarness::with(Draft { step, worked_on: Some(step), ..draft.clone() });
        for (columns, rows) in [(110, 60), (80, 60), (40, 80)] {
            let screen = app.screen(columns, rows);
            let words = screen.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(words.contains("Send no drives"), "{step:?}\n{screen}");
            for bad in ["Ship within", "ship by", "Announce the parcel", "Check the drives", "1 Made-up Street"] {
                assert!(!words.contains(bad), "{step:?}: {bad}\n{screen}");
            }
        }
        assert!(progress(app.shared(), Step::Ship).summary.starts_with("do not ship"));
    }
    let mut app = AppHarness::with(Draft { step: Step::Ship, worked_on: Some(Step::Ship), ..draft.clone() });
    app.key(Key::Char('c'));
    assert!(!app.effects.iter().any(|effect| matches!(effect, Effect::Copy(_))), "{:?}", app.effects);
    assert!(app.notice().contains("Send no drives"), "{}", app.notice());
    assert_eq!(Papers::of(draft), Err(NoPapers::Cancelling));
}

#[test]
fn w88_a_cancellation_is_noted_on_disk_before_it_is_sent_and_outlives_a_crash() {
    let app = cancelling();
    assert_eq!((app.told()[0].as_str(), app.told().last().unwrap().as_str()), ("save", "CancelJob UpdateJob"));
    let Effect::Save(saved) = &app.effects[0] else { panic!("{:?}", app.effects) };
    assert_eq!(saved.journal.cancel, Some(app.now));
    says_nowhere_to_ship(saved);
    assert_eq!(next(saved), TaskKind::LookForCancellation);
}

#[test]
fn w88_a_lost_answer_keeps_the_note_until_the_job_shows_it_or_it_can_no_longer_arrive() {
    let mut app = cancelling();
    let broke = Fault::local("cancel the job", "the connection broke");
    app.answer(Slot::CancelJob, Err(Fault { kind: FaultKind::Offline, unsettled: true, ..broke }));
    assert!(app.screen(100, 40).contains("Perhaps being cancelled"), "{}", app.screen(100, 40));
    says_nowhere_to_ship(app.draft());
    app.now += Duration::from_secs(60);
    app.send(Msg::Tick);
    app.answer(Slot::Job, Ok(job("Creating")));
    says_nowhere_to_ship(app.draft());
    app.now += Duration::from_secs(15 * 60);
    app.send(Msg::Tick);
    app.answer(Slot::Job, Ok(job("Creating")));
    assert_eq!((app.draft().journal.cancel, next(app.draft())), (None, TaskKind::Ship));
    assert!(app.screen(100, 40).contains("The job waits for the drives"), "{}", app.screen(100, 40));

    let mut app = cancelling();
    app.answer(Slot::CancelJob, Ok(job("Creating")));
    assert_eq!(
        next(app.draft()),
        TaskKind::LookForCancellation,
        "the service took it and the job does not show it yet"
    );
    app.now += Duration::from_secs(10);
    app.send(Msg::Tick);
    app.answer(Slot::Job, Ok(asked()));
    assert_eq!((app.draft().journal.cancel, next(app.draft())), (None, TaskKind::AwaitCancellation));
}

#[test]
fn w88_a_refused_cancellation_leaves_no_note_but_that_of_an_earlier_one() {
    let refused = || Fault { kind: FaultKind::Conflict, ..Fault::local("cancel the job", "not in this state") };
    let mut app = cancelling();
    app.answer(Slot::CancelJob, Err(refused()));
    assert_eq!((app.draft().journal.cancel, next(app.draft())), (None, TaskKind::Ship));
    let mut app = cancelling();
    let first = app.now;
    app.answer(Slot::CancelJob, Err(Fault { unsettled: true, ..Fault::local("cancel the job", "lost") }));
    app.now += Duration::from_secs(60);
    app.key(Key::Char('x')).key(Key::Char('y')).answer(Slot::CancelJob, Err(refused()));
    assert_eq!(app.draft().journal.cancel, Some(first));
}

#[test]
fn w88_a_clock_set_back_does_not_keep_the_note_for_ever() {
    let mut app = cancelling();
    app.answer(Slot::CancelJob, Err(Fault { unsettled: true, ..Fault::local("cancel the job", "lost") }));
    app.now -= Duration::from_secs(90 * 24 * 3600);
    app.key(Key::Char('r')).answer(Slot::Job, Ok(job("Creating")));
    assert_eq!(app.draft().journal.cancel, Some(app.now));
    app.now += Duration::from_secs(16 * 60);
    app.key(Key::Char('r')).answer(Slot::Job, Ok(job("Creating")));
    assert_eq!(app.draft().journal.cancel, None);
}

#[test]
fn w88_a_cancellation_that_the_job_shows_is_remembered_without_a_sign_in() {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Creating"));
    app.answer(Slot::Job, Ok(asked()));
    says_nowhere_to_ship(app.draft());
    assert_eq!(next(app.draft()), TaskKind::AwaitCancellation);
    assert_eq!(progress(app.shared(), Step::Follow).summary, "being cancelled");
    let offline = AppHarness::with(Draft { step: Step::Follow, ..app.draft().clone() });
    assert!(offline.screen(100, 40).contains("Being cancelled"), "{}", offline.screen(100, 40));
}

#[test]
fn w51_a_decision_that_the_service_waits_for_is_remembered_without_a_sign_in() {
    let app = following(Job { resolutions: vec!["Resume".into()], ..data_box_job("DataCopy") });
    assert_eq!(next(app.draft()), TaskKind::Decide);
}
