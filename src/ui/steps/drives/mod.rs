//! The drives step on screen.
//!
//! - `page`: the whole page. `progress`: its head: how much is counted. `known`: everything below the bars.
//! - `split`: the page that asks before a split becomes drafts.

mod known;
mod page;
mod progress;
mod split;

pub(super) use page::body;
