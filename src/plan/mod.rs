//! How many drives an export needs: sizes as people write them, overhead, packing, advice. Pure; `scan` gathers what is
//! packed, and nothing here knows how.
//!
//! Read `count` first (what a scan tells), then `load` (what is packed), `overhead` (what a blob costs on a drive), `pack`, `advice` and `split`. `ntfs` tells which names a drive refuses.

mod advice;
mod balance;
pub mod count;
mod folders;
mod load;
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
pub use load::{DriveLoad, LARGE_FLOOR, LargeBlob, SizeBand, SizeClass};
pub use overhead::{CLUSTER, Overheads, RANGE};
pub use pack::{DriveFill, DrivePlan, pack};
pub use part::Part;
pub use size::{DriveSize, Purchase, SizeError};
pub use split::{DRIVES_PER_JOB, JobShare, Split, jobs, split};

#[cfg(test)]
mod tests;
