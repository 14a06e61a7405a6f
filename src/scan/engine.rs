//! Decides which page is asked for when, and adds what comes back. One loop owns all state; lanes only fetch and count.

mod bundle_listing;
mod folder_probe;
mod recover;
mod split_search;

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinSet;

use self::bundle_listing::BundleListing;
use self::folder_probe::FolderProbe;
use self::split_search::{Probe, SplitSearch};
use super::checkpoint::{self, Checkpoint, EarlierScan};
use super::collisions::CaseCollisions;
use super::fetch::{self, FetchOutcome};
use super::ledger::Ledger;
use super::options::{ScanControl, ScanOptions};
use super::page_counts::PageCounts;
use super::rules::EntryFilter;
use super::source::{BlobSource, PageQuery};
use super::task::ListingTask;
use super::window::ConcurrencyWindow;
use crate::azure::fault::{Fault, FaultKind};
use crate::plan::count::{CountProgress, CountReport};
use crate::select::Rule;

/// How often progress is told at least and at most.
const REPORT_EVERY: Duration = Duration::from_millis(100);

/// The state goes to disk again after so many times the time it took, so that saving costs one part in so many. Small states are
/// saved more often than large ones.
const SAVE_SHARE: u32 = 100;

/// The state goes to disk again after this time at the earliest, unless the options ask for more.
const SAVE_AGAIN: Duration = Duration::from_millis(250);

/// Counts what `rules` take.
///
/// # Errors
/// When the checkpoint cannot be read or written. What goes wrong with the service ends up in the report, which is then not
/// complete.
pub async fn run(
    source: &BlobSource,
    rules: &[Rule],
    options: &ScanOptions,
    progress: impl Fn(&CountProgress),
) -> Result<CountReport, Fault> {
    let earlier = match &options.checkpoint {
        Some(path) if options.resume => EarlierScan::read(path, source.endpoint())?,
        _ => EarlierScan::Nothing,
    };
    let (saved, began_anew) = match earlier {
        EarlierScan::Usable(saved) => (Some(*saved), None),
        EarlierScan::Unusable(why) => (None, Some(why)),
        EarlierScan::Nothing => (None, None),
    };
    // What was counted was compared with the moment of that scan, so the rest is, too.
    let since = saved.as_ref().map_or(options.since, |saved| saved.since);
    let began_at = saved.as_ref().map_or(options.began, |saved| saved.began);
    let (units, queue, bundles, twins) = Ledger::new(rules, saved);
    let mut engine = Engine {
        source: Arc::new(source.clone()),
        options,
        since,
        began_at,
        ledger: units,
        queue: queue.into(),
        bundles: VecDeque::new(),
        in_flight: HashMap::new(),
        requests: JoinSet::new(),
        window: ConcurrencyWindow::new(options.concurrency),
        collisions: twins,
        last_id: 0,
        requests_sent: 0,
        started: Instant::now(),
        waiting: None,
        one_by_one: None,
        split_searches: HashMap::new(),
        service: ServiceLimits { answered: false, ranged: true, deleted: true },
        swept: false,
    };
    engine.last_id = engine.queue.len() as u64;
    for bundle in bundles {
        let id = engine.new_id();
        engine.bundles.push_back((id, BundleListing::new(bundle)));
    }
    engine.drive(progress).await?;
    engine.save().await?;
    let report = engine.ledger.report(engine.requests_sent, engine.started.elapsed(), engine.collisions.one_in());
    Ok(CountReport { since: engine.since, began_anew, ..report })
}

/// What is under way.
enum InFlight {
    Page(ListingTask),
    FolderProbe(FolderProbe),
    SplitProbe(Probe),
    Bundle(BundleListing),
}

/// What is known of the service so far.
struct ServiceLimits {
    /// It has answered once.
    answered: bool,
    /// It can begin a listing at any name, unless it showed otherwise.
    ranged: bool,
    /// It lists soft-deleted blobs among the others, unless it refused to.
    deleted: bool,
}

struct Engine<'a> {
    source: Arc<BlobSource>,
    options: &'a ScanOptions,
    since: Option<u64>,
    /// When the first run of this scan began, as `yyyymmddhhmmss`.
    began_at: Option<u64>,
    ledger: Ledger,
    queue: VecDeque<(u64, ListingTask)>,
    /// Bundles of rules that wait for a lane.
    bundles: VecDeque<(u64, BundleListing)>,
    in_flight: HashMap<u64, InFlight>,
    requests: JoinSet<(u64, FetchOutcome)>,
    window: ConcurrencyWindow,
    collisions: CaseCollisions,
    last_id: u64,
    requests_sent: u64,
    started: Instant,
    waiting: Option<String>,
    one_by_one: Option<String>,
    /// Searches for places to cut at, by the listing they are for.
    split_searches: HashMap<u64, SplitSearch>,
    service: ServiceLimits,
    /// What killed scans left beside the checkpoint was looked for.
    swept: bool,
}

impl Engine<'_> {
    async fn drive(&mut self, progress: impl Fn(&CountProgress)) -> Result<(), Fault> {
        let mut control = self.options.control.clone();
        let (mut told, mut saved) = (Instant::now(), None::<(Instant, Duration)>);
        let mut tick = tokio::time::interval(REPORT_EVERY);
        loop {
            let wish = control.as_ref().map_or(ScanControl::Run, |control| *control.borrow());
            if wish == ScanControl::Stop {
                break;
            }
            if wish == ScanControl::Run {
                self.send_waiting();
            }
            if self.requests.is_empty() && self.waiting_listings() == 0 {
                break;
            }
            tokio::select! {
                Some(landed) = self.requests.join_next() => if let Ok((id, outcome)) = landed {
                    self.take_answer(id, outcome);
                },
                () = changed(&mut control) => {}
                _ = tick.tick() => {}
            }
            if told.elapsed() >= REPORT_EVERY {
                told = Instant::now();
                progress(&self.progress());
            }
            if saved.is_none_or(|(saved, pause)| saved.elapsed() >= pause) {
                let begun = Instant::now();
                self.save().await?;
                let often = begun.elapsed().saturating_mul(SAVE_SHARE).max(SAVE_AGAIN);
                saved = Some((Instant::now(), often.min(self.options.save_every)));
            }
        }
        self.requests.abort_all();
        progress(&self.progress());
        Ok(())
    }

    /// Sends requests until all lanes are taken.
    fn send_waiting(&mut self) {
        while self.in_flight.len() < self.window.size() {
            if let Some((id, task)) = self.queue.pop_front() {
                self.send_listing(id, task, Duration::ZERO);
            } else if let Some((id, run)) = self.bundles.pop_front() {
                self.send_bundle(id, run, Duration::ZERO);
            } else {
                break;
            }
        }
    }

    /// Listings that have no lane.
    fn waiting_listings(&self) -> usize {
        self.queue.len() + self.bundles.len()
    }

    fn send_listing(&mut self, id: u64, task: ListingTask, pause: Duration) {
        let want = self.ledger.filter(task.rule);
        let ask = task.query(want != EntryFilter::All, self.service.deleted, self.options.page_size);
        let tally = task.tally(want, self.since, self.collisions.mask());
        let thorough = task.full_parser;
        self.send(id, InFlight::Page(task), (ask, tally), thorough, pause);
    }

    /// Gives a request to a lane, which sends it after a pause; `settle` gets the answer by its number.
    fn send(
        &mut self,
        id: u64,
        flight: InFlight,
        (ask, tally): (PageQuery, PageCounts),
        thorough: bool,
        pause: Duration,
    ) {
        let source = Arc::clone(&self.source);
        self.in_flight.insert(id, flight);
        self.requests_sent += 1;
        self.requests.spawn(async move {
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
            let outcome = if ask.container.is_some() {
                fetch::blob_page(&source, &ask, tally, thorough).await
            } else {
                fetch::container_page(&source, &ask).await
            };
            (id, outcome)
        });
    }

    fn new_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    fn take_answer(&mut self, id: u64, outcome: FetchOutcome) {
        // A listing that was taken back has no place here any more.
        match (self.in_flight.remove(&id), outcome) {
            (None, _) => {}
            (Some(InFlight::FolderProbe(look)), outcome) => self.take_folders(look, outcome),
            (Some(InFlight::SplitProbe(aim)), outcome) => self.aimed(aim, outcome),
            (Some(InFlight::Bundle(run)), outcome) => self.take_bundle_answer(id, run, outcome),
            (Some(InFlight::Page(mut task)), FetchOutcome::Unparsed) => {
                task.use_full_parser();
                self.send_listing(id, task, Duration::ZERO);
            }
            (Some(InFlight::Page(task)), FetchOutcome::Failed(fault)) => self.listing_failed(id, task, &fault),
            (Some(InFlight::Page(task)), FetchOutcome::Containers(names, next)) => {
                self.take_containers(id, task, names, next);
            }
            (Some(InFlight::Page(task)), FetchOutcome::Blobs(tally, next)) => self.count_page(id, task, *tally, next),
        }
    }

    fn take_containers(&mut self, id: u64, mut task: ListingTask, names: Vec<String>, next: Option<String>) {
        self.note_answer();
        let ours = |name: &String| task.end.as_ref().is_none_or(|end| name < end);
        let next = next.filter(|_| names.iter().all(ours));
        for name in names.into_iter().filter(ours) {
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

    fn count_page(&mut self, id: u64, mut task: ListingTask, mut tally: PageCounts, next: Option<String>) {
        if next.is_some() && next == task.marker {
            return self.listing_failed(id, task, &repeated_page());
        }
        self.note_answer();
        self.service.deleted &= !task.without_deleted;
        if tally.hierarchical {
            self.ledger.note_hierarchical(task.rule);
        }
        if tally.unordered && self.ledger.note_unordered(task.rule) {
            return self.restart_rule(task.rule);
        }
        self.note_collisions(&mut tally);
        self.ledger.add(task.rule, &tally.totals);
        self.ledger.add_runs(task.rule, std::mem::take(&mut tally.runs));
        match next.filter(|_| !tally.past) {
            None => self.ledger.listing_closed(task.rule),
            Some(next) => {
                task.advance(&mut tally, next);
                self.split_ahead(id, &mut task);
                self.queue.push_front((id, task));
            }
        }
    }

    /// Compares the names of a page with those before.
    fn note_collisions(&mut self, tally: &mut PageCounts) {
        let mut start = 0;
        for (folded, exact, end) in std::mem::take(&mut tally.twins) {
            if self.collisions.insert(folded, exact) {
                tally.twin(start, end);
            }
            start = end;
        }
    }

    /// A listing by its number, queued or under way.
    fn listing_mut(&mut self, id: u64) -> Option<&mut ListingTask> {
        let queued = self.queue.iter_mut().find(|(queued, _)| *queued == id).map(|(_, task)| task);
        queued.or_else(|| match self.in_flight.get_mut(&id) {
            Some(InFlight::Page(task)) => Some(task),
            _ => None,
        })
    }

    fn note_answer(&mut self) {
        self.window.answered();
        self.service.answered = true;
        self.waiting = None;
    }

    fn progress(&self) -> CountProgress {
        let mut progress = self.ledger.progress();
        progress.requests = self.requests_sent;
        progress.in_flight = self.in_flight.len();
        progress.waiting.clone_from(&self.waiting);
        progress.one_by_one.clone_from(&self.one_by_one);
        progress.millis = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        progress
    }

    async fn save(&mut self) -> Result<(), Fault> {
        let Some(path) = self.options.checkpoint.clone() else { return Ok(()) };
        let (mut tasks, mut runs) = (Vec::new(), Vec::new());
        for flight in self.in_flight.values() {
            match flight {
                InFlight::Page(task) => tasks.push(task),
                InFlight::Bundle(run) => runs.push(run),
                InFlight::FolderProbe(_) | InFlight::SplitProbe(_) => {}
            }
        }
        tasks.extend(self.queue.iter().map(|(_, task)| task));
        runs.extend(self.bundles.iter().map(|(_, run)| run));
        let open = runs.into_iter().flat_map(BundleListing::open).map(|member| self.ledger.first_listing(member.rule));
        let units = self.ledger.saved(tasks.into_iter().cloned().chain(open));
        let saved = Checkpoint {
            endpoint: self.source.endpoint().to_owned(),
            since: self.since,
            began: self.began_at,
            rules: units,
            collisions: self.collisions.clone(),
        };
        let tried = format!("keep the state of the scan in {}", path.display());
        let first = !std::mem::replace(&mut self.swept, true);
        let write = move || {
            if first {
                checkpoint::sweep(&path);
            }
            saved.write(&path)
        };
        let written = tokio::task::spawn_blocking(write).await;
        match written {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(Fault::local(tried, error.to_string())),
            Err(error) => Err(Fault::local(tried, error.to_string())),
        }
    }
}

/// A listing that does not get on.
fn repeated_page() -> Fault {
    let fault = Fault::local("go on with a listing", "the service repeats a page");
    Fault { kind: FaultKind::BrokenAnswer, ..fault }
}

/// Waits for another wish; for ever when nobody can have one.
async fn changed(control: &mut Option<watch::Receiver<ScanControl>>) {
    let gone = match control {
        Some(control) => control.changed().await.is_err(),
        None => true,
    };
    if gone {
        std::future::pending::<()>().await;
    }
}
