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
use super::checkpoint::{self, Checkpoint, Earlier};
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
const TELL_EVERY: Duration = Duration::from_millis(100);

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
        Some(path) if options.resume => Earlier::read(path, source.endpoint())?,
        _ => Earlier::Nothing,
    };
    let (saved, began_anew) = match earlier {
        Earlier::Scan(saved) => (Some(*saved), None),
        Earlier::Unusable(why) => (None, Some(why)),
        Earlier::Nothing => (None, None),
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
        units,
        queue: queue.into(),
        runs: VecDeque::new(),
        flying: HashMap::new(),
        lanes: JoinSet::new(),
        pace: ConcurrencyWindow::new(options.concurrency),
        twins,
        next_id: 0,
        requests: 0,
        began: Instant::now(),
        waiting: None,
        one_by_one: None,
        searches: HashMap::new(),
        service: ServiceLimits { answered: false, ranged: true, deleted: true },
        swept: false,
    };
    engine.next_id = engine.queue.len() as u64;
    for bundle in bundles {
        let id = engine.id();
        engine.runs.push_back((id, BundleListing::new(bundle)));
    }
    engine.drive(progress).await?;
    engine.save().await?;
    let report = engine.units.report(engine.requests, engine.began.elapsed(), engine.twins.one_in());
    Ok(CountReport { since: engine.since, began_anew, ..report })
}

/// What is under way.
enum ListingsInFlight {
    Page(ListingTask),
    Look(FolderProbe),
    Aim(Probe),
    Run(BundleListing),
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
    units: Ledger,
    queue: VecDeque<(u64, ListingTask)>,
    /// Bundles of rules that wait for a lane.
    runs: VecDeque<(u64, BundleListing)>,
    flying: HashMap<u64, ListingsInFlight>,
    lanes: JoinSet<(u64, FetchOutcome)>,
    pace: ConcurrencyWindow,
    twins: CaseCollisions,
    next_id: u64,
    requests: u64,
    began: Instant,
    waiting: Option<String>,
    one_by_one: Option<String>,
    /// Searches for places to cut at, by the listing they are for.
    searches: HashMap<u64, SplitSearch>,
    service: ServiceLimits,
    /// What killed scans left beside the checkpoint was looked for.
    swept: bool,
}

impl Engine<'_> {
    async fn drive(&mut self, progress: impl Fn(&CountProgress)) -> Result<(), Fault> {
        let mut control = self.options.control.clone();
        let (mut told, mut saved) = (Instant::now(), None::<(Instant, Duration)>);
        let mut tick = tokio::time::interval(TELL_EVERY);
        loop {
            let wish = control.as_ref().map_or(ScanControl::Run, |control| *control.borrow());
            if wish == ScanControl::Stop {
                break;
            }
            if wish == ScanControl::Run {
                self.fill();
            }
            if self.lanes.is_empty() && self.waiting_listings() == 0 {
                break;
            }
            tokio::select! {
                Some(landed) = self.lanes.join_next() => if let Ok((id, outcome)) = landed {
                    self.settle(id, outcome);
                },
                () = changed(&mut control) => {}
                _ = tick.tick() => {}
            }
            if told.elapsed() >= TELL_EVERY {
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
        self.lanes.abort_all();
        progress(&self.progress());
        Ok(())
    }

    /// Sends requests until all lanes are taken.
    fn fill(&mut self) {
        while self.flying.len() < self.pace.lanes() {
            if let Some((id, task)) = self.queue.pop_front() {
                self.launch(id, task, Duration::ZERO);
            } else if let Some((id, run)) = self.runs.pop_front() {
                self.launch_run(id, run, Duration::ZERO);
            } else {
                break;
            }
        }
    }

    /// Listings that have no lane.
    fn waiting_listings(&self) -> usize {
        self.queue.len() + self.runs.len()
    }

    fn launch(&mut self, id: u64, task: ListingTask, pause: Duration) {
        let want = self.units.want(task.unit);
        let ask = task.ask(want != EntryFilter::All, self.service.deleted, self.options.page_size);
        let tally = task.tally(want, self.since, self.twins.mask());
        let thorough = task.thorough;
        self.send(id, ListingsInFlight::Page(task), (ask, tally), thorough, pause);
    }

    /// Gives a request to a lane, which sends it after a pause; `settle` gets the answer by its number.
    fn send(
        &mut self,
        id: u64,
        flight: ListingsInFlight,
        (ask, tally): (PageQuery, PageCounts),
        thorough: bool,
        pause: Duration,
    ) {
        let source = Arc::clone(&self.source);
        self.flying.insert(id, flight);
        self.requests += 1;
        self.lanes.spawn(async move {
            if !pause.is_zero() {
                tokio::time::sleep(pause).await;
            }
            let outcome = if ask.container.is_some() {
                fetch::blobs(&source, &ask, tally, thorough).await
            } else {
                fetch::containers(&source, &ask).await
            };
            (id, outcome)
        });
    }

    fn id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    fn settle(&mut self, id: u64, outcome: FetchOutcome) {
        // A listing that was taken back has no place here any more.
        match (self.flying.remove(&id), outcome) {
            (None, _) => {}
            (Some(ListingsInFlight::Look(look)), outcome) => self.looked(look, outcome),
            (Some(ListingsInFlight::Aim(aim)), outcome) => self.aimed(aim, outcome),
            (Some(ListingsInFlight::Run(run)), outcome) => self.ran(id, run, outcome),
            (Some(ListingsInFlight::Page(mut task)), FetchOutcome::Odd) => {
                task.read_thoroughly();
                self.launch(id, task, Duration::ZERO);
            }
            (Some(ListingsInFlight::Page(task)), FetchOutcome::Failed(fault)) => self.failed(id, task, &fault),
            (Some(ListingsInFlight::Page(task)), FetchOutcome::Containers(names, next)) => {
                self.containers(id, task, names, next);
            }
            (Some(ListingsInFlight::Page(task)), FetchOutcome::Blobs(tally, next)) => self.page(id, task, *tally, next),
        }
    }

    fn containers(&mut self, id: u64, mut task: ListingTask, names: Vec<String>, next: Option<String>) {
        self.healthy();
        let ours = |name: &String| task.end.as_ref().is_none_or(|end| name < end);
        let next = next.filter(|_| names.iter().all(ours));
        for name in names.into_iter().filter(ours) {
            let part = ListingTask {
                unit: task.unit,
                container: Some(name),
                beginnings: task.beginnings,
                ..ListingTask::default()
            };
            let id = self.id();
            self.queue.push_back((id, part));
            self.units.opened(task.unit);
        }
        match next {
            Some(next) if task.marker.as_ref() == Some(&next) => self.failed(id, task, &repeated()),
            Some(next) => {
                (task.marker, task.failures) = (Some(next), 0);
                self.queue.push_back((id, task));
            }
            None => self.units.closed(task.unit),
        }
    }

    fn page(&mut self, id: u64, mut task: ListingTask, mut tally: PageCounts, next: Option<String>) {
        if next.is_some() && next == task.marker {
            return self.failed(id, task, &repeated());
        }
        self.healthy();
        self.service.deleted &= !task.plain;
        if tally.hierarchical {
            self.units.hierarchical(task.unit);
        }
        if tally.unordered && self.units.disordered(task.unit) {
            return self.start_over(task.unit);
        }
        self.meet_twins(&mut tally);
        self.units.add(task.unit, &tally.totals);
        self.units.spread(task.unit, std::mem::take(&mut tally.runs));
        match next.filter(|_| !tally.past) {
            None => self.units.closed(task.unit),
            Some(next) => {
                task.advance(&mut tally, next);
                self.cut(id, &mut task);
                self.queue.push_front((id, task));
            }
        }
    }

    /// Compares the names of a page with those before.
    fn meet_twins(&mut self, tally: &mut PageCounts) {
        let mut start = 0;
        for (folded, exact, end) in std::mem::take(&mut tally.twins) {
            if self.twins.meet(folded, exact) {
                tally.twin(start, end);
            }
            start = end;
        }
    }

    /// A listing by its number, queued or under way.
    fn task_mut(&mut self, id: u64) -> Option<&mut ListingTask> {
        let queued = self.queue.iter_mut().find(|(queued, _)| *queued == id).map(|(_, task)| task);
        queued.or_else(|| match self.flying.get_mut(&id) {
            Some(ListingsInFlight::Page(task)) => Some(task),
            _ => None,
        })
    }

    fn healthy(&mut self) {
        self.pace.answered();
        self.service.answered = true;
        self.waiting = None;
    }

    fn progress(&self) -> CountProgress {
        let mut progress = self.units.progress();
        progress.requests = self.requests;
        progress.in_flight = self.flying.len();
        progress.waiting.clone_from(&self.waiting);
        progress.one_by_one.clone_from(&self.one_by_one);
        progress.millis = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        progress
    }

    async fn save(&mut self) -> Result<(), Fault> {
        let Some(path) = self.options.checkpoint.clone() else { return Ok(()) };
        let (mut tasks, mut runs) = (Vec::new(), Vec::new());
        for flight in self.flying.values() {
            match flight {
                ListingsInFlight::Page(task) => tasks.push(task),
                ListingsInFlight::Run(run) => runs.push(run),
                ListingsInFlight::Look(_) | ListingsInFlight::Aim(_) => {}
            }
        }
        tasks.extend(self.queue.iter().map(|(_, task)| task));
        runs.extend(self.runs.iter().map(|(_, run)| run));
        let open = runs.into_iter().flat_map(BundleListing::open).map(|member| self.units.first(member.unit));
        let units = self.units.saved(tasks.into_iter().cloned().chain(open));
        let saved = Checkpoint {
            endpoint: self.source.endpoint().to_owned(),
            since: self.since,
            began: self.began_at,
            units,
            twins: self.twins.clone(),
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
fn repeated() -> Fault {
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
