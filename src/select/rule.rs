//! A rule: one entry of the export list, in the words of the service. The check marks of the screen are in `check`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One entry of the export list (Microsoft page: Put Job, "export"). The order is that of the list: prefixes, blobs, snapshots.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Rule {
    /// Every blob, with every snapshot, whose `/container/name` starts with this text: `/container/folder/`, or `/` for the
    /// whole account. Raw text: without a closing `/` it runs on into names that continue it.
    Prefix(String),
    /// One blob by its exact path.
    Blob {
        /// `container/name`, no leading slash; the root container is written `$root`.
        path: String,
        /// Whether its snapshots come too. Only a list file can leave them out.
        snapshots: bool,
    },
    /// One snapshot of a blob, without the blob itself. Only a list file can name it.
    Snapshot {
        /// `container/name`, no leading slash.
        path: String,
        /// The snapshot's time, exactly as List Blobs gives it.
        time: String,
    },
}

impl Rule {
    /// The text all matches begin with, as `/container/name`; exact for blobs and snapshots.
    pub fn text(&self) -> String {
        match self {
            Self::Prefix(prefix) => prefix.clone(),
            Self::Blob { path, .. } | Self::Snapshot { path, .. } => format!("/{path}"),
        }
    }

    /// Whether only a list file can say this rule: the inline list always takes a blob with all its snapshots.
    pub fn needs_list_file(&self) -> bool {
        matches!(self, Self::Blob { snapshots: false, .. } | Self::Snapshot { .. })
    }
}

impl fmt::Display for Rule {
    /// One line for a panel or a log: what the rule takes, in words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Prefix(prefix) if prefix == "/" => f.write_str("the whole account"),
            Self::Prefix(prefix) => write!(f, "everything under {prefix}"),
            Self::Blob { path, snapshots: true } => write!(f, "{path} with all its snapshots"),
            Self::Blob { path, snapshots: false } => write!(f, "{path} without snapshots"),
            Self::Snapshot { path, time } => write!(f, "the snapshot {time} of {path}"),
        }
    }
}
