//! The choice of an account: the one under the cursor, one found by the filter, or the only one there is.

use crate::azure::model::{StorageAccount, Subscription};
use crate::draft::ChosenAccount;
use crate::form::Edit;
use crate::protocol::action::Action;
use crate::protocol::message::Effect;
use crate::protocol::step::Step;
use crate::wizard::shared::Shared;
use crate::wizard::step::{Navigation, StepOutcome};
use crate::wizard::steps::account::asking::ask_rights;
use crate::wizard::steps::account::frozen::why_frozen;
use crate::wizard::steps::account::state::AccountStep;
use crate::wizard::steps::account::{Verdict, rights, verdict};
use crate::wizard::{list, service};

impl AccountStep {
    /// Chooses the account under the cursor.
    pub(super) fn choose_here(&mut self, shared: &mut Shared) -> StepOutcome {
        let found = match &self.filter {
            Some(filter) => {
                filter.hits(shared).get(filter.row).map(|hit| (hit.subscription.clone(), hit.account.clone()))
            }
            None => self.current(shared).cloned().zip(self.under_cursor(shared).cloned()),
        };
        let Some((subscription, account)) = found else { return StepOutcome::stay() };
        Self::choose(shared, subscription, &account)
    }

    fn choose(shared: &mut Shared, subscription: Subscription, account: &StorageAccount) -> StepOutcome {
        if let Verdict::Blocked(why) = verdict(&subscription, account) {
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
        Self::replace_direct_account(shared, account);
        shared.draft.account = Some(ChosenAccount { subscription, account: account.clone() });
        let mut effects = shared.learn_account(account.clone());
        effects.extend(service::ask(shared));
        effects.extend(ask_rights(shared, account));
        StepOutcome { effects, ..StepOutcome::next() }
    }

    /// The only account of the only subscription chooses itself, once. With doubts about it the person sees them first.
    pub(super) fn choose_only(&mut self, shared: &mut Shared) -> StepOutcome {
        let open = shared.draft.account.is_none() && shared.direct_account().is_none() && !shared.is_read_only();
        let alone = shared.catalogue.subscriptions.as_ref().is_some_and(|all| all.len() == 1);
        if !open || !alone || self.filter.is_some() {
            return StepOutcome::stay();
        }
        // There is nothing to choose among the subscriptions.
        self.on_subscriptions = false;
        let Some([account]) = self.accounts(shared) else { return StepOutcome::stay() };
        let Some(subscription) = self.current(shared).cloned() else { return StepOutcome::stay() };
        let (account, judged) = (account.clone(), verdict(&subscription, account));
        if matches!(judged, Verdict::Blocked(_)) {
            return StepOutcome::stay();
        }
        let name = account.name.clone();
        let here = shared.draft.step == Step::Account;
        let outcome = Self::choose(shared, subscription, &account);
        if judged == Verdict::Fine && here {
            shared
                .say(format!("{name} is the only storage account you can see, so it is chosen. Esc leads back to it."));
            return outcome;
        }
        shared.say(format!("{name} is the only storage account you can see, so it is chosen. Enter goes on."));
        StepOutcome::from(outcome.effects)
    }

    pub(super) fn act_on_filter(&mut self, shared: &mut Shared, action: Action) -> StepOutcome {
        let Some(filter) = &mut self.filter else { return StepOutcome::stay() };
        match action {
            Action::Edit(edit) => self.edit_filter(&edit),
            Action::Activate => {
                let outcome = self.choose_here(shared);
                if outcome.navigation == Navigation::Next {
                    self.filter = None;
                    self.place_cursors(shared);
                }
                return outcome;
            }
            Action::Move(motion) => {
                let len = filter.hits(shared).len();
                filter.row = list::moved(filter.row, len, motion, 10);
            }
            _ => {}
        }
        StepOutcome::stay()
    }

    pub(super) fn edit_filter(&mut self, edit: &Edit) {
        if let Some(filter) = &mut self.filter
            && filter.field.edit(edit)
        {
            filter.row = 0;
        }
    }

    pub(super) fn copy_commands(&self, shared: &mut Shared) -> StepOutcome {
        let commands = self.under_cursor(shared).map(|account| rights::commands(shared, account)).unwrap_or_default();
        if commands.is_empty() {
            return StepOutcome::stay();
        }
        Effect::Copy(commands.join("\n")).into()
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
}
