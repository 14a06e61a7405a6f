//! The state of the account step: two lists, the filter over both, the account the cursor rests on.

use jiff::Timestamp;

use crate::azure::fault::Fault;
use crate::azure::model::{StorageAccount, Subscription};
use crate::protocol::message::Slot;
use crate::wizard::shared::Shared;
use crate::wizard::steps::account::filter::AccountFilter;

/// The state of the step: two lists, one above the other.
#[derive(Debug)]
pub struct AccountStep {
    /// Row in the list of subscriptions.
    pub subscription: usize,
    /// Row in the list of accounts.
    pub account: usize,
    /// The list of subscriptions has the focus.
    pub on_subscriptions: bool,
    /// The filter over all accounts, while it is open.
    pub filter: Option<AccountFilter>,
    /// Why a list could not be read.
    pub fault: Option<(Slot, Fault)>,
    /// The subscription of the last request for accounts. The cursor may have moved before the answer comes.
    pub(super) asked: Option<String>,
    /// The subscription of the last request for the filter.
    pub(super) asked_other: Option<String>,
    /// Resource id of the account under the cursor, and since when it is there.
    pub(super) resting: Option<(String, Timestamp)>,
}

impl AccountStep {
    /// With the cursor on the accounts if one was chosen before.
    pub fn new(shared: &Shared) -> Self {
        Self {
            subscription: 0,
            account: 0,
            on_subscriptions: shared.draft.account.is_none(),
            filter: None,
            fault: None,
            asked: None,
            asked_other: None,
            resting: None,
        }
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

    /// The account under the cursor: among the hits of the filter, or in the list of accounts.
    pub fn under_cursor<'a>(&self, shared: &'a Shared) -> Option<&'a StorageAccount> {
        if let Some(filter) = &self.filter {
            return filter.hits(shared).get(filter.row).map(|hit| hit.account);
        }
        self.accounts(shared).filter(|_| !self.on_subscriptions)?.get(self.account)
    }
}
