//! Which files of a drive are promised, to tell those that nobody promised; and entries that name one file or one blob. Numbers of paths are
//! kept, not paths, and beyond some hundred thousand only bits, so that memory stays the same whatever the drive.

use std::collections::HashSet;

/// The most paths whose numbers are kept.
const MOST_EXACT: usize = 400_000;
/// Bits beyond that: 64 MB.
const BITS: u64 = 1 << 29;
/// Bits set for each path.
const PROBES: u64 = 4;

/// Promised paths.
#[derive(Default)]
pub(super) struct KnownFiles {
    exact: HashSet<u64>,
    bits: Option<Vec<u64>>,
}

/// Blobs and snapshots that were seen; beyond some hundred thousand no more are kept, and entries that name one blob are not told.
#[derive(Default)]
pub(super) struct SeenBlobs(HashSet<u64>);

impl SeenBlobs {
    /// Adds a blob; `true` where it was there already, as far as that is known.
    pub(super) fn insert(&mut self, key: u64) -> bool {
        if self.0.len() < MOST_EXACT { !self.0.insert(key) } else { self.0.contains(&key) }
    }
}

impl KnownFiles {
    /// Adds a path; `true` where it was there already, as far as that is known.
    pub(super) fn insert(&mut self, key: u64) -> bool {
        if self.bits.is_none() && self.exact.len() < MOST_EXACT {
            return !self.exact.insert(key);
        }
        let was_there = self.exact.contains(&key);
        let bits = self.bits.get_or_insert_with(|| vec![0; usize::try_from(BITS / 64).unwrap_or(0)]);
        for (word, mask) in probes(key) {
            if let Some(word) = bits.get_mut(word) {
                *word |= mask;
            }
        }
        was_there
    }

    /// Whether a path is promised. Where there are too many paths, a few that are not are taken for promised.
    pub(super) fn contains(&self, key: u64) -> bool {
        let in_bits = |bits: &Vec<u64>| probes(key).all(|(word, mask)| bits.get(word).is_some_and(|w| w & mask != 0));
        self.exact.contains(&key) || self.bits.as_ref().is_some_and(in_bits)
    }
}

fn probes(key: u64) -> impl Iterator<Item = (usize, u64)> {
    let step = key.rotate_left(32) | 1;
    (0..PROBES).map(move |probe| {
        let bit = key.wrapping_add(step.wrapping_mul(probe)) % BITS;
        (usize::try_from(bit / 64).unwrap_or(0), 1 << (bit % 64))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_promised_path_is_ever_unknown_and_few_others_are_known() {
        let mut known =
            KnownFiles { bits: Some(vec![0; usize::try_from(BITS / 64).unwrap()]), ..KnownFiles::default() };
        let key = |number: u64| number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (0..50_000).for_each(|number| {
            known.insert(key(number));
        });
        assert!((0..50_000).all(|number| known.contains(key(number))));
        assert!((50_000..100_000).filter(|number| known.contains(key(*number))).count() < 50);
        let mut exact = KnownFiles::default();
        assert!(!exact.insert(7) && exact.insert(7) && exact.contains(7) && !exact.contains(8));
    }
}
