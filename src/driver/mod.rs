//! Runs a session: the event loop, the executor of requests, the writer of drafts, the end. It holds no decisions, those are in `app`.
//!
//! - [`open()`]: a whole session on the terminal. [`open_plain`]: one on lines; `plain_display` writes and reads them.
//! - [`event_loop`]: waits for a key, a signal, an answer or the time, and carries out the effects of `app::update`.
//! - [`executor`]: the requests under way, each a task.
//! - [`saver`]: the one task that writes drafts.
//! - [`unattended`]: a session without a person or a terminal, for `blobfreight new`.
//! - [`leave`], `exit_message`: the end of a session and the text after it.
//! - [`record`]: the recording of a session for a bug report. [`log`]: the log file.
//! - [`backend`], [`display`]: what requests and drafts go to, and what the screen is drawn on, as traits. [`live`] has the real backend.

pub mod backend;
pub mod display;
pub mod event_loop;
pub mod executor;
mod exit_message;
pub mod leave;
pub mod live;
pub mod log;
mod open;
mod plain_display;
pub mod record;
pub mod saver;
pub mod unattended;

pub use open::{open, open_plain};
