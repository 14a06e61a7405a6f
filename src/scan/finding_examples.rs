//! Bounds the memory of the blobs that findings name: each rule names up to five of each kind while there is room, and then none. Of each
//! kind one is always named. The numbers of the findings are not bounded. Pure.

use std::collections::BTreeSet;

use crate::plan::count::{CountTotals, FindingKind};

/// Memory that the named blobs of all rules may take, in bytes.
const MEMORY: usize = 1 << 20;

/// The memory that is taken, and of which kinds blobs are named.
#[derive(Debug, Default)]
pub(super) struct FindingExamples {
    taken: usize,
    kinds: BTreeSet<FindingKind>,
}

impl FindingExamples {
    /// What totals take that were read from a checkpoint.
    pub(super) fn new<'t>(totals: impl Iterator<Item = &'t CountTotals>) -> Self {
        let mut all = Self::default();
        for (kind, found) in totals.flat_map(|totals| &totals.findings) {
            all.add(*kind, &found.examples);
        }
        all
    }

    /// Adds the totals of a page to those of its rule; blobs of at least `floor` bytes stay one by one.
    pub(super) fn merge(&mut self, totals: &mut CountTotals, page: &CountTotals, floor: u64) {
        let named = |kind: &FindingKind| totals.findings.get(kind).map_or(0, |found| found.examples.len());
        let before: Vec<(FindingKind, usize)> = page.findings.keys().map(|kind| (*kind, named(kind))).collect();
        totals.merge(page, floor);
        for (kind, old) in before {
            let Some(found) = totals.findings.get_mut(&kind) else { continue };
            if self.taken > MEMORY && self.kinds.contains(&kind) {
                found.examples.truncate(old);
            } else {
                self.add(kind, &found.examples[old..]);
            }
        }
    }

    fn add(&mut self, kind: FindingKind, examples: &[String]) {
        self.taken += examples.iter().map(|name| size_of::<String>() + name.len()).sum::<usize>();
        if !examples.is_empty() {
            self.kinds.insert(kind);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::LARGE_FLOOR;

    fn page(kind: FindingKind) -> CountTotals {
        let mut totals = CountTotals::default();
        totals.note(kind, 1, || format!("c/{}", "x".repeat(1_000)));
        totals
    }

    #[test]
    fn many_rules_name_few_blobs_and_every_kind_is_named_once() {
        let mut examples = FindingExamples::default();
        let mut rules = vec![CountTotals::default(); 5_000];
        for rule in &mut rules {
            examples.merge(rule, &page(FindingKind::LongPath), LARGE_FLOOR);
        }
        examples.merge(&mut rules[4_999], &page(FindingKind::Leased), LARGE_FLOOR);
        assert!(rules.iter().all(|rule| rule.findings[&FindingKind::LongPath].count == 1));
        let named = rules.iter().filter(|rule| !rule.findings[&FindingKind::LongPath].examples.is_empty()).count();
        assert!((900..1_200).contains(&named), "{named} rules name a blob");
        assert_eq!(rules[4_999].findings[&FindingKind::Leased].examples.len(), 1);
        assert_eq!(FindingExamples::new(rules.iter()).taken, examples.taken);
    }
}
