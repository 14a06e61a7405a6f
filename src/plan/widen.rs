//! Fewer prefixes for the parts of a cut rule that are in one job: where all parts with a common beginning are in the same job, one
//! short prefix replaces them. It also selects blobs that are created between them later.

use crate::select::{Rule, shared};

/// The prefixes of each job for the parts of the cut rule `above`. `texts` are the parts, sorted and disjoint; the part at each index is
/// in the job at that index of `jobs`. No prefix selects a part of another job, or anything outside the rule.
pub(super) fn widen(above: &str, texts: &[String], jobs: &[usize]) -> Vec<(Rule, usize)> {
    let mut widened: Vec<(Rule, usize)> = Vec::new();
    let mut from = 0;
    while let (Some(text), Some(job)) = (texts.get(from), jobs.get(from)) {
        let before = (0..from).rev().find(|at| jobs[*at] != *job);
        let after = (from..texts.len()).find(|at| jobs[*at] != *job);
        let others = before.into_iter().chain(after).map(|at| shared(text, &texts[at])).max().unwrap_or(0);
        let end = text[others..].chars().next().map_or(others, |next| others + next.len_utf8()).max(above.len());
        let together = texts[from..].iter().take_while(|other| other.starts_with(&text[..end])).count();
        let last = &texts[from + together - 1];
        widened.push((Rule::Prefix(common_prefix(text, last, end).to_owned()), *job));
        from += together;
    }
    widened
}

/// The common beginning of neighbouring parts, given the first and the last; cut at the end of a folder if that is not shorter than
/// `shortest`.
fn common_prefix<'t>(first: &'t str, last: &str, shortest: usize) -> &'t str {
    let common = &first[..shared(first, last)];
    common.rfind('/').map(|slash| &common[..=slash]).filter(|folder| folder.len() >= shortest).unwrap_or(common)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(texts: &[&str], jobs: &[usize]) -> Vec<(String, usize)> {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        widen("/c", &texts, jobs).into_iter().map(|(rule, job)| (rule.text(), job)).collect()
    }

    #[test]
    fn neighbours_of_one_job_become_one_prefix_and_one_alone_keeps_its_name() {
        let found = words(&["/c/d00/", "/c/d01/", "/c/d02/", "/c/e/", "/cf/a", "/cf/b/"], &[0, 0, 0, 1, 1, 1]);
        assert_eq!(found, [("/c/d0".to_owned(), 0), ("/c/e/".to_owned(), 1), ("/cf/".to_owned(), 1)]);
        assert_eq!(words(&["/c/a", "/c/b"], &[2, 2]), [("/c/".to_owned(), 2)], "nothing outside the rule");
    }

    proptest! {
        #[test]
        fn every_part_is_taken_by_its_own_job_alone(
            parts in prop::collection::btree_map("/[ab]{1,2}(/[abé]{1,3}){0,2}", 0_usize..3, 1..30),
        ) {
            let mut texts: Vec<String> = Vec::new();
            let mut jobs = Vec::new();
            for (text, job) in parts {
                if texts.last().is_none_or(|last| !text.starts_with(last.as_str())) {
                    texts.push(text);
                    jobs.push(job);
                }
            }
            let widened = widen("/", &texts, &jobs);
            prop_assert!(widened.len() <= texts.len());
            for (text, job) in texts.iter().zip(&jobs) {
                let homes: Vec<usize> =
                    widened.iter().filter(|(rule, _)| text.starts_with(&rule.text())).map(|(_, job)| *job).collect();
                prop_assert_eq!(homes, [*job], "{} in {:?}", text, widened);
            }
        }
    }
}
