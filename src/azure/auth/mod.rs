//! Signing in: which credential a method means, in which cloud, and who is signed in. Tokens stay in here.
//!
//! - `config`: what a person chose. `token_credential` makes the credential, `token_cache` keeps its tokens.
//! - `loopback`: the credential for the simulated Azure. `tool_executor`: runs the Azure CLI.
//! - `sign_in`: signs in and reads from the token (`claims`) who it is.
//! - `sign_in_error`, `tool_errors`, `entra`: what a failed sign-in means.
//! - `authorize`: puts a token, a key or a signature on a request.

mod authorize;
mod claims;
mod config;
mod entra;
mod loopback;
mod sign_in;
mod sign_in_error;
mod token_cache;
mod token_credential;
mod tool_errors;
mod tool_executor;

pub(crate) use authorize::Authorize;
pub(crate) use config::CredentialConfig;
pub(crate) use sign_in::sign_in;
pub(crate) use token_cache::TokenCache;
