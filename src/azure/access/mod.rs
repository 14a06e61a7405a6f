//! Access to one storage account without a sign-in: its key or a shared access signature, from the environment or a connection string.
//! Secrets stay in memory and are shown nowhere; how they are put on a request is in `http`.

use std::fmt;
use std::sync::Arc;

use azure_core::http::Url;
use secrecy::{ExposeSecret, SecretString};

use super::{
    cloud::{is_safe, is_this_machine},
    http::{Credential, Sas, sharedkey::AccountKey},
    model::Access,
};

mod connection;
mod environment;
mod pasted;
mod ways;

pub(crate) use pasted::SIGNATURE_LENGTH;
pub(crate) use ways::{AccountFacts, Credentials};

/// Why an account cannot be opened without a sign-in: one sentence each, with what to do and without any secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccessError {
    /// Neither an endpoint nor a connection string.
    #[error("no storage account is named; give --blob-endpoint URL, or set AZURE_STORAGE_CONNECTION_STRING")]
    NoAccount,
    /// An endpoint, but nothing to open it with.
    #[error("there is nothing to open {0} with; set AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN, or sign in instead")]
    NoCredential(String),
    /// The endpoint is not one.
    #[error(
        "the blob endpoint `{0}` {1}; it looks like https://account.blob.core.windows.net, or http://127.0.0.1:10000/devstoreaccount1 for an emulator"
    )]
    Endpoint(String, String),
    /// The key is not base64.
    #[error("the account key in {0} is not base64 text; copy it again from the account's access keys")]
    Key(&'static str),
    /// The shared access signature is damaged in a way that cannot be mended.
    #[error("the shared access signature in {0} {1}; copy the whole token again")]
    Signature(&'static str, String),
    /// A key where a signature is expected, or the other way round.
    #[error("{0} holds {1}; set {2} instead")]
    Mistaken(&'static str, &'static str, &'static str),
    /// The connection string cannot be read, or says too little.
    #[error("the connection string {0}; copy it again from the account's access keys")]
    ConnectionString(String),
    /// The connection string belongs to another account than the endpoint.
    #[error(
        "the connection string is for the account {theirs}, and --blob-endpoint is of {ours}; set AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN for it"
    )]
    OtherAccount {
        /// Account of the endpoint.
        ours: String,
        /// Account of the connection string.
        theirs: String,
    },
}

/// One storage account and what opens it. Cheap to clone.
#[derive(Clone)]
pub struct AccountAccess {
    place: AccountEndpoint,
    way: Credential,
}

impl fmt::Debug for AccountAccess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountAccess").field("endpoint", &self.place.endpoint).finish_non_exhaustive()
    }
}

impl AccountAccess {
    /// Reads what a person set: `blob_endpoint` is `--blob-endpoint`, `lookup` reads an environment variable (empty counts as unset).
    ///
    /// With an endpoint: the signature in its own query, else `AZURE_STORAGE_KEY`, else `AZURE_STORAGE_SAS_TOKEN`, else what
    /// `AZURE_STORAGE_CONNECTION_STRING` has for the same account. Without: the connection string alone.
    ///
    /// # Errors
    /// [`AccessError`], one sentence for the terminal.
    pub fn from_env(blob_endpoint: Option<&str>, lookup: impl Fn(&str) -> Option<String>) -> Result<Self, AccessError> {
        environment::read(blob_endpoint, &lookup)
    }

    /// The account at `endpoint` with its key (base64). `account` is needed where the endpoint does not begin with its name.
    ///
    /// # Errors
    /// The endpoint is none, or is plain HTTP to another machine, or the key is not base64.
    pub fn with_key(endpoint: &str, account: Option<&str>, key: &SecretString) -> Result<Self, AccessError> {
        Self::keyed(AccountEndpoint::read(endpoint)?.0, account, key, "AZURE_STORAGE_KEY")
    }

    /// The account of a connection string (Microsoft page: Configure Azure Storage connection strings).
    ///
    /// # Errors
    /// It cannot be read, names no account, or holds neither key nor signature.
    pub fn from_connection_string(text: &SecretString) -> Result<Self, AccessError> {
        connection::read(text)
    }

    /// The account's blob endpoint, without a closing slash and without any secret.
    pub fn endpoint(&self) -> &str {
        &self.place.endpoint
    }

    /// The account's name.
    pub fn account(&self) -> &str {
        &self.place.account
    }

    /// The only container that can be read, where the address named one.
    pub fn container(&self) -> Option<&str> {
        self.place.container.as_deref()
    }

    /// What it is, for the screen.
    pub fn access(&self) -> Access {
        if matches!(self.way, Credential::Sas(_)) { Access::Sas } else { Access::KeyGiven }
    }

    pub(crate) fn url(&self) -> &Url {
        &self.place.url
    }

    pub(crate) fn way(&self) -> &Credential {
        &self.way
    }

    fn keyed(
        place: AccountEndpoint,
        account: Option<&str>,
        key: &SecretString,
        from: &'static str,
    ) -> Result<Self, AccessError> {
        let text = key.expose_secret();
        let Some(key) = pasted::key(text).map(SecretString::from) else {
            let signature = from == environment::KEY && pasted::is_signature(text);
            let mistaken = AccessError::Mistaken(from, "a shared access signature and no key", environment::SAS);
            return Err(if signature { mistaken } else { AccessError::Key(from) });
        };
        let account = account.map_or_else(|| place.account.clone(), str::to_owned);
        let way = Credential::Key(Arc::new(AccountKey::given(account.clone(), key)));
        Ok(Self { place: AccountEndpoint { account, ..place }, way })
    }

    fn signed(place: AccountEndpoint, sas: &SecretString, from: &'static str) -> Result<Self, AccessError> {
        let text = sas.expose_secret();
        let fields = pasted::signature(text).map_err(|reason| AccessError::Signature(from, reason))?;
        let Some(fields) = fields else {
            let mistaken = AccessError::Mistaken(from, "an account key and no signature", environment::KEY);
            let none = || AccessError::Signature(from, "is not one: it has no field like `sv=` or `sig=`".to_owned());
            return Err(if from == environment::SAS && pasted::is_key(text) { mistaken } else { none() });
        };
        Ok(Self { place, way: Credential::Sas(Arc::new(Sas::from(fields.as_str()))) })
    }
}

/// Where an account is.
#[derive(Clone)]
struct AccountEndpoint {
    endpoint: String,
    url: Url,
    account: String,
    container: Option<String>,
}

impl AccountEndpoint {
    /// Reads an address of an account or of one container in it, and takes the signature in its query apart. What else the query
    /// asks for belonged to the request the address was copied from.
    fn read(address: &str) -> Result<(Self, Option<SecretString>), AccessError> {
        let address = pasted::unwrapped(address);
        let (shown, query) = address.split_once('?').unwrap_or((&address, ""));
        let shown = shown.split('#').next().unwrap_or_default().trim();
        let bad = |why: &str| AccessError::Endpoint(without_login(shown), why.to_owned());
        let mut url = Url::parse(shown).map_err(|_| bad("is not an address"))?;
        if !is_safe(url.as_str()) {
            return Err(bad("is not https://, and plain http is accepted only for this machine"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad("holds a user name"));
        }
        let sas = match pasted::signature(query) {
            Ok(None) => None,
            // Damage is told by whoever opens the account with it.
            Ok(Some(_)) | Err(_) => Some(SecretString::from(query)),
        };
        let decoded = |part: &str| percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned();
        let mut parts = url.path().split('/').filter(|part| !part.is_empty()).map(decoded);
        let host = url.host_str().unwrap_or_default().to_owned();
        // Names of this machine have the account in the path, but for `account.blob.localhost`.
        let named = |name: &str| name.contains('.') && (!is_this_machine(&url) || name.contains(".blob."));
        let in_path = !matches!(url.host(), Some(url::Host::Domain(name)) if named(name));
        let account = if in_path {
            parts.next().ok_or_else(|| bad("names no account"))?
        } else {
            host.split('.').next().unwrap_or_default().trim_end_matches("-secondary").to_owned()
        };
        let container = parts.next();
        if parts.next().is_some() {
            return Err(bad("names a blob and not an account"));
        }
        drop(parts);
        url.set_path(if in_path { &account } else { "" });
        let endpoint = url.as_str().trim_end_matches('/').to_owned();
        Ok((Self { endpoint, url, account, container }, sas))
    }
}

/// An address as it may be shown: what stands before an `@` could be a password.
fn without_login(shown: &str) -> String {
    let Some((scheme, rest)) = shown.split_once("://") else { return shown.to_owned() };
    format!("{scheme}://{}", rest.rsplit_once('@').map_or(rest, |(_, host)| host))
}

#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod tests;
