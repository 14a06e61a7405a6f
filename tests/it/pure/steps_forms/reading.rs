//! Reading the review on a small screen: warnings come first, the word is asked for when they were in view, the focus is where it helps.

use blobfreight::app::Focus;
use blobfreight::azure::model::{Offer, ServiceName};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::Slot;
use blobfreight::protocol::step::Step;
use blobfreight::select::Rule;

use crate::support::app_harness::{AppHarness, full_draft, offers};

/// On the review of a selection with several warnings, on a screen of this size.
fn on_review(columns: u16, rows: u16) -> AppHarness {
    let mut draft = full_draft(Step::Options);
    draft.selection.rules = std::sync::Arc::new(vec![
        Rule::Prefix("/".into()),
        Rule::Prefix("/foo".into()),
        Rule::Blob { path: "a/b".into(), snapshots: false },
    ]);
    let mut app = AppHarness::signed_in(draft);
    app.on_screen(columns, rows).ctrl('n');
    app.answer(Slot::Services, Ok(offers(ServiceName::ImportExport, &Offer::Offered)));
    assert_eq!(app.step(), Step::Review);
    app
}

fn screen(app: &AppHarness) -> String {
    app.frame().join("\n")
}

#[test]
fn w40_the_word_is_asked_for_once_every_warning_was_in_view() {
    let mut app = on_review(40, 12);
    assert!(screen(&app).contains("warnings below"), "{}", screen(&app));
    app.ctrl('n');
    assert!(app.notice().contains("not in view yet"), "{}", app.notice());
    app.types("create").ctrl('n');
    assert!(app.draft().journal.create.is_none(), "nothing is created unread");
    for _ in 0..120 {
        app.key(Key::Down);
    }
    assert!(screen(&app).contains("Type create"), "{}", screen(&app));
    app.types("create").ctrl('n');
    assert!(app.draft().journal.create.is_some(), "{}\n{}", app.notice(), screen(&app));
}

#[test]
fn w40_a_jump_to_the_end_does_not_count_as_reading() {
    let mut app = on_review(40, 12);
    app.key(Key::End);
    assert!(screen(&app).contains("more warnings to read") && screen(&app).contains("above"), "{}", screen(&app));
    app.types("create").ctrl('n');
    assert!(app.draft().journal.create.is_none());
}

#[test]
fn w39_the_focus_comes_back_to_the_answer_that_was_visited() {
    let mut app = on_review(80, 24);
    app.press(KeyPress::alt(Key::Char('5'))).ctrl('n');
    assert_eq!(app.step(), Step::Review);
    let row = app.frame().into_iter().find(|line| line.contains('›')).unwrap();
    assert!(row.contains("Return address"), "{}", screen(&app));
    app.key(Key::Enter);
    assert_eq!(app.step(), Step::Review, "Enter goes on from there");
    assert!(app.model.wizard.as_ref().unwrap().steps.review.is_on_word(), "{}", screen(&app));
}

#[test]
fn w41_enter_held_reads_on_and_goes_round_in_no_circle() {
    for (columns, rows) in [(80, 24), (40, 12), (120, 40)] {
        let mut app = on_review(columns, rows);
        for _ in 0..60 {
            app.key(Key::Enter);
            assert_eq!(app.step(), Step::Review, "{}", screen(&app));
        }
        let wizard = app.model.wizard.as_ref().unwrap();
        assert!(wizard.focus == Focus::Button || wizard.steps.review.is_on_word(), "{}", screen(&app));
        assert!(app.draft().journal.create.is_none());
    }
}

#[test]
fn w28_the_word_is_a_field_like_every_other() {
    let mut app = on_review(120, 40);
    app.key(Key::Tab).types("delete").ctrl('u').types("ate").key(Key::Home).paste("cre");
    let wizard = app.model.wizard.as_ref().unwrap();
    assert_eq!(wizard.steps.review.word.value(), "create");
}
