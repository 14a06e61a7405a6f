//! In which order siblings stand: by name as the service lists them, and as a person sorts them. Plain data and comparisons.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// What rows are sorted by. Snapshots and versions always stand newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SortBy {
    /// By name, in the order of the service.
    #[default]
    Name,
    /// Largest first; rows without a size come before, by name.
    Size,
    /// Newest first; rows without a time come before, by name.
    Time,
}

/// How rows are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// The property that is compared.
    pub by: SortBy,
    /// The other way round.
    pub reversed: bool,
}

/// The part of a row that tells it from its siblings. A snapshot and a version of one blob can have the same time as name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SiblingKey<'a> {
    pub(super) name: &'a str,
    pub(super) is_version: bool,
}

/// The order in which the children of a node are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SiblingOrder {
    /// By name: containers, folders and blobs.
    ByName,
    /// Newest first, and at the same time the snapshot before the version: the history of a blob.
    NewestFirst,
}

impl SiblingOrder {
    pub(super) fn compare(self, one: SiblingKey<'_>, two: SiblingKey<'_>) -> Ordering {
        let by_name = match self {
            Self::ByName => one.name.cmp(two.name),
            Self::NewestFirst => two.name.cmp(one.name),
        };
        by_name.then(one.is_version.cmp(&two.is_version))
    }
}
