//! Adds entries of a listing to totals: counts, sizes, findings. Pure.

use crate::plan::LargeBlob;
use crate::plan::count::{CountTotals, FindingKind};
use crate::scan::collisions::NameSample;
use crate::scan::entry::{ListedEntry, ListedTier};
use crate::scan::names::{NameChecks, NameFacts};
use crate::scan::prefix_sizes::NameSizes;

/// Adds entries to totals, and collects the names of a page, their sizes and their order.
#[derive(Debug)]
pub(super) struct EntryCounter {
    pub(super) container: String,
    pub(super) names: NameChecks,
    pub(super) since: Option<u64>,
    /// Blobs of at least so many bytes are kept one by one.
    pub(super) large_floor: u64,
    pub(super) sample: NameSample,
    /// `None` where the rule is never split.
    pub(super) sizes: Option<NameSizes>,
    pub(super) unordered: bool,
}

/// How an entry counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EntryClass {
    /// A directory or an older version, which an export leaves out.
    Ignored,
    /// Noted as a finding and not counted.
    SoftDeleted,
    Blob,
    Snapshot,
}

impl EntryClass {
    fn of(entry: &ListedEntry<'_>) -> Self {
        if entry.old_version || entry.directory {
            Self::Ignored
        } else if entry.deleted {
            Self::SoftDeleted
        } else if entry.snapshot.is_empty() {
            Self::Blob
        } else {
            Self::Snapshot
        }
    }
}

impl EntryCounter {
    pub(super) fn add(&mut self, entry: &ListedEntry<'_>, totals: &mut CountTotals) {
        match EntryClass::of(entry) {
            EntryClass::Ignored => {}
            EntryClass::SoftDeleted => totals.note(FindingKind::SoftDeleted, entry.size, || self.path(entry.name)),
            EntryClass::Blob => {
                totals.blobs += 1;
                let facts = self.add_live(entry, totals);
                self.sample.add(entry.name, &facts);
            }
            EntryClass::Snapshot => {
                totals.snapshots += 1;
                self.add_live(entry, totals);
            }
        }
    }

    /// Adds a blob or snapshot that is not deleted: its size, its findings, and its load on a drive.
    fn add_live(&mut self, entry: &ListedEntry<'_>, totals: &mut CountTotals) -> NameFacts {
        let facts = self.names.check(&self.container, entry.name);
        self.unordered |= facts.unordered;
        totals.bytes = totals.bytes.saturating_add(entry.size);
        let blocked = blocked_reason(entry, facts);
        self.note_findings(entry, facts, blocked, totals);
        if let Some(sizes) = &mut self.sizes {
            sizes.push(entry.name, blocked.is_none().then_some(entry.size), totals.load.large.len());
        }
        if blocked.is_some() {
            totals.blocked += 1;
        } else {
            add_tier(entry, totals);
            self.add_load(entry, totals);
        }
        facts
    }

    fn note_findings(
        &self,
        entry: &ListedEntry<'_>,
        facts: NameFacts,
        blocked: Option<FindingKind>,
        totals: &mut CountTotals,
    ) {
        if let Some(kind) = blocked {
            totals.note(kind, entry.size, || self.path(entry.name));
        }
        for (found, kind) in self.warnings(entry, facts) {
            if found {
                totals.note(kind, entry.size, || self.path(entry.name));
            }
        }
        if let Some(length) = facts.folder_conflict {
            totals.note(FindingKind::BesideFolder, entry.size, || self.path(&entry.name[..length]));
        }
    }

    /// Findings of an entry that is exported all the same, and whether it has them.
    fn warnings(&self, entry: &ListedEntry<'_>, facts: NameFacts) -> [(bool, FindingKind); 4] {
        [
            (entry.append, FindingKind::AppendBlob),
            (entry.leased, FindingKind::Leased),
            (facts.long, FindingKind::LongPath),
            (self.is_changed(entry), FindingKind::Changed),
        ]
    }

    fn is_changed(&self, entry: &ListedEntry<'_>) -> bool {
        self.since.is_some_and(|since| entry.modified.compact().is_some_and(|modified| modified > since))
    }

    /// Adds the entry to the load of the drives: a small one to the sums, a large one by itself.
    fn add_load(&self, entry: &ListedEntry<'_>, totals: &mut CountTotals) {
        if entry.size < self.large_floor {
            totals.load.add_small(entry.size);
            return;
        }
        let snapshot = Some(entry.snapshot).filter(|time| !time.is_empty()).map(str::to_owned);
        totals.load.large.push(LargeBlob { size: entry.size, path: self.path(entry.name), snapshot });
    }

    fn path(&self, name: &str) -> String {
        path(&self.container, name)
    }
}

/// Adds the entry to the bytes of its tier where reading them is charged by GB.
fn add_tier(entry: &ListedEntry<'_>, totals: &mut CountTotals) {
    let bytes = match entry.tier {
        ListedTier::Cool => &mut totals.tiers.cool,
        ListedTier::Cold => &mut totals.tiers.cold,
        ListedTier::Other | ListedTier::Archive => return,
    };
    *bytes = bytes.saturating_add(entry.size);
}

/// The reason why an entry cannot be exported; the first one counts.
fn blocked_reason(entry: &ListedEntry<'_>, facts: NameFacts) -> Option<FindingKind> {
    if entry.rehydrating {
        Some(FindingKind::Rehydrating)
    } else if entry.tier == ListedTier::Archive {
        Some(FindingKind::Archived)
    } else if entry.customer_key {
        Some(FindingKind::CustomerKey)
    } else if facts.refused {
        Some(FindingKind::RefusedName)
    } else {
        None
    }
}

/// The path of a blob in findings, e.g. `photos/2026/lynx.jpg`.
pub(super) fn path(container: &str, name: &str) -> String {
    format!("{container}/{name}")
}
