//! Counts the entries of one page. A page counts as a whole or not at all: [`PageCounter`] collects while the page is read, and only
//! [`PageCounter::finish`] makes the [`PageCounts`] that are added to the ledger. Pure.

use super::bundle::MemberCounts;
use super::collisions::{CaseCollisions, NameSample};
use super::compact_time;
use super::entry::{EntrySink, ListedEntry};
use super::names::{NameChecks, NameFacts};
use super::position::ListingCursor;
use super::prefix_sizes::{NameRun, NameSizes};
use super::rules::EntryFilter;
use crate::plan::count::{CountTotals, FindingKind};
use crate::plan::{LARGE_FLOOR, LargeBlob};

/// Which entries of a listing count.
#[derive(Clone, Debug)]
pub(super) struct ListingBounds {
    pub(super) container: String,
    /// What all names begin with; for one blob its whole name.
    pub(super) prefix: String,
    /// Names from here on belong to another listing.
    pub(super) end: Option<String>,
    pub(super) filter: EntryFilter,
}

/// What all pages of a scan are compared with.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PageContext {
    /// Blobs changed after this time are a finding, e.g. `20261122213408`.
    pub(super) since: Option<u64>,
    /// Low bits that are zero in the hash of a sampled name.
    pub(super) sample_mask: u64,
}

/// What one page holds.
#[derive(Debug)]
pub(super) struct PageCounts {
    container: String,
    /// Where the page ended.
    pub(super) cursor: ListingCursor,
    /// The totals of the rule; empty for a bundle.
    pub(super) totals: CountTotals,
    /// The totals of each member, for a bundle.
    pub(super) members: Option<MemberCounts>,
    /// How much lies under which prefix, for a rule that may have to be split.
    pub(super) runs: Vec<NameRun>,
    /// Names to compare with those of other pages.
    sample: NameSample,
    /// The page reaches beyond the listing: no further page is needed.
    pub(super) is_last: bool,
    /// Names do not come in the order of their bytes.
    pub(super) unordered: bool,
    /// The namespace is hierarchical.
    pub(super) hierarchical: bool,
}

/// Counts a page while it is read.
#[derive(Debug)]
pub(super) struct PageCounter {
    bounds: ListingBounds,
    cursor: ListingCursor,
    entries: EntryCounter,
    totals: CountTotals,
    members: Option<MemberCounts>,
    reached_end: bool,
    hierarchical: bool,
}

impl PageCounter {
    /// Counts for one rule.
    pub(super) fn of_rule(bounds: ListingBounds, cursor: ListingCursor, context: PageContext) -> Self {
        let sizes = (bounds.filter == EntryFilter::All).then(NameSizes::default);
        Self::new(bounds, cursor, context, sizes, None)
    }

    /// Counts for the rules of a bundle, each by itself.
    pub(super) fn of_bundle(
        bounds: ListingBounds,
        cursor: ListingCursor,
        context: PageContext,
        members: MemberCounts,
    ) -> Self {
        Self::new(bounds, cursor, context, None, Some(members))
    }

    fn new(
        bounds: ListingBounds,
        mut cursor: ListingCursor,
        context: PageContext,
        sizes: Option<NameSizes>,
        members: Option<MemberCounts>,
    ) -> Self {
        let entries = EntryCounter {
            container: bounds.container.clone(),
            names: std::mem::take(&mut cursor.names),
            since: context.since,
            sample: NameSample::new(context.sample_mask),
            sizes,
            unordered: false,
        };
        let totals = CountTotals::default();
        Self { bounds, cursor, entries, totals, members, reached_end: false, hierarchical: false }
    }

    /// What the page holds, once it is read to its end.
    pub(super) fn finish(self) -> PageCounts {
        let EntryCounter { container, names, sample, sizes, unordered, .. } = self.entries;
        let runs = sizes.map(|sizes| sizes.runs(&container, &self.totals.load.large)).unwrap_or_default();
        let is_last = self.reached_end || self.members.as_ref().is_some_and(MemberCounts::is_past);
        PageCounts {
            container,
            cursor: ListingCursor { names, ..self.cursor },
            totals: self.totals,
            members: self.members,
            runs,
            sample,
            is_last,
            unordered,
            hierarchical: self.hierarchical,
        }
    }

    /// Whether a name lies behind the end of the listing.
    fn is_beyond(&self, name: &str) -> bool {
        match self.bounds.filter {
            EntryFilter::All => self.bounds.end.as_deref().is_some_and(|end| name >= end),
            EntryFilter::Blob { .. } | EntryFilter::Snapshot { .. } => name != self.bounds.prefix,
        }
    }
}

impl EntrySink for PageCounter {
    fn blob(&mut self, entry: &ListedEntry<'_>) {
        self.hierarchical |= entry.hierarchical;
        if self.cursor.pass(entry.name) {
            return;
        }
        if self.is_beyond(entry.name) {
            self.reached_end = true;
            return;
        }
        let totals = match &mut self.members {
            Some(members) => members.totals_of(entry),
            None => self.bounds.filter.takes(entry).then_some(&mut self.totals),
        };
        if let Some(totals) = totals {
            self.entries.add(entry, totals);
        }
    }

    fn folder(&mut self, _: &str) {}
}

/// Adds entries to totals, and collects what is known only of all entries of a page together.
#[derive(Debug)]
struct EntryCounter {
    container: String,
    names: NameChecks,
    since: Option<u64>,
    sample: NameSample,
    /// `None` where the rule is never split.
    sizes: Option<NameSizes>,
    unordered: bool,
}

/// What an entry is to a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EntryClass {
    /// A directory or an older version, which an export leaves out.
    Ignored,
    /// Noted as a finding and not counted.
    SoftDeleted,
    Blob,
    Snapshot,
}

impl EntryClass {
    fn of(entry: &ListedEntry<'_>) -> Self {
        if entry.old_version || entry.directory {
            Self::Ignored
        } else if entry.deleted {
            Self::SoftDeleted
        } else if entry.snapshot.is_empty() {
            Self::Blob
        } else {
            Self::Snapshot
        }
    }
}

impl EntryCounter {
    fn add(&mut self, entry: &ListedEntry<'_>, totals: &mut CountTotals) {
        match EntryClass::of(entry) {
            EntryClass::Ignored => {}
            EntryClass::SoftDeleted => totals.note(FindingKind::SoftDeleted, entry.size, || self.path(entry.name)),
            EntryClass::Blob => {
                totals.blobs += 1;
                let facts = self.add_live(entry, totals);
                self.sample.add(entry.name, &facts);
            }
            EntryClass::Snapshot => {
                totals.snapshots += 1;
                self.add_live(entry, totals);
            }
        }
    }

    /// Adds a blob or snapshot that is there: its size, its findings, and what it takes on a drive.
    fn add_live(&mut self, entry: &ListedEntry<'_>, totals: &mut CountTotals) -> NameFacts {
        let facts = self.names.check(&self.container, entry.name);
        self.unordered |= facts.unordered;
        totals.bytes = totals.bytes.saturating_add(entry.size);
        let blocked = blocked_reason(entry, facts);
        self.note_findings(entry, facts, blocked, totals);
        if let Some(sizes) = &mut self.sizes {
            sizes.push(entry.name, blocked.is_none().then_some(entry.size), totals.load.large.len());
        }
        if blocked.is_some() {
            totals.blocked += 1;
        } else {
            self.add_load(entry, totals);
        }
        facts
    }

    fn note_findings(
        &self,
        entry: &ListedEntry<'_>,
        facts: NameFacts,
        blocked: Option<FindingKind>,
        totals: &mut CountTotals,
    ) {
        for kind in blocked.into_iter().chain(self.warnings(entry, facts)) {
            totals.note(kind, entry.size, || self.path(entry.name));
        }
        if let Some(length) = facts.folder_conflict {
            totals.note(FindingKind::BesideFolder, entry.size, || self.path(&entry.name[..length]));
        }
    }

    /// Findings that do not keep an entry from being exported.
    fn warnings(&self, entry: &ListedEntry<'_>, facts: NameFacts) -> impl Iterator<Item = FindingKind> + use<> {
        let warnings = [
            (entry.leased, FindingKind::Leased),
            (facts.long, FindingKind::LongPath),
            (self.is_changed(entry), FindingKind::Changed),
        ];
        warnings.into_iter().filter(|(found, _)| *found).map(|(_, kind)| kind)
    }

    fn is_changed(&self, entry: &ListedEntry<'_>) -> bool {
        let changed_after =
            |since| compact_time::from_http_date(entry.modified).is_some_and(|modified| modified > since);
        self.since.is_some_and(changed_after)
    }

    /// Adds what the entry takes on a drive: small ones as a sum, large ones one by one.
    fn add_load(&self, entry: &ListedEntry<'_>, totals: &mut CountTotals) {
        if entry.size < LARGE_FLOOR {
            totals.load.add_small(entry.size);
            return;
        }
        let snapshot = Some(entry.snapshot).filter(|time| !time.is_empty()).map(str::to_owned);
        totals.load.large.push(LargeBlob { size: entry.size, path: self.path(entry.name), snapshot });
    }

    fn path(&self, name: &str) -> String {
        path(&self.container, name)
    }
}

/// Why an entry cannot be exported as it is; the first reason counts.
fn blocked_reason(entry: &ListedEntry<'_>, facts: NameFacts) -> Option<FindingKind> {
    let reasons = [
        (entry.rehydrating, FindingKind::Rehydrating),
        (entry.archived, FindingKind::Archived),
        (entry.customer_key, FindingKind::CustomerKey),
        (facts.refused, FindingKind::RefusedName),
    ];
    reasons.into_iter().find(|(found, _)| *found).map(|(_, kind)| kind)
}

/// A blob as findings name it, e.g. `photos/2026/lynx.jpg`.
fn path(container: &str, name: &str) -> String {
    format!("{container}/{name}")
}

impl PageCounts {
    /// Compares the names of the page with those of earlier pages. Each that differs from one of them in case only is a finding.
    pub(super) fn note_collisions(&mut self, collisions: &mut CaseCollisions) {
        for name in collisions.take(&self.sample) {
            let totals = match &mut self.members {
                Some(members) => members.totals_of_name(name),
                None => &mut self.totals,
            };
            totals.note(FindingKind::CaseTwins, 0, || path(&self.container, name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counter(filter: EntryFilter, prefix: &str, end: Option<&str>) -> PageCounter {
        let bounds =
            ListingBounds { container: "c".into(), prefix: prefix.into(), end: end.map(str::to_owned), filter };
        PageCounter::of_rule(
            bounds,
            ListingCursor::default(),
            PageContext { since: Some(20_260_101_000_000), sample_mask: 0 },
        )
    }

    fn counted(mut counter: PageCounter, entries: &[ListedEntry<'_>]) -> PageCounts {
        for entry in entries {
            counter.blob(entry);
        }
        counter.finish()
    }

    fn entry(name: &str) -> ListedEntry<'_> {
        ListedEntry { name, size: 5, ..ListedEntry::default() }
    }

    #[test]
    fn directories_and_older_versions_are_left_out_and_deleted_blobs_are_a_finding() {
        let entries = [
            ListedEntry { directory: true, ..entry("a") },
            ListedEntry { old_version: true, ..entry("b") },
            ListedEntry { deleted: true, ..entry("c") },
            ListedEntry { snapshot: "2026", ..entry("d") },
            entry("d"),
        ];
        let page = counted(counter(EntryFilter::All, "", None), &entries);
        assert_eq!((page.totals.blobs, page.totals.snapshots, page.totals.bytes), (1, 1, 10));
        assert_eq!(page.totals.findings[&FindingKind::SoftDeleted].examples, ["c/c"]);
    }

    #[test]
    fn an_entry_that_cannot_be_exported_has_one_reason_and_any_number_of_warnings() {
        let worst = ListedEntry {
            rehydrating: true,
            archived: true,
            customer_key: true,
            leased: true,
            modified: "Sun, 22 Nov 2026 21:34:08 GMT",
            ..entry("con")
        };
        let page = counted(counter(EntryFilter::All, "", None), &[worst]);
        let kinds: Vec<FindingKind> = page.totals.findings.keys().copied().collect();
        assert!(kinds.contains(&FindingKind::Rehydrating) && kinds.contains(&FindingKind::Leased), "{kinds:?}");
        assert!(kinds.contains(&FindingKind::Changed) && kinds.len() == 3, "{kinds:?}");
        assert_eq!((page.totals.blobs, page.totals.blocked, page.totals.load.count()), (1, 1, 0));
        for (blocked, kind) in [
            (ListedEntry { archived: true, customer_key: true, ..entry("con") }, FindingKind::Archived),
            (ListedEntry { customer_key: true, ..entry("con") }, FindingKind::CustomerKey),
            (entry("con"), FindingKind::RefusedName),
        ] {
            let page = counted(counter(EntryFilter::All, "", None), &[blocked]);
            assert_eq!(page.totals.findings.keys().copied().collect::<Vec<_>>(), [kind]);
        }
    }

    #[test]
    fn a_page_that_reaches_beyond_its_listing_counts_up_to_there_and_is_the_last() {
        let names = ["a", "b", "m", "n"].map(entry);
        let page = counted(counter(EntryFilter::All, "", Some("m")), &names);
        assert_eq!((page.totals.blobs, page.is_last, page.cursor.position.name.as_str()), (2, true, "n"));
        let one = EntryFilter::Blob { snapshots: false };
        let page = counted(counter(one.clone(), "a", None), &["a", "ab"].map(entry));
        assert_eq!((page.totals.blobs, page.is_last, page.runs.len()), (1, true, 0));
        assert!(!counted(counter(one, "a", None), &[entry("a")]).is_last);
    }

    #[test]
    fn a_collision_is_noted_with_the_name_it_was_found_for() {
        let mut page = counted(counter(EntryFilter::All, "", None), &["Lynx", "koala", "lynx"].map(entry));
        page.note_collisions(&mut CaseCollisions::default());
        assert_eq!(page.totals.findings[&FindingKind::CaseTwins].examples, ["c/lynx"]);
    }
}
