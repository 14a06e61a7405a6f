//! Signing in: which credential a method means, in which cloud, and who it turns out to be. Tokens stay in here.

use std::time::Duration;

use azure_core::http::Url;

use super::{
    cloud::Cloud,
    fault::{Fault, FaultKind},
    http::{Audience, AzureSession, SessionOptions},
    model::{Identity, SignInMethod},
};

mod claims;
mod credential;
mod executor;
mod failure;
mod loopback;
mod tokens;
mod tools;

pub(crate) use tokens::TokenCache;

/// No sign-in takes longer; some credentials would try for minutes.
const PATIENCE: Duration = Duration::from_secs(30);

/// How to get a credential, again and again: a fresh one has no memory of a token the service no longer takes.
#[derive(Clone, Debug)]
pub(crate) struct CredentialConfig {
    cloud: Cloud,
    method: SignInMethod,
    tenant: Option<String>,
    pace: Duration,
}

impl CredentialConfig {
    /// What is tried, as an infinitive.
    fn tried(&self) -> String {
        match self.method {
            SignInMethod::Rehearsal => "sign in to the rehearsal".to_owned(),
            method => format!("sign in to {} with {}", self.cloud.title(), lower_first(method.title())),
        }
    }
}

/// Signs in and asks for the first token.
pub(super) async fn sign_in(
    cloud: &Cloud,
    method: SignInMethod,
    tenant: Option<&str>,
    tuning: SessionOptions,
) -> Result<(AzureSession, Identity), Fault> {
    let tenant = tenant.map(str::trim).filter(|tenant| !tenant.is_empty()).map(str::to_owned);
    let recipe = CredentialConfig { cloud: cloud.clone(), method, tenant: tenant.clone(), pace: tuning.pace };
    let tried = recipe.tried();
    let refuse = |reason: String| Fault::local(&tried, reason).advise("Correct the cloud in the configuration file.");
    if let Some(reason) = cloud.refusal() {
        return Err(refuse(reason));
    }
    let arm = Url::parse(&cloud.arm).map_err(|_| refuse(format!("`{}` is not an address", cloud.arm)))?;
    let tokens = TokenCache::new(recipe);
    let token = tokens.get(Audience::Arm).await?;
    let identity = claims::identity(&token, method, tenant);
    Ok((AzureSession::new(cloud, arm, tokens, tuning), identity))
}

fn lower_first(title: &str) -> String {
    match title {
        "Azure CLI or Azure Developer CLI" => "the Azure CLI or the Azure Developer CLI".to_owned(),
        other => format!("the {}{}", other[..1].to_lowercase(), &other[1..]),
    }
}

fn signed_out(tried: &str, reason: impl Into<String>) -> Fault {
    Fault { kind: FaultKind::SignedOut, ..Fault::local(tried, reason) }
}
