//! A job is deleted once it was asked, the intention is on disk before it is sent, and it is followed to its end also by the next session.

use std::time::Duration;

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::draft::{Draft, Intention};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Call, Effect, Msg, ProgressEvent, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::wizard::rail::progress;
use blobfreight::wizard::steps::follow::WITHOUT_KEYS;

use crate::pure::steps_job::answers::data_box_job;
use crate::pure::steps_job::stages::following;
use crate::pure::steps_job::{job, known};
use crate::support::app_harness::AppHarness;

fn deleting() -> AppHarness {
    let mut app = following(data_box_job("Completed"));
    app.key(Key::Char('d')).types(WITHOUT_KEYS).key(Key::Enter);
    app
}

fn unconfirmed(draft: &Draft) -> Draft {
    let delete = draft.journal.delete.map(|delete| Intention { confirmed: false, ..delete });
    let mut draft = draft.clone();
    draft.journal.delete = delete;
    draft
}

#[test]
fn it_is_asked_first_and_says_that_unsaved_keys_go_with_it() {
    let mut app = following(data_box_job("Completed"));
    app.key(Key::Char('d'));
    let screen = app.screen(100, 30);
    assert!(
        screen.contains("Delete the job export-media without its keys?") && screen.contains("were not saved here"),
        "{screen}"
    );
    assert!(
        screen.contains("ten minutes") && screen.contains("lock on the storage account, if it is there, stays"),
        "{screen}"
    );
    app.key(Key::Esc);
    assert!(app.draft().journal.delete.is_none() && !app.screen(100, 30).contains("Delete the job"));
    let mut app = following(data_box_job("DataCopy"));
    app.key(Key::Char('d'));
    assert!(!app.screen(100, 30).contains("Delete the job"), "the service does not allow it");
}

#[test]
fn the_intention_is_on_disk_before_the_job_is_deleted_and_confirmed_when_it_is_gone() {
    let mut app = deleting();
    assert_eq!((app.told()[0].as_str(), app.told().last().unwrap().as_str()), ("save", "DeleteJob DeleteJob"));
    let Effect::Save(saved) = &app.effects[0] else { panic!("{:?}", app.effects) };
    assert_eq!(saved.journal.delete, Some(Intention { at: app.now, confirmed: false }));
    assert_eq!(progress(app.shared(), Step::Follow).summary, "being deleted");
    app.key(Key::Char('d')).key(Key::Char('y'));
    assert!(app.told().is_empty(), "pressed twice it is sent once: {:?}", app.told());
    app.answer(Slot::DeleteJob, Ok(Reply::Deleted));
    assert!(app.draft().journal.delete.is_some_and(|delete| delete.confirmed));
    let screen = app.screen(100, 30);
    assert!(screen.contains("You deleted job export-media"), "{screen}");
    assert_eq!(progress(app.shared(), Step::Follow).summary, "deleted");
}

#[test]
fn the_wait_is_told_on_screen() {
    let mut app = deleting();
    let id = app.current(Slot::DeleteJob);
    app.now += Duration::from_secs(125);
    let event = ProgressEvent::Waits {
        delay: Duration::from_secs(10),
        reason: "the service is deleting the job".into(),
        asked: true,
    };
    app.send(Msg::Progress { slot: Slot::DeleteJob, id, event });
    let screen = app.screen(100, 30);
    assert!(screen.contains("Deleting the job") && screen.contains("wait 10 s"), "{screen}");
    assert!(screen.contains("Begun 2 min ago"), "{screen}");
}

#[test]
fn after_a_crash_the_next_session_reads_the_job_until_it_is_gone_and_says_who_deleted_it() {
    let draft = unconfirmed(deleting().draft());
    let mut app = AppHarness::signed_in(draft);
    assert!(!app.asked.iter().any(|effect| effect.starts_with("DeleteJob")), "{:?}", app.asked);
    app.answer(Slot::Job, Ok(Reply::Job(Some(Box::new(data_box_job("Completed"))))));
    let screen = app.screen(100, 30);
    assert!(screen.contains("Deleting the job was asked for") && screen.contains("still has it"), "{screen}");
    app.now += Duration::from_secs(10);
    app.send(Msg::Tick);
    assert!(app.told().contains(&"Job Job".to_owned()), "{:?}", app.told());
    app.answer(Slot::Job, Ok(Reply::Job(None)));
    assert!(app.screen(100, 30).contains("You asked to delete job export-media"), "{}", app.screen(100, 30));
}

#[test]
fn a_lost_answer_keeps_the_note_and_a_refusal_does_not() {
    let mut app = deleting();
    let broke = Fault::local("delete the job", "the connection broke");
    app.answer(Slot::DeleteJob, Err(Fault { kind: FaultKind::Offline, unsettled: true, ..broke }));
    assert!(app.draft().journal.delete.is_some_and(|delete| !delete.confirmed));
    assert!(app.told().contains(&"Job Job".to_owned()), "{:?}", app.told());
    let mut app = deleting();
    let refused = Fault { kind: FaultKind::Conflict, ..Fault::local("delete the job", "it is still being copied") };
    app.answer(Slot::DeleteJob, Err(refused));
    assert_eq!(app.draft().journal.delete, None);
    app.answer(Slot::Job, Ok(Reply::Job(None)));
    let screen = app.screen(100, 30);
    assert!(!screen.contains("You deleted") && screen.contains("has been gone since"), "{screen}");
}

#[test]
fn the_classic_service_deletes_too_and_names_no_lock() {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Completed"));
    app.answer(Slot::Job, Ok(job("Completed")));
    app.key(Key::Char('d'));
    assert!(!app.screen(100, 30).contains("lock on the storage account"), "{}", app.screen(100, 30));
    app.types(WITHOUT_KEYS).key(Key::Enter);
    assert!(matches!(app.effects.last(), Some(Effect::Start { call: Call::DeleteJob(_), .. })), "{:?}", app.effects);
}

#[test]
fn w42_what_is_to_be_typed_stands_in_view_above_its_field_at_every_size() {
    for size in [(40, 12), (80, 24), (120, 40)] {
        let mut app = following(data_box_job("Completed"));
        app.key(Key::Char('d')).types("delete w");
        let screen = app.on_screen(size.0, size.1).frame().join("\n");
        // Where there is room the steps stand to the left of the page.
        let page = screen.lines().map(|line| line.rsplit('│').next().unwrap_or_default());
        let words = page.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
        let question = "Delete the job export-media without its keys? Type \"delete without keys\": delete w";
        assert!(words.contains(question), "{size:?}:\n{screen}");
    }
}
