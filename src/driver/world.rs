//! What the driver needs of the world, as a trait, so that a test can script it. The real one is [`super::live`].

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use crate::app::protocol::{Call, Reply};
use crate::azure::fault::Fault;
use crate::draft::Draft;

/// Told when a call waits before it tries again: for how long, and why in a few words.
pub type Waits = Arc<dyn Fn(Duration, String) + Send + Sync>;

/// Everything outside the program that a [`Call`] can reach.
#[async_trait]
pub trait World: Send + Sync + 'static {
    /// Carries out one call. Dropping the future gives it up.
    ///
    /// # Errors
    /// As the service, or this machine, answers.
    async fn call(&self, call: Call, waits: Waits) -> Result<Reply, Fault>;

    /// Writes the draft so that it outlives a power cut. Blocks; called away from the event loop, one call at a time.
    ///
    /// # Errors
    /// The disk is full, read-only, gone: the older draft is still in place.
    fn save(&self, draft: &Draft) -> Result<(), Fault>;

    /// Lets go of the open draft: its lock and its session. Blocks.
    fn close_draft(&self);
}
