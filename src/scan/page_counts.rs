//! Counts one page. A page counts as a whole or not at all, so that a broken one leaves no trace. Pure.

use super::bundle::MemberCounts;
use super::compact_time;
use super::entry::{EntrySink, ListedEntry};
use super::names::NameChecks;
use super::prefix_sizes::{NameRun, NameSizes};
use super::rules::EntryFilter;
use crate::plan::count::{CountTotals, FindingKind};
use crate::plan::{LARGE_FLOOR, LargeBlob};

/// A place between two entries of a listing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListingPosition {
    /// The name of the entry before it; empty at the start.
    pub name: String,
    /// How many entries of that name are before it.
    pub entries: u64,
}

/// Takes the entries of one page.
#[derive(Debug)]
pub struct PageCounts {
    pub(super) container: String,
    pub(super) prefix: String,
    pub(super) want: EntryFilter,
    /// Names from here on belong to another listing.
    pub(super) end: Option<String>,
    /// Entries up to here were counted before the listing began anew.
    pub(super) skip: Option<ListingPosition>,
    /// Blobs changed after this moment are told; as `yyyymmddhhmmss`.
    pub(super) since: Option<u64>,
    pub(super) twin_mask: u64,
    /// Where the page ended.
    pub(super) place: ListingPosition,
    pub(super) names: NameChecks,
    /// What the page holds.
    pub(super) totals: CountTotals,
    /// What the page holds for each of many rules, where that is what is asked.
    pub(super) shares: Option<MemberCounts>,
    /// Where the page's blobs lie, for a rule that may have to be split.
    pub(super) spread: NameSizes,
    /// The same as runs, once the page is read.
    pub(super) runs: Vec<NameRun>,
    /// Folded hash, exact hash and end of the name in `twin_names`.
    pub(super) twins: Vec<(u64, u64, usize)>,
    pub(super) twin_names: String,
    /// Folders and blobs of a listing with a delimiter, where that is what is asked.
    pub(super) level: Option<Vec<String>>,
    pub(super) folders: usize,
    /// An entry beyond what is wanted was seen: no need for further pages.
    pub(super) past: bool,
    /// Names do not come in the order of their bytes.
    pub(super) unordered: bool,
    /// The namespace is hierarchical.
    pub(super) hierarchical: bool,
}

impl EntrySink for PageCounts {
    fn blob(&mut self, entry: &ListedEntry<'_>) {
        if let Some(level) = &mut self.level {
            level.push(entry.name.to_owned());
            return;
        }
        self.hierarchical |= entry.hierarchical;
        if self.before(entry.name) || self.beyond(entry.name) {
            return;
        }
        if self.shares.is_some() {
            self.share(entry);
        } else if self.want.takes(entry) {
            self.count(entry);
        }
    }

    fn folder(&mut self, prefix: &str) {
        self.folders += 1;
        if let Some(level) = &mut self.level {
            level.push(prefix.to_owned());
        }
    }
}

impl PageCounts {
    /// Whether the entry was counted before; moves the place on in any case.
    fn before(&mut self, name: &str) -> bool {
        if self.place.name == name {
            self.place.entries += 1;
        } else {
            self.place.name.clear();
            self.place.name.push_str(name);
            self.place.entries = 1;
        }
        let Some(skip) = &self.skip else { return false };
        let counted = name < skip.name.as_str() || (name == skip.name && self.place.entries <= skip.entries);
        if !counted {
            self.skip = None;
        }
        counted
    }

    /// Counts an entry for the rule of a bundle that takes it.
    fn share(&mut self, entry: &ListedEntry<'_>) {
        let Some(mut shares) = self.shares.take() else { return };
        let found = shares.find(entry);
        self.past |= shares.is_past();
        if let Some(index) = found {
            let totals = shares.totals.entry(index).or_default();
            std::mem::swap(&mut self.totals, totals);
            self.count(entry);
            std::mem::swap(&mut self.totals, totals);
        }
        self.shares = Some(shares);
    }

    /// Notes that a name kept in `twin_names` has a twin.
    pub(super) fn twin(&mut self, start: usize, end: usize) {
        let name = &self.twin_names[start..end];
        let example = || format!("{}/{name}", self.container);
        let shares = self.shares.as_mut().map(|shares| shares.of_name(name));
        shares.unwrap_or(&mut self.totals).note(FindingKind::CaseTwins, 0, example);
    }

    fn beyond(&mut self, name: &str) -> bool {
        let beyond = match self.want {
            EntryFilter::All => self.end.as_deref().is_some_and(|end| name >= end),
            EntryFilter::Blob { .. } | EntryFilter::Snapshot { .. } => name != self.prefix,
        };
        self.past |= beyond;
        beyond
    }

    fn count(&mut self, entry: &ListedEntry<'_>) {
        let snapshot = !entry.snapshot.is_empty();
        if entry.old_version || entry.directory {
            return;
        }
        let example = || format!("{}/{}", self.container, entry.name);
        if entry.deleted {
            self.totals.note(FindingKind::SoftDeleted, entry.size, example);
            return;
        }
        let facts = self.names.check(&self.container, entry.name);
        self.unordered |= facts.unordered;
        if snapshot {
            self.totals.snapshots += 1;
        } else {
            self.totals.blobs += 1;
            if facts.folded_hash & self.twin_mask == 0 {
                self.twin_names.push_str(entry.name);
                self.twins.push((facts.folded_hash, facts.exact_hash, self.twin_names.len()));
            }
        }
        self.totals.bytes = self.totals.bytes.saturating_add(entry.size);
        if let Some(shorter) = facts.folder_conflict {
            self.totals.note(FindingKind::BesideFolder, entry.size, || {
                format!("{}/{}", self.container, &entry.name[..shorter])
            });
        }
        let blocked = if entry.rehydrating {
            Some(FindingKind::Rehydrating)
        } else if entry.archived {
            Some(FindingKind::Archived)
        } else if entry.customer_key {
            Some(FindingKind::CustomerKey)
        } else {
            facts.refused.then_some(FindingKind::RefusedName)
        };
        let changed =
            self.since.is_some_and(|since| compact_time::from_http_date(entry.modified).is_some_and(|at| at > since));
        let warnings = [
            (blocked.is_some(), blocked.unwrap_or(FindingKind::RefusedName)),
            (entry.leased, FindingKind::Leased),
            (facts.long, FindingKind::LongPath),
            (changed, FindingKind::Changed),
        ];
        for (_, kind) in warnings.into_iter().filter(|(found, _)| *found) {
            self.totals.note(kind, entry.size, || format!("{}/{}", self.container, entry.name));
        }
        if self.want == EntryFilter::All && self.shares.is_none() {
            let packed = blocked.is_none().then_some(entry.size);
            self.spread.push(entry.name, packed, self.totals.load.large.len());
        }
        if blocked.is_some() {
            self.totals.blocked += 1;
        } else if entry.size < LARGE_FLOOR {
            self.totals.load.add_small(entry.size);
        } else {
            let snapshot = snapshot.then(|| entry.snapshot.to_owned());
            let path = format!("{}/{}", self.container, entry.name);
            self.totals.load.large.push(LargeBlob { size: entry.size, path, snapshot });
        }
    }
}
