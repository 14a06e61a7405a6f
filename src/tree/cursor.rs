//! Moves the cursor and the window. `wizard` turns keys and mouse into moves.

use super::visible::VisibleRow;
use super::{NodeId, NodeKey, Tree};

/// A move of the cursor or the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// This many rows up.
    Up(usize),
    /// This many rows down.
    Down(usize),
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// Half a screen up.
    HalfUp,
    /// Half a screen down.
    HalfDown,
    /// To the first row.
    Home,
    /// To the last loaded row.
    End,
    /// Closes an open node, else goes to the parent.
    Left,
    /// Opens a closed node, else goes to its first child.
    Right,
    /// To a line of the screen, from 0, as a click does.
    Line(usize),
    /// Scrolls up by lines; the cursor stays in view.
    ScrollUp(usize),
    /// Scrolls down by lines; the cursor stays in view.
    ScrollDown(usize),
}

impl Tree {
    /// Sets the height of the window in lines.
    pub fn resize(&mut self, height: usize) {
        self.visible.height = height;
        self.visible.scroll_to_cursor();
        self.request_due();
    }

    /// Moves the cursor; the window follows. A pending cursor is given up.
    pub fn go(&mut self, by: Move) {
        self.pending_cursor = None;
        let (cursor, page) = (self.visible.cursor, self.visible.height.max(1));
        match by {
            Move::Up(count) => self.move_cursor_to(cursor.saturating_sub(count)),
            Move::Down(count) => self.move_cursor_to(cursor.saturating_add(count)),
            Move::PageUp => self.scroll_page(false, page),
            Move::PageDown => self.scroll_page(true, page),
            Move::HalfUp => self.scroll_page(false, page.div_ceil(2)),
            Move::HalfDown => self.scroll_page(true, page.div_ceil(2)),
            Move::Home => self.move_cursor_to(0),
            Move::End => self.move_cursor_to(usize::MAX),
            Move::Line(line) => self.move_cursor_to(self.visible.top.saturating_add(line)),
            Move::ScrollUp(lines) => self.scroll(self.visible.top.saturating_sub(lines)),
            Move::ScrollDown(lines) => self.scroll(self.visible.top.saturating_add(lines)),
            Move::Left => self.move_left(),
            Move::Right => self.move_right(),
        }
        self.request_due();
    }

    fn move_cursor_to(&mut self, index: usize) {
        self.visible.cursor = index.min(self.visible.shown().len().saturating_sub(1));
        self.visible.scroll_to_cursor();
    }

    /// Moves cursor and window by the same lines, so that the cursor keeps its line until the window reaches an end.
    fn scroll_page(&mut self, down: bool, lines: usize) {
        let line = self.visible.line();
        let cursor = self.visible.cursor;
        let cursor = if down { cursor.saturating_add(lines) } else { cursor.saturating_sub(lines) };
        self.visible.put_cursor(cursor, line);
        self.visible.scroll_to_end();
    }

    fn scroll(&mut self, top: usize) {
        let height = self.visible.height.max(1);
        self.visible.top = top.min(self.visible.last_top());
        self.visible.cursor = self.visible.cursor.clamp(self.visible.top, self.visible.top.saturating_add(height - 1));
    }

    fn move_left(&mut self) {
        let row = self.visible.at_cursor();
        let node = row.node();
        if self.is_open(node) && !row.is_status() && self.visible.filtered.is_none() {
            return self.close(node);
        }
        let parent = if row.is_status() { Some(node) } else { self.arena.parent(node) };
        self.move_cursor_onto(parent.unwrap_or(node).into());
        self.show_parents();
    }

    /// Scrolls up to the rows above the cursor's in the path, the nearest first, as many as the window has room for.
    pub(super) fn show_parents(&mut self) {
        let (cursor, height) = (self.visible.cursor, self.visible.height.max(1));
        let path: Vec<NodeId> = self.arena.ancestors(self.cursor_node()).collect();
        let rows = path.into_iter().filter_map(|ancestor| self.visible.find(ancestor.into()));
        let highest = rows.take_while(|row| cursor.saturating_sub(*row) < height).min();
        self.visible.top = highest.map_or(self.visible.top, |row| self.visible.top.min(row));
    }

    fn move_right(&mut self) {
        let row = self.visible.at_cursor();
        if row.is_status() || !self.kind(row.node()).can_open() {
            return;
        }
        if self.is_open(row.node()) {
            self.move_cursor_to(self.visible.cursor.saturating_add(1));
        } else {
            self.open(row.node());
        }
    }

    fn move_cursor_onto(&mut self, row: VisibleRow) {
        if let Some(index) = self.visible.find(row) {
            self.move_cursor_to(index);
        }
    }

    /// The node under the cursor; on a status line, the node whose listing it is about.
    pub fn cursor(&self) -> NodeId {
        self.cursor_node()
    }

    /// Whether the cursor is on a status line rather than on a node.
    pub fn on_status(&self) -> bool {
        self.visible.at_cursor().is_status()
    }

    /// Puts the cursor on a visible node, for example one of the breadcrumb. Returns whether the node is visible.
    pub fn jump(&mut self, node: NodeId) -> bool {
        self.pending_cursor = None;
        self.move_cursor_onto(node.into());
        self.show_parents();
        self.visible.at_cursor() == node.into()
    }

    /// Goes to a key: opens the nodes above it and lists them until it is loaded.
    pub fn seek(&mut self, key: &NodeKey) {
        self.visible.filtered = None;
        let line = self.visible.line();
        self.pending_open = ancestors_of(key).into_iter().collect();
        self.pending_cursor = Some((key.clone(), line));
        let loaded: Vec<NodeId> = self.pending_open.iter().filter_map(|above| self.find(above)).collect();
        self.reopen(&loaded);
        self.request_due();
    }

    /// The path from the account down to the cursor, each part with its name.
    pub fn breadcrumb(&self) -> Vec<(NodeId, String)> {
        let mut parts: Vec<NodeId> = self.arena.ancestors(self.cursor_node()).collect();
        parts.reverse();
        parts.into_iter().map(|id| (id, self.arena.name(id))).collect()
    }
}

/// The keys of the nodes above a key, from the account down; none for the account.
fn ancestors_of(key: &NodeKey) -> Vec<NodeKey> {
    use super::NodeKind::{Blob, Container, Folder};
    let mut above = vec![NodeKey::account()];
    let Some((container, name)) = key.split() else { return Vec::new() };
    let at = |kind, path: String| NodeKey { kind, path, time: None };
    if key.kind != Container {
        above.push(at(Container, container.to_owned()));
    }
    let folders = name.match_indices('/').filter_map(|(slash, _)| name.get(..=slash));
    above.extend(
        folders
            .filter(|folder| key.kind != Folder || *folder != name)
            .map(|folder| at(Folder, format!("{container}/{folder}"))),
    );
    if key.time.is_some() {
        above.push(at(Blob, key.path.clone()));
    }
    above
}
