//! The shared async API backend: everything that talks to Azure, for the wizard, the headless commands and the tests.
//!
//! [`Azure`] is a signed-in session, or a session with a single storage account. A call is cancelled by dropping its future, is
//! repeated where that is safe, and fails with a [`fault::Fault`], which says in one sentence what was tried and what went wrong.
//!
//! The layers, from the bottom up; each uses only those above it in this list (`tests/it/pure/architecture.rs` checks it):
//!
//! - [`fault`], [`cloud`], [`model`]: plain data, which any layer of the program may use. `urls`: joins and compares addresses.
//! - `wire`: turns bytes into the model and back, and does nothing else.
//! - [`credentials`]: account keys, shared access signatures, and which of them each account is read with. No IO.
//! - `request`: one request before it is sent.
//! - `errors`: turns a response or an error of the transport into a `Fault`.
//! - [`transport`]: sends a request, and repeats it where that is safe.
//! - [`auth`]: signs in, keeps the tokens, and puts the credential on a request.
//! - [`session`]: joins tokens, credentials and the transport.
//! - [`jobs`]: the services that keep export jobs, behind one trait, [`jobs::JobService`].
//! - `azure`: [`Azure`] itself. On top of it, `accounts` lists subscriptions and accounts, `tenants` tenants, `services` finds out which
//!   service takes a job, `locks` reads and removes the locks of an account, `rights` reads what the person may do, and `blobs` lists and uploads blobs;
//!   `diagnosis` is for a check of this machine.

pub mod auth;
pub mod cloud;
pub mod credentials;
pub mod fault;
pub mod jobs;
pub mod model;
pub mod session;
pub mod transport;

mod accounts;
mod azure;
mod blobs;
mod diagnosis;
mod errors;
mod locks;
mod request;
mod rights;
mod services;
mod tenants;
mod urls;
pub(crate) mod wire;

pub use azure::Azure;
pub use diagnosis::proxy_to;
