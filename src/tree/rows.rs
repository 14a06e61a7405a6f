//! The rows of the window as data, with the state of each listing on its status line. `ui` draws them.

use jiff::Timestamp;

use super::children::{Children, LoadState};
use super::order::Sort;
use super::visible::VisibleRow;
use super::{NodeId, NodeKind, Tree};
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::BlobKind;

/// One visible row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    /// The node; for a status line, the node whose listing it is about.
    pub id: NodeId,
    /// Levels below the account, which is at 0.
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
        /// Its name within its parent, as the service gave it: folders end in `/`, snapshots and versions are named by their time. Empty for a blob
        /// that is named like the folder it is in.
        name: String,
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
    /// The status line at the end of an open node's children.
    Status(ListingStatus<'a>),
}

/// How far the children of an open node are listed. `loaded` counts those that are loaded.
#[derive(Clone, Debug, PartialEq)]
pub enum ListingStatus<'a> {
    /// A page is requested.
    Loading {
        /// Loaded children.
        loaded: usize,
    },
    /// The server has more.
    Partial {
        /// Loaded children.
        loaded: usize,
        /// The rows are not in the server's order, so that later ones can come to stand between them.
        sorted: bool,
    },
    /// Listed to the end.
    Complete {
        /// All children.
        loaded: usize,
    },
    /// The filter hides all loaded children.
    Hidden {
        /// Loaded children.
        loaded: usize,
    },
    /// Listed to the end; there are no children.
    Empty,
    /// The request for a page failed; Retry goes on at the same marker.
    Failed {
        /// Loaded children.
        loaded: usize,
        /// The reason.
        fault: &'a Fault,
    },
    /// Listing is not allowed.
    Forbidden {
        /// Loaded children.
        loaded: usize,
        /// The role or network rule that is missing.
        fault: &'a Fault,
    },
}

/// The loaded children of the node around the cursor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListingTotals {
    /// How many they are.
    pub loaded: usize,
    /// Bytes of the blobs among them; folders are not counted.
    pub bytes: u64,
    /// Listed to the end; else both numbers are "at least".
    pub complete: bool,
}

impl Tree {
    /// The rows of the window.
    pub fn rows(&self) -> Vec<Row<'_>> {
        self.rows_at(self.visible.top, self.visible.height)
    }

    /// The rows from `top` on, at most `height`. The cost grows with `height`, not with the loaded rows.
    pub fn rows_at(&self, top: usize, height: usize) -> Vec<Row<'_>> {
        let window = self.visible.shown().iter().enumerate().skip(top).take(height);
        window.map(|(index, row)| self.row(*row, index == self.visible.cursor)).collect()
    }

    /// How many rows are visible in all, and which is the first one of the window.
    pub fn extent(&self) -> (usize, usize) {
        (self.visible.shown().len(), self.visible.top)
    }

    fn row(&self, row: VisibleRow, cursor: bool) -> Row<'_> {
        let id = row.node();
        let depth = self.arena.depth(id).saturating_add(u16::from(row.is_status()));
        let children = self.children.get(&id);
        let item = match children {
            Some(children) if row.is_status() => RowItem::Status(self.status(children)),
            _ => RowItem::Node {
                kind: self.kind(id),
                name: self.arena.name(id),
                open: children.is_some_and(|children| children.open),
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

    fn status<'a>(&self, children: &'a Children) -> ListingStatus<'a> {
        let loaded = children.nodes.len();
        let listed = matches!(children.state, LoadState::Partial { .. } | LoadState::Done);
        if self.visible.filtered.is_some() && loaded > 0 && listed {
            return ListingStatus::Hidden { loaded };
        }
        match &children.state {
            LoadState::Idle | LoadState::Loading { .. } => ListingStatus::Loading { loaded },
            LoadState::Partial { .. } => ListingStatus::Partial { loaded, sorted: self.sort != Sort::default() },
            LoadState::Done if loaded == 0 => ListingStatus::Empty,
            LoadState::Done => ListingStatus::Complete { loaded },
            LoadState::Failed { fault, .. } if fault.kind == FaultKind::Denied => {
                ListingStatus::Forbidden { loaded, fault }
            }
            LoadState::Failed { fault, .. } => ListingStatus::Failed { loaded, fault },
        }
    }

    /// Totals of the children around the cursor: of an open node itself or of the node of a status line, else of the parent.
    pub fn totals(&self) -> ListingTotals {
        let row = self.visible.at_cursor();
        let node = row.node();
        let own_children = row.is_status() || self.is_open(node);
        let node = if own_children { node } else { self.arena.parent(node).unwrap_or(node) };
        let Some(children) = self.children.get(&node) else { return ListingTotals::default() };
        ListingTotals {
            loaded: children.nodes.len(),
            bytes: children.bytes,
            complete: children.state == LoadState::Done,
        }
    }

    /// How many snapshots and how many older versions of a blob are loaded.
    pub fn history_counts(&self, blob: NodeId) -> (usize, usize) {
        let children = self.children.get(&blob).map_or(&[][..], |children| &children.nodes);
        let versions = children.iter().filter(|id| self.kind(**id) == NodeKind::Version).count();
        (children.len() - versions, versions)
    }

    /// How many nodes were ever loaded.
    pub fn loaded_nodes(&self) -> usize {
        self.arena.len().saturating_sub(1)
    }
}
