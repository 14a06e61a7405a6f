//! Sends a call to an account's blobs by the right that works: the sign-in's token first, the account's listed key where the
//! sign-in has no data role, or what was given instead of a sign-in. Says which role, key or network rule is missing.

use std::sync::Arc;

use azure_core::http::{Method, Url};
use secrecy::SecretString;

use super::{
    Azure,
    access::AccountFacts,
    arm::{STORAGE, arm_call},
    fault::{Fault, FaultKind},
    http::{ApiRequest, ApiResponse, BodyChunks, Credential, sharedkey::AccountKey},
    model::{Access, StorageAccount},
    wire::json::JsonView,
};

/// The least role that may list an account's keys (Microsoft page: Azure built-in roles for Storage).
const KEY_READER: &str = "Reader and Data Access";

impl Azure {
    /// By which right the blobs at `endpoint` are read now. Known after the first page: a sign-in without a data role turns to
    /// the account's key with that page, and stays with it for the session.
    pub fn blob_access(&self, endpoint: &str) -> Access {
        let given = self.http.ways().given().map(super::access::AccountAccess::access);
        Url::parse(endpoint).map_or(given.unwrap_or(Access::EntraToken), |home| self.http.ways().access(&home))
    }

    /// Remembers whose keys to list where the sign-in has no role for the data, and whether the account is hierarchical. Accounts
    /// that this session listed or read are known; one that comes from a draft is not.
    pub fn remember(&self, account: &StorageAccount) {
        self.http.ways().remember(account);
    }

    /// From now on the sign-in may be used at the server of this blob endpoint, which a person named or said yes to.
    pub fn permit(&self, endpoint: &str) {
        if let Ok(home) = Url::parse(endpoint) {
            self.http.ways().permit(&home);
        }
    }

    /// Sends a call to an account's blobs.
    pub(super) async fn send_data(&self, call: ApiRequest) -> Result<ApiResponse, Fault> {
        let way = self.http.ways().way(&call.tried, &call.home)?;
        let fault = match self.http.send(call.clone().by(way.clone())).await {
            Err(fault) => fault,
            answered => return answered,
        };
        let way = self.other_way(&call.home, way, fault).await?;
        self.http.send(call.clone().by(way.clone())).await.map_err(|fault| self.given_up(&call.home, &way, fault))
    }

    /// Sends a call to an account's blobs by the right in use: what is refused is not worth another.
    pub(super) async fn send_as_is(&self, call: ApiRequest) -> Result<ApiResponse, Fault> {
        let way = self.http.ways().way(&call.tried, &call.home)?;
        self.http.send(call.by(way)).await
    }

    /// Sends a call to an account's blobs, not repeated, and gives the answer as it arrives.
    pub(super) async fn open_data(&self, call: ApiRequest) -> Result<BodyChunks, Fault> {
        let way = self.http.ways().way(&call.tried, &call.home)?;
        let fault = match self.http.open(call.clone().by(way.clone())).await {
            Err(fault) => fault,
            opened => return opened,
        };
        let way = self.other_way(&call.home, way, fault).await?;
        self.http.open(call.clone().by(way.clone())).await.map_err(|fault| self.given_up(&call.home, &way, fault))
    }

    /// The way to try after `fault`.
    ///
    /// # Errors
    /// There is none; the fault then says what is missing.
    async fn other_way(&self, home: &Url, used: Credential, fault: Fault) -> Result<Credential, Fault> {
        let ways = self.http.ways();
        let known = ways.known(home).filter(|known| may_go_on(&used, known, &fault));
        if ways.given().is_some() || known.is_none() {
            return Err(self.given_up(home, &used, fault));
        }
        let _one_asks = ways.asking.lock().await;
        let Some(known) = ways.known(home) else { return Err(fault) };
        if let Some(way) = known.key.clone().map(Credential::Key).filter(|way| *way != used) {
            return Ok(way);
        }
        if !known.shared_key {
            let reason = format!("{}, and {} does not accept account keys", fault.reason, known.name);
            return Err(Fault { reason, ..fault });
        }
        match self.list_key(&known).await.map(Credential::Key) {
            Ok(way) if way == used => Err(self.given_up(home, &used, fault)),
            Ok(way) => {
                if let Credential::Key(key) = &way {
                    ways.switch(home, Some(Arc::clone(key)));
                }
                Ok(way)
            }
            Err(denied) => {
                ways.switch(home, None);
                Err(without_keys(fault, &known, &denied))
            }
        }
    }

    /// The first key of an account that may do everything (Microsoft page: Storage Accounts - List Keys).
    async fn list_key(&self, known: &AccountFacts) -> Result<Arc<AccountKey>, Fault> {
        let tried = format!("list the keys of {}", known.name);
        let path: Vec<&str> = known.id.trim_matches('/').split('/').chain(["listKeys"]).collect();
        // Nothing changes by it, so it may be repeated.
        let call = arm_call(&self.http, &tried, KEY_READER, &path, STORAGE)?.method(Method::Post, true);
        let answer = self.http.send(call).await?;
        let body = answer.json()?;
        let mut keys = JsonView::new(&body).at("keys").items();
        let full = keys.find(|key| key.at("permissions").text().eq_ignore_ascii_case("Full"));
        let value = full.and_then(|key| key.at("value").word()).map(SecretString::from);
        let value = value.ok_or_else(|| answer.broken("the answer holds no key"))?;
        Ok(Arc::new(AccountKey::listed(known.name.clone(), value)))
    }

    /// After a refusal that no other way helps against: an account that takes no keys is asked with the token again.
    fn given_up(&self, home: &Url, used: &Credential, fault: Fault) -> Fault {
        if matches!(used, Credential::Key(_)) && fault.code.as_deref() == Some("KeyBasedAuthenticationNotPermitted") {
            self.http.ways().switch(home, None);
        }
        fault
    }
}

/// Whether another right may help against `fault`.
fn may_go_on(used: &Credential, known: &AccountFacts, fault: &Fault) -> bool {
    match (used, fault.code.as_deref()) {
        (Credential::Token, Some("AuthorizationPermissionMismatch" | "InsufficientAccountPermissions") | None) => {
            fault.status == Some(403)
        }
        // Said to people without a role as well as to machines the network rules do not let in.
        (Credential::Token, Some("AuthorizationFailure")) => fault.status == Some(403) && !known.closed,
        // Somebody renewed the key.
        (Credential::Key(_), Some("AuthenticationFailed")) => true,
        _ => false,
    }
}

/// The refusal of the data when the keys could not be listed either.
fn without_keys(fault: Fault, known: &AccountFacts, denied: &Fault) -> Fault {
    let may_not = denied.status == Some(403);
    let advice = match (may_not, fault.code.as_deref()) {
        (true, Some("AuthorizationFailure")) => Some(format!(
            "Add this machine's address under the storage account's Networking; if it is let in, ask for the role {role}, or for {KEY_READER}.",
            role = super::blob::DATA_READER,
        )),
        (true, _) => Some(format!(
            "Ask for the role {role} on the account or container, or for {KEY_READER}, which may list the account's keys; a new role counts after a few minutes.",
            role = super::blob::DATA_READER,
        )),
        _ => denied.advice.clone().or_else(|| fault.advice.clone()),
    };
    let reason = if may_not {
        format!("{}, and you may not list the keys of {} either", fault.reason, known.name)
    } else {
        format!("{}, and the keys of {} could not be listed: {}", fault.reason, known.name, denied.reason)
    };
    Fault { kind: FaultKind::Denied, reason, advice, ..fault }
}
