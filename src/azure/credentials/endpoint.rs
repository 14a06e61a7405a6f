//! Reads the address of a storage account or of one container in it.

use azure_core::http::Url;
use secrecy::SecretString;

use super::{AccessError, pasted};
use crate::azure::cloud::{is_safe, is_this_machine};

/// Where an account is.
#[derive(Clone)]
pub(super) struct AccountEndpoint {
    pub(super) address: String,
    pub(super) url: Url,
    pub(super) account: String,
    pub(super) container: Option<String>,
}

impl AccountEndpoint {
    /// Reads an address of an account or of one container in it, and takes the signature in its query apart. Other
    /// parameters belong to the request that the address was copied from, and are dropped.
    pub(super) fn read(address: &str) -> Result<(Self, Option<SecretString>), AccessError> {
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
            // A damaged signature is reported where the account is opened with it.
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
        let address = url.as_str().trim_end_matches('/').to_owned();
        Ok((Self { address, url, account, container }, sas))
    }
}

/// An address as it may be shown: the part before an `@` could be a password.
fn without_login(shown: &str) -> String {
    let Some((scheme, rest)) = shown.split_once("://") else { return shown.to_owned() };
    format!("{scheme}://{}", rest.rsplit_once('@').map_or(rest, |(_, host)| host))
}
