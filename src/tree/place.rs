//! Open nodes and cursor as they are saved in the draft and found again after a restart. Saving is done elsewhere.

use super::visible::RowOnLine;
use super::{LoadState, NodeId, NodeKey, Tree};

/// The open nodes and the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreePlace {
    /// Open nodes, parents first.
    pub open: Vec<NodeKey>,
    /// The row under the cursor.
    pub cursor: Option<NodeKey>,
    /// The cursor's line on the screen, from 0.
    pub line: usize,
}

impl Tree {
    /// The place now. It includes the nodes and the cursor that a restored place still waits for.
    pub fn place(&self) -> TreePlace {
        let open = self.children.iter().filter(|(id, children)| children.open && !self.arena.is_removed(**id));
        let mut open: Vec<NodeKey> =
            open.map(|(id, _)| self.key(*id)).chain(self.pending_open.iter().cloned()).collect();
        open.sort_by(|one, two| (&one.path, one.kind).cmp(&(&two.path, two.kind)));
        open.dedup();
        let (cursor, line) = match &self.pending_cursor {
            Some((key, line)) => (key.clone(), *line),
            None => (self.key(self.cursor_node()), self.visible.line()),
        };
        TreePlace { open, cursor: Some(cursor), line }
    }

    /// Goes to a place: nodes open as soon as they are loaded, and the cursor follows. If the person moves the cursor
    /// meanwhile, it stays where they moved it.
    pub fn restore(&mut self, place: &TreePlace) {
        self.pending_open = place.open.iter().cloned().collect();
        self.pending_cursor = place.cursor.clone().map(|key| (key, place.line));
        let loaded: Vec<NodeId> = place.open.iter().filter_map(|key| self.find(key)).collect();
        self.reopen(&loaded);
        self.request_due();
    }

    /// Opens the nodes that are to be opened as soon as they are loaded.
    pub(super) fn reopen(&mut self, nodes: &[NodeId]) {
        if self.pending_open.is_empty() {
            return;
        }
        for node in nodes {
            if self.kind(*node).can_open() && self.pending_open.remove(&self.key(*node)) {
                self.set_open(*node, true);
            }
        }
    }

    /// Puts the cursor on its pending row, or on the nearest loaded row above. While the row is not loaded, returns the node whose
    /// listing must go on.
    pub(super) fn follow_pending_cursor(&mut self) -> Option<NodeId> {
        let (key, line) = self.pending_cursor.take()?;
        let nearest = self.deepest_loaded(&key);
        // The rows of a history come oldest first and stand newest first, so the cursor's line is known only at its end.
        let history = self.arena.parent(nearest).filter(|_| key.time.is_some()).map(|blob| self.load_state(blob));
        let history_grows = history.is_some_and(|state| state.is_busy() || state.can_continue());
        let has_arrived = self.key(nearest) == key && !history_grows;
        let is_ended = matches!(self.load_state(nearest), LoadState::Done | LoadState::Failed { .. });
        let can_arrive = history_grows || (self.is_open(nearest) && !is_ended);
        self.keep_cursor_on(RowOnLine { row: nearest.into(), line });
        if has_arrived || !can_arrive {
            return None;
        }
        self.pending_cursor = Some((key, line));
        Some(nearest)
    }
}
