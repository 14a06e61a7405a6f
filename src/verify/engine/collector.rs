//! What was found so far: findings, finished entries, damaged contents. Shared by all workers of a drive.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::super::rules::{DamagedContent, DriveFinding, NumberSet, swapped};
use super::finding_list::FindingList;
use super::finding_runs::FindingRuns;
use super::task::FinishedEntry;

/// The most damaged files that are compared with each other.
const MOST_DAMAGED: usize = 10_000;

/// What was found, as it is kept on disk.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Collected {
    /// Entries that are finished.
    pub(super) done: NumberSet,
    /// Findings about entries.
    pub(super) findings: FindingRuns,
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
pub(super) struct Collector {
    collected: Mutex<Collected>,
    /// Findings about the drive as a whole. They are found anew by each check.
    whole: Mutex<HashSet<DriveFinding>>,
}

impl Collector {
    /// Goes on from what was found before.
    pub(super) fn resumed(collected: Collected) -> Self {
        Self { collected: Mutex::new(collected), ..Self::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Collected> {
        self.collected.lock().unwrap_or_else(PoisonError::into_inner)
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
            collected.findings.add(finding);
        }
        if let Some(damaged) = entry.damaged
            && collected.damaged.len() < MOST_DAMAGED
        {
            collected.damaged.push(damaged);
        }
    }

    /// Takes a finding about the drive as a whole, which may be told twice.
    pub(super) fn note_once(&self, finding: DriveFinding) {
        self.whole.lock().unwrap_or_else(PoisonError::into_inner).insert(finding);
    }

    /// Takes a finding about the drive as a whole after everything was read: there may be many.
    pub(super) fn note_last(&self, finding: DriveFinding) {
        self.lock().findings.add(finding);
    }

    /// An entry has changed since it was checked: what was found of it no longer counts.
    pub(super) fn forget(&self, number: u64) {
        self.lock().forget(number);
    }

    /// What was found so far.
    pub(super) fn so_far(&self) -> Collected {
        self.lock().clone()
    }

    /// The end: everything in the order of the manifest, files in each other's place told as such; and the entries that are done.
    pub(super) fn into_findings(self) -> (FindingList, NumberSet) {
        let mut collected = self.collected.into_inner().unwrap_or_else(PoisonError::into_inner);
        for finding in self.whole.into_inner().unwrap_or_else(PoisonError::into_inner) {
            collected.findings.add(finding);
        }
        (FindingList::new(collected.findings, swapped(&collected.damaged)), collected.done)
    }
}

impl Collected {
    fn forget(&mut self, number: u64) {
        self.done.remove(number);
        self.findings.forget(number);
        self.damaged.retain(|file| file.entry != number);
        self.begun.remove(&number);
    }
}
