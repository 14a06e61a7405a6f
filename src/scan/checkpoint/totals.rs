//! The counts in the checkpoint file: a rule, its totals, its findings, and the blobs to pack on drives.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::convert::{Convert, same_fields, same_variants};
use crate::plan::count::{CountTotals, FindingCount, FindingKind, TierBytes};
use crate::plan::{DriveLoad, LargeBlob, SizeClass};
use crate::select::Rule;

/// E.g. `{"Prefix":"/films/2026/"}`.
#[derive(Serialize, Deserialize)]
pub(super) enum RuleInFile {
    Prefix(String),
    Blob { path: String, snapshots: bool },
    Snapshot { path: String, time: String },
}

impl From<Rule> for RuleInFile {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::Prefix(prefix) => Self::Prefix(prefix),
            Rule::Blob { path, snapshots } => Self::Blob { path, snapshots },
            Rule::Snapshot { path, time } => Self::Snapshot { path, time },
        }
    }
}

impl From<RuleInFile> for Rule {
    fn from(rule: RuleInFile) -> Self {
        match rule {
            RuleInFile::Prefix(prefix) => Self::Prefix(prefix),
            RuleInFile::Blob { path, snapshots } => Self::Blob { path, snapshots },
            RuleInFile::Snapshot { path, time } => Self::Snapshot { path, time },
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(super) struct TotalsInFile {
    blobs: u64,
    snapshots: u64,
    bytes: u64,
    blocked: u64,
    tiers: TierBytesInFile,
    load: LoadInFile,
    findings: BTreeMap<FindingKindInFile, FindingInFile>,
}

same_fields!(CountTotals = TotalsInFile { blobs, snapshots, bytes, blocked, tiers, load, findings });

#[derive(Serialize, Deserialize)]
struct TierBytesInFile {
    cool: u64,
    cold: u64,
}

same_fields!(TierBytes = TierBytesInFile { cool, cold });

/// In their order in `findings`, worst first.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum FindingKindInFile {
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
    FindingKind = FindingKindInFile {
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
struct FindingInFile {
    count: u64,
    bytes: u64,
    examples: Vec<String>,
}

same_fields!(FindingCount = FindingInFile { count, bytes, examples });

#[derive(Serialize, Deserialize)]
pub(super) struct LoadInFile {
    classes: Vec<SizeClassInFile>,
    large: Vec<LargeBlobInFile>,
}

same_fields!(DriveLoad = LoadInFile { classes, large });

#[derive(Serialize, Deserialize)]
struct SizeClassInFile {
    bits: u8,
    count: u64,
    bytes: u64,
    clusters: u64,
    ranges: u64,
    largest: u64,
}

same_fields!(SizeClass = SizeClassInFile { bits, count, bytes, clusters, ranges, largest });

#[derive(Serialize, Deserialize)]
struct LargeBlobInFile {
    size: u64,
    path: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    snapshot: Option<String>,
}

same_fields!(LargeBlob = LargeBlobInFile { size, path, snapshot });
