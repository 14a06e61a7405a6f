//! What the step asks by itself: the rights to the account under the cursor and its settings, and for the filter the accounts of all
//! subscriptions.

use std::time::Duration;

use crate::azure::fault::Fault;
use crate::azure::model::StorageAccount;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::protocol::step::Step;
use crate::wizard::clock::passed;
use crate::wizard::shared::{AccountRights, Shared};
use crate::wizard::steps::account::rights;
use crate::wizard::steps::account::state::AccountStep;

/// The program asks for the rights to an account after the cursor has rested on it for this time.
const REST: Duration = Duration::from_millis(300);

const ABOUT_ONE: [Slot; 3] = [Slot::AccountRights, Slot::GroupRights, Slot::BlobSettings];

impl AccountStep {
    /// Notes which account is under the cursor. Requests about another one are given up, unless that is the chosen one.
    pub(super) fn follow_cursor(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let here = self.under_cursor(shared).map(|account| account.id.clone());
        if self.resting.as_ref().map(|(id, _)| id) == here.as_ref() {
            return Vec::new();
        }
        self.resting = here.map(|id| (id, shared.now));
        let asked = shared.catalogue.rights.as_ref().filter(|rights| rights.on_account.is_none());
        if asked.is_none_or(|rights| Some(rights.account.as_str()) == shared.account_id()) {
            return Vec::new();
        }
        shared.catalogue.rights = None;
        ABOUT_ONE.into_iter().filter_map(|slot| shared.requests.cancel(slot)).collect()
    }

    /// Time until the request for the rights to the account under the cursor; `None` if none is due.
    pub(super) fn asks_rights_in(&self, shared: &Shared) -> Option<Duration> {
        let (id, since) = self.resting.as_ref().filter(|_| shared.session.is_some())?;
        let account = self.under_cursor(shared).filter(|account| account.id == *id)?;
        if is_asked(shared, account) {
            return None;
        }
        let rested = passed(*since, shared.now);
        Some(REST.saturating_sub(rested))
    }

    /// Asks about the account under the cursor, once the cursor has rested.
    pub(super) fn ask_rights_here(&self, shared: &mut Shared) -> Vec<Effect> {
        if self.asks_rights_in(shared) != Some(Duration::ZERO) {
            return Vec::new();
        }
        let account = self.under_cursor(shared).cloned();
        account.map(|account| ask_rights(shared, &account)).unwrap_or_default()
    }

    /// Takes in an answer about an account. Missing rights become a remark where another step is on screen.
    pub(super) fn take_rights(shared: &mut Shared, slot: Slot, outcome: Result<Reply, Fault>) {
        let Some(known) = &mut shared.catalogue.rights else { return };
        match (slot, outcome) {
            (Slot::AccountRights, Ok(Reply::Permissions(all))) => known.on_account = Some(Ok(all)),
            (Slot::GroupRights, Ok(Reply::Permissions(all))) => known.on_group = Some(Ok(all)),
            (Slot::BlobSettings, Ok(Reply::BlobSettings(settings))) => known.settings = Some(Ok(*settings)),
            (slot, outcome) => {
                let fault = outcome.map_or_else(|fault| fault, |other| other.unexpected());
                match slot {
                    Slot::AccountRights => known.on_account = Some(Err(fault)),
                    Slot::GroupRights => known.on_group = Some(Err(fault)),
                    _ => known.settings = Some(Err(fault)),
                }
            }
        }
        if slot == Slot::BlobSettings || shared.draft.step == Step::Account {
            return;
        }
        let missing = rights::missing(shared);
        if let Some(first) = missing.first() {
            let more = if missing.len() > 1 { " More is missing." } else { "" };
            shared.warn(format!("{first}{more}"));
        }
    }

    /// Asks for the accounts of the next subscription that was not read yet, while the filter is open.
    pub(super) fn ask_others(&mut self, shared: &mut Shared) -> Option<Effect> {
        if self.filter.is_none() || shared.requests.is_busy(Slot::OtherAccounts) {
            return None;
        }
        let read = &shared.catalogue.all_accounts;
        let next = shared.catalogue.subscriptions.iter().flatten().find(|one| !read.contains_key(&one.id))?;
        let id = next.id.clone();
        self.asked_other = Some(id.clone());
        Some(shared.start(Slot::OtherAccounts, Call::Accounts(id)))
    }

    /// Gives up reading accounts for the filter; opened again, it goes on.
    pub(super) fn stop_others(&mut self, shared: &mut Shared) -> Option<Effect> {
        let read = &mut shared.catalogue.all_accounts;
        for subscription in shared.catalogue.subscriptions.iter().flatten() {
            let given_up = || Err(Fault::cancelled("list the storage accounts"));
            read.entry(subscription.id.clone()).or_insert_with(given_up);
        }
        self.asked_other = None;
        shared.requests.cancel(Slot::OtherAccounts)
    }

    pub(super) fn take_others(&mut self, shared: &mut Shared, outcome: Result<Reply, Fault>) -> Option<Effect> {
        let accounts = match outcome {
            Ok(Reply::Accounts(accounts)) => Ok(accounts),
            Ok(other) => Err(other.unexpected()),
            Err(fault) => Err(fault),
        };
        let id = self.asked_other.take()?;
        shared.catalogue.all_accounts.insert(id, accounts);
        self.ask_others(shared)
    }
}

fn is_asked(shared: &Shared, account: &StorageAccount) -> bool {
    let group = rights::group_of(shared, account);
    rights::known(shared, account).is_some_and(|rights| rights.group.eq_ignore_ascii_case(&group))
}

/// Requests the rights to an account and its settings, unless that was done.
pub(in crate::wizard) fn ask_rights(shared: &mut Shared, account: &StorageAccount) -> Vec<Effect> {
    if is_asked(shared, account) {
        return Vec::new();
    }
    let (id, group) = (account.id.clone(), rights::group_of(shared, account));
    let asked = AccountRights { account: id.clone(), group: group.clone(), ..AccountRights::default() };
    shared.catalogue.rights = Some(asked);
    vec![
        shared.start(Slot::AccountRights, Call::Permissions(id.clone())),
        shared.start(Slot::GroupRights, Call::Permissions(group)),
        shared.start(Slot::BlobSettings, Call::BlobSettings(id)),
    ]
}
