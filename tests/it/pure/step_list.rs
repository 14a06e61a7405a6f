//! The list of steps to go to, as a person uses it.

use crate::support::app_harness::{AppHarness, full_draft};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::step::Step;

#[test]
fn the_list_of_steps_takes_a_number_or_letters_and_goes_there() {
    let go = |typed: &str| {
        let mut app = AppHarness::signed_in(full_draft(Step::Address));
        app.on_screen(80, 24).key(Key::F(2)).types(typed).key(Key::Enter);
        app
    };
    for (typed, step) in [("8", Step::Review), ("1", Step::SignIn), ("blo", Step::Blobs), ("datac", Step::Address)] {
        assert_eq!(go(typed).step(), step, "{typed}");
    }
    // A step that is not open yet says why, as the steps at the top do.
    let app = go("keys");
    assert!(app.notice().contains("Keys cannot be opened yet"), "{}", app.notice());
    let app = go("nothing like it");
    assert!(app.model.overlay.is_some() && app.screen(80, 24).contains("No step has"), "{}", app.screen(80, 24));
}

#[test]
fn the_list_of_steps_moves_and_closes_and_changes_nothing_beneath() {
    let mut app = AppHarness::signed_in(full_draft(Step::Address));
    let before = app.on_screen(80, 24).draft().clone();
    let screen = app.screen(80, 24);
    app.ctrl('p');
    assert!(app.screen(80, 24).contains("›  5 ● Return address"), "{}", app.screen(80, 24));
    app.types("q?").key(Key::Esc);
    assert_eq!((app.screen(80, 24), app.draft()), (screen, &before));
    app.key(Key::F(2)).key(Key::Up).key(Key::Up).key(Key::Enter);
    assert_eq!(app.step(), Step::Blobs);
    // On a small screen every step comes into view.
    app.on_screen(40, 12).key(Key::F(2));
    for _ in 0..Step::ALL.len() {
        app.key(Key::Down);
    }
    assert!(app.screen(40, 12).contains("Keys"), "{}", app.screen(40, 12));
}
