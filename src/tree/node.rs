//! What a row of the tree is, and the key that finds it again. How nodes are stored is in `arena`.

use crate::select::Target;

/// A handle of a node, valid as long as the tree. It does not outlive the program; a [`NodeKey`] does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The account itself, the root of every tree.
    pub const ACCOUNT: Self = Self(0);

    /// Its number within the tree, for example to name the request for its listing.
    pub fn number(self) -> u32 {
        self.0
    }

    /// The handle with this number; a number that the tree did not give stands for no row.
    pub fn numbered(number: u32) -> Self {
        Self(number)
    }

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What kind of thing a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// The storage account.
    Account,
    /// A container.
    Container,
    /// A virtual folder: a common beginning of names that ends in `/`.
    Folder,
    /// A blob.
    Blob,
    /// A snapshot of a blob.
    Snapshot,
    /// An older version of a blob, which no export list can name.
    Version,
}

impl NodeKind {
    /// Whether it can have children.
    pub fn can_open(self) -> bool {
        !matches!(self, Self::Snapshot | Self::Version)
    }

    /// Whether an export list can name it, so that it can be checked.
    pub fn is_checkable(self) -> bool {
        self != Self::Version
    }
}

/// Finds a node again after a reload or a restart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeKey {
    /// Its kind; a folder `a/` and a blob `a/` have the same path.
    pub kind: NodeKind,
    /// Empty for the account, else `container`, `container/folder/` or `container/blob`.
    pub path: String,
    /// The time of a snapshot or version, verbatim.
    pub time: Option<String>,
}

impl NodeKey {
    /// The key of the account.
    pub fn account() -> Self {
        Self { kind: NodeKind::Account, path: String::new(), time: None }
    }

    /// The container's name and the name within it; `None` for the account.
    pub fn split(&self) -> Option<(&str, &str)> {
        match self.kind {
            NodeKind::Account => None,
            NodeKind::Container => Some((&self.path, "")),
            NodeKind::Folder | NodeKind::Blob | NodeKind::Snapshot | NodeKind::Version => self.path.split_once('/'),
        }
    }

    /// The target that checking this row selects. A version cannot be checked; its target is its blob.
    pub fn target(&self) -> Target {
        let (container, name) = self.split().unwrap_or_default();
        let (container, name) = (container.to_owned(), name.to_owned());
        match self.kind {
            NodeKind::Account => Target::Account,
            NodeKind::Container => Target::Container { container },
            NodeKind::Folder => Target::Folder { container, prefix: name },
            NodeKind::Blob | NodeKind::Version => Target::Blob { container, name },
            NodeKind::Snapshot => Target::Snapshot { container, name, time: self.time.clone().unwrap_or_default() },
        }
    }
}
