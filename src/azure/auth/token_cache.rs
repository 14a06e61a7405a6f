//! The access tokens of one session, in memory only: one per service, renewed five minutes before they expire or when the service
//! refuses them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use azure_core::{
    credentials::{TokenCredential, TokenRequestOptions},
    http::{ClientMethodOptions, Context},
};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::{CredentialConfig, config::no_answer, person_credential::TokenDemand, sign_in_error, token_credential};
use crate::azure::{fault::Fault, model::AskPerson, request::Audience, transport::CallListener};

/// No sign-in without a person takes longer; some credentials would try for minutes.
const SIGN_IN_TIMEOUT: Duration = Duration::from_secs(30);

/// Seconds before its expiry from which a token is renewed.
const RENEW_BEFORE_EXPIRY: i64 = 300;

/// A token and when it expires, in seconds since 1970.
#[derive(Clone)]
struct CachedToken {
    token: SecretString,
    expires: i64,
}

/// The credential in use; `None` makes a fresh one.
type CredentialSlot = Option<Arc<dyn TokenCredential>>;

/// The token cache. One token is fetched at a time, and may wait for a person; meanwhile tokens that still count are given out. Giving
/// up while waiting leaves it as it was.
pub(crate) struct TokenCache {
    config: CredentialConfig,
    credential: tokio::sync::Mutex<CredentialSlot>,
    cached: Mutex<HashMap<Audience, CachedToken>>,
}

impl TokenCache {
    pub(super) fn new(config: CredentialConfig) -> Self {
        Self { config, credential: tokio::sync::Mutex::default(), cached: Mutex::default() }
    }

    /// The first token of a session.
    pub(super) async fn sign_in(&self, ask: AskPerson, listener: Option<&CallListener>) -> Result<SecretString, Fault> {
        let demand = TokenDemand { claims: None, listener: listener.cloned(), ask };
        self.fetch(&mut *self.credential.lock().await, Audience::Arm, demand).await
    }

    /// A token that is good for a while. Where renewing fails, one that has not expired yet will do.
    pub(crate) async fn get(&self, audience: Audience, listener: Option<&CallListener>) -> Result<SecretString, Fault> {
        if let Some(token) = self.good_for_a_while(audience) {
            return Ok(token);
        }
        let mut credential = self.credential.lock().await;
        if let Some(token) = self.good_for_a_while(audience) {
            return Ok(token);
        }
        let demand = TokenDemand { listener: listener.cloned(), ..TokenDemand::default() };
        let now = Timestamp::now().as_second();
        let still_good = self.lock().get(&audience).cloned().filter(|cached| cached.expires > now);
        // A token that still counts spares the person.
        let ask = if still_good.is_some() { AskPerson::Never } else { AskPerson::IfNeeded };
        match (self.fetch(&mut credential, audience, TokenDemand { ask, ..demand }).await, still_good) {
            (Err(_), Some(cached)) => Ok(cached.token),
            (fetched, _) => fetched,
        }
    }

    /// A token other than `refused`: one fetched meanwhile, or a new one from a fresh credential. `claims` are what the service wants
    /// the token to say.
    pub(crate) async fn renew(
        &self,
        audience: Audience,
        refused: &SecretString,
        claims: Option<String>,
        listener: Option<&CallListener>,
    ) -> Result<SecretString, Fault> {
        let mut credential = self.credential.lock().await;
        let other = self.lock().get(&audience).map(|cached| cached.token.clone());
        if let Some(other) = other.filter(|other| other.expose_secret() != refused.expose_secret()) {
            return Ok(other);
        }
        *credential = None;
        let demand =
            TokenDemand { claims: claims.map(Arc::from), listener: listener.cloned(), ..TokenDemand::default() };
        self.fetch(&mut credential, audience, demand).await
    }

    /// Whether a claims challenge can be answered: by a person.
    pub(super) fn answers_challenges(&self) -> bool {
        self.config.method.asks_person()
    }

    fn good_for_a_while(&self, audience: Audience) -> Option<SecretString> {
        let now = Timestamp::now().as_second();
        let cached = self.lock().get(&audience).cloned();
        cached.filter(|cached| cached.expires.saturating_sub(RENEW_BEFORE_EXPIRY) > now).map(|cached| cached.token)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Audience, CachedToken>> {
        self.cached.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn fetch(
        &self,
        slot: &mut CredentialSlot,
        audience: Audience,
        demand: TokenDemand,
    ) -> Result<SecretString, Fault> {
        let credential = match slot {
            Some(credential) => Arc::clone(credential),
            None => Arc::clone(slot.insert(token_credential::build(&self.config)?)),
        };
        let scope = audience.scope(&self.config.cloud);
        let token = if self.config.method.asks_person() {
            let context = Context::new().with_value(demand);
            let options = TokenRequestOptions { method_options: ClientMethodOptions { context } };
            credential.get_token(&[scope.as_str()], Some(options)).await
        } else {
            let asked = tokio::time::timeout(SIGN_IN_TIMEOUT, credential.get_token(&[scope.as_str()], None)).await;
            asked.map_err(|_| no_answer(&self.config.tried()))?
        };
        let token = token.map_err(|error| sign_in_error::explain(&self.config, &error))?;
        let cached = CachedToken { token: token.token.secret().into(), expires: token.expires_on.unix_timestamp() };
        let secret = cached.token.clone();
        self.lock().insert(audience, cached);
        Ok(secret)
    }
}
