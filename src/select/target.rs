//! A row as the selection names it: folder `a/`, blob `a` and a blob with the name `a/` are different targets.

use super::{ListingKey, Rule};

/// A row that can be checked. Names are raw, not percent-encoded; the root container is `$root`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// The whole account.
    Account,
    /// A container.
    Container {
        /// Its name.
        container: String,
    },
    /// A virtual folder or directory.
    Folder {
        /// The container's name.
        container: String,
        /// The folder's full prefix within the container, ending in `/`.
        prefix: String,
    },
    /// A blob, which may have snapshots.
    Blob {
        /// The container's name.
        container: String,
        /// The blob's full name.
        name: String,
    },
    /// One snapshot of a blob.
    Snapshot {
        /// The container's name.
        container: String,
        /// The blob's full name.
        name: String,
        /// The snapshot's time, verbatim.
        time: String,
    },
}

impl Target {
    /// The row `/container/name` of the target; what a prefix rule is compared with.
    pub fn text(&self) -> String {
        match self {
            Self::Account => "/".to_owned(),
            Self::Container { container } => format!("/{container}/"),
            Self::Folder { container, prefix } => format!("/{container}/{prefix}"),
            Self::Blob { container, name } | Self::Snapshot { container, name, .. } => format!("/{container}/{name}"),
        }
    }

    /// The rule that checking this row adds.
    pub fn rule(&self) -> Rule {
        match self {
            Self::Account | Self::Container { .. } | Self::Folder { .. } => Rule::Prefix(self.text()),
            Self::Blob { container, name } => Rule::Blob { path: format!("{container}/{name}"), snapshots: true },
            Self::Snapshot { container, name, time } => {
                Rule::Snapshot { path: format!("{container}/{name}"), time: time.clone() }
            }
        }
    }

    /// Whether rows can stand below this one by name (not snapshots).
    pub fn is_prefix(&self) -> bool {
        matches!(self, Self::Account | Self::Container { .. } | Self::Folder { .. })
    }

    /// The listing that shows this row's children by name; `None` for blobs and snapshots.
    pub fn listing(&self) -> Option<ListingKey> {
        self.is_prefix().then(|| ListingKey::Names(self.text()))
    }
}
