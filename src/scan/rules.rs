//! Decides which rules of a selection are counted, so that no entry is counted twice, and what a rule takes of a listing. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::ListedEntry;
use crate::plan::count::RuleStatus;
use crate::select::Rule;

/// The status of each rule, in the order of `rules`.
pub(super) fn statuses(rules: &[Rule]) -> Vec<RuleStatus> {
    let mut first: BTreeMap<&Rule, usize> = BTreeMap::new();
    let mut prefixes: BTreeSet<(&str, usize)> = BTreeSet::new();
    for (at, rule) in rules.iter().enumerate() {
        first.entry(rule).or_insert(at);
        if let (Rule::Prefix(text), None) = (rule, invalid_reason(rule)) {
            prefixes.insert((text, first[rule]));
        }
    }
    let status = |(at, rule): (usize, &Rule)| {
        let earlier = first.get(rule).copied().unwrap_or(at);
        let wider = || match rule {
            Rule::Prefix(text) => covering_prefix(&prefixes, text).filter(|of| *of != at && rules[*of] != *rule),
            Rule::Blob { path, snapshots } => covering_prefix(&prefixes, &format!("/{path}")).or_else(|| {
                let whole = Rule::Blob { path: path.clone(), snapshots: true };
                (!snapshots).then(|| first.get(&whole).copied()).flatten()
            }),
            Rule::Snapshot { path, .. } => covering_prefix(&prefixes, &format!("/{path}"))
                .or_else(|| first.get(&Rule::Blob { path: path.clone(), snapshots: true }).copied()),
        };
        match invalid_reason(rule) {
            Some(reason) => RuleStatus::Invalid { reason },
            None if earlier < at => RuleStatus::Duplicate { of: earlier },
            None => wider().map_or(RuleStatus::Counted, |of| RuleStatus::Inside { of }),
        }
    };
    rules.iter().enumerate().map(status).collect()
}

/// The rule with the shortest prefix that `text` begins with.
fn covering_prefix(prefixes: &BTreeSet<(&str, usize)>, text: &str) -> Option<usize> {
    let starts = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let hit = |end: usize| prefixes.range((&text[..end], 0)..).next().filter(|(found, _)| *found == &text[..end]);
    starts.filter_map(hit).map(|(_, at)| *at).next()
}

/// Why a rule cannot match any blob of any account; `None` when it can.
fn invalid_reason(rule: &Rule) -> Option<String> {
    match rule {
        Rule::Prefix(text) if !text.starts_with('/') => Some(format!("the prefix `{text}` does not begin with /")),
        Rule::Prefix(_) => None,
        Rule::Blob { path, .. } | Rule::Snapshot { path, .. } => {
            let fine = path.split_once('/').is_some_and(|(container, name)| !container.is_empty() && !name.is_empty());
            (!fine).then(|| format!("the path `{path}` is not container/name"))
        }
    }
}

/// Which entries of a listing count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EntryFilter {
    /// All of them.
    All,
    /// One blob, and whether its snapshots count.
    Blob {
        /// Its snapshots count, too.
        snapshots: bool,
    },
    /// One snapshot of a blob.
    Snapshot {
        /// Its id, verbatim.
        time: String,
    },
}

impl EntryFilter {
    /// What a rule takes of the listing of its prefix or name.
    pub(super) fn of(rule: &Rule) -> Self {
        match rule {
            Rule::Blob { snapshots, .. } => Self::Blob { snapshots: *snapshots },
            Rule::Snapshot { time, .. } => Self::Snapshot { time: time.clone() },
            Rule::Prefix(_) => Self::All,
        }
    }

    /// Whether an entry counts, given that its name matches.
    pub(super) fn takes(&self, entry: &ListedEntry<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Blob { snapshots } => *snapshots || entry.snapshot.is_empty(),
            Self::Snapshot { time } => entry.snapshot == time,
        }
    }
}

/// Where the blobs of a rule are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ListingScope<'a> {
    /// All blobs of every container whose name begins with this text.
    Containers(&'a str),
    /// A container, and the prefix of names in it.
    Names(&'a str, &'a str),
    /// A container, and the name of one blob in it.
    Exact(&'a str, &'a str),
}

/// Where the blobs of a rule are; the rule is not an invalid one.
pub(super) fn listing_scope(rule: &Rule) -> ListingScope<'_> {
    match rule {
        Rule::Prefix(text) => {
            let text = text.strip_prefix('/').unwrap_or(text);
            text.split_once('/')
                .map_or(ListingScope::Containers(text), |(container, prefix)| ListingScope::Names(container, prefix))
        }
        Rule::Blob { path, .. } | Rule::Snapshot { path, .. } => {
            let (container, name) = path.split_once('/').unwrap_or((path, ""));
            ListingScope::Exact(container, name)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlaps_and_repetitions_count_once() {
        let prefix = |text: &str| Rule::Prefix(text.into());
        let blob = |path: &str, snapshots| Rule::Blob { path: path.into(), snapshots };
        let shot = |path: &str| Rule::Snapshot { path: path.into(), time: "2026".into() };
        let rules = [
            prefix("/c/a/b/"),
            prefix("/c/a/"),
            prefix("/c/a/"),
            blob("c/a/x", true),
            blob("d/x", false),
            blob("d/x", true),
            shot("d/x"),
            shot("d/y"),
            blob("d/y", false),
            prefix("oops"),
            blob("nowhere", true),
        ];
        let kinds: Vec<String> = statuses(&rules)
            .iter()
            .map(|status| match status {
                RuleStatus::Counted => "counted".to_owned(),
                RuleStatus::Duplicate { of } => format!("duplicate {of}"),
                RuleStatus::Inside { of } => format!("inside {of}"),
                RuleStatus::Invalid { .. } => "invalid".to_owned(),
            })
            .collect();
        let expected = [
            "inside 1",
            "counted",
            "duplicate 1",
            "inside 1",
            "inside 5",
            "counted",
            "inside 5",
            "counted",
            "counted",
            "invalid",
            "invalid",
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn a_prefix_without_a_second_slash_crosses_containers() {
        assert_eq!(listing_scope(&Rule::Prefix("/".into())), ListingScope::Containers(""));
        assert_eq!(listing_scope(&Rule::Prefix("/boo".into())), ListingScope::Containers("boo"));
        assert_eq!(listing_scope(&Rule::Prefix("/$root/".into())), ListingScope::Names("$root", ""));
        assert_eq!(listing_scope(&Rule::Prefix("/c/a/b".into())), ListingScope::Names("c", "a/b"));
    }
}
