//! How a draft stands in its file: structs and enums of the file alone, so that renaming or adding a field elsewhere in the program
//! changes no file unseen. `crate::convert` turns them into the types of the program. A change of the layout is made here, with a new
//! version and a step in `migrate`.
//!
//! - `draft`: the file as a whole, and the steps of the wizard
//! - `account`: sign-in, subscription and storage account
//! - `blobs`: rules and the place in the tree
//! - `drives`: sizes, the last count and its plan
//! - `address`: where the drives go and where they come back to
//! - `job`: options, parcel, requests noted before they are sent, and the job as last read
//! - `verified`: the checks of the returned drives

mod account;
mod address;
mod blobs;
mod draft;
mod drives;
mod job;
mod service;
mod verified;

pub(super) use draft::write;
