//! How many drives an export needs: sizes as people write them, overhead, packing, advice. Pure; `scan` gathers what is
//! packed, and nothing here knows how.
//!
//! Read `count` first (what a scan tells), then `load` (what is packed), `overhead` (what a blob costs on a drive), `pack` and `advice`.

mod advice;
pub mod count;
mod load;
mod overhead;
mod pack;
mod size;

pub use advice::{Alternative, DRIVES_PER_JOB, JobShare, alternatives, jobs, spare};
pub use load::{LARGE_FLOOR, LargeBlob, Load, SizeClass};
pub use overhead::{CLUSTER, Overheads, RANGE};
pub use pack::{DriveFill, DrivePlan, pack};
pub use size::{Drive, Purchase, SizeError, binary, decimal};

#[cfg(test)]
mod tests;
