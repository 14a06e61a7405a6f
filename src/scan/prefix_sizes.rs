//! How much lies under which prefix, so that a rule too big for one job can be split. The prefixes are disjoint, and their number stays
//! bounded however many blobs there are. Pure.
//!
//! A page is divided into about 32 runs of neighbouring names, each with the prefix that its names share ([`NameSizes::runs`]).
//! [`PrefixSizes`] adds up the runs of all pages. When all rules together have too many prefixes, the smallest neighbours are merged. Every
//! sum stays exact. What is lost is where within a prefix its blobs lie: a rule can then only be split between prefixes. The prefixes
//! that are left hold about one part in [`KEPT_PREFIXES`] of all bytes each, and more only where many names begin with one long text.

use std::collections::BTreeMap;
use std::ops::{Bound, Range};

use crate::plan::{CLUSTER, DriveLoad, LargeBlob, Part};
use crate::select::{Rule, shared};

/// A page is divided into about so many runs.
const RUNS_PER_PAGE: usize = 32;

/// Prefixes of all rules together before the smallest are merged, beside one for each rule.
pub(super) const MAX_PREFIXES: usize = 4096;

/// Prefixes of all rules together that a merge leaves, beside one for each rule.
pub(super) const KEPT_PREFIXES: usize = MAX_PREFIXES / 2;

/// Names of a page with their sizes, in the order listed.
#[derive(Debug, Default)]
pub(super) struct NameSizes {
    names: String,
    entries: Vec<NameSize>,
}

#[derive(Clone, Copy, Debug)]
struct NameSize {
    start: usize,
    end: usize,
    /// `None` for an entry that cannot be exported.
    size: Option<u64>,
    /// How many large blobs of the page come before it.
    large: usize,
}

/// A run of neighbouring names: their common prefix, e.g. `/photos/2026`, and their bytes on a drive.
pub(super) type NameRun = (String, DriveLoad);

impl NameSizes {
    /// Takes a blob or snapshot, with its size if it can be exported; `large` is the number of large blobs before it.
    pub(super) fn push(&mut self, name: &str, size: Option<u64>, large: usize) {
        let last = self.entries.last().map(|entry| (entry.start, entry.end));
        let same = last.filter(|(start, end)| self.names.get(*start..*end) == Some(name));
        let (start, end) = same.unwrap_or_else(|| {
            let start = self.names.len();
            self.names.push_str(name);
            (start, self.names.len())
        });
        self.entries.push(NameSize { start, end, size, large });
    }

    /// Divides the page into runs of names of `container`; `large` are the blobs of the page that are kept one by one, each of at least
    /// `floor` bytes.
    pub(super) fn runs(mut self, container: &str, large: &[LargeBlob], floor: u64) -> Vec<NameRun> {
        let names = std::mem::take(&mut self.names);
        let name = |entry: &NameSize| &names[entry.start..entry.end];
        if !self.entries.is_sorted_by_key(name) {
            self.entries.sort_by_key(|entry| name(entry).to_owned());
        }
        let mut groups: Vec<&[NameSize]> = vec![&self.entries];
        let mut whole: Vec<&[NameSize]> = Vec::new();
        while groups.len() + whole.len() < RUNS_PER_PAGE {
            let widest = groups.iter().enumerate().max_by_key(|(_, group)| group.len()).map(|(at, _)| at);
            let Some(group) = widest.map(|at| groups.swap_remove(at)) else { break };
            let shared = shared(group.first().map_or("", name), group.last().map_or("", name));
            let next = |entry: &NameSize| first_char(&names, entry.start + shared..entry.end);
            let mut parts = group.chunk_by(|one, other| next(one) == next(other)).peekable();
            // One name alone has no shorter prefix, and where the first name is the prefix of all others no longer one holds them all.
            if parts.peek().is_none_or(|first| first.first().is_none_or(|entry| next(entry).is_none())) {
                whole.push(group);
            } else {
                groups.extend(parts);
            }
        }
        let all = groups.into_iter().chain(whole).filter(|group| !group.is_empty());
        all.map(|group| {
            let (first, last) = (group.first().map_or("", name), group.last().map_or("", name));
            (format!("/{container}/{}", &first[..shared(first, last)]), load(group, large, floor))
        })
        .collect()
    }
}

/// The first character of a part of the text. ASCII, which most names have, is not decoded: this runs several times for each name.
fn first_char(text: &str, part: Range<usize>) -> Option<char> {
    match text.as_bytes().get(part.start).filter(|_| !part.is_empty()) {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => text.get(part)?.chars().next(),
    }
}

fn load(group: &[NameSize], large: &[LargeBlob], floor: u64) -> DriveLoad {
    let mut load = DriveLoad::default();
    for (size, entry) in group.iter().filter_map(|entry| Some((entry.size?, entry))) {
        match large.get(entry.large).filter(|_| size >= floor) {
            Some(blob) => load.large.push(blob.clone()),
            None => load.add_small(size),
        }
    }
    load
}

/// Disjoint prefixes of one rule, e.g. `/photos/2026`, and what lies under each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PrefixSizes(BTreeMap<String, DriveLoad>);

impl From<PrefixSizes> for BTreeMap<String, DriveLoad> {
    fn from(sizes: PrefixSizes) -> Self {
        sizes.0
    }
}

impl From<BTreeMap<String, DriveLoad>> for PrefixSizes {
    fn from(loads: BTreeMap<String, DriveLoad>) -> Self {
        Self(loads)
    }
}

impl PrefixSizes {
    /// Adds the runs of a page; blobs of at least `floor` bytes stay one by one.
    pub(super) fn add(&mut self, runs: Vec<NameRun>, floor: u64) {
        for (prefix, load) in runs {
            self.add_run(prefix, &load, floor);
        }
    }

    fn add_run(&mut self, prefix: String, load: &DriveLoad, floor: u64) {
        let up_to = (Bound::Unbounded, Bound::Included(prefix.as_str()));
        let before = self.0.range_mut::<str, _>(up_to).next_back();
        if let Some((_, sum)) = before.filter(|(own, _)| prefix.starts_with(own.as_str())) {
            return sum.merge_from(load, floor);
        }
        let mut sum = self.take(&prefix);
        sum.merge_from(load, floor);
        self.0.insert(prefix, sum);
    }

    /// How many prefixes there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What counts for the share of the prefixes that a rule gets: its bytes, and a cluster for each blob.
    pub(super) fn weight(&self) -> u64 {
        self.0.values().map(weight).fold(0, u64::saturating_add)
    }

    /// Keeps blobs of at least `floor` bytes one by one; the others join the sums.
    pub(super) fn sum_below(&mut self, floor: u64) {
        for load in self.0.values_mut().filter(|load| !load.large.is_empty()) {
            load.sum_below(floor);
        }
    }

    /// Takes out everything under `prefix` and returns its sum.
    fn take(&mut self, prefix: &str) -> DriveLoad {
        let mut sum = DriveLoad::default();
        let under = self.0.range(prefix.to_owned()..).take_while(|(own, _)| own.starts_with(prefix));
        let under: Vec<String> = under.map(|(own, _)| own.clone()).collect();
        for own in under {
            if let Some(load) = self.0.remove(&own) {
                sum.merge(&load);
            }
        }
        sum
    }

    /// Merges the smallest neighbours until about `limit` prefixes are left.
    pub(super) fn merge_smallest(&mut self, limit: usize) {
        if self.0.len() <= limit {
            return;
        }
        let keys: Vec<&String> = self.0.keys().collect();
        let mut sums = vec![0_u64];
        for load in self.0.values() {
            sums.push(sums[sums.len() - 1].saturating_add(weight(load)));
        }
        let pair = |at: usize| {
            let prefix = &keys[at][..shared(keys[at], keys[at + 1])];
            let first = keys.partition_point(|key| key.as_str() < prefix);
            let under = keys[first..].partition_point(|key| key.starts_with(prefix));
            (sums[first + under] - sums[first], prefix.to_owned())
        };
        let mut merges: Vec<(u64, String)> = (0..keys.len().saturating_sub(1)).map(pair).collect();
        merges.sort_unstable();
        for (_, prefix) in merges {
            if self.0.len() <= limit {
                return;
            }
            let sum = self.take(&prefix);
            self.0.insert(prefix, sum);
        }
    }

    /// The prefixes as rules, each a part of the rule.
    pub(super) fn into_parts(self) -> Vec<Part> {
        self.0.into_iter().map(|(prefix, load)| Part { rule: Rule::Prefix(prefix), load }).collect()
    }
}

/// The bytes of a load, and a cluster for each blob, so that empty blobs count, too.
fn weight(load: &DriveLoad) -> u64 {
    load.bytes().saturating_add(load.count().saturating_mul(CLUSTER))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::LARGE_FLOOR;
    use proptest::prelude::*;

    /// Adds up sorted names with their sizes, `page` names a page.
    fn prefix_sizes(names: &[(String, u64)], page: usize, limit: usize) -> PrefixSizes {
        let mut sizes = PrefixSizes::default();
        for page in names.chunks(page) {
            let mut sizes_of_page = NameSizes::default();
            for (name, size) in page {
                sizes_of_page.push(name, Some(*size), 0);
            }
            sizes.add(sizes_of_page.runs("c", &[], LARGE_FLOOR), LARGE_FLOOR);
            if sizes.len() > limit {
                sizes.merge_smallest(limit / 2);
            }
        }
        sizes
    }

    #[test]
    fn a_flat_container_becomes_prefixes_of_like_size() {
        let names: Vec<(String, u64)> = (0..100_000).map(|n| (format!("f{n:08}.bin"), 1000)).collect();
        let sizes = prefix_sizes(&names, 5000, 64);
        assert!((16..=64).contains(&sizes.0.len()), "{} prefixes", sizes.0.len());
        let widest = sizes.0.values().map(DriveLoad::bytes).max().unwrap();
        assert!(widest <= 100_000 * 1000 / 4, "one prefix holds {widest}: {:?}", sizes.0.keys());
    }

    #[test]
    fn large_blobs_stay_one_by_one_under_their_prefix() {
        let blob = LargeBlob { size: 1 << 40, path: "c/b/big".into(), snapshot: None };
        let mut sizes = NameSizes::default();
        for (name, size) in [("a", 1), ("b/big", 1 << 40), ("b/small", 2)] {
            sizes.push(name, Some(size), 0);
        }
        let runs = sizes.runs("c", std::slice::from_ref(&blob), LARGE_FLOOR);
        let found: Vec<&NameRun> = runs.iter().filter(|(_, load)| !load.large.is_empty()).collect();
        assert_eq!((found.len(), found[0].0.as_str(), &found[0].1.large), (1, "/c/b/big", &vec![blob]));
    }

    proptest! {
        #[test]
        fn prefixes_are_disjoint_few_and_hold_everything(
            names in prop::collection::btree_map("[ab/é]{1,6}", 1_u64..1000, 1..120), page in 1_usize..9, limit in 2_usize..40,
        ) {
            let names: Vec<(String, u64)> = names.into_iter().collect();
            let sizes = prefix_sizes(&names, page, limit);
            prop_assert!(sizes.len() <= limit);
            for (prefix, load) in &sizes.0 {
                let under = names.iter().filter(|(name, _)| format!("/c/{name}").starts_with(prefix.as_str()));
                prop_assert_eq!(load.bytes(), under.map(|(_, size)| size).sum::<u64>(), "{}", prefix);
            }
            for (name, _) in &names {
                let homes = sizes.0.keys().filter(|prefix| format!("/c/{name}").starts_with(prefix.as_str())).count();
                prop_assert_eq!(homes, 1, "{}", name);
            }
        }
    }
}
