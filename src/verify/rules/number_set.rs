//! A set of numbers that are mostly consecutive, e.g. the entries of a manifest that are checked. It takes memory by gaps, not by numbers.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Numbers as ranges: first to one behind the last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(u64, u64)>", into = "Vec<(u64, u64)>")]
pub struct NumberSet {
    ranges: BTreeMap<u64, u64>,
}

impl NumberSet {
    /// Whether a number is in it.
    pub fn contains(&self, number: u64) -> bool {
        self.ranges.range(..=number).next_back().is_some_and(|(_, end)| number < *end)
    }

    /// Adds a number.
    pub fn insert(&mut self, number: u64) {
        if self.contains(number) {
            return;
        }
        let (mut start, mut end) = (number, number + 1);
        if let Some((before, until)) = self.ranges.range(..number).next_back().map(|(s, e)| (*s, *e))
            && until == number
        {
            start = before;
        }
        if let Some(after) = self.ranges.remove(&end) {
            end = after;
        }
        self.ranges.insert(start, end);
    }

    /// Takes a number out.
    pub fn remove(&mut self, number: u64) {
        let Some((start, end)) = self.ranges.range(..=number).next_back().map(|(start, end)| (*start, *end)) else {
            return;
        };
        if number < end {
            self.ranges.remove(&start);
            self.ranges.extend([(start, number), (number + 1, end)].into_iter().filter(|(start, end)| start < end));
        }
    }

    /// How many numbers are in it.
    pub fn count(&self) -> u64 {
        self.ranges.iter().map(|(start, end)| end - start).sum()
    }
}

impl From<Vec<(u64, u64)>> for NumberSet {
    fn from(ranges: Vec<(u64, u64)>) -> Self {
        Self { ranges: ranges.into_iter().filter(|(start, end)| start < end).collect() }
    }
}

impl From<NumberSet> for Vec<(u64, u64)> {
    fn from(set: NumberSet) -> Self {
        set.ranges.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn it_holds_what_a_plain_set_holds_in_as_few_ranges_as_can_be(numbers in prop::collection::vec((0u64..60, 0u8..4), 0..80)) {
            let mut set = NumberSet::default();
            let mut plain = BTreeSet::new();
            for (number, act) in numbers {
                if act == 0 {
                    set.remove(number);
                    plain.remove(&number);
                } else {
                    set.insert(number);
                    plain.insert(number);
                }
            }
            prop_assert!((0..61).all(|n| set.contains(n) == plain.contains(&n)));
            prop_assert_eq!(set.count(), plain.len() as u64);
            let starts = plain.iter().filter(|n| **n == 0 || !plain.contains(&(**n - 1))).count();
            let text = serde_json::to_string(&set).unwrap();
            prop_assert_eq!(serde_json::from_str::<NumberSet>(&text).unwrap(), set.clone());
            prop_assert_eq!(Vec::from(set).len(), starts);
        }
    }
}
