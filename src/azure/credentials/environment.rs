//! Opens an account with what the command line and the environment say.

use secrecy::SecretString;

use super::{
    AccessError, AccountAccess,
    endpoint::AccountEndpoint,
    pasted,
    variables::{ACCOUNT, CONNECTION, KEY, SAS},
};

impl AccountAccess {
    /// Reads what a person set: `blob_endpoint` is `--blob-endpoint`, `lookup` reads an environment variable (empty counts as unset).
    ///
    /// With an endpoint: the signature in its own query, else `AZURE_STORAGE_KEY`, else `AZURE_STORAGE_SAS_TOKEN`, else what
    /// `AZURE_STORAGE_CONNECTION_STRING` has for the same account. Without: the connection string alone.
    ///
    /// # Errors
    /// [`AccessError`], one sentence for the terminal.
    pub fn from_env(blob_endpoint: Option<&str>, lookup: impl Fn(&str) -> Option<String>) -> Result<Self, AccessError> {
        let secret = |name| lookup(name).filter(|value| !value.trim().is_empty()).map(SecretString::from);
        let connection = || secret(CONNECTION).map(|text| AccountAccess::from_connection_string(&text)).transpose();
        let Some(address) = blob_endpoint else { return connection()?.ok_or(AccessError::NoAccount) };
        let (endpoint, sas_in_address) = AccountEndpoint::read(address)?;
        if let Some(sas) = sas_in_address {
            return AccountAccess::from_sas(endpoint, &sas, "--blob-endpoint");
        }
        if let Some(key) = secret(KEY) {
            // A host of one's own does not begin with the account's name.
            let account = lookup(ACCOUNT).map(|name| pasted::unwrapped(&name)).filter(|name| !name.is_empty());
            return AccountAccess::from_key(endpoint, account.as_deref(), &key, KEY);
        }
        if let Some(sas) = secret(SAS) {
            return AccountAccess::from_sas(endpoint, &sas, SAS);
        }
        let Some(access) = connection()? else { return Err(AccessError::NoCredential(endpoint.address)) };
        if access.endpoint.account != endpoint.account {
            return Err(AccessError::OtherAccount { ours: endpoint.account, theirs: access.endpoint.account });
        }
        Ok(AccountAccess { endpoint, ..access })
    }
}
