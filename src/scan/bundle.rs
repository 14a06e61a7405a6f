//! Small rules of one folder counted by one listing of it: thousands of names picked one by one cost a page now and then instead of
//! a request each. Which rules go together is decided here; the listing itself is `engine::bundles`'. Pure.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::entry::ListedEntry;
use super::rules::{EntryFilter, ListingScope, listing_scope};
use crate::plan::count::CountTotals;
use crate::select::{Rule, shared};

/// Rules of one folder from which on a listing of all of them is tried.
const MIN_MEMBERS: usize = 4;

/// Rules one listing is for at most, so that there are several side by side.
const MAX_MEMBERS: usize = 256;

/// One rule of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// The unit it is counted as.
    pub(super) rule: usize,
    /// The prefix or the name within the container.
    pub(super) prefix: String,
    pub(super) filter: EntryFilter,
}

impl Member {
    /// Whether a name is the rule's, as far as the name tells.
    pub(super) fn takes(&self, name: &str) -> bool {
        if self.filter == EntryFilter::All { name.starts_with(&self.prefix) } else { name == self.prefix }
    }

    /// Whether the rule lies before a name in a listing.
    pub(super) fn is_before(&self, name: &str) -> bool {
        self.prefix.as_str() < name && !self.takes(name)
    }
}

/// Rules of one container in the order of a listing. None takes what another does, but several may be about the same blob.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bundle {
    pub(super) container: String,
    /// What all their names begin with.
    pub(super) prefix: String,
    pub(super) members: Vec<Member>,
}

impl Bundle {
    /// Puts the rules together that are worth one listing; `units` are rules that are counted, with the number of their unit.
    pub(super) fn group<'r>(units: impl Iterator<Item = (usize, &'r Rule, EntryFilter)>) -> Vec<Self> {
        let mut folders: BTreeMap<(&str, &str), Vec<Member>> = BTreeMap::new();
        for (unit, rule, want) in units {
            let (ListingScope::Names(container, text) | ListingScope::Exact(container, text)) = listing_scope(rule)
            else {
                continue;
            };
            let inner = text.strip_suffix('/').unwrap_or(text);
            let folder = inner.rfind('/').map_or("", |slash| &text[..=slash]);
            if text != folder {
                folders.entry((container, folder)).or_default().push(Member {
                    rule: unit,
                    prefix: text.to_owned(),
                    filter: want,
                });
            }
        }
        let mut bundles = Vec::new();
        for ((container, _), mut members) in folders {
            members.sort_by(|one, two| one.prefix.cmp(&two.prefix));
            Self::split(container, members, &mut bundles);
        }
        bundles
    }

    /// What is left of it from a member on, if that is still worth one listing.
    pub(super) fn rest(mut self, from: usize) -> Result<Self, Vec<Member>> {
        let members = self.members.split_off(from.min(self.members.len()));
        if members.len() < MIN_MEMBERS {
            return Err(members);
        }
        Ok(Self { prefix: common_prefix(&members).to_owned(), members, ..self })
    }

    /// One bundle, or several by the first character in which their names differ.
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

/// What a page holds for each rule of a bundle.
#[derive(Debug)]
pub(super) struct MemberCounts {
    bundle: Arc<Bundle>,
    /// The first member that is not before the last name.
    pub(super) first_open: usize,
    /// By the member's place in the bundle.
    pub(super) totals: BTreeMap<usize, CountTotals>,
    /// Entries of the page, and those that were taken.
    pub(super) seen: usize,
    pub(super) taken: usize,
}

impl MemberCounts {
    pub(super) fn new(bundle: Arc<Bundle>, first_open: usize) -> Self {
        Self { bundle, first_open, totals: BTreeMap::new(), seen: 0, taken: 0 }
    }

    /// The member that takes an entry; names come in order.
    pub(super) fn find(&mut self, entry: &ListedEntry<'_>) -> Option<usize> {
        self.seen += 1;
        let members = &self.bundle.members;
        while members.get(self.first_open).is_some_and(|member| member.is_before(entry.name)) {
            self.first_open += 1;
        }
        let rest = members[self.first_open..].iter().take_while(|member| member.takes(entry.name));
        let found = self.first_open + rest.map(|member| &member.filter).position(|want| want.takes(entry))?;
        self.taken += 1;
        Some(found)
    }

    /// Whether all members lie before the last name.
    pub(super) fn is_past(&self) -> bool {
        self.first_open == self.bundle.members.len()
    }

    /// The share of the member that takes a name.
    pub(super) fn of_name(&mut self, name: &str) -> &mut CountTotals {
        let index = self.bundle.members.iter().position(|member| member.takes(name)).unwrap_or(0);
        self.totals.entry(index).or_default()
    }

    /// The member that takes every entry of the page, when it is a prefix.
    pub(super) fn sole_prefix(&self) -> Option<usize> {
        let whole = self.taken == self.seen && self.totals.len() == 1;
        self.totals
            .keys()
            .next()
            .copied()
            .filter(|index| whole && self.bundle.members[*index].filter == EntryFilter::All)
    }
}

/// What the names of all members, which are sorted, begin with.
fn common_prefix(members: &[Member]) -> &str {
    let (Some(first), Some(last)) = (members.first(), members.last()) else { return "" };
    &first.prefix[..shared(&first.prefix, &last.prefix)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gather(texts: &[&str]) -> Vec<(String, usize)> {
        let rules: Vec<Rule> = texts.iter().map(|text| Rule::Prefix((*text).to_owned())).collect();
        let units = rules.iter().enumerate().map(|(unit, rule)| (unit, rule, EntryFilter::All));
        Bundle::group(units)
            .into_iter()
            .map(|bundle| (format!("{}/{}", bundle.container, bundle.prefix), bundle.members.len()))
            .collect()
    }

    #[test]
    fn rules_of_one_folder_go_together_and_others_do_not() {
        let found = gather(&["/c/a/1", "/c/a/2/", "/c/a/25", "/c/a/3", "/c/b/1", "/c/", "/d/a/1", "/"]);
        assert_eq!(found, [("c/a/".to_owned(), 4)]);
    }

    #[test]
    fn many_rules_are_divided_where_their_names_part() {
        let texts: Vec<String> = (0..1000).map(|n| format!("/c/img/{n:04}.jpg")).collect();
        let found = gather(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(found.len(), 10);
        assert_eq!(found[3], ("c/img/03".to_owned(), 100));
    }

    #[test]
    fn what_is_left_begins_with_more() {
        let member = |text: &str| Member { rule: 0, prefix: text.to_owned(), filter: EntryFilter::All };
        let members = ["a", "b1", "b2", "b3", "b4"].map(member).to_vec();
        let bundle = Bundle { container: "c".into(), prefix: String::new(), members };
        assert_eq!(bundle.clone().rest(1).unwrap().prefix, "b");
        assert_eq!(bundle.rest(2).unwrap_err().len(), 3);
    }
}
