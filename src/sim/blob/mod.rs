//! The simulated Blob storage.
//!
//! - `blob`: the way from a request to its operation; `target`: the account, container and blob it names.
//! - `permission`: whether the request may; `sharedkey` and `sas` check signatures.
//! - `read`, `write`, `lists`: the operations; `list` chooses the entries of a page, and `xml` or `arrow` writes them.
//! - `content`: containers and blobs in memory; `sample` and `synthetic` are the accounts at the start.

mod arrow;
mod blob;
pub(super) mod content;
mod list;
mod lists;
mod permission;
mod read;
pub(super) mod sample;
mod sas;
mod sharedkey;
pub(super) mod synthetic;
mod target;
mod write;
mod xml;

pub(super) use blob::{dressed, handle, unauthorized};
pub(super) use lists::empty as empty_page;
