//! The credential of a person: a refresh token where it helps, else the person signs in, in a browser or by device code.

use std::{fmt, sync::Arc, time::Duration};

use azure_core::{
    Error,
    credentials::{AccessToken, TokenCredential, TokenRequestOptions},
    error::ErrorKind,
};

use super::{
    CredentialConfig,
    config::{no_answer, signed_out},
    oauth_failure::OAuthFailure,
    person::PersonOptions,
    prompt,
    public_client::{PublicClient, RequestedToken, TokenSet},
};
use crate::azure::{
    fault::Fault,
    model::{AskPerson, SignInMethod},
    transport::CallListener,
};

/// No refresh takes longer.
const REFRESH_TIMEOUT: Duration = Duration::from_secs(30);

/// How a token is asked for. It travels in the context of the token request.
#[derive(Clone, Default)]
pub(super) struct TokenDemand {
    /// What the token must say, as JSON.
    pub(super) claims: Option<Arc<str>>,
    /// Whom a prompt is told to. Without a listener nobody is asked.
    pub(super) listener: Option<CallListener>,
    pub(super) ask: AskPerson,
}

/// The credential, for one tenant.
pub(super) struct PersonCredential {
    client: PublicClient,
    method: SignInMethod,
    options: PersonOptions,
    /// Name of the refresh token: people have one for all tenants of an authority.
    name: String,
}

impl fmt::Debug for PersonCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersonCredential").field("method", &self.method).finish_non_exhaustive()
    }
}

impl PersonCredential {
    pub(super) fn new(config: &CredentialConfig) -> Result<Self, Fault> {
        let client = PublicClient::new(config)?;
        let name = config.person.refresh_token_name(&config.cloud);
        Ok(Self { client, method: config.method, options: config.person.clone(), name })
    }

    async fn token(&self, wanted: RequestedToken<'_>, demand: &TokenDemand) -> Result<AccessToken, Fault> {
        let needed = match self.refreshed(wanted).await {
            Some(Ok(tokens)) => return Ok(self.kept(tokens).await),
            Some(Err(failure)) if !failure.needs_person() => return Err(failure.fault),
            Some(Err(failure)) => failure.fault,
            None => signed_out(&self.client.tried, "you are not signed in, or no longer")
                .advise("Sign in again; Enter on the sign-in step begins."),
        };
        let Some(listener) = demand.listener.as_ref().filter(|_| demand.ask != AskPerson::Never) else {
            return Err(needed);
        };
        let tokens = prompt::ask(&self.client, self.method, &self.options, wanted, listener).await;
        Ok(self.kept(tokens.map_err(|failure| failure.fault)?).await)
    }

    /// Tokens for the refresh token; `None` where there is none.
    async fn refreshed(&self, wanted: RequestedToken<'_>) -> Option<Result<TokenSet, OAuthFailure>> {
        let refresh = self.options.refresh_tokens.get(&self.name).await?;
        let refreshed = tokio::time::timeout(REFRESH_TIMEOUT, self.client.refresh(&refresh, wanted)).await;
        Some(refreshed.unwrap_or_else(|_| Err(no_answer(&self.client.tried).into())))
    }

    /// The access token; the refresh token is kept.
    async fn kept(&self, tokens: TokenSet) -> AccessToken {
        if let Some(refresh) = tokens.refresh {
            self.options.refresh_tokens.put(&self.name, refresh).await;
        }
        tokens.access
    }
}

#[async_trait::async_trait]
impl TokenCredential for PersonCredential {
    async fn get_token(
        &self,
        scopes: &[&str],
        options: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        let demand = options.and_then(|options| options.method_options.context.value::<TokenDemand>().cloned());
        let demand = demand.unwrap_or_default();
        let wanted = RequestedToken { scopes, claims: demand.claims.as_deref() };
        self.token(wanted, &demand).await.map_err(|fault| Error::new(ErrorKind::Credential, fault))
    }
}
