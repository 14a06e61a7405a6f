//! How much lies under which prefix, so that a rule too big for one job can be split. The prefixes are disjoint, and their number stays
//! bounded however many blobs there are. Pure.
//!
//! A page is divided into about 32 runs of neighbouring names, each with the prefix that its names share ([`NameSizes::runs`]).
//! [`PrefixSizes`] adds up the runs of all pages. When it has too many prefixes, it merges the smallest neighbours.

use std::collections::BTreeMap;

use crate::plan::{DriveLoad, LARGE_FLOOR, LargeBlob, Part};
use crate::select::{Rule, shared};

/// A page is divided into about so many runs.
const RUNS_PER_PAGE: usize = 32;

/// Prefixes of all rules together before the smallest are merged.
const MAX_PREFIXES: usize = 4096;

/// Prefixes that each rule may have, however many rules there are.
const MIN_PREFIXES_PER_RULE: usize = 16;

/// Large blobs kept one by one for each prefix.
const LARGE_PER_PREFIX: usize = 64;

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

    /// Divides the page into runs of names of `container`; `large` are the large blobs of the page.
    pub(super) fn runs(mut self, container: &str, large: &[LargeBlob]) -> Vec<NameRun> {
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
            let next = |entry: &NameSize| name(entry)[shared..].chars().next();
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
            (format!("/{container}/{}", &first[..shared(first, last)]), load(group, large))
        })
        .collect()
    }
}

fn load(group: &[NameSize], large: &[LargeBlob]) -> DriveLoad {
    let mut load = DriveLoad::default();
    for (size, entry) in group.iter().filter_map(|entry| Some((entry.size?, entry))) {
        match large.get(entry.large).filter(|_| size >= LARGE_FLOOR) {
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
    /// Adds the runs of a page; `rules` is the number of rules that share the limit of prefixes.
    pub(super) fn add(&mut self, runs: Vec<NameRun>, rules: usize) {
        for (prefix, load) in runs {
            self.add_run(prefix, &load);
        }
        let limit = (MAX_PREFIXES / rules.max(1)).max(MIN_PREFIXES_PER_RULE);
        if self.0.len() > limit {
            self.merge_smallest(limit / 2);
        }
    }

    fn add_run(&mut self, prefix: String, load: &DriveLoad) {
        let before = self.0.range(..=prefix.clone()).next_back().map(|(own, _)| own.clone());
        let prefix = before.filter(|own| prefix.starts_with(own.as_str())).unwrap_or(prefix);
        let mut sum = self.take(&prefix);
        sum.merge(load);
        sum.trim(LARGE_PER_PREFIX);
        self.0.insert(prefix, sum);
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
    fn merge_smallest(&mut self, limit: usize) {
        let keys: Vec<&String> = self.0.keys().collect();
        let sizes: Vec<u64> = self.0.values().map(DriveLoad::bytes).collect();
        let pair = |at: usize| {
            let prefix = keys[at][..shared(keys[at], keys[at + 1])].to_owned();
            let first = keys.partition_point(|key| **key < prefix);
            let count = keys[first..].iter().take_while(|key| key.starts_with(&prefix)).count();
            let bytes = sizes[first..first + count].iter().copied().fold(0, u64::saturating_add);
            (bytes, prefix)
        };
        let mut merges: Vec<(u64, String)> = (0..keys.len().saturating_sub(1)).map(pair).collect();
        merges.sort_unstable();
        for (_, prefix) in merges {
            if self.0.len() <= limit {
                return;
            }
            let mut sum = self.take(&prefix);
            sum.trim(LARGE_PER_PREFIX);
            self.0.insert(prefix, sum);
        }
    }

    /// The prefixes as rules, each a part of the rule.
    pub(super) fn parts(&self) -> Vec<Part> {
        self.0.iter().map(|(prefix, load)| Part { rule: Rule::Prefix(prefix.clone()), load: load.clone() }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Adds up sorted names with their sizes, `page` names a page.
    fn prefix_sizes(names: &[(String, u64)], page: usize, rules: usize) -> PrefixSizes {
        let mut sizes = PrefixSizes::default();
        for page in names.chunks(page) {
            let mut sizes_of_page = NameSizes::default();
            for (name, size) in page {
                sizes_of_page.push(name, Some(*size), 0);
            }
            sizes.add(sizes_of_page.runs("c", &[]), rules);
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
        let runs = sizes.runs("c", std::slice::from_ref(&blob));
        let found: Vec<&NameRun> = runs.iter().filter(|(_, load)| !load.large.is_empty()).collect();
        assert_eq!((found.len(), found[0].0.as_str(), &found[0].1.large), (1, "/c/b/big", &vec![blob]));
    }

    proptest! {
        #[test]
        fn prefixes_are_disjoint_few_and_hold_everything(
            names in prop::collection::btree_map("[ab/é]{1,6}", 1_u64..1000, 1..120), page in 1_usize..9, rules in 1_usize..400,
        ) {
            let names: Vec<(String, u64)> = names.into_iter().collect();
            let sizes = prefix_sizes(&names, page, rules);
            prop_assert!(sizes.0.len() <= (MAX_PREFIXES / rules).max(16));
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
