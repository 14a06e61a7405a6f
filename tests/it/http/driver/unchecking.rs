//! The real loop unchecks a row among 200,000 siblings on the real thread, and answers keys meanwhile.

use std::sync::Arc;

use blobfreight::azure::model::{Access, BlobItem, Container, Entry, Page, StorageAccount};
use blobfreight::draft::{ChosenAccount, Draft, SignedIn};
use blobfreight::driver::backend::Backend;
use blobfreight::driver::live::LiveBackend;
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Call, Opening, Reply};
use blobfreight::protocol::step::Step;
use blobfreight::select::Rule;

use crate::http::driver::harness::{PendingCall, RunningSession, draft};
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

/// Answers every call until the uncheck; presses the keys of each pair once a frame shows its text.
async fn run_until_uncheck(session: &mut RunningSession, mut script: Vec<(&str, Vec<Key>)>) -> PendingCall {
    script.reverse();
    loop {
        tokio::select! {
            asked = session.asked.recv() => {
                let asked = asked.unwrap();
                match &asked.call {
                    Call::Uncheck(_) => return asked,
                    // The count of the selection is not under test: it never ends.
                    Call::Scan { .. } => std::mem::forget(asked),
                    call => {
                        let reply = reply(call);
                        asked.answer(Ok(reply));
                    }
                }
            }
            frame = session.frames.recv() => {
                let frame = frame.unwrap();
                if let Some((_, keys)) = script.pop_if(|(text, _)| frame.text.contains(*text)) {
                    for key in keys {
                        session.press(KeyPress::plain(key));
                    }
                }
            }
        }
    }
}

/// A session that unchecks the second blob and has listed all its siblings.
async fn unchecking() -> (RunningSession, PendingCall) {
    let mut session = RunningSession::start(Opening::Resume(blobfreight::draft::DraftId::parse("d1").unwrap()));
    let script =
        vec![("[x] c ", vec![Key::Down, Key::Right]), ("IMG_00000037.jpg", vec![Key::Down, Key::Down, Key::Char(' ')])];
    let asked = run_until_uncheck(&mut session, script).await;
    (session, asked)
}

#[tokio::test]
async fn t23_w34_one_of_200_000_siblings_is_unchecked_while_keys_are_answered() {
    let folder = tempfile::tempdir().unwrap();
    let live = Arc::new(LiveBackend::new(folder.path().to_owned(), 1.0));
    let (mut session, asked) = unchecking().await;
    let (call, progress) = (asked.call.clone(), Arc::clone(&asked.progress));
    let work = tokio::spawn(async move { live.call(call, progress).await });
    session.press(KeyPress::char('?'));
    session.shows("Keys that work here").await;
    session.press(KeyPress::char('?'));
    asked.answer(work.await.unwrap());
    session.shows("[ ] IMG_00000037.jpg").await;
}

#[tokio::test]
async fn t23_w34_ctrl_x_stops_the_request() {
    let (mut session, asked) = unchecking().await;
    session.press(KeyPress::ctrl('x'));
    asked.cancelled().await;
    session.shows("what was checked still is").await;
}
