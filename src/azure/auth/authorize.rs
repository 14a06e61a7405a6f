//! Puts the credential on a request, for its own server only: the token of the sign-in, an account's key, or a shared access
//! signature. A token that the server no longer accepts is renewed once.

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

use super::TokenCache;
use crate::azure::{
    cloud::is_safe,
    credentials::Credential,
    errors::claims_wanted,
    fault::{Fault, FaultKind},
    transport::{SendOptions, refuse},
    urls,
};

const AUTHORIZATION: HeaderName = HeaderName::from_static("authorization");

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
        let (Some(send_options), Some((first, rest))) = (ctx.value::<SendOptions>(), next.split_first()) else {
            return Err(refuse("the request is not addressed".into()));
        };
        if !urls::same_server(request.url(), &send_options.base_url) || !is_safe(request.url().as_str()) {
            return Err(refuse(format!(
                "the sign-in for {} must not be sent to {}",
                urls::host(&send_options.base_url),
                urls::host(request.url())
            )));
        }
        match &send_options.credential {
            Credential::Token => {
                let tokens = self.tokens.as_ref().ok_or_else(|| credential_error(not_signed_in()))?;
                with_token(tokens, send_options, ctx, request, next).await
            }
            Credential::Key(key) => {
                key.sign(request).map_err(refuse)?;
                first.send(ctx, request, rest).await
            }
            Credential::Sas(sas) => {
                // The address is put back, so that a repetition does not carry the signature twice and no message shows it.
                let bare = request.url().clone();
                *request.url_mut() = sas.on(&bare);
                let response = first.send(ctx, request, rest).await;
                *request.url_mut() = bare;
                response
            }
        }
    }
}

/// A request that the server answers with 401 was not carried out, so also a write is sent once more with a new token. Where the
/// server wants claims, a person is asked for them meanwhile.
async fn with_token(
    tokens: &TokenCache,
    send_options: &SendOptions,
    ctx: &Context<'_>,
    request: &mut Request,
    next: &[Arc<dyn Policy>],
) -> PolicyResult {
    let Some((first, rest)) = next.split_first() else { return Err(refuse("the pipeline has no transport".into())) };
    let (audience, listener) = (send_options.audience, send_options.listener.as_ref());
    let token = tokens.get(audience, listener).await.map_err(credential_error)?;
    set_bearer(request, &token);
    let response = first.send(ctx, request, rest).await?;
    if u16::from(response.status()) != 401 {
        return Ok(response);
    }
    let claims = claims_wanted(401, response.headers()).filter(|_| tokens.answers_challenges());
    let token = tokens.renew(audience, &token, claims, listener).await.map_err(credential_error)?;
    set_bearer(request, &token);
    first.send(ctx, request, rest).await
}

fn set_bearer(request: &mut Request, token: &SecretString) {
    request.insert_header(AUTHORIZATION, HeaderValue::from(format!("Bearer {}", token.expose_secret())));
}

fn not_signed_in() -> Fault {
    let reason = "one account was opened with its key or a signature, and nobody is signed in";
    Fault { kind: FaultKind::SignedOut, ..Fault::local("", reason) }.advise("Sign in to Azure for that.")
}

fn credential_error(fault: Fault) -> Error {
    Error::new(ErrorKind::Credential, fault)
}
