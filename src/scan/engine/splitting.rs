//! Splits a listing so that free requests take over the names ahead of it: by the folders of a level, or by split points where there are
//! no folders. Probes find both while the listing itself goes on.
//!
//! Only a service that knows `startFrom` can be searched for split points (Microsoft page: List Blobs, version 2026-02-06). One that does
//! not know it refuses it, or answers as if it had not been said. Then listings without folders go page after page for the rest of the
//! scan.

use std::time::Duration;

use super::engine::{Engine, InFlight};
use super::folder_probe::{FolderProbe, FolderProbeStep};
use super::split_search::{SearchStep, SplitProbe, SplitSearch};
use crate::azure::fault::FaultKind;
use crate::scan::entry::ListingForm;
use crate::scan::fetch::{FetchFailure, FetchRequest, FetchTarget, FetchedPage};
use crate::scan::retry::pause_before_probe;
use crate::scan::source::PageQuery;
use crate::scan::task::{KnownAhead, ListingTask};

/// Pages after which the rest of a listing is worth a search for split points.
const PAGES_BEFORE_SEARCH: u32 = 1;

/// Parts into which a listing is split, where requests are free for fewer.
const MIN_PARTS: usize = 4;

impl Engine<'_> {
    /// Splits off the part ahead of a listing. Where the split points are not known yet, sends probes for them while requests are free.
    pub(super) fn split_ahead(&mut self, id: u64, task: &mut ListingTask) {
        // A restarted listing is behind what it has counted: a listing split off there would count that again.
        if !self.ledger.can_split(task.rule) || task.cursor.skip.is_some() {
            return;
        }
        for part in task.split(self.free_requests().saturating_mul(2).max(MIN_PARTS)) {
            let id = self.new_id();
            self.queue.push_back((id, part));
            self.ledger.listing_split(task.rule);
        }
        if self.knows_ends() && self.ledger.can_start_anywhere(task.rule) {
            task.go_on_by_name();
        }
        if self.free_requests() > 0 {
            self.probe_ahead(id, task);
        }
    }

    /// Whether the service starts a listing at any name and ends it before any other.
    fn knows_ends(&self) -> bool {
        self.service.form == ListingForm::Arrow && self.service.start_from
    }

    /// Requests of the window that no listing needs, beside that of the listing whose page was counted.
    fn free_requests(&self) -> usize {
        self.window_size().saturating_sub(self.in_flight.len() + self.waiting_requests() + 1)
    }

    fn probe_ahead(&mut self, id: u64, task: &mut ListingTask) {
        let Some(container) = task.container.clone() else { return };
        let can_search = self.service.start_from && self.ledger.can_start_anywhere(task.rule);
        if can_search && task.seems_flat() {
            task.ahead = KnownAhead::Flat;
        }
        if let Some(prefix) = task.probe_prefix().map(str::to_owned) {
            let query =
                PageQuery { prefix, delimiter: true, page_size: self.options.page_size, ..self.probe_query(container) };
            task.ahead = KnownAhead::Probing;
            return self.send_folder_probe(FolderProbe::new(id, query), Duration::ZERO);
        }
        if !matches!(task.ahead, KnownAhead::Flat) {
            return;
        }
        if !can_search {
            self.one_by_one = Some(format!("{container}/{}", task.prefix));
        } else if task.pages >= PAGES_BEFORE_SEARCH {
            self.start_split_search(id, task, container);
        }
    }

    fn probe_query(&self, container: String) -> PageQuery {
        PageQuery { container: Some(container), with_deleted: self.service.lists_deleted, ..PageQuery::default() }
    }

    fn send_folder_probe(&mut self, probe: FolderProbe, pause: Duration) {
        let (query, full_parser) = (probe.query.clone(), probe.failures > 0);
        let request = FetchRequest { query, target: FetchTarget::LevelNames, full_parser, pause };
        let id = self.new_id();
        self.send(id, InFlight::FolderProbe(probe), request);
    }

    pub(super) fn take_folders(&mut self, probe: FolderProbe, answer: Result<FetchedPage, FetchFailure>) {
        let step = match answer {
            Ok(FetchedPage::LevelNames(page, next)) => probe.take_page(page, next, self.probe_memory()),
            Ok(FetchedPage::Counts(..) | FetchedPage::Containers(..)) => probe.give_up(),
            Err(failure) => self.retry_folder_probe(probe, &failure),
        };
        match step {
            FolderProbeStep::Send(probe, pause) => self.send_folder_probe(probe, pause),
            FolderProbeStep::Done(listing, ahead) => self.set_ahead(listing, ahead),
        }
    }

    /// The memory that the folder probes in flight take, in bytes.
    fn probe_memory(&self) -> usize {
        let probes = self.in_flight.values().filter_map(|purpose| match purpose {
            InFlight::FolderProbe(probe) => Some(probe.memory()),
            _ => None,
        });
        probes.sum()
    }

    fn retry_folder_probe(&mut self, mut probe: FolderProbe, failure: &FetchFailure) -> FolderProbeStep {
        probe.failures += 1;
        let Some(pause) = pause_before_probe(self.options.pause, probe.failures) else { return probe.give_up() };
        if let FetchFailure::Failed(fault) = failure {
            self.note_throttle(fault);
        }
        FolderProbeStep::Send(probe, pause)
    }

    /// Starts a search behind the last name of a listing.
    fn start_split_search(&mut self, id: u64, task: &mut ListingTask, container: String) {
        let (low, high) = (task.reached(), task.end.as_deref());
        let Some((search, texts)) = SplitSearch::start(&task.prefix, low, high) else {
            task.ahead = KnownAhead::Unsplittable;
            return;
        };
        task.ahead = KnownAhead::Searching;
        let query = PageQuery { prefix: task.prefix.clone(), page_size: 1, ..self.probe_query(container) };
        self.split_searches.insert(id, search);
        self.queue_split_probes(id, &query, texts);
    }

    /// Queues a probe for each text; `query` is the query of another probe of the same search.
    fn queue_split_probes(&mut self, listing: u64, query: &PageQuery, texts: Vec<String>) {
        let probes = texts.into_iter().map(|text| SplitProbe::new(listing, text, query.clone()));
        self.split_probes.extend(probes);
    }

    /// The next probe that waits. Those of listings that came to their end meanwhile are left out.
    pub(super) fn next_split_probe(&mut self) -> Option<SplitProbe> {
        while let Some(probe) = self.split_probes.pop_front() {
            if self.listing_mut(probe.listing).is_some() {
                return Some(probe);
            }
            self.split_searches.remove(&probe.listing);
        }
        None
    }

    pub(super) fn send_split_probe(&mut self, probe: SplitProbe) {
        let request = FetchRequest {
            query: probe.query.clone(),
            target: FetchTarget::LevelNames,
            full_parser: false,
            pause: Duration::ZERO,
        };
        let id = self.new_id();
        self.send(id, InFlight::SplitProbe(probe), request);
    }

    pub(super) fn take_split_probe(&mut self, mut probe: SplitProbe, answer: Result<FetchedPage, FetchFailure>) {
        let first_name = match answer {
            Ok(FetchedPage::LevelNames(page, next)) => {
                if probe.reads_on(&page, next) {
                    return self.send_split_probe(probe);
                }
                page.names.into_iter().next()
            }
            Ok(FetchedPage::Counts(..) | FetchedPage::Containers(..)) => None,
            Err(failure) => {
                self.note_probe_failure(&failure);
                None
            }
        };
        // A name before the text shows that the service does not know `startFrom`.
        self.service.start_from &= first_name.as_ref().is_none_or(|name| *name >= probe.text);
        let Some(search) = self.split_searches.get_mut(&probe.listing) else { return };
        match search.take(probe.text, first_name) {
            SearchStep::Wait => {}
            // Its names seemed to lie in no folder; whether that holds was not asked.
            SearchStep::Probe(_) | SearchStep::Done(_) if !self.service.start_from => {
                self.end_split_search(probe.listing, KnownAhead::Unknown);
            }
            SearchStep::Probe(texts) => self.queue_split_probes(probe.listing, &probe.query, texts),
            SearchStep::Done(points) if points.is_empty() => {
                self.end_split_search(probe.listing, KnownAhead::Unsplittable);
            }
            SearchStep::Done(points) => self.end_split_search(probe.listing, KnownAhead::SplitPoints(points)),
        }
    }

    /// Notes why a probe for a split point was not answered. It is not repeated: the listing is split without it.
    fn note_probe_failure(&mut self, failure: &FetchFailure) {
        match failure {
            FetchFailure::Failed(fault) if fault.kind == FaultKind::BadRequest => self.service.start_from = false,
            FetchFailure::Failed(fault) => self.note_throttle(fault),
            FetchFailure::Unparsed => {}
        }
    }

    fn end_split_search(&mut self, listing: u64, ahead: KnownAhead) {
        self.split_searches.remove(&listing);
        self.set_ahead(listing, ahead);
    }

    fn set_ahead(&mut self, listing: u64, ahead: KnownAhead) {
        if let Some(task) = self.listing_mut(listing) {
            task.ahead = ahead;
        }
    }
}
