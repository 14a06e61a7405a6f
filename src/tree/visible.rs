//! The visible rows as one flat list, the cursor and the first line on the screen. A change puts a run of rows in the place
//! of another and holds the cursor's item on its line.

use std::borrow::Cow;
use std::collections::HashSet;

use super::children::Children;
use super::filter::Filtered;
use super::{NodeId, NodeKind, Tree};

/// A visible row in four bytes: a node, or the line that tells how far the listing under it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct VisibleRow(u32);

const STATUS: u32 = 1 << 31;

impl From<NodeId> for VisibleRow {
    fn from(id: NodeId) -> Self {
        Self(id.0)
    }
}

impl VisibleRow {
    /// The line that ends the rows under a node.
    pub(super) fn status(id: NodeId) -> Self {
        Self(id.0 | STATUS)
    }

    pub(super) fn is_status(self) -> bool {
        self.0 & STATUS != 0
    }

    /// The node, or the one whose listing the line is about.
    pub(super) fn node(self) -> NodeId {
        NodeId(self.0 & !STATUS)
    }
}

/// What is visible and where the cursor is.
#[derive(Debug, Default)]
pub(super) struct VisibleRows {
    pub(super) rows: Vec<VisibleRow>,
    pub(super) filtered: Option<Filtered>,
    pub(super) top: usize,
    pub(super) cursor: usize,
    pub(super) height: usize,
}

impl VisibleRows {
    /// The rows on the screen's list: all visible ones, or those a filter leaves.
    pub(super) fn view(&self) -> &[VisibleRow] {
        self.filtered.as_ref().map_or(&self.rows, |filtered| &filtered.rows)
    }

    pub(super) fn at_cursor(&self) -> VisibleRow {
        self.view().get(self.cursor).copied().unwrap_or(VisibleRow(0))
    }

    /// The cursor's line on the screen.
    pub(super) fn line(&self) -> usize {
        self.cursor.saturating_sub(self.top)
    }

    pub(super) fn find(&self, entry: VisibleRow) -> Option<usize> {
        self.view().iter().position(|row| *row == entry)
    }

    /// Puts the cursor on a row and that row on a line of the screen.
    pub(super) fn place(&mut self, index: usize, line: usize) {
        self.cursor = index.min(self.view().len().saturating_sub(1));
        self.top = self.cursor.saturating_sub(line);
        self.follow();
    }

    /// Scrolls as little as needed to see the cursor.
    pub(super) fn follow(&mut self) {
        let height = self.height.max(1);
        let lowest = (self.cursor + 1).saturating_sub(height);
        self.top = self.top.clamp(lowest, self.cursor.max(lowest));
    }

    /// Scrolls up where the window reaches beyond the last row: what stands above is seen instead of empty lines.
    pub(super) fn fill(&mut self) {
        let last = self.view().len().saturating_sub(self.height.max(1));
        self.top = self.top.min(last);
    }
}

impl Tree {
    /// The node under the cursor, or the one whose status line it is on.
    pub(super) fn cursor_node(&self) -> NodeId {
        self.shown.at_cursor().node()
    }

    /// Opens or closes a node, and shows it so.
    pub(super) fn set_open(&mut self, node: NodeId, open: bool) {
        let level = self.levels.entry(node).or_default();
        if level.open != open {
            level.open = open;
            self.refresh(node, None);
        }
    }

    fn is_visible(&self, node: NodeId) -> bool {
        self.arena.ancestors(node).skip(1).all(|up| self.is_open(up))
    }

    /// The children in the order shown.
    pub(super) fn ordered<'a>(&self, node: NodeId, children: &'a [NodeId]) -> Cow<'a, [NodeId]> {
        if self.kind(node) == NodeKind::Blob { Cow::Borrowed(children) } else { self.sorted(children) }
    }

    /// Writes the rows of a node and all below it; returns how many stand below.
    pub(super) fn flatten(&self, node: NodeId, rows: &mut Vec<VisibleRow>, counts: &mut Vec<(NodeId, usize)>) {
        rows.push(node.into());
        let Some(level) = self.levels.get(&node) else { return };
        let start = rows.len();
        if level.open {
            for child in self.ordered(node, &level.nodes).iter() {
                if self.levels.contains_key(child) {
                    self.flatten(*child, rows, counts);
                } else {
                    rows.push((*child).into());
                }
            }
            rows.push(VisibleRow::status(node));
        }
        counts.push((node, rows.len() - start));
    }

    /// Writes the visible rows from a node down anew. The cursor keeps its item and line; if that is gone it goes to `heir`,
    /// else to the nearest row above that still is.
    pub(super) fn refresh(&mut self, node: NodeId, heir: Option<NodeId>) {
        if !self.is_visible(node) {
            return;
        }
        let Some(start) = self.shown.rows.iter().position(|row| *row == node.into()) else { return };
        let (mut rows, mut counts) = (Vec::new(), Vec::new());
        self.flatten(node, &mut rows, &mut counts);
        let old = self.levels.get(&node).map_or(0, |level| level.shown);
        let new = rows.len() - 1;
        for (id, count) in counts {
            if let Some(level) = self.levels.get_mut(&id) {
                level.shown = count;
            }
        }
        self.splice(node, start..start + 1 + old, &rows, new, old, heir.map(VisibleRow::from));
    }

    /// Shows rows that came after all others of their level. A cursor on the level's last line goes to the first of them, so
    /// that what was awaited stands where it was awaited.
    pub(super) fn append_rows(&mut self, node: NodeId, added: &[NodeId]) {
        if !self.is_open(node) || !self.is_visible(node) {
            return;
        }
        let Some(start) = self.shown.rows.iter().position(|row| *row == node.into()) else { return };
        let (mut rows, mut counts) = (Vec::new(), Vec::new());
        for id in added {
            self.flatten(*id, &mut rows, &mut counts);
        }
        let mut old = 0;
        for (id, count) in counts {
            self.levels.entry(id).or_default().shown = count;
        }
        if let Some(level) = self.levels.get_mut(&node) {
            old = level.shown;
            level.shown += rows.len();
        }
        let on_status = self.shown.at_cursor() == VisibleRow::status(node);
        let first = added.first().filter(|_| on_status).map(|id| VisibleRow::from(*id));
        let end = start + old;
        let new = old + rows.len();
        self.splice(node, end..end, &rows, new, old, first);
    }

    /// Puts rows in the place of others and tells the open nodes above how many more or fewer they show.
    fn splice(
        &mut self,
        node: NodeId,
        range: std::ops::Range<usize>,
        rows: &[VisibleRow],
        new: usize,
        old: usize,
        go_to: Option<VisibleRow>,
    ) {
        let (entry, line) = (self.shown.at_cursor(), self.shown.line());
        let end = range.end.min(self.shown.rows.len());
        self.shown.rows.splice(range.start.min(end)..end, rows.iter().copied());
        let above: Vec<NodeId> = self.arena.ancestors(node).skip(1).collect();
        for up in above {
            if let Some(level) = self.levels.get_mut(&up) {
                level.shown = (level.shown + new).saturating_sub(old);
            }
        }
        self.filter_again();
        self.hold(go_to.unwrap_or(entry), line);
    }

    /// Puts the cursor back on an item, else on the nearest node above it that is visible, on the same line.
    pub(super) fn hold(&mut self, entry: VisibleRow, line: usize) {
        let around = self.arena.ancestors(entry.node()).map(VisibleRow::from);
        let index = std::iter::once(entry).chain(around).find_map(|entry| self.shown.find(entry));
        self.shown.place(index.unwrap_or(0), line);
    }

    /// The levels whose next page is due: those whose last line, or whose first row not listed again yet, is less than a
    /// screen below what is seen.
    pub(super) fn near_their_end(&self) -> Vec<NodeId> {
        let height = self.shown.height;
        let seen = self.shown.view().iter().skip(self.shown.top).take(height.saturating_mul(2));
        let mut nodes = Vec::new();
        let mut looked = HashSet::new();
        for entry in seen {
            if entry.is_status() {
                nodes.push(entry.node());
                continue;
            }
            let Some(parent) = self.arena.parent(entry.node()) else { continue };
            let stale = |level: &Children| {
                let fresh = level.fresh?;
                let (name, version) = self.named(entry.node());
                Some(self.search(parent, &level.nodes, name, version).ok()? >= fresh)
            };
            if !looked.contains(&parent) && self.levels.get(&parent).and_then(stale) == Some(true) {
                looked.insert(parent);
                nodes.push(parent);
            }
        }
        nodes
    }
}
