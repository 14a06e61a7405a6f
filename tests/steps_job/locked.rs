//! Once the job was created nothing shows another answer than the one it was created with: account, location and cloud stay.

use blobfreight::app::key::Key;
use blobfreight::app::protocol::{Reply, Slot};
use blobfreight::azure::cloud::Cloud;
use blobfreight::azure::model::JobState;
use blobfreight::wizard::Step;
use blobfreight::wizard::rail::{Mark, mark, progress};

use crate::desk::{Bench, account, location, subscription};
use crate::known;

/// On the account step of a created job, with the cursor on another account.
fn on_another_account() -> Bench {
    let mut bench = Bench::signed_in(known(Step::Follow, JobState::Creating));
    bench.alt(Key::Char('2'));
    bench.answer(Slot::Subscriptions, Ok(Reply::Subscriptions(vec![subscription()])));
    let both = vec![account("mediaarchive", "westeurope"), account("otheraccount", "eastus")];
    bench.answer(Slot::Accounts, Ok(Reply::Accounts(both)));
    bench.key(Key::Down);
    bench.key(Key::Down);
    bench
}

#[test]
fn another_account_is_refused_with_the_reason_and_the_rail_stays() {
    let mut bench = on_another_account();
    assert!(bench.screen(80, 24).contains("The job was created for this account"), "{}", bench.screen(80, 24));
    bench.key(Key::Enter);
    assert!(bench.notice().contains("another account needs a new draft"), "{}", bench.notice());
    assert_eq!(progress(bench.desk(), Step::Account).summary, "mediaarchive");
    assert_eq!(mark(bench.desk(), Step::Location), Mark::Done);
    bench.key(Key::Up).key(Key::Enter);
    assert_ne!(bench.step(), Step::Account, "its own account is taken as before");
}

#[test]
fn an_account_that_moved_since_makes_no_second_truth_of_the_location() {
    let mut bench = on_another_account();
    bench.model.wizard.as_mut().unwrap().desk.draft.account.as_mut().unwrap().account =
        account("mediaarchive", "eastus");
    assert_eq!(mark(bench.desk(), Step::Location), Mark::Done);
    let before = bench.draft().location.clone();
    bench.alt(Key::Char('5'));
    let locations = vec![location("East US", &["eastus"]), location("West Europe", &["westeurope"])];
    bench.answer(Slot::Locations, Ok(Reply::Locations(locations)));
    bench.key(Key::Enter);
    assert_eq!(bench.draft().location, before);
}

#[test]
fn another_cloud_is_refused_and_another_identity_is_not() {
    let mut bench = Bench::signed_in(known(Step::Follow, JobState::Creating));
    let signin = &mut bench.model.wizard.as_mut().unwrap().steps.signin;
    signin.cloud = Cloud::built_in().iter().position(|cloud| cloud.name != "public").unwrap();
    bench.alt(Key::Char('1'));
    bench.key(Key::Enter);
    assert!(bench.notice().contains("The job is in the cloud public"), "{}", bench.notice());
    assert!(!bench.told().iter().any(|effect| effect.starts_with("SignIn")), "{:?}", bench.told());
    let signin = &mut bench.model.wizard.as_mut().unwrap().steps.signin;
    (signin.cloud, signin.method) = (0, 1);
    bench.key(Key::Enter);
    assert!(bench.told().iter().any(|effect| effect.starts_with("SignIn")), "{:?}", bench.told());
}
