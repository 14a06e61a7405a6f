//! What was said in passing can be read again, in full, also when it was too long for its place; a draft that is only looked at
//! says why.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so")]

#[path = "support/desk.rs"]
mod desk;

use blobfreight::app::key::Key;
use blobfreight::app::protocol::{Msg, Opening, Reply, Slot};
use blobfreight::azure::fault::Fault;
use blobfreight::draft::{DraftId, Unlocked};
use blobfreight::wizard::Step;
use desk::{Bench, account, full_draft, signed_in};

#[test]
fn w20_a_remark_that_is_gone_from_the_screen_is_on_the_page_of_messages() {
    let mut bench = Bench::signed_in(full_draft(Step::Review));
    bench.model.wizard.as_mut().unwrap().focus = blobfreight::app::Focus::Button;
    bench.on_screen(80, 24).key(Key::Enter);
    let said = bench.model.notice().unwrap().text.clone();
    bench.key(Key::Tab);
    assert!(bench.model.notice().is_none(), "the next key takes the remark off the screen");
    bench.key(Key::Char('!'));
    let page = bench.frame().join(" ");
    assert!(page.contains("Messages, newest first") && page.contains(&said), "{said} is not in {page}");
    bench.key(Key::Esc);
    assert!(bench.model.overlay.is_none(), "Esc closes the page");
}

#[test]
fn w20_the_whole_reason_why_a_draft_was_not_saved_can_be_read_on_a_small_screen() {
    let mut bench = Bench::signed_in(full_draft(Step::Account));
    let long = "the disk is full; ".repeat(20) + "and this is the end";
    bench.send(Msg::Saved(Err(Fault::local("save the draft", long))));
    bench.on_screen(40, 12).key(Key::Char('!'));
    let mut seen = String::new();
    for _ in 0..40 {
        seen += &bench.frame().join("\n");
        bench.key(Key::Down);
    }
    assert!(seen.contains("is the end"), "{seen}");
}

#[test]
fn an_empty_page_of_messages_says_so() {
    let mut bench = Bench::signed_in(full_draft(Step::Account));
    bench.on_screen(80, 24).key(Key::Char('!'));
    assert!(bench.frame().join(" ").contains("Nothing was said yet."));
}

#[test]
fn w20_a_draft_that_cannot_be_locked_says_why_at_once_and_wherever_it_refuses_a_change() {
    let why = Fault::local("lock the draft", "/data/a1.lock: it is a pipe").advise("Move it away.");
    let sentence = format!("This draft is open read-only. {why}");
    for (step, change) in [(Step::Blobs, 'a'), (Step::Drives, 'r'), (Step::Address, 'x'), (Step::Options, 'x')] {
        let mut bench = Bench::started(Opening::Resume(DraftId::parse("a1").unwrap()));
        let (draft, read_only) = (Box::new(full_draft(step)), Some(Unlocked::Failed(why.clone())));
        bench.answer(Slot::OpenDraft, Ok(Reply::Opened { draft, read_only }));
        assert_eq!(bench.notice(), sentence, "on {step:?}");
        bench.answer(Slot::SignIn, Ok(signed_in()));
        bench.answer(Slot::Account, Ok(Reply::Account(Box::new(account("mediaarchive", "westeurope")))));
        bench.key(Key::Char(change));
        assert!(bench.notice().ends_with(&sentence), "on {step:?}: {}", bench.notice());
        assert!(bench.screen(80, 24).contains("read only"));
        assert!(!bench.told().contains(&"save".to_owned()), "{:?}", bench.told());
    }
}
