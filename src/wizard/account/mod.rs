//! The account step: a subscription, a storage account in it, and whether that account can be exported at all.

mod verdict;

pub use verdict::{Verdict, verdict};

use super::conduct::{Conduct, Turn};
use super::desk::Desk;
use super::list;
use super::rail::Progress;
use crate::app::action::{Action, Motion};
use crate::app::keymap::Context;
use crate::app::protocol::{Call, Effect, Reply, Slot};
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{StorageAccount, Subscription};
use crate::draft::ChosenAccount;

/// The state of the step: two lists, one above the other.
#[derive(Debug)]
pub struct Account {
    /// Row in the list of subscriptions.
    pub subscription: usize,
    /// Row in the list of accounts.
    pub account: usize,
    /// The list of subscriptions has the focus.
    pub on_subscriptions: bool,
    /// Why a list could not be read.
    pub fault: Option<(Slot, Fault)>,
    /// Whose accounts were asked for last: the cursor may stand elsewhere when they come.
    asked: Option<String>,
}

/// Says the answer in a few words.
pub fn progress(desk: &Desk) -> Progress {
    if let (Some(given), Some(words)) = (desk.given(), desk.by_key()) {
        let needs = desk.needs_beyond_given("sign in and choose the account");
        let summary = format!("{}, {words}", given.name);
        return Progress { answered: true, summary, needs, ..Progress::default() };
    }
    if desk.session.is_none() && desk.draft.account.is_none() {
        return Progress::locked("sign in first");
    }
    let Some(chosen) = &desk.draft.account else {
        return Progress { needs: Some("choose a storage account".into()), ..Progress::default() };
    };
    let account = desk.catalogue.account.as_ref().unwrap_or(&chosen.account);
    let needs = match verdict(account) {
        Verdict::Blocked(why) => Some(why),
        Verdict::Fine | Verdict::Doubtful(_) => None,
    };
    Progress { answered: true, summary: account.name.clone(), needs, ..Progress::default() }
}

/// Why no other account can be chosen any more.
pub fn frozen(desk: &Desk) -> Option<String> {
    if !desk.draft.has_job() {
        return desk.may_have_job();
    }
    let why = "The job was created for this account and subscription; another account needs a new draft (c on the start screen).";
    Some(why.to_owned())
}

impl Account {
    /// With the cursor on the accounts if one was chosen before.
    pub fn new(desk: &Desk) -> Self {
        Self { subscription: 0, account: 0, on_subscriptions: desk.draft.account.is_none(), fault: None, asked: None }
    }

    /// The subscription under the cursor.
    pub fn current<'a>(&self, desk: &'a Desk) -> Option<&'a Subscription> {
        desk.catalogue.subscriptions.as_ref()?.get(self.subscription)
    }

    /// The accounts of the subscription under the cursor, once they were read.
    pub fn accounts<'a>(&self, desk: &'a Desk) -> Option<&'a [StorageAccount]> {
        let wanted = &self.current(desk)?.id;
        desk.catalogue.accounts.as_ref().filter(|(id, _)| id == wanted).map(|(_, list)| list.as_slice())
    }

    fn ask_accounts(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let Some(id) = self.current(desk).map(|subscription| subscription.id.clone()) else { return Vec::new() };
        let coming = desk.requests.is_busy(Slot::Accounts) && self.asked.as_ref() == Some(&id);
        if coming || self.accounts(desk).is_some() {
            return Vec::new();
        }
        self.asked = Some(id.clone());
        vec![desk.start(Slot::Accounts, Call::Accounts(id))]
    }

    fn ask_missing(&mut self, desk: &mut Desk) -> Vec<Effect> {
        let mut effects = Vec::new();
        if desk.session.is_none() {
            return effects;
        }
        if desk.catalogue.subscriptions.is_none() && !desk.requests.is_busy(Slot::Subscriptions) {
            effects.push(desk.start(Slot::Subscriptions, Call::Subscriptions));
        }
        if let Some(id) = desk.account_id().map(str::to_owned)
            && desk.catalogue.account.is_none()
            && !desk.requests.is_busy(Slot::Account)
        {
            effects.push(desk.start(Slot::Account, Call::Account(id)));
        }
        effects.extend(self.ask_accounts(desk));
        effects
    }

    /// Reads the chosen account afresh: it may have moved, closed its firewall, or gone since the draft was left.
    pub fn refresh(&mut self, desk: &mut Desk) -> Vec<Effect> {
        self.fault = None;
        let Some(id) = desk.account_id().map(str::to_owned) else { return Vec::new() };
        vec![desk.start(Slot::Account, Call::Account(id))]
    }

    fn choose(&mut self, desk: &mut Desk) -> Turn {
        let (Some(subscription), Some(account)) =
            (self.current(desk).cloned(), self.accounts(desk).and_then(|list| list.get(self.account)).cloned())
        else {
            return Turn::stay();
        };
        if let Verdict::Blocked(why) = verdict(&account) {
            desk.warn(format!("{} cannot be exported: {why}.", account.name));
            return Turn::stay();
        }
        if let Some(why) = frozen(desk) {
            if desk.account_id() == Some(&account.id) {
                return Turn::next();
            }
            desk.warn(why);
            return Turn::stay();
        }
        if desk.account_id() != Some(&account.id) {
            desk.forget_account();
        }
        Self::supersede_given(desk, &account);
        desk.draft.account = Some(ChosenAccount { subscription, account: account.clone() });
        Turn { effects: desk.learn_account(account), ..Turn::next() }
    }

    /// What was picked with a key is kept when its account is chosen with a sign-in.
    fn supersede_given(desk: &mut Desk, account: &StorageAccount) {
        let Some(given) = desk.draft.given.take() else { return };
        desk.opened = None;
        let picked = &mut desk.draft.selection.account;
        if given.is_at(&account.blob_endpoint) && picked.as_ref() == Some(&given.endpoint) {
            *picked = Some(account.id.clone());
        }
    }

    fn move_cursor(&mut self, desk: &mut Desk, motion: Motion) -> Vec<Effect> {
        if self.on_subscriptions {
            let len = desk.catalogue.subscriptions.as_ref().map_or(0, Vec::len);
            let before = self.subscription;
            let below = self.accounts(desk).is_some_and(|list| !list.is_empty());
            if motion == Motion::Down && before + 1 >= len && below {
                self.on_subscriptions = false;
                return Vec::new();
            }
            self.subscription = list::moved(before, len, motion, 5);
            if self.subscription != before {
                self.account = 0;
                return self.ask_accounts(desk);
            }
        } else if motion == Motion::Up && self.account == 0 {
            self.on_subscriptions = true;
        } else {
            let len = self.accounts(desk).map_or(0, <[_]>::len);
            self.account = list::moved(self.account, len, motion, 10);
        }
        Vec::new()
    }

    /// Puts the cursors on what is chosen.
    fn place_cursors(&mut self, desk: &Desk) {
        let Some(chosen) = &desk.draft.account else { return };
        let subscriptions = desk.catalogue.subscriptions.as_deref().unwrap_or_default();
        if let Some(row) = subscriptions.iter().position(|one| one.id == chosen.subscription.id) {
            self.subscription = row;
        }
        self.place_account(desk);
    }

    fn place_account(&mut self, desk: &Desk) {
        let Some(chosen) = &desk.draft.account else { return };
        let accounts = self.accounts(desk).unwrap_or_default();
        if let Some(row) = accounts.iter().position(|one| one.id == chosen.account.id) {
            self.account = row;
        }
    }

    fn learn_account(desk: &mut Desk, account: StorageAccount) -> Vec<Effect> {
        if desk.account_id() != Some(&account.id) {
            return Vec::new();
        }
        if let Some(chosen) = &mut desk.draft.account {
            chosen.account = account.clone();
        }
        desk.learn_account(account)
    }

    fn failed(&mut self, desk: &mut Desk, slot: Slot, fault: Fault) {
        if slot == Slot::Account && fault.kind == FaultKind::Gone {
            desk.warn("The chosen storage account is not there any more; choose another.");
        }
        self.fault = Some((slot, fault));
    }
}

impl Conduct for Account {
    fn enter(&mut self, desk: &mut Desk) -> Vec<Effect> {
        self.place_cursors(desk);
        if self.fault.is_some() { Vec::new() } else { self.ask_missing(desk) }
    }

    fn contexts(&self, desk: &Desk) -> Vec<Context> {
        let busy = [Slot::Subscriptions, Slot::Accounts].into_iter().any(|slot| desk.requests.is_busy(slot));
        let failed = self.fault.as_ref().map(|_| Context::Failed);
        let second = (!self.on_subscriptions).then_some(Context::SecondList);
        let busy = busy.then_some(Context::Busy);
        failed.into_iter().chain(busy).chain(second).chain([Context::List, Context::Loaded]).collect()
    }

    fn act(&mut self, desk: &mut Desk, action: Action) -> Turn {
        match action {
            Action::Move(Motion::Left) => self.on_subscriptions = true,
            Action::Move(Motion::Right) => self.on_subscriptions = false,
            Action::Move(motion) => return self.move_cursor(desk, motion).into(),
            Action::Activate | Action::Toggle if self.on_subscriptions => self.on_subscriptions = false,
            Action::Activate | Action::Toggle => return self.choose(desk),
            Action::Retry => {
                self.fault = None;
                return self.ask_missing(desk).into();
            }
            Action::Reload => {
                self.fault = None;
                desk.catalogue.subscriptions = None;
                desk.catalogue.accounts = None;
                return self.ask_missing(desk).into();
            }
            Action::CancelRequest => {
                let slots = [Slot::Subscriptions, Slot::Accounts];
                let cancelled: Vec<Effect> = slots.into_iter().filter_map(|slot| desk.requests.cancel(slot)).collect();
                self.fault = Some((Slot::Accounts, Fault::cancelled("list the storage accounts")));
                return cancelled.into();
            }
            _ => {}
        }
        Turn::stay()
    }

    fn done(&mut self, desk: &mut Desk, slot: Slot, outcome: Result<Reply, Fault>) -> Turn {
        match outcome {
            Ok(Reply::Subscriptions(list)) => {
                desk.catalogue.subscriptions = Some(list);
                self.place_cursors(desk);
                self.ask_accounts(desk).into()
            }
            Ok(Reply::Accounts(list)) => {
                desk.catalogue.accounts = self.asked.take().map(|id| (id, list));
                self.place_account(desk);
                self.ask_accounts(desk).into()
            }
            Ok(Reply::Account(account)) => Self::learn_account(desk, *account).into(),
            Ok(_) => Turn::stay(),
            Err(fault) => {
                self.failed(desk, slot, fault);
                Turn::stay()
            }
        }
    }

    fn leave(&mut self, desk: &mut Desk) -> Result<Vec<Effect>, String> {
        match &desk.draft.account {
            None if desk.given().is_some() => Ok(Vec::new()),
            None => Err("Choose a storage account and press Enter.".into()),
            Some(chosen) => match verdict(&chosen.account) {
                Verdict::Blocked(why) => Err(format!("{} cannot be exported: {why}.", chosen.account.name)),
                Verdict::Fine | Verdict::Doubtful(_) => Ok(Vec::new()),
            },
        }
    }

    fn move_focus(&mut self, _desk: &mut Desk, forward: bool) -> bool {
        let moves = self.on_subscriptions == forward;
        if moves {
            self.on_subscriptions = !self.on_subscriptions;
        }
        moves
    }

    fn take_focus(&mut self, _desk: &mut Desk, forward: bool) {
        self.on_subscriptions = forward;
    }
}
