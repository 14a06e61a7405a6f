//! The state of a scan, and how its requests are sent. What is done with the answers is in the other files of this folder.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use super::bundle_listing::BundleListing;
use super::folder_probe::FolderProbe;
use super::split_search::{SplitProbe, SplitSearch};
use crate::azure::fault::{Fault, Retry};
use crate::azure::transport::MAX_PAUSE;
use crate::plan::count::CountProgress;
use crate::scan::collisions::CaseCollisions;
use crate::scan::entry::ListingForm;
use crate::scan::fetch::{FetchFailure, FetchRequest, FetchedPage, fetch};
use crate::scan::ledger::Ledger;
use crate::scan::options::ScanOptions;
use crate::scan::page_counts::PageContext;
use crate::scan::retry::is_throttling;
use crate::scan::source::BlobSource;
use crate::scan::task::ListingTask;
use crate::scan::window::{ConcurrencyWindow, PageTime};

/// What a request in flight is for.
pub(super) enum InFlight {
    /// A page of a rule's listing.
    Page(ListingTask),
    /// A page of a bundle's listing.
    Bundle(BundleListing),
    FolderProbe(FolderProbe),
    SplitProbe(SplitProbe),
}

/// What is known of the service so far.
pub(super) struct ServiceLimits {
    /// It has answered a request.
    pub(super) answered: bool,
    /// It can start a listing at any name (`startFrom`), unless it showed otherwise.
    pub(super) start_from: bool,
    /// The form of its latest page. In Apache Arrow a request may name the end of its listing.
    pub(super) form: ListingForm,
    /// It lists soft-deleted blobs among the others, unless it refused to.
    pub(super) lists_deleted: bool,
}

/// All state of a running scan.
pub(super) struct Engine<'a> {
    pub(super) source: Arc<BlobSource>,
    pub(super) options: &'a ScanOptions,
    /// Blobs changed after this time are a finding, e.g. `20261122213408`.
    pub(super) since: Option<u64>,
    /// When the first run of this scan began, in the same form.
    pub(super) began: Option<u64>,
    pub(super) ledger: Ledger,
    /// Listings that wait for a free request, each with its id.
    pub(super) queue: VecDeque<(u64, ListingTask)>,
    /// Bundles that wait for a free request.
    pub(super) bundles: VecDeque<(u64, BundleListing)>,
    pub(super) in_flight: HashMap<u64, InFlight>,
    pub(super) requests: JoinSet<(u64, Result<FetchedPage, FetchFailure>, PageTime)>,
    pub(super) window: ConcurrencyWindow,
    /// No request is sent before this time, because the service asked to wait.
    pub(super) silent_until: Option<Instant>,
    pub(super) collisions: CaseCollisions,
    pub(super) last_id: u64,
    pub(super) requests_sent: u64,
    pub(super) started: Instant,
    /// Why a page is waited for, while one is.
    pub(super) waiting: Option<String>,
    /// A listing that cannot be split and goes page after page.
    pub(super) one_by_one: Option<String>,
    /// Searches for split points by the id of the listing to split.
    pub(super) split_searches: HashMap<u64, SplitSearch>,
    /// Probes of these searches that wait for a free request.
    pub(super) split_probes: VecDeque<SplitProbe>,
    pub(super) service: ServiceLimits,
    /// The folder of the checkpoint was cleared of what killed scans left.
    pub(super) swept: bool,
}

impl Engine<'_> {
    /// Listings, bundles and probes that have no request in flight.
    pub(super) fn waiting_requests(&self) -> usize {
        self.queue.len() + self.bundles.len() + self.split_probes.len()
    }

    pub(super) fn new_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Sends a request. The loop gets its answer by its id.
    pub(super) fn send(&mut self, id: u64, purpose: InFlight, request: FetchRequest) {
        let source = Arc::clone(&self.source);
        self.in_flight.insert(id, purpose);
        self.requests_sent += 1;
        self.requests.spawn(async move {
            let (answer, time) = fetch(&source, request).await;
            (id, answer, time)
        });
    }

    /// What all pages are compared with.
    pub(super) fn page_context(&self) -> PageContext {
        PageContext { since: self.since, sample_mask: self.collisions.mask(), large_floor: self.ledger.large_floor() }
    }

    /// A listing by its id, in the queue or in flight.
    pub(super) fn listing_mut(&mut self, id: u64) -> Option<&mut ListingTask> {
        let queued = self.queue.iter_mut().find(|(queued, _)| *queued == id).map(|(_, task)| task);
        queued.or_else(|| match self.in_flight.get_mut(&id) {
            Some(InFlight::Page(task)) => Some(task),
            _ => None,
        })
    }

    /// Notes a page that came.
    pub(super) fn note_answer(&mut self) {
        self.window.answered();
        self.service.answered = true;
        self.waiting = None;
    }

    /// Slows down where the service asks for it, and is silent for as long as it asks.
    pub(super) fn note_throttle(&mut self, fault: &Fault) {
        if !is_throttling(fault) {
            return;
        }
        self.window.throttled();
        if let Retry::After(seconds) = fault.retry {
            let until = Instant::now() + Duration::from_secs(seconds).min(MAX_PAUSE);
            self.silent_until = self.silent_until.max(Some(until));
        }
    }

    /// Requests that may be in flight now.
    pub(super) fn window_size(&self) -> usize {
        let is_silent = self.silent_until.is_some_and(|until| Instant::now() < until);
        if is_silent { 0 } else { self.window.size() }
    }

    pub(super) fn progress(&self) -> CountProgress {
        CountProgress {
            requests: self.requests_sent,
            in_flight: self.in_flight.len(),
            waiting: self.waiting.clone(),
            reduced: self.window.reduced(),
            one_by_one: self.one_by_one.clone(),
            millis: u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX),
            ..self.ledger.progress()
        }
    }
}
