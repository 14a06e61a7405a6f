//! The rules of an export: which blobs and snapshots it takes. Each service reads them in its own way.

use std::collections::HashMap;

/// The rules of an export: exact paths and prefixes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ExportRules {
    paths: HashMap<String, Vec<SnapshotRule>>,
    prefixes: Vec<String>,
    without_snapshots: bool,
}

/// Which snapshots of a blob an exact path takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SnapshotRule {
    /// The blob and all of them.
    All,
    /// The blob alone.
    No,
    /// Only the one of this time.
    Only(String),
}

impl ExportRules {
    /// Rules that never take a snapshot.
    pub(crate) fn without_snapshots() -> Self {
        Self { without_snapshots: true, ..Self::default() }
    }

    /// Adds an exact path, container first, no leading slash.
    pub(crate) fn add_path(&mut self, path: String, snapshots: SnapshotRule) {
        self.paths.entry(path).or_default().push(snapshots);
    }

    /// Adds a prefix; one without a leading slash takes nothing.
    pub(crate) fn add_prefix(&mut self, prefix: String) {
        self.prefixes.push(prefix);
    }

    /// Whether the blob or snapshot with this container-qualified path (no leading slash) is selected.
    pub(crate) fn takes(&self, path: &str, snapshot: Option<&str>) -> bool {
        if self.without_snapshots && snapshot.is_some() {
            return false;
        }
        let exact = self.paths.get(path).is_some_and(|wishes| {
            wishes.iter().any(|wish| match (wish, snapshot) {
                (SnapshotRule::All, _) | (SnapshotRule::No, None) => true,
                (SnapshotRule::Only(time), Some(snapshot)) => time == snapshot,
                _ => false,
            })
        });
        exact || self.prefixes.iter().any(|p| p.strip_prefix('/').is_some_and(|p| path.starts_with(p)))
    }
}
