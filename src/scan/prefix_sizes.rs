//! What lies where under a rule: disjoint prefixes and what each holds, so that a rule too big for one job can be split. Their number
//! stays bounded however many blobs there are. Pure.
//!
//! A page is divided into a few runs of neighbouring names, each named by what its names begin with (`Run`s are made in the lanes, by
//! [`NameSizes`]); [`PrefixSizes`] gathers the runs of all pages, and joins the smallest neighbours when there are too many.

use std::collections::BTreeMap;

use crate::plan::{DriveLoad, LARGE_FLOOR, LargeBlob, Part};
use crate::select::{Rule, shared};

/// Runs a page is divided into, about.
const RUNS_PER_PAGE: usize = 32;

/// Parts kept before the smallest are joined, over all rules.
const MAX_PREFIXES: usize = 4096;

/// Large blobs of a part that are kept one by one.
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
    /// `None` for what is selected and will not be packed.
    size: Option<u64>,
    /// Its place among the large blobs of the page.
    large: usize,
}

/// A run of neighbouring names: what they begin with and what they hold.
pub(super) type NameRun = (String, DriveLoad);

impl NameSizes {
    /// Takes a blob or snapshot with its size, if it is to be packed; `large` is the number of large blobs before it.
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

    /// The page as runs of `container`.
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
            // A name that begins all others, or one name alone, cannot be told from them by any prefix.
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

/// Disjoint prefixes under one rule, as `/container/text`, and what each holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PrefixSizes(BTreeMap<String, DriveLoad>);

impl From<PrefixSizes> for BTreeMap<String, DriveLoad> {
    fn from(parts: PrefixSizes) -> Self {
        parts.0
    }
}

impl From<BTreeMap<String, DriveLoad>> for PrefixSizes {
    fn from(loads: BTreeMap<String, DriveLoad>) -> Self {
        Self(loads)
    }
}

impl PrefixSizes {
    /// Adds the runs of a page to the parts of a rule that is one of so many.
    pub(super) fn add(&mut self, runs: Vec<NameRun>, rules: usize) {
        for (prefix, load) in runs {
            self.add_run(prefix, &load);
        }
        let most = (MAX_PREFIXES / rules.max(1)).max(16);
        if self.0.len() > most {
            self.merge_smallest(most / 2);
        }
    }

    fn add_run(&mut self, prefix: String, load: &DriveLoad) {
        let before = self.0.range(..=prefix.clone()).next_back().map(|(own, _)| own.clone());
        let home = before.filter(|own| prefix.starts_with(own.as_str())).unwrap_or(prefix);
        let mut held = self.take(&home);
        held.merge(load);
        held.trim(LARGE_PER_PREFIX);
        self.0.insert(home, held);
    }

    /// Takes out all parts that begin with `prefix`, as one.
    fn take(&mut self, prefix: &str) -> DriveLoad {
        let mut held = DriveLoad::default();
        let under = self.0.range(prefix.to_owned()..).take_while(|(own, _)| own.starts_with(prefix));
        let under: Vec<String> = under.map(|(own, _)| own.clone()).collect();
        for own in under {
            if let Some(load) = self.0.remove(&own) {
                held.merge(&load);
            }
        }
        held
    }

    /// Joins the smallest neighbours until about `most` parts are left.
    fn merge_smallest(&mut self, most: usize) {
        let keys: Vec<&String> = self.0.keys().collect();
        let sizes: Vec<u64> = self.0.values().map(DriveLoad::bytes).collect();
        let pair = |at: usize| {
            let prefix = keys[at][..shared(keys[at], keys[at + 1])].to_owned();
            let first = keys.partition_point(|key| **key < prefix);
            let count = keys[first..].iter().take_while(|key| key.starts_with(&prefix)).count();
            let bytes = sizes[first..first + count].iter().copied().fold(0, u64::saturating_add);
            (bytes, prefix)
        };
        let mut joins: Vec<(u64, String)> = (0..keys.len().saturating_sub(1)).map(pair).collect();
        joins.sort_unstable();
        for (_, prefix) in joins {
            if self.0.len() <= most {
                return;
            }
            let mut held = self.take(&prefix);
            held.trim(LARGE_PER_PREFIX);
            self.0.insert(prefix, held);
        }
    }

    /// The parts as rules.
    pub(super) fn parts(&self) -> Vec<Part> {
        self.0.iter().map(|(prefix, load)| Part { rule: Rule::Prefix(prefix.clone()), load: load.clone() }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The parts of sorted names, each as many bytes as told, in pages of so many.
    fn parts(names: &[(String, u64)], page: usize, rules: usize) -> PrefixSizes {
        let mut parts = PrefixSizes::default();
        for page in names.chunks(page) {
            let mut spread = NameSizes::default();
            for (name, size) in page {
                spread.push(name, Some(*size), 0);
            }
            parts.add(spread.runs("c", &[]), rules);
        }
        parts
    }

    #[test]
    fn a_flat_container_becomes_prefixes_of_like_size() {
        let names: Vec<(String, u64)> = (0..100_000).map(|n| (format!("f{n:08}.bin"), 1000)).collect();
        let parts = parts(&names, 5000, 64);
        assert!((16..=64).contains(&parts.0.len()), "{} parts", parts.0.len());
        let widest = parts.0.values().map(DriveLoad::bytes).max().unwrap();
        assert!(widest <= 100_000 * 1000 / 4, "one part holds {widest}: {:?}", parts.0.keys());
    }

    #[test]
    fn large_blobs_stay_one_by_one_in_their_part() {
        let blob = LargeBlob { size: 1 << 40, path: "c/b/big".into(), snapshot: None };
        let mut spread = NameSizes::default();
        for (name, size) in [("a", 1), ("b/big", 1 << 40), ("b/small", 2)] {
            spread.push(name, Some(size), 0);
        }
        let runs = spread.runs("c", std::slice::from_ref(&blob));
        let found: Vec<&NameRun> = runs.iter().filter(|(_, load)| !load.large.is_empty()).collect();
        assert_eq!((found.len(), found[0].0.as_str(), &found[0].1.large), (1, "/c/b/big", &vec![blob]));
    }

    proptest! {
        #[test]
        fn parts_are_disjoint_few_and_hold_everything(
            names in prop::collection::btree_map("[ab/é]{1,6}", 1_u64..1000, 1..120), page in 1_usize..9, rules in 1_usize..400,
        ) {
            let names: Vec<(String, u64)> = names.into_iter().collect();
            let parts = parts(&names, page, rules);
            prop_assert!(parts.0.len() <= (MAX_PREFIXES / rules).max(16));
            for (prefix, load) in &parts.0 {
                let under = names.iter().filter(|(name, _)| format!("/c/{name}").starts_with(prefix.as_str()));
                prop_assert_eq!(load.bytes(), under.map(|(_, size)| size).sum::<u64>(), "{}", prefix);
            }
            for (name, _) in &names {
                let homes = parts.0.keys().filter(|prefix| format!("/c/{name}").starts_with(prefix.as_str())).count();
                prop_assert_eq!(homes, 1, "{}", name);
            }
        }
    }
}
