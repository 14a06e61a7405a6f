//! Finds the account that the answers name. The sign-in for it is the one with which the steps are gone through: nobody signs in twice.

use std::sync::Arc;

use super::fill;
use crate::azure::cloud::Cloud;
use crate::azure::fault::Fault;
use crate::azure::model::{AskPerson, Identity, SignInMethod};
use crate::cli::common_args::SessionArgs;
use crate::cli::effective_config::EffectiveConfig;
use crate::cli::failure::CommandFailure;
use crate::cli::person;
use crate::draft::ChosenAccount;
use crate::driver::backend::Backend as _;
use crate::driver::live::LiveBackend;
use crate::protocol::message::{Call, ProgressEvent, Reply};
use crate::wording::some_of;

/// The account that the answers name, and who is signed in. Without a subscription all of them are looked through: no two accounts of a
/// cloud have the same name.
pub(super) async fn look_up(
    backend: &LiveBackend,
    setting: &EffectiveConfig,
    ask: &SessionArgs,
    account: &str,
) -> Result<(ChosenAccount, Identity), CommandFailure> {
    let identity = sign_in(backend, setting, ask).await?;
    let mut subscriptions = match call(backend, Call::Subscriptions).await? {
        Reply::Subscriptions(subscriptions) => subscriptions,
        other => return Err(other.unexpected().into()),
    };
    if let Some(wanted) = &ask.subscription {
        subscriptions.retain(|known| known.id.eq_ignore_ascii_case(wanted));
        if subscriptions.is_empty() {
            let unseen = Fault::local(format!("find the subscription {wanted}"), "this sign-in does not see it");
            return Err(unseen.advise("Ask for the role Reader on it, or sign in to its tenant with --tenant.").into());
        }
    }
    let mut names = Vec::new();
    for subscription in subscriptions {
        let accounts = match call(backend, Call::Accounts(subscription.id.clone())).await? {
            Reply::Accounts(accounts) => accounts,
            other => return Err(other.unexpected().into()),
        };
        names.extend(accounts.iter().map(|account| account.name.clone()));
        if let Some(chosen) = fill::find_account(subscription, accounts, account) {
            return Ok((chosen, identity));
        }
    }
    Err(no_account(account, &names).into())
}

async fn sign_in(
    backend: &LiveBackend,
    setting: &EffectiveConfig,
    ask: &SessionArgs,
) -> Result<Identity, CommandFailure> {
    let (cloud, method) = if setting.is_rehearsal() {
        (Cloud::public(), SignInMethod::Rehearsal)
    } else {
        (setting.clouds()?.into_iter().next().unwrap_or_else(Cloud::public), ask.sign_in)
    };
    let remember = setting.config.remember_sign_in;
    let tenant = ask.tenant.clone();
    match call(backend, Call::SignIn { cloud, method, tenant, ask: AskPerson::IfNeeded, remember }).await? {
        Reply::SignedIn { identity, unkept, .. } => {
            if let Some(why) = unkept {
                person::print_unkept(&why);
            }
            Ok(identity)
        }
        other => Err(other.unexpected().into()),
    }
}

async fn call(backend: &LiveBackend, call: Call) -> Result<Reply, Fault> {
    let tell = |event| {
        if let ProgressEvent::SignIn(Some(prompt)) = event {
            person::print_prompt(&prompt);
        }
    };
    backend.call(call, Arc::new(tell)).await
}

fn no_account(wanted: &str, known: &[String]) -> Fault {
    let there = match known {
        [] => "this sign-in sees none".to_owned(),
        known => format!("there are {}", some_of(known.iter().map(String::as_str), 5)),
    };
    let fault = if wanted.is_empty() {
        Fault::local("find the storage account", format!("the answers name none; {there}"))
    } else {
        Fault::local(format!("find the storage account {wanted}"), format!("no account has this name; {there}"))
    };
    fault.advise("Write the name of one as `account` in the answers.")
}
