//! Sign in, and the storage account with what is said for and against it.

use std::time::Duration;

use blobfreight::azure::cloud::Cloud;
use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::{BlobSettings, LifecycleRule, Permission, StorageAccount, Subscription};
use blobfreight::draft::Draft;
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Msg, ProgressEvent, Reply, Slot};
use blobfreight::protocol::step::Step;

use crate::pure::screens::{shows, shows_after};
use crate::support::app_harness::{AppHarness, account, empty_draft, full_draft, signed_in, subscription};

fn refused() -> Fault {
    let fault = Fault::local("sign in with the Azure CLI", "AADSTS50076: a second factor is needed");
    Fault {
        kind: FaultKind::Denied,
        status: Some(401),
        code: Some("invalid_grant".into()),
        request_id: Some("5f3c1d2e-901e-0042-7d11-8c9a1b000000".into()),
        ..fault.advise("Run `az login` in another window, then try again.")
    }
}

#[test]
fn signing_in() {
    shows("sign_in_open", || AppHarness::with(empty_draft()));
    shows_after(
        "sign_in_clouds",
        || AppHarness::with(empty_draft()),
        |app| {
            app.key(Key::Left);
        },
    );
    let asked = || {
        let mut app = AppHarness::with(empty_draft());
        app.key(Key::Enter);
        app
    };
    shows("sign_in_busy", asked);
    shows("sign_in_failed", || {
        let mut app = asked();
        app.answer(Slot::SignIn, Err(refused()));
        app
    });
    shows("sign_in_done", || AppHarness::signed_in(full_draft(Step::SignIn)));
}

#[test]
fn signing_in_to_a_rehearsal() {
    shows("sign_in_rehearsal", || {
        AppHarness::with(Draft::new(empty_draft().id, true, crate::support::app_harness::now()))
    });
}

/// On the account step, signed in, with no account chosen and nothing read.
fn unread() -> AppHarness {
    let draft = Draft { step: Step::Account, sign_in: full_draft(Step::Account).sign_in, ..empty_draft() };
    let mut app = AppHarness::with(draft);
    app.answer(Slot::SignIn, Ok(signed_in()));
    app
}

/// An account of every verdict.
fn accounts() -> Vec<StorageAccount> {
    let doubtful = StorageAccount {
        hierarchical: true,
        denies_by_default: true,
        trusts_services: false,
        shared_key: false,
        ..account("datalake", "westeurope")
    };
    let files = StorageAccount { kind: "FileStorage".into(), ..account("fileshares", "northeurope") };
    let longest = account("abcdefghijklmnopqrstuvwx", "southeastasia");
    vec![account("mediaarchive", "westeurope"), doubtful, files, longest]
}

fn read(draft: Option<Draft>) -> AppHarness {
    let mut app = draft.map_or_else(unread, AppHarness::signed_in);
    let second = Subscription { id: "s2".into(), name: "Research".into(), state: "Warned".into(), ..subscription() };
    app.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription(), second])));
    app.answer(Slot::Accounts, Ok(Reply::Accounts(accounts())));
    app
}

/// The cursor is on an account with doubts.
pub(super) fn doubtful() -> AppHarness {
    let mut app = read(None);
    app.key(Key::Tab).key(Key::Down);
    app
}

#[test]
fn choosing_an_account() {
    shows("account_reading", unread);
    shows("account_none", || {
        let mut app = unread();
        app.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(Vec::new())));
        app
    });
    shows("account_fine", || {
        let mut app = read(None);
        app.key(Key::Tab);
        app
    });
    shows("account_doubtful", doubtful);
    shows("account_blocked", || {
        let mut app = read(None);
        app.key(Key::Tab).key(Key::Down).key(Key::Down);
        app
    });
    shows("account_chosen", || read(Some(full_draft(Step::Account))));
}

/// The cursor has rested on an account, and what may be done with it is known.
fn with_rights(on_account: Permission, on_group: Result<Reply, Fault>) -> AppHarness {
    let mut app = read(None);
    app.key(Key::Tab);
    app.now += Duration::from_secs(1);
    app.send(Msg::Tick);
    app.answer(Slot::AccountRights, Ok(Reply::Permissions(vec![on_account].into())));
    app.answer(Slot::GroupRights, on_group);
    let rule =
        LifecycleRule { name: "tidy".into(), prefixes: vec!["footage/old".into()], archives: true, deletes: false };
    let settings = BlobSettings {
        versioning: Ok(true),
        immutable: Err("you are not allowed to look".into()),
        lifecycle: Ok(vec![rule]),
        replicated_into: Ok(Vec::new()),
    };
    app.answer(Slot::BlobSettings, Ok(Reply::BlobSettings(Box::new(settings))));
    app
}

#[test]
fn rights_to_an_account() {
    let reader = || Permission { actions: vec!["*/read".into()], ..Permission::default() };
    shows("account_rights_missing", || with_rights(reader(), Ok(Reply::Permissions(vec![reader()].into()))));
    shows("account_rights_unknown", || {
        let owner = Permission { actions: vec!["*".into()], ..Permission::default() };
        let denied = Fault::local("see what you may do at media-rg", "you may not read it");
        with_rights(owner, Err(Fault { kind: FaultKind::Denied, status: Some(403), ..denied }))
    });
}

#[test]
fn finding_an_account() {
    shows_after(
        "account_filter",
        || read(None),
        |app| {
            app.key(Key::Char('/'));
            let lab = account("researchlab", "koreasouth");
            app.answer(Slot::OtherAccounts, Ok(Reply::Accounts(vec![lab])));
            app.types("la");
        },
    );
}

#[test]
fn accounts_that_cannot_be_read() {
    shows("account_failed", || {
        let mut app = unread();
        let fault = Fault::local("list the subscriptions", "management.azure.com did not answer within 30 s");
        app.answer(Slot::Subscriptions, Err(Fault { kind: FaultKind::Offline, ..fault }));
        app
    });
    shows("account_waiting", || {
        let mut app = unread();
        let (slot, id) = (Slot::Subscriptions, app.current(Slot::Subscriptions));
        let (delay, reason) = (std::time::Duration::from_secs(12), "the service is busy (HTTP 429)".to_owned());
        app.send(Msg::Progress { slot, id, event: ProgressEvent::Waits { delay, reason, asked: true } });
        app
    });
}

#[test]
fn another_cloud() {
    shows("sign_in_other_cloud", || {
        let mut app = AppHarness::with(empty_draft());
        let china = Cloud::built_in().iter().position(|cloud| cloud.name != "public").unwrap();
        app.model.wizard.as_mut().unwrap().steps.signin.cloud = china;
        app
    });
}
