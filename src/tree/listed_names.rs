//! Loaded names as the selection needs them: which siblings a node has, and which of them an export list can name.

use super::{LoadState, NodeId, NodeKey, NodeKind, Tree};
use crate::select::{ListingKey, SiblingNames};

impl Tree {
    /// Whether a listing was listed to the end.
    pub fn is_complete(&self, listing: &ListingKey) -> bool {
        self.complete_children(listing).is_some()
    }

    fn complete_children(&self, listing: &ListingKey) -> Option<&[NodeId]> {
        let children = self.children.get(&self.listed_node(listing)?)?;
        (children.state == LoadState::Done).then_some(&children.nodes)
    }

    /// All names of a listing, if it was listed to the end. Versions and soft-deleted blobs are left out: no export list can
    /// name them.
    pub fn complete_names(&self, listing: &ListingKey) -> Option<SiblingNames> {
        let (mut names, mut reader) = (SiblingNames::default(), self.arena.name_reader());
        for id in self.complete_children(listing)?.iter().filter(|id| self.is_checkable(**id)) {
            names.push(reader.name(*id));
        }
        Some(names)
    }

    /// Names of a listing that are loaded and begin with `start`, at most `limit`. Containers end in `/`; deleted blobs are
    /// left out.
    pub fn loaded_names(&self, listing: &str, start: &str, limit: usize) -> Vec<String> {
        let node = self.listed_node(&ListingKey::Names(listing.to_owned()));
        let Some(children) = node.and_then(|node| self.children.get(&node)) else { return Vec::new() };
        let mut reader = self.arena.name_reader();
        let first = children.nodes.partition_point(|id| reader.name(*id) < start);
        let mut found = Vec::new();
        for id in children.nodes.iter().skip(first) {
            let name = reader.name(*id);
            if found.len() == limit || !name.starts_with(start) {
                break;
            }
            if self.is_checkable(*id) {
                let slash = if self.kind(*id) == NodeKind::Container { "/" } else { "" };
                found.push(format!("{name}{slash}"));
            }
        }
        found
    }

    /// The node whose children a listing has, if it is loaded.
    pub fn listed_node(&self, listing: &ListingKey) -> Option<NodeId> {
        let key = match listing {
            ListingKey::Snapshots(path) => NodeKey { kind: NodeKind::Blob, path: path.clone(), time: None },
            ListingKey::Names(path) => match path.strip_prefix('/')? {
                "" => NodeKey::account(),
                path => match path.split_once('/')? {
                    (container, "") => NodeKey { kind: NodeKind::Container, path: container.to_owned(), time: None },
                    _ => NodeKey { kind: NodeKind::Folder, path: path.to_owned(), time: None },
                },
            },
        };
        self.find(&key)
    }

    /// Whether an export list can name the row, so that it can be checked.
    pub fn is_checkable(&self, node: NodeId) -> bool {
        self.kind(node).is_checkable() && !self.arena.is_deleted(node)
    }

    /// Whether a folder was listed to the end and holds nothing but deleted blobs.
    pub fn holds_only_deleted(&self, node: NodeId) -> bool {
        let children = self.children.get(&node).filter(|_| self.kind(node) == NodeKind::Folder);
        let Some(children) = children.filter(|children| children.state == LoadState::Done) else { return false };
        let is_deleted = |id: &NodeId| self.arena.is_deleted(*id) || self.holds_only_deleted(*id);
        !children.nodes.is_empty() && children.nodes.iter().all(is_deleted)
    }
}
