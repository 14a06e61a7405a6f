//! (to be replaced by the selection branch)
use serde::{Deserialize, Serialize};
/// One line of an export selection.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Rule {
    /// Everything that starts with this text: `/container/folder/`.
    Prefix(String),
    /// One blob: `container/name`.
    Blob {
        /// Path.
        path: String,
        /// With its snapshots.
        snapshots: bool,
    },
    /// One snapshot.
    Snapshot {
        /// Path.
        path: String,
        /// Time, verbatim.
        time: String,
    },
}

/// c
pub enum Compiled {
    /// i
    Inline {
        /// b
        blob_paths: Vec<String>,
        /// b
        blob_path_prefixes: Vec<String>,
        /// b
        bytes: usize,
    },
    /// l
    ListFile {
        /// x
        xml: String,
    },
}
/// c
pub fn compile(_rules: &[Rule]) -> Result<Compiled, String> {
    Err(String::new())
}
