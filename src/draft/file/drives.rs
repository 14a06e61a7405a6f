//! The file's part on the drives: their sizes, the last count and its plan, and which job of a split it is.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::blobs::SavedRules;
use crate::convert::{Convert, same_fields, same_variants};
use crate::draft::drives::{CountedTotals, DriveAnswers, PartOf, PlannedDrives};
use crate::plan::count::{FindingKind, TierBytes};

#[derive(Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SavedDrives {
    sizes: String,
    counted: Option<SavedTotals>,
}

/// What a draft without them means.
impl Default for SavedDrives {
    fn default() -> Self {
        Self { sizes: "4TB".into(), counted: None }
    }
}

same_fields!(DriveAnswers = SavedDrives { sizes, counted });

#[derive(Serialize, Deserialize)]
struct SavedTotals {
    account: String,
    rules: SavedRules,
    at: Timestamp,
    complete: bool,
    blobs: u64,
    snapshots: u64,
    bytes: u64,
    #[serde(default)]
    tiers: Option<SavedTiers>,
    findings: BTreeMap<SavedFinding, u64>,
    nothing: Vec<usize>,
    #[serde(default)]
    plan: Option<SavedPlan>,
}

same_fields!(
    CountedTotals =
        SavedTotals { account, rules, at, complete, blobs, snapshots, bytes, tiers, findings, nothing, plan }
);

#[derive(Serialize, Deserialize)]
struct SavedTiers {
    cool: u64,
    cold: u64,
}

same_fields!(TierBytes = SavedTiers { cool, cold });

/// In their order in `findings`, worst first.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SavedFinding {
    Archived,
    Rehydrating,
    CustomerKey,
    RefusedName,
    BesideFolder,
    CaseTwins,
    AppendBlob,
    Leased,
    LongPath,
    SoftDeleted,
    Changed,
}

same_variants!(
    FindingKind = SavedFinding {
        Archived,
        Rehydrating,
        CustomerKey,
        RefusedName,
        BesideFolder,
        CaseTwins,
        AppendBlob,
        Leased,
        LongPath,
        SoftDeleted,
        Changed,
    }
);

#[derive(Serialize, Deserialize)]
struct SavedPlan {
    sizes: String,
    drives: usize,
    jobs: usize,
    too_large: u64,
    #[serde(default)]
    bytes: Option<u64>,
}

same_fields!(PlannedDrives = SavedPlan { sizes, drives, jobs, too_large, bytes });

#[derive(Serialize, Deserialize)]
pub(super) struct SavedPart {
    number: usize,
    of: usize,
}

same_fields!(PartOf = SavedPart { number, of });
