//! Lists bundles: one listing that counts for many small rules. A rule that turns out large goes on as a listing of its own, and a
//! bundle that lists mostly what nobody wants falls apart into requests for each rule.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::{Engine, InFlight};
use crate::azure::fault::{Fault, FaultKind};
use crate::plan::count::CountTotals;
use crate::scan::bundle::{Bundle, Member, MemberCounts};
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
    first_open: usize,
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
        Self { bundle: Arc::new(bundle), task, first_open: 0, pending: BTreeMap::new() }
    }

    /// Members that are not settled.
    pub(super) fn open(&self) -> &[Member] {
        self.bundle.members.get(self.first_open..).unwrap_or_default()
    }
}

impl Engine<'_> {
    pub(super) fn send_bundle(&mut self, id: u64, run: BundleListing, pause: Duration) {
        let ask = run.task.query(false, self.service.deleted, self.options.page_size);
        let mut tally = run.task.tally(EntryFilter::All, self.since, self.collisions.mask());
        tally.shares = Some(MemberCounts::new(Arc::clone(&run.bundle), run.first_open));
        let thorough = run.task.full_parser;
        self.send(id, InFlight::Bundle(run), (ask, tally), thorough, pause);
    }

    /// Takes the answer to a bundle's page.
    pub(super) fn take_bundle_answer(&mut self, id: u64, mut run: BundleListing, outcome: FetchOutcome) {
        match outcome {
            FetchOutcome::Unparsed => {
                run.task.use_full_parser();
                self.send_bundle(id, run, Duration::ZERO);
            }
            FetchOutcome::Failed(fault) => self.bundle_failed(id, run, &fault),
            FetchOutcome::Blobs(tally, next) if next.is_none() || next != run.task.marker => {
                self.count_bundle_page(id, run, *tally, next);
            }
            // The service repeats a page.
            FetchOutcome::Blobs(..) | FetchOutcome::Containers(..) => self.unbundle(&run),
        }
    }

    fn count_bundle_page(&mut self, id: u64, mut run: BundleListing, mut tally: PageCounts, next: Option<String>) {
        self.note_answer();
        self.service.deleted &= !run.task.without_deleted;
        if tally.unordered {
            // Rules may have been settled before all of their names came.
            for member in &run.bundle.members {
                self.restart_rule_later(member.rule);
            }
            return;
        }
        if tally.hierarchical {
            return self.unbundle(&run);
        }
        self.note_collisions(&mut tally);
        let Some(shares) = tally.shares.take() else { return };
        let (before, large) = (run.first_open, shares.sole_prefix().filter(|_| next.is_some() && !tally.past));
        for (index, totals) in shares.totals {
            run.pending.entry(index).or_default().merge(&totals, usize::MAX);
        }
        let ended = next.is_none() || tally.past;
        let settled = if ended { run.bundle.members.len() } else { shares.first_open };
        self.close_members(&mut run, settled);
        let Some(next) = next.filter(|_| !ended) else { return };
        run.task.advance(&mut tally, next);
        match large {
            Some(index) => self.hand_over(&run, index),
            None if run.first_open - before < WORTH_A_PAGE && shares.taken * 2 < shares.seen => self.unbundle(&run),
            None => self.bundles.push_front((id, run)),
        }
    }

    /// Closes the members before `end`.
    fn close_members(&mut self, run: &mut BundleListing, end: usize) {
        let end = end.min(run.bundle.members.len());
        for index in run.first_open..end {
            let unit = run.bundle.members[index].rule;
            if let Some(totals) = run.pending.remove(&index) {
                self.ledger.add(unit, &totals);
            }
            self.ledger.listing_closed(unit);
        }
        run.first_open = end;
    }

    /// A rule that fills a page gets a listing of its own, which can be cut and tells where its blobs lie; the others go on behind it.
    fn hand_over(&mut self, run: &BundleListing, index: usize) {
        self.start_rule(run.bundle.members[index].rule);
        match Bundle::clone(&run.bundle).rest(index + 1) {
            Ok(rest) => {
                let id = self.new_id();
                self.bundles.push_back((id, BundleListing::new(rest)));
            }
            Err(members) => {
                for member in members {
                    self.start_rule(member.rule);
                }
            }
        }
    }

    fn bundle_failed(&mut self, id: u64, mut run: BundleListing, fault: &Fault) {
        match self.retry_decision(&mut run.task, fault) {
            RetryDecision::Again(pause) => self.send_bundle(id, run, pause),
            RetryDecision::Missing if run.task.is_first_page() && fault.is_container_missing() => {
                for member in run.open() {
                    self.ledger.container_missing(member.rule);
                }
            }
            RetryDecision::GiveUp if fault.kind == FaultKind::Denied => {
                for member in run.open() {
                    let task = self.ledger.first_listing(member.rule);
                    self.ledger.park(member.rule, task, fault);
                }
            }
            RetryDecision::Stop => {
                self.unbundle(&run);
                self.stop_all(fault);
            }
            RetryDecision::Restart | RetryDecision::Missing | RetryDecision::GiveUp => self.unbundle(&run),
        }
    }

    /// Asks for each open rule by itself.
    fn unbundle(&mut self, run: &BundleListing) {
        for member in run.open() {
            self.start_rule(member.rule);
        }
    }

    /// Takes all bundles back, so that every open rule has a listing of its own.
    pub(super) fn unbundle_all(&mut self) {
        let flying: Vec<u64> = self
            .in_flight
            .iter()
            .filter(|(_, flight)| matches!(flight, InFlight::Bundle(_)))
            .map(|(id, _)| *id)
            .collect();
        let mut runs: Vec<BundleListing> = self.bundles.drain(..).map(|(_, run)| run).collect();
        for id in flying {
            if let Some(InFlight::Bundle(run)) = self.in_flight.remove(&id) {
                runs.push(run);
            }
        }
        for run in &runs {
            self.unbundle(run);
        }
    }

    fn start_rule(&mut self, unit: usize) {
        let (id, task) = (self.new_id(), self.ledger.first_listing(unit));
        self.queue.push_back((id, task));
    }

    /// Counts a rule from the beginning although its names may not come in an order that can be cut.
    fn restart_rule_later(&mut self, unit: usize) {
        let (id, task) = (self.new_id(), self.ledger.restart(unit));
        self.queue.push_back((id, task));
    }
}
