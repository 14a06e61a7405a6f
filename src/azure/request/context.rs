//! The part of a fault that comes from the request: its purpose, the host, the credential.

use azure_core::http::Url;

use super::Audience;
use crate::azure::{
    credentials::Credential,
    fault::{Fault, FaultKind, Retry},
    urls,
};

/// The part of a fault that comes from the request.
#[derive(Clone, Debug)]
pub(crate) struct RequestContext {
    /// Its purpose as an infinitive, e.g. `list the containers of mediaarchive`.
    pub(crate) tried: String,
    /// The role that allows it.
    pub(crate) role: &'static str,
    /// `host:port` of the server; the port only where it is not the usual one.
    pub(crate) host: String,
    /// The service.
    pub(crate) audience: Audience,
    /// The credential that the request was sent with.
    pub(crate) credential: Credential,
    /// The service's or the account's address.
    pub(crate) base_url: Url,
    /// The container in the path of a request to an account's blobs, percent-encoded.
    pub(crate) container: Option<String>,
    /// The request changes something.
    pub(crate) writes: bool,
    /// Sending it twice does no harm. Where it does, a lost response leaves open whether the change was made.
    pub(crate) idempotent: bool,
}

impl RequestContext {
    pub(crate) fn new(tried: &str, role: &'static str, url: &Url) -> Self {
        let (host, base_url) = (urls::host(url), url.clone());
        Self {
            tried: tried.to_owned(),
            role,
            host,
            audience: Audience::Arm,
            credential: Credential::Token,
            base_url,
            container: None,
            writes: false,
            idempotent: true,
        }
    }

    pub(crate) fn fault(&self, kind: FaultKind, reason: impl Into<String>) -> Fault {
        Fault { kind, retry: Retry::Now, ..Fault::local(self.tried.clone(), reason) }
    }
}
