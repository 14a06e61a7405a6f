//! Requests to an account's blobs, sent with the credential that works: the token of the sign-in; the account's key where the
//! sign-in has no role for the data; or the key or signature that a person gave instead of a sign-in.

use std::sync::Arc;

use azure_core::http::{Method, Url};
use secrecy::SecretString;

use super::{AzureSession, arm::STORAGE_VERSION};
use crate::azure::{
    credentials::{AccountFacts, AccountKey, Credential},
    fault::{Fault, FaultKind},
    request::{
        ApiRequest,
        roles::{DATA_READER, KEY_READER},
    },
    transport::{ApiResponse, BodyChunks},
    wire::json::JsonView,
};

impl AzureSession {
    /// Sends a request to an account's blobs. Where the credential is refused and another may help, sends it once more with that.
    pub(crate) async fn send_to_storage(&self, request: ApiRequest) -> Result<ApiResponse, Fault> {
        self.with_fallback(request, |request| self.send(request)).await
    }

    /// As [`AzureSession::send_to_storage`], but gives the response before its body is here.
    pub(crate) async fn stream_from_storage(&self, request: ApiRequest) -> Result<BodyChunks, Fault> {
        self.with_fallback(request, |request| self.open(request)).await
    }

    /// Sends a request to an account's blobs with the credential in use and with no other.
    pub(crate) async fn send_without_fallback(&self, request: ApiRequest) -> Result<ApiResponse, Fault> {
        let credential = self.credentials().credential(&request.tried, &request.base_url)?;
        self.send(request.by(credential)).await
    }

    async fn with_fallback<T, F: Future<Output = Result<T, Fault>>>(
        &self,
        request: ApiRequest,
        send: impl Fn(ApiRequest) -> F,
    ) -> Result<T, Fault> {
        let credential = self.credentials().credential(&request.tried, &request.base_url)?;
        let fault = match send(request.clone().by(credential.clone())).await {
            Err(fault) => fault,
            answered => return answered,
        };
        let credential = self.fallback_credential(&request.base_url, credential, fault).await?;
        let answered = send(request.clone().by(credential.clone())).await;
        answered.map_err(|fault| self.forget_refused_key(&request.base_url, &credential, fault))
    }

    /// The credential to try after `fault`.
    ///
    /// # Errors
    /// There is none. The fault then names the missing role, key or network rule.
    async fn fallback_credential(
        &self,
        base_url: &Url,
        refused: Credential,
        fault: Fault,
    ) -> Result<Credential, Fault> {
        let credentials = self.credentials();
        let account = credentials.account(base_url).filter(|account| fallback_may_help(&refused, account, &fault));
        if credentials.opened().is_some() || account.is_none() {
            return Err(self.forget_refused_key(base_url, &refused, fault));
        }
        let _guard = credentials.key_fetch.lock().await;
        let Some(account) = credentials.account(base_url) else { return Err(fault) };
        if let Some(credential) = account.key.clone().map(Credential::Key).filter(|credential| *credential != refused) {
            return Ok(credential);
        }
        if !account.shared_key {
            let reason = format!("{}, and {} does not accept account keys", fault.reason, account.name);
            return Err(Fault { reason, ..fault });
        }
        match self.fetch_key(&account).await.map(Credential::Key) {
            Ok(credential) if credential == refused => Err(self.forget_refused_key(base_url, &refused, fault)),
            Ok(credential) => {
                if let Credential::Key(key) = &credential {
                    credentials.set_key(base_url, Some(Arc::clone(key)));
                }
                Ok(credential)
            }
            Err(denied) => {
                credentials.set_key(base_url, None);
                Err(keys_denied(fault, &account, &denied))
            }
        }
    }

    /// The first key of an account that may do everything (Microsoft page: Storage Accounts - List Keys).
    async fn fetch_key(&self, account: &AccountFacts) -> Result<Arc<AccountKey>, Fault> {
        let tried = format!("list the keys of {}", account.name);
        let path: Vec<&str> = account.id.trim_matches('/').split('/').chain(["listKeys"]).collect();
        // A POST that changes nothing.
        let request = self.arm_request(&tried, KEY_READER, &path, STORAGE_VERSION)?.method(Method::Post, true);
        let response = self.send(request).await?;
        let body = response.json()?;
        let mut keys = JsonView::new(&body).at("keys").items();
        let full = keys.find(|key| key.at("permissions").text().eq_ignore_ascii_case("Full"));
        let value = full.and_then(|key| key.at("value").word()).map(SecretString::from);
        let value = value.ok_or_else(|| response.broken("the answer holds no key"))?;
        Ok(Arc::new(AccountKey::listed(account.name.clone(), value)))
    }

    /// After a refusal that no other credential helps against: an account that takes no keys is read with the token again.
    fn forget_refused_key(&self, base_url: &Url, refused: &Credential, fault: Fault) -> Fault {
        if matches!(refused, Credential::Key(_)) && fault.code.as_deref() == Some("KeyBasedAuthenticationNotPermitted")
        {
            self.credentials().set_key(base_url, None);
        }
        fault
    }
}

/// Whether another credential may help against `fault`.
fn fallback_may_help(refused: &Credential, account: &AccountFacts, fault: &Fault) -> bool {
    match (refused, fault.code.as_deref()) {
        (Credential::Token, Some("AuthorizationPermissionMismatch" | "InsufficientAccountPermissions") | None) => {
            fault.status == Some(403)
        }
        // The service says this to people without a role and to machines that the network rules do not let in.
        (Credential::Token, Some("AuthorizationFailure")) => fault.status == Some(403) && !account.restricted_network,
        // Somebody renewed the key.
        (Credential::Key(_), Some("AuthenticationFailed")) => true,
        _ => false,
    }
}

/// The refusal of the data when the keys could not be listed either.
fn keys_denied(fault: Fault, account: &AccountFacts, denied: &Fault) -> Fault {
    let may_not = denied.status == Some(403);
    let advice = match (may_not, fault.code.as_deref()) {
        (true, Some("AuthorizationFailure")) => Some(format!(
            "Add this machine's address under the storage account's Networking; if it is let in, ask for the role {DATA_READER}, or for {KEY_READER}.",
        )),
        (true, _) => Some(format!(
            "Ask for the role {DATA_READER} on the account or container, or for {KEY_READER}, which may list the account's keys; a new role counts after a few minutes.",
        )),
        _ => denied.advice.clone().or_else(|| fault.advice.clone()),
    };
    let reason = if may_not {
        format!("{}, and you may not list the keys of {} either", fault.reason, account.name)
    } else {
        format!("{}, and the keys of {} could not be listed: {}", fault.reason, account.name, denied.reason)
    };
    Fault { kind: FaultKind::Denied, reason, advice, ..fault }
}
