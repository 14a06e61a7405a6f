//! The loop of a scan: sends requests while the window has room, takes their answers, reports progress and saves the checkpoint.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::bundle_listing::BundleListing;
use super::engine::{Engine, InFlight, ServiceLimits};
use crate::azure::fault::Fault;
use crate::files;
use crate::plan::count::{CountProgress, CountReport};
use crate::scan::checkpoint::{Checkpoint, EarlierScan};
use crate::scan::entry::ListingForm;
use crate::scan::fetch::{FetchFailure, FetchedPage};
use crate::scan::ledger::{Ledger, LedgerStart};
use crate::scan::options::{ScanControl, ScanOptions};
use crate::scan::source::BlobSource;
use crate::scan::window::{ConcurrencyWindow, PageTime};
use crate::select::Rule;

/// How often progress is reported.
const REPORT_EVERY: Duration = Duration::from_millis(100);

/// Saving may take one part in so many of the time: a checkpoint that took 10 ms is saved again after a second.
const SAVE_SHARE: u32 = 100;

/// The checkpoint is saved again after this time at the earliest, unless the options ask for more.
const MIN_SAVE_PAUSE: Duration = Duration::from_millis(250);

/// Counts what `rules` take.
///
/// # Errors
/// The checkpoint cannot be read or written. What goes wrong with the service ends up in the report, which is then not complete.
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
    let mut engine = Engine::new(source, rules, options, saved);
    engine.drive(progress).await?;
    engine.save().await?;
    let Engine { ledger, requests_sent, started, collisions, since, .. } = engine;
    let report = ledger.into_report(requests_sent, started.elapsed(), collisions.one_in());
    Ok(CountReport { since, began_anew, ..report })
}

impl<'a> Engine<'a> {
    fn new(source: &BlobSource, rules: &[Rule], options: &'a ScanOptions, saved: Option<Checkpoint>) -> Self {
        // A resumed scan keeps the times of its first run, because counted rules were compared with them.
        let (since, began) = saved.as_ref().map_or((options.since, options.began), |saved| (saved.since, saved.began));
        let LedgerStart { ledger, listings, bundles, collisions } = Ledger::start(rules, saved);
        let bundles: VecDeque<(u64, BundleListing)> = (0..).zip(bundles.into_iter().map(BundleListing::new)).collect();
        let first_id = bundles.len() as u64;
        let queue: VecDeque<_> = (first_id..).zip(listings).collect();
        Self {
            source: Arc::new(source.clone()),
            options,
            since,
            began,
            ledger,
            last_id: first_id + queue.len() as u64,
            queue,
            bundles,
            in_flight: HashMap::new(),
            requests: JoinSet::new(),
            window: ConcurrencyWindow::new(options.concurrency, processors()),
            silent_until: None,
            collisions,
            requests_sent: 0,
            started: Instant::now(),
            waiting: None,
            one_by_one: None,
            split_searches: HashMap::new(),
            split_probes: VecDeque::new(),
            service: ServiceLimits { answered: false, start_from: true, form: ListingForm::Xml, lists_deleted: true },
            swept: false,
        }
    }
}

impl Engine<'_> {
    async fn drive(&mut self, progress: impl Fn(&CountProgress)) -> Result<(), Fault> {
        let mut control = self.options.control.clone();
        let (mut reported, mut saved) = (Instant::now(), None::<(Instant, Duration)>);
        let mut tick = tokio::time::interval(REPORT_EVERY);
        loop {
            let wanted = control.as_ref().map_or(ScanControl::Run, |control| *control.borrow());
            if wanted == ScanControl::Stop {
                break;
            }
            if wanted == ScanControl::Run {
                self.send_waiting();
            }
            if self.requests.is_empty() && self.waiting_requests() == 0 {
                break;
            }
            tokio::select! {
                Some(ended) = self.requests.join_next() => if let Ok((id, answer, time)) = ended {
                    self.take_answer(id, answer, time);
                },
                () = changed(&mut control) => {}
                _ = tick.tick() => {}
            }
            if reported.elapsed() >= REPORT_EVERY {
                reported = Instant::now();
                progress(&self.progress());
            }
            if saved.is_none_or(|(at, pause)| at.elapsed() >= pause) {
                saved = Some(self.save_and_pause().await?);
            }
        }
        self.requests.abort_all();
        progress(&self.progress());
        Ok(())
    }

    /// Sends requests until the window is full.
    fn send_waiting(&mut self) {
        while self.in_flight.len() < self.window_size() {
            if let Some((id, task)) = self.queue.pop_front() {
                self.send_listing(id, task, Duration::ZERO);
            } else if let Some(probe) = self.next_split_probe() {
                self.send_split_probe(probe);
            } else if let Some((id, listing)) = self.bundles.pop_front() {
                self.send_bundle(id, listing, Duration::ZERO);
            } else {
                break;
            }
        }
    }

    fn take_answer(&mut self, id: u64, answer: Result<FetchedPage, FetchFailure>, time: PageTime) {
        if let Ok(FetchedPage::Counts(counts, _)) = &answer {
            self.service.form = counts.form;
            self.window.measured(time);
        }
        match self.in_flight.remove(&id) {
            Some(InFlight::Page(task)) => self.take_page(id, task, answer),
            Some(InFlight::Bundle(listing)) => self.take_bundle_page(id, listing, answer),
            Some(InFlight::FolderProbe(probe)) => self.take_folders(probe, answer),
            Some(InFlight::SplitProbe(probe)) => self.take_split_probe(probe, answer),
            // The listing was taken back meanwhile.
            None => {}
        }
    }

    /// Saves the checkpoint; returns when that was and how long to pause. A small one is saved more often than a large one.
    async fn save_and_pause(&mut self) -> Result<(Instant, Duration), Fault> {
        let begun = Instant::now();
        self.save().await?;
        let pause = begun.elapsed().saturating_mul(SAVE_SHARE).max(MIN_SAVE_PAUSE).min(self.options.save_every);
        Ok((Instant::now(), pause))
    }

    async fn save(&mut self) -> Result<(), Fault> {
        let Some(path) = self.options.checkpoint.clone() else { return Ok(()) };
        let checkpoint = self.checkpoint();
        let tried = format!("keep the state of the scan in {}", path.display());
        let is_first = !std::mem::replace(&mut self.swept, true);
        let write = move || {
            if is_first {
                files::sweep(files::folder_of(&path));
            }
            checkpoint.write(&path)
        };
        match tokio::task::spawn_blocking(write).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(Fault::local(tried, error.to_string())),
            Err(error) => Err(Fault::local(tried, error.to_string())),
        }
    }

    /// The state as a checkpoint: the ledger, and every listing that is not at its end. Open members of bundles start anew.
    fn checkpoint(&self) -> Checkpoint {
        let (mut tasks, mut listings) = (Vec::new(), Vec::new());
        for purpose in self.in_flight.values() {
            match purpose {
                InFlight::Page(task) => tasks.push(task),
                InFlight::Bundle(listing) => listings.push(listing),
                InFlight::FolderProbe(_) | InFlight::SplitProbe(_) => {}
            }
        }
        tasks.extend(self.queue.iter().map(|(_, task)| task));
        listings.extend(self.bundles.iter().map(|(_, listing)| listing));
        let open_members = listings.into_iter().flat_map(BundleListing::open_members);
        let of_members = open_members.map(|member| self.ledger.first_listing(member.rule));
        Checkpoint {
            endpoint: self.source.endpoint().to_owned(),
            since: self.since,
            began: self.began,
            rules: self.ledger.saved_rules(tasks.into_iter().cloned().chain(of_members)),
            collisions: self.collisions.clone(),
        }
    }
}

/// How many pages can be read at the same time.
fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Waits until the person pauses or stops the scan. Never returns when there is no one to do so.
async fn changed(control: &mut Option<watch::Receiver<ScanControl>>) {
    let is_gone = match control {
        Some(control) => control.changed().await.is_err(),
        None => true,
    };
    if is_gone {
        std::future::pending::<()>().await;
    }
}
