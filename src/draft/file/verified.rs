//! The checks of the returned drives in the draft file.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::convert::{Convert, same_fields, same_variants};
use crate::draft::verified::{Verification, VerifiedDrive};
use crate::verify::rules::DriveVerdict;

#[derive(Default, Serialize, Deserialize)]
pub(super) struct SavedVerification {
    #[serde(default)]
    drives: Vec<SavedVerifiedDrive>,
    #[serde(default)]
    job_drives: Vec<String>,
}

same_fields!(Verification = SavedVerification { drives, job_drives });

#[derive(Serialize, Deserialize)]
struct SavedVerifiedDrive {
    drive: String,
    at: Timestamp,
    verdict: SavedVerdict,
    right: u64,
    damaged: u64,
    missing: u64,
    unchecked: u64,
}

same_fields!(VerifiedDrive = SavedVerifiedDrive { drive, at, verdict, right, damaged, missing, unchecked });

/// E.g. `"right"`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SavedVerdict {
    Right,
    Unchecked,
    Incomplete,
    Damaged,
}

same_variants!(DriveVerdict = SavedVerdict { Right, Unchecked, Incomplete, Damaged });
