//! The account step as a person meets it: keys and answers in, draft, effects and screen out. No terminal, no network.

use crate::support::app_harness::{AppHarness, account, empty_draft, full_draft, subscription};
use blobfreight::app::Focus;
use blobfreight::azure::fault::Fault;
use blobfreight::azure::model::{StorageAccount, Subscription};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Reply, Slot};
use blobfreight::protocol::step::Step;

/// Two subscriptions read, and the accounts of the first.
fn two_subscriptions(mut app: AppHarness) -> AppHarness {
    let second = Subscription { id: "s2".into(), name: "Research".into(), ..subscription() };
    app.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription(), second])));
    answer(&mut app, vec![account("mediaarchive", "westeurope"), account("medialab", "eastus")]);
    app
}

fn answer(app: &mut AppHarness, accounts: Vec<StorageAccount>) {
    app.answer(Slot::Accounts, Ok(Reply::Accounts(accounts)));
}

fn lab() -> StorageAccount {
    StorageAccount { id: "/subscriptions/s2/lab".into(), ..account("researchlab", "eastus") }
}

#[test]
fn w08_another_subscription_can_be_looked_at_and_chosen_from_after_an_account_was_chosen() {
    let mut app = two_subscriptions(AppHarness::signed_in(full_draft(Step::Account)));
    app.key(Key::Left).key(Key::Down);
    answer(&mut app, vec![lab()]);
    let screen = app.screen(80, 24);
    assert!(screen.contains("(*) Research") && screen.contains("researchlab"), "{screen}");
    app.key(Key::Enter).key(Key::Enter);
    assert_eq!(app.shared().account_id(), Some("/subscriptions/s2/lab"));
}

#[test]
fn w38_accounts_still_under_way_when_the_step_is_left_are_not_taken_for_another_subscriptions() {
    let mut app = two_subscriptions(AppHarness::signed_in(full_draft(Step::Account)));
    app.key(Key::Left).key(Key::Down);
    app.alt(Key::Right).alt(Key::Left);
    answer(&mut app, vec![lab()]);
    answer(&mut app, vec![account("mediaarchive", "westeurope")]);
    let screen = app.screen(80, 24);
    assert!(screen.contains("(*) Media") && !screen.contains("researchlab"), "{screen}");
    assert!(screen.contains("✓ mediaarchive"), "{screen}");
}

#[test]
fn arrows_go_from_one_list_into_the_other_and_back() {
    let mut draft = empty_draft();
    draft.sign_in = full_draft(Step::Account).sign_in;
    draft.step = Step::Account;
    let mut app = two_subscriptions(AppHarness::signed_in(draft));
    app.key(Key::Down);
    answer(&mut app, vec![lab()]);
    app.key(Key::Down);
    assert!(app.screen(80, 24).contains("›   researchlab"), "{}", app.screen(80, 24));
    app.key(Key::Up);
    assert!(app.screen(80, 24).contains("› (*) Research"), "{}", app.screen(80, 24));
}

#[test]
fn the_whole_name_of_the_subscription_under_the_cursor_can_be_read_at_every_width() {
    let name = "Northlight Old Contracts and Correspondence (until 2019, western offices)";
    for columns in [80, 40] {
        let mut app = AppHarness::signed_in(full_draft(Step::Account));
        let long = Subscription { id: "s2".into(), name: name.into(), state: "Disabled".into(), ..subscription() };
        app.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription(), long])));
        answer(&mut app, vec![account("mediaarchive", "westeurope")]);
        app.on_screen(columns, 16).key(Key::Left).key(Key::Down);
        let body = app
            .frame()
            .iter()
            .map(|line| line.rsplit('│').next().unwrap_or(line).trim().to_owned())
            .collect::<Vec<_>>();
        assert!(body.join(" ").contains(name), "{}", app.screen(columns, 16));
    }
}

#[test]
fn w36_a_failure_out_of_view_is_told_beside_the_button_with_the_way_to_it() {
    let mut app = two_subscriptions(AppHarness::signed_in(full_draft(Step::Account)));
    app.on_screen(40, 12).key(Key::Char('r'));
    app.answer(Slot::Subscriptions, Err(Fault::local("list the subscriptions", "the connection was reset")));
    app.key(Key::PageDown);
    assert!(app.frame().join("\n").contains("↑ 1 failure above"), "{}", app.screen(40, 12));
    app.key(Key::Home).key(Key::Down);
    assert!(!app.frame().join("\n").contains("1 failure"), "a part of it is in view: {}", app.screen(40, 12));
    app.key(Key::Home);
    let screen = app.frame().join("\n");
    assert!(screen.contains("! Could not list") && !screen.contains("1 failure"), "{screen}");
}

#[test]
fn w13_shift_tab_says_where_it_goes_from_each_of_the_two_lists() {
    let mut app = two_subscriptions(AppHarness::signed_in(full_draft(Step::Account)));
    let hints = |app: &AppHarness| app.painted(120, 24).0[23].clone();
    assert!(hints(&app).contains("Shift-Tab other list"), "{}", hints(&app));
    app.key(Key::BackTab);
    assert!(hints(&app).contains("F2 steps"), "{}", hints(&app));
    app.key(Key::BackTab);
    assert!(matches!(app.model.wizard.as_ref().unwrap().focus, Focus::Rail(_)));

    let mut app = AppHarness::signed_in(full_draft(Step::SignIn));
    app.key(Key::Right);
    assert!(hints(&app).contains("Shift-Tab other list"), "{}", hints(&app));
    app.key(Key::BackTab);
    assert!(hints(&app).contains("F2 steps"), "{}", hints(&app));
}
