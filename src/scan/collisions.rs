//! Finds names that differ in case only, in a table of fixed size. Pure.
//!
//! Two such names have the same folded hash, so a sample by that hash holds both of a pair or none. As long as the names fit into the
//! table, every pair is found. Beyond that every second hash is dropped, again and again, and the report says which share of the names
//! was compared, e.g. one in 4.

use std::collections::HashMap;

use super::names::NameFacts;

/// Names in the table at most; they take about two megabytes.
const MAX_NAMES: usize = 1 << 16;

/// The names of one page whose hashes belong to the sample.
#[derive(Debug)]
pub(super) struct NameSample {
    mask: u64,
    /// All names, one behind the other.
    text: String,
    hashes: Vec<NameHashes>,
}

#[derive(Clone, Copy, Debug)]
struct NameHashes {
    folded: u64,
    exact: u64,
    /// Where the name ends in the text.
    end: usize,
}

/// One name of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SampledName<'a> {
    pub(super) text: &'a str,
    pub(super) folded_hash: u64,
    pub(super) exact_hash: u64,
}

impl NameSample {
    /// An empty sample. Names with any of the bits of `mask` in their folded hash are not taken.
    pub(super) fn new(mask: u64) -> Self {
        Self { mask, text: String::new(), hashes: Vec::new() }
    }

    /// Takes a name, if its hash belongs to the sample.
    pub(super) fn add(&mut self, name: &str, facts: &NameFacts) {
        if facts.folded_hash & self.mask == 0 {
            self.text.push_str(name);
            let (folded, exact) = (facts.folded_hash, facts.exact_hash);
            self.hashes.push(NameHashes { folded, exact, end: self.text.len() });
        }
    }

    /// The names, in the order taken.
    pub(super) fn names(&self) -> impl Iterator<Item = SampledName<'_>> {
        let starts = std::iter::once(0).chain(self.hashes.iter().map(|hashes| hashes.end));
        starts.zip(&self.hashes).map(|(start, hashes)| SampledName {
            text: &self.text[start..hashes.end],
            folded_hash: hashes.folded,
            exact_hash: hashes.exact,
        })
    }
}

/// A sample of all names of a scan, by hash.
#[derive(Clone, Debug, Default)]
pub(super) struct CaseCollisions {
    /// Hashes with any of these low bits set are not kept.
    mask: u64,
    /// Exact hash by folded hash.
    seen: HashMap<u64, u64>,
}

impl CaseCollisions {
    /// The sample as plain data: mask, and exact hash by folded hash.
    pub(super) fn into_hashes(self) -> (u64, HashMap<u64, u64>) {
        (self.mask, self.seen)
    }

    pub(super) fn from_hashes(mask: u64, seen: HashMap<u64, u64>) -> Self {
        Self { mask, seen }
    }

    /// Low bits that are zero in the folded hash of a sampled name.
    pub(super) fn mask(&self) -> u64 {
        self.mask
    }

    /// One of how many names is compared.
    pub(super) fn one_in(&self) -> u64 {
        self.mask + 1
    }

    /// Takes the names of a page. Returns those that differ from an earlier name in case only.
    pub(super) fn take<'s>(&mut self, page: &'s NameSample) -> Vec<&'s str> {
        page.names().filter(|name| self.insert(name.folded_hash, name.exact_hash)).map(|name| name.text).collect()
    }

    /// Whether another name with the same folded hash was taken before. Taking a name again changes nothing.
    fn insert(&mut self, folded: u64, exact: u64) -> bool {
        if folded & self.mask != 0 {
            return false;
        }
        let first = *self.seen.entry(folded).or_insert(exact);
        while self.seen.len() > MAX_NAMES {
            self.mask = self.mask * 2 + 1;
            let mask = self.mask;
            self.seen.retain(|folded, _| folded & mask == 0);
        }
        first != exact
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_found_once_and_a_repeated_page_changes_nothing() {
        let mut collisions = CaseCollisions::default();
        assert!(!collisions.insert(8, 1) && !collisions.insert(8, 1) && collisions.insert(8, 2));
    }

    #[test]
    fn the_second_name_of_a_pair_is_told_whichever_page_it_is_on() {
        let mut collisions = CaseCollisions::default();
        let sample = |names: &[(&str, u64, u64)]| {
            let mut sample = NameSample::new(1);
            for (name, folded_hash, exact_hash) in names {
                sample.add(
                    name,
                    &NameFacts { folded_hash: *folded_hash, exact_hash: *exact_hash, ..NameFacts::default() },
                );
            }
            sample
        };
        assert_eq!(collisions.take(&sample(&[("Lynx", 8, 1), ("koala", 6, 2), ("odd", 3, 3)])), Vec::<&str>::new());
        assert_eq!(collisions.take(&sample(&[("koala", 6, 2), ("lynx", 8, 4), ("Odd", 3, 5)])), ["lynx"]);
    }

    #[test]
    fn the_table_stays_small_and_says_how_much_it_compares() {
        let mut collisions = CaseCollisions::default();
        let hash = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
        (0..400_000).for_each(|n| {
            collisions.insert(hash(n), n);
        });
        assert!(collisions.seen.len() <= MAX_NAMES && (4..=32).contains(&collisions.one_in()));
        let kept = (0..400_000).find(|n| hash(*n) & collisions.mask() == 0).unwrap();
        assert!(collisions.insert(hash(kept), u64::MAX));
    }
}
