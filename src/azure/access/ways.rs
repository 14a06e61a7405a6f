//! Which way into each account's blobs is in use: the sign-in's token, a listed key, or what was given instead of a sign-in.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use azure_core::http::Url;
use secrecy::ExposeSecret;

use super::AccountAccess;
use crate::azure::{
    cloud::{Cloud, server},
    fault::{Fault, FaultKind, Retry},
    http::{Credential, address, sharedkey::AccountKey},
    model::{Access, StorageAccount},
};

/// What Azure Resource Manager said of an account, and its key once that was needed.
#[derive(Clone)]
pub(crate) struct AccountFacts {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) shared_key: bool,
    /// The network rules let in only whom they name; no key helps against that.
    pub(crate) closed: bool,
    /// The namespace is hierarchical.
    pub(crate) hierarchical: bool,
    pub(crate) key: Option<Arc<AccountKey>>,
}

/// The ways of one session. In memory only.
#[derive(Default)]
pub(crate) struct Credentials {
    given: Option<AccountAccess>,
    /// Whose hosts the sign-in is for.
    cloud: Option<Cloud>,
    /// Servers a person named or said yes to, beside the cloud's own.
    permitted: Mutex<HashSet<String>>,
    accounts: Mutex<HashMap<String, AccountFacts>>,
    /// What listings of which accounts must not ask for: places and values of `include` or `showonly`.
    refused: Mutex<HashSet<(String, &'static str)>>,
    /// Held while keys are listed, so that many listings refused at once ask for them once.
    pub(crate) asking: tokio::sync::Mutex<()>,
}

impl Credentials {
    pub(crate) fn only(given: AccountAccess) -> Self {
        Self { given: Some(given), ..Self::default() }
    }

    /// With a sign-in to `cloud`.
    pub(crate) fn of(cloud: Cloud) -> Self {
        Self { cloud: Some(cloud), ..Self::default() }
    }

    /// From now on the sign-in may be used at this server.
    pub(crate) fn permit(&self, home: &Url) {
        self.permitted.lock().unwrap_or_else(PoisonError::into_inner).insert(server(home));
    }

    /// Whether the sign-in may be used at this server.
    fn permits(&self, home: &Url) -> bool {
        let named = self.permitted.lock().unwrap_or_else(PoisonError::into_inner).contains(&server(home));
        named || self.cloud.as_ref().is_some_and(|cloud| cloud.has_blob_host(home))
    }

    fn stranger(&self, tried: &str, home: &Url) -> Fault {
        let host = address::host(home);
        let cloud = self.cloud.as_ref().map_or("this cloud", Cloud::title);
        let reason = format!("its blobs are said to be at {host}, which is no storage host of {cloud}");
        let advice = format!(
            "Your sign-in was not sent there. Where you know that host, allow it in the wizard's step Blobs or in the configuration file: storage-hosts = [\"{}\"].",
            home.host_str().unwrap_or_default()
        );
        Fault { kind: FaultKind::Denied, retry: Retry::Never, ..Fault::local(tried, reason) }.advise(advice)
    }

    pub(crate) fn given(&self) -> Option<&AccountAccess> {
        self.given.as_ref()
    }

    /// Keeps what is needed to list an account's keys and its blobs; a key that is known stays.
    pub(crate) fn remember(&self, account: &StorageAccount) {
        let Some(place) = Url::parse(&account.blob_endpoint).ok().map(|url| place(&url)) else { return };
        let mut accounts = self.lock();
        let before = accounts.get(&place);
        let known = AccountFacts {
            id: account.id.clone(),
            name: account.name.clone(),
            shared_key: account.shared_key,
            closed: account.denies_by_default || account.public_network.eq_ignore_ascii_case("Disabled"),
            hierarchical: account.hierarchical,
            key: before.and_then(|known| known.key.clone()).filter(|_| account.shared_key),
        };
        accounts.insert(place, known);
    }

    pub(crate) fn known(&self, home: &Url) -> Option<AccountFacts> {
        self.lock().get(&place(home)).cloned()
    }

    /// The way a request to `home` goes now.
    ///
    /// # Errors
    /// Only another account was opened, or the server is none of the cloud's.
    pub(crate) fn way(&self, tried: &str, home: &Url) -> Result<Credential, Fault> {
        match &self.given {
            Some(given) if place(given.url()) == place(home) => Ok(given.way().clone()),
            Some(given) => Err(Fault {
                kind: FaultKind::SignedOut,
                ..Fault::local(tried, format!("only the account {} was opened", given.account()))
            }
            .advise("Sign in to Azure to see other accounts.")),
            None if !self.permits(home) => Err(self.stranger(tried, home)),
            None => Ok(self.known(home).and_then(|known| known.key).map_or(Credential::Token, Credential::Key)),
        }
    }

    pub(crate) fn access(&self, home: &Url) -> Access {
        match &self.given {
            Some(given) => given.access(),
            None if self.known(home).is_some_and(|known| known.key.is_some()) => Access::AccountKey,
            None => Access::EntraToken,
        }
    }

    /// From now on the account is read with this key, or with the token again.
    pub(crate) fn switch(&self, home: &Url, key: Option<Arc<AccountKey>>) {
        if let Some(known) = self.lock().get_mut(&place(home)) {
            known.key = key;
        }
    }

    /// From now on listings do not ask for this.
    pub(crate) fn ask_without(&self, home: &Url, what: &'static str) {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).insert((place(home), what));
    }

    /// Whether listings are not to ask for this.
    pub(crate) fn asks_without(&self, home: &Url, what: &'static str) -> bool {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).contains(&(place(home), what))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, AccountFacts>> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An endpoint, so that two spellings of it are one.
fn place(url: &Url) -> String {
    format!("{}://{}{}", url.scheme(), address::host(url), url.path().trim_end_matches('/'))
}

impl PartialEq for AccountKey {
    fn eq(&self, other: &Self) -> bool {
        self.key().expose_secret() == other.key().expose_secret()
    }
}
