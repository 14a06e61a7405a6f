//! When a draft reaches the disk, and which requests wait for it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use blobfreight::azure::model::JobAddress;
use blobfreight::driver::executor::{Executor, Gate};
use blobfreight::driver::saver::Saver;
use blobfreight::protocol::message::{Call, Effect, Msg, RequestId, Slot};
use futures_util::FutureExt;
use tokio::sync::mpsc;

use crate::http::driver::harness::{ScriptedBackend, draft, session, settle};

fn job() -> JobAddress {
    JobAddress {
        service: blobfreight::azure::model::ServiceName::ImportExport,
        subscription: "s".into(),
        resource_group: "g".into(),
        name: "j".into(),
    }
}

fn saved(msg: Option<Msg>) -> bool {
    match msg {
        Some(Msg::Saved(outcome)) => outcome.is_ok(),
        other => panic!("not about saving: {other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn typing_is_one_write_of_the_newest_draft_within_a_second() {
    let (backend, _asked) = ScriptedBackend::new();
    let (sender, mut answers) = mpsc::unbounded_channel();
    let saver = Saver::start(Arc::clone(&backend), sender);
    for key in 0..20 {
        saver.save(Arc::new(draft("d", &format!("name{key}"))));
    }
    let begun = tokio::time::Instant::now();
    assert!(saved(answers.recv().await));
    assert!(begun.elapsed() < Duration::from_secs(1), "w15: a kill loses less than a second");
    settle().await;
    assert_eq!(backend.log(), ["save d name19"]);
}

#[tokio::test(start_paused = true)]
async fn w20_a_save_that_failed_is_reported_and_tried_again_with_the_next_change() {
    let (backend, _asked) = ScriptedBackend::new();
    let (sender, mut answers) = mpsc::unbounded_channel();
    let saver = Saver::start(Arc::clone(&backend), sender);
    backend.disk_full.store(true, Ordering::SeqCst);
    saver.save(Arc::new(draft("d", "one")));
    assert!(!saved(answers.recv().await));
    assert!(saver.settle().await.is_err(), "it is still not on disk");
    backend.disk_full.store(false, Ordering::SeqCst);
    assert!(saver.settle().await.is_ok());
    assert_eq!(backend.log(), ["save d one"]);
}

#[tokio::test(start_paused = true)]
async fn another_draft_never_takes_the_place_of_one_that_waits() {
    let (backend, _asked) = ScriptedBackend::new();
    let saver = Saver::start(Arc::clone(&backend), mpsc::unbounded_channel().0);
    saver.save(Arc::new(draft("first", "a")));
    saver.save(Arc::new(draft("second", "b")));
    saver.close();
    assert!(saver.settle().await.is_ok());
    assert_eq!(backend.log(), ["save first a", "save second b", "close"]);
}

#[tokio::test(start_paused = true)]
async fn a_write_is_sent_after_the_draft_that_goes_with_it_is_on_disk() {
    let (mut session, backend, mut asked, _frames) = session();
    let create = Effect::Start { slot: Slot::Create, id: RequestId(1), call: Call::Job(job()) };
    session.carry_out(vec![Effect::Save(Arc::new(draft("d", "intended"))), create]).await.unwrap();
    let _create = asked.recv().await.unwrap();
    assert_eq!(backend.log(), ["save d intended", "call"]);
}

#[tokio::test(start_paused = true)]
async fn a_write_is_not_sent_when_its_draft_could_not_be_saved() {
    let (backend, mut asked) = ScriptedBackend::new();
    let (sender, mut answers) = mpsc::unbounded_channel();
    let saver = Saver::start(Arc::clone(&backend), sender.clone());
    let mut executor = Executor::new(Arc::clone(&backend), sender);
    backend.disk_full.store(true, Ordering::SeqCst);
    saver.save(Arc::new(draft("d", "intended")));
    let gate = Gate { settled: saver.settle().boxed(), required: true };
    executor.start(Slot::Create, RequestId(7), Call::Job(job()), Some(gate));
    assert!(!saved(answers.recv().await));
    let Some(Msg::Done { slot: Slot::Create, id: RequestId(7), outcome: Err(fault) }) = answers.recv().await else {
        panic!("the write was not refused");
    };
    assert!(fault.to_string().contains("the draft could not be saved, so nothing was sent"), "{fault}");
    assert!(fault.to_string().contains("the disk is full"), "{fault}");
    assert!(asked.try_recv().is_err(), "nothing was sent");
}

#[tokio::test(start_paused = true)]
async fn the_drafts_are_listed_after_the_open_one_is_written_and_closed() {
    let (mut session, backend, mut asked, _frames) = session();
    let list = Effect::Start { slot: Slot::Drafts, id: RequestId(1), call: Call::Drafts };
    let effects = vec![Effect::Save(Arc::new(draft("d", "last"))), Effect::CloseDraft, list];
    session.carry_out(effects).await.unwrap();
    let _list = asked.recv().await.unwrap();
    assert_eq!(backend.log(), ["save d last", "close", "call"]);
}

#[tokio::test(start_paused = true)]
async fn the_draft_is_on_disk_before_the_shell_gets_the_terminal() {
    let (mut session, backend, _asked, _frames) = session();
    session.carry_out(vec![Effect::Save(Arc::new(draft("d", "half"))), Effect::Suspend]).await.unwrap();
    assert_eq!(backend.log(), ["save d half", "suspend"]);
}
