//! What the call for a check of drives carries.

use std::path::PathBuf;

use crate::verify::rules::{ExpectedDrive, NamedDrive};

/// What to check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DriveVerification {
    /// The drives.
    pub drives: Vec<NamedDrive>,
    /// The drives of the job, where they are known.
    pub expected: Option<Vec<ExpectedDrive>>,
    /// A folder with logs and copies of manifests.
    pub logs: Option<PathBuf>,
    /// Check from the start: the progress that an earlier check of these drives saved is dropped.
    pub anew: bool,
}
