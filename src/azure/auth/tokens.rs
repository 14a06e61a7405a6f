//! The tokens of one session, in memory only: one per service, renewed five minutes before they expire or when the service refuses them.

use std::{collections::HashMap, sync::Arc};

use azure_core::credentials::TokenCredential;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::{CredentialConfig, PATIENCE, credential, failure, signed_out};
use crate::azure::{fault::Fault, http::Audience};

/// Seconds before its expiry from which a token is renewed.
const EARLY: i64 = 300;

/// A token and when it expires, in seconds since 1970.
#[derive(Clone)]
struct CachedToken {
    token: SecretString,
    expires: i64,
}

#[derive(Default)]
struct CacheState {
    credential: Option<Arc<dyn TokenCredential>>,
    held: HashMap<Audience, CachedToken>,
}

/// The token cache. One token is fetched at a time; giving up while waiting leaves it as it was.
pub(crate) struct TokenCache {
    recipe: CredentialConfig,
    state: Mutex<CacheState>,
}

impl TokenCache {
    pub(super) fn new(recipe: CredentialConfig) -> Self {
        Self { recipe, state: Mutex::default() }
    }

    /// A token that is good for a while. Where renewing fails, one that has not expired yet will do.
    pub(crate) async fn get(&self, audience: Audience) -> Result<SecretString, Fault> {
        let mut state = self.state.lock().await;
        let now = Timestamp::now().as_second();
        let held = state.held.get(&audience).cloned();
        if let Some(held) = held.as_ref().filter(|held| held.expires.saturating_sub(EARLY) > now) {
            return Ok(held.token.clone());
        }
        match (self.fetch(&mut state, audience).await, held) {
            (Err(_), Some(held)) if held.expires > now => Ok(held.token),
            (fetched, _) => fetched,
        }
    }

    /// A token other than `refused`: one fetched meanwhile, or a new one from a fresh credential.
    pub(crate) async fn renew(&self, audience: Audience, refused: &SecretString) -> Result<SecretString, Fault> {
        let mut state = self.state.lock().await;
        if let Some(held) = state.held.get(&audience)
            && held.token.expose_secret() != refused.expose_secret()
        {
            return Ok(held.token.clone());
        }
        state.held.remove(&audience);
        state.credential = None;
        self.fetch(&mut state, audience).await
    }

    async fn fetch(&self, state: &mut CacheState, audience: Audience) -> Result<SecretString, Fault> {
        let tried = self.recipe.tried();
        let credential = match &state.credential {
            Some(credential) => Arc::clone(credential),
            None => Arc::clone(state.credential.insert(credential::build(&self.recipe)?)),
        };
        let scope = audience.scope(&self.recipe.cloud);
        let asked = tokio::time::timeout(PATIENCE, credential.get_token(&[scope.as_str()], None)).await;
        let Ok(result) = asked else {
            return Err(signed_out(&tried, "there was no answer within 30 seconds")
                .advise("Check the network and the proxy (HTTPS_PROXY), then try again."));
        };
        let token = result.map_err(|error| failure::explain(&self.recipe, &error))?;
        let held = CachedToken { token: token.token.secret().into(), expires: token.expires_on.unix_timestamp() };
        let secret = held.token.clone();
        state.held.insert(audience, held);
        Ok(secret)
    }
}
