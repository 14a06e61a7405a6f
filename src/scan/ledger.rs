//! The books of a scan: each counted rule with its totals and how many listings are open for it. No IO.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use super::bundle::Bundle;
use super::checkpoint::{Checkpoint, SavedRule};
use super::collisions::CaseCollisions;
use super::prefix_sizes::{NameRun, PrefixSizes};
use super::rules::{EntryFilter, statuses};
use super::task::ListingTask;
use crate::azure::fault::Fault;
use crate::plan::count::RuleStatus;
use crate::plan::count::{CountProgress, CountReport, CountTotals, RuleReport};
use crate::select::Rule;

/// Large blobs kept one by one over all rules.
const LARGE_KEPT: usize = 16_384;

/// One rule that is counted on its own.
#[derive(Debug)]
struct RuleCount {
    /// Its place among the rules.
    index: usize,
    totals: CountTotals,
    /// Listings not at their end.
    open: usize,
    /// Listings given up, for a later scan.
    parked: Vec<ListingTask>,
    reused: bool,
    problem: Option<Fault>,
    /// More than one listing shares the rule.
    split: bool,
    order: NameOrder,
    prefix_sizes: PrefixSizes,
    /// How often it was counted from the beginning once more.
    restarts: u32,
    /// What was counted is not gone on from: the next scan counts the rule from its beginning.
    forgotten: bool,
}

/// In which order names come, which decides where a listing can be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NameOrder {
    /// By their bytes, as far as seen: anywhere.
    Bytes,
    /// As a hierarchical namespace has them, a folder's blobs behind the folder's name: between prefixes.
    Hierarchical,
    /// Some other: nowhere.
    Unordered,
}

/// All rules.
#[derive(Debug)]
pub(super) struct Ledger {
    rules: Vec<Rule>,
    statuses: Vec<RuleStatus>,
    counts: Vec<RuleCount>,
    large_kept: usize,
}

impl Ledger {
    /// The books for `rules`, the listings and bundles to begin with, and the names seen so far, taken over from `saved` where they
    /// fit.
    pub(super) fn new(
        rules: &[Rule],
        saved: Option<Checkpoint>,
    ) -> (Self, Vec<(u64, ListingTask)>, Vec<Bundle>, CaseCollisions) {
        let standings = statuses(rules);
        let (old, mut twins) = saved.map_or_else(Default::default, |saved| (saved.rules, saved.collisions));
        let mut old: HashMap<Rule, SavedRule> = old.into_iter().map(|unit| (unit.rule.clone(), unit)).collect();
        let (mut units, mut queue, mut fresh) = (Vec::new(), Vec::new(), Vec::new());
        let counted = standings.iter().enumerate().filter(|(_, standing)| **standing == RuleStatus::Counted);
        for (index, (place, _)) in counted.enumerate() {
            let taken = old.remove(&rules[place]);
            if taken.is_none() {
                fresh.push((index, &rules[place], EntryFilter::of(&rules[place])));
            }
            let open = taken
                .as_ref()
                .map_or_else(|| vec![ListingTask::of_rule(index, &rules[place])], |taken| taken.listings.clone());
            let (reused, split, unordered) = taken
                .as_ref()
                .map_or((false, false, false), |taken| (taken.listings.is_empty(), taken.split, taken.unordered));
            let (totals, parts) = taken.map(|taken| (taken.totals, taken.prefix_sizes)).unwrap_or_default();
            units.push(RuleCount {
                index: place,
                totals,
                open: open.len(),
                parked: Vec::new(),
                reused,
                problem: None,
                split,
                order: if unordered { NameOrder::Unordered } else { NameOrder::Bytes },
                prefix_sizes: parts,
                restarts: 0,
                forgotten: false,
            });
            queue.extend(open.into_iter().map(|task| ListingTask { rule: index, ..task }));
        }
        if !old.is_empty() {
            // Names of rules that are gone would pair with names that are not.
            twins = CaseCollisions::default();
        }
        let large = (LARGE_KEPT / units.len().max(1)).max(16);
        let bundles = Bundle::group(fresh.into_iter());
        let members: HashSet<usize> =
            bundles.iter().flat_map(|bundle| &bundle.members).map(|member| member.rule).collect();
        queue.retain(|task| !members.contains(&task.rule));
        (
            Self { rules: rules.to_vec(), statuses: standings, counts: units, large_kept: large },
            (0..).zip(queue).collect(),
            bundles,
            twins,
        )
    }

    pub(super) fn filter(&self, unit: usize) -> EntryFilter {
        EntryFilter::of(&self.rules[self.counts[unit].index])
    }

    /// The listing a unit begins with.
    pub(super) fn first_listing(&self, unit: usize) -> ListingTask {
        ListingTask::of_rule(unit, &self.rules[self.counts[unit].index])
    }

    pub(super) fn add(&mut self, unit: usize, page: &CountTotals) {
        self.counts[unit].totals.merge(page, self.large_kept);
    }

    /// Adds where a page's blobs lie.
    pub(super) fn add_runs(&mut self, unit: usize, runs: Vec<NameRun>) {
        let rules = self.counts.len();
        self.counts[unit].prefix_sizes.add(runs, rules);
    }

    pub(super) fn listing_opened(&mut self, unit: usize) {
        self.counts[unit].open += 1;
    }

    pub(super) fn listing_closed(&mut self, unit: usize) {
        self.counts[unit].open = self.counts[unit].open.saturating_sub(1);
    }

    /// One more listing took over a part of another.
    pub(super) fn listing_split(&mut self, unit: usize) {
        self.counts[unit].split = true;
        self.listing_opened(unit);
    }

    pub(super) fn can_split(&self, unit: usize) -> bool {
        self.is_ordered(unit) && self.filter(unit) == EntryFilter::All
    }

    /// Whether a listing may begin and end at any name.
    pub(super) fn can_start_anywhere(&self, unit: usize) -> bool {
        self.counts[unit].order == NameOrder::Bytes
    }

    /// Notes that the namespace is hierarchical.
    pub(super) fn note_hierarchical(&mut self, unit: usize) {
        let order = &mut self.counts[unit].order;
        *order = if *order == NameOrder::Unordered { NameOrder::Unordered } else { NameOrder::Hierarchical };
    }

    pub(super) fn is_ordered(&self, unit: usize) -> bool {
        self.counts[unit].order != NameOrder::Unordered
    }

    pub(super) fn is_split(&self, unit: usize) -> bool {
        self.counts[unit].split
    }

    /// Notes that names came out of order; `true` when what was counted cannot be trusted because listings were cut.
    pub(super) fn note_unordered(&mut self, unit: usize) -> bool {
        let unit = &mut self.counts[unit];
        unit.order = NameOrder::Unordered;
        unit.split
    }

    pub(super) fn restart(&mut self, unit: usize) -> ListingTask {
        let task = self.first_listing(unit);
        let unit = &mut self.counts[unit];
        (unit.totals, unit.open, unit.split, unit.order) = (CountTotals::default(), 1, false, NameOrder::Unordered);
        unit.prefix_sizes = PrefixSizes::default();
        unit.restarts += 1;
        task
    }

    /// How often a rule was counted from its beginning once more.
    pub(super) fn restarts(&self, unit: usize) -> u32 {
        self.counts[unit].restarts
    }

    /// Whether the rule itself says which container it is about.
    pub(super) fn names_container(&self, unit: usize) -> bool {
        self.first_listing(unit).container.is_some()
    }

    /// Whether the rule is still counted by the listing it began with.
    pub(super) fn is_untouched(&self, unit: usize) -> bool {
        let unit = &self.counts[unit];
        !unit.split && unit.restarts == 0
    }

    /// The container that a rule names is not there: it matches nothing now. The next scan asks again.
    pub(super) fn container_missing(&mut self, unit: usize) {
        self.listing_closed(unit);
        self.forget(unit);
    }

    /// The next scan counts the rule from its beginning.
    pub(super) fn forget(&mut self, unit: usize) {
        self.counts[unit].forgotten = true;
    }

    pub(super) fn park(&mut self, unit: usize, task: ListingTask, fault: &Fault) {
        let unit = &mut self.counts[unit];
        unit.parked.push(task);
        unit.problem.get_or_insert_with(|| fault.clone());
    }

    pub(super) fn unfinished(&self) -> Vec<usize> {
        (0..self.counts.len()).filter(|unit| self.counts[*unit].open > 0).collect()
    }

    pub(super) fn progress(&self) -> CountProgress {
        let mut progress = CountProgress { rules: (0, self.counts.len()), ..CountProgress::default() };
        for unit in &self.counts {
            progress.blobs = progress.blobs.saturating_add(unit.totals.blobs);
            progress.snapshots = progress.snapshots.saturating_add(unit.totals.snapshots);
            progress.bytes = progress.bytes.saturating_add(unit.totals.bytes);
            progress.rules.0 += usize::from(unit.open == 0);
        }
        progress
    }

    /// The state for the disk; `open` are the listings not parked.
    pub(super) fn saved(&self, open: impl Iterator<Item = ListingTask>) -> Vec<SavedRule> {
        let save = |unit: &RuleCount| SavedRule {
            rule: self.rules[unit.index].clone(),
            totals: unit.totals.clone(),
            listings: unit.parked.clone(),
            unordered: unit.order == NameOrder::Unordered,
            prefix_sizes: unit.prefix_sizes.clone(),
            split: unit.split,
        };
        let mut saved: Vec<SavedRule> = self.counts.iter().map(save).collect();
        for task in open {
            saved[task.rule].listings.push(task);
        }
        let mut kept = self.counts.iter().map(|unit| !unit.forgotten);
        saved.retain(|_| kept.next().unwrap_or(true));
        saved
    }

    pub(super) fn report(&self, requests: u64, took: Duration, twins_one_in: u64) -> CountReport {
        let mut totals = CountTotals::default();
        let idle = |(rule, standing): (&Rule, &RuleStatus)| RuleReport {
            rule: rule.clone(),
            standing: standing.clone(),
            totals: CountTotals::default(),
            complete: true,
            reused: false,
            problem: None,
            parts: Vec::new(),
        };
        let mut rules: Vec<RuleReport> = self.rules.iter().zip(&self.statuses).map(idle).collect();
        for unit in &self.counts {
            totals.merge(&unit.totals, usize::MAX);
            let rule = &mut rules[unit.index];
            rule.totals = unit.totals.clone();
            (rule.complete, rule.reused) = (unit.open == 0, unit.reused);
            rule.problem.clone_from(&unit.problem);
            rule.parts = unit.prefix_sizes.parts();
        }
        let complete = rules.iter().all(|rule| rule.complete);
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        CountReport { totals, rules, requests, millis, complete, twins_one_in, since: None, began_anew: None }
    }
}
