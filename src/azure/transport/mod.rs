//! Sends a request to a service: HTTP, repetition, and the response as a whole or in chunks. Which credential it carries is in `auth`.
//!
//! - `client`: reqwest clients with our limits. `pipeline`: the policies around them. `retry`: when a request is sent again.
//! - `exchange`: sends a request through a pipeline. `response` and `stream`: the two forms of the response.
//! - `send_options`: what the policies read.

mod client;
mod exchange;
mod pipeline;
mod response;
mod retry;
mod send_options;
mod stream;

pub use client::init;
pub(crate) use client::refuse;
pub(crate) use exchange::{exchange, open};
pub(crate) use pipeline::{metadata_options, options, pipeline};
pub(crate) use response::ApiResponse;
pub(crate) use retry::{MAX_PAUSE, RetryPolicy, doubled};
pub(crate) use send_options::SendOptions;
pub use send_options::{CallEvent, CallListener, RetryWait};
pub use stream::BodyChunks;
