//! The lazy tree of an account: containers, folders, blobs, snapshots and versions. It knows its rows by key, e.g. the folder
//! `footage/2026/`, and shows a window of them. It returns requests for listings as values and sends none itself. Check marks are in `select`.
//!
//! Plain data:
//! - `node`: what a row is, and the key that finds it again.
//! - `arena`: the nodes, in one block.
//! - `name_list`: their names, each as what differs from the one before it.
//! - `children`: the children of one node and how far they are listed.
//! - `incoming`: the rows of a page before they have nodes.
//! - `order`: the order of siblings.
//! - `requests`: listings to request and requests to cancel.
//! - `visible`: the flat list of visible rows, the cursor and the window.
//!
//! Operations on the tree:
//! - `tree`: opens, closes, reloads, requests pages and takes failures.
//! - `merge`: takes pages.
//! - `sort`: sorts children and finds a name among them.
//! - `refresh`: keeps the visible rows in line with the open nodes.
//! - `filter`: filters the visible rows.
//! - `cursor`: moves the cursor.
//! - `rows`: gives the window's rows to the screen.
//! - `place`: saves and restores open nodes and cursor.
//! - `listed_names`: gives loaded names to the selection.

mod arena;
mod children;
mod cursor;
mod filter;
mod incoming;
mod listed_names;
mod merge;
mod name_list;
mod node;
mod node_map;
mod order;
mod place;
mod refresh;
mod requests;
mod rows;
mod sort;
mod tree;
mod visible;

pub use children::LoadState;
pub use cursor::Move;
pub use filter::Filter;
pub use node::{NodeId, NodeKey, NodeKind};
pub use order::{Sort, SortBy};
pub use place::TreePlace;
pub use requests::{Listing, PageRequest, TreeRequests};
pub use rows::{ListingStatus, ListingTotals, Row, RowItem};
pub use tree::Tree;

#[cfg(test)]
mod tests;
