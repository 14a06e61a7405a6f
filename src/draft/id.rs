//! The name of a draft, which is also that of its file.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::azure::model::JobAddress;

/// Names a draft; also its file name. Made of the creation time and a random tail, so it sorts by age.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DraftId(String);

impl DraftId {
    /// From text a person or a file name gave; letters, digits and hyphens only, 1 to 64 of them.
    pub fn parse(text: &str) -> Option<Self> {
        let fine = !text.is_empty() && text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        fine.then(|| Self(text.to_owned()))
    }

    /// A new id from the time and 32 random bits, e.g. `20261122-2104-7f3a09c1`.
    pub fn new(now: Timestamp, random: u32) -> Self {
        Self(format!("{}-{random:08x}", now.strftime("%Y%m%d-%H%M")))
    }

    /// The id of the draft for a job that was made without one, the same for every program that takes the job over. Made of the address
    /// by FNV-1a, e.g. `job-00c3d2a1f0e4b596`.
    pub fn of_job(job: &JobAddress) -> Self {
        let service = job.service.title();
        let address = [service, &job.subscription, &job.resource_group, &job.name].join("/").to_lowercase();
        let hash = address
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self(format!("job-{hash:016x}"))
    }

    /// As a draft file has it, unchecked: the name of the file counts, and the store puts it in this one's place.
    pub(super) fn from_file(text: String) -> Self {
        Self(text)
    }

    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DraftId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
