//! Puts the bearer token on a request, for its own server only, and renews it once when the server no longer takes it.

use std::{fmt, sync::Arc};

use azure_core::{
    Error,
    error::ErrorKind,
    http::{
        Context, Request,
        headers::{HeaderName, HeaderValue},
        policies::{Policy, PolicyResult},
    },
};
use secrecy::{ExposeSecret, SecretString};

use super::{Audience, Trip, address, client::refuse};
use crate::azure::auth::Tokens;

const AUTHORIZATION: HeaderName = HeaderName::from_static("authorization");

/// The policy. `azure_core`'s own refuses plain HTTP also to loopback, where the simulated Azure and emulators live.
pub(crate) struct Bearer {
    tokens: Arc<Tokens>,
}

impl Bearer {
    pub(crate) fn new(tokens: Arc<Tokens>) -> Self {
        Self { tokens }
    }
}

impl fmt::Debug for Bearer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bearer")
    }
}

#[async_trait::async_trait]
impl Policy for Bearer {
    async fn send(&self, ctx: &Context, request: &mut Request, next: &[Arc<dyn Policy>]) -> PolicyResult {
        let (Some(trip), Some((first, rest))) = (ctx.value::<Trip>(), next.split_first()) else {
            return Err(refuse("the request is not addressed".into()));
        };
        if !address::same_server(request.url(), &trip.home) || !crate::azure::cloud::is_safe(request.url().as_str()) {
            return Err(refuse(format!(
                "the sign-in for {} must not be sent to {}",
                address::host(&trip.home),
                address::host(request.url())
            )));
        }
        let token = self.tokens.get(trip.audience).await.map_err(signed_out)?;
        authorize(request, &token);
        let response = first.send(ctx, request, rest).await?;
        if u16::from(response.status()) != 401 {
            return Ok(response);
        }
        let token = self.tokens.renew(trip.audience, &token).await.map_err(signed_out)?;
        authorize(request, &token);
        first.send(ctx, request, rest).await
    }
}

fn authorize(request: &mut Request, token: &SecretString) {
    request.insert_header(AUTHORIZATION, HeaderValue::from(format!("Bearer {}", token.expose_secret())));
}

fn signed_out(fault: crate::azure::fault::Fault) -> Error {
    Error::new(ErrorKind::Credential, fault)
}

impl Audience {
    /// The OAuth 2.0 scope of this service in `cloud`.
    pub(crate) fn scope(self, cloud: &crate::azure::cloud::Cloud) -> String {
        match self {
            Self::Arm => cloud.arm_scope(),
            Self::Storage => crate::azure::cloud::Cloud::storage_scope().to_owned(),
        }
    }
}
