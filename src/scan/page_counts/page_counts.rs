//! Counts the entries of one page. Pure.

use super::entry_counter::{EntryCounter, path};
use crate::plan::count::{CountTotals, FindingKind};
use crate::scan::bundle::MemberCounts;
use crate::scan::collisions::{CaseCollisions, NameSample};
use crate::scan::entry::{EntrySink, ListedEntry, ListingForm};
use crate::scan::position::ListingCursor;
use crate::scan::prefix_sizes::{NameRun, NameSizes};
use crate::scan::rules::EntryFilter;

/// The entries of a listing that count.
#[derive(Clone, Debug)]
pub(crate) struct ListingBounds {
    pub(crate) container: String,
    /// The prefix of all names; for one blob its whole name.
    pub(crate) prefix: String,
    /// Names from here on belong to another listing.
    pub(crate) end: Option<String>,
    pub(crate) filter: EntryFilter,
}

/// Values of the scan that all its pages share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageContext {
    /// Blobs changed after this time are a finding, e.g. `20261122213408`.
    pub(crate) since: Option<u64>,
    /// Low bits that are zero in the hash of a sampled name.
    pub(crate) sample_mask: u64,
    /// Blobs of at least so many bytes are kept one by one.
    pub(crate) large_floor: u64,
}

/// The counts of one page.
#[derive(Debug)]
pub(crate) struct PageCounts {
    container: String,
    /// The position behind the page.
    pub(crate) cursor: ListingCursor,
    /// The totals of the rule; empty for a bundle.
    pub(crate) totals: CountTotals,
    /// The totals of each member, for a bundle.
    pub(crate) members: Option<MemberCounts>,
    /// Prefixes and the load under each, for a rule that may have to be split.
    pub(crate) runs: Vec<NameRun>,
    /// Names to compare with those of other pages.
    sample: NameSample,
    /// The page reaches beyond the listing: no further page is needed.
    pub(crate) is_last: bool,
    /// Names do not come in the order of their bytes.
    pub(crate) unordered: bool,
    /// The namespace is hierarchical.
    pub(crate) hierarchical: bool,
    pub(crate) form: ListingForm,
}

/// Counts a page while it is read.
#[derive(Debug)]
pub(crate) struct PageCounter {
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
    pub(crate) fn of_rule(bounds: ListingBounds, cursor: ListingCursor, context: PageContext) -> Self {
        let sizes = (bounds.filter == EntryFilter::All).then(NameSizes::default);
        Self::new(bounds, cursor, context, sizes, None)
    }

    /// Counts for each rule of a bundle.
    pub(crate) fn of_bundle(
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
            large_floor: context.large_floor,
            sample: NameSample::new(context.sample_mask),
            sizes,
            unordered: false,
        };
        let totals = CountTotals::default();
        Self { bounds, cursor, entries, totals, members, reached_end: false, hierarchical: false }
    }

    /// The counts of the page. Call it once the page is read to its end; `form` is the one that it came in.
    pub(crate) fn finish(self, form: ListingForm) -> PageCounts {
        let EntryCounter { container, names, sample, sizes, unordered, large_floor, .. } = self.entries;
        let runs = sizes.map(|sizes| sizes.runs(&container, &self.totals.load.large, large_floor)).unwrap_or_default();
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
            form,
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

impl PageCounts {
    /// Compares the names of the page with those of earlier pages. Each that differs from one of them in case only is a finding.
    pub(crate) fn note_collisions(&mut self, collisions: &mut CaseCollisions) {
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
    use crate::plan::LARGE_FLOOR;
    use crate::plan::count::TierBytes;
    use crate::scan::entry::{ListedTier, ModifiedTime};

    fn counter(filter: EntryFilter, prefix: &str, end: Option<&str>) -> PageCounter {
        let bounds =
            ListingBounds { container: "c".into(), prefix: prefix.into(), end: end.map(str::to_owned), filter };
        PageCounter::of_rule(
            bounds,
            ListingCursor::default(),
            PageContext { since: Some(20_260_101_000_000), sample_mask: 0, large_floor: LARGE_FLOOR },
        )
    }

    fn counted(mut counter: PageCounter, entries: &[ListedEntry<'_>]) -> PageCounts {
        for entry in entries {
            counter.blob(entry);
        }
        counter.finish(ListingForm::Xml)
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
            tier: ListedTier::Archive,
            customer_key: true,
            leased: true,
            modified: ModifiedTime::HttpDate("Sun, 22 Nov 2026 21:34:08 GMT"),
            ..entry("con")
        };
        let page = counted(counter(EntryFilter::All, "", None), &[worst]);
        let kinds: Vec<FindingKind> = page.totals.findings.keys().copied().collect();
        assert!(kinds.contains(&FindingKind::Rehydrating) && kinds.contains(&FindingKind::Leased), "{kinds:?}");
        assert!(kinds.contains(&FindingKind::Changed) && kinds.len() == 3, "{kinds:?}");
        assert_eq!((page.totals.blobs, page.totals.blocked, page.totals.load.count()), (1, 1, 0));
        for (blocked, kind) in [
            (ListedEntry { tier: ListedTier::Archive, customer_key: true, ..entry("con") }, FindingKind::Archived),
            (ListedEntry { customer_key: true, ..entry("con") }, FindingKind::CustomerKey),
            (entry("con"), FindingKind::RefusedName),
        ] {
            let page = counted(counter(EntryFilter::All, "", None), &[blocked]);
            assert_eq!(page.totals.findings.keys().copied().collect::<Vec<_>>(), [kind]);
        }
    }

    #[test]
    fn w77_the_bytes_in_the_cool_and_the_cold_tier_are_counted_apart_and_only_where_they_are_exported() {
        let of = |name, tier| ListedEntry { tier, ..entry(name) };
        let entries = [
            of("a", ListedTier::Cool),
            of("b", ListedTier::Cold),
            ListedEntry { snapshot: "2026", ..of("c", ListedTier::Cold) },
            of("c", ListedTier::Other),
            of("con", ListedTier::Cool),
            ListedEntry { deleted: true, ..of("d", ListedTier::Cool) },
            ListedEntry { rehydrating: true, ..of("e", ListedTier::Cold) },
            of("f", ListedTier::Archive),
        ];
        let page = counted(counter(EntryFilter::All, "", None), &entries);
        assert_eq!((page.totals.tiers, page.totals.blocked), (TierBytes { cool: 5, cold: 10 }, 3));
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
