//! The layout of the checkpoint file, as structs of its own, so that a change elsewhere in the program changes no file unseen. A changed
//! layout gets another [`LAYOUT`]; a file of another layout is not used. `file` reads and writes it, `totals` has the other structs.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::checkpoint::{Checkpoint, RuleProgress};
use super::totals::{LoadInFile, RuleInFile, TotalsInFile};
use crate::convert::Convert;
use crate::plan::DriveLoad;
use crate::scan::collisions::CaseCollisions;
use crate::scan::position::{ListingCursor, ListingPosition};
use crate::scan::prefix_sizes::PrefixSizes;
use crate::scan::task::ListingTask;

/// The layout this program writes and reads.
const LAYOUT: u32 = 5;

/// The field that every layout has.
#[derive(Deserialize)]
struct LayoutOnly {
    version: u32,
}

/// The file.
#[derive(Serialize, Deserialize)]
pub(super) struct ScanFile {
    version: u32,
    endpoint: String,
    since: Option<u64>,
    began: Option<u64>,
    rules: Vec<RuleProgressInFile>,
    case_hashes: CaseHashes,
}

/// A rule and how far it is counted.
#[derive(Serialize, Deserialize)]
struct RuleProgressInFile {
    rule: RuleInFile,
    totals: TotalsInFile,
    listings: Vec<ListingInFile>,
    unordered: bool,
    split: bool,
    /// Prefixes of the rule and the blobs under each.
    prefixes: BTreeMap<String, LoadInFile>,
}

/// A listing that is not at its end.
#[derive(Serialize, Deserialize)]
struct ListingInFile {
    container: Option<String>,
    prefix: String,
    from: Option<String>,
    marker: Option<String>,
    end: Option<String>,
    reached: PlaceInFile,
    skip: Option<PlaceInFile>,
    pages: u32,
}

#[derive(Serialize, Deserialize)]
struct PlaceInFile {
    name: String,
    entries: u64,
}

/// Hashes of the sampled names: two names with the same hash differ in case only.
#[derive(Serialize, Deserialize)]
struct CaseHashes {
    mask: u64,
    seen: HashMap<u64, u64>,
}

impl ScanFile {
    /// Reads a file; looks at its layout first.
    ///
    /// # Errors
    /// Why it cannot be used, as the end of a sentence about the file: `is damaged (…)`.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, String> {
        let damaged = |error: serde_json::Error| format!("is damaged ({error})");
        let LayoutOnly { version } = serde_json::from_slice(bytes).map_err(damaged)?;
        if version != LAYOUT {
            return Err(format!("was written by another version of this program (layout {version}, not {LAYOUT})"));
        }
        serde_json::from_slice(bytes).map_err(damaged)
    }

    pub(super) fn is_of(&self, endpoint: &str) -> bool {
        self.endpoint == endpoint
    }
}

impl From<Checkpoint> for ScanFile {
    fn from(saved: Checkpoint) -> Self {
        let (mask, seen) = saved.collisions.into_hashes();
        Self {
            version: LAYOUT,
            endpoint: saved.endpoint,
            since: saved.since,
            began: saved.began,
            rules: saved.rules.into_iter().map(RuleProgressInFile::from).collect(),
            case_hashes: CaseHashes { mask, seen },
        }
    }
}

impl From<ScanFile> for Checkpoint {
    fn from(file: ScanFile) -> Self {
        Self {
            endpoint: file.endpoint,
            since: file.since,
            began: file.began,
            rules: file.rules.into_iter().map(RuleProgress::from).collect(),
            collisions: CaseCollisions::from_hashes(file.case_hashes.mask, file.case_hashes.seen),
        }
    }
}

impl From<RuleProgress> for RuleProgressInFile {
    fn from(saved: RuleProgress) -> Self {
        Self {
            rule: saved.rule.into(),
            totals: saved.totals.convert(),
            listings: saved.listings.into_iter().map(ListingInFile::from).collect(),
            unordered: saved.unordered,
            split: saved.split,
            prefixes: BTreeMap::from(saved.prefix_sizes).convert(),
        }
    }
}

impl From<RuleProgressInFile> for RuleProgress {
    fn from(rule: RuleProgressInFile) -> Self {
        Self {
            rule: rule.rule.into(),
            totals: rule.totals.convert(),
            listings: rule.listings.into_iter().map(ListingTask::from).collect(),
            unordered: rule.unordered,
            split: rule.split,
            prefix_sizes: PrefixSizes::from(Convert::<BTreeMap<String, DriveLoad>>::convert(rule.prefixes)),
        }
    }
}

impl From<ListingTask> for ListingInFile {
    fn from(task: ListingTask) -> Self {
        Self {
            container: task.container,
            prefix: task.prefix,
            from: task.from,
            marker: task.marker,
            end: task.end,
            reached: task.cursor.position.into(),
            skip: task.cursor.skip.map(PlaceInFile::from),
            pages: task.pages,
        }
    }
}

impl From<ListingInFile> for ListingTask {
    /// The listing. The ledger sets its rule later.
    fn from(listing: ListingInFile) -> Self {
        Self {
            container: listing.container,
            prefix: listing.prefix,
            from: listing.from,
            marker: listing.marker,
            end: listing.end,
            cursor: ListingCursor {
                position: listing.reached.into(),
                skip: listing.skip.map(ListingPosition::from),
                ..ListingCursor::default()
            },
            pages: listing.pages,
            ..Self::default()
        }
    }
}

impl From<ListingPosition> for PlaceInFile {
    fn from(position: ListingPosition) -> Self {
        Self { name: position.name, entries: position.entries }
    }
}

impl From<PlaceInFile> for ListingPosition {
    fn from(place: PlaceInFile) -> Self {
        Self { name: place.name, entries: place.entries }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the program writes it. A change here is a new layout.
    const WRITTEN: &str = r#"{"version":5,"endpoint":"https://a.example","since":20260101000000,"began":20261122212134,"rules":[{"rule":{"Prefix":"/c/"},"totals":{"blobs":2,"snapshots":0,"bytes":7,"blocked":0,"tiers":{"cool":4,"cold":3},"load":{"classes":[{"bits":2,"count":2,"bytes":7,"clusters":2,"ranges":2,"largest":4}],"large":[]},"findings":{"leased":{"count":1,"bytes":4,"examples":["c/a"]}}},"listings":[{"container":"c","prefix":"","from":"a","marker":"m","end":"x","reached":{"name":"b","entries":2},"skip":{"name":"a","entries":1},"pages":3}],"unordered":false,"split":true,"prefixes":{"/c/a":{"classes":[],"large":[]}}}],"case_hashes":{"mask":0,"seen":{"8":1}}}"#;

    #[test]
    fn the_layout_is_the_one_that_its_number_stands_for() {
        let saved = Checkpoint::from(ScanFile::read(WRITTEN.as_bytes()).unwrap_or_else(|why| unreachable!("{why}")));
        assert_eq!(serde_json::to_string(&ScanFile::from(saved)).unwrap(), WRITTEN);
    }

    #[test]
    fn a_file_of_another_layout_or_a_damaged_one_says_so() {
        let why = |text: &str| ScanFile::read(text.as_bytes()).err().unwrap();
        assert!(why(r#"{"version":1,"endpoint":"x","rules":[]}"#).contains("layout 1, not 5"));
        assert!(why(r#"{"version":99}"#).contains("another version of this program"));
        for text in ["", "[]", "{", "\0\0\0\0", r#"{"version":"3"}"#, r#"{"version":5}"#, &WRITTEN[..WRITTEN.len() / 2]]
        {
            assert!(why(text).starts_with("is damaged ("), "{text}");
        }
    }
}
