//! The shared async API backend: everything that talks to Azure, for the wizard, the headless commands and the tests.
//!
//! `model`, `cloud` and `fault` are plain data and may be used by any layer; the rest performs IO.
//!
//! [`Azure`] is a signed-in session, or one with a single storage account ([`access`]). Its calls are cancelled by dropping their futures, repeat themselves politely
//! (`http::retry`), and fail with a [`Fault`] that says in one sentence what was tried and what went wrong (`explain`).
//! `wire` turns bytes into the model and back and does nothing else. [`jobs::JobService`] is the seam behind which
//! a second service can be put.

use std::sync::Arc;

pub mod access;
pub mod cloud;
pub mod fault;
pub mod http;
pub mod jobs;
pub mod model;

mod arm;
mod auth;
mod blob;
mod data;
mod explain;
mod level;
mod list_file;
mod wire;

use access::AccountAccess;
use cloud::Cloud;
use fault::Fault;
use http::{AzureSession, RetryWait, SessionOptions, WaitListener};
use jobs::{Classic, JobService};
use model::{Identity, SignInMethod};

/// A session with one Azure cloud, or with one account of it. Cheap to clone: clones share tokens, keys and connections.
#[derive(Clone)]
pub struct Azure {
    http: AzureSession,
    classic: Classic,
}

impl std::fmt::Debug for Azure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Azure").field("cloud", &self.http.cloud().name).finish_non_exhaustive()
    }
}

impl Azure {
    /// Signs in and gets a token for Azure Resource Manager at once, so that a wrong sign-in fails here and not later.
    /// `tenant` is a tenant GUID or domain; `None` leaves it to the method. Gives up after 30 seconds.
    ///
    /// # Errors
    /// `SignedOut` when the method has no sign-in to offer, `Offline` when the authority does not answer,
    /// `Local` when the environment or the cloud's endpoints are unusable.
    pub async fn sign_in(cloud: &Cloud, method: SignInMethod, tenant: Option<&str>) -> Result<(Self, Identity), Fault> {
        Self::sign_in_tuned(cloud, method, tenant, SessionOptions::default()).await
    }

    /// [`Azure::sign_in`] with another page size and pace, for tests and emulators.
    ///
    /// # Errors
    /// As [`Azure::sign_in`].
    pub async fn sign_in_tuned(
        cloud: &Cloud,
        method: SignInMethod,
        tenant: Option<&str>,
        tuning: SessionOptions,
    ) -> Result<(Self, Identity), Fault> {
        let (http, identity) = auth::sign_in(cloud, method, tenant, tuning).await?;
        Ok((Self { classic: Classic::new(http.clone()), http }, identity))
    }

    /// A session with one storage account, opened with its key or a shared access signature and without a sign-in. Only its blobs
    /// can be reached; whatever needs a sign-in fails with `SignedOut` before it is sent.
    pub fn for_account(access: AccountAccess) -> Self {
        Self::for_account_tuned(access, SessionOptions::default())
    }

    /// [`Azure::for_account`] with another page size and pace, for tests and emulators.
    pub fn for_account_tuned(access: AccountAccess, tuning: SessionOptions) -> Self {
        let http = AzureSession::of_account(access, tuning);
        Self { classic: Classic::new(http.clone()), http }
    }

    /// The account this session was opened for; `None` for a sign-in.
    pub fn account(&self) -> Option<&AccountAccess> {
        self.http.ways().given()
    }

    /// The same session, with every wait between two attempts told to `listener`, from whichever task waits.
    pub fn telling(&self, listener: Arc<dyn Fn(RetryWait) + Send + Sync>) -> Self {
        let listener: WaitListener = listener;
        Self { http: self.http.telling(&listener), classic: self.classic.telling(&listener) }
    }

    /// The cloud this session belongs to.
    pub fn cloud(&self) -> &Cloud {
        self.http.cloud()
    }

    /// The service that keeps export jobs.
    pub fn jobs(&self) -> &dyn JobService {
        &self.classic
    }
}
