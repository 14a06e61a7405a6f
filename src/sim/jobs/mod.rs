//! The life of an export job, the same for both services: Microsoft.ImportExport and Microsoft.DataBox stand above it.
//!
//! - `job`: a job as it is stored; `settings`: what it asks for, read from the properties of either service.
//! - `life`: the phase of a job as a function of the time.
//! - `place`: the rules that the requests of both services share.
//! - `rules`: the blobs a job takes; `outcome`: the drives they become; `reports`: the logs and lists about them, `log_text`: their texts.
//! - `keys`: serial numbers and `BitLocker` keys of the drives.
//! - `settle`: the work the service does by itself.
//! - `tag_policy`: the refusal of a policy that requires a tag.
//! - `xml_entity`: characters that XML names, for the list files.

pub(super) mod job;
pub(super) mod keys;
pub(super) mod life;
mod log_text;
pub(super) mod outcome;
pub(super) mod place;
pub(super) mod reports;
pub(super) mod rules;
pub(super) mod settings;
mod settle;
mod tag_policy;
pub(super) mod xml_entity;

pub(super) use settle::settle;
pub(super) use tag_policy::untagged;
