//! The simulated Microsoft.ImportExport.
//!
//! - `jobs`: the way from a request to its operation.
//! - `job`: a job as it is stored.
//! - `life`: the phase of a job as a function of the time.
//! - `create`, `update`, `list`: PUT, PATCH and the list of jobs; `render` writes a job as JSON.
//! - `selection`: the blobs a job selects; `outcome`: the drives and logs they become.
//! - `keys`: drive ids and `BitLocker` keys.
//! - `settle`: the work the service does by itself.
//! - `tag_policy`: the refusal of a policy that requires a tag.

mod create;
pub(super) mod job;
mod jobs;
mod keys;
mod life;
mod list;
mod outcome;
mod render;
mod selection;
mod settle;
mod tag_policy;
mod update;

pub(super) use jobs::{VERSIONS, handle};
pub(super) use settle::settle;
pub(super) use tag_policy::untagged;
