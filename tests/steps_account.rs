//! The account step as a person meets it: keys and answers in, draft, effects and screen out. No terminal, no network.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

#[path = "support/desk.rs"]
mod desk;

use blobfreight::app::Focus;
use blobfreight::app::key::Key;
use blobfreight::app::protocol::{Reply, Slot};
use blobfreight::azure::fault::Fault;
use blobfreight::azure::model::{StorageAccount, Subscription};
use blobfreight::wizard::Step;
use desk::{Bench, account, empty_draft, full_draft, subscription};

/// Two subscriptions read, and the accounts of the first.
fn two_subscriptions(mut bench: Bench) -> Bench {
    let second = Subscription { id: "s2".into(), name: "Research".into(), ..subscription() };
    bench.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription(), second])));
    answer(&mut bench, vec![account("mediaarchive", "westeurope"), account("medialab", "eastus")]);
    bench
}

fn answer(bench: &mut Bench, accounts: Vec<StorageAccount>) {
    bench.answer(Slot::Accounts, Ok(Reply::Accounts(accounts)));
}

fn lab() -> StorageAccount {
    StorageAccount { id: "/subscriptions/s2/lab".into(), ..account("researchlab", "eastus") }
}

#[test]
fn w08_another_subscription_can_be_looked_at_and_chosen_from_after_an_account_was_chosen() {
    let mut bench = two_subscriptions(Bench::signed_in(full_draft(Step::Account)));
    bench.key(Key::Left).key(Key::Down);
    answer(&mut bench, vec![lab()]);
    let screen = bench.screen(80, 24);
    assert!(screen.contains("(*) Research") && screen.contains("researchlab"), "{screen}");
    bench.key(Key::Enter).key(Key::Enter);
    assert_eq!(bench.desk().account_id(), Some("/subscriptions/s2/lab"));
}

#[test]
fn w38_accounts_still_under_way_when_the_step_is_left_are_not_taken_for_another_subscriptions() {
    let mut bench = two_subscriptions(Bench::signed_in(full_draft(Step::Account)));
    bench.key(Key::Left).key(Key::Down);
    bench.alt(Key::Right).alt(Key::Left);
    answer(&mut bench, vec![lab()]);
    answer(&mut bench, vec![account("mediaarchive", "westeurope")]);
    let screen = bench.screen(80, 24);
    assert!(screen.contains("(*) Media") && !screen.contains("researchlab"), "{screen}");
    assert!(screen.contains("✓ mediaarchive"), "{screen}");
}

#[test]
fn arrows_go_from_one_list_into_the_other_and_back() {
    let mut draft = empty_draft();
    draft.sign_in = full_draft(Step::Account).sign_in;
    draft.step = Step::Account;
    let mut bench = two_subscriptions(Bench::signed_in(draft));
    bench.key(Key::Down);
    answer(&mut bench, vec![lab()]);
    bench.key(Key::Down);
    assert!(bench.screen(80, 24).contains("›   researchlab"), "{}", bench.screen(80, 24));
    bench.key(Key::Up);
    assert!(bench.screen(80, 24).contains("› (*) Research"), "{}", bench.screen(80, 24));
}

#[test]
fn the_whole_name_of_the_subscription_under_the_cursor_can_be_read_at_every_width() {
    let name = "Northlight Old Contracts and Correspondence (until 2019, western offices)";
    for columns in [80, 40] {
        let mut bench = Bench::signed_in(full_draft(Step::Account));
        let long = Subscription { id: "s2".into(), name: name.into(), state: "Disabled".into(), ..subscription() };
        bench.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription(), long])));
        answer(&mut bench, vec![account("mediaarchive", "westeurope")]);
        bench.on_screen(columns, 16).key(Key::Left).key(Key::Down);
        let body = bench
            .frame()
            .iter()
            .map(|line| line.rsplit('│').next().unwrap_or(line).trim().to_owned())
            .collect::<Vec<_>>();
        assert!(body.join(" ").contains(name), "{}", bench.screen(columns, 16));
    }
}

#[test]
fn w36_a_failure_out_of_view_is_told_beside_the_button_with_the_way_to_it() {
    let mut bench = two_subscriptions(Bench::signed_in(full_draft(Step::Account)));
    bench.on_screen(40, 12).key(Key::Char('r'));
    bench.answer(Slot::Subscriptions, Err(Fault::local("list the subscriptions", "the connection was reset")));
    bench.key(Key::PageDown);
    assert!(bench.frame().join("\n").contains("↑ 1 failure above"), "{}", bench.screen(40, 12));
    bench.key(Key::Home);
    let screen = bench.frame().join("\n");
    assert!(screen.contains("! Could not list") && !screen.contains("1 failure"), "{screen}");
}

#[test]
fn w13_shift_tab_says_where_it_goes_from_each_of_the_two_lists() {
    let mut bench = two_subscriptions(Bench::signed_in(full_draft(Step::Account)));
    let hints = |bench: &Bench| bench.painted(100, 24).0[23].clone();
    assert!(hints(&bench).contains("Shift-Tab other list"), "{}", hints(&bench));
    bench.key(Key::BackTab);
    assert!(hints(&bench).contains("Shift-Tab steps"), "{}", hints(&bench));
    bench.key(Key::BackTab);
    assert!(matches!(bench.model.wizard.as_ref().unwrap().focus, Focus::Rail(_)));

    let mut bench = Bench::signed_in(full_draft(Step::SignIn));
    bench.key(Key::Right);
    assert!(hints(&bench).contains("Shift-Tab other list"), "{}", hints(&bench));
    bench.key(Key::BackTab);
    assert!(hints(&bench).contains("Shift-Tab steps"), "{}", hints(&bench));
}
