//! How many drives an export needs. Pure; `scan` counts the blobs.
//!
//! - `count`: the result of a count; `balance`: the sum of exported bytes and of those left out.
//! - `load`: the blobs to pack, as large blobs and size classes; `part`: a rule with its load.
//! - `size`: drive sizes as people write them, with `number` for their digits.
//! - `overhead`: the bytes a blob needs on a drive besides its own.
//! - `pack`: the packing; `bins`: the drives while they are filled; `lower_bound`: how few drives could do.
//! - `advice`: a spare drive, and other drive sizes.
//! - `split`: several jobs, with `folders` and `widen` for the prefixes of their rules.
//! - `ntfs`: the names that a drive refuses.

mod advice;
mod balance;
mod bins;
pub mod count;
mod folders;
mod load;
mod lower_bound;
pub mod ntfs;
mod number;
mod overhead;
mod pack;
mod part;
mod size;
mod split;
mod widen;

pub use advice::{Alternative, alternatives, spare};
pub use balance::{Balance, LeftOut};
pub use bins::DriveFill;
pub use load::{DriveLoad, LARGE_FLOOR, LargeBlob, SizeBand, SizeClass};
pub use overhead::{CLUSTER, Overheads, RANGE};
pub use pack::{DrivePlan, pack};
pub use part::Part;
pub use size::{DriveSize, Purchase, SizeError};
pub use split::{DRIVES_PER_JOB, JobShare, Split, jobs, split};

#[cfg(test)]
mod tests;
