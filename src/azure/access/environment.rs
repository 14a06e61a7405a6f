//! What the command line and the environment say about one account. Reading a connection string is in `connection`.

use secrecy::SecretString;

use super::{AccessError, AccountAccess, AccountEndpoint, pasted};

pub(super) const KEY: &str = "AZURE_STORAGE_KEY";
pub(super) const SAS: &str = "AZURE_STORAGE_SAS_TOKEN";
const CONNECTION: &str = "AZURE_STORAGE_CONNECTION_STRING";
const ACCOUNT: &str = "AZURE_STORAGE_ACCOUNT";

pub(super) fn read(
    blob_endpoint: Option<&str>,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> Result<AccountAccess, AccessError> {
    let secret = |name| lookup(name).filter(|value| !value.trim().is_empty()).map(SecretString::from);
    let connection = || secret(CONNECTION).map(|text| AccountAccess::from_connection_string(&text)).transpose();
    let Some(address) = blob_endpoint else { return connection()?.ok_or(AccessError::NoAccount) };
    let (place, own) = AccountEndpoint::read(address)?;
    if let Some(sas) = own {
        return AccountAccess::signed(place, &sas, "--blob-endpoint");
    }
    if let Some(key) = secret(KEY) {
        // A host of one's own does not begin with the account's name.
        let account = lookup(ACCOUNT).map(|name| pasted::unwrapped(&name)).filter(|name| !name.is_empty());
        return AccountAccess::keyed(place, account.as_deref(), &key, KEY);
    }
    if let Some(sas) = secret(SAS) {
        return AccountAccess::signed(place, &sas, SAS);
    }
    let Some(access) = connection()? else { return Err(AccessError::NoCredential(place.endpoint)) };
    if access.place.account != place.account {
        return Err(AccessError::OtherAccount { ours: place.account, theirs: access.place.account });
    }
    Ok(AccountAccess { place, ..access })
}
