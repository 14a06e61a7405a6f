//! What the driver needs of the world, as a trait, so that a test can script it. The real one is [`super::live`].

use std::sync::Arc;

use async_trait::async_trait;

use crate::azure::fault::Fault;
use crate::draft::Draft;
use crate::protocol::message::{Call, ProgressEvent, Reply};

/// Takes what there is to tell of a call, from whichever task has something.
pub type ProgressSink = Arc<dyn Fn(ProgressEvent) + Send + Sync>;

/// Everything outside the program that a [`Call`] can reach.
#[async_trait]
pub trait Backend: Send + Sync + 'static {
    /// Carries out one call. Dropping the future gives it up.
    ///
    /// # Errors
    /// As the service, or this machine, answers.
    async fn call(&self, call: Call, tell: ProgressSink) -> Result<Reply, Fault>;

    /// Writes the draft so that it outlives a power cut. Blocks; called away from the event loop, one call at a time.
    ///
    /// # Errors
    /// The disk is full, read-only, gone: the older draft is still in place.
    fn save(&self, draft: &Draft) -> Result<(), Fault>;

    /// From now on the session may use the sign-in at the server of this blob endpoint. Does not block.
    fn permit(&self, endpoint: &str);

    /// Lets go of the open draft: its lock and its session. Blocks.
    fn close_draft(&self);
}
