//! Once the job was created nothing shows another answer than the one it was created with: account, location and cloud stay.

use blobfreight::azure::cloud::Cloud;
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::wizard::progress::StepMark;
use blobfreight::wizard::rail::{mark, progress};

use crate::pure::steps_job::known;
use crate::support::app_harness::{AppHarness, account, location, subscription};

/// On the account step of a created job, with the cursor on another account.
fn on_another_account() -> AppHarness {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Creating"));
    app.alt(Key::Char('2'));
    app.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription()])));
    let both = vec![account("mediaarchive", "westeurope"), account("otheraccount", "eastus")];
    app.answer(Slot::Accounts, Ok(Reply::Accounts(both)));
    app.key(Key::Down);
    app.key(Key::Down);
    app
}

#[test]
fn another_account_is_refused_with_the_reason_and_the_rail_stays() {
    let mut app = on_another_account();
    assert!(app.screen(80, 24).contains("The job was created for this account"), "{}", app.screen(80, 24));
    app.key(Key::Enter);
    assert!(app.notice().contains("another account needs a new draft"), "{}", app.notice());
    assert_eq!(progress(app.shared(), Step::Account).summary, "mediaarchive");
    assert_eq!(mark(app.shared(), Step::Location), StepMark::Done);
    app.key(Key::Up).key(Key::Enter);
    assert_ne!(app.step(), Step::Account, "its own account is taken as before");
}

#[test]
fn an_account_that_moved_since_makes_no_second_truth_of_the_location() {
    let mut app = on_another_account();
    app.model.wizard.as_mut().unwrap().shared.draft.account.as_mut().unwrap().account =
        account("mediaarchive", "eastus");
    assert_eq!(mark(app.shared(), Step::Location), StepMark::Done);
    let before = app.draft().location.clone();
    app.alt(Key::Char('6'));
    let locations = vec![location("East US", &["eastus"]), location("West Europe", &["westeurope"])];
    app.answer(Slot::Locations, Ok(Reply::Locations(locations)));
    app.key(Key::Enter);
    assert_eq!(app.draft().location, before);
}

#[test]
fn another_cloud_is_refused_and_another_identity_is_not() {
    let mut app = AppHarness::signed_in(known(Step::Follow, "Creating"));
    let signin = &mut app.model.wizard.as_mut().unwrap().steps.signin;
    signin.cloud = Cloud::built_in().iter().position(|cloud| cloud.name != "public").unwrap();
    app.alt(Key::Char('1'));
    app.key(Key::Enter);
    assert!(app.notice().contains("The job is in the cloud public"), "{}", app.notice());
    assert!(!app.told().iter().any(|effect| effect.starts_with("SignIn")), "{:?}", app.told());
    let signin = &mut app.model.wizard.as_mut().unwrap().steps.signin;
    (signin.cloud, signin.method) = (0, 1);
    app.key(Key::Enter);
    assert!(app.told().iter().any(|effect| effect.starts_with("SignIn")), "{:?}", app.told());
}
