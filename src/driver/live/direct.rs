//! Accounts that are opened without a sign-in. The key or SAS comes from the command line, otherwise from the environment. It stays in
//! memory.

use super::live::{LiveBackend, locked};
use crate::azure::Azure;
use crate::azure::credentials::AccountAccess;
use crate::azure::fault::Fault;
use crate::draft::DirectAccount;
use crate::protocol::message::{Call, Reply};

/// The variable that names the account where its address does not.
const ACCOUNT: &str = "AZURE_STORAGE_ACCOUNT";

impl LiveBackend {
    /// Opens an account. Sends no request.
    pub(super) fn open_account(&self, given: &DirectAccount) -> Result<Reply, Fault> {
        let own = self.access.clone().filter(|access| given.is_at(access.endpoint()));
        let access = own.map_or_else(|| from_environment(given), Ok)?;
        let kind = access.access();
        *locked(&self.direct) = Some(Azure::for_account(access));
        Ok(Reply::Access(kind))
    }

    /// The session for a call: that of the account opened without a sign-in if the call reads its blobs, else that of the sign-in.
    pub(super) fn session_for(&self, call: &Call) -> Option<Azure> {
        let direct = locked(&self.direct).clone().filter(|azure| {
            let own = azure.account().map(AccountAccess::endpoint);
            own.is_some() && own == endpoint(call)
        });
        direct.or_else(|| locked(&self.session).clone())
    }
}

/// The endpoint of a call that reads blobs.
fn endpoint(call: &Call) -> Option<&str> {
    match call {
        Call::Containers { endpoint, .. }
        | Call::Entries { endpoint, .. }
        | Call::History { endpoint, .. }
        | Call::Scan { endpoint, .. }
        | Call::Access(endpoint) => Some(endpoint),
        _ => None,
    }
}

fn from_environment(given: &DirectAccount) -> Result<AccountAccess, Fault> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let lookup = |name: &str| if name == ACCOUNT { Some(given.name.clone()) } else { variable(name) };
    AccountAccess::from_env(Some(&given.address()), lookup)
        .map_err(|error| Fault::local(format!("open the account {}", given.name), error.to_string()))
}
