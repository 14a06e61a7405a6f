//! The nodes in one block and all names in one buffer: about 45 bytes and the name for each node. Children are listed in
//! `children`.

use jiff::Timestamp;

use super::{NodeId, NodeKey, NodeKind};
use crate::azure::model::{BlobItem, BlobKind};

/// Stands for a time that is not known.
const UNKNOWN_TIME: i64 = i64::MIN;
const ARCHIVED: u8 = 1;
const DELETED: u8 = 2;
const REMOVED: u8 = 4;

/// The properties of a node in a listing, besides its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NodeProperties {
    pub(super) kind: NodeKind,
    pub(super) size: u64,
    /// Seconds since 1970.
    pub(super) time: i64,
    pub(super) blob: Option<BlobKind>,
    pub(super) tier: Option<String>,
    pub(super) deleted: bool,
}

impl NodeProperties {
    /// The properties of a node before anything but its name is known.
    pub(super) fn name_only(kind: NodeKind) -> Self {
        Self { kind, size: 0, time: UNKNOWN_TIME, blob: None, tier: None, deleted: false }
    }

    /// Which of two listed rows with one name counts, the lowest first: 0 exists, 1 was deleted, 2 is only the name of a folder.
    pub(super) fn rank(&self) -> u8 {
        rank(self.kind, self.deleted, self.time)
    }

    /// A container with its `Last-Modified`.
    pub(super) fn container(last_modified: &str) -> Self {
        Self { time: rfc1123(last_modified), ..Self::name_only(NodeKind::Container) }
    }

    /// A blob.
    pub(super) fn blob(item: &BlobItem) -> Self {
        Self {
            size: item.size,
            time: rfc1123(&item.last_modified),
            blob: item.kind,
            tier: item.tier.clone(),
            deleted: item.deleted,
            ..Self::name_only(NodeKind::Blob)
        }
    }

    /// A directory of a hierarchical account.
    pub(super) fn directory(item: &BlobItem) -> Self {
        Self { time: rfc1123(&item.last_modified), deleted: item.deleted, ..Self::name_only(NodeKind::Folder) }
    }

    /// A snapshot or an older version, by the time it was taken or written.
    pub(super) fn snapshot_or_version(kind: NodeKind, item: &BlobItem, time: &str) -> Self {
        Self { kind, time: time.parse().map_or(UNKNOWN_TIME, Timestamp::as_second), ..Self::blob(item) }
    }
}

fn rank(kind: NodeKind, deleted: bool, time: i64) -> u8 {
    match (deleted, kind) {
        (true, _) => 1,
        (false, NodeKind::Folder) if time == UNKNOWN_TIME => 2,
        (false, _) => 0,
    }
}

/// Seconds since 1970 of an HTTP date.
fn rfc1123(text: &str) -> i64 {
    jiff::fmt::rfc2822::parse(text).map_or(UNKNOWN_TIME, |time| time.timestamp().as_second())
}

#[derive(Debug)]
struct NodeRecord {
    name: u64,
    size: u64,
    time: i64,
    parent: NodeId,
    length: u16,
    depth: u16,
    tier: u16,
    kind: NodeKind,
    blob: Option<BlobKind>,
    flags: u8,
}

/// All nodes and their names. Nodes are never moved; a removed node keeps its place, so that ids stay valid.
#[derive(Debug)]
pub(super) struct Arena {
    nodes: Vec<NodeRecord>,
    names: String,
    tiers: Vec<String>,
}

impl Arena {
    /// An arena with only the account in it.
    pub(super) fn new(account: &str) -> Self {
        let mut arena = Self { nodes: Vec::new(), names: String::new(), tiers: vec![String::new()] };
        let root = arena.add(NodeId::ACCOUNT, account, &NodeProperties::name_only(NodeKind::Account));
        if let Some(node) = arena.nodes.get_mut(root.index()) {
            node.depth = 0;
        }
        arena
    }

    /// Adds a node below `parent`. Names longer than 65,535 bytes are cut; the service allows 1,024 characters.
    pub(super) fn add(&mut self, parent: NodeId, name: &str, properties: &NodeProperties) -> NodeId {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let mut length = name.len().min(usize::from(u16::MAX));
        while !name.is_char_boundary(length) {
            length -= 1;
        }
        let start = self.names.len();
        self.names.push_str(name.get(..length).unwrap_or_default());
        self.nodes.push(NodeRecord {
            name: start as u64,
            size: 0,
            time: UNKNOWN_TIME,
            parent,
            length: u16::try_from(length).unwrap_or(u16::MAX),
            depth: self.depth(parent).saturating_add(1),
            tier: 0,
            kind: properties.kind,
            blob: None,
            flags: 0,
        });
        self.update(id, properties);
        id
    }

    /// Takes over the properties from a newer listing.
    pub(super) fn update(&mut self, id: NodeId, properties: &NodeProperties) {
        let tier = self.tier_index(properties.tier.as_deref().unwrap_or_default());
        let Some(node) = self.nodes.get_mut(id.index()) else { return };
        node.size = properties.size;
        node.time = properties.time;
        node.blob = properties.blob;
        node.tier = tier;
        let archived = properties.tier.as_deref() == Some("Archive");
        node.flags = if archived { ARCHIVED } else { 0 } | if properties.deleted { DELETED } else { 0 };
    }

    fn tier_index(&mut self, tier: &str) -> u16 {
        let index = self.tiers.iter().position(|known| known == tier).unwrap_or_else(|| {
            self.tiers.push(tier.to_owned());
            self.tiers.len() - 1
        });
        u16::try_from(index).unwrap_or(0)
    }

    fn node(&self, id: NodeId) -> Option<&NodeRecord> {
        self.nodes.get(id.index())
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Name within its parent: folders end in `/`, snapshots and versions are named by their time.
    pub(super) fn name(&self, id: NodeId) -> &str {
        let Some(node) = self.node(id) else { return "" };
        let start = usize::try_from(node.name).unwrap_or(usize::MAX);
        self.names.get(start..start.saturating_add(usize::from(node.length))).unwrap_or_default()
    }

    pub(super) fn kind(&self, id: NodeId) -> NodeKind {
        self.node(id).map_or(NodeKind::Account, |node| node.kind)
    }

    /// The parent; `None` for the account.
    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).filter(|_| id != NodeId::ACCOUNT).map(|node| node.parent)
    }

    pub(super) fn depth(&self, id: NodeId) -> u16 {
        self.node(id).map_or(0, |node| node.depth)
    }

    /// Bytes; `None` for containers and folders.
    pub(super) fn size(&self, id: NodeId) -> Option<u64> {
        let node = self.node(id)?;
        matches!(node.kind, NodeKind::Blob | NodeKind::Snapshot | NodeKind::Version).then_some(node.size)
    }

    pub(super) fn time(&self, id: NodeId) -> Option<Timestamp> {
        let node = self.node(id).filter(|node| node.time != UNKNOWN_TIME)?;
        Timestamp::from_second(node.time).ok()
    }

    pub(super) fn blob(&self, id: NodeId) -> Option<BlobKind> {
        self.node(id)?.blob
    }

    pub(super) fn tier(&self, id: NodeId) -> Option<&str> {
        let tier = self.tiers.get(usize::from(self.node(id)?.tier))?;
        (!tier.is_empty()).then_some(tier)
    }

    pub(super) fn is_archived(&self, id: NodeId) -> bool {
        self.flag(id, ARCHIVED)
    }

    pub(super) fn is_deleted(&self, id: NodeId) -> bool {
        self.flag(id, DELETED)
    }

    /// As [`NodeProperties::rank`], of the node's current properties.
    pub(super) fn rank(&self, id: NodeId) -> u8 {
        self.node(id).map_or(2, |node| rank(node.kind, node.flags & DELETED != 0, node.time))
    }

    pub(super) fn is_removed(&self, id: NodeId) -> bool {
        self.flag(id, REMOVED)
    }

    pub(super) fn mark_removed(&mut self, id: NodeId) {
        if let Some(node) = self.nodes.get_mut(id.index()) {
            node.flags |= REMOVED;
        }
    }

    fn flag(&self, id: NodeId, flag: u8) -> bool {
        self.node(id).is_some_and(|node| node.flags & flag != 0)
    }

    /// The node, its parent, and so on up to the account.
    pub(super) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(id), |id| self.parent(*id))
    }

    /// The key of a node.
    pub(super) fn key(&self, id: NodeId) -> NodeKey {
        let kind = self.kind(id);
        let in_history = matches!(kind, NodeKind::Snapshot | NodeKind::Version);
        let blob = if in_history { self.parent(id).unwrap_or(id) } else { id };
        let mut parts: Vec<NodeId> = self.ancestors(blob).collect();
        parts.pop();
        let mut path = String::new();
        for part in parts.into_iter().rev() {
            path.push_str(self.name(part));
            if self.kind(part) == NodeKind::Container && part != id {
                path.push('/');
            }
        }
        NodeKey { kind, path, time: in_history.then(|| self.name(id).to_owned()) }
    }
}
