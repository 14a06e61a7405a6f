//! The visible rows as data, by window, with the words of each level's last line as facts. Drawing is in `ui`.

use jiff::Timestamp;

use super::children::{Children, LoadState};
use super::visible::VisibleRow;
use super::{NodeId, NodeKind, Sort, Tree};
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::BlobKind;

/// One visible row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    /// The node, or the one whose listing a status line is about.
    pub id: NodeId,
    /// How far it is indented; the account is at 0.
    pub depth: u16,
    /// Whether the cursor is on it.
    pub cursor: bool,
    /// What the row shows.
    pub item: RowItem<'a>,
}

/// What a row shows.
#[derive(Clone, Debug, PartialEq)]
pub enum RowItem<'a> {
    /// A container, folder, blob, snapshot, version, or the account.
    Node {
        /// What it is.
        kind: NodeKind,
        /// Its name within its parent, raw: folders end in `/`, snapshots and versions are named by their time. Empty for a blob
        /// that is named like the folder it is in.
        name: &'a str,
        /// Its rows are shown.
        open: bool,
        /// Bytes, for blobs, snapshots and versions.
        size: Option<u64>,
        /// Last changed, or when the snapshot was taken or the version written.
        time: Option<Timestamp>,
        /// Access tier, verbatim.
        tier: Option<&'a str>,
        /// Kind of blob, where the service said.
        blob: Option<BlobKind>,
        /// In the archive tier, from which nothing is exported.
        archived: bool,
        /// Soft-deleted.
        deleted: bool,
    },
    /// How far the listing of a level is.
    Status(LevelStatus<'a>),
}

/// The last line of an open level. `loaded` counts the rows of the level that are there.
#[derive(Clone, Debug, PartialEq)]
pub enum LevelStatus<'a> {
    /// A page is on its way.
    Loading {
        /// Rows there already.
        loaded: usize,
    },
    /// The server has more. `sorted` when the rows are not in the server's order, so that those to come may fall between.
    Partial {
        /// Rows there already.
        loaded: usize,
        /// Sorted by size or time, or backwards.
        sorted: bool,
    },
    /// Everything is there.
    Complete {
        /// All rows.
        loaded: usize,
    },
    /// The filter hides every row of the level that is loaded.
    Hidden {
        /// Rows there already.
        loaded: usize,
    },
    /// The level has no rows.
    Empty,
    /// A page did not come; Retry goes on from the same place.
    Failed {
        /// Rows there already.
        loaded: usize,
        /// Why.
        fault: &'a Fault,
    },
    /// Listing is not allowed.
    Forbidden {
        /// Rows there already.
        loaded: usize,
        /// Which role or rule is missing.
        fault: &'a Fault,
    },
}

/// What the level around the cursor holds so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LevelTotals {
    /// Rows of the level.
    pub loaded: usize,
    /// Bytes of its blobs; folders are not counted.
    pub bytes: u64,
    /// Listed to the end; else both numbers are "at least".
    pub complete: bool,
}

impl Tree {
    /// The rows of the window.
    pub fn rows(&self) -> Vec<Row<'_>> {
        self.rows_at(self.shown.top, self.shown.height)
    }

    /// The rows from `top` on, at most `height`; cost by height, not by what is loaded.
    pub fn rows_at(&self, top: usize, height: usize) -> Vec<Row<'_>> {
        let seen = self.shown.view().iter().enumerate().skip(top).take(height);
        seen.map(|(index, entry)| self.row(*entry, index == self.shown.cursor)).collect()
    }

    /// How many rows are visible in all, and which is the first one of the window.
    pub fn extent(&self) -> (usize, usize) {
        (self.shown.view().len(), self.shown.top)
    }

    fn row(&self, entry: VisibleRow, cursor: bool) -> Row<'_> {
        let id = entry.node();
        let depth = self.arena.depth(id).saturating_add(u16::from(entry.is_status()));
        let item = match self.levels.get(&id) {
            Some(level) if entry.is_status() => RowItem::Status(self.status(level)),
            _ => RowItem::Node {
                kind: self.kind(id),
                name: self.arena.name(id),
                open: self.is_open(id),
                size: self.arena.size(id),
                time: self.arena.time(id),
                tier: self.arena.tier(id),
                blob: self.arena.blob(id),
                archived: self.arena.is_archived(id),
                deleted: self.arena.is_deleted(id),
            },
        };
        Row { id, depth, cursor, item }
    }

    fn status<'a>(&self, level: &'a Children) -> LevelStatus<'a> {
        let loaded = level.loaded();
        let listed = matches!(level.stage, LoadState::Partial { .. } | LoadState::Done);
        if self.shown.filtered.is_some() && loaded > 0 && listed {
            return LevelStatus::Hidden { loaded };
        }
        match &level.stage {
            LoadState::Idle | LoadState::Loading { .. } => LevelStatus::Loading { loaded },
            LoadState::Partial { .. } => LevelStatus::Partial { loaded, sorted: self.sort != Sort::default() },
            LoadState::Done if loaded == 0 => LevelStatus::Empty,
            LoadState::Done => LevelStatus::Complete { loaded },
            LoadState::Failed { fault, .. } if fault.kind == FaultKind::Denied => {
                LevelStatus::Forbidden { loaded, fault }
            }
            LoadState::Failed { fault, .. } => LevelStatus::Failed { loaded, fault },
        }
    }

    /// Totals of the level the cursor's row is in; on an open node or a status line, of the level under it.
    pub fn totals(&self) -> LevelTotals {
        let entry = self.shown.at_cursor();
        let node = entry.node();
        let own = entry.is_status() || self.is_open(node);
        let node = if own { node } else { self.arena.parent(node).unwrap_or(node) };
        let Some(level) = self.levels.get(&node) else { return LevelTotals::default() };
        LevelTotals {
            loaded: level.loaded(),
            bytes: level.bytes,
            complete: level.stage == LoadState::Done && level.fresh.is_none(),
        }
    }

    /// How many snapshots and how many older versions of a blob are loaded.
    pub fn older(&self, blob: NodeId) -> (usize, usize) {
        let children = self.levels.get(&blob).map_or(&[][..], |level| &level.nodes);
        let versions = children.iter().filter(|id| self.kind(**id) == NodeKind::Version).count();
        (children.len() - versions, versions)
    }

    /// How many nodes were ever loaded.
    pub fn loaded(&self) -> usize {
        self.arena.len().saturating_sub(1)
    }
}
