//! Reading the review on a small screen: warnings come first, the word is asked for when they were in view, the focus is where it helps.

use blobfreight::app::Focus;
use blobfreight::app::key::{Key, KeyPress};
use blobfreight::app::protocol::{Reply, Slot};
use blobfreight::azure::model::Provider;
use blobfreight::select::Rule;
use blobfreight::wizard::Step;

use crate::desk::{Bench, full_draft};

/// On the review of a selection with several warnings, on a screen of this size.
fn on_review(columns: u16, rows: u16) -> Bench {
    let mut draft = full_draft(Step::Options);
    draft.selection.rules = std::sync::Arc::new(vec![
        Rule::Prefix("/".into()),
        Rule::Prefix("/foo".into()),
        Rule::Blob { path: "a/b".into(), snapshots: false },
    ]);
    let mut bench = Bench::signed_in(draft);
    bench.on_screen(columns, rows).ctrl('n');
    let provider = Provider { registration: "Registered".into(), api_versions: vec!["2021-01-01".into()] };
    bench.answer(Slot::Provider, Ok(Reply::Provider(provider)));
    assert_eq!(bench.step(), Step::Review);
    bench
}

fn screen(bench: &Bench) -> String {
    bench.frame().join("\n")
}

#[test]
fn w40_the_word_is_asked_for_once_every_warning_was_in_view() {
    let mut bench = on_review(40, 12);
    assert!(screen(&bench).contains("warnings below"), "{}", screen(&bench));
    bench.ctrl('n');
    assert!(bench.notice().contains("not in view yet"), "{}", bench.notice());
    bench.types("create").ctrl('n');
    assert!(bench.draft().journal.create.is_none(), "nothing is created unread");
    for _ in 0..60 {
        bench.key(Key::Down);
    }
    assert!(screen(&bench).contains("Type create"), "{}", screen(&bench));
    bench.types("create").ctrl('n');
    assert!(bench.draft().journal.create.is_some(), "{}\n{}", bench.notice(), screen(&bench));
}

#[test]
fn w40_a_jump_to_the_end_does_not_count_as_reading() {
    let mut bench = on_review(40, 12);
    bench.key(Key::End);
    assert!(screen(&bench).contains("more warnings to read") && screen(&bench).contains("above"), "{}", screen(&bench));
    bench.types("create").ctrl('n');
    assert!(bench.draft().journal.create.is_none());
}

#[test]
fn w39_the_focus_comes_back_to_the_answer_that_was_visited() {
    let mut bench = on_review(80, 24);
    bench.press(KeyPress::alt(Key::Char('6'))).ctrl('n');
    assert_eq!(bench.step(), Step::Review);
    let row = bench.frame().into_iter().find(|line| line.contains('›')).unwrap();
    assert!(row.contains("Return address"), "{}", screen(&bench));
    bench.key(Key::Enter);
    assert_eq!(bench.step(), Step::Review, "Enter goes on from there");
    assert!(bench.model.wizard.as_ref().unwrap().steps.review.is_on_word(), "{}", screen(&bench));
}

#[test]
fn w41_enter_held_reads_on_and_goes_round_in_no_circle() {
    for (columns, rows) in [(80, 24), (40, 12), (120, 40)] {
        let mut bench = on_review(columns, rows);
        for _ in 0..60 {
            bench.key(Key::Enter);
            assert_eq!(bench.step(), Step::Review, "{}", screen(&bench));
        }
        let wizard = bench.model.wizard.as_ref().unwrap();
        assert!(wizard.focus == Focus::Button || wizard.steps.review.is_on_word(), "{}", screen(&bench));
        assert!(bench.draft().journal.create.is_none());
    }
}

#[test]
fn w28_the_word_is_a_field_like_every_other() {
    let mut bench = on_review(120, 40);
    bench.key(Key::Tab).types("delete").ctrl('u').types("ate").key(Key::Home).paste("cre");
    let wizard = bench.model.wizard.as_ref().unwrap();
    assert_eq!(wizard.steps.review.word.value(), "create");
}
