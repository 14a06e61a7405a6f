//! What may be done with a job comes from the job: cancelling with a reason, deciding where the service waits. Each is asked first.

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::{Job, JobDrive};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Call, Effect, Reply, Slot};
use blobfreight::protocol::step::Step;

use crate::pure::steps_job::answers::data_box_job;
use crate::pure::steps_job::known;
use crate::pure::steps_job::stages::following;
use crate::support::app_harness::AppHarness;

fn reply(job: Job) -> Reply {
    Reply::Job(Some(Box::new(job)))
}

fn reason_sent(app: &AppHarness) -> Option<String> {
    app.effects.iter().find_map(|effect| match effect {
        Effect::Start { call: Call::UpdateJob { change, .. }, .. } => change.cancel.clone(),
        _ => None,
    })
}

/// What was told in the slots of a job's changes.
fn sent(app: &AppHarness) -> Vec<String> {
    let changes = ["CancelJob", "Mitigate", "DeleteJob", "RemoveLock"];
    app.told().into_iter().filter(|effect| changes.iter().any(|slot| effect.starts_with(slot))).collect()
}

#[test]
fn a_cancel_says_what_it_wipes_and_sends_the_offered_reason() {
    let mut app = following(data_box_job("AwaitingShipmentDetails"));
    app.key(Key::Char('x'));
    let screen = app.screen(100, 30);
    for words in
        ["Cancel the job?", "The export is no longer needed", "wipes name, telephone", "whose parcel was announced"]
    {
        assert!(screen.contains(words), "{words} is missing:\n{screen}");
    }
    app.key(Key::Char('y'));
    assert_eq!(reason_sent(&app).as_deref(), Some("The export is no longer needed"));
    app.answer(Slot::CancelJob, Ok(reply(data_box_job("Cancelled"))));
    assert!(app.notice().contains("Send no drives"), "{}", app.notice());
    assert!(!app.screen(100, 30).contains("x cancel"), "it is cancelled");
}

#[test]
fn another_reason_can_be_typed_and_letters_are_text_then() {
    let mut app = following(data_box_job("Created"));
    app.key(Key::Char('x')).key(Key::Char('r'));
    app.ctrl('u').types("no budget, query by quinn");
    app.key(Key::Enter);
    assert_eq!(sent(&app), Vec::<String>::new(), "Enter keeps the reason and sends nothing");
    assert!(app.screen(100, 30).contains("no budget, query by quinn"), "{}", app.screen(100, 30));
    app.key(Key::Char('y'));
    assert_eq!(reason_sent(&app).as_deref(), Some("no budget, query by quinn"));
    let mut app = following(data_box_job("Created"));
    app.key(Key::Char('x')).key(Key::Char('r'));
    app.ctrl('u').types("  ").key(Key::Enter).key(Key::Char('y'));
    assert_eq!(reason_sent(&app).as_deref(), Some("The export is no longer needed"), "never an empty one");
    let mut app = following(data_box_job("Created"));
    app.key(Key::Char('x')).key(Key::Char('r'));
    app.ctrl('u').types("dropped").key(Key::Esc);
    assert!(app.screen(100, 30).contains("The export is no longer needed"), "{}", app.screen(100, 30));
    app.key(Key::Esc);
    assert!(!app.screen(100, 30).contains("Cancel the job?"));
}

#[test]
fn a_service_that_takes_no_reason_is_not_told_one_on_the_screen() {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Creating"));
    app.key(Key::Char('x'));
    assert!(!app.screen(100, 30).contains("reason"), "{}", app.screen(100, 30));
    app.key(Key::Char('r')).key(Key::Char('y'));
    assert!(reason_sent(&app).is_some());
}

#[test]
fn a_job_the_service_does_not_let_be_cancelled_has_no_key_for_it_and_an_open_question_sends_nothing() {
    let mut app = following(data_box_job("ShippedToAzureDC"));
    app.key(Key::Char('x'));
    assert!(!app.screen(100, 30).contains("Cancel the job?"));
    let mut app = following(data_box_job("AwaitingShipmentDetails"));
    app.key(Key::Char('r')).key(Key::Char('x'));
    app.answer(Slot::Job, Ok(reply(data_box_job("ShippedToAzureDC"))));
    app.key(Key::Char('y'));
    assert_eq!(sent(&app), Vec::<String>::new());
    assert!(app.notice().contains("does not allow that any more"), "{}", app.notice());
}

fn waiting() -> Job {
    let drive = |id: &str, words: &[&str]| JobDrive {
        id: id.into(),
        copy_status: Some("InProgress".into()),
        resolutions: words.iter().map(|word| (*word).to_owned()).collect(),
        ..JobDrive::default()
    };
    let drives =
        vec![drive("WX11", &[]), drive("WX12", &["Resume", "MoveToCleanUpDevice"]), drive("WX13", &["Juggle", "None"])];
    Job { resolutions: vec!["Restart".into()], drives, ..data_box_job("DataCopy") }
}

#[test]
fn only_what_the_service_offers_is_asked_each_with_what_it_means() {
    let mut app = following(waiting());
    assert!(app.screen(100, 40).contains("The service waits for you"), "{}", app.screen(100, 40));
    let mut asked = Vec::new();
    for _ in 0..5 {
        app.key(Key::Char('a'));
        let screen = app.screen(120, 40);
        let line = screen.lines().find(|line| line.contains("Tell the service")).unwrap_or_default();
        asked.push(
            line.split("Tell the service ")
                .nth(1)
                .and_then(|rest| rest.split('?').next())
                .unwrap_or_default()
                .to_owned(),
        );
    }
    assert_eq!(
        asked,
        [
            "Restart for the whole job",
            "Resume for the drive WX12",
            "MoveToCleanUpDevice for the drive WX12",
            "Juggle for the drive WX13",
            "Restart for the whole job"
        ]
    );
    app.key(Key::Char('a'));
    assert!(app.screen(120, 40).contains("go on where it stopped"));
    app.key(Key::Char('y'));
    let Some(Effect::Start { call: Call::Mitigate { drive, resolution, .. }, .. }) = app.effects.last() else {
        panic!("{:?}", app.effects)
    };
    assert_eq!((drive.as_deref(), resolution.as_str()), (Some("WX12"), "Resume"));
    let mut after = waiting();
    after.drives[1].resolutions.clear();
    app.answer(Slot::Mitigate, Ok(reply(after)));
    assert!(app.notice().contains("took Resume; the job, read after it, is in DataCopy"), "{}", app.notice());
}

#[test]
fn the_drive_under_the_cursor_is_asked_about_first_and_an_open_result_is_said() {
    let mut app = following(waiting());
    app.on_screen(100, 60).key(Key::Down).key(Key::Down).key(Key::Down).key(Key::Char('a'));
    assert!(app.screen(120, 40).contains("Tell the service Juggle for the drive WX13"), "{}", app.screen(120, 40));
    assert!(app.screen(120, 40).contains("No document explains this word"));
    app.key(Key::Char('y')).answer(Slot::Mitigate, Ok(reply(waiting())));
    assert!(app.notice().contains("still offers it"), "{}", app.notice());
    app.key(Key::Char('a')).key(Key::Char('y'));
    let broke = Fault::local("tell the service", "the connection broke");
    app.answer(Slot::Mitigate, Err(Fault { kind: FaultKind::Offline, unsettled: true, ..broke }));
    assert!(app.told().contains(&"Job Job".to_owned()), "the job says what became of it: {:?}", app.told());
    assert!(app.screen(120, 60).contains("may have taken it"), "{}", app.screen(120, 60));
}
