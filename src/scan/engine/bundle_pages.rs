//! Pages of bundles: one listing counts for many small rules. A large rule leaves its bundle and gets a listing of its own. A
//! bundle is dissolved into a listing for each rule when most entries of its pages belong to no rule.

use std::time::Duration;

use super::bundle_listing::BundleListing;
use super::engine::{Engine, InFlight};
use crate::azure::fault::{Fault, FaultKind};
use crate::plan::LARGE_FLOOR;
use crate::scan::bundle::{Bundle, MemberCounts};
use crate::scan::fetch::{FetchFailure, FetchRequest, FetchTarget, FetchedPage};
use crate::scan::page_counts::PageCounts;
use crate::scan::retry::RetryDecision;
use crate::scan::rules::EntryFilter;

/// Rules that a page must close for the bundle to go on, unless rules take most of the page.
const MIN_CLOSED_BY_PAGE: usize = 4;

impl Engine<'_> {
    /// Sends the request for the next page of a bundle.
    pub(super) fn send_bundle(&mut self, id: u64, listing: BundleListing, pause: Duration) {
        let query = listing.task.query(&EntryFilter::All, self.service.lists_deleted, self.options.page_size);
        let target = FetchTarget::Counts(Box::new(listing.counter(self.page_context())));
        let request = FetchRequest { query, target, full_parser: listing.task.full_parser, pause };
        self.send(id, InFlight::Bundle(listing), request);
    }

    pub(super) fn take_bundle_page(
        &mut self,
        id: u64,
        mut listing: BundleListing,
        answer: Result<FetchedPage, FetchFailure>,
    ) {
        match answer {
            Ok(FetchedPage::Counts(counts, next)) if next.is_none() || next != listing.task.marker => {
                self.count_bundle_page(id, listing, *counts, next);
            }
            // The service repeats a page.
            Ok(_) => self.dissolve(&listing),
            Err(FetchFailure::Unparsed) => {
                listing.task.use_full_parser();
                self.send_bundle(id, listing, Duration::ZERO);
            }
            Err(FetchFailure::Failed(fault)) => self.bundle_failed(id, listing, &fault),
        }
    }

    fn count_bundle_page(&mut self, id: u64, mut listing: BundleListing, mut counts: PageCounts, next: Option<String>) {
        self.note_answer();
        self.service.lists_deleted &= !listing.task.without_deleted;
        if counts.unordered {
            // Members may have been closed before all of their names came.
            for member in &listing.bundle.members {
                self.restart_rule_later(member.rule);
            }
            return;
        }
        if counts.hierarchical {
            return self.dissolve(&listing);
        }
        counts.note_collisions(&mut self.collisions);
        let Some(members) = counts.members.take() else { return self.dissolve(&listing) };
        let next = next.filter(|_| !counts.is_last);
        let closed = self.add_members(&mut listing, &members, next.is_none());
        let Some(next) = next else { return };
        listing.task.advance(counts.cursor, next);
        match members.sole_prefix() {
            Some(large) => self.split_off_large(&listing, large),
            None if closed < MIN_CLOSED_BY_PAGE && !members.is_mostly_taken() => self.dissolve(&listing),
            None => self.bundles.push_front((id, listing)),
        }
    }

    /// Adds the totals of a page, and closes the members before its last name. Returns how many were closed.
    fn add_members(&mut self, listing: &mut BundleListing, members: &MemberCounts, is_last: bool) -> usize {
        for (index, totals) in &members.totals {
            listing.pending.entry(*index).or_default().merge(totals, LARGE_FLOOR);
        }
        let before = listing.first_open;
        let end = if is_last { listing.bundle.members.len() } else { members.first_open };
        self.close_members(listing, end);
        listing.first_open - before
    }

    /// Closes the members before `end`.
    fn close_members(&mut self, listing: &mut BundleListing, end: usize) {
        let end = end.min(listing.bundle.members.len());
        for index in listing.first_open..end {
            let rule = listing.bundle.members[index].rule;
            if let Some(totals) = listing.pending.remove(&index) {
                self.ledger.add(rule, &totals);
            }
            self.ledger.listing_closed(rule);
        }
        listing.first_open = end;
    }

    /// Gives a rule that fills a page a listing of its own, which can be split. The members behind it go on as a bundle, or each by
    /// itself where they are few.
    fn split_off_large(&mut self, listing: &BundleListing, index: usize) {
        self.start_rule(listing.bundle.members[index].rule);
        match Bundle::clone(&listing.bundle).rest(index + 1) {
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

    fn bundle_failed(&mut self, id: u64, mut listing: BundleListing, fault: &Fault) {
        match self.retry_decision(&mut listing.task, fault) {
            RetryDecision::Again(pause) => self.send_bundle(id, listing, pause),
            RetryDecision::Missing if listing.task.is_first_page() && fault.is_container_missing() => {
                for member in listing.open_members() {
                    self.ledger.container_missing(member.rule);
                }
            }
            RetryDecision::GiveUp if fault.kind == FaultKind::Denied => {
                for member in listing.open_members() {
                    let task = self.ledger.first_listing(member.rule);
                    self.ledger.park(member.rule, task, fault);
                }
            }
            RetryDecision::Stop => {
                self.dissolve(&listing);
                self.stop_all(fault);
            }
            RetryDecision::Restart | RetryDecision::Missing | RetryDecision::GiveUp => self.dissolve(&listing),
        }
    }

    /// Gives each open member a listing of its own.
    fn dissolve(&mut self, listing: &BundleListing) {
        for member in listing.open_members() {
            self.start_rule(member.rule);
        }
    }

    /// Takes all bundles back, so that every open rule has a listing of its own.
    pub(super) fn dissolve_all(&mut self) {
        let mut listings: Vec<BundleListing> = self.bundles.drain(..).map(|(_, listing)| listing).collect();
        for (_, purpose) in self.in_flight.extract_if(|_, purpose| matches!(purpose, InFlight::Bundle(_))) {
            if let InFlight::Bundle(listing) = purpose {
                listings.push(listing);
            }
        }
        for listing in &listings {
            self.dissolve(listing);
        }
    }

    fn start_rule(&mut self, rule: usize) {
        let (id, task) = (self.new_id(), self.ledger.first_listing(rule));
        self.queue.push_back((id, task));
    }

    /// Counts a rule from its beginning, although its names may not come in order.
    fn restart_rule_later(&mut self, rule: usize) {
        let (id, task) = (self.new_id(), self.ledger.restart(rule));
        self.queue.push_back((id, task));
    }
}
