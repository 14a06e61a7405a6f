//! The checkpoint of a scan: the part of its state on disk. With it a scan goes on after `kill -9`, and a counted rule is not counted again.
//!
//! - `checkpoint`: the state as a value.
//! - `layout`: the file's own structs. `totals`: those of rules, totals and loads.
//! - `file`: reads and writes the file.

mod checkpoint;
mod file;
mod layout;
mod totals;

pub(super) use checkpoint::{Checkpoint, RuleProgress};
pub(super) use file::EarlierScan;
pub use file::previous;
