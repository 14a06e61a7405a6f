//! A probe for the folders ahead of a listing: a listing with a delimiter, which names the folders and blobs of one level. Pure.

use std::time::Duration;

use crate::scan::level_names::LevelNames;
use crate::scan::source::PageQuery;
use crate::scan::task::KnownAhead;

/// Names of one level that are kept; a level with more is not split by folders.
const LEVEL_LIMIT: usize = 100_000;

/// Memory that the names of all levels which are read at the same time may take, in bytes.
const LEVEL_MEMORY: usize = 8 << 20;

/// A probe under way.
#[derive(Debug)]
pub(super) struct FolderProbe {
    /// The listing to split.
    pub(super) listing: u64,
    pub(super) query: PageQuery,
    /// Pages that did not come. From the first on the full parser reads the answer.
    pub(super) failures: u32,
    level: LevelNames,
}

/// What comes after an answer.
#[derive(Debug)]
pub(super) enum FolderProbeStep {
    /// Send the probe again after a pause, for the next page or the same.
    Send(FolderProbe, Duration),
    /// What is known now about the names ahead of this listing.
    Done(u64, KnownAhead),
}

impl FolderProbe {
    pub(super) fn new(listing: u64, query: PageQuery) -> Self {
        Self { listing, query, failures: 0, level: LevelNames::default() }
    }

    /// The memory that its names take, in bytes.
    pub(super) fn memory(&self) -> usize {
        self.level.memory()
    }

    /// Takes a page of the level; other probes under way take `others` bytes.
    pub(super) fn take_page(mut self, page: LevelNames, next: Option<String>, others: usize) -> FolderProbeStep {
        self.level.append(page);
        match next {
            None => FolderProbeStep::Done(self.listing, KnownAhead::Level(self.query.prefix, self.level.names)),
            Some(_) if self.is_not_worth_it() || self.memory() + others > LEVEL_MEMORY => self.give_up(),
            next => {
                self.query.marker = next;
                FolderProbeStep::Send(self, Duration::ZERO)
            }
        }
    }

    /// Gives up: the listing goes on as if it had no folders.
    pub(super) fn give_up(self) -> FolderProbeStep {
        FolderProbeStep::Done(self.listing, KnownAhead::Flat)
    }

    /// Whether the level holds mostly blobs: reading on would list most of it twice and gain few folders.
    fn is_not_worth_it(&self) -> bool {
        self.level.folders * 2 < self.level.names.len() || self.level.names.len() > LEVEL_LIMIT
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::entry::{EntrySink as _, ListedEntry};

    fn level(folders: usize, blobs: usize) -> LevelNames {
        let mut names = LevelNames::default();
        (0..folders).for_each(|_| names.folder("x/"));
        (0..blobs).for_each(|_| names.blob(&ListedEntry { name: "x", ..ListedEntry::default() }));
        names
    }

    fn probe() -> FolderProbe {
        FolderProbe::new(7, PageQuery { prefix: "p/".into(), ..PageQuery::default() })
    }

    #[test]
    fn a_level_is_known_once_its_last_page_has_come() {
        let FolderProbeStep::Send(probe, pause) = probe().take_page(level(2, 2), Some("m".into()), 0) else {
            unreachable!("the first page was not the last")
        };
        assert_eq!((probe.query.marker.as_deref(), pause), (Some("m"), Duration::ZERO));
        let FolderProbeStep::Done(7, KnownAhead::Level(prefix, names)) = probe.take_page(level(1, 5), None, 0) else {
            unreachable!("the level is not known after its last page")
        };
        assert_eq!((prefix.as_str(), names.len()), ("p/", 10));
    }

    #[test]
    fn a_level_is_not_read_on_while_others_take_all_memory() {
        let step = probe().take_page(level(5, 0), Some("m".into()), LEVEL_MEMORY);
        assert!(matches!(step, FolderProbeStep::Done(7, KnownAhead::Flat)), "{step:?}");
        let step = probe().take_page(level(5, 0), None, LEVEL_MEMORY);
        assert!(matches!(step, FolderProbeStep::Done(7, KnownAhead::Level(..))), "{step:?}");
    }

    #[test]
    fn a_level_of_blobs_is_not_read_on() {
        let step = probe().take_page(level(1, 3), Some("m".into()), 0);
        assert!(matches!(step, FolderProbeStep::Done(7, KnownAhead::Flat)), "{step:?}");
        let step = probe().take_page(level(LEVEL_LIMIT, 1), Some("m".into()), 0);
        assert!(matches!(step, FolderProbeStep::Done(7, KnownAhead::Flat)), "{step:?}");
    }
}
