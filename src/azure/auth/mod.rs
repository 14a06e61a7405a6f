//! Signing in: which credential a method means, in which cloud, and who is signed in. Tokens stay in here.
//!
//! - `config`: what a person chose. `token_credential` makes the credential, `token_cache` keeps its tokens.
//! - `person_credential`: the credential of a person. `prompt` asks the person (`prompter` tells the screen), by `browser` (with `redirect_listener` and
//!   `open_browser`) or `device_code`; `public_client` is the protocol, `oauth_failure` why it fails,
//!   `refresh_tokens` what is kept, and where the person wants it in the system's keyring (`keyring_store`).
//! - `person`: how people sign in: the application, the browser, the store.
//! - `loopback`: the credential for the simulated Azure. `tool_executor`: runs the Azure CLI.
//! - `sign_in`: signs in and reads from the token (`claims`) who it is.
//! - `sign_in_error`, `tool_errors`, `entra`: what a failed sign-in means.
//! - `authorize`: puts a token, a key or a signature on a request.

mod authorize;
mod browser;
mod claims;
mod config;
mod device_code;
mod entra;
mod keyring_store;
mod loopback;
mod oauth_failure;
mod open_browser;
mod person;
mod person_credential;
mod prompt;
mod prompter;
mod public_client;
mod redirect_listener;
mod refresh_tokens;
mod sign_in;
mod sign_in_error;
mod token_cache;
mod token_credential;
mod tool_errors;
mod tool_executor;

pub(crate) use authorize::Authorize;
pub(crate) use config::CredentialConfig;
pub use keyring_store::Keyring;
pub use open_browser::has_browser;
pub use person::{DEVELOPER_SIGN_ON, OpenBrowser, PersonOptions};
pub use refresh_tokens::{RefreshTokens, SecretStore};
pub(crate) use sign_in::sign_in;
pub(crate) use token_cache::TokenCache;
