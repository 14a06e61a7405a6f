//! The checkpoint of a scan: what is on disk of it, so that it goes on after `kill -9`, and so that a counted rule is not counted again.
//!
//! - `checkpoint`: what it holds.
//! - `layout`: how the file is laid out.
//! - `file`: reads and writes it.

mod checkpoint;
mod file;
mod layout;

pub(super) use checkpoint::{Checkpoint, RuleProgress};
pub use file::previous;
pub(super) use file::{EarlierScan, sweep};
