//! Finds names that differ in case only, in a table of fixed size. Pure.
//!
//! Twins have the same folded hash, so a sample by that hash holds both of a pair or none. As long as the names fit, every
//! pair is found; beyond that, every second hash is dropped again and again, and the report says one in how many was looked at.

use std::collections::HashMap;

/// Names kept at once; about two megabytes.
const MAX_NAMES: usize = 1 << 16;

/// A sample of names by hash.
#[derive(Clone, Debug, Default)]
pub struct CaseCollisions {
    /// Hashes with any of these low bits set are not kept.
    mask: u64,
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

    /// Low bits that must be zero for a hash to be looked at.
    pub fn mask(&self) -> u64 {
        self.mask
    }

    /// One of how many names is looked at.
    pub fn one_in(&self) -> u64 {
        self.mask + 1
    }

    /// Whether another name with the same folded hash was seen before. Seeing a name again changes nothing.
    pub fn insert(&mut self, folded: u64, exact: u64) -> bool {
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
        let mut twins = CaseCollisions::default();
        assert!(!twins.insert(8, 1) && !twins.insert(8, 1) && twins.insert(8, 2));
    }

    #[test]
    fn the_table_stays_small_and_says_how_much_it_looks_at() {
        let mut twins = CaseCollisions::default();
        let spread = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
        (0..400_000).for_each(|n| {
            twins.insert(spread(n), n);
        });
        assert!(twins.seen.len() <= MAX_NAMES && (4..=32).contains(&twins.one_in()));
        let kept = (0..400_000).find(|n| spread(*n) & twins.mask() == 0).unwrap();
        assert!(twins.insert(spread(kept), u64::MAX));
    }
}
