//! What a person may do with an account, the filter over all accounts, and the only account that chooses itself: answers in, screen out.

use std::time::Duration;

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::{
    BlobSettings, DenyAssignment, LifecycleRule, Permission, ScopeRights, ServiceName, StorageAccount, Subscription,
};
use blobfreight::draft::Draft;
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Call, Effect, Msg, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::wizard::steps::account::network;

use crate::support::app_harness::{AppHarness, account, empty_draft, full_draft, signed_in, subscription};

fn at_the_step() -> AppHarness {
    let draft = Draft { step: Step::Account, sign_in: full_draft(Step::Account).sign_in, ..empty_draft() };
    let mut app = AppHarness::with(draft);
    app.answer(Slot::SignIn, Ok(signed_in()));
    app
}

fn second() -> Subscription {
    Subscription { id: "s2".into(), name: "Research".into(), ..subscription() }
}

/// Two subscriptions with accounts; the cursor is on the first account, and it has rested.
fn rested() -> AppHarness {
    let mut app = at_the_step();
    app.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription(), second()])));
    app.answer(Slot::Accounts, Ok(Reply::Accounts(vec![account("mediaarchive", "westeurope")])));
    app.key(Key::Tab);
    app.now += Duration::from_secs(1);
    app.send(Msg::Tick);
    app
}

fn roles(action: &str, data: &str) -> Reply {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    let role = Permission { actions: words(action), data_actions: words(data), ..Permission::default() };
    Reply::Permissions(vec![role].into())
}

fn denied() -> Fault {
    Fault { kind: FaultKind::Denied, status: Some(403), ..Fault::local("see what you may do", "you may not") }
}

fn settings() -> BlobSettings {
    let rule = LifecycleRule { name: "tidy".into(), prefixes: Vec::new(), archives: true, deletes: false };
    let unknown = Err("you are not allowed to look".to_owned());
    BlobSettings { versioning: Ok(true), immutable: Ok(false), lifecycle: Ok(vec![rule]), replicated_into: unknown }
}

/// The page beside the rail as one line of words.
fn body(app: &AppHarness) -> String {
    let lines = app.painted(120, 40).0;
    let beside = lines.iter().filter_map(|line| line.split_once('│')).flat_map(|(_, body)| body.split_whitespace());
    beside.collect::<Vec<_>>().join(" ")
}

const DATA: &str = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*";

#[test]
fn w63_rights_are_asked_once_the_cursor_rests_and_are_said_with_the_command_for_what_is_missing() {
    let mut app = rested();
    assert_eq!(app.told(), ["AccountRights Permissions", "GroupRights Permissions", "BlobSettings BlobSettings"]);
    app.answer(Slot::AccountRights, Ok(roles("*/read", "")));
    app.answer(Slot::GroupRights, Ok(roles("*/read", "")));
    app.answer(Slot::BlobSettings, Ok(Reply::BlobSettings(Box::new(settings()))));
    let body = body(&app);
    for words in [
        "No role of yours lets you list and read the blobs, write the list file, create the job",
        "az role assignment create --role 'Storage Blob Data Contributor' --assignee ana@contoso.example",
        "The lifecycle rule tidy archives blobs",
        "Versioning is on",
        "Not known: object replication (you are not allowed to look).",
    ] {
        assert!(body.contains(words), "{words} is missing:\n{body}");
    }
    app.key(Key::Char('c'));
    let copied = app.effects.iter().find_map(|effect| if let Effect::Copy(text) = effect { Some(text) } else { None });
    let copied = copied.expect("the commands are copied");
    assert!(copied.ends_with("--scope /subscriptions/s1/resourceGroups/media-rg"), "{copied}");
    app.key(Key::Down);
    app.send(Msg::Tick);
    assert!(app.told().is_empty(), "known already");
}

#[test]
fn w63_what_is_granted_needs_no_command_and_what_may_not_be_looked_at_is_unknown() {
    let mut app = rested();
    app.answer(Slot::AccountRights, Ok(roles("*", DATA)));
    app.answer(Slot::GroupRights, Ok(roles("*", "")));
    let screen = app.screen(120, 40);
    assert!(screen.contains("You may list and read the blobs, write the list file, create the job"), "{screen}");
    assert!(!screen.contains("az role"), "{screen}");

    let mut app = rested();
    app.answer(Slot::AccountRights, Ok(roles("Microsoft.Storage/storageAccounts/listKeys/action", "")));
    app.answer(Slot::GroupRights, Err(denied()));
    let screen = app.screen(120, 40);
    assert!(screen.contains("With the account key you may list and read the blobs, write the list file"), "{screen}");
    assert!(
        screen.contains("Whether you may create the job, read the BitLocker keys of the job is not known"),
        "{screen}"
    );
    assert!(!screen.contains("No role of yours lets"), "unknown is not missing:\n{screen}");
}

#[test]
fn w63_what_is_missing_for_a_chosen_account_is_said_on_the_next_step_and_warned_of_on_review() {
    let mut app = rested();
    app.key(Key::Enter);
    assert_eq!(app.step(), Step::Blobs);
    app.answer(Slot::AccountRights, Ok(roles("*", DATA)));
    app.answer(Slot::GroupRights, Ok(roles("*/read", "")));
    assert!(app.notice().contains("no role to create the job"), "{}", app.notice());
    let warnings = blobfreight::wizard::steps::review::warnings(app.shared()).join("\n");
    assert!(warnings.contains("no role to read the BitLocker keys"), "{warnings}");
}

#[test]
fn w63_a_draft_that_is_resumed_on_review_has_its_rights_read_and_the_review_has_the_command() {
    let mut app = AppHarness::signed_in(full_draft(Step::Review));
    for asked in ["AccountRights Permissions", "GroupRights Permissions"] {
        assert_eq!(app.asked.iter().filter(|call| *call == asked).count(), 1, "{:?}", app.asked);
    }
    app.answer(Slot::AccountRights, Ok(roles("*", DATA)));
    app.answer(Slot::GroupRights, Ok(roles("*/read", "")));
    let body = body(&app);
    assert!(body.contains("~ You have no role to create the job."), "{body}");
    assert!(
        body.contains("can run: az role assignment create --role Contributor --assignee ana@contoso.example"),
        "{body}"
    );
}

#[test]
fn w63_the_rights_to_the_group_of_the_job_are_read_once_review_is_opened_with_another_group() {
    let mut app = AppHarness::signed_in(full_draft(Step::Review));
    app.answer(Slot::AccountRights, Ok(roles("*", DATA)));
    app.answer(Slot::GroupRights, Ok(roles("*", "")));
    app.model.wizard.as_mut().unwrap().shared.draft.options.resource_group = "another".into();
    app.press(blobfreight::protocol::key::KeyPress::alt(Key::Char('6'))).alt(Key::Left);
    let group = app.effects.iter().find_map(|effect| match effect {
        Effect::Start { slot: Slot::GroupRights, call: Call::Permissions(scope), .. } => Some(scope.clone()),
        _ => None,
    });
    assert_eq!(group.as_deref(), Some("/subscriptions/s1/resourceGroups/another"));
    app.answer(Slot::GroupRights, Ok(roles("*/read", "")));
    app.answer(Slot::AccountRights, Ok(roles("*", DATA)));
    let warnings = blobfreight::wizard::steps::review::warnings(app.shared()).join("\n");
    assert!(warnings.contains("--scope /subscriptions/s1/resourceGroups/another"), "{warnings}");
}

#[test]
fn w63_a_deny_assignment_makes_a_right_doubtful_and_what_was_not_checked_is_said() {
    let mut app = rested();
    let denied = Permission { actions: vec!["Microsoft.ImportExport/*".into()], ..Permission::default() };
    let denial = DenyAssignment { name: "lock-down".into(), denied: vec![denied] };
    let Reply::Permissions(rights) = roles("*", "") else { panic!() };
    app.answer(Slot::AccountRights, Ok(roles("*", DATA)));
    app.answer(Slot::GroupRights, Ok(Reply::Permissions(ScopeRights { denials: Ok(vec![denial]), ..rights })));
    let text = body(&app);
    assert!(
        text.contains("create the job, read the BitLocker keys of the job is not known: the deny assignment lock-down"),
        "{text}"
    );
    assert!(text.contains("Not checked: Azure Policy"), "{text}");
    app.key(Key::Enter);
    let warnings = blobfreight::wizard::steps::review::warnings(app.shared()).join("\n");
    assert!(warnings.contains("The deny assignment lock-down may forbid you to create the job"), "{warnings}");

    let mut app = rested();
    let Reply::Permissions(rights) = roles("*", DATA) else { panic!() };
    let unread = ScopeRights { denials: Err("you are not allowed to look".into()), ..rights };
    app.answer(Slot::AccountRights, Ok(Reply::Permissions(unread)));
    app.answer(Slot::GroupRights, Ok(roles("*", "")));
    let text = body(&app);
    assert!(text.contains("Not checked: deny assignments (you are not allowed to look), Azure Policy"), "{text}");
}

#[test]
fn w63_w38_the_cursor_that_moves_on_gives_up_what_was_asked_about_the_account_it_left() {
    let mut app = at_the_step();
    app.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription(), second()])));
    let two = vec![account("mediaarchive", "westeurope"), account("medialab", "eastus")];
    app.answer(Slot::Accounts, Ok(Reply::Accounts(two)));
    app.key(Key::Tab);
    app.now += Duration::from_secs(1);
    app.send(Msg::Tick).key(Key::Down);
    assert_eq!(app.told(), ["cancel AccountRights", "cancel GroupRights", "cancel BlobSettings"]);
    app.now += Duration::from_secs(1);
    app.send(Msg::Tick);
    assert_eq!(app.told().len(), 3, "asked about the other one");
}

fn lab() -> StorageAccount {
    StorageAccount { id: "/subscriptions/s2/resourceGroups/lab/x/lab".into(), ..account("researchlab", "koreasouth") }
}

#[test]
fn w62_the_filter_finds_an_account_of_another_subscription_and_chooses_it() {
    let mut app = at_the_step();
    app.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription(), second()])));
    app.answer(Slot::Accounts, Ok(Reply::Accounts(vec![account("mediaarchive", "westeurope")])));
    app.key(Key::Char('/'));
    assert_eq!(app.told(), ["OtherAccounts Accounts"], "only the subscription that was not read");
    assert!(app.screen(80, 24).contains("1 of 2 subscriptions so far"), "{}", app.screen(80, 24));
    app.answer(Slot::OtherAccounts, Ok(Reply::Accounts(vec![lab()])));
    app.types("rlab");
    let screen = app.screen(80, 24);
    assert!(screen.contains("1 account in all 2 subscriptions") && screen.contains("koreasouth"), "{screen}");
    assert!(screen.contains("ok · Research") && !screen.contains("mediaarchive"), "{screen}");
    app.key(Key::Enter);
    assert_eq!((app.step(), app.shared().account_id()), (Step::Blobs, Some(lab().id.as_str())));
}

#[test]
fn w62_w34_one_key_gives_up_reading_accounts_for_the_filter_and_opening_it_again_goes_on() {
    let mut app = at_the_step();
    app.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription(), second()])));
    app.answer(Slot::Accounts, Ok(Reply::Accounts(vec![account("mediaarchive", "westeurope")])));
    app.key(Key::Char('/')).ctrl('x');
    assert_eq!(app.told(), ["cancel OtherAccounts"]);
    assert!(app.screen(80, 24).contains("1 could not be read"), "{}", app.screen(80, 24));
    app.key(Key::Esc).key(Key::Char('/'));
    assert_eq!(app.told(), ["OtherAccounts Accounts"]);
}

#[test]
fn w63_nothing_is_said_of_a_resource_group_that_was_typed_after_the_rights_were_read() {
    let mut app = rested();
    app.key(Key::Enter);
    app.answer(Slot::AccountRights, Ok(roles("*", DATA)));
    app.answer(Slot::GroupRights, Ok(roles("*/read", "")));
    let warned = |app: &AppHarness| {
        blobfreight::wizard::steps::review::warnings(app.shared()).join("\n").contains("no role to create the job")
    };
    assert!(warned(&app));
    app.model.wizard.as_mut().unwrap().shared.draft.options.resource_group = "another".into();
    assert!(!warned(&app));
}

#[test]
fn w63_the_least_role_is_named_and_while_the_filter_is_typed_no_letter_is_said_to_copy() {
    let mut app = rested();
    app.model.wizard.as_mut().unwrap().shared.draft.service = Some(ServiceName::DataBox);
    app.answer(Slot::AccountRights, Ok(roles("*", DATA)));
    app.answer(Slot::GroupRights, Ok(roles("Microsoft.DataBox/jobs/write", "")));
    let text = body(&app);
    assert!(text.contains("--role 'Data Box Reader'") && text.contains("(c copies):"), "{text}");
    app.key(Key::Char('/')).types("media");
    let text = body(&app);
    assert!(text.contains("--role 'Data Box Reader'") && !text.contains("c copies"), "{text}");
}

#[test]
fn w62_a_subscription_that_cannot_be_read_is_counted_and_escape_closes_the_filter() {
    let mut app = at_the_step();
    app.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription(), second()])));
    app.answer(Slot::Accounts, Ok(Reply::Accounts(vec![account("mediaarchive", "westeurope")])));
    app.key(Key::Char('/'));
    app.answer(Slot::OtherAccounts, Err(denied()));
    app.types("zzz");
    let screen = app.screen(80, 24);
    assert!(screen.contains("no account fits in all 2 subscriptions, 1 could not be read"), "{screen}");
    app.key(Key::Esc);
    assert!(app.step() == Step::Account && app.screen(80, 24).contains("(*) Media"), "{}", app.screen(80, 24));
}

fn alone(one: StorageAccount) -> AppHarness {
    let mut app = at_the_step();
    app.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription()])));
    app.answer(Slot::Accounts, Ok(Reply::Accounts(vec![one])));
    app
}

#[test]
fn w64_the_only_account_chooses_itself_and_escape_leads_back_to_it() {
    let mut app = alone(account("mediaarchive", "westeurope"));
    assert_eq!(app.step(), Step::Blobs);
    assert!(app.notice().contains("mediaarchive is the only storage account you can see"), "{}", app.notice());
    app.key(Key::Esc);
    assert_eq!(app.step(), Step::Account, "and it stays there");
    assert!(app.screen(80, 24).contains("› ✓ mediaarchive"), "{}", app.screen(80, 24));
}

#[test]
fn w64_one_with_warnings_is_chosen_and_shown_and_one_that_is_refused_is_not_chosen() {
    let app = alone(StorageAccount { hierarchical: true, ..account("datalake", "westeurope") });
    assert_eq!((app.step(), app.draft().account.is_some()), (Step::Account, true));
    assert!(app.screen(80, 24).contains("~ hierarchical namespace"), "{}", app.screen(80, 24));
    let app = alone(StorageAccount { nfs: true, ..account("datalake", "westeurope") });
    assert_eq!((app.step(), app.draft().account.is_some()), (Step::Account, false));
}

#[test]
fn w63_a_role_with_a_condition_is_told_on_the_account_step_and_on_the_review_and_is_not_called_granted() {
    let conditional = || {
        let role = |data: &str, condition: &str| Permission {
            actions: vec!["*".into()],
            data_actions: vec![data.into()],
            condition: condition.into(),
            ..Permission::default()
        };
        Ok(Reply::Permissions(vec![role("*/blobs/write", ""), role("*/blobs/read", "@Resource[...]")].into()))
    };
    let mut app = rested();
    app.answer(Slot::AccountRights, conditional());
    app.answer(Slot::GroupRights, conditional());
    let text = body(&app);
    assert!(text.contains("It can hide blobs: what it hides is neither shown nor counted here."), "{text}");
    assert!(!text.contains("You may list and read the blobs"), "{text}");
    app.key(Key::Enter);
    let review = blobfreight::wizard::steps::review::warnings(app.shared()).join("\n");
    assert!(review.contains("Your role to list and read the blobs has a condition"), "{review}");
}

#[test]
fn w63_private_endpoints_are_told_with_what_they_mean_and_unknown_where_azure_is_silent() {
    let words = |private_endpoints, public_network: &str, denies_by_default| {
        let account = account("mediaarchive", "westeurope");
        let public_network = public_network.to_owned();
        network::words(&StorageAccount { private_endpoints, public_network, denies_by_default, ..account })
    };
    for (said, part) in [
        (words(None, "Enabled", false), "Private endpoints: unknown"),
        (words(Some(0), "Enabled", false), "Private endpoints: none."),
        (words(Some(2), "Enabled", false), "2 approved ones. Public access is on as well"),
        (words(Some(2), "Disabled", false), "only from a network that has such an endpoint"),
        (words(Some(0), "Disabled", false), "this machine included"),
        (words(None, "Disabled", false), "Private endpoints: unknown"),
        (words(Some(1), "SecuredByPerimeter", true), "lets this machine and the service in is unknown"),
        (words(Some(1), "Enabled", true), "1 approved one. The firewall is on"),
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let mut app = rested();
    app.answer(Slot::AccountRights, Ok(roles("*", "*")));
    app.answer(Slot::GroupRights, Ok(roles("*", "*")));
    assert!(body(&app).contains("Private endpoints: none."), "{}", body(&app));
}
