//! The lazy tree of an account: containers, folders, blobs and snapshots, shown by window and held by key. It asks for
//! listings by value and never talks to the service; what is checked is in `select`.
//!
//! Read `node` (what a row is and how it is remembered), then `level` (the listing under a node), then `branch` (open, close,
//! ask, fail) and `merge` (pages coming in). `shown` keeps the flat list of visible rows; `rows` and `cursor` read it.

mod arena;
mod branch;
mod cursor;
mod filter;
mod level;
mod merge;
mod node;
mod place;
mod rows;
mod shown;

pub use branch::{Listing, Outbox, PageRequest, Tree};
pub use cursor::Move;
pub use filter::{Filter, Sort, SortBy};
pub use level::Stage;
pub use node::{Key, NodeId, NodeKind};
pub use place::TreePlace;
pub use rows::{Row, RowItem, Status, Totals};

#[cfg(test)]
mod tests;
