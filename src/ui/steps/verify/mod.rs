//! The check of the returned drives: which ones, how far it is, what came of it.

mod choosing;
mod findings;
mod outcome;
mod page;
mod running;

pub(super) use page::body;
