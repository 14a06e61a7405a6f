//! The end of a session: what leaving waits for, how long, and which status it returns.

use std::sync::Arc;
use std::time::Duration;

use blobfreight::driver::leave::{LAST_WAIT, LastSave};
use blobfreight::protocol::key::KeyPress;
use blobfreight::protocol::message::{Call, Effect, Opening, Reply, RequestId, Slot};
use blobfreight::term::Signal;
use futures_util::stream;
use tokio::time::Instant;

use crate::http::driver::harness::{PendingCall, RunningSession, draft, session};

async fn open(session: &mut RunningSession) {
    let asked = session.asked().await;
    assert!(matches!(asked.call, Call::Drafts));
    asked.answer(Ok(Reply::Drafts(Vec::new())));
    let asked = session.asked().await;
    assert!(matches!(asked.call, Call::NewDraft { rehearsal: true }));
    asked.answer(Ok(Reply::Opened { draft: Box::new(draft("d1", "named")), read_only: None }));
    session.shows("Way to sign in").await;
}

#[tokio::test(start_paused = true)]
async fn w11_ctrl_c_leaves_with_the_draft_on_disk() {
    let mut session = RunningSession::start(Opening::Rehearse);
    open(&mut session).await;
    session.press(KeyPress::ctrl('c'));
    let ending = session.ended.await.unwrap();
    assert_eq!((ending.status, ending.draft, ending.unanswered), (0, LastSave::Done, false));
    let log = session.backend.log();
    assert!(log.iter().any(|line| line.starts_with("save d1 ")), "{log:?}");
}

#[tokio::test(start_paused = true)]
async fn a_signal_leaves_in_order_with_its_own_status() {
    for (signal, status) in [(Signal::Terminate, 143), (Signal::HangUp, 129), (Signal::Interrupt, 130)] {
        let mut session = RunningSession::start(Opening::Rehearse);
        open(&mut session).await;
        session.signal(signal);
        let ending = session.ended.await.unwrap();
        assert_eq!((ending.status, ending.draft), (status, LastSave::Done), "{signal:?}");
    }
}

/// A session that leaves while a write is under way.
async fn leaving_with_a_write(
    keys: Vec<KeyPress>,
) -> (PendingCall, tokio::task::JoinHandle<blobfreight::driver::leave::Ending<crate::http::driver::harness::FrameBuffer>>)
{
    let (mut session, _backend, mut asked, _frames) = session();
    let ship = Effect::Start { slot: Slot::Ship, id: RequestId(1), call: Call::Drafts };
    session.carry_out(vec![Effect::Save(Arc::new(draft("d", "x"))), ship]).await.unwrap();
    let ship = asked.recv().await.unwrap();
    let ended = tokio::spawn(async move {
        let keys = keys.into_iter().map(|key| Ok(blobfreight::term::Input::Key(key)));
        session.leave(&mut stream::iter(keys), &mut stream::pending()).await
    });
    (ship, ended)
}

#[tokio::test(start_paused = true)]
async fn w12_leaving_waits_two_seconds_at_most_for_the_answer_to_a_write() {
    let (ship, ended) = leaving_with_a_write(Vec::new()).await;
    let begun = Instant::now();
    let ending = ended.await.unwrap();
    assert!(ending.unanswered);
    assert_eq!((begun.elapsed().as_millis(), LAST_WAIT), (2_000, Duration::from_secs(2)));
    drop(ship);

    let (ship, ended) = leaving_with_a_write(Vec::new()).await;
    let begun = Instant::now();
    tokio::time::sleep(Duration::from_millis(300)).await;
    ship.answer(Ok(Reply::Job(None)));
    let ending = ended.await.unwrap();
    assert!(!ending.unanswered && begun.elapsed() < LAST_WAIT);
    assert_eq!(ending.draft, LastSave::Done);
}

#[tokio::test(start_paused = true)]
async fn w12_a_second_ctrl_c_while_leaving_ends_at_once() {
    let begun = Instant::now();
    let (_ship, ended) = leaving_with_a_write(vec![KeyPress::char('x'), KeyPress::ctrl('c')]).await;
    let ending = ended.await.unwrap();
    assert_eq!(ending.draft, LastSave::NotAwaited);
    assert!(begun.elapsed() < Duration::from_millis(100));
}
