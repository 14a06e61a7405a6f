//! An account whose blobs are said to be at a server outside the cloud: what is asked, what a yes and a no do, how long they hold.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

#[path = "support/desk.rs"]
mod desk;

use std::collections::BTreeSet;

use blobfreight::app::key::Key;
use blobfreight::app::protocol::{Effect, Msg, Opening, Reply, Slot};
use blobfreight::azure::model::{Container, Page, StorageAccount};
use blobfreight::draft::{AccountServer, Draft, Unlocked};
use blobfreight::wizard::Step;
use desk::{Bench, account, full_draft, signed_in, subscription};

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
fn asked() -> Bench {
    let mut bench = Bench::signed_in(draft(Step::Blobs));
    bench.on_screen(80, 24);
    bench
}

fn is_asked(bench: &Bench) -> bool {
    bench.screen(80, 24).contains("Send the sign-in there? y yes, n no")
}

/// What was asked of the account's blobs.
fn data_calls(bench: &Bench) -> Vec<&String> {
    let of_blobs = ["Listing", "Scan", "Access", "Details", "Count"];
    bench.asked.iter().filter(|call| of_blobs.iter().any(|slot| call.starts_with(slot))).collect()
}

fn read(bench: &mut Bench, account: StorageAccount) {
    bench.answer(Slot::Account, Ok(Reply::Account(Box::new(account))));
}

fn listed() -> Reply {
    let media = Container { name: "media".into(), last_modified: String::new() };
    Reply::Containers(Page { items: vec![media], next: None })
}

#[test]
fn a_server_outside_the_cloud_is_shown_with_its_account_and_nothing_is_asked_of_it() {
    let bench = asked();
    let screen = bench.screen(80, 24);
    for part in ["mediaarchive", ELSEWHERE, "Azure (public)", "sign-in token", "y yes, n no"] {
        assert!(screen.contains(part), "{part} is missing:\n{screen}");
    }
    assert!(data_calls(&bench).is_empty(), "{:?}", bench.asked);
}

#[test]
fn after_a_yes_the_server_is_permitted_before_the_first_listing_and_the_answer_is_in_the_draft() {
    let mut bench = asked();
    bench.types("y");
    assert_eq!(bench.told(), ["save", "permit", "Listing(0) Containers"]);
    assert!(matches!(&bench.effects[1], Effect::Permit(endpoint) if endpoint.starts_with(ELSEWHERE)));
    let allowed = AccountServer { account: bench.desk().account_id().unwrap().into(), server: ELSEWHERE.into() };
    assert_eq!(bench.draft().allowed_server, Some(allowed));
    bench.answer(Slot::Listing(0), Ok(listed()));
    assert!(bench.screen(80, 24).contains("▸ [ ] media"), "{}", bench.screen(80, 24));
}

#[test]
fn after_a_no_nothing_is_sent_the_step_says_so_and_ctrl_t_asks_again() {
    for no in [Key::Char('n'), Key::Esc] {
        let mut bench = asked();
        bench.key(no);
        assert_eq!(bench.step(), Step::Blobs);
        let screen = bench.screen(80, 24);
        assert!(!is_asked(&bench) && screen.contains("You said no") && screen.contains(ELSEWHERE), "{screen}");
        bench.types("y").key(Key::Enter).alt(Key::Right);
        assert!(bench.notice().contains("not allowed"), "{}", bench.notice());
        bench.send(Msg::Tick).ctrl('t');
        assert!(is_asked(&bench), "{}", bench.screen(80, 24));
        assert!(data_calls(&bench).is_empty() && bench.draft().allowed_server.is_none(), "{:?}", bench.asked);
        bench.types("y");
        assert_eq!(bench.told(), ["save", "permit", "Listing(0) Containers"]);
    }
}

#[test]
fn a_no_leaves_the_way_to_another_account_open() {
    let mut bench = asked();
    bench.key(Key::Esc).alt(Key::Char('2'));
    let lab = account("medialab", "eastus");
    bench.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription()])));
    bench.answer(Slot::Accounts, Ok(Reply::Accounts(vec![moved(ELSEWHERE), lab])));
    bench.key(Key::Down).key(Key::Down).key(Key::Enter);
    assert_eq!(bench.step(), Step::Blobs);
    assert!(!is_asked(&bench) && bench.told().contains(&"Listing(0) Containers".to_owned()), "{:?}", bench.told());
}

#[test]
fn a_resumed_draft_permits_the_server_again_before_anything_is_listed_or_counted() {
    for (step, first) in [(Step::Blobs, "Listing(0) Containers"), (Step::Drives, "Scan Scan")] {
        let mut kept = draft(step);
        kept.allowed_server = AccountServer::of(&kept.account.as_ref().unwrap().account.id, ELSEWHERE);
        let mut bench = Bench::with(kept);
        bench.answer(Slot::SignIn, Ok(signed_in()));
        assert!(data_calls(&bench).is_empty(), "the account is not read yet: {:?}", bench.asked);
        read(&mut bench, moved(ELSEWHERE));
        let told: Vec<String> = bench.told().into_iter().filter(|word| word != "save").collect();
        assert_eq!(told, ["permit", first], "on {step:?}");
    }
}

#[test]
fn another_server_or_another_account_is_asked_about_anew() {
    let mut bench = asked();
    bench.types("y").answer(Slot::Listing(0), Ok(listed()));
    let others = ["https://blob.elsewhere.example:8443", "https://x.blob.elsewhere.example", "https://evil.example"];
    for other in others {
        let mut bench = Bench::with(bench.draft().clone());
        bench.answer(Slot::SignIn, Ok(signed_in()));
        read(&mut bench, moved(other));
        bench.alt(Key::Char('3'));
        assert!(is_asked(&bench) && bench.screen(80, 24).contains(other), "{}", bench.screen(80, 24));
        assert!(data_calls(&bench).is_empty(), "{:?}", bench.asked);
    }
    let mut kept = bench.draft().clone();
    let lab = StorageAccount { blob_endpoint: moved(ELSEWHERE).blob_endpoint, ..account("medialab", "eastus") };
    kept.step = Step::Blobs;
    kept.worked_on = None;
    kept.account.as_mut().unwrap().account = lab;
    let bench = Bench::signed_in(kept);
    assert!(is_asked(&bench) && data_calls(&bench).is_empty(), "{:?}", bench.asked);
}

#[test]
fn a_server_that_changes_while_the_tree_is_open_stops_the_listing_until_a_yes() {
    let mut bench = Bench::signed_in(full_draft(Step::Blobs));
    bench.answer(Slot::Listing(0), Ok(listed()));
    bench.send(Msg::Tick);
    // Signing in again reads the account again.
    bench.alt(Key::Char('1')).key(Key::Down).key(Key::Enter).alt(Key::Char('3'));
    bench.answer(Slot::SignIn, Ok(signed_in()));
    let before = data_calls(&bench).len();
    read(&mut bench, moved(ELSEWHERE));
    assert!(is_asked(&bench), "{}", bench.screen(80, 24));
    bench.key(Key::Down).key(Key::Right).types("r").send(Msg::Tick);
    assert_eq!(data_calls(&bench).len(), before, "{:?}", bench.asked);
}

#[test]
fn the_question_takes_the_focus_from_the_rail_and_can_be_read_to_its_end_on_a_small_screen() {
    let mut bench = Bench::with(draft(Step::Blobs));
    bench.on_screen(40, 12);
    bench.press(blobfreight::app::key::KeyPress::plain(Key::BackTab));
    bench.answer(Slot::SignIn, Ok(signed_in()));
    read(&mut bench, moved(ELSEWHERE));
    let mut seen: BTreeSet<String> = bench.frame().into_iter().collect();
    for _ in 0..30 {
        bench.key(Key::Down);
        seen.extend(bench.frame());
    }
    let seen = seen.into_iter().collect::<Vec<_>>().join("\n");
    for part in ["mediaarchive", "blob.elsewhere", "y yes, n no"] {
        assert!(seen.contains(part), "{part} is missing:\n{seen}");
    }
    bench.types("y");
    assert!(bench.told().contains(&"permit".to_owned()), "{:?}", bench.told());
}

#[test]
fn a_yes_for_a_draft_that_is_only_looked_at_lists_the_blobs_and_is_not_said_to_be_kept() {
    let look = draft(Step::Blobs);
    let mut bench = Bench::started(Opening::Resume(look.id.clone()));
    let read_only = Some(Unlocked::ToLook);
    bench.answer(Slot::OpenDraft, Ok(Reply::Opened { draft: Box::new(look), read_only }));
    bench.answer(Slot::SignIn, Ok(signed_in()));
    read(&mut bench, moved(ELSEWHERE));
    assert!(is_asked(&bench) && !bench.screen(80, 24).contains("kept in the draft"), "{}", bench.screen(80, 24));
    bench.types("y");
    assert_eq!(bench.told(), ["permit", "Listing(0) Containers"]);
}

#[test]
fn the_review_names_what_the_answer_holds_up() {
    let mut bench = Bench::signed_in(draft(Step::Review));
    bench.on_screen(80, 24);
    assert!(bench.screen(80, 24).contains("allow the server of the blobs"), "{}", bench.screen(80, 24));
    bench.alt(Key::Char('4'));
    assert!(data_calls(&bench).is_empty(), "{:?}", bench.asked);
    assert!(bench.screen(80, 40).contains("allow the server"), "{}", bench.screen(80, 40));
}
