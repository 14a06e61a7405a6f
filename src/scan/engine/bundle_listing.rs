//! Lists bundles: one listing that counts for many small rules. A rule that turns out large goes on as a listing of its own, and a
//! bundle that lists mostly what nobody wants falls apart into requests for each rule.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::{Engine, ListingsInFlight};
use crate::azure::fault::{Fault, FaultKind};
use crate::plan::count::CountTotals;
use crate::scan::bundle::{Bundle, BundleShares, Member};
use crate::scan::fetch::FetchOutcome;
use crate::scan::page_counts::PageCounts;
use crate::scan::rules::EntryFilter;
use crate::scan::task::ListingTask;
use crate::scan::window::RetryDecision;

/// Rules a page must settle to be worth its while, unless most of it is wanted anyway.
const WORTH_A_PAGE: usize = 4;

/// A bundle and how far its listing is.
#[derive(Debug)]
pub(super) struct BundleListing {
    bundle: Arc<Bundle>,
    /// Place, marker and troubles of the listing.
    task: ListingTask,
    /// The first member whose names are not all listed.
    at: usize,
    /// Shares of members that are not settled yet.
    pending: BTreeMap<usize, CountTotals>,
}

impl BundleListing {
    pub(super) fn new(bundle: Bundle) -> Self {
        let task = ListingTask {
            container: Some(bundle.container.clone()),
            prefix: bundle.prefix.clone(),
            ..ListingTask::default()
        };
        Self { bundle: Arc::new(bundle), task, at: 0, pending: BTreeMap::new() }
    }

    /// Members that are not settled.
    pub(super) fn open(&self) -> &[Member] {
        self.bundle.members.get(self.at..).unwrap_or_default()
    }
}

impl Engine<'_> {
    pub(super) fn launch_run(&mut self, id: u64, run: BundleListing, pause: Duration) {
        let ask = run.task.ask(false, self.service.deleted, self.options.page_size);
        let mut tally = run.task.tally(EntryFilter::All, self.since, self.twins.mask());
        tally.shares = Some(BundleShares::new(Arc::clone(&run.bundle), run.at));
        let thorough = run.task.thorough;
        self.send(id, ListingsInFlight::Run(run), (ask, tally), thorough, pause);
    }

    /// Takes the answer to a bundle's page.
    pub(super) fn ran(&mut self, id: u64, mut run: BundleListing, outcome: FetchOutcome) {
        match outcome {
            FetchOutcome::Odd => {
                run.task.read_thoroughly();
                self.launch_run(id, run, Duration::ZERO);
            }
            FetchOutcome::Failed(fault) => self.run_failed(id, run, &fault),
            FetchOutcome::Blobs(tally, next) if next.is_none() || next != run.task.marker => {
                self.run_page(id, run, *tally, next);
            }
            // The service repeats a page.
            FetchOutcome::Blobs(..) | FetchOutcome::Containers(..) => self.dissolve(&run),
        }
    }

    fn run_page(&mut self, id: u64, mut run: BundleListing, mut tally: PageCounts, next: Option<String>) {
        self.healthy();
        self.service.deleted &= !run.task.plain;
        if tally.unordered {
            // Rules may have been settled before all of their names came.
            for member in &run.bundle.members {
                self.begin_anew(member.unit);
            }
            return;
        }
        if tally.hierarchical {
            return self.dissolve(&run);
        }
        self.meet_twins(&mut tally);
        let Some(shares) = tally.shares.take() else { return };
        let (before, large) = (run.at, shares.all_of_one().filter(|_| next.is_some() && !tally.past));
        for (index, totals) in shares.totals {
            run.pending.entry(index).or_default().merge(&totals, usize::MAX);
        }
        let ended = next.is_none() || tally.past;
        let settled = if ended { run.bundle.members.len() } else { shares.at };
        self.settle_members(&mut run, settled);
        let Some(next) = next.filter(|_| !ended) else { return };
        run.task.advance(&mut tally, next);
        match large {
            Some(index) => self.hand_over(&run, index),
            None if run.at - before < WORTH_A_PAGE && shares.taken * 2 < shares.seen => self.dissolve(&run),
            None => self.runs.push_front((id, run)),
        }
    }

    /// Closes the members before `end`.
    fn settle_members(&mut self, run: &mut BundleListing, end: usize) {
        let end = end.min(run.bundle.members.len());
        for index in run.at..end {
            let unit = run.bundle.members[index].unit;
            if let Some(totals) = run.pending.remove(&index) {
                self.units.add(unit, &totals);
            }
            self.units.closed(unit);
        }
        run.at = end;
    }

    /// A rule that fills a page gets a listing of its own, which can be cut and tells where its blobs lie; the others go on behind it.
    fn hand_over(&mut self, run: &BundleListing, index: usize) {
        self.begin(run.bundle.members[index].unit);
        match Bundle::clone(&run.bundle).rest(index + 1) {
            Ok(rest) => {
                let id = self.id();
                self.runs.push_back((id, BundleListing::new(rest)));
            }
            Err(members) => {
                for member in members {
                    self.begin(member.unit);
                }
            }
        }
    }

    fn run_failed(&mut self, id: u64, mut run: BundleListing, fault: &Fault) {
        match self.remedy(&mut run.task, fault) {
            RetryDecision::Again(pause) => self.launch_run(id, run, pause),
            RetryDecision::Missing if run.task.is_first_page() && fault.is_container_missing() => {
                for member in run.open() {
                    self.units.missing(member.unit);
                }
            }
            RetryDecision::GiveUp if fault.kind == FaultKind::Denied => {
                for member in run.open() {
                    let task = self.units.first(member.unit);
                    self.units.park(member.unit, task, fault);
                }
            }
            RetryDecision::Stop => {
                self.dissolve(&run);
                self.stop(fault);
            }
            RetryDecision::Anew | RetryDecision::Missing | RetryDecision::GiveUp => self.dissolve(&run),
        }
    }

    /// Asks for each open rule by itself.
    fn dissolve(&mut self, run: &BundleListing) {
        for member in run.open() {
            self.begin(member.unit);
        }
    }

    /// Takes all bundles back, so that every open rule has a listing of its own.
    pub(super) fn dissolve_all(&mut self) {
        let flying: Vec<u64> = self
            .flying
            .iter()
            .filter(|(_, flight)| matches!(flight, ListingsInFlight::Run(_)))
            .map(|(id, _)| *id)
            .collect();
        let mut runs: Vec<BundleListing> = self.runs.drain(..).map(|(_, run)| run).collect();
        for id in flying {
            if let Some(ListingsInFlight::Run(run)) = self.flying.remove(&id) {
                runs.push(run);
            }
        }
        for run in &runs {
            self.dissolve(run);
        }
    }

    fn begin(&mut self, unit: usize) {
        let (id, task) = (self.id(), self.units.first(unit));
        self.queue.push_back((id, task));
    }

    /// Counts a rule from the beginning although its names may not come in an order that can be cut.
    fn begin_anew(&mut self, unit: usize) {
        let (id, task) = (self.id(), self.units.start_over(unit));
        self.queue.push_back((id, task));
    }
}
