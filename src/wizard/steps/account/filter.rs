//! The filter over the accounts of all subscriptions: the letters typed are looked for in their order, with gaps between them.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::azure::model::{StorageAccount, Subscription};
use crate::form::Field;
use crate::wizard::shared::Shared;

/// A filter that is being typed.
#[derive(Debug)]
pub struct AccountFilter {
    /// The text.
    pub field: Field,
    /// Row of the cursor among the hits.
    pub row: usize,
}

/// An account that fits a filter.
#[derive(Clone, Copy, Debug)]
pub struct AccountHit<'a> {
    /// Its subscription.
    pub subscription: &'a Subscription,
    /// The account.
    pub account: &'a StorageAccount,
}

impl AccountFilter {
    pub(super) fn new() -> Self {
        Self { field: Field::new(""), row: 0 }
    }

    /// The accounts that fit, best first; with nothing typed all of them, in the order of the subscriptions.
    pub fn hits<'a>(&self, shared: &'a Shared) -> Vec<AccountHit<'a>> {
        let pattern = Pattern::parse(self.field.value(), CaseMatching::Ignore, Normalization::Smart);
        let (mut matcher, mut buffer) = (Matcher::new(Config::DEFAULT), Vec::new());
        let mut score = |hit: AccountHit<'a>| {
            let text = haystack(hit);
            Some((pattern.score(Utf32Str::new(&text, &mut buffer), &mut matcher)?, hit))
        };
        let mut scored: Vec<(u32, AccountHit<'a>)> = all(shared).filter_map(&mut score).collect();
        // Hits of one score stay in their order.
        scored.sort_by_key(|(score, _)| Reverse(*score));
        scored.into_iter().map(|(_, hit)| hit).collect()
    }
}

/// The accounts that were read, in the order of the subscriptions.
fn all(shared: &Shared) -> impl Iterator<Item = AccountHit<'_>> {
    let subscriptions = shared.catalogue.subscriptions.iter().flatten();
    subscriptions.flat_map(|subscription| {
        let read = shared.catalogue.all_accounts.get(&subscription.id).and_then(|read| read.as_ref().ok());
        read.into_iter().flatten().map(move |account| AccountHit { subscription, account })
    })
}

/// What of an account is searched.
fn haystack(AccountHit { subscription, account }: AccountHit<'_>) -> String {
    format!("{} {} {} {}", account.name, subscription.name, account.resource_group(), account.location)
}

/// How many subscriptions were read for the filter, of how many, and how many of them could not be read.
pub fn reading(shared: &Shared) -> (usize, usize, usize) {
    let read = &shared.catalogue.all_accounts;
    let all = shared.catalogue.subscriptions.as_ref().map_or(0, Vec::len);
    (read.len(), all, read.values().filter(|accounts| accounts.is_err()).count())
}
