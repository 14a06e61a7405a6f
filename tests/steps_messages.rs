//! What was said in passing can be read again, in full, also when it was too long for its place.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so")]

#[path = "support/desk.rs"]
mod desk;

use blobfreight::app::key::Key;
use blobfreight::app::protocol::Msg;
use blobfreight::azure::fault::Fault;
use blobfreight::wizard::Step;
use desk::{Bench, full_draft};

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
