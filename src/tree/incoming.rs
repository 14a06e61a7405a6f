//! The rows of a page before they have nodes. What the service lists but the tree does not show is left out here.

use super::NodeKind;
use super::arena::NodeProperties;
use super::order::SiblingKey;
use crate::azure::model::{BlobItem, Container, Entry};

/// A row of a page, named within its parent.
#[derive(Debug)]
pub(super) struct IncomingRow {
    pub(super) name: String,
    pub(super) properties: NodeProperties,
}

impl IncomingRow {
    pub(super) fn container(item: &Container) -> Self {
        Self { name: item.name.clone(), properties: NodeProperties::container(&item.last_modified) }
    }

    /// A row below the folder `prefix`; `None` for entries outside of it, for the folder itself and for snapshots.
    pub(super) fn entry(entry: &Entry, prefix: &str) -> Option<Self> {
        let name = entry.name().strip_prefix(prefix)?.to_owned();
        let properties = match entry {
            Entry::Prefix(_) | Entry::Directory(_) if name.is_empty() => return None,
            Entry::Directory(item) => NodeProperties::directory(item),
            Entry::Prefix(_) => NodeProperties::name_only(NodeKind::Folder),
            Entry::Blob(item) if item.snapshot.is_some() => return None,
            Entry::Blob(item) => NodeProperties::blob(item),
        };
        Some(Self { name, properties })
    }

    /// A snapshot or an older version; `None` for the blob itself and its current version.
    pub(super) fn snapshot_or_version(item: &BlobItem) -> Option<Self> {
        let (kind, time) = match (&item.snapshot, &item.version) {
            (Some(time), _) => (NodeKind::Snapshot, time),
            (None, Some(time)) if !item.current_version => (NodeKind::Version, time),
            (None, _) => return None,
        };
        Some(Self { name: time.clone(), properties: NodeProperties::snapshot_or_version(kind, item, time) })
    }

    pub(super) fn key(&self) -> SiblingKey<'_> {
        SiblingKey { name: &self.name, is_version: self.properties.kind == NodeKind::Version }
    }
}
