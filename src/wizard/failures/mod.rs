//! The page of what was not exported: it opens over the follow step, from there and from the keys step.
//!
//! - `state`: what the page remembers.
//! - `page`: its keys and the answers to its requests.

mod page;
mod state;

pub use page::{act, close, contexts, done, go_on, may_have_logs, open, page_number, retry_words};
pub use state::FailuresPage;
