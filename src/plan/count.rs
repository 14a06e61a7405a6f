//! The count of a selection: totals, findings, progress and the result, as plain data for every layer. `scan` counts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DriveLoad, Part};
use crate::azure::fault::Fault;
use crate::azure::model::ServiceName;
use crate::select::Rule;

/// How many examples a finding keeps.
const EXAMPLES: usize = 5;

/// A problem of a blob, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// In the archive tier: not exported.
    Archived,
    /// Coming back from the archive tier: not exported until it has.
    Rehydrating,
    /// Encrypted with a customer-provided key: the service cannot read it.
    CustomerKey,
    /// A name NTFS refuses: reserved characters or device names, or an ending dot, space or slash.
    RefusedName,
    /// A blob stands where another blob's name needs a folder (`a` beside `a/b`): one of them gets lost or moved.
    BesideFolder,
    /// Names that differ in case only, which one folder of a drive cannot hold both.
    CaseTwins,
    /// An append blob: the classic service exports it; whether Data Box does is uncertain.
    AppendBlob,
    /// Leased: the service has to take a snapshot to copy it, and skips it when it cannot.
    Leased,
    /// A path longer than 259 characters, which many Windows programs cannot open.
    LongPath,
    /// Soft-deleted: not exported.
    SoftDeleted,
    /// Changed since the previous scan.
    Changed,
}

impl FindingKind {
    /// The consequence for an export with a service, or with either where none is chosen, in one sentence.
    pub fn sentence(self, service: Option<ServiceName>) -> &'static str {
        match self {
            Self::AppendBlob if service.is_none() => {
                "Append blobs: the classic service exports them; copy logs of Azure Data Box show them refused."
            }
            Self::AppendBlob => {
                "Append blobs: copy logs of Azure Data Box show them refused; it is uncertain whether any comes."
            }
            Self::Archived => "In the archive tier, from which nothing is exported; rehydrate them first.",
            Self::Rehydrating => "Still on the way out of the archive tier; not exported until they have left it.",
            Self::CustomerKey => "Encrypted with a customer-provided key, which the service does not have.",
            Self::RefusedName => "Names that NTFS refuses; each of these fails.",
            Self::BesideFolder => {
                "A blob stands where another name needs a folder of the same name; one of the two fails."
            }
            Self::CaseTwins => {
                "Names that differ in upper and lower case only; one folder of a drive cannot hold both."
            }
            Self::Leased => "Leased; skipped if the service cannot take a snapshot.",
            Self::LongPath => "Paths longer than 259 characters, which many Windows programs cannot open.",
            Self::SoftDeleted => "Soft-deleted, and therefore not exported; undelete them first if they are wanted.",
            Self::Changed => "Changed since the previous scan.",
        }
    }

    /// Whether it is a problem with this service, or with one of them where none is chosen.
    pub fn concerns(self, service: Option<ServiceName>) -> bool {
        self != Self::AppendBlob || service != Some(ServiceName::ImportExport)
    }

    /// Whether a blob with this finding is left out of the export, e.g. one in the archive tier.
    pub fn blocks(self) -> bool {
        matches!(self, Self::Archived | Self::Rehydrating | Self::CustomerKey | Self::RefusedName)
    }
}

/// How often a problem was found, and the first examples.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingCount {
    /// Blobs and snapshots.
    pub count: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The first of them, as `container/name`; at most five.
    pub examples: Vec<String>,
}

/// Findings by kind; kinds never found are absent.
pub type Findings = BTreeMap<FindingKind, FindingCount>;

/// Bytes in the tiers from which reading is charged by GB, of all that is exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierBytes {
    /// In the cool tier.
    pub cool: u64,
    /// In the cold tier.
    pub cold: u64,
}

/// Sums over the blobs of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountTotals {
    /// Blobs, without snapshots.
    pub blobs: u64,
    /// Snapshots, each exported at full size.
    pub snapshots: u64,
    /// Bytes of both.
    pub bytes: u64,
    /// Blobs and snapshots that will not be exported (see [`FindingKind::blocks`]).
    pub blocked: u64,
    /// Bytes of those that are not blocked, in tiers from which reading is charged by GB.
    pub tiers: TierBytes,
    /// The blobs to pack: all that are not blocked.
    pub load: DriveLoad,
    /// Problems to warn about.
    pub findings: Findings,
}

impl CountTotals {
    /// Adds one blob or snapshot of `size` bytes to a finding, named by `example` while examples are still kept.
    pub fn note(&mut self, kind: FindingKind, size: u64, example: impl FnOnce() -> String) {
        let found = self.findings.entry(kind).or_default();
        found.count += 1;
        found.bytes = found.bytes.saturating_add(size);
        if found.examples.len() < EXAMPLES {
            found.examples.push(example());
        }
    }

    /// Adds `other`, keeping blobs of at least `floor` bytes one by one.
    pub fn merge(&mut self, other: &Self, floor: u64) {
        self.blobs = self.blobs.saturating_add(other.blobs);
        self.snapshots = self.snapshots.saturating_add(other.snapshots);
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.blocked = self.blocked.saturating_add(other.blocked);
        self.tiers.cool = self.tiers.cool.saturating_add(other.tiers.cool);
        self.tiers.cold = self.tiers.cold.saturating_add(other.tiers.cold);
        self.load.merge_from(&other.load, floor);
        for (kind, found) in &other.findings {
            let own = self.findings.entry(*kind).or_default();
            own.count = own.count.saturating_add(found.count);
            own.bytes = own.bytes.saturating_add(found.bytes);
            let room = EXAMPLES.saturating_sub(own.examples.len());
            own.examples.extend(found.examples.iter().take(room).cloned());
        }
    }
}

/// Whether a rule is counted on its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum RuleStatus {
    /// On its own.
    Counted,
    /// The same rule stands earlier in the list, at this place.
    Duplicate {
        /// Place of the earlier rule.
        of: usize,
    },
    /// The rule at this place selects all its blobs too.
    Inside {
        /// Place of the wider rule.
        of: usize,
    },
    /// It can match nothing, for a reason.
    Invalid {
        /// The reason, one sentence without a full stop.
        reason: String,
    },
}

/// The count of one rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleReport {
    /// The rule.
    pub rule: Rule,
    /// Whether it is counted on its own.
    pub standing: RuleStatus,
    /// The sums of its blobs; zero for rules that are not counted on their own.
    pub totals: CountTotals,
    /// Counted to the end.
    pub complete: bool,
    /// Taken over from an earlier scan.
    pub reused: bool,
    /// The reason why it was not counted to the end.
    pub problem: Option<Fault>,
    /// Narrower rules to split it by: they share no blob and together select what this rule selects now. Empty where none are known.
    pub parts: Vec<Part>,
}

impl RuleReport {
    /// Whether the rule is known to match nothing.
    pub fn matches_nothing(&self) -> bool {
        match self.standing {
            RuleStatus::Counted => self.complete && self.totals.blobs == 0 && self.totals.snapshots == 0,
            RuleStatus::Invalid { .. } => true,
            RuleStatus::Duplicate { .. } | RuleStatus::Inside { .. } => false,
        }
    }
}

/// The progress of a count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountProgress {
    /// Blobs so far, without snapshots.
    pub blobs: u64,
    /// Snapshots so far.
    pub snapshots: u64,
    /// Bytes of both.
    pub bytes: u64,
    /// Requests sent, repeated ones included.
    pub requests: u64,
    /// Requests in flight.
    pub in_flight: usize,
    /// The reason why requests wait, while they do.
    pub waiting: Option<String>,
    /// The most requests in flight, while the service has asked for fewer than there were.
    #[serde(default)]
    pub reduced: Option<usize>,
    /// Rules counted to the end, and all that are to be counted.
    pub rules: (usize, usize),
    /// A container or prefix whose pages can only be listed one after another.
    pub one_by_one: Option<String>,
    /// Milliseconds since the scan began.
    pub millis: u64,
}

/// The result of a count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountReport {
    /// Sums over all rules.
    pub totals: CountTotals,
    /// The count of each rule, in the order given.
    pub rules: Vec<RuleReport>,
    /// Requests sent, repeated ones included.
    pub requests: u64,
    /// How long it took, in milliseconds.
    pub millis: u64,
    /// Everything was counted; otherwise all numbers mean "at least".
    pub complete: bool,
    /// Case collisions were searched in one of so many blobs; 1 means in all.
    pub twins_one_in: u64,
    /// Blobs changed after this time have the finding Changed. As `yyyymmddhhmmss` in UTC; `None` when there was no earlier scan.
    pub since: Option<u64>,
    /// The reason why an earlier count was not continued although it was to be, in one sentence.
    pub began_anew: Option<String>,
}
