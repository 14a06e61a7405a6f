//! A set of entries of a manifest, a bit each: however the numbers lie, a manifest of ten million entries takes little more than a megabyte.

use std::collections::BTreeMap;

/// Numbers of a chunk.
const CHUNK: u64 = 4_096;

/// Numbers, in chunks of bits.
#[derive(Clone, Debug, Default)]
pub struct EntryBits(BTreeMap<u64, Box<[u64; 64]>>);

impl EntryBits {
    /// Adds a number.
    pub fn insert(&mut self, number: u64) {
        let chunk = self.0.entry(number / CHUNK).or_insert_with(|| Box::new([0; 64]));
        let (word, mask) = place(number);
        if let Some(word) = chunk.get_mut(word) {
            *word |= mask;
        }
    }

    /// Whether a number is in it.
    pub fn contains(&self, number: u64) -> bool {
        let (word, mask) = place(number);
        self.0.get(&(number / CHUNK)).and_then(|chunk| chunk.get(word)).is_some_and(|word| word & mask != 0)
    }
}

/// The word of a chunk, and the bit in it.
fn place(number: u64) -> (usize, u64) {
    let within = number % CHUNK;
    (usize::try_from(within / 64).unwrap_or(0), 1 << (within % 64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn it_holds_what_a_plain_set_holds(numbers in prop::collection::vec(prop_oneof![0u64..20_000, any::<u64>()], 0..200), other in 0u64..20_000) {
            let mut bits = EntryBits::default();
            for number in &numbers {
                bits.insert(*number);
            }
            let plain: BTreeSet<u64> = numbers.into_iter().collect();
            prop_assert!(plain.iter().all(|number| bits.contains(*number)));
            prop_assert_eq!(bits.contains(other), plain.contains(&other));
        }
    }
}
