//! The JSON of Microsoft.DataBox for export jobs on the customer's own disks.
//!
//! What is sent: `body` (jobs and what is done with them), `questions` (skus, regions, checks). `selection` and `address` are parts of both
//! directions. What is read: `job` with its `stages` and `drives`, `answers` (skus, regions, checks), `credentials`.
//! `members`: small parts that many of them share.
//!
//! Everything is read leniently: words that no document lists are kept, `""` counts as absent, a date in the year 1 is none, and an error
//! with the code `Success` is none.

pub(crate) mod address;
pub(crate) mod answers;
pub(crate) mod body;
pub(crate) mod credentials;
pub(super) mod drives;
#[cfg(test)]
mod fixtures;
pub(crate) mod job;
pub(crate) mod members;
pub(crate) mod questions;
mod selection;
mod stages;

/// The only sku that this program orders.
pub(crate) const SKU: &str = "DataBoxCustomerDisk";
/// The only direction.
pub(crate) const EXPORT: &str = "ExportFromAzure";
