//! Where a listing is cut so that idle lanes can take over what is ahead: by the folders of a level, which a listing with a delimiter
//! tells, or by places found by a search.

use std::time::Duration;

use super::{Engine, InFlight};
use crate::scan::fetch::FetchOutcome;
use crate::scan::source::PageQuery;
use crate::scan::task::{KnownAhead, ListingTask, names_only};

/// Pages after which the rest of a listing is worth the questions where to cut it.
const WORTH_A_SEARCH: u32 = 2;

/// Names of one level held to cut a listing by; beyond that the level counts as flat.
const LEVEL_LIMIT: usize = 100_000;

/// A look at the folders ahead of a listing.
#[derive(Debug)]
pub(super) struct FolderProbe {
    /// The listing it is for.
    listing: u64,
    query: PageQuery,
    names: Vec<String>,
    folders: usize,
    failures: u32,
}

impl Engine<'_> {
    /// Hands what is ahead of a listing to idle lanes, or looks for folders or places to cut it by.
    pub(super) fn split_ahead(&mut self, id: u64, task: &mut ListingTask) {
        // A listing that began anew is behind what it has counted; cutting there would count twice.
        if !self.ledger.can_split(task.rule) || task.skip.is_some() {
            return;
        }
        for part in task.split(self.options.concurrency.saturating_mul(2).max(4)) {
            let id = self.new_id();
            self.queue.push_back((id, part));
            self.ledger.listing_split(task.rule);
        }
        if self.in_flight.len() + self.waiting_listings() + 1 >= self.window.size() {
            return;
        }
        match (&task.ahead, task.scope(), &task.container) {
            (_, Some(scope), Some(container)) => {
                let ask = PageQuery {
                    container: Some(container.clone()),
                    prefix: scope.to_owned(),
                    delimiter: true,
                    with_deleted: self.service.deleted,
                    page_size: self.options.page_size,
                    ..PageQuery::default()
                };
                task.ahead = KnownAhead::Probing;
                self.send_folder_probe(
                    FolderProbe { listing: id, query: ask, names: Vec::new(), folders: 0, failures: 0 },
                    Duration::ZERO,
                );
            }
            (KnownAhead::Flat, _, Some(_)) if self.service.ranged && self.ledger.can_start_anywhere(task.rule) => {
                self.search_when_worth_it(id, task);
            }
            (KnownAhead::Flat, _, Some(container)) => {
                self.one_by_one = Some(format!("{container}/{}", task.prefix));
            }
            _ => {}
        }
    }

    fn search_when_worth_it(&mut self, id: u64, task: &mut ListingTask) {
        if task.pages >= WORTH_A_SEARCH {
            self.search(id, task);
        }
    }

    /// Names of a level have come, or not: then the listing goes on uncut.
    pub(super) fn take_folders(&mut self, mut look: FolderProbe, outcome: FetchOutcome) {
        let known = match outcome {
            FetchOutcome::Blobs(mut tally, next) => {
                look.names.append(&mut tally.level.take().unwrap_or_default());
                look.folders += tally.folders;
                match next {
                    None => KnownAhead::Level(look.query.prefix.clone(), std::mem::take(&mut look.names)),
                    // Mostly blobs: going on would list the level twice and gain little.
                    Some(_) if look.folders * 2 < look.names.len() || look.names.len() > LEVEL_LIMIT => {
                        KnownAhead::Flat
                    }
                    Some(next) => {
                        look.query.marker = Some(next);
                        return self.send_folder_probe(look, Duration::ZERO);
                    }
                }
            }
            FetchOutcome::Unparsed | FetchOutcome::Failed(_) if look.failures < 3 => {
                if let FetchOutcome::Failed(fault) = outcome {
                    self.note_throttle(&fault);
                }
                look.failures += 1;
                let pause = self.options.pause.saturating_mul(look.failures);
                return self.send_folder_probe(look, pause);
            }
            _ => KnownAhead::Flat,
        };
        if let Some(task) = self.listing_mut(look.listing) {
            task.ahead = known;
        }
    }

    fn send_folder_probe(&mut self, look: FolderProbe, pause: Duration) {
        let (id, ask, thorough) = (self.new_id(), look.query.clone(), look.failures > 0);
        let tally = names_only(&ask);
        self.send(id, InFlight::FolderProbe(look), (ask, tally), thorough, pause);
    }
}
