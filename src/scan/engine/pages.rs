//! Pages of a rule's own listing. The blobs of a page are counted; each container of a page gets a listing.

use std::time::Duration;

use super::engine::{Engine, InFlight};
use crate::azure::fault::{Fault, FaultKind};
use crate::scan::fetch::{FetchFailure, FetchRequest, FetchTarget, FetchedPage};
use crate::scan::page_counts::PageCounts;
use crate::scan::task::ListingTask;

impl Engine<'_> {
    /// Sends the request for the next page of a listing.
    pub(super) fn send_listing(&mut self, id: u64, task: ListingTask, pause: Duration) {
        let filter = self.ledger.filter(task.rule);
        let query = task.query(&filter, self.service.lists_deleted, self.options.page_size);
        let target = match task.container {
            Some(_) => FetchTarget::Counts(Box::new(task.counter(filter, self.page_context()))),
            None => FetchTarget::Containers,
        };
        let request = FetchRequest { query, target, full_parser: task.full_parser, pause };
        self.send(id, InFlight::Page(task), request);
    }

    pub(super) fn take_page(&mut self, id: u64, mut task: ListingTask, answer: Result<FetchedPage, FetchFailure>) {
        match answer {
            Ok(FetchedPage::Counts(counts, next)) => self.count_page(id, task, *counts, next),
            Ok(FetchedPage::Containers(names, next)) => self.take_containers(id, task, names, next),
            Ok(FetchedPage::LevelNames(..)) | Err(FetchFailure::Unparsed) => {
                task.use_full_parser();
                self.send_listing(id, task, Duration::ZERO);
            }
            Err(FetchFailure::Failed(fault)) => self.listing_failed(id, task, &fault),
        }
    }

    fn take_containers(&mut self, id: u64, mut task: ListingTask, names: Vec<String>, next: Option<String>) {
        self.note_answer();
        let is_ours = |name: &String| task.end.as_ref().is_none_or(|end| name < end);
        let next = next.filter(|_| names.iter().all(is_ours));
        for name in names.into_iter().filter(is_ours) {
            let part = ListingTask {
                rule: task.rule,
                container: Some(name),
                restarts: task.restarts,
                ..ListingTask::default()
            };
            let id = self.new_id();
            self.queue.push_back((id, part));
            self.ledger.listing_opened(task.rule);
        }
        match next {
            Some(next) if task.marker.as_ref() == Some(&next) => self.listing_failed(id, task, &repeated_page()),
            Some(next) => {
                (task.marker, task.failures) = (Some(next), 0);
                self.queue.push_back((id, task));
            }
            None => self.ledger.listing_closed(task.rule),
        }
    }

    fn count_page(&mut self, id: u64, mut task: ListingTask, mut counts: PageCounts, next: Option<String>) {
        if next.is_some() && next == task.marker {
            return self.listing_failed(id, task, &repeated_page());
        }
        self.note_answer();
        self.service.lists_deleted &= !task.without_deleted;
        if counts.hierarchical {
            self.ledger.note_hierarchical(task.rule);
        }
        if counts.unordered && self.ledger.note_unordered(task.rule) {
            return self.restart_rule(task.rule);
        }
        counts.note_collisions(&mut self.collisions);
        self.ledger.add(task.rule, &counts.totals);
        self.ledger.add_runs(task.rule, counts.runs);
        match next.filter(|_| !counts.is_last) {
            None => self.ledger.listing_closed(task.rule),
            Some(next) => {
                task.advance(counts.cursor, next);
                self.split_ahead(id, &mut task);
                self.queue.push_front((id, task));
            }
        }
    }
}

/// The fault of a listing that does not get on.
fn repeated_page() -> Fault {
    let fault = Fault::local("go on with a listing", "the service repeats a page");
    Fault { kind: FaultKind::BrokenAnswer, ..fault }
}
