//! What came of the checks of the returned drives. Data only.

use jiff::Timestamp;

use crate::verify::rules::{DriveVerdict, same_drive};

/// What came of the checks of the returned drives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// The last check of each drive that was checked to its end.
    pub drives: Vec<VerifiedDrive>,
    /// The drives of the job by serial number, as known at the last check; empty where they were not.
    pub job_drives: Vec<String>,
}

/// The last check of a drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedDrive {
    /// Its serial number, or its folder where that is not known.
    pub drive: String,
    /// When the check ended.
    pub at: Timestamp,
    /// What came of it.
    pub verdict: DriveVerdict,
    /// Blobs that are there and right.
    pub right: u64,
    /// Blobs with other bytes than promised.
    pub damaged: u64,
    /// Blobs that are not on the drive.
    pub missing: u64,
    /// Blobs that could not be checked.
    pub unchecked: u64,
}

impl Verification {
    /// Takes in a check; it takes the place of an earlier one of the same drive.
    pub fn note(&mut self, checked: VerifiedDrive) {
        self.drives.retain(|earlier| !same_drive(&earlier.drive, &checked.drive));
        self.drives.push(checked);
    }

    /// The drives of the job that were never checked.
    pub fn unseen(&self) -> Vec<&str> {
        self.job_drives.iter().map(String::as_str).filter(|id| !self.has_seen(id)).collect()
    }

    /// Whether the drive of this serial number was ever checked to its end.
    pub fn has_seen(&self, id: &str) -> bool {
        self.drives.iter().any(|seen| same_drive(&seen.drive, id))
    }

    /// Whether every drive of the job was checked and is right. Never while the job's drives are not known.
    pub fn is_all_right(&self) -> bool {
        let all = self.drives.iter().all(|drive| drive.verdict == DriveVerdict::Right);
        all && !self.job_drives.is_empty() && self.unseen().is_empty()
    }
}
