//! Where a listing is cut so that idle lanes can take over what is ahead: by the folders of a level, which a listing with a delimiter
//! tells, or by places found by a search.

use std::time::Duration;

use super::{Engine, ListingsInFlight};
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
    of: u64,
    ask: PageQuery,
    names: Vec<String>,
    folders: usize,
    failures: u32,
}

impl Engine<'_> {
    /// Hands what is ahead of a listing to idle lanes, or looks for folders or places to cut it by.
    pub(super) fn cut(&mut self, id: u64, task: &mut ListingTask) {
        // A listing that began anew is behind what it has counted; cutting there would count twice.
        if !self.units.can_split(task.unit) || task.skip.is_some() {
            return;
        }
        for part in task.split(self.options.concurrency.saturating_mul(2).max(4)) {
            let id = self.id();
            self.queue.push_back((id, part));
            self.units.split(task.unit);
        }
        if self.flying.len() + self.waiting_listings() + 1 >= self.pace.lanes() {
            return;
        }
        match (&task.level, task.scope(), &task.container) {
            (_, Some(scope), Some(container)) => {
                let ask = PageQuery {
                    container: Some(container.clone()),
                    prefix: scope.to_owned(),
                    delimiter: true,
                    deleted: self.service.deleted,
                    page_size: self.options.page_size,
                    ..PageQuery::default()
                };
                task.level = KnownAhead::Asked;
                self.look(FolderProbe { of: id, ask, names: Vec::new(), folders: 0, failures: 0 }, Duration::ZERO);
            }
            (KnownAhead::Flat, _, Some(_)) if self.service.ranged && self.units.can_range(task.unit) => {
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
    pub(super) fn looked(&mut self, mut look: FolderProbe, outcome: FetchOutcome) {
        let known = match outcome {
            FetchOutcome::Blobs(mut tally, next) => {
                look.names.append(&mut tally.level.take().unwrap_or_default());
                look.folders += tally.folders;
                match next {
                    None => KnownAhead::Known(look.ask.prefix.clone(), std::mem::take(&mut look.names)),
                    // Mostly blobs: going on would list the level twice and gain little.
                    Some(_) if look.folders * 2 < look.names.len() || look.names.len() > LEVEL_LIMIT => {
                        KnownAhead::Flat
                    }
                    Some(next) => {
                        look.ask.marker = Some(next);
                        return self.look(look, Duration::ZERO);
                    }
                }
            }
            FetchOutcome::Odd | FetchOutcome::Failed(_) if look.failures < 3 => {
                if let FetchOutcome::Failed(fault) = outcome {
                    self.heed(&fault);
                }
                look.failures += 1;
                let pause = self.options.pause.saturating_mul(look.failures);
                return self.look(look, pause);
            }
            _ => KnownAhead::Flat,
        };
        if let Some(task) = self.task_mut(look.of) {
            task.level = known;
        }
    }

    fn look(&mut self, look: FolderProbe, pause: Duration) {
        let (id, ask, thorough) = (self.id(), look.ask.clone(), look.failures > 0);
        let tally = names_only(&ask);
        self.send(id, ListingsInFlight::Look(look), (ask, tally), thorough, pause);
    }
}
