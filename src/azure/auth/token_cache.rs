//! The tokens of one session, in memory only: one per service, renewed five minutes before they expire or when the service refuses them.

use std::{collections::HashMap, sync::Arc, time::Duration};

use azure_core::credentials::TokenCredential;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::{CredentialConfig, config::signed_out, sign_in_error, token_credential};
use crate::azure::{fault::Fault, request::Audience};

/// No sign-in takes longer; some credentials would try for minutes.
const SIGN_IN_TIMEOUT: Duration = Duration::from_secs(30);

/// Seconds before its expiry from which a token is renewed.
const RENEW_BEFORE_EXPIRY: i64 = 300;

/// A token and when it expires, in seconds since 1970.
#[derive(Clone)]
struct CachedToken {
    token: SecretString,
    expires: i64,
}

#[derive(Default)]
struct CacheState {
    credential: Option<Arc<dyn TokenCredential>>,
    cached: HashMap<Audience, CachedToken>,
}

/// The token cache. One token is fetched at a time; giving up while waiting leaves it as it was.
pub(crate) struct TokenCache {
    config: CredentialConfig,
    state: Mutex<CacheState>,
}

impl TokenCache {
    pub(super) fn new(config: CredentialConfig) -> Self {
        Self { config, state: Mutex::default() }
    }

    /// A token that is good for a while. Where renewing fails, one that has not expired yet will do.
    pub(crate) async fn get(&self, audience: Audience) -> Result<SecretString, Fault> {
        let mut state = self.state.lock().await;
        let now = Timestamp::now().as_second();
        let cached = state.cached.get(&audience).cloned();
        if let Some(cached) = cached.as_ref().filter(|cached| cached.expires.saturating_sub(RENEW_BEFORE_EXPIRY) > now)
        {
            return Ok(cached.token.clone());
        }
        match (self.fetch(&mut state, audience).await, cached) {
            (Err(_), Some(cached)) if cached.expires > now => Ok(cached.token),
            (fetched, _) => fetched,
        }
    }

    /// A token other than `refused`: one fetched meanwhile, or a new one from a fresh credential.
    pub(crate) async fn renew(&self, audience: Audience, refused: &SecretString) -> Result<SecretString, Fault> {
        let mut state = self.state.lock().await;
        if let Some(cached) = state.cached.get(&audience)
            && cached.token.expose_secret() != refused.expose_secret()
        {
            return Ok(cached.token.clone());
        }
        state.cached.remove(&audience);
        state.credential = None;
        self.fetch(&mut state, audience).await
    }

    async fn fetch(&self, state: &mut CacheState, audience: Audience) -> Result<SecretString, Fault> {
        let tried = self.config.tried();
        let credential = match &state.credential {
            Some(credential) => Arc::clone(credential),
            None => Arc::clone(state.credential.insert(token_credential::build(&self.config)?)),
        };
        let scope = audience.scope(&self.config.cloud);
        let asked = tokio::time::timeout(SIGN_IN_TIMEOUT, credential.get_token(&[scope.as_str()], None)).await;
        let Ok(result) = asked else {
            return Err(signed_out(&tried, "there was no answer within 30 seconds")
                .advise("Check the network and the proxy (HTTPS_PROXY), then try again."));
        };
        let token = result.map_err(|error| sign_in_error::explain(&self.config, &error))?;
        let cached = CachedToken { token: token.token.secret().into(), expires: token.expires_on.unix_timestamp() };
        let secret = cached.token.clone();
        state.cached.insert(audience, cached);
        Ok(secret)
    }
}
