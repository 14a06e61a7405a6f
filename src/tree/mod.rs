//! The lazy tree of an account: containers, folders, blobs and snapshots, shown by window and held by key. It asks for
//! listings by value and never talks to the service; what is checked is in `select`.
//!
//! Read `node` (what a row is and how it is remembered), then `level` (the listing under a node), then `branch` (open, close,
//! ask, fail) and `merge` (pages coming in). `shown` keeps the flat list of visible rows; `rows` and `cursor` read it.

mod arena;
mod children;
mod cursor;
mod filter;
mod merge;
mod node;
mod place;
mod rows;
mod tree;
mod visible;

pub use children::LoadState;
pub use cursor::Move;
pub use filter::{Filter, Sort, SortBy};
pub use node::{NodeId, NodeKey, NodeKind};
pub use place::TreePlace;
pub use rows::{LevelStatus, LevelTotals, Row, RowItem};
pub use tree::{Listing, Outbox, PageRequest, Tree};

#[cfg(test)]
mod tests;
