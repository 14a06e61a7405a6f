//! The step: what its keys do, the requests that fill its lists, and the choice of an account.

use std::time::Duration;

use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::StorageAccount;
use crate::form::Edit;
use crate::protocol::action::{Action, Motion};
use crate::protocol::keymap::Context;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::wizard::progress::StepProgress;
use crate::wizard::shared::Shared;
use crate::wizard::step::{StepLogic, StepOutcome};
use crate::wizard::steps::account::filter::AccountFilter;
use crate::wizard::steps::account::state::AccountStep;
use crate::wizard::steps::account::{Verdict, chosen, rights, verdict};
use crate::wizard::{list, service};

/// The step's answer in a few words, for the rail.
pub fn progress(shared: &Shared) -> StepProgress {
    if let (Some(given), Some(words)) = (shared.direct_account(), shared.direct_access_words()) {
        let needs = shared.needs_beyond_blobs("sign in and choose the account");
        let summary = format!("{}, {words}", given.name);
        return StepProgress { answered: true, summary, needs, ..StepProgress::default() };
    }
    if shared.session.is_none() && shared.draft.account.is_none() {
        return StepProgress::locked("sign in first");
    }
    let Some((subscription, account)) = chosen(shared) else {
        return StepProgress { needs: Some("choose a storage account".into()), ..StepProgress::default() };
    };
    let needs = match verdict(subscription, account) {
        Verdict::Blocked(why) => Some(why),
        Verdict::Fine | Verdict::Doubtful(_) => None,
    };
    StepProgress { answered: true, summary: account.name.clone(), needs, ..StepProgress::default() }
}

impl AccountStep {
    fn ask_accounts(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let Some(id) = self.current(shared).map(|subscription| subscription.id.clone()) else { return Vec::new() };
        let coming = shared.requests.is_busy(Slot::Accounts) && self.asked.as_ref() == Some(&id);
        if coming || self.accounts(shared).is_some() {
            return Vec::new();
        }
        self.asked = Some(id.clone());
        vec![shared.start(Slot::Accounts, Call::Accounts(id))]
    }

    fn ask_missing(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let mut effects = Vec::new();
        if shared.session.is_none() {
            return effects;
        }
        if shared.catalogue.subscriptions.is_none() && !shared.requests.is_busy(Slot::Subscriptions) {
            effects.push(shared.start(Slot::Subscriptions, Call::Subscriptions));
        }
        if let Some(id) = shared.account_id().map(str::to_owned)
            && shared.catalogue.account.is_none()
            && !shared.requests.is_busy(Slot::Account)
        {
            effects.push(shared.start(Slot::Account, Call::Account(id)));
        }
        effects.extend(self.ask_accounts(shared));
        effects.extend(service::ask(shared));
        effects
    }

    /// Reads the chosen account again: since the draft was saved it may have been deleted, or its firewall may have changed.
    pub fn refresh(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.fault = None;
        let Some(id) = shared.account_id().map(str::to_owned) else { return Vec::new() };
        vec![shared.start(Slot::Account, Call::Account(id))]
    }

    /// What a key does while no filter is open.
    fn act_on_lists(&mut self, shared: &mut Shared, action: &Action) -> StepOutcome {
        match action {
            Action::Move(Motion::Left) => self.on_subscriptions = true,
            Action::Move(Motion::Right) => self.on_subscriptions = false,
            Action::Move(motion) => return self.move_cursor(shared, *motion).into(),
            Action::Activate | Action::Toggle if self.on_subscriptions => self.on_subscriptions = false,
            Action::Activate | Action::Toggle => return self.choose_here(shared),
            Action::SwitchService => service::switch(shared),
            Action::Filter => {
                self.filter = Some(AccountFilter::new());
                // What could not be read is tried again.
                shared.catalogue.all_accounts.retain(|_, read| read.is_ok());
                return self.ask_others(shared).into_iter().collect::<Vec<_>>().into();
            }
            Action::Copy => return self.copy_commands(shared),
            Action::Retry => {
                self.fault = None;
                return self.ask_missing(shared).into();
            }
            Action::Reload => return self.reload(shared).into(),
            _ => {}
        }
        StepOutcome::stay()
    }

    fn reload(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.fault = None;
        self.resting = None;
        let catalogue = &mut shared.catalogue;
        (catalogue.subscriptions, catalogue.accounts, catalogue.services) = (None, None, None);
        catalogue.rights = None;
        catalogue.all_accounts.clear();
        self.ask_missing(shared)
    }

    fn move_cursor(&mut self, shared: &mut Shared, motion: Motion) -> Vec<Effect> {
        if self.on_subscriptions {
            let len = shared.catalogue.subscriptions.as_ref().map_or(0, Vec::len);
            let before = self.subscription;
            let below = self.accounts(shared).is_some_and(|list| !list.is_empty());
            if motion == Motion::Down && before + 1 >= len && below {
                self.on_subscriptions = false;
                return Vec::new();
            }
            self.subscription = list::moved(before, len, motion, 5);
            if self.subscription != before {
                self.account = 0;
                return self.ask_accounts(shared);
            }
        } else if motion == Motion::Up && self.account == 0 {
            self.on_subscriptions = true;
        } else {
            let len = self.accounts(shared).map_or(0, <[_]>::len);
            self.account = list::moved(self.account, len, motion, 10);
        }
        Vec::new()
    }

    /// Puts the cursors on what is chosen.
    pub(super) fn place_cursors(&mut self, shared: &Shared) {
        let Some(chosen) = &shared.draft.account else { return };
        let subscriptions = shared.catalogue.subscriptions.as_deref().unwrap_or_default();
        if let Some(row) = subscriptions.iter().position(|one| one.id == chosen.subscription.id) {
            self.subscription = row;
        }
        self.place_account(shared);
    }

    fn place_account(&mut self, shared: &Shared) {
        let Some(chosen) = &shared.draft.account else { return };
        let accounts = self.accounts(shared).unwrap_or_default();
        if let Some(row) = accounts.iter().position(|one| one.id == chosen.account.id) {
            self.account = row;
        }
    }

    fn learn_account(shared: &mut Shared, account: StorageAccount) -> Vec<Effect> {
        if shared.account_id() != Some(&account.id) {
            return Vec::new();
        }
        if let Some(chosen) = &mut shared.draft.account {
            chosen.account = account.clone();
        }
        shared.learn_account(account)
    }

    fn failed(&mut self, shared: &mut Shared, slot: Slot, fault: Fault) {
        if slot == Slot::Services {
            // Nothing is known; the question is repeated with the next entry.
            shared.catalogue.services = None;
        }
        if slot == Slot::Account && fault.kind == FaultKind::Gone {
            shared.warn("The chosen storage account is not there any more; choose another.");
        }
        self.fault = Some((slot, fault));
    }
}

impl StepLogic for AccountStep {
    fn enter(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.place_cursors(shared);
        self.resting = None;
        let mut effects = if self.fault.is_some() { Vec::new() } else { self.ask_missing(shared) };
        effects.extend(self.follow_cursor(shared));
        effects
    }

    fn contexts(&self, shared: &Shared) -> Vec<Context> {
        if self.filter.is_some() {
            let busy = shared.requests.is_busy(Slot::OtherAccounts).then_some(Context::Busy);
            return busy.into_iter().chain([Context::AccountFilter]).collect();
        }
        let copyable = self.under_cursor(shared).is_some_and(|account| !rights::commands(shared, account).is_empty());
        let copyable = copyable.then_some(Context::Copyable);
        let busy = [Slot::Subscriptions, Slot::Accounts].into_iter().any(|slot| shared.requests.is_busy(slot));
        let failed = self.fault.as_ref().map(|_| Context::Failed);
        let second = (!self.on_subscriptions).then_some(Context::SecondList);
        let busy = busy.then_some(Context::Busy);
        let services = service::may_switch(shared).then_some(Context::Services);
        failed
            .into_iter()
            .chain(busy)
            .chain(second)
            .chain(services)
            .chain(copyable)
            .chain([Context::List, Context::Accounts, Context::Loaded])
            .collect()
    }

    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        if action == Action::CancelRequest && self.filter.is_some() {
            return self.stop_others(shared).into_iter().collect::<Vec<_>>().into();
        }
        if action == Action::CancelRequest {
            let slots = [Slot::Subscriptions, Slot::Accounts];
            let cancelled: Vec<Effect> = slots.into_iter().filter_map(|slot| shared.requests.cancel(slot)).collect();
            self.fault = Some((Slot::Accounts, Fault::cancelled("list the storage accounts")));
            return cancelled.into();
        }
        let filtering = self.filter.is_some();
        let mut outcome =
            if filtering { self.act_on_filter(shared, action) } else { self.act_on_lists(shared, &action) };
        outcome.effects.extend(self.follow_cursor(shared));
        outcome
    }

    fn done(&mut self, shared: &mut Shared, slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome {
        let mut outcome = match outcome {
            Ok(Reply::Subscriptions(list)) => {
                shared.catalogue.subscriptions = Some(list);
                self.place_cursors(shared);
                self.ask_accounts(shared).into()
            }
            outcome if slot == Slot::OtherAccounts => {
                self.take_others(shared, outcome).into_iter().collect::<Vec<_>>().into()
            }
            outcome if matches!(slot, Slot::AccountRights | Slot::GroupRights | Slot::BlobSettings) => {
                Self::take_rights(shared, slot, outcome);
                StepOutcome::stay()
            }
            Ok(Reply::Accounts(list)) => {
                if let Some(id) = self.asked.take() {
                    shared.catalogue.all_accounts.insert(id.clone(), Ok(list.clone()));
                    shared.catalogue.accounts = Some((id, list));
                }
                self.place_account(shared);
                let mut outcome = self.choose_only(shared);
                outcome.effects.extend(self.ask_accounts(shared));
                outcome
            }
            Ok(Reply::Services(offers)) => {
                service::learn(shared, offers);
                StepOutcome::stay()
            }
            Ok(Reply::Account(account)) => Self::learn_account(shared, *account).into(),
            Ok(other) => {
                self.failed(shared, slot, other.unexpected());
                StepOutcome::stay()
            }
            Err(fault) => {
                self.failed(shared, slot, fault);
                StepOutcome::stay()
            }
        };
        outcome.effects.extend(self.follow_cursor(shared));
        outcome
    }

    fn is_typing(&self, _shared: &Shared) -> bool {
        self.filter.is_some()
    }

    fn paste(&mut self, _shared: &mut Shared, text: &str) -> Vec<Effect> {
        self.edit_filter(&Edit::Paste(text.to_owned()));
        Vec::new()
    }

    fn close(&mut self, _shared: &mut Shared) -> bool {
        self.filter.take().is_some()
    }

    fn away(&mut self, _shared: &mut Shared) -> Vec<Effect> {
        self.filter = None;
        Vec::new()
    }

    fn page(&self, _shared: &Shared) -> usize {
        usize::from(self.filter.is_some())
    }

    fn tick(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.ask_rights_here(shared)
    }

    fn wake_in(&self, shared: &Shared) -> Option<Duration> {
        self.asks_rights_in(shared)
    }

    fn leave(&mut self, shared: &mut Shared) -> Result<Vec<Effect>, String> {
        match chosen(shared) {
            None if shared.direct_account().is_some() => Ok(Vec::new()),
            None => Err("Choose a storage account and press Enter.".into()),
            Some((subscription, account)) => match verdict(subscription, account) {
                Verdict::Blocked(why) => Err(format!("{} cannot be exported: {why}.", account.name)),
                Verdict::Fine | Verdict::Doubtful(_) => Ok(Vec::new()),
            },
        }
    }

    fn move_focus(&mut self, shared: &mut Shared, forward: bool) -> bool {
        let moves = self.on_subscriptions == forward && self.filter.is_none();
        if moves {
            self.on_subscriptions = !self.on_subscriptions;
            // Nothing was asked about the list that is left: there is nothing to cancel.
            let _nothing_to_cancel = self.follow_cursor(shared);
        }
        moves
    }

    fn wheel(&mut self, shared: &mut Shared, motion: Motion) -> Option<Vec<Effect>> {
        self.filter.as_ref()?;
        Some((0..3).flat_map(|_| self.act(shared, Action::Move(motion)).effects).collect())
    }

    fn take_focus(&mut self, shared: &mut Shared, forward: bool) {
        let one = shared.catalogue.subscriptions.as_ref().is_some_and(|all| all.len() == 1);
        self.on_subscriptions = forward && !one;
    }
}
