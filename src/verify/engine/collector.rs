//! What was found so far: findings, finished entries, damaged contents. Shared by all workers of a drive.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::super::rules::{DamagedContent, DriveFault, DriveFinding, NumberSet, Severity, swapped};
use super::task::FinishedEntry;

/// The most findings that are kept one by one. Beyond it they are counted.
const MOST_FINDINGS: usize = 100_000;
/// The most damaged files that are compared with each other.
const MOST_DAMAGED: usize = 100_000;

/// What was found, as it is kept on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Collected {
    /// Entries that are finished.
    pub(super) done: NumberSet,
    /// Findings about the drive as a whole.
    #[serde(skip)]
    pub(super) whole: BTreeSet<DriveFinding>,
    /// Findings about entries.
    pub(super) findings: Vec<DriveFinding>,
    /// Findings that were counted only.
    pub(super) counted: BTreeMap<DriveFault, u64>,
    /// Entries with a finding that was counted only, other than a note.
    pub(super) counted_entries: NumberSet,
    /// Entries that are begun, with the parts that are done.
    pub(super) begun: BTreeMap<u64, BegunEntry>,
    /// Files with wrong parts.
    pub(super) damaged: Vec<DamagedContent>,
}

/// The parts of a large file that are done. Parts that were wrong are read again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct BegunEntry {
    /// Blocks or page ranges that are right.
    pub(super) right: NumberSet,
    /// Sums of segments, by number.
    pub(super) sums: BTreeMap<u64, u64>,
}

#[derive(Default)]
pub(super) struct Collector(Mutex<Collected>);

impl Collector {
    /// Goes on from what was found before.
    pub(super) fn resumed(collected: Collected) -> Self {
        Self(Mutex::new(collected))
    }

    fn lock(&self) -> MutexGuard<'_, Collected> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a part of an entry is right.
    pub(super) fn part_is_right(&self, entry: u64, index: u64) {
        self.lock().begun.entry(entry).or_default().right.insert(index);
    }

    /// Notes the sum of a segment.
    pub(super) fn segment_is(&self, entry: u64, index: u64, sum: u64) {
        self.lock().begun.entry(entry).or_default().sums.insert(index, sum);
    }

    /// The parts of an entry that an earlier check did.
    pub(super) fn begun(&self, entry: u64) -> Option<BegunEntry> {
        self.lock().begun.get(&entry).cloned()
    }

    /// Takes a finished entry.
    pub(super) fn take(&self, entry: FinishedEntry) {
        let mut collected = self.lock();
        collected.done.insert(entry.number);
        collected.begun.remove(&entry.number);
        for finding in entry.findings {
            collected.add(finding);
        }
        if let Some(damaged) = entry.damaged
            && collected.damaged.len() < MOST_DAMAGED
        {
            collected.damaged.push(damaged);
        }
    }

    /// Takes a finding about the drive as a whole, which may be told twice.
    pub(super) fn note_once(&self, finding: DriveFinding) {
        self.lock().whole.insert(finding);
    }

    /// An entry has changed since it was checked: what was found of it no longer counts.
    pub(super) fn forget(&self, number: u64) {
        self.lock().forget(number);
    }

    /// What was found so far.
    pub(super) fn so_far(&self) -> Collected {
        self.lock().clone()
    }

    /// The end: everything in the order of the manifest, files in each other's place told as such.
    pub(super) fn into_collected(self) -> Collected {
        let mut collected = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut swapped = swapped(&collected.damaged);
        for finding in &mut collected.findings {
            let parts = matches!(finding.fault, DriveFault::WrongHash | DriveFault::ZeroedPart);
            let Some(number) = finding.entry.filter(|_| parts) else { continue };
            if let Some(other) = swapped.remove(&number) {
                finding.fault = DriveFault::SwappedFile;
                finding.detail = format!("it holds the bytes that {other} should hold");
                (finding.index, finding.offset, finding.length) = (None, None, None);
            }
        }
        let told: HashSet<u64> =
            collected.findings.iter().filter(|f| f.fault == DriveFault::SwappedFile).filter_map(|f| f.entry).collect();
        collected.findings.retain(|finding| {
            let part = matches!(finding.fault, DriveFault::WrongHash | DriveFault::ZeroedPart);
            !(part && finding.entry.is_some_and(|number| told.contains(&number)))
        });
        collected.findings.extend(std::mem::take(&mut collected.whole));
        collected.findings.sort();
        collected
    }
}

impl Collected {
    fn add(&mut self, finding: DriveFinding) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding);
            return;
        }
        *self.counted.entry(finding.fault).or_default() += 1;
        if let Some(number) = finding.entry.filter(|_| finding.severity > Severity::Note) {
            self.counted_entries.insert(number);
        }
    }

    fn forget(&mut self, number: u64) {
        self.done.remove(number);
        self.findings.retain(|finding| finding.entry != Some(number));
        self.damaged.retain(|file| file.entry != number);
        self.begun.remove(&number);
    }
}
