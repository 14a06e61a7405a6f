//! Where a person was in the tree, as it is saved and found again after a restart. Saving itself is not done here.

use serde::{Deserialize, Serialize};

use super::{NodeId, NodeKey, Tree};

/// What was open, and where the cursor was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TreePlace {
    /// Open nodes, parents first.
    pub open: Vec<NodeKey>,
    /// The row under the cursor.
    pub cursor: Option<NodeKey>,
    /// The cursor's line on the screen, from 0.
    pub line: usize,
}

impl Tree {
    /// Where the person is now. What a restored place still waits for is part of it.
    pub fn place(&self) -> TreePlace {
        let open = self.levels.iter().filter(|(id, level)| level.open && !self.arena.is_gone(**id));
        let mut open: Vec<NodeKey> =
            open.map(|(id, _)| self.key(*id)).chain(self.pending_open.iter().cloned()).collect();
        open.sort_by(|one, two| (&one.path, one.kind).cmp(&(&two.path, two.kind)));
        open.dedup();
        let (cursor, line) = match &self.pending_cursor {
            Some((key, line)) => (key.clone(), *line),
            None => (self.key(self.cursor_node()), self.shown.line()),
        };
        TreePlace { open, cursor: Some(cursor), line }
    }

    /// Goes to a place: nodes open as their parents' pages bring them, and the cursor follows. Moving the cursor meanwhile
    /// gives its old place up.
    pub fn restore(&mut self, place: &TreePlace) {
        self.pending_open = place.open.iter().cloned().collect();
        self.pending_cursor = place.cursor.clone().map(|key| (key, place.line));
        let known: Vec<NodeId> = place.open.iter().filter_map(|key| self.find(key)).collect();
        self.reopen(&known);
        self.request_due();
    }

    /// Opens those of the nodes that were open before.
    pub(super) fn reopen(&mut self, nodes: &[NodeId]) {
        if self.pending_open.is_empty() {
            return;
        }
        for node in nodes {
            if self.kind(*node).opens() && self.pending_open.remove(&self.key(*node)) {
                self.set_open(*node, true);
            }
        }
    }

    /// Follows a remembered cursor: puts it there once its row is loaded; until then returns the level to go on with.
    pub(super) fn pursue(&mut self) -> Option<NodeId> {
        let (key, line) = self.pending_cursor.take()?;
        let found = self.deepest(&key);
        // The rows of a history come oldest first and stand newest first, so that the cursor's line is known at its end only.
        let history = self.arena.parent(found).filter(|_| key.time.is_some());
        let grows = history.is_some_and(|blob| self.stage(blob).is_busy() || self.stage(blob).wants_more());
        let arrived = self.key(found) == key && !grows;
        let open = self.is_open(found)
            && !matches!(self.stage(found), super::LoadState::Done | super::LoadState::Failed { .. });
        let on_the_way = open || grows;
        if arrived || !on_the_way {
            self.hold(found.into(), line);
            return None;
        }
        self.hold(found.into(), line);
        self.pending_cursor = Some((key, line));
        Some(found)
    }
}
