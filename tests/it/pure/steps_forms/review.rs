//! The review as a person meets it: rows that lead to their step and back, and a job that is created once and never by accident.

use std::sync::Arc;

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::{Offer, ServiceName};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::select::Rule;

use crate::support::app_harness::{AppHarness, full_draft, offers, signed_in};

/// A full draft on its review, in a subscription that may create jobs.
fn at_review() -> AppHarness {
    let mut app = AppHarness::signed_in(full_draft(Step::Review));
    app.answer(Slot::Services, Ok(offers(ServiceName::ImportExport, &Offer::Offered)));
    app
}

/// Reads to the end, types the word, and presses the button.
fn create(app: &mut AppHarness) {
    app.key(Key::End).ctrl('n').types("create").ctrl('n');
}

/// What was asked of the service for the job, in order.
fn asked_for_the_job(app: &AppHarness) -> Vec<&str> {
    app.asked.iter().filter_map(|asked| asked.strip_prefix("Create ")).collect()
}

#[test]
fn w39_enter_on_a_row_opens_its_step_and_next_or_back_lead_to_the_review_again() {
    let mut app = at_review();
    while !app.painted(80, 24).0.iter().any(|line| line.contains('›') && line.contains("Return address")) {
        app.key(Key::Down);
    }
    app.key(Key::Enter);
    assert_eq!(app.step(), Step::Address);
    app.ctrl('n');
    assert_eq!(app.step(), Step::Review);
    app.press(KeyPress::alt(Key::Char('7')));
    assert_eq!(app.step(), Step::Options);
    app.alt(Key::Left);
    assert_eq!(app.step(), Step::Review);
}

#[test]
fn w39_a_new_user_reads_on_the_review_how_an_answer_is_edited_and_its_number_does_it() {
    for (columns, rows) in [(80, 24), (40, 12)] {
        let mut app = at_review();
        app.on_screen(columns, rows);
        assert!(app.frame().join(" ").replace("  ", " ").contains("Enter on a row, or its"), "{:#?}", app.frame());
        while !app.frame().iter().any(|line| line.contains("› 5")) {
            app.key(Key::Down);
        }
        let hints = app.frame().pop().unwrap();
        assert!(hints.contains("Enter edit"), "{hints}");
        app.types("7");
        assert_eq!(app.step(), Step::Options);
        app.alt(Key::Left);
        assert!(app.frame().iter().any(|line| line.contains("› 7")), "{:#?}", app.frame());
        app.key(Key::End).ctrl('n').types("7");
        assert_eq!(app.step(), Step::Review, "a digit in the field for the word is text");
    }
}

#[test]
fn w41_enter_held_through_the_whole_wizard_creates_nothing() {
    let mut app = at_review();
    for _ in 0..100 {
        app.key(Key::Enter);
    }
    create_is_not_asked_for(&app);
    app.key(Key::End).ctrl('n').types("creat").key(Key::Enter).key(Key::Enter);
    create_is_not_asked_for(&app);
}

fn create_is_not_asked_for(app: &AppHarness) {
    assert_eq!(asked_for_the_job(app), Vec::<&str>::new());
    assert!(app.draft().journal.create.is_none(), "nothing is noted as about to be sent");
}

#[test]
fn w42_pressed_twice_one_create_is_sent_and_a_lost_answer_is_looked_up_first() {
    let mut app = at_review();
    create(&mut app);
    app.ctrl('n').ctrl('n');
    assert_eq!(asked_for_the_job(&app), ["FindJob"], "the service is asked for the job first, and once");
    app.answer(Slot::Create, Ok(Reply::Job(None)));
    app.ctrl('n');
    assert_eq!(asked_for_the_job(&app), ["FindJob", "CreateJob"]);
    app.answer(
        Slot::Create,
        Err(Fault {
            kind: FaultKind::Offline,
            unsettled: true,
            ..Fault::local("create the job", "the connection broke")
        }),
    );
    app.ctrl('t');
    assert_eq!(
        asked_for_the_job(&app),
        ["FindJob", "CreateJob", "FindJob"],
        "nothing is sent again before it was looked for"
    );
}

#[test]
fn w39_a_draft_resumed_at_its_review_is_read_from_the_top_and_enter_leads_to_no_step() {
    let mut draft = full_draft(Step::Review);
    draft.selection.rules = Arc::new((1..=9).map(|day| Rule::Prefix(format!("/footage/day-{day}/"))).collect());
    let account = draft.account.clone().unwrap().account;
    let mut app = AppHarness::with(draft);
    app.on_screen(60, 15);
    assert_eq!(app.model.view().drawn().top, 0, "{}", app.frame().join("\n"));
    app.answer(Slot::SignIn, Ok(signed_in()));
    app.answer(Slot::Account, Ok(Reply::Account(Box::new(account))));
    let frame = app.frame().join("\n");
    assert!(!frame.contains('›'), "signed in and nothing missing, no answer has the focus:\n{frame}");
    assert_eq!(app.model.view().drawn().top, 0, "{frame}");
    for _ in 0..10 {
        app.key(Key::Enter);
        assert_eq!(app.step(), Step::Review);
    }
}

#[test]
fn w39_a_row_that_a_person_went_to_while_the_sign_in_was_under_way_keeps_the_focus() {
    let draft = full_draft(Step::Review);
    let account = draft.account.clone().unwrap().account;
    let mut app = AppHarness::with(draft);
    app.on_screen(80, 24);
    let on_location = |app: &AppHarness| app.frame().iter().any(|line| line.contains('›') && line.contains("Location"));
    while !on_location(&app) {
        app.key(Key::Down);
    }
    app.answer(Slot::SignIn, Ok(signed_in()));
    app.answer(Slot::Account, Ok(Reply::Account(Box::new(account))));
    assert!(on_location(&app), "{}", app.frame().join("\n"));
}

#[test]
fn w30_a_long_selection_says_how_many_of_its_rules_are_not_listed() {
    let mut draft = full_draft(Step::Review);
    let rules = (1..=62).map(|day| Rule::Prefix(format!("/footage/day-{day:02}/")));
    draft.selection.rules = Arc::new(rules.collect());
    let mut app = AppHarness::signed_in(draft);
    let screen = app.on_screen(80, 24).screen(120, 200);
    assert!(screen.contains("everything under /footage/day-50/"), "{screen}");
    assert!(!screen.contains("day-51"), "{screen}");
    assert!(screen.contains("and 12 more, listed on the Blobs step (p)"), "{screen}");
}

#[test]
fn w40_warnings_that_were_paged_through_are_read_and_the_word_is_asked_for() {
    for key in [Key::PageDown, Key::Down, Key::Enter] {
        let mut app = at_review();
        app.on_screen(40, 12);
        assert!(!app.screen(40, 200).contains("Type create"), "{}", app.screen(40, 200));
        for _ in 0..30 {
            app.key(key);
        }
        let page = app.screen(40, 200);
        assert!(page.contains("Type create") && !page.contains("to read before"), "{key:?}\n{page}");
    }
}

#[test]
fn the_word_has_the_sign_of_the_focus_like_every_other_field() {
    let mut app = at_review();
    app.on_screen(80, 24).key(Key::End);
    app.ctrl('n');
    let word = |app: &AppHarness| app.frame().into_iter().find(|line| line.contains("Type create")).unwrap();
    assert!(word(&app).contains("› Type create"), "{}", app.frame().join("\n"));
    app.key(Key::BackTab);
    assert!(app.frame().iter().filter(|line| line.contains("› ")).all(|line| !line.contains("Type create")));
}
