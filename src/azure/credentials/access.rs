//! [`AccountAccess`]: one storage account and what opens it without a sign-in.

use std::fmt;
use std::sync::Arc;

use azure_core::http::Url;
use secrecy::{ExposeSecret, SecretString};

use super::{
    AccessError, AccountKey, Credential, Sas,
    endpoint::AccountEndpoint,
    pasted,
    variables::{KEY, SAS},
};
use crate::azure::model::Access;

/// One storage account and what opens it. Cheap to clone.
#[derive(Clone)]
pub struct AccountAccess {
    pub(super) endpoint: AccountEndpoint,
    pub(super) credential: Credential,
}

impl fmt::Debug for AccountAccess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountAccess").field("endpoint", &self.endpoint.address).finish_non_exhaustive()
    }
}

impl AccountAccess {
    /// The account's blob endpoint, without a closing slash and without any secret.
    pub fn endpoint(&self) -> &str {
        &self.endpoint.address
    }

    /// The account's name.
    pub fn account(&self) -> &str {
        &self.endpoint.account
    }

    /// The only container that can be read, where the address named one.
    pub fn container(&self) -> Option<&str> {
        self.endpoint.container.as_deref()
    }

    /// The credential as the screen names it.
    pub fn access(&self) -> Access {
        if matches!(self.credential, Credential::Sas(_)) { Access::Sas } else { Access::KeyGiven }
    }

    pub(crate) fn url(&self) -> &Url {
        &self.endpoint.url
    }

    pub(crate) fn credential(&self) -> &Credential {
        &self.credential
    }

    /// With a key; `from` names where it was read.
    pub(super) fn from_key(
        endpoint: AccountEndpoint,
        account: Option<&str>,
        key: &SecretString,
        from: &'static str,
    ) -> Result<Self, AccessError> {
        let text = key.expose_secret();
        let Some(key) = pasted::key(text).map(SecretString::from) else {
            let signature = from == KEY && pasted::is_signature(text);
            let wrong_variable = AccessError::WrongVariable(from, "a shared access signature and no key", SAS);
            return Err(if signature { wrong_variable } else { AccessError::Key(from) });
        };
        let account = account.map_or_else(|| endpoint.account.clone(), str::to_owned);
        let credential = Credential::Key(Arc::new(AccountKey::given(account.clone(), key)));
        Ok(Self { endpoint: AccountEndpoint { account, ..endpoint }, credential })
    }

    /// With a shared access signature; `from` names where it was read.
    pub(super) fn from_sas(
        endpoint: AccountEndpoint,
        sas: &SecretString,
        from: &'static str,
    ) -> Result<Self, AccessError> {
        let text = sas.expose_secret();
        let fields = pasted::signature(text).map_err(|reason| AccessError::Signature(from, reason))?;
        let Some(fields) = fields else {
            let wrong_variable = AccessError::WrongVariable(from, "an account key and no signature", KEY);
            let none = || AccessError::Signature(from, "is not one: it has no field like `sv=` or `sig=`".to_owned());
            return Err(if from == SAS && pasted::is_key(text) { wrong_variable } else { none() });
        };
        Ok(Self { endpoint, credential: Credential::Sas(Arc::new(Sas::from(fields.as_str()))) })
    }
}
