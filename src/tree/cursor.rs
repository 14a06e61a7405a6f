//! Moving the cursor. Keys and mouse are turned into moves elsewhere.

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
        self.shown.height = height;
        self.shown.follow();
        self.request_due();
    }

    /// Moves the cursor; the window follows. A cursor that was still on its way to a remembered place stays here.
    pub fn go(&mut self, by: Move) {
        self.pending_cursor = None;
        let (cursor, page) = (self.shown.cursor, self.shown.height.max(1));
        match by {
            Move::Up(count) => self.to(cursor.saturating_sub(count)),
            Move::Down(count) => self.to(cursor.saturating_add(count)),
            Move::PageUp => self.page(false, page),
            Move::PageDown => self.page(true, page),
            Move::HalfUp => self.page(false, page.div_ceil(2)),
            Move::HalfDown => self.page(true, page.div_ceil(2)),
            Move::Home => self.to(0),
            Move::End => self.to(usize::MAX),
            Move::Line(line) => self.to(self.shown.top.saturating_add(line)),
            Move::ScrollUp(lines) => self.scroll(self.shown.top.saturating_sub(lines)),
            Move::ScrollDown(lines) => self.scroll(self.shown.top.saturating_add(lines)),
            Move::Left => self.left(),
            Move::Right => self.right(),
        }
        self.request_due();
    }

    fn to(&mut self, index: usize) {
        self.shown.cursor = index.min(self.shown.view().len().saturating_sub(1));
        self.shown.follow();
    }

    /// Moves cursor and window alike, so that the cursor keeps its line as long as there is something to scroll.
    fn page(&mut self, down: bool, lines: usize) {
        let line = self.shown.line();
        let cursor = self.shown.cursor;
        let cursor = if down { cursor.saturating_add(lines) } else { cursor.saturating_sub(lines) };
        self.shown.place(cursor, line);
        let last = self.shown.view().len().saturating_sub(self.shown.height.max(1));
        self.shown.top = self.shown.top.min(last);
    }

    fn scroll(&mut self, top: usize) {
        let height = self.shown.height.max(1);
        let last = self.shown.view().len().saturating_sub(height);
        self.shown.top = top.min(last);
        self.shown.cursor = self.shown.cursor.clamp(self.shown.top, self.shown.top.saturating_add(height - 1));
    }

    fn left(&mut self) {
        let entry = self.shown.at_cursor();
        let node = entry.node();
        if self.is_open(node) && !entry.is_status() && self.shown.filtered.is_none() {
            return self.close(node);
        }
        let parent = if entry.is_status() { Some(node) } else { self.arena.parent(node) };
        self.move_to(parent.unwrap_or(node).into());
        self.show_parents();
    }

    /// Scrolls up to the rows above the cursor's in the path, the nearest first, as many as the window has room for.
    pub(super) fn show_parents(&mut self) {
        let (cursor, height) = (self.shown.cursor, self.shown.height.max(1));
        let above: Vec<NodeId> = self.arena.ancestors(self.cursor_node()).collect();
        let rows = above.into_iter().filter_map(|up| self.shown.find(up.into()));
        let seen = rows.take_while(|row| cursor.saturating_sub(*row) < height).min();
        self.shown.top = seen.map_or(self.shown.top, |row| self.shown.top.min(row));
    }

    fn right(&mut self) {
        let entry = self.shown.at_cursor();
        if entry.is_status() || !self.kind(entry.node()).opens() {
            return;
        }
        if self.is_open(entry.node()) {
            self.to(self.shown.cursor.saturating_add(1));
        } else {
            self.open(entry.node());
        }
    }

    fn move_to(&mut self, entry: VisibleRow) {
        if let Some(index) = self.shown.find(entry) {
            self.to(index);
        }
    }

    /// The node under the cursor; on a level's last line, the node whose level it is.
    pub fn cursor(&self) -> NodeId {
        self.cursor_node()
    }

    /// Whether the cursor is on a level's last line rather than on a node.
    pub fn on_status(&self) -> bool {
        self.shown.at_cursor().is_status()
    }

    /// Puts the cursor on a visible node, for example one of the breadcrumb. Returns whether it could.
    pub fn jump(&mut self, node: NodeId) -> bool {
        self.pending_cursor = None;
        self.move_to(node.into());
        self.show_parents();
        self.shown.at_cursor() == node.into()
    }

    /// Goes to a key, opening what is on the way and loading until it comes.
    pub fn seek(&mut self, key: &NodeKey) {
        self.shown.filtered = None;
        let line = self.shown.line();
        self.pending_open = ancestors_of(key).into_iter().collect();
        self.pending_cursor = Some((key.clone(), line));
        let known: Vec<NodeId> = self.pending_open.iter().filter_map(|up| self.find(up)).collect();
        self.reopen(&known);
        self.request_due();
    }

    /// The path from the account down to the cursor, each part with its name.
    pub fn breadcrumb(&self) -> Vec<(NodeId, &str)> {
        let mut parts: Vec<NodeId> = self.arena.ancestors(self.cursor_node()).collect();
        parts.reverse();
        parts.into_iter().map(|id| (id, self.arena.name(id))).collect()
    }
}

/// The keys of what stands above a key, from the account down.
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
        folders.filter(|up| key.kind != Folder || *up != name).map(|up| at(Folder, format!("{container}/{up}"))),
    );
    if key.time.is_some() {
        above.push(at(Blob, key.path.clone()));
    }
    above
}
