//! What was said in passing can be read again, in full, also when it was too long for its place; a draft that is only looked at
//! says why.
use crate::support::app_harness::{AppHarness, account, full_draft, signed_in};
use blobfreight::azure::fault::Fault;
use blobfreight::draft::{DraftId, Unlocked};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Msg, Opening, Reply, Slot};
use blobfreight::protocol::step::Step;

#[test]
fn w20_a_remark_that_is_gone_from_the_screen_is_on_the_page_of_messages() {
    let mut app = AppHarness::signed_in(full_draft(Step::Review));
    app.model.wizard.as_mut().unwrap().focus = blobfreight::app::Focus::Button;
    app.on_screen(80, 24).key(Key::Enter);
    let said = app.model.notice().unwrap().text.clone();
    app.key(Key::Tab);
    assert!(app.model.notice().is_none(), "the next key takes the remark off the screen");
    app.key(Key::Char('!'));
    let page = app.frame().join(" ");
    assert!(page.contains("Messages, newest first") && page.contains(&said), "{said} is not in {page}");
    app.key(Key::Esc);
    assert!(app.model.overlay.is_none(), "Esc closes the page");
}

#[test]
fn w20_the_whole_reason_why_a_draft_was_not_saved_can_be_read_on_a_small_screen() {
    let mut app = AppHarness::signed_in(full_draft(Step::Account));
    let long = "the disk is full; ".repeat(20) + "and this is the end";
    app.send(Msg::Saved(Err(Fault::local("save the draft", long))));
    app.on_screen(40, 12).key(Key::Char('!'));
    let mut seen = String::new();
    for _ in 0..40 {
        seen += &app.frame().join("\n");
        app.key(Key::Down);
    }
    assert!(seen.contains("is the end"), "{seen}");
}

#[test]
fn an_empty_page_of_messages_says_so() {
    let mut app = AppHarness::signed_in(full_draft(Step::Account));
    app.on_screen(80, 24).key(Key::Char('!'));
    assert!(app.frame().join(" ").contains("Nothing was said yet."));
}

#[test]
fn w20_a_draft_that_cannot_be_locked_says_why_at_once_and_wherever_it_refuses_a_change() {
    let why = Fault::local("lock the draft", "/data/a1.lock: it is a pipe").advise("Move it away.");
    let sentence = format!("This draft is open read-only. {why}");
    for (step, change) in [(Step::Blobs, 'a'), (Step::Drives, 'r'), (Step::Address, 'x'), (Step::Options, 'x')] {
        let mut app = AppHarness::started(Opening::Resume(DraftId::parse("a1").unwrap()));
        let (draft, read_only) = (Box::new(full_draft(step)), Some(Unlocked::Failed(why.clone())));
        app.answer(Slot::OpenDraft, Ok(Reply::Opened { draft, read_only }));
        assert_eq!(app.notice(), sentence, "on {step:?}");
        app.answer(Slot::SignIn, Ok(signed_in()));
        app.answer(Slot::Account, Ok(Reply::Account(Box::new(account("mediaarchive", "westeurope")))));
        app.key(Key::Char(change));
        assert!(app.notice().ends_with(&sentence), "on {step:?}: {}", app.notice());
        assert!(app.screen(80, 24).contains("read only"));
        assert!(!app.told().contains(&"save".to_owned()), "{:?}", app.told());
    }
}
