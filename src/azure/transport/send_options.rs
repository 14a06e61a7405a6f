//! How one request is sent: the settings that the policies of the pipeline read.

use std::{sync::Arc, time::Duration};

use azure_core::http::Url;

use crate::azure::{credentials::Credential, model::SignInPrompt, request::Audience};

/// A pause before a request is sent again, so that a screen can count down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryWait {
    /// Length of the pause in whole seconds, rounded up; at most 60.
    pub seconds: u64,
    /// The attempt that follows the pause: 2 for the first repetition.
    pub attempt: u32,
    /// Why, without a full stop: `the service asked to slow down (HTTP 429)`.
    pub reason: String,
    /// The service asked for this pause.
    pub requested: bool,
}

/// Something that a call has to say before its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallEvent {
    /// It pauses before it is sent again.
    Waits(RetryWait),
    /// It waits for the person to sign in; `None` once it no longer does.
    SignIn(Option<SignInPrompt>),
}

/// Is called with every event of a call, by the task that carries it out.
pub type CallListener = Arc<dyn Fn(CallEvent) + Send + Sync>;

/// How one request is sent.
pub(crate) struct SendOptions {
    pub(crate) audience: Audience,
    /// The only origin that the credential may be sent to.
    pub(crate) base_url: Url,
    /// Sending it twice does no harm.
    pub(crate) idempotent: bool,
    /// Never sent twice, whatever the response: the caller has its own retries.
    pub(crate) no_retry: bool,
    pub(crate) credential: Credential,
    pub(crate) backoff: Duration,
    pub(crate) listener: Option<CallListener>,
}
