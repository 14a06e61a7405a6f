//! The sign-in authority: discovery, sign-in in a browser, sign-in by device code, tokens, and the check of a token.
//!
//! - `authority`: which path is answered by which file. `authorize` and `device`: the pages of the two flows.
//! - `token_endpoint`: codes and refresh tokens become access tokens. `grants`: the codes and refresh tokens that were given out.
//! - `access_token`: makes and checks access tokens. `oauth_error`: the errors in Entra's form.

mod access_token;
mod authority;
mod authorize;
mod device;
mod grants;
mod oauth_error;
mod token_endpoint;

pub(super) use access_token::{TokenAudience, challenge, claims_challenge, refusal, satisfies, tenant_of, universal};
pub(super) use authority::handle;
pub(super) use grants::Grants;
pub(super) use oauth_error::oauth_error;
