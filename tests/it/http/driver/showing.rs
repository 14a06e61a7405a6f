//! When a frame is drawn, and that none is drawn without an event.

use std::time::Duration;

use blobfreight::driver::event_loop::FRAME;
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Opening, Reply};

use crate::http::driver::harness::{RunningSession, settle};

#[tokio::test(start_paused = true)]
async fn w01_the_first_frame_is_drawn_before_the_first_request() {
    let mut session = RunningSession::start(Opening::Start);
    let _drafts = session.asked().await;
    assert_eq!(session.backend.log()[..2], ["frame", "call"]);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_drawn_while_nothing_happens() {
    let mut session = RunningSession::start(Opening::Start);
    session.asked().await.answer(Ok(Reply::Drafts(Vec::new())));
    settle().await;
    while session.frames.try_recv().is_ok() {}
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert!(session.frames.try_recv().is_err(), "a frame was drawn for no reason");
}

#[tokio::test(start_paused = true)]
async fn a_key_is_drawn_at_once_and_a_flood_of_keys_a_frame_at_a_time() {
    let mut session = RunningSession::start(Opening::Start);
    session.asked().await.answer(Ok(Reply::Drafts(Vec::new())));
    settle().await;
    while session.frames.try_recv().is_ok() {}
    let pressed = tokio::time::Instant::now();
    for _ in 0..200 {
        session.press(KeyPress::plain(Key::Down));
    }
    let first = session.frames.recv().await.unwrap();
    assert_eq!(first.at, pressed, "the first key waited");
    settle().await;
    let mut last = first.at;
    let mut frames = 1;
    while let Ok(frame) = session.frames.try_recv() {
        assert!(frame.at - last >= FRAME, "two frames within {:?}", frame.at - last);
        last = frame.at;
        frames += 1;
    }
    assert!(frames <= 3, "{frames} frames for one burst");
}

#[tokio::test(start_paused = true)]
async fn w35_the_spinner_of_a_slow_request_turns_without_any_event() {
    let mut session = RunningSession::start(Opening::Start);
    let _slow = session.asked().await;
    let begun = session.frames.recv().await.unwrap().at;
    let next = session.frames.recv().await.unwrap().at;
    assert!(next - begun >= Duration::from_millis(100), "a spinner after {:?}", next - begun);
    assert!(session.frames.recv().await.unwrap().at > next, "and it turns");
}
