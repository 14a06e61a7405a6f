//! The nodes in one block: 16 bytes for each, and what its name takes in `name_list`. Children are listed in `children`.

use jiff::Timestamp;

use super::name_list::{NameList, NameReader};
use super::{NodeId, NodeKey, NodeKind};
use crate::azure::model::{BlobItem, BlobKind};

/// Stands for a time that is not known. The service has no blobs of 1970.
const UNKNOWN_TIME: u32 = 0;
const ARCHIVED: u8 = 1;
const DELETED: u8 = 2;
const REMOVED: u8 = 4;

/// The properties of a node in a listing, besides its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NodeProperties {
    pub(super) kind: NodeKind,
    pub(super) size: u64,
    /// Seconds since 1970; a time after 2106 is not known.
    pub(super) time: u32,
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
        Self { kind, time: time.parse().map_or(UNKNOWN_TIME, seconds), ..Self::blob(item) }
    }
}

fn rank(kind: NodeKind, deleted: bool, time: u32) -> u8 {
    match (deleted, kind) {
        (true, _) => 1,
        (false, NodeKind::Folder) if time == UNKNOWN_TIME => 2,
        (false, _) => 0,
    }
}

/// Seconds since 1970 of an HTTP date.
fn rfc1123(text: &str) -> u32 {
    jiff::fmt::rfc2822::parse(text).map_or(UNKNOWN_TIME, |time| seconds(time.timestamp()))
}

fn seconds(time: Timestamp) -> u32 {
    u32::try_from(time.as_second()).unwrap_or(UNKNOWN_TIME)
}

#[derive(Debug)]
struct NodeRecord {
    size: u64,
    time: u32,
    tier: u8,
    kind: NodeKind,
    blob: Option<BlobKind>,
    flags: u8,
}

/// Nodes with one parent that were added one after the other, e.g. those of a page.
#[derive(Debug)]
struct SiblingRun {
    /// The first of them; the last is before the next run.
    first: NodeId,
    parent: NodeId,
    depth: u16,
}

/// All nodes and their names. Nodes are never moved; a removed node keeps its place, so that ids stay valid.
#[derive(Debug)]
pub(super) struct Arena {
    nodes: Vec<NodeRecord>,
    names: NameList,
    runs: Vec<SiblingRun>,
    tiers: Vec<String>,
}

impl Arena {
    /// An arena with only the account in it.
    pub(super) fn new(account: &str) -> Self {
        let run = SiblingRun { first: NodeId::ACCOUNT, parent: NodeId::ACCOUNT, depth: 0 };
        let (nodes, names) = (Vec::new(), NameList::default());
        let mut arena = Self { nodes, names, runs: vec![run], tiers: vec![String::new()] };
        arena.push(account, &NodeProperties::name_only(NodeKind::Account));
        arena
    }

    /// Adds a node below `parent`.
    pub(super) fn add(&mut self, parent: NodeId, name: &str, properties: &NodeProperties) -> NodeId {
        let first = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let goes_on = self.runs.last().is_some_and(|run| run.first != NodeId::ACCOUNT && run.parent == parent);
        if !goes_on {
            self.runs.push(SiblingRun { first, parent, depth: self.depth(parent).saturating_add(1) });
        }
        self.push(name, properties);
        first
    }

    fn push(&mut self, name: &str, properties: &NodeProperties) {
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let kind = properties.kind;
        self.nodes.push(NodeRecord { size: 0, time: UNKNOWN_TIME, tier: 0, kind, blob: None, flags: 0 });
        self.names.push(name);
        self.update(id, properties);
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

    /// The number of a tier. The service has about twenty; beyond 255 a tier is not known.
    fn tier_index(&mut self, tier: &str) -> u8 {
        let known = self.tiers.iter().position(|known| known == tier);
        let Ok(index) = u8::try_from(known.unwrap_or(self.tiers.len())) else { return 0 };
        if known.is_none() {
            self.tiers.push(tier.to_owned());
        }
        index
    }

    fn node(&self, id: NodeId) -> Option<&NodeRecord> {
        self.nodes.get(id.index())
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Name within its parent: folders end in `/`, snapshots and versions are named by their time.
    pub(super) fn name(&self, id: NodeId) -> String {
        self.names.reader().name(id).to_owned()
    }

    /// Reads the names of many nodes.
    pub(super) fn name_reader(&self) -> NameReader<'_> {
        self.names.reader()
    }

    fn run(&self, id: NodeId) -> Option<&SiblingRun> {
        self.node(id)?;
        self.runs.get(self.runs.partition_point(|run| run.first <= id).checked_sub(1)?)
    }

    pub(super) fn kind(&self, id: NodeId) -> NodeKind {
        self.node(id).map_or(NodeKind::Account, |node| node.kind)
    }

    /// The parent; `None` for the account.
    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.run(id).filter(|_| id != NodeId::ACCOUNT).map(|run| run.parent)
    }

    pub(super) fn depth(&self, id: NodeId) -> u16 {
        self.run(id).map_or(0, |run| run.depth)
    }

    /// Bytes; `None` for containers and folders.
    pub(super) fn size(&self, id: NodeId) -> Option<u64> {
        let node = self.node(id)?;
        matches!(node.kind, NodeKind::Blob | NodeKind::Snapshot | NodeKind::Version).then_some(node.size)
    }

    pub(super) fn time(&self, id: NodeId) -> Option<Timestamp> {
        let node = self.node(id).filter(|node| node.time != UNKNOWN_TIME)?;
        Timestamp::from_second(node.time.into()).ok()
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
            path.push_str(&self.name(part));
            if self.kind(part) == NodeKind::Container && part != id {
                path.push('/');
            }
        }
        NodeKey { kind, path, time: in_history.then(|| self.name(id)) }
    }
}
