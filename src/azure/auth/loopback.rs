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
    fault::Fault,
    http::{self, ApiRequest, Audience, CallContext, Credential, address::encode},
    wire::json::JsonView,
};

/// The credential (Microsoft page: OAuth 2.0 client credentials flow).
pub(super) struct Loopback {
    endpoint: Url,
    client: String,
    secret: SecretString,
    tried: String,
    pace: Duration,
    pipeline: Pipeline,
}

impl fmt::Debug for Loopback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loopback").field("client", &self.client).finish_non_exhaustive()
    }
}

impl Loopback {
    pub(super) fn new(endpoint: Url, client: &str, secret: &str, tried: String, pace: Duration) -> Self {
        let pipeline = http::pipeline(Vec::new());
        Self { endpoint, client: client.to_owned(), secret: secret.into(), tried, pace, pipeline }
    }

    async fn ask(&self, scopes: &[&str]) -> Result<AccessToken, Fault> {
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}&scope={}",
            encode(&self.client),
            encode(self.secret.expose_secret()),
            encode(&scopes.join(" "))
        );
        let call = ApiRequest::get(&self.tried, "Reader", Audience::Arm, &self.endpoint, self.endpoint.clone());
        let call = call.method(Method::Post, true).body("application/x-www-form-urlencoded", form);
        let (home, pace) = (self.endpoint.clone(), self.pace);
        let trip = CallContext {
            audience: Audience::Arm,
            home,
            repeatable: true,
            once: false,
            way: Credential::Token,
            pace,
            listener: None,
        };
        let answer = http::exchange(&self.pipeline, &call, trip).await?.success()?;
        let body = answer.json()?;
        let look = JsonView::new(&body);
        let token = look.at("access_token").word().ok_or_else(|| answer.broken("the answer holds no token"))?;
        let seconds = look.at("expires_in").number().unwrap_or(0);
        Ok(AccessToken::new(token, OffsetDateTime::now_utc() + Duration::from_secs(seconds.min(86_400))))
    }
}

#[async_trait::async_trait]
impl TokenCredential for Loopback {
    async fn get_token(
        &self,
        scopes: &[&str],
        _options: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        self.ask(scopes).await.map_err(|fault| Error::new(ErrorKind::Credential, fault))
    }
}
