//! A server outside the cloud at which the person let the sign-in be used, and for which account.

use url::Url;

use crate::azure::cloud::server;

/// An account and the server that its blobs are said to be at. What is allowed for one account or one server holds for no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountServer {
    /// Resource id of the account.
    pub account: String,
    /// Scheme, host and port, e.g. `https://blob.lab.example`.
    pub server: String,
}

impl AccountServer {
    /// The account with this resource id, at the server of this blob endpoint.
    pub fn of(account: &str, endpoint: &str) -> Option<Self> {
        let server = server(&Url::parse(endpoint).ok()?);
        Some(Self { account: account.to_owned(), server })
    }

    /// The host alone, as `storage-hosts` in the configuration file takes it.
    pub fn host(&self) -> String {
        Url::parse(&self.server).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
    }
}
