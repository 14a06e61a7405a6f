//! The tree: opening and closing nodes, requesting pages and taking their failures. Pages that came are taken in `merge`.

use std::collections::{BTreeSet, HashMap};

use super::arena::Arena;
use super::children::{Children, LoadState};
use super::visible::VisibleRows;
use super::{NodeId, NodeKey, NodeKind, Sort};
use crate::azure::fault::Fault;
use crate::select;

/// A listing to ask the service for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listing {
    /// List Containers.
    Containers,
    /// List Blobs with the delimiter `/`.
    Names {
        /// The container.
        container: String,
        /// Empty, or ending in `/`.
        prefix: String,
    },
    /// List Blobs with `include=snapshots,versions` and no delimiter, with the blob's name as prefix.
    History {
        /// The container.
        container: String,
        /// The blob's full name.
        name: String,
    },
}

/// A page the tree asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// Under which node it belongs.
    pub node: NodeId,
    /// What to list.
    pub listing: Listing,
    /// Where to begin; `None` for the first page.
    pub marker: Option<String>,
}

/// What the tree wants of the service since it was last asked.
#[derive(Debug, Default)]
pub struct Outbox {
    /// Pages to request, at most one for each node, in the order they were asked for.
    pub pages: Vec<PageRequest>,
    /// Nodes whose request is to be cancelled.
    pub cancelled: Vec<NodeId>,
}

/// The tree of one account. Its operations put page requests and cancellations into one outbox, which
/// [`Tree::take_outbox`] empties.
#[derive(Debug)]
pub struct Tree {
    pub(super) arena: Arena,
    pub(super) levels: HashMap<NodeId, Children>,
    pub(super) shown: VisibleRows,
    pub(super) sort: Sort,
    pub(super) pending_open: BTreeSet<NodeKey>,
    pub(super) pending_cursor: Option<(NodeKey, usize)>,
    outbox: Outbox,
}

impl Tree {
    /// A tree with the account's row, open, and nothing listed.
    pub fn new(account: &str) -> Self {
        let mut tree = Self {
            arena: Arena::new(account),
            levels: HashMap::new(),
            shown: VisibleRows::default(),
            sort: Sort::default(),
            pending_open: BTreeSet::new(),
            pending_cursor: None,
            outbox: Outbox::default(),
        };
        tree.shown.rows.push(NodeId::ACCOUNT.into());
        tree.set_open(NodeId::ACCOUNT, true);
        tree
    }

    /// The kind of a node.
    pub fn kind(&self, node: NodeId) -> NodeKind {
        self.arena.kind(node)
    }

    /// What the node is remembered by.
    pub fn key(&self, node: NodeId) -> NodeKey {
        self.arena.key(node)
    }

    /// The node of a key, if it is loaded.
    pub fn find(&self, key: &NodeKey) -> Option<NodeId> {
        let found = self.deepest(key);
        (self.arena.key(found) == *key).then_some(found)
    }

    /// The last loaded node on the way to a key.
    pub(super) fn deepest(&self, key: &NodeKey) -> NodeId {
        let mut at = NodeId::ACCOUNT;
        let Some((container, name)) = key.split() else { return at };
        let parts = name.split_inclusive('/').map(str::to_owned);
        let named_like_folder = key.kind != NodeKind::Folder && name.ends_with('/');
        let last = named_like_folder.then(String::new);
        for part in std::iter::once(container.to_owned()).chain(parts).chain(last) {
            match self.child(at, &part, false) {
                Some(child) => at = child,
                None => return at,
            }
        }
        let older = key.time.as_ref().and_then(|time| self.child(at, time, key.kind == NodeKind::Version));
        older.unwrap_or(at)
    }

    /// The child of this name; a snapshot and a version may have the same.
    fn child(&self, parent: NodeId, name: &str, version: bool) -> Option<NodeId> {
        let level = self.levels.get(&parent)?;
        self.search(parent, &level.nodes, name, version).ok().and_then(|index| level.nodes.get(index).copied())
    }

    /// How far the listing under a node has come.
    pub fn stage(&self, node: NodeId) -> &LoadState {
        self.levels.get(&node).map_or(&LoadState::Idle, |level| &level.stage)
    }

    /// Whether the node's children are shown.
    pub fn is_open(&self, node: NodeId) -> bool {
        self.levels.get(&node).is_some_and(|level| level.open)
    }

    /// Opens a node: its rows appear, and listing goes on from where it was.
    pub fn open(&mut self, node: NodeId) {
        if self.kind(node).opens() && !self.arena.is_gone(node) {
            self.set_open(node, true);
            self.request_next(node);
            self.request_due();
        }
    }

    /// Closes a node; listings under it are given up, and what came is kept with the place to go on.
    pub fn close(&mut self, node: NodeId) {
        let under: Vec<NodeId> =
            self.levels.keys().copied().filter(|id| self.arena.ancestors(*id).any(|up| up == node)).collect();
        for id in under {
            self.give_up(id);
        }
        self.set_open(node, false);
        self.shown.fill();
        self.show_parents();
        self.request_due();
    }

    /// Lists a level again. Its rows stay until those of the new listing take their place.
    pub fn reload(&mut self, node: NodeId) {
        if !self.is_open(node) {
            return self.open(node);
        }
        self.give_up(node);
        if let Some(level) = self.levels.get_mut(&node) {
            level.stage = LoadState::Idle;
            level.fresh = None;
        }
        self.request_next(node);
        self.request_due();
    }

    /// Requests the page that failed again.
    pub fn retry(&mut self, node: NodeId) {
        if matches!(self.stage(node), LoadState::Failed { .. }) {
            self.request(node);
        }
    }

    /// Lists a level to the end, in view or not, for what needs it complete.
    pub fn load_to_end(&mut self, node: NodeId) {
        self.levels.entry(node).or_default().to_end = true;
        self.request_due();
    }

    /// Lists no level further than what is in view needs.
    pub fn load_no_further(&mut self) {
        for level in self.levels.values_mut() {
            level.to_end = false;
        }
    }

    /// How many rows of a level are there.
    pub fn children(&self, node: NodeId) -> usize {
        self.levels.get(&node).map_or(0, Children::loaded)
    }

    /// Takes a failed page: rows stay, and the level says why and where to go on.
    pub fn fail(&mut self, node: NodeId, fault: Fault) {
        if let Some(level) = self.levels.get_mut(&node).filter(|level| level.stage.is_busy()) {
            let marker = level.stage.marker().map(str::to_owned);
            level.stage = LoadState::Failed { fault, marker };
            level.to_end = false;
        }
    }

    /// Empties the outbox. A later request of a node replaces its earlier one, and one that was given up is left out.
    pub fn take_outbox(&mut self) -> Outbox {
        let Outbox { pages, cancelled } = std::mem::take(&mut self.outbox);
        let mut latest: Vec<PageRequest> = Vec::with_capacity(pages.len());
        for page in pages {
            latest.retain(|earlier| earlier.node != page.node);
            if self.stage(page.node).is_busy() {
                latest.push(page);
            }
        }
        Outbox { pages: latest, cancelled }
    }

    /// Cancellations alone; page requests stay in the outbox until they can be sent.
    pub fn take_cancelled(&mut self) -> Vec<NodeId> {
        std::mem::take(&mut self.outbox.cancelled)
    }

    /// Whether page requests wait in the outbox.
    pub fn has_page_requests(&self) -> bool {
        !self.outbox.pages.is_empty()
    }

    /// The names of a level, if it was listed to the end: as `select::Listings` takes them, so without
    /// what no list can take: versions and soft-deleted blobs.
    pub fn complete(&self, level: &select::Level) -> Option<Vec<&str>> {
        let level = self.levels.get(&self.at(level)?)?;
        let checks = |id: &&NodeId| self.checks(**id);
        let names = || level.nodes.iter().filter(checks).map(|id| self.arena.name(*id)).collect();
        (level.stage == LoadState::Done).then(names)
    }

    /// The node under which a level stands, if it is loaded.
    pub fn at(&self, level: &select::Level) -> Option<NodeId> {
        let key = match level {
            select::Level::Snapshots(path) => NodeKey { kind: NodeKind::Blob, path: path.clone(), time: None },
            select::Level::Names(text) => match text.strip_prefix('/')? {
                "" => NodeKey::account(),
                path => match path.split_once('/')? {
                    (container, "") => NodeKey { kind: NodeKind::Container, path: container.to_owned(), time: None },
                    _ => NodeKey { kind: NodeKind::Folder, path: path.to_owned(), time: None },
                },
            },
        };
        self.find(&key)
    }

    /// Whether an export list can take the row, so that it can be checked.
    pub fn checks(&self, node: NodeId) -> bool {
        self.kind(node).checks() && !self.arena.is_deleted(node)
    }

    /// Whether a folder holds nothing but what is deleted, as far as that can be told: it was listed to the end.
    pub fn holds_only_deleted(&self, node: NodeId) -> bool {
        let Some(level) = self.levels.get(&node).filter(|_| self.kind(node) == NodeKind::Folder) else { return false };
        let gone = |id: &NodeId| self.arena.is_deleted(*id) || self.holds_only_deleted(*id);
        level.stage == LoadState::Done && !level.nodes.is_empty() && level.nodes.iter().all(gone)
    }

    /// Loaded names of a level that begin so, at most `limit`, without deleted blobs; containers with a closing `/`.
    pub fn names(&self, level: &str, start: &str, limit: usize) -> Vec<String> {
        let node = self.at(&select::Level::Names(level.to_owned()));
        let Some(level) = node.and_then(|node| self.levels.get(&node)) else { return Vec::new() };
        let from = level.nodes.partition_point(|id| self.arena.name(*id) < start);
        let found = level.nodes.iter().skip(from).take_while(|id| self.arena.name(**id).starts_with(start));
        let found = found.filter(|id| self.checks(**id));
        let whole = |id: &NodeId| {
            let slash = if self.kind(*id) == NodeKind::Container { "/" } else { "" };
            format!("{}{slash}", self.arena.name(*id))
        };
        found.take(limit).map(whole).collect()
    }

    /// Requests the pages that are due: of levels that end within a screen of what is seen, of those to be listed to the
    /// end, of open histories (their newest rows come last), and of the level that holds the remembered cursor.
    pub fn request_due(&mut self) {
        let mut nodes = self.near_their_end();
        let whole = |id: &NodeId, level: &Children| level.to_end || (level.open && self.kind(*id) == NodeKind::Blob);
        nodes.extend(self.levels.iter().filter(|(id, level)| whole(id, level)).map(|(id, _)| *id));
        nodes.extend(self.pursue());
        for node in nodes {
            self.request_next(node);
        }
    }

    /// Requests the next page, unless one is on its way, none is left or the last one failed.
    fn request_next(&mut self, node: NodeId) {
        let Some(level) = self.levels.get(&node) else { return };
        if level.stage.wants_more() && (level.open || level.to_end) {
            self.request(node);
        }
    }

    /// Puts the request for the page at the level's marker into the outbox.
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
        let Some(level) = self.levels.get_mut(&node) else { return };
        let marker = level.start();
        self.outbox.pages.push(PageRequest { node, listing, marker });
    }

    /// Gives up the listing of one level.
    pub(super) fn give_up(&mut self, node: NodeId) {
        let Some(level) = self.levels.get_mut(&node) else { return };
        level.to_end = false;
        if level.stage.is_busy() {
            level.stage = level.stage.given_up();
            self.outbox.cancelled.push(node);
        }
    }
}
