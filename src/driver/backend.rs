//! Where the driver sends calls and drafts, as a trait, so that a test can script it. The real one is [`super::live`].

use std::sync::Arc;

use async_trait::async_trait;

use crate::azure::fault::Fault;
use crate::azure::model::SignInCommand;
use crate::draft::Draft;
use crate::protocol::message::{Call, ProgressEvent, Reply};

/// Takes events of a call before its answer, for example a wait before the next try. Any task may call it.
pub type ProgressSink = Arc<dyn Fn(ProgressEvent) + Send + Sync>;

/// Everything outside the program that a [`Call`] can reach.
#[async_trait]
pub trait Backend: Send + Sync + 'static {
    /// Carries out one call. Dropping the future cancels it.
    ///
    /// # Errors
    /// The fault of the service, or of this machine.
    async fn call(&self, call: Call, progress: ProgressSink) -> Result<Reply, Fault>;

    /// Writes the draft so that it outlives a power cut. Blocks: call it outside the event loop, one call at a time.
    ///
    /// # Errors
    /// The disk is full, read-only, gone: the older draft is still in place.
    fn save(&self, draft: &Draft) -> Result<(), Fault>;

    /// Allows the session to use the sign-in at the server of this blob endpoint from now on. Does not block.
    fn permit(&self, endpoint: &str);

    /// Tells a sign-in that waits for the person what the person wants. Does not block.
    fn tell_sign_in(&self, command: SignInCommand);

    /// Opens an address in a browser, where there is one. May block for a moment.
    fn open_page(&self, address: &str);

    /// Closes the open draft: drops its lock and its session. Blocks.
    fn close_draft(&self);
}
