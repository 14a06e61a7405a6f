//! Client credentials against an authority on this machine, the simulated Azure: `azure_identity` insists on HTTPS.

use std::{fmt, time::Duration};

use azure_core::{
    Error,
    credentials::{AccessToken, TokenCredential, TokenRequestOptions},
    error::ErrorKind,
    http::{Method, Pipeline, Url},
    time::OffsetDateTime,
};
use secrecy::{ExposeSecret, SecretString};

use crate::azure::{
    credentials::Credential,
    fault::Fault,
    request::{ApiRequest, Audience, roles::READER},
    transport::{self, SendOptions},
    urls::encode,
    wire::json::JsonView,
};

/// The credential (Microsoft page: OAuth 2.0 client credentials flow).
pub(super) struct LoopbackCredential {
    endpoint: Url,
    client: String,
    secret: SecretString,
    tried: String,
    backoff: Duration,
    pipeline: Pipeline,
}

impl fmt::Debug for LoopbackCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoopbackCredential").field("client", &self.client).finish_non_exhaustive()
    }
}

impl LoopbackCredential {
    pub(super) fn new(endpoint: Url, client: &str, secret: &str, tried: String, backoff: Duration) -> Self {
        let pipeline = transport::pipeline(Vec::new());
        Self { endpoint, client: client.to_owned(), secret: secret.into(), tried, backoff, pipeline }
    }

    async fn fetch_token(&self, scopes: &[&str]) -> Result<AccessToken, Fault> {
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}&scope={}",
            encode(&self.client),
            encode(self.secret.expose_secret()),
            encode(&scopes.join(" "))
        );
        let request = ApiRequest::get(&self.tried, READER, Audience::Arm, &self.endpoint, self.endpoint.clone());
        let request = request.method(Method::Post, true).body("application/x-www-form-urlencoded", form);
        let (base_url, backoff) = (self.endpoint.clone(), self.backoff);
        let send_options = SendOptions {
            audience: Audience::Arm,
            base_url,
            idempotent: true,
            no_retry: false,
            credential: Credential::Token,
            backoff,
            listener: None,
        };
        let response = transport::exchange(&self.pipeline, &request, send_options).await?.success()?;
        let body = response.json()?;
        let view = JsonView::new(&body);
        let token = view.at("access_token").word().ok_or_else(|| response.broken("the answer holds no token"))?;
        let seconds = view.at("expires_in").number().unwrap_or(0);
        Ok(AccessToken::new(token, OffsetDateTime::now_utc() + Duration::from_secs(seconds.min(86_400))))
    }
}

#[async_trait::async_trait]
impl TokenCredential for LoopbackCredential {
    async fn get_token(
        &self,
        scopes: &[&str],
        _options: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        self.fetch_token(scopes).await.map_err(|fault| Error::new(ErrorKind::Credential, fault))
    }
}
