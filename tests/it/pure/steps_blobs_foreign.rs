//! An account whose blobs are said to be at a server outside the cloud: what is asked, what a yes and a no do, how long they hold.

use std::collections::BTreeSet;

use crate::support::app_harness::{AppHarness, account, full_draft, signed_in, subscription};
use blobfreight::azure::model::{Container, Page, StorageAccount};
use blobfreight::draft::{AccountServer, Draft, Unlocked};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Effect, Msg, Opening, Reply, Slot};
use blobfreight::protocol::step::Step;

const ELSEWHERE: &str = "https://blob.elsewhere.example";

/// The account as Resource Manager reports it, at another server.
fn moved(server: &str) -> StorageAccount {
    StorageAccount { blob_endpoint: format!("{server}/mediaarchive/"), ..account("mediaarchive", "westeurope") }
}

fn draft(step: Step) -> Draft {
    let mut draft = full_draft(step);
    draft.account.as_mut().unwrap().account = moved(ELSEWHERE);
    draft
}

/// Signed in on the blobs step, with the question on screen.
fn asked() -> AppHarness {
    let mut app = AppHarness::signed_in(draft(Step::Blobs));
    app.on_screen(80, 24);
    app
}

fn is_asked(app: &AppHarness) -> bool {
    app.screen(80, 24).contains("Send the sign-in there? y yes, n no")
}

/// What was asked of the account's blobs.
fn data_calls(app: &AppHarness) -> Vec<&String> {
    let of_blobs = ["Listing", "Scan", "Access", "Details", "Count"];
    app.asked.iter().filter(|call| of_blobs.iter().any(|slot| call.starts_with(slot))).collect()
}

fn read(app: &mut AppHarness, account: StorageAccount) {
    app.answer(Slot::Account, Ok(Reply::Account(Box::new(account))));
}

fn listed() -> Reply {
    let media = Container { name: "media".into(), last_modified: String::new() };
    Reply::Containers(Page { items: vec![media], next: None })
}

#[test]
fn a_server_outside_the_cloud_is_shown_with_its_account_and_nothing_is_asked_of_it() {
    let app = asked();
    let screen = app.screen(80, 24);
    for part in ["mediaarchive", ELSEWHERE, "Azure (public)", "sign-in token", "y yes, n no"] {
        assert!(screen.contains(part), "{part} is missing:\n{screen}");
    }
    assert!(data_calls(&app).is_empty(), "{:?}", app.asked);
}

#[test]
fn after_a_yes_the_server_is_permitted_before_the_first_listing_and_the_answer_is_in_the_draft() {
    let mut app = asked();
    app.types("y");
    assert_eq!(app.told(), ["save", "permit", "Listing(0) Containers"]);
    assert!(matches!(&app.effects[1], Effect::Permit(endpoint) if endpoint.starts_with(ELSEWHERE)));
    let allowed = AccountServer { account: app.shared().account_id().unwrap().into(), server: ELSEWHERE.into() };
    assert_eq!(app.draft().allowed_server, Some(allowed));
    app.answer(Slot::Listing(0), Ok(listed()));
    assert!(app.screen(80, 24).contains("▸ [ ] media"), "{}", app.screen(80, 24));
}

#[test]
fn after_a_no_nothing_is_sent_the_step_says_so_and_ctrl_t_asks_again() {
    for no in [Key::Char('n'), Key::Esc] {
        let mut app = asked();
        app.key(no);
        assert_eq!(app.step(), Step::Blobs);
        let screen = app.screen(80, 24);
        assert!(!is_asked(&app) && screen.contains("You said no") && screen.contains(ELSEWHERE), "{screen}");
        app.types("y").key(Key::Enter).alt(Key::Right);
        assert!(app.notice().contains("not allowed"), "{}", app.notice());
        app.send(Msg::Tick).ctrl('t');
        assert!(is_asked(&app), "{}", app.screen(80, 24));
        assert!(data_calls(&app).is_empty() && app.draft().allowed_server.is_none(), "{:?}", app.asked);
        app.types("y");
        assert_eq!(app.told(), ["save", "permit", "Listing(0) Containers"]);
    }
}

#[test]
fn a_no_leaves_the_way_to_another_account_open() {
    let mut app = asked();
    app.key(Key::Esc).alt(Key::Char('2'));
    let lab = account("medialab", "eastus");
    app.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription()])));
    app.answer(Slot::Accounts, Ok(Reply::Accounts(vec![moved(ELSEWHERE), lab])));
    app.key(Key::Down).key(Key::Down).key(Key::Enter);
    assert_eq!(app.step(), Step::Blobs);
    assert!(!is_asked(&app) && app.told().contains(&"Listing(0) Containers".to_owned()), "{:?}", app.told());
}

#[test]
fn a_resumed_draft_permits_the_server_again_before_anything_is_listed_or_counted() {
    for (step, first) in [(Step::Blobs, "Listing(0) Containers"), (Step::Drives, "Scan Scan")] {
        let mut kept = draft(step);
        kept.allowed_server = AccountServer::of(&kept.account.as_ref().unwrap().account.id, ELSEWHERE);
        let mut app = AppHarness::with(kept);
        app.answer(Slot::SignIn, Ok(signed_in()));
        assert!(data_calls(&app).is_empty(), "the account is not read yet: {:?}", app.asked);
        read(&mut app, moved(ELSEWHERE));
        let told: Vec<String> = app.told().into_iter().filter(|word| word != "save").collect();
        assert_eq!(told, ["permit", first], "on {step:?}");
    }
}

#[test]
fn another_server_or_another_account_is_asked_about_anew() {
    let mut app = asked();
    app.types("y").answer(Slot::Listing(0), Ok(listed()));
    let others = ["https://blob.elsewhere.example:8443", "https://x.blob.elsewhere.example", "https://evil.example"];
    for other in others {
        let mut app = AppHarness::with(app.draft().clone());
        app.answer(Slot::SignIn, Ok(signed_in()));
        read(&mut app, moved(other));
        app.alt(Key::Char('3'));
        assert!(is_asked(&app) && app.screen(80, 24).contains(other), "{}", app.screen(80, 24));
        assert!(data_calls(&app).is_empty(), "{:?}", app.asked);
    }
    let mut kept = app.draft().clone();
    let lab = StorageAccount { blob_endpoint: moved(ELSEWHERE).blob_endpoint, ..account("medialab", "eastus") };
    kept.step = Step::Blobs;
    kept.worked_on = None;
    kept.account.as_mut().unwrap().account = lab;
    let app = AppHarness::signed_in(kept);
    assert!(is_asked(&app) && data_calls(&app).is_empty(), "{:?}", app.asked);
}

#[test]
fn a_server_that_changes_while_the_tree_is_open_stops_the_listing_until_a_yes() {
    let mut app = AppHarness::signed_in(full_draft(Step::Blobs));
    app.answer(Slot::Listing(0), Ok(listed()));
    app.send(Msg::Tick);
    // Signing in again reads the account again.
    app.alt(Key::Char('1')).key(Key::Down).key(Key::Enter).alt(Key::Char('3'));
    app.answer(Slot::SignIn, Ok(signed_in()));
    let before = data_calls(&app).len();
    read(&mut app, moved(ELSEWHERE));
    assert!(is_asked(&app), "{}", app.screen(80, 24));
    app.key(Key::Down).key(Key::Right).types("r").send(Msg::Tick);
    assert_eq!(data_calls(&app).len(), before, "{:?}", app.asked);
}

#[test]
fn the_question_takes_the_focus_from_the_rail_and_can_be_read_to_its_end_on_a_small_screen() {
    let mut app = AppHarness::with(draft(Step::Blobs));
    app.on_screen(40, 12);
    app.press(blobfreight::protocol::key::KeyPress::plain(Key::BackTab));
    app.answer(Slot::SignIn, Ok(signed_in()));
    read(&mut app, moved(ELSEWHERE));
    let mut seen: BTreeSet<String> = app.frame().into_iter().collect();
    for _ in 0..30 {
        app.key(Key::Down);
        seen.extend(app.frame());
    }
    let seen = seen.into_iter().collect::<Vec<_>>().join("\n");
    for part in ["mediaarchive", "blob.elsewhere", "y yes, n no"] {
        assert!(seen.contains(part), "{part} is missing:\n{seen}");
    }
    app.types("y");
    assert!(app.told().contains(&"permit".to_owned()), "{:?}", app.told());
}

#[test]
fn a_yes_for_a_draft_that_is_only_looked_at_lists_the_blobs_and_is_not_said_to_be_kept() {
    let look = draft(Step::Blobs);
    let mut app = AppHarness::started(Opening::Resume(look.id.clone()));
    let read_only = Some(Unlocked::ToLook);
    app.answer(Slot::OpenDraft, Ok(Reply::Opened { draft: Box::new(look), read_only }));
    app.answer(Slot::SignIn, Ok(signed_in()));
    read(&mut app, moved(ELSEWHERE));
    assert!(is_asked(&app) && !app.screen(80, 24).contains("kept in the draft"), "{}", app.screen(80, 24));
    app.types("y");
    assert_eq!(app.told(), ["permit", "Listing(0) Containers"]);
}

#[test]
fn the_review_names_what_the_answer_holds_up() {
    let mut app = AppHarness::signed_in(draft(Step::Review));
    app.on_screen(80, 24);
    assert!(app.screen(80, 24).contains("allow the server of the blobs"), "{}", app.screen(80, 24));
    app.alt(Key::Char('4'));
    assert!(data_calls(&app).is_empty(), "{:?}", app.asked);
    assert!(app.screen(80, 40).contains("allow the server"), "{}", app.screen(80, 40));
}
