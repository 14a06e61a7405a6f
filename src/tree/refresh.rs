//! Keeps the flat list of visible rows in line with the open nodes. A change replaces a range of rows and leaves the cursor on
//! its row and that row on its line.

use std::ops::Range;

use super::children::Children;
use super::visible::{RowOnLine, VisibleRow};
use super::{NodeId, Tree};

/// The rows of some nodes and of all that is open below them.
#[derive(Default)]
pub(super) struct FlattenedRows {
    pub(super) rows: Vec<VisibleRow>,
    /// How many rows stand below each node that has children.
    pub(super) rows_below: Vec<(NodeId, usize)>,
}

impl Tree {
    /// The node under the cursor, or the one whose status line it is on.
    pub(super) fn cursor_node(&self) -> NodeId {
        self.visible.at_cursor().node()
    }

    /// Opens or closes a node, and shows it so.
    pub(super) fn set_open(&mut self, node: NodeId, open: bool) {
        let children = self.children.entry(node).or_default();
        if children.open != open {
            children.open = open;
            self.refresh(node, None);
        }
    }

    fn is_visible(&self, node: NodeId) -> bool {
        self.arena.ancestors(node).skip(1).all(|ancestor| self.is_open(ancestor))
    }

    /// Appends the row of a node and the rows of all that is open below it.
    pub(super) fn flatten(&self, node: NodeId, flattened: &mut FlattenedRows) {
        flattened.rows.push(node.into());
        let Some(children) = self.children.get(&node) else { return };
        let start = flattened.rows.len();
        if children.open {
            for child in self.display_order(node, &children.nodes).iter() {
                if self.children.contains_key(child) {
                    self.flatten(*child, flattened);
                } else {
                    flattened.rows.push((*child).into());
                }
            }
            flattened.rows.push(VisibleRow::status(node));
        }
        flattened.rows_below.push((node, flattened.rows.len() - start));
    }

    /// Rebuilds the visible rows from a node down. The cursor keeps its row and line. If its row is gone it goes to
    /// `go_to`, else to the nearest visible node above.
    pub(super) fn refresh(&mut self, node: NodeId, go_to: Option<NodeId>) {
        if !self.is_visible(node) {
            return;
        }
        let Some(start) = self.visible.all.iter().position(|row| *row == node.into()) else { return };
        let mut flattened = FlattenedRows::default();
        self.flatten(node, &mut flattened);
        let old_count = 1 + self.children.get(&node).map_or(0, |children| children.rows_below);
        for (id, count) in flattened.rows_below {
            if let Some(children) = self.children.get_mut(&id) {
                children.rows_below = count;
            }
        }
        self.replace_rows(node, start..start + old_count, &flattened.rows, go_to.map(VisibleRow::from));
    }

    /// Shows rows that come after all other children of their parent. A cursor on the parent's status line goes to the first
    /// of them: the person waited there for the rows.
    pub(super) fn append_rows(&mut self, parent: NodeId, added: &[NodeId]) {
        if !self.is_open(parent) || !self.is_visible(parent) {
            return;
        }
        let Some(start) = self.visible.all.iter().position(|row| *row == parent.into()) else { return };
        let mut flattened = FlattenedRows::default();
        for id in added {
            self.flatten(*id, &mut flattened);
        }
        for (id, count) in flattened.rows_below {
            self.children.entry(id).or_default().rows_below = count;
        }
        let Some(children) = self.children.get_mut(&parent) else { return };
        let status_line = start + children.rows_below;
        children.rows_below += flattened.rows.len();
        let on_status = self.visible.at_cursor() == VisibleRow::status(parent);
        let go_to = added.first().filter(|_| on_status).map(|id| VisibleRow::from(*id));
        self.replace_rows(parent, status_line..status_line, &flattened.rows, go_to);
    }

    /// Puts `rows` in the place of a range below `node`, and counts the difference in all nodes above it.
    fn replace_rows(&mut self, node: NodeId, range: Range<usize>, rows: &[VisibleRow], go_to: Option<VisibleRow>) {
        let RowOnLine { row: at_cursor, line } = self.visible.cursor_on_line();
        let removed = range.len();
        let end = range.end.min(self.visible.all.len());
        self.visible.all.splice(range.start.min(end)..end, rows.iter().copied());
        let above: Vec<NodeId> = self.arena.ancestors(node).skip(1).collect();
        for ancestor in above {
            if let Some(children) = self.children.get_mut(&ancestor) {
                children.rows_below = (children.rows_below + rows.len()).saturating_sub(removed);
            }
        }
        self.refilter();
        self.keep_cursor_on(RowOnLine { row: go_to.unwrap_or(at_cursor), line });
    }

    /// The nodes whose next page is due: less than a screen below the window stands their status line or the first row that
    /// is not listed again yet.
    pub(super) fn listings_near_their_end(&self) -> Vec<NodeId> {
        let near = self.visible.shown().iter().skip(self.visible.top).take(self.visible.height.saturating_mul(2));
        let (mut due, mut reader) = (Vec::new(), self.arena.name_reader());
        for row in near {
            if row.is_status() {
                due.push(row.node());
                continue;
            }
            let Some(parent) = self.arena.parent(row.node()) else { continue };
            let mut is_old = |children: &Children| {
                let relisted = children.relisted?;
                let index = self.search(parent, &children.nodes, self.sibling_key(row.node(), &mut reader)).ok()?;
                Some(index >= relisted)
            };
            if !due.contains(&parent) && self.children.get(&parent).and_then(&mut is_old) == Some(true) {
                due.push(parent);
            }
        }
        due
    }
}
