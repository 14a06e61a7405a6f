//! The tree: opens and closes nodes, finds them, requests pages and takes failures. `merge` takes the pages.

use std::collections::BTreeSet;

use super::arena::Arena;
use super::children::{Children, LoadState};
use super::node_map::NodeMap;
use super::order::{SiblingKey, Sort};
use super::requests::{Listing, PageRequest, TreeRequests};
use super::visible::VisibleRows;
use super::{NodeId, NodeKey, NodeKind};
use crate::azure::fault::Fault;

/// The tree of one account. Its operations put page requests and cancellations into an outbox, which
/// [`Tree::take_requests`] empties.
#[derive(Debug)]
pub struct Tree {
    pub(super) arena: Arena,
    /// The children of each node that was opened or listed once.
    pub(super) children: NodeMap<Children>,
    pub(super) visible: VisibleRows,
    pub(super) sort: Sort,
    /// Nodes to open as soon as they are loaded.
    pub(super) pending_open: BTreeSet<NodeKey>,
    /// The row, and its line on the screen, to which the cursor goes as soon as it is loaded.
    pub(super) pending_cursor: Option<(NodeKey, usize)>,
    outbox: TreeRequests,
}

impl Tree {
    /// A tree with the account's row, open, and nothing listed.
    pub fn new(account: &str) -> Self {
        let mut tree = Self {
            arena: Arena::new(account),
            children: NodeMap::default(),
            visible: VisibleRows::default(),
            sort: Sort::default(),
            pending_open: BTreeSet::new(),
            pending_cursor: None,
            outbox: TreeRequests::default(),
        };
        tree.visible.all.push(NodeId::ACCOUNT.into());
        tree.set_open(NodeId::ACCOUNT, true);
        tree
    }

    /// The kind of a node.
    pub fn kind(&self, node: NodeId) -> NodeKind {
        self.arena.kind(node)
    }

    /// The key that finds the node again after a reload or a restart.
    pub fn key(&self, node: NodeId) -> NodeKey {
        self.arena.key(node)
    }

    /// The node with this key, if it is loaded.
    pub fn find(&self, key: &NodeKey) -> Option<NodeId> {
        let found = self.deepest_loaded(key);
        (self.arena.key(found) == *key).then_some(found)
    }

    /// The last loaded node on the path to a key.
    pub(super) fn deepest_loaded(&self, key: &NodeKey) -> NodeId {
        let mut node = NodeId::ACCOUNT;
        let Some((container, name)) = key.split() else { return node };
        let parts = name.split_inclusive('/').map(str::to_owned);
        // A blob `a/` is the child with the empty name of the folder `a/`.
        let named_like_folder = key.kind != NodeKind::Folder && name.ends_with('/');
        let last = named_like_folder.then(String::new);
        for part in std::iter::once(container.to_owned()).chain(parts).chain(last) {
            match self.child(node, SiblingKey { name: &part, is_version: false }) {
                Some(child) => node = child,
                None => return node,
            }
        }
        let is_version = key.kind == NodeKind::Version;
        let history_row = key.time.as_ref().and_then(|time| self.child(node, SiblingKey { name: time, is_version }));
        history_row.unwrap_or(node)
    }

    fn child(&self, parent: NodeId, key: SiblingKey<'_>) -> Option<NodeId> {
        self.node_with_key(parent, &self.children.get(&parent)?.nodes, key)
    }

    /// How far the children of a node are listed.
    pub fn load_state(&self, node: NodeId) -> &LoadState {
        self.children.get(&node).map_or(&LoadState::Idle, |children| &children.state)
    }

    /// Whether the node's children are shown.
    pub fn is_open(&self, node: NodeId) -> bool {
        self.children.get(&node).is_some_and(|children| children.open)
    }

    /// How many children of a node are loaded.
    pub fn loaded_children(&self, node: NodeId) -> usize {
        self.children.get(&node).map_or(0, |children| children.nodes.len())
    }

    /// Opens a node: its rows appear, and its listing goes on where it stopped.
    pub fn open(&mut self, node: NodeId) {
        if self.kind(node).can_open() && !self.arena.is_removed(node) {
            self.set_open(node, true);
            self.request_next(node);
            self.request_due();
        }
    }

    /// Closes a node. Listings of the node and below it are cancelled; loaded rows are kept, and so is the marker to go on at.
    pub fn close(&mut self, node: NodeId) {
        let is_below = |id: &NodeId| self.arena.ancestors(*id).any(|ancestor| ancestor == node);
        let below: Vec<NodeId> = self.children.keys().copied().filter(is_below).collect();
        for id in below {
            self.cancel_listing(id);
        }
        self.set_open(node, false);
        self.visible.scroll_to_end();
        self.show_parents();
        self.request_due();
    }

    /// Lists a node's children again. The old rows stay until those of the new listing replace them.
    pub fn reload(&mut self, node: NodeId) {
        if !self.is_open(node) {
            return self.open(node);
        }
        self.cancel_listing(node);
        if let Some(children) = self.children.get_mut(&node) {
            children.state = LoadState::Idle;
            children.relisted = None;
        }
        self.request_next(node);
        self.request_due();
    }

    /// Requests the page that failed again.
    pub fn retry(&mut self, node: NodeId) {
        if matches!(self.load_state(node), LoadState::Failed { .. }) {
            self.request(node);
        }
    }

    /// Lists a node's children to the end, in view or not, for work that needs all of them.
    pub fn load_to_end(&mut self, node: NodeId) {
        self.children.entry(node).or_default().to_end = true;
        self.request_due();
    }

    /// Lists nothing further than the window needs.
    pub fn load_no_further(&mut self) {
        for children in self.children.values_mut() {
            children.to_end = false;
        }
    }

    /// Notes that a page failed. Loaded rows stay, and [`Tree::retry`] goes on at the same marker.
    pub fn fail(&mut self, node: NodeId, fault: Fault) {
        if let Some(children) = self.children.get_mut(&node).filter(|children| children.state.is_busy()) {
            let marker = children.state.marker().map(str::to_owned);
            children.state = LoadState::Failed { fault, marker };
            children.to_end = false;
        }
    }

    /// Empties the outbox. Of two page requests for one node the later is kept; requests that were cancelled are left out.
    pub fn take_requests(&mut self) -> TreeRequests {
        let TreeRequests { pages, cancelled } = std::mem::take(&mut self.outbox);
        let mut latest: Vec<PageRequest> = Vec::with_capacity(pages.len());
        for page in pages {
            latest.retain(|earlier| earlier.node != page.node);
            if self.load_state(page.node).is_busy() {
                latest.push(page);
            }
        }
        TreeRequests { pages: latest, cancelled }
    }

    /// Puts page requests that cannot be sent yet back into the outbox.
    pub fn postpone(&mut self, pages: Vec<PageRequest>) {
        self.outbox.pages.splice(..0, pages);
    }

    /// Whether page requests wait in the outbox.
    pub fn has_page_requests(&self) -> bool {
        !self.outbox.pages.is_empty()
    }

    /// Requests the pages that are due: of listings that end within a screen of the window, of those that go on to their end,
    /// of open histories (their newest rows come last), and of the listing that holds the pending cursor.
    pub fn request_due(&mut self) {
        let mut due = self.listings_near_their_end();
        let goes_to_end =
            |id: &NodeId, children: &Children| children.to_end || (children.open && self.kind(*id) == NodeKind::Blob);
        due.extend(self.children.iter().filter(|(id, children)| goes_to_end(id, children)).map(|(id, _)| *id));
        due.extend(self.follow_pending_cursor());
        for node in due {
            self.request_next(node);
        }
    }

    /// Requests the next page, unless one is requested already, none is left or the last one failed.
    fn request_next(&mut self, node: NodeId) {
        let Some(children) = self.children.get(&node) else { return };
        if children.state.can_continue() && (children.open || children.to_end) {
            self.request(node);
        }
    }

    /// Puts the request for the page at the current marker into the outbox.
    fn request(&mut self, node: NodeId) {
        let key = self.key(node);
        let (container, name) = key.split().unwrap_or_default();
        let (container, name) = (container.to_owned(), name.to_owned());
        let listing = match key.kind {
            NodeKind::Account => Listing::Containers,
            NodeKind::Container | NodeKind::Folder => Listing::Names { container, prefix: name },
            NodeKind::Blob => Listing::History { container, name },
            NodeKind::Snapshot | NodeKind::Version => return,
        };
        let Some(children) = self.children.get_mut(&node) else { return };
        let marker = children.begin_page();
        self.outbox.pages.push(PageRequest { node, listing, marker });
    }

    /// Cancels the listing of a node's children.
    pub(super) fn cancel_listing(&mut self, node: NodeId) {
        let Some(children) = self.children.get_mut(&node) else { return };
        children.to_end = false;
        if children.state.is_busy() {
            children.state = children.state.after_cancel();
            self.outbox.cancelled.push(node);
        }
    }
}
