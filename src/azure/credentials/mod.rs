//! The credentials of storage accounts: keys and shared access signatures. Secrets stay in memory and are shown nowhere.
//!
//! - `access`: [`AccountAccess`], one account opened without a sign-in. `environment` and `connection_string` read it.
//! - `endpoint`: the address of an account. `pasted`: mends keys and signatures as people paste them.
//! - `shared_key`, `sas`, `credential`: the key, the signature, and the credential of one request.
//! - `credentials`: which credential each account of a session is read with.

mod access;
mod connection_string;
mod credential;
mod credentials;
mod endpoint;
mod environment;
mod error;
mod pasted;
mod sas;
mod shared_key;
mod variables;

pub use access::AccountAccess;
pub(crate) use credential::Credential;
pub(crate) use credentials::{AccountFacts, Credentials};
pub use error::AccessError;
pub(crate) use pasted::SIGNATURE_LENGTH;
pub(crate) use sas::Sas;
pub(crate) use shared_key::AccountKey;

#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod tests;
