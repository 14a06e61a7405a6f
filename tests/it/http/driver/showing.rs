//! When a frame is drawn, and when nothing at all happens.

use std::time::Duration;

use blobfreight::driver::session::FRAME;
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Opening, Reply};

use crate::http::driver::script::{Play, settle};

#[tokio::test(start_paused = true)]
async fn w01_the_first_frame_is_drawn_before_the_world_is_asked_anything() {
    let mut play = Play::start(Opening::Start);
    let _drafts = play.asked().await;
    assert_eq!(play.script.log()[..2], ["frame", "call"]);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_drawn_while_nothing_happens() {
    let mut play = Play::start(Opening::Start);
    play.asked().await.answer(Ok(Reply::Drafts(Vec::new())));
    settle().await;
    while play.frames.try_recv().is_ok() {}
    tokio::time::sleep(Duration::from_secs(3600)).await;
    assert!(play.frames.try_recv().is_err(), "a frame was drawn for no reason");
}

#[tokio::test(start_paused = true)]
async fn a_key_is_drawn_at_once_and_a_flood_of_keys_a_frame_at_a_time() {
    let mut play = Play::start(Opening::Start);
    play.asked().await.answer(Ok(Reply::Drafts(Vec::new())));
    settle().await;
    while play.frames.try_recv().is_ok() {}
    let pressed = tokio::time::Instant::now();
    for _ in 0..200 {
        play.press(KeyPress::plain(Key::Down));
    }
    let first = play.frames.recv().await.unwrap();
    assert_eq!(first.at, pressed, "the first key waited");
    settle().await;
    let mut last = first.at;
    let mut frames = 1;
    while let Ok(frame) = play.frames.try_recv() {
        assert!(frame.at - last >= FRAME, "two frames within {:?}", frame.at - last);
        last = frame.at;
        frames += 1;
    }
    assert!(frames <= 3, "{frames} frames for one burst");
}

#[tokio::test(start_paused = true)]
async fn w35_a_request_that_lasts_shows_that_it_does_by_time_alone() {
    let mut play = Play::start(Opening::Start);
    let _slow = play.asked().await;
    let begun = play.frames.recv().await.unwrap().at;
    let next = play.frames.recv().await.unwrap().at;
    assert!(next - begun >= Duration::from_millis(100), "a spinner after {:?}", next - begun);
    assert!(play.frames.recv().await.unwrap().at > next, "and it turns");
}
