//! What came of the check of one drive.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::super::rules::{DriveFault, NumberSet, Severity};
use super::finding_list::FindingList;
use super::promises::PromiseSource;

/// What the drive was checked against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CheckBasis {
    /// Nothing says what should be there.
    #[default]
    Nothing,
    /// A manifest: its path, and the version it names.
    Manifest {
        /// Where it is.
        path: String,
        /// e.g. `2014-11-01`.
        version: Option<String>,
        /// MD5 of its bytes.
        md5: String,
    },
    /// The service's logs.
    Logs,
}

/// What came of the check of one drive.
#[derive(Debug, Default)]
pub struct CheckedDrive {
    /// Where it is.
    pub folder: PathBuf,
    /// Its serial number, where it is known.
    pub drive_id: Option<String>,
    /// What it was checked against.
    pub basis: CheckBasis,
    /// The promised entries again, for a report of each.
    pub promises: PromiseSource,
    /// Entries promised.
    pub entries: u64,
    /// Bytes promised.
    pub bytes: u64,
    /// Entries finished.
    pub done: NumberSet,
    /// Findings, in the order of the manifest.
    pub findings: FindingList,
    /// It was stopped before its end.
    pub is_interrupted: bool,
    /// The hasher that was used.
    pub hasher: String,
    /// What limits the result, e.g. that progress could not be kept.
    pub remarks: Vec<String>,
}

impl CheckedDrive {
    /// The heaviest finding.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.worst()
    }

    /// How many findings of each kind there are.
    pub fn counts(&self) -> BTreeMap<DriveFault, u64> {
        self.findings.kinds.iter().map(|(fault, kind)| (*fault, kind.count)).collect()
    }

    /// How many entries are there and right.
    pub fn right(&self) -> u64 {
        self.done.count().saturating_sub(self.findings.entries.all())
    }
}

/// What came of a check.
#[derive(Debug, Default)]
pub struct CheckReport {
    /// Each drive, in the order of the request.
    pub drives: Vec<CheckedDrive>,
    /// What the logs say of blobs that are on no drive.
    pub of_job: FindingList,
}

impl CheckReport {
    /// The heaviest finding.
    pub fn worst(&self) -> Option<Severity> {
        self.drives.iter().filter_map(CheckedDrive::worst).chain(self.of_job.worst()).max()
    }

    /// Whether it was stopped before its end.
    pub fn is_interrupted(&self) -> bool {
        self.drives.iter().any(|drive| drive.is_interrupted)
    }

    /// The exit status: 0 when everything promised is there and right, 1 damaged or missing, 2 not checked, 3 interrupted.
    pub fn status(&self) -> u8 {
        match self.worst() {
            _ if self.is_interrupted() => 3,
            Some(Severity::Damage) => 1,
            Some(Severity::Unchecked) => 2,
            _ => 0,
        }
    }
}
