//! The ledger of a scan: each counted rule with its totals and how many listings are open for it. Rules are named by their index here.
//! No IO.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use super::bundle::Bundle;
use super::checkpoint::{Checkpoint, RuleProgress};
use super::collisions::CaseCollisions;
use super::finding_examples::FindingExamples;
use super::large_floor::LargeFloor;
use super::prefix_sizes::{KEPT_PREFIXES, MAX_PREFIXES, NameRun, PrefixSizes};
use super::rules::{EntryFilter, statuses};
use super::task::ListingTask;
use crate::azure::fault::Fault;
use crate::plan::count::{CountProgress, CountReport, CountTotals, RuleReport, RuleStatus};
use crate::select::Rule;

/// One counted rule.
#[derive(Debug)]
struct RuleCount {
    /// Its index among the rules of the selection. A rule that repeats or lies inside another has no entry here.
    index: usize,
    totals: CountTotals,
    /// Listings that are not at their end.
    open: usize,
    /// Listings given up, for a later scan.
    parked: Vec<ListingTask>,
    /// It was counted by an earlier scan.
    reused: bool,
    problem: Option<Fault>,
    /// More than one listing counts for the rule.
    split: bool,
    order: NameOrder,
    prefix_sizes: PrefixSizes,
    /// How often it was counted from its beginning again.
    restarts: u32,
    /// Left out of the checkpoint: the next scan counts the rule from its beginning.
    forgotten: bool,
}

/// In which order names come, which decides where a listing can be split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NameOrder {
    /// By their bytes, as far as seen: it can be split anywhere.
    Bytes,
    /// As in a hierarchical namespace, where a folder's blobs follow the folder's name: it can be split between prefixes.
    Hierarchical,
    /// By some other order: it cannot be split.
    Unordered,
}

/// All rules and their counts.
#[derive(Debug)]
pub(super) struct Ledger {
    rules: Vec<Rule>,
    statuses: Vec<RuleStatus>,
    counts: Vec<RuleCount>,
    large: LargeFloor,
    examples: FindingExamples,
    /// Prefixes of all rules together.
    prefixes: usize,
}

/// What a scan starts with.
#[derive(Debug)]
pub(super) struct LedgerStart {
    pub(super) ledger: Ledger,
    pub(super) listings: Vec<ListingTask>,
    pub(super) bundles: Vec<Bundle>,
    /// Names seen so far.
    pub(super) collisions: CaseCollisions,
}

impl RuleCount {
    fn new(index: usize, open: usize) -> Self {
        Self {
            index,
            totals: CountTotals::default(),
            open,
            parked: Vec::new(),
            reused: false,
            problem: None,
            split: false,
            order: NameOrder::Bytes,
            prefix_sizes: PrefixSizes::default(),
            restarts: 0,
            forgotten: false,
        }
    }

    /// Goes on with what an earlier scan counted; returns the listings that are left.
    fn resume(index: usize, saved: RuleProgress) -> (Self, Vec<ListingTask>) {
        let count = Self {
            totals: saved.totals,
            reused: saved.listings.is_empty(),
            split: saved.split,
            order: if saved.unordered { NameOrder::Unordered } else { NameOrder::Bytes },
            prefix_sizes: saved.prefix_sizes,
            ..Self::new(index, saved.listings.len())
        };
        (count, saved.listings)
    }
}

impl Ledger {
    /// The ledger for `rules`, with everything of `saved` that fits them.
    pub(super) fn start(rules: &[Rule], saved: Option<Checkpoint>) -> LedgerStart {
        let statuses = statuses(rules);
        let (saved, mut collisions) = saved.map_or_else(Default::default, |saved| (saved.rules, saved.collisions));
        let mut saved: HashMap<Rule, RuleProgress> =
            saved.into_iter().map(|saved| (saved.rule.clone(), saved)).collect();
        let (mut counts, mut listings, mut new) = (Vec::new(), Vec::new(), Vec::new());
        for (index, _) in statuses.iter().enumerate().filter(|(_, status)| **status == RuleStatus::Counted) {
            let (rule, in_ledger) = (&rules[index], counts.len());
            if let Some(saved) = saved.remove(rule) {
                let (count, left) = RuleCount::resume(index, saved);
                counts.push(count);
                listings.extend(left.into_iter().map(|task| ListingTask { rule: in_ledger, ..task }));
            } else {
                counts.push(RuleCount::new(index, 1));
                new.push((in_ledger, rule, EntryFilter::of(rule)));
            }
        }
        if !saved.is_empty() {
            // Names of rules that are gone would collide with names that are there.
            collisions = CaseCollisions::default();
        }
        let bundles = Bundle::group(new.iter().cloned());
        let members: HashSet<usize> =
            bundles.iter().flat_map(|bundle| &bundle.members).map(|member| member.rule).collect();
        let alone = new.iter().filter(|(rule, ..)| !members.contains(rule));
        listings.extend(alone.map(|(index, rule, _)| ListingTask::of_rule(*index, rule)));
        let large = LargeFloor::new(counts.iter().map(|count| &count.totals.load));
        let examples = FindingExamples::new(counts.iter().map(|count| &count.totals));
        let prefixes = counts.iter().map(|count| count.prefix_sizes.len()).sum();
        let ledger = Self { rules: rules.to_vec(), statuses, counts, large, examples, prefixes };
        LedgerStart { ledger, listings, bundles, collisions }
    }

    pub(super) fn filter(&self, rule: usize) -> EntryFilter {
        EntryFilter::of(&self.rules[self.counts[rule].index])
    }

    /// The listing that a rule starts with.
    pub(super) fn first_listing(&self, rule: usize) -> ListingTask {
        ListingTask::of_rule(rule, &self.rules[self.counts[rule].index])
    }

    /// Blobs of at least so many bytes are kept one by one.
    pub(super) fn large_floor(&self) -> u64 {
        self.large.bytes()
    }

    /// Adds the totals of a page.
    pub(super) fn add(&mut self, rule: usize, page: &CountTotals) {
        self.examples.merge(&mut self.counts[rule].totals, page, self.large.bytes());
        if self.large.add(&page.load) {
            self.large.raise(self.counts.iter().map(|count| &count.totals.load));
            for count in &mut self.counts {
                count.totals.load.sum_below(self.large.bytes());
                count.prefix_sizes.sum_below(self.large.bytes());
            }
        }
    }

    /// Adds how much of a page lies under which prefix.
    pub(super) fn add_runs(&mut self, rule: usize, runs: Vec<NameRun>) {
        let sizes = &mut self.counts[rule].prefix_sizes;
        let before = sizes.len();
        sizes.add(runs, self.large.bytes());
        self.prefixes = self.prefixes.saturating_sub(before) + sizes.len();
        if self.prefixes > MAX_PREFIXES + self.counts.len() {
            self.merge_prefixes();
        }
    }

    /// Merges prefixes. Each rule keeps one, and of the others as many as its share of all bytes.
    fn merge_prefixes(&mut self) {
        let weights: Vec<u64> = self.counts.iter().map(|count| count.prefix_sizes.weight()).collect();
        let all = weights.iter().copied().map(u128::from).sum::<u128>().max(1);
        for (count, weight) in self.counts.iter_mut().zip(weights) {
            let share = u128::from(weight) * KEPT_PREFIXES as u128 / all;
            count.prefix_sizes.merge_smallest(1 + usize::try_from(share).unwrap_or(KEPT_PREFIXES));
        }
        self.prefixes = self.counts.iter().map(|count| count.prefix_sizes.len()).sum();
    }

    pub(super) fn listing_opened(&mut self, rule: usize) {
        self.counts[rule].open += 1;
    }

    pub(super) fn listing_closed(&mut self, rule: usize) {
        self.counts[rule].open = self.counts[rule].open.saturating_sub(1);
    }

    /// Notes that a listing took over a part of another.
    pub(super) fn listing_split(&mut self, rule: usize) {
        self.counts[rule].split = true;
        self.listing_opened(rule);
    }

    pub(super) fn can_split(&self, rule: usize) -> bool {
        self.is_ordered(rule) && self.filter(rule) == EntryFilter::All
    }

    /// Whether a listing may start and end at any name.
    pub(super) fn can_start_anywhere(&self, rule: usize) -> bool {
        self.counts[rule].order == NameOrder::Bytes
    }

    /// Notes that the namespace is hierarchical.
    pub(super) fn note_hierarchical(&mut self, rule: usize) {
        let order = &mut self.counts[rule].order;
        *order = if *order == NameOrder::Unordered { NameOrder::Unordered } else { NameOrder::Hierarchical };
    }

    pub(super) fn is_ordered(&self, rule: usize) -> bool {
        self.counts[rule].order != NameOrder::Unordered
    }

    pub(super) fn is_split(&self, rule: usize) -> bool {
        self.counts[rule].split
    }

    /// Notes that names came out of order. Returns whether the counts of the rule are useless, because its listings were split by name.
    pub(super) fn note_unordered(&mut self, rule: usize) -> bool {
        let count = &mut self.counts[rule];
        count.order = NameOrder::Unordered;
        count.split
    }

    /// Resets the counts of a rule; returns the listing that counts it again from its beginning.
    pub(super) fn restart(&mut self, rule: usize) -> ListingTask {
        let task = self.first_listing(rule);
        let count = &mut self.counts[rule];
        (count.totals, count.open, count.split, count.order) = (CountTotals::default(), 1, false, NameOrder::Unordered);
        count.prefix_sizes = PrefixSizes::default();
        count.restarts += 1;
        task
    }

    /// How often a rule was counted from its beginning again.
    pub(super) fn restarts(&self, rule: usize) -> u32 {
        self.counts[rule].restarts
    }

    /// Whether the rule names its container.
    pub(super) fn names_container(&self, rule: usize) -> bool {
        self.first_listing(rule).container.is_some()
    }

    /// Whether the rule is still counted by the listing it started with.
    pub(super) fn is_untouched(&self, rule: usize) -> bool {
        let count = &self.counts[rule];
        !count.split && count.restarts == 0
    }

    /// Notes that the container a rule names does not exist: the rule matches nothing now. The next scan looks again.
    pub(super) fn container_missing(&mut self, rule: usize) {
        self.listing_closed(rule);
        self.forget(rule);
    }

    /// Leaves a rule out of the checkpoint: the next scan counts it from its beginning.
    pub(super) fn forget(&mut self, rule: usize) {
        self.counts[rule].forgotten = true;
    }

    /// Keeps a listing for a later scan, and why it was given up.
    pub(super) fn park(&mut self, rule: usize, task: ListingTask, fault: &Fault) {
        let count = &mut self.counts[rule];
        count.parked.push(task);
        count.problem.get_or_insert_with(|| fault.clone());
    }

    /// Rules with open listings.
    pub(super) fn unfinished(&self) -> Vec<usize> {
        (0..self.counts.len()).filter(|rule| self.counts[*rule].open > 0).collect()
    }

    pub(super) fn progress(&self) -> CountProgress {
        let mut progress = CountProgress { rules: (0, self.counts.len()), ..CountProgress::default() };
        for count in &self.counts {
            progress.blobs = progress.blobs.saturating_add(count.totals.blobs);
            progress.snapshots = progress.snapshots.saturating_add(count.totals.snapshots);
            progress.bytes = progress.bytes.saturating_add(count.totals.bytes);
            progress.rules.0 += usize::from(count.open == 0);
        }
        progress
    }

    /// The rules for the checkpoint; `open` are all listings that are not at their end and not parked.
    pub(super) fn saved_rules(&self, open: impl Iterator<Item = ListingTask>) -> Vec<RuleProgress> {
        let mut listings: Vec<Vec<ListingTask>> = self.counts.iter().map(|count| count.parked.clone()).collect();
        for task in open {
            listings[task.rule].push(task);
        }
        let kept = self.counts.iter().zip(listings).filter(|(count, _)| !count.forgotten);
        kept.map(|(count, listings)| RuleProgress {
            rule: self.rules[count.index].clone(),
            totals: count.totals.clone(),
            listings,
            unordered: count.order == NameOrder::Unordered,
            split: count.split,
            prefix_sizes: count.prefix_sizes.clone(),
        })
        .collect()
    }

    /// The report of the scan; `names_one_in` says which share of the names was compared for collisions.
    pub(super) fn into_report(self, requests: u64, took: Duration, names_one_in: u64) -> CountReport {
        let uncounted = |(rule, status): (Rule, RuleStatus)| RuleReport {
            rule,
            standing: status,
            totals: CountTotals::default(),
            complete: true,
            reused: false,
            problem: None,
            parts: Vec::new(),
        };
        let mut rules: Vec<RuleReport> = self.rules.into_iter().zip(self.statuses).map(uncounted).collect();
        let mut totals = CountTotals::default();
        for count in self.counts {
            totals.merge(&count.totals, self.large.bytes());
            let report = &mut rules[count.index];
            (report.complete, report.reused) = (count.open == 0, count.reused);
            report.totals = count.totals;
            report.problem = count.problem;
            report.parts = count.prefix_sizes.into_parts();
        }
        CountReport {
            complete: rules.iter().all(|rule| rule.complete),
            totals,
            rules,
            requests,
            millis: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            twins_one_in: names_one_in,
            since: None,
            began_anew: None,
        }
    }
}
