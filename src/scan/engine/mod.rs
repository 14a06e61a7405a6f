//! The engine of a scan: decides which page is fetched when, and adds what comes back to the ledger. One loop owns all state; the
//! requests only fetch and read.
//!
//! - `run`: the loop, progress, and the checkpoint.
//! - `engine`: the state, and how a request is sent.
//! - `pages`: pages of a rule's own listing.
//! - `bundle_listing` (data), `bundle_pages`: pages that count for many small rules.
//! - `folder_probe`, `split_search` (pure), `splitting`: where a listing is split so that more requests can run.
//! - `recover`: what happens when a page does not come.

mod bundle_listing;
mod bundle_pages;
mod engine;
mod folder_probe;
mod pages;
mod recover;
mod run;
mod split_search;
mod splitting;

pub use run::run;
