//! Groups small rules of one folder into a bundle, which one listing counts: a thousand names picked one by one then cost a few pages
//! instead of a thousand requests. `engine::bundle_pages` sends the requests of a bundle. Pure.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::entry::ListedEntry;
use super::rules::{EntryFilter, ListingScope, listing_scope};
use crate::plan::count::CountTotals;
use crate::select::{Rule, shared};

/// Fewer rules than this get a listing each.
const MIN_MEMBERS: usize = 4;

/// A bundle with more rules is split, so that several listings run side by side.
const MAX_MEMBERS: usize = 256;

/// One rule of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// Its index in the ledger.
    pub(super) rule: usize,
    /// The prefix within the container; for a single blob its whole name.
    pub(super) prefix: String,
    pub(super) filter: EntryFilter,
}

impl Member {
    /// Whether the rule takes a blob of this name. It may still take only one of its snapshots.
    pub(super) fn takes(&self, name: &str) -> bool {
        if self.filter == EntryFilter::All { name.starts_with(&self.prefix) } else { name == self.prefix }
    }

    /// Whether all names of the rule come before this name in a listing.
    pub(super) fn is_before(&self, name: &str) -> bool {
        self.prefix.as_str() < name && !self.takes(name)
    }
}

/// Rules of one container in the order of a listing. No two take the same entry, but one may take a blob and another its snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bundle {
    pub(super) container: String,
    /// What the names of all members begin with.
    pub(super) prefix: String,
    pub(super) members: Vec<Member>,
}

impl Bundle {
    /// Groups rules, each with its index in the ledger, by folder. Rules that are not worth a bundle are left out.
    pub(super) fn group<'r>(rules: impl Iterator<Item = (usize, &'r Rule, EntryFilter)>) -> Vec<Self> {
        let mut folders: BTreeMap<(&str, &str), Vec<Member>> = BTreeMap::new();
        for (index, rule, filter) in rules {
            let (ListingScope::Names(container, prefix) | ListingScope::Exact(container, prefix)) = listing_scope(rule)
            else {
                continue;
            };
            let inner = prefix.strip_suffix('/').unwrap_or(prefix);
            let folder = inner.rfind('/').map_or("", |slash| &prefix[..=slash]);
            if prefix != folder {
                let member = Member { rule: index, prefix: prefix.to_owned(), filter };
                folders.entry((container, folder)).or_default().push(member);
            }
        }
        let mut bundles = Vec::new();
        for ((container, _), mut members) in folders {
            members.sort_by(|one, two| one.prefix.cmp(&two.prefix));
            Self::split(container, members, &mut bundles);
        }
        bundles
    }

    /// The bundle from this member on.
    ///
    /// # Errors
    /// The members that are left, when they are too few for a bundle.
    pub(super) fn rest(mut self, from: usize) -> Result<Self, Vec<Member>> {
        let members = self.members.split_off(from.min(self.members.len()));
        if members.len() < MIN_MEMBERS {
            return Err(members);
        }
        Ok(Self { prefix: common_prefix(&members).to_owned(), members, ..self })
    }

    /// Makes one bundle, or several by the first character in which the names differ.
    fn split(container: &str, members: Vec<Member>, bundles: &mut Vec<Self>) {
        if members.len() < MIN_MEMBERS {
            return;
        }
        let prefix = common_prefix(&members).to_owned();
        let next = |member: &Member| member.prefix[prefix.len()..].chars().next();
        let alike = members.first().map(next) == members.last().map(next);
        if members.len() <= MAX_MEMBERS || alike {
            bundles.push(Self { container: container.to_owned(), prefix, members });
            return;
        }
        let parts: Vec<Vec<Member>> = members.chunk_by(|one, two| next(one) == next(two)).map(<[_]>::to_vec).collect();
        for part in parts {
            Self::split(container, part, bundles);
        }
    }
}

/// What a page holds for each member of a bundle.
#[derive(Debug)]
pub(super) struct MemberCounts {
    bundle: Arc<Bundle>,
    /// The first member with names that are not read yet.
    pub(super) first_open: usize,
    /// Totals by the index of the member.
    pub(super) totals: BTreeMap<usize, CountTotals>,
    /// Entries of the page.
    seen: usize,
    /// Entries of the page that a member takes.
    taken: usize,
}

impl MemberCounts {
    pub(super) fn new(bundle: Arc<Bundle>, first_open: usize) -> Self {
        Self { bundle, first_open, totals: BTreeMap::new(), seen: 0, taken: 0 }
    }

    /// The totals of the member that takes the next entry, in the order of names.
    pub(super) fn totals_of(&mut self, entry: &ListedEntry<'_>) -> Option<&mut CountTotals> {
        let index = self.find(entry)?;
        Some(self.totals.entry(index).or_default())
    }

    /// The totals of the first member that takes blobs of this name.
    pub(super) fn totals_of_name(&mut self, name: &str) -> &mut CountTotals {
        let index = self.bundle.members.iter().position(|member| member.takes(name)).unwrap_or(0);
        self.totals.entry(index).or_default()
    }

    fn find(&mut self, entry: &ListedEntry<'_>) -> Option<usize> {
        self.seen += 1;
        let members = &self.bundle.members;
        while members.get(self.first_open).is_some_and(|member| member.is_before(entry.name)) {
            self.first_open += 1;
        }
        let candidates = members[self.first_open..].iter().take_while(|member| member.takes(entry.name));
        let found = candidates.map(|member| &member.filter).position(|filter| filter.takes(entry))?;
        self.taken += 1;
        Some(self.first_open + found)
    }

    /// Whether the last name is behind all members.
    pub(super) fn is_past(&self) -> bool {
        self.first_open == self.bundle.members.len()
    }

    /// Whether a member takes at least every second entry of the page.
    pub(super) fn is_mostly_taken(&self) -> bool {
        self.taken * 2 >= self.seen
    }

    /// The member that takes every entry of the page, if that is a prefix.
    pub(super) fn sole_prefix(&self) -> Option<usize> {
        let (index, _) = self.totals.first_key_value()?;
        let sole = self.taken == self.seen && self.totals.len() == 1;
        (sole && self.bundle.members[*index].filter == EntryFilter::All).then_some(*index)
    }
}

/// What the names of all members begin with; the members are sorted.
fn common_prefix(members: &[Member]) -> &str {
    let (Some(first), Some(last)) = (members.first(), members.last()) else { return "" };
    &first.prefix[..shared(&first.prefix, &last.prefix)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(texts: &[&str]) -> Vec<(String, usize)> {
        let rules: Vec<Rule> = texts.iter().map(|text| Rule::Prefix((*text).to_owned())).collect();
        Bundle::group(rules.iter().enumerate().map(|(index, rule)| (index, rule, EntryFilter::All)))
            .into_iter()
            .map(|bundle| (format!("{}/{}", bundle.container, bundle.prefix), bundle.members.len()))
            .collect()
    }

    #[test]
    fn rules_of_one_folder_go_together_and_others_do_not() {
        let found = grouped(&["/c/a/1", "/c/a/2/", "/c/a/25", "/c/a/3", "/c/b/1", "/c/", "/d/a/1", "/"]);
        assert_eq!(found, [("c/a/".to_owned(), 4)]);
    }

    #[test]
    fn many_rules_are_split_where_their_names_differ() {
        let texts: Vec<String> = (0..1000).map(|n| format!("/c/img/{n:04}.jpg")).collect();
        let found = grouped(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(found.len(), 10);
        assert_eq!(found[3], ("c/img/03".to_owned(), 100));
    }

    #[test]
    fn what_is_left_has_a_longer_prefix() {
        let member = |text: &str| Member { rule: 0, prefix: text.to_owned(), filter: EntryFilter::All };
        let members = ["a", "b1", "b2", "b3", "b4"].map(member).to_vec();
        let bundle = Bundle { container: "c".into(), prefix: String::new(), members };
        assert_eq!(bundle.clone().rest(1).unwrap().prefix, "b");
        assert_eq!(bundle.rest(2).unwrap_err().len(), 3);
    }
}
