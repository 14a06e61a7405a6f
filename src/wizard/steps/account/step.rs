//! The step: two lists, the requests that fill them, and the choice of an account.

use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{StorageAccount, Subscription};
use crate::draft::ChosenAccount;
use crate::protocol::action::{Action, Motion};
use crate::protocol::keymap::Context;
use crate::protocol::message::{Call, Effect, Reply, Slot};
use crate::wizard::progress::StepProgress;
use crate::wizard::shared::Shared;
use crate::wizard::step::{StepLogic, StepOutcome};
use crate::wizard::steps::account::{Verdict, verdict};
use crate::wizard::{list, service};

/// The state of the step: two lists, one above the other.
#[derive(Debug)]
pub struct AccountStep {
    /// Row in the list of subscriptions.
    pub subscription: usize,
    /// Row in the list of accounts.
    pub account: usize,
    /// The list of subscriptions has the focus.
    pub on_subscriptions: bool,
    /// Why a list could not be read.
    pub fault: Option<(Slot, Fault)>,
    /// The subscription of the last request for accounts. The cursor may have moved before the answer comes.
    asked: Option<String>,
}

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
    let Some(chosen) = &shared.draft.account else {
        return StepProgress { needs: Some("choose a storage account".into()), ..StepProgress::default() };
    };
    let account = shared.catalogue.account.as_ref().unwrap_or(&chosen.account);
    let needs = match verdict(account) {
        Verdict::Blocked(why) => Some(why),
        Verdict::Fine | Verdict::Doubtful(_) => None,
    };
    StepProgress { answered: true, summary: account.name.clone(), needs, ..StepProgress::default() }
}

/// Why no other account can be chosen any more.
pub fn why_frozen(shared: &Shared) -> Option<String> {
    if !shared.draft.has_job() {
        return shared.may_have_job();
    }
    let why = "The job was created for this account and subscription; another account needs a new draft (c on the start screen).";
    Some(why.to_owned())
}

impl AccountStep {
    /// With the cursor on the accounts if one was chosen before.
    pub fn new(shared: &Shared) -> Self {
        Self { subscription: 0, account: 0, on_subscriptions: shared.draft.account.is_none(), fault: None, asked: None }
    }

    /// The subscription under the cursor.
    pub fn current<'a>(&self, shared: &'a Shared) -> Option<&'a Subscription> {
        shared.catalogue.subscriptions.as_ref()?.get(self.subscription)
    }

    /// The accounts of the subscription under the cursor, once they were read.
    pub fn accounts<'a>(&self, shared: &'a Shared) -> Option<&'a [StorageAccount]> {
        let wanted = &self.current(shared)?.id;
        shared.catalogue.accounts.as_ref().filter(|(id, _)| id == wanted).map(|(_, list)| list.as_slice())
    }

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

    fn choose(&mut self, shared: &mut Shared) -> StepOutcome {
        let (Some(subscription), Some(account)) =
            (self.current(shared).cloned(), self.accounts(shared).and_then(|list| list.get(self.account)).cloned())
        else {
            return StepOutcome::stay();
        };
        if let Verdict::Blocked(why) = verdict(&account) {
            shared.warn(format!("{} cannot be exported: {why}.", account.name));
            return StepOutcome::stay();
        }
        if let Some(why) = why_frozen(shared) {
            if shared.account_id() == Some(&account.id) {
                return StepOutcome::next();
            }
            shared.warn(why);
            return StepOutcome::stay();
        }
        if shared.account_id() != Some(&account.id) {
            shared.forget_account();
        }
        Self::replace_direct_account(shared, &account);
        shared.draft.account = Some(ChosenAccount { subscription, account: account.clone() });
        let mut effects = shared.learn_account(account);
        effects.extend(service::ask(shared));
        StepOutcome { effects, ..StepOutcome::next() }
    }

    /// The account that was used with a key is now chosen with a sign-in: the checked blobs are kept.
    fn replace_direct_account(shared: &mut Shared, account: &StorageAccount) {
        let Some(given) = shared.draft.given.take() else { return };
        shared.opened = None;
        let picked = &mut shared.draft.selection.account;
        if given.is_at(&account.blob_endpoint) && picked.as_ref() == Some(&given.endpoint) {
            *picked = Some(account.id.clone());
        }
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
    fn place_cursors(&mut self, shared: &Shared) {
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
        if self.fault.is_some() { Vec::new() } else { self.ask_missing(shared) }
    }

    fn contexts(&self, shared: &Shared) -> Vec<Context> {
        let busy = [Slot::Subscriptions, Slot::Accounts].into_iter().any(|slot| shared.requests.is_busy(slot));
        let failed = self.fault.as_ref().map(|_| Context::Failed);
        let second = (!self.on_subscriptions).then_some(Context::SecondList);
        let busy = busy.then_some(Context::Busy);
        let services = service::may_switch(shared).then_some(Context::Services);
        failed.into_iter().chain(busy).chain(second).chain(services).chain([Context::List, Context::Loaded]).collect()
    }

    fn act(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        match action {
            Action::Move(Motion::Left) => self.on_subscriptions = true,
            Action::Move(Motion::Right) => self.on_subscriptions = false,
            Action::Move(motion) => return self.move_cursor(shared, motion).into(),
            Action::Activate | Action::Toggle if self.on_subscriptions => self.on_subscriptions = false,
            Action::Activate | Action::Toggle => return self.choose(shared),
            Action::SwitchService => service::switch(shared),
            Action::Retry => {
                self.fault = None;
                return self.ask_missing(shared).into();
            }
            Action::Reload => {
                self.fault = None;
                shared.catalogue.subscriptions = None;
                shared.catalogue.accounts = None;
                shared.catalogue.services = None;
                return self.ask_missing(shared).into();
            }
            Action::CancelRequest => {
                let slots = [Slot::Subscriptions, Slot::Accounts];
                let cancelled: Vec<Effect> =
                    slots.into_iter().filter_map(|slot| shared.requests.cancel(slot)).collect();
                self.fault = Some((Slot::Accounts, Fault::cancelled("list the storage accounts")));
                return cancelled.into();
            }
            _ => {}
        }
        StepOutcome::stay()
    }

    fn done(&mut self, shared: &mut Shared, slot: Slot, outcome: Result<Reply, Fault>) -> StepOutcome {
        match outcome {
            Ok(Reply::Subscriptions(list)) => {
                shared.catalogue.subscriptions = Some(list);
                self.place_cursors(shared);
                self.ask_accounts(shared).into()
            }
            Ok(Reply::Accounts(list)) => {
                shared.catalogue.accounts = self.asked.take().map(|id| (id, list));
                self.place_account(shared);
                self.ask_accounts(shared).into()
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
        }
    }

    fn leave(&mut self, shared: &mut Shared) -> Result<Vec<Effect>, String> {
        match &shared.draft.account {
            None if shared.direct_account().is_some() => Ok(Vec::new()),
            None => Err("Choose a storage account and press Enter.".into()),
            Some(chosen) => match verdict(&chosen.account) {
                Verdict::Blocked(why) => Err(format!("{} cannot be exported: {why}.", chosen.account.name)),
                Verdict::Fine | Verdict::Doubtful(_) => Ok(Vec::new()),
            },
        }
    }

    fn move_focus(&mut self, _shared: &mut Shared, forward: bool) -> bool {
        let moves = self.on_subscriptions == forward;
        if moves {
            self.on_subscriptions = !self.on_subscriptions;
        }
        moves
    }

    fn take_focus(&mut self, _shared: &mut Shared, forward: bool) {
        self.on_subscriptions = forward;
    }
}
