//! Looks for places to cut a listing that has no folders, by asking for the first name from a place on. Which places is `ranges`' to say.
//!
//! Only a service that knows `startFrom` can be asked (Microsoft page: List Blobs, version 2026-02-06). One that does not either
//! refuses it, or answers as if it had not been said; then listings without folders go page after page for the rest of the scan.

use std::time::Duration;

use super::{Engine, InFlight};
use crate::azure::fault::FaultKind;
use crate::scan::fetch::FetchOutcome;
use crate::scan::ranges::{probes_between, probes_beyond};
use crate::scan::source::PageQuery;
use crate::scan::task::{KnownAhead, ListingTask, names_only};

/// Places asked for at a time.
const AT_ONCE: usize = 16;

/// Pages in a row that may be empty before a place is given up.
const EMPTY_PAGES: u32 = 8;

/// A search under way for one listing.
#[derive(Debug)]
pub(super) struct SplitSearch {
    container: String,
    prefix: String,
    /// The last name of the listing so far.
    low: String,
    /// No name is at or behind this text, as far as the listing goes.
    high: Option<String>,
    /// Answers that are still to come.
    open: usize,
    /// The ends are known, and the comb is asked for.
    combing: bool,
    /// Places with names from there on, and the first of these names.
    places: Vec<(String, String)>,
    /// Places with nothing behind them.
    empty: Vec<String>,
}

/// One place asked for.
#[derive(Debug)]
pub(super) struct Probe {
    /// The listing the search is for.
    of: u64,
    ask: PageQuery,
    pages: u32,
}

impl Engine<'_> {
    /// Begins a search for the listing `id`, whose last name is known.
    pub(super) fn search(&mut self, id: u64, task: &mut ListingTask) {
        let Some(container) = task.container.clone() else { return };
        let mut search = SplitSearch {
            container,
            prefix: task.prefix.clone(),
            low: task.position.name.clone(),
            high: task.end.clone(),
            open: 0,
            combing: false,
            places: Vec::new(),
            empty: Vec::new(),
        };
        self.ends(id, &mut search);
        task.ahead = if search.open == 0 { KnownAhead::Unsplittable } else { KnownAhead::Searching };
        if search.open > 0 {
            self.split_searches.insert(id, search);
        }
    }

    /// Asks beyond everything that shares one more character with the last name each.
    fn ends(&mut self, of: u64, search: &mut SplitSearch) {
        let texts = probes_beyond(&search.prefix, &search.low, search.high.as_deref(), AT_ONCE);
        search.open = texts.len();
        for text in texts {
            self.aim(of, search, text);
        }
    }

    fn aim(&mut self, of: u64, search: &SplitSearch, text: String) {
        let ask = PageQuery {
            container: Some(search.container.clone()),
            prefix: search.prefix.clone(),
            delimiter: false,
            with_deleted: self.service.deleted,
            start_from: Some(text),
            marker: None,
            page_size: 1,
        };
        self.take_aim(Probe { of, ask, pages: 0 });
    }

    fn take_aim(&mut self, aim: Probe) {
        let (id, ask) = (self.new_id(), aim.ask.clone());
        let tally = names_only(&ask);
        self.send(id, InFlight::SplitProbe(aim), (ask, tally), false, Duration::ZERO);
    }

    /// Takes the answer to one place.
    pub(super) fn aimed(&mut self, mut aim: Probe, outcome: FetchOutcome) {
        let text = aim.ask.start_from.clone().unwrap_or_default();
        let mut name = None;
        match outcome {
            FetchOutcome::Blobs(mut tally, next) => {
                name = tally.level.take().unwrap_or_default().into_iter().next();
                // A page may be empty although more follows.
                if name.is_none() && next.is_some() && aim.pages < EMPTY_PAGES {
                    (aim.ask.marker, aim.pages) = (next, aim.pages + 1);
                    return self.take_aim(aim);
                }
                self.service.ranged &= name.as_ref().is_none_or(|name| *name >= text);
            }
            FetchOutcome::Failed(fault) if fault.kind == FaultKind::BadRequest => self.service.ranged = false,
            // The listing is cut without this place.
            FetchOutcome::Failed(fault) => self.note_throttle(&fault),
            FetchOutcome::Unparsed | FetchOutcome::Containers(..) => {}
        }
        let Some(mut search) = self.split_searches.remove(&aim.of) else { return };
        search.open -= 1;
        match name.filter(|name| search.high.as_ref().is_none_or(|high| name < high)) {
            Some(name) => search.places.push((text, name)),
            None => search.empty.push(text),
        }
        if search.open == 0 && self.service.ranged && !search.combing {
            self.go_on(aim.of, &mut search);
        }
        if search.open > 0 {
            self.split_searches.insert(aim.of, search);
        } else {
            let places = if self.service.ranged { search.places() } else { Vec::new() };
            let level = match (places.is_empty(), self.service.ranged) {
                (false, _) => KnownAhead::SplitPoints(places),
                (true, true) => KnownAhead::Unsplittable,
                (true, false) => KnownAhead::Flat,
            };
            if let Some(task) = self.listing_mut(aim.of) {
                task.ahead = level;
            }
        }
    }

    /// All ends are answered: looks closer where names go on, or at later characters where they do not.
    fn go_on(&mut self, of: u64, search: &mut SplitSearch) {
        if !search.places.is_empty() {
            return self.comb(of, search);
        }
        search.high = search.empty.drain(..).min();
        self.ends(of, search);
    }

    /// Asks between the farthest end with names ahead and what is beyond it.
    fn comb(&mut self, of: u64, search: &mut SplitSearch) {
        search.combing = true;
        let Some((farthest, _)) = search.places.iter().max() else { return };
        let texts = probes_between(farthest, search.high.as_deref(), AT_ONCE);
        search.open = texts.len();
        for text in texts {
            self.aim(of, search, text);
        }
    }
}

impl SplitSearch {
    /// Where to cut: of places with nothing between them only the last, which lies next to its name.
    fn places(self) -> Vec<String> {
        let mut places = self.places;
        places.sort_unstable_by(|one, two| two.cmp(one));
        places.dedup_by(|earlier, later| earlier.1 == later.1);
        places.into_iter().rev().map(|(text, _)| text).collect()
    }
}
