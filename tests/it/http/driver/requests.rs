//! One request a slot, six listings at once, answers that come too late.

use std::sync::Arc;
use std::time::Duration;

use blobfreight::azure::model::JobAddress;
use blobfreight::driver::executor::{Executor, MAX_LISTINGS};
use blobfreight::protocol::key::KeyPress;
use blobfreight::protocol::message::{Call, Msg, Opening, ProgressEvent, Reply, RequestId, Slot};
use tokio::sync::mpsc;

use crate::http::driver::harness::{RunningSession, ScriptedBackend, noon, settle};
use crate::support::listed;

fn listed(account: &str) -> Reply {
    let draft = listed::ready(blobfreight::protocol::step::Step::Blobs, account, None, None);
    Reply::Drafts(vec![listed::entry("d1", noon(), listed::row(draft))])
}

#[tokio::test(start_paused = true)]
async fn a_request_is_cancelled_before_the_same_one_is_sent_again() {
    let mut session = RunningSession::start(Opening::Start);
    let first = session.asked().await;
    session.press(KeyPress::char('r'));
    let second = session.asked().await;
    first.cancelled().await;
    second.answer(Ok(listed("mediaarchive")));
    session.shows("mediaarchive").await;
}

#[tokio::test(start_paused = true)]
async fn w38_an_answer_that_comes_after_its_request_was_replaced_changes_nothing() {
    let mut session = RunningSession::start(Opening::Start);
    let first = session.asked().await;
    // The answer waits in the queue when the key arrives, and the key is handled first.
    first.answer(Ok(listed("outdated")));
    session.press(KeyPress::char('r'));
    let second = session.asked().await;
    settle().await;
    second.answer(Ok(listed("mediaarchive")));
    while let Some(frame) = session.frames.recv().await {
        assert!(!frame.text.contains("outdated"), "{}", frame.text);
        if frame.text.contains("mediaarchive") {
            return;
        }
    }
    panic!("the newer answer was never shown");
}

#[tokio::test(start_paused = true)]
async fn six_listings_are_under_way_at_once_and_nothing_else_waits_for_them() {
    let (backend, mut asked) = ScriptedBackend::new();
    let mut executor = Executor::new(backend, mpsc::unbounded_channel().0);
    for node in 0..10_u32 {
        executor.start(Slot::Listing(node), RequestId(u64::from(node)), Call::Drafts, None);
    }
    let mut under_way = Vec::new();
    for _ in 0..MAX_LISTINGS {
        under_way.push(asked.recv().await.unwrap());
    }
    settle().await;
    assert!(asked.try_recv().is_err(), "a seventh listing went out");
    executor.start(Slot::Job, RequestId(99), Call::Subscriptions, None);
    assert!(matches!(asked.recv().await.unwrap().call, Call::Subscriptions));
    under_way.pop().unwrap().answer(Ok(Reply::Uploaded("a.xml".into())));
    assert!(matches!(asked.recv().await.unwrap().call, Call::Drafts), "the next listing");
    executor.cancel(Slot::Listing(0));
    under_way.remove(0).cancelled().await;
    assert!(matches!(asked.recv().await.unwrap().call, Call::Drafts), "and the next");
}

#[tokio::test(start_paused = true)]
async fn a_write_that_was_sent_is_never_cancelled() {
    let (backend, mut asked) = ScriptedBackend::new();
    let (sender, mut answers) = mpsc::unbounded_channel();
    let mut executor = Executor::new(backend, sender);
    let job = JobAddress {
        service: blobfreight::azure::model::ServiceName::ImportExport,
        subscription: "s1".into(),
        resource_group: "media-rg".into(),
        name: "media".into(),
    };
    executor.start(Slot::Ship, RequestId(1), Call::Job(job), None);
    let ship = asked.recv().await.unwrap();
    executor.cancel(Slot::Ship);
    executor.cancel_reads();
    settle().await;
    assert!(executor.is_writing());
    ship.answer(Ok(Reply::Job(None)));
    assert!(matches!(answers.recv().await, Some(Msg::Done { slot: Slot::Ship, id: RequestId(1), outcome: Ok(_) })));
}

#[tokio::test(start_paused = true)]
async fn an_answer_of_the_wrong_kind_is_shown_as_a_mistake_of_the_program() {
    let mut session = RunningSession::start(Opening::Start);
    session.asked().await.answer(Ok(Reply::Locations(Vec::new())));
    session.shows("mistake of its own").await;
}

#[tokio::test(start_paused = true)]
async fn a_write_with_an_answer_of_the_wrong_kind_may_have_happened() {
    let (backend, mut asked) = ScriptedBackend::new();
    let (sender, mut answers) = mpsc::unbounded_channel();
    let mut executor = Executor::new(Arc::clone(&backend), sender);
    executor.start(Slot::Split, RequestId(5), Call::AddDrafts(Vec::new()), None);
    asked.recv().await.unwrap().answer(Ok(Reply::Locations(Vec::new())));
    let Some(Msg::Done { outcome: Err(fault), .. }) = answers.recv().await else { panic!("it was taken") };
    assert!(fault.unsettled && fault.to_string().contains("Locations"), "{fault}");
}

#[tokio::test(start_paused = true)]
async fn a_wait_before_the_next_try_is_a_message_with_slot_and_id() {
    let (backend, mut asked) = ScriptedBackend::new();
    let (sender, mut answers) = mpsc::unbounded_channel();
    let mut executor = Executor::new(Arc::clone(&backend), sender);
    executor.start(Slot::Locations, RequestId(5), Call::Drafts, None);
    let asked = asked.recv().await.unwrap();
    let (delay, reason) = (Duration::from_secs(9), "the service asked to slow down".into());
    (asked.progress)(ProgressEvent::Waits { delay, reason, asked: true });
    let Some(Msg::Progress {
        slot: Slot::Locations,
        id: RequestId(5),
        event: ProgressEvent::Waits { delay, reason, asked: true },
    }) = answers.recv().await
    else {
        panic!("no progress message came");
    };
    assert_eq!((delay.as_secs(), reason.as_str()), (9, "the service asked to slow down"));
    asked.answer(Ok(Reply::Locations(Vec::new())));
}
