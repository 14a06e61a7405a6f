//! Which credential each account of a session is read with: the token of the sign-in, the account's listed key, or the key or
//! signature that a person gave instead of a sign-in.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use azure_core::http::Url;

use super::{AccountAccess, AccountKey, Credential};
use crate::azure::{
    cloud::{Cloud, server},
    fault::{Fault, FaultKind, Retry},
    model::{Access, StorageAccount},
    urls,
};

/// An account as Azure Resource Manager describes it, and its key once that was fetched.
#[derive(Clone)]
pub(crate) struct AccountFacts {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) shared_key: bool,
    /// The network rules let in only the machines they name; no key helps against that.
    pub(crate) restricted_network: bool,
    /// The namespace is hierarchical.
    pub(crate) hierarchical: bool,
    pub(crate) key: Option<Arc<AccountKey>>,
}

/// The credentials of one session. In memory only.
#[derive(Default)]
pub(crate) struct Credentials {
    /// The one account of a session without a sign-in.
    opened: Option<AccountAccess>,
    /// The cloud of the sign-in: its token may be sent to the blob hosts of this cloud.
    cloud: Option<Cloud>,
    /// Servers that a person allowed, beside the cloud's own.
    allowed_servers: Mutex<HashSet<String>>,
    /// The accounts of the sign-in, by endpoint.
    accounts: Mutex<HashMap<String, AccountFacts>>,
    /// Options that an account's listings refuse, e.g. `versions`: pairs of endpoint and value of `include` or `showonly`.
    unsupported: Mutex<HashSet<(String, &'static str)>>,
    /// Held while a key is fetched, so that many listings that are refused at once fetch it once.
    pub(crate) key_fetch: tokio::sync::Mutex<()>,
}

impl Credentials {
    /// For one account without a sign-in.
    pub(crate) fn for_account(opened: AccountAccess) -> Self {
        Self { opened: Some(opened), ..Self::default() }
    }

    /// For a sign-in to `cloud`.
    pub(crate) fn for_cloud(cloud: Cloud) -> Self {
        Self { cloud: Some(cloud), ..Self::default() }
    }

    /// From now on the token of the sign-in may be sent to this server.
    pub(crate) fn permit(&self, base_url: &Url) {
        lock(&self.allowed_servers).insert(server(base_url));
    }

    fn permits(&self, base_url: &Url) -> bool {
        let allowed = lock(&self.allowed_servers).contains(&server(base_url));
        allowed || self.cloud.as_ref().is_some_and(|cloud| cloud.has_blob_host(base_url))
    }

    fn foreign_server(&self, tried: &str, base_url: &Url) -> Fault {
        let host = urls::host(base_url);
        let cloud = self.cloud.as_ref().map_or("this cloud", Cloud::title);
        let reason = format!("its blobs are said to be at {host}, which is no storage host of {cloud}");
        let advice = format!(
            "Your sign-in was not sent there. Where you know that host, allow it in the wizard's step Blobs or in the configuration file: storage-hosts = [\"{}\"].",
            base_url.host_str().unwrap_or_default()
        );
        Fault { kind: FaultKind::Denied, retry: Retry::Never, ..Fault::local(tried, reason) }.advise(advice)
    }

    /// The account of a session without a sign-in.
    pub(crate) fn opened(&self) -> Option<&AccountAccess> {
        self.opened.as_ref()
    }

    /// Keeps what is needed to list an account's keys and its blobs. A key that was fetched before stays.
    pub(crate) fn remember(&self, account: &StorageAccount) {
        let Ok(base_url) = Url::parse(&account.blob_endpoint) else { return };
        let endpoint = canonical(&base_url);
        let mut accounts = lock(&self.accounts);
        let key = accounts.get(&endpoint).and_then(|before| before.key.clone());
        let facts = AccountFacts {
            id: account.id.clone(),
            name: account.name.clone(),
            shared_key: account.shared_key,
            restricted_network: account.denies_by_default || account.public_network.eq_ignore_ascii_case("Disabled"),
            hierarchical: account.hierarchical,
            key: key.filter(|_| account.shared_key),
        };
        accounts.insert(endpoint, facts);
    }

    /// The account at this endpoint, where the session listed or read it.
    pub(crate) fn account(&self, base_url: &Url) -> Option<AccountFacts> {
        lock(&self.accounts).get(&canonical(base_url)).cloned()
    }

    /// The credential for a request to `base_url`.
    ///
    /// # Errors
    /// The session is for another account only, or the server belongs neither to the cloud nor to those a person allowed.
    pub(crate) fn credential(&self, tried: &str, base_url: &Url) -> Result<Credential, Fault> {
        match &self.opened {
            Some(opened) if canonical(opened.url()) == canonical(base_url) => Ok(opened.credential().clone()),
            Some(opened) => Err(Fault {
                kind: FaultKind::SignedOut,
                ..Fault::local(tried, format!("only the account {} was opened", opened.account()))
            }
            .advise("Sign in to Azure to see other accounts.")),
            None if !self.permits(base_url) => Err(self.foreign_server(tried, base_url)),
            None => {
                Ok(self.account(base_url).and_then(|account| account.key).map_or(Credential::Token, Credential::Key))
            }
        }
    }

    /// The credential for `base_url` as the screen names it.
    pub(crate) fn access(&self, base_url: &Url) -> Access {
        match &self.opened {
            Some(opened) => opened.access(),
            None if self.account(base_url).is_some_and(|account| account.key.is_some()) => Access::AccountKey,
            None => Access::EntraToken,
        }
    }

    /// From now on the account is read with this key; with `None`, with the token again.
    pub(crate) fn set_key(&self, base_url: &Url, key: Option<Arc<AccountKey>>) {
        if let Some(account) = lock(&self.accounts).get_mut(&canonical(base_url)) {
            account.key = key;
        }
    }

    /// From now on listings of this account are requested without `option`.
    pub(crate) fn mark_unsupported(&self, base_url: &Url, option: &'static str) {
        lock(&self.unsupported).insert((canonical(base_url), option));
    }

    /// Whether listings of this account are requested without `option`.
    pub(crate) fn is_unsupported(&self, base_url: &Url, option: &'static str) -> bool {
        lock(&self.unsupported).contains(&(canonical(base_url), option))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An endpoint in the spelling it is kept by: `HTTPS://Acct.example/` and `https://acct.example` are one.
fn canonical(base_url: &Url) -> String {
    format!("{}://{}{}", base_url.scheme(), urls::host(base_url), base_url.path().trim_end_matches('/'))
}
