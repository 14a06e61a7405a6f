//! Puts the right to ask on a request, for its own server only: the sign-in's token (renewed once when the server no longer takes it),
//! an account's key, or a shared access signature.

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

use super::{Audience, CallContext, Sas, address, client::refuse, sharedkey::AccountKey};
use crate::azure::{
    auth::TokenCache,
    fault::{Fault, FaultKind},
};

const AUTHORIZATION: HeaderName = HeaderName::from_static("authorization");

/// By which right a call is made.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Credential {
    /// The sign-in's token.
    #[default]
    Token,
    /// A storage account's key.
    Key(Arc<AccountKey>),
    /// A shared access signature, without `?`.
    Sas(Arc<Sas>),
}

/// The policy. `azure_core`'s own refuses plain HTTP also to loopback, where the simulated Azure and emulators live, and has
/// no keys and signatures.
pub(crate) struct Authorize {
    /// `None` when one account was opened without a sign-in.
    tokens: Option<Arc<TokenCache>>,
}

impl Authorize {
    pub(crate) fn new(tokens: Option<Arc<TokenCache>>) -> Self {
        Self { tokens }
    }
}

impl fmt::Debug for Authorize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authorize")
    }
}

#[async_trait::async_trait]
impl Policy for Authorize {
    async fn send(&self, ctx: &Context, request: &mut Request, next: &[Arc<dyn Policy>]) -> PolicyResult {
        let (Some(trip), Some((first, rest))) = (ctx.value::<CallContext>(), next.split_first()) else {
            return Err(refuse("the request is not addressed".into()));
        };
        if !address::same_server(request.url(), &trip.home) || !crate::azure::cloud::is_safe(request.url().as_str()) {
            return Err(refuse(format!(
                "the sign-in for {} must not be sent to {}",
                address::host(&trip.home),
                address::host(request.url())
            )));
        }
        match &trip.way {
            Credential::Token => {
                let tokens = self.tokens.as_ref().ok_or_else(|| credential(nobody_signed_in()))?;
                with_token(tokens, trip.audience, ctx, request, next).await
            }
            Credential::Key(key) => {
                key.sign(request).map_err(refuse)?;
                first.send(ctx, request, rest).await
            }
            Credential::Sas(sas) => {
                // The address is put back, so that a repetition does not carry the signature twice and no message shows it.
                let bare = request.url().clone();
                *request.url_mut() = sas.on(&bare);
                let answer = first.send(ctx, request, rest).await;
                *request.url_mut() = bare;
                answer
            }
        }
    }
}

async fn with_token(
    tokens: &TokenCache,
    audience: Audience,
    ctx: &Context<'_>,
    request: &mut Request,
    next: &[Arc<dyn Policy>],
) -> PolicyResult {
    let Some((first, rest)) = next.split_first() else { return Err(refuse("the pipeline has no transport".into())) };
    let token = tokens.get(audience).await.map_err(credential)?;
    bear(request, &token);
    let response = first.send(ctx, request, rest).await?;
    if u16::from(response.status()) != 401 {
        return Ok(response);
    }
    let token = tokens.renew(audience, &token).await.map_err(credential)?;
    bear(request, &token);
    first.send(ctx, request, rest).await
}

fn bear(request: &mut Request, token: &SecretString) {
    request.insert_header(AUTHORIZATION, HeaderValue::from(format!("Bearer {}", token.expose_secret())));
}

fn nobody_signed_in() -> Fault {
    let reason = "one account was opened with its key or a signature, and nobody is signed in";
    Fault { kind: FaultKind::SignedOut, ..Fault::local("", reason) }.advise("Sign in to Azure for that.")
}

fn credential(fault: Fault) -> Error {
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
