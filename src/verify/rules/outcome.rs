//! What came of a check, in an amount that does not grow with the drives. Plain data: the whole report stays with the engine.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::finding::{DriveFault, DriveFinding};

/// What came of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckOutcome {
    /// Each drive, in the order of the request.
    pub drives: Vec<DriveOutcome>,
    /// The first of what the logs say of blobs that are on no drive.
    pub of_job: Vec<DriveFinding>,
    /// How many findings of each kind the logs have.
    pub of_job_counts: BTreeMap<DriveFault, u64>,
    /// Blobs and snapshots that are damaged or missing.
    pub again: Vec<BlobAgain>,
    /// How many more there are, or may be, than are named.
    pub again_unnamed: u64,
}

/// A blob or a snapshot to fetch again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BlobAgain {
    /// Container and name, e.g. `footage/a.mov`.
    pub blob: String,
    /// The time of the snapshot, for a snapshot.
    pub snapshot: Option<String>,
}

/// What came of the check of one drive. Its numbers of blobs add up to `entries`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DriveOutcome {
    /// Where it is.
    pub folder: String,
    /// Its serial number, where it is known.
    pub drive_id: Option<String>,
    /// What it was checked against and what limits the result, a clause each.
    pub facts: Vec<String>,
    /// Blobs and snapshots that are promised.
    pub entries: u64,
    /// Those that are there and right.
    pub right: u64,
    /// Those with other bytes than promised.
    pub damaged: u64,
    /// Those that are not on the drive.
    pub missing: u64,
    /// Those of which nobody knows: not checked, or not yet.
    pub unchecked: u64,
    /// The first findings, the heaviest first.
    pub findings: Vec<DriveFinding>,
    /// How many findings of each kind there are.
    pub counts: BTreeMap<DriveFault, u64>,
    /// Something about the drive as a whole could not be checked or is not as the job says.
    pub is_doubtful: bool,
    /// It was stopped before its end.
    pub is_interrupted: bool,
}

impl DriveOutcome {
    /// The verdict, from the worst on.
    pub fn verdict(&self) -> DriveVerdict {
        if self.damaged > 0 {
            DriveVerdict::Damaged
        } else if self.missing > 0 {
            DriveVerdict::Incomplete
        } else if self.unchecked > 0 || self.is_doubtful || self.is_interrupted || self.entries == 0 {
            DriveVerdict::Unchecked
        } else {
            DriveVerdict::Right
        }
    }
}

/// The verdict about a drive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DriveVerdict {
    /// Every blob that is promised is there and right.
    Right,
    /// Something could not be checked; what was checked is right.
    Unchecked,
    /// Blobs are missing.
    Incomplete,
    /// Blobs have other bytes than promised.
    Damaged,
}

impl DriveVerdict {
    /// The verdict in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Right => "everything promised is there and right",
            Self::Unchecked => "not everything could be checked",
            Self::Incomplete => "blobs are missing",
            Self::Damaged => "blobs are damaged",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn w99_a_drive_is_right_only_when_every_promised_blob_was_checked() {
        let right = DriveOutcome { entries: 3, right: 3, ..DriveOutcome::default() };
        assert_eq!(right.verdict(), DriveVerdict::Right);
        for doubt in [
            DriveOutcome { right: 2, unchecked: 1, ..right.clone() },
            DriveOutcome { is_doubtful: true, ..right.clone() },
            DriveOutcome { is_interrupted: true, ..right.clone() },
            DriveOutcome::default(),
        ] {
            assert_eq!(doubt.verdict(), DriveVerdict::Unchecked, "{doubt:?}");
        }
        assert_eq!(DriveOutcome { missing: 1, unchecked: 2, ..right.clone() }.verdict(), DriveVerdict::Incomplete);
        assert_eq!(DriveOutcome { damaged: 1, missing: 2, ..right }.verdict(), DriveVerdict::Damaged);
    }
}
