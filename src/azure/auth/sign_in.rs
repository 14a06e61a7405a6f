//! Signs in, and reads from the first token who is signed in.

use super::{CredentialConfig, TokenCache, claims};
use crate::azure::{
    fault::Fault,
    model::{AskPerson, Identity},
    transport::CallListener,
};

/// Signs in and gets the first token, for Azure Resource Manager.
pub(crate) async fn sign_in(
    config: CredentialConfig,
    ask: AskPerson,
    listener: Option<&CallListener>,
) -> Result<(TokenCache, Identity), Fault> {
    let (method, tenant) = (config.method, config.tenant.clone());
    let tokens = TokenCache::new(config);
    let token = tokens.sign_in(ask, listener).await?;
    let identity = claims::identity(&token, method, tenant);
    Ok((tokens, identity))
}
