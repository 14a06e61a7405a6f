//! A row among 200,000 siblings is unchecked by the real loop and on the real thread; keys are answered meanwhile.

use std::sync::Arc;

use blobfreight::azure::model::{Access, BlobItem, Container, Entry, Page, StorageAccount};
use blobfreight::draft::{ChosenAccount, Draft, SignedIn};
use blobfreight::driver::backend::Backend;
use blobfreight::driver::live::LiveBackend;
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Call, Opening, Reply};
use blobfreight::protocol::step::Step;
use blobfreight::select::Rule;

use crate::http::driver::script::{Asked, Play, draft};
use crate::support::app_harness::{self, identity, subscription};

const SIBLINGS: usize = 200_000;
const PAGE: usize = 5_000;

fn account() -> StorageAccount {
    app_harness::account("media", "westeurope")
}

/// On the blobs step with the container checked.
fn on_blobs() -> Draft {
    let account = account();
    let mut draft = draft("d1", "");
    draft.step = Step::Blobs;
    draft.sign_in = Some(SignedIn { cloud: "public".into(), tenant: None, identity: identity() });
    draft.account = Some(ChosenAccount { subscription: subscription(), account: account.clone() });
    draft.selection.rules = Arc::new(vec![Rule::Prefix("/c/".into())]);
    draft.selection.account = Some(account.id);
    draft
}

fn name(index: usize) -> String {
    format!("IMG_{:08}.jpg", index * 37)
}

fn page(marker: Option<&str>) -> Page<Entry> {
    let start: usize = marker.map_or(0, |marker| marker.parse().unwrap());
    let end = (start + PAGE).min(SIBLINGS);
    let item = |index| Entry::Blob(Box::new(BlobItem { name: name(index), ..BlobItem::default() }));
    Page { items: (start..end).map(item).collect(), next: (end < SIBLINGS).then(|| end.to_string()) }
}

fn reply(call: &Call) -> Reply {
    match call {
        Call::OpenDraft(_) => Reply::Opened { draft: Box::new(on_blobs()), read_only: None },
        Call::SignIn { .. } => app_harness::signed_in(),
        Call::Account(_) => Reply::Account(Box::new(account())),
        Call::Access(_) => Reply::Access(Access::EntraToken),
        Call::Containers { .. } => Reply::Containers(Page {
            items: vec![Container { name: "c".into(), last_modified: String::new() }],
            next: None,
        }),
        Call::Entries { marker, .. } => Reply::Entries(page(marker.as_deref())),
        other => panic!("not expected: {other:?}"),
    }
}

/// Answers everything until the rules are asked for; each text is waited for before the keys after it are pressed.
async fn play_until_the_rules(play: &mut Play, mut script: Vec<(&str, Vec<Key>)>) -> Asked {
    script.reverse();
    loop {
        tokio::select! {
            asked = play.asked.recv() => {
                let asked = asked.unwrap();
                match &asked.call {
                    Call::Uncheck(_) => return asked,
                    // The count of what is checked is another step's business.
                    Call::Scan { .. } => std::mem::forget(asked),
                    call => {
                        let reply = reply(call);
                        asked.answer(Ok(reply));
                    }
                }
            }
            frame = play.frames.recv() => {
                let frame = frame.unwrap();
                if let Some((_, keys)) = script.pop_if(|(text, _)| frame.text.contains(*text)) {
                    for key in keys {
                        play.press(KeyPress::plain(key));
                    }
                }
            }
        }
    }
}

/// The second blob is being unchecked, and all its siblings were listed for that.
async fn unchecking() -> (Play, Asked) {
    let mut play = Play::start(Opening::Resume(blobfreight::draft::DraftId::parse("d1").unwrap()));
    let script =
        vec![("[x] c ", vec![Key::Down, Key::Right]), ("IMG_00000037.jpg", vec![Key::Down, Key::Down, Key::Char(' ')])];
    let asked = play_until_the_rules(&mut play, script).await;
    (play, asked)
}

#[tokio::test]
async fn t23_w34_one_of_200_000_siblings_is_unchecked_while_keys_are_answered() {
    let folder = tempfile::tempdir().unwrap();
    let live = Arc::new(LiveBackend::new(folder.path().to_owned(), 1.0));
    let (mut play, asked) = unchecking().await;
    let (call, tell) = (asked.call.clone(), Arc::clone(&asked.tell));
    let work = tokio::spawn(async move { live.call(call, tell).await });
    play.press(KeyPress::char('?'));
    play.shows("Keys that work here").await;
    play.press(KeyPress::char('?'));
    asked.answer(work.await.unwrap());
    play.shows("[ ] IMG_00000037.jpg").await;
}

#[tokio::test]
async fn t23_ctrl_x_stops_the_request() {
    let (mut play, asked) = unchecking().await;
    play.press(KeyPress::ctrl('x'));
    asked.given_up().await;
    play.shows("what was checked still is").await;
}
