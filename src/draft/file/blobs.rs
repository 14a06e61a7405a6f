//! The file's part on the blobs: the rules, and the place in the tree.

use serde::{Deserialize, Serialize};

use super::convert::{Convert, same_fields, same_variants};
use crate::draft::answers::ChosenBlobs;
use crate::select::Rule;
use crate::tree::{NodeKey, NodeKind, TreePlace};

#[derive(Default, Serialize, Deserialize)]
pub(super) struct SavedBlobs {
    #[serde(default)]
    rules: Vec<SavedRule>,
    #[serde(default)]
    account: Option<String>,
    #[serde(default)]
    place: SavedPlace,
}

same_fields!(ChosenBlobs = SavedBlobs { rules, account, place });

/// E.g. `{"Prefix": "/films/2026/"}`.
#[derive(Serialize, Deserialize)]
pub(super) enum SavedRule {
    Prefix(String),
    Blob { path: String, snapshots: bool },
    Snapshot { path: String, time: String },
}

impl Convert<SavedRule> for Rule {
    fn convert(self) -> SavedRule {
        match self {
            Self::Prefix(prefix) => SavedRule::Prefix(prefix),
            Self::Blob { path, snapshots } => SavedRule::Blob { path, snapshots },
            Self::Snapshot { path, time } => SavedRule::Snapshot { path, time },
        }
    }
}

impl Convert<Rule> for SavedRule {
    fn convert(self) -> Rule {
        match self {
            Self::Prefix(prefix) => Rule::Prefix(prefix),
            Self::Blob { path, snapshots } => Rule::Blob { path, snapshots },
            Self::Snapshot { path, time } => Rule::Snapshot { path, time },
        }
    }
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct SavedPlace {
    open: Vec<SavedNodeKey>,
    cursor: Option<SavedNodeKey>,
    line: usize,
}

same_fields!(TreePlace = SavedPlace { open, cursor, line });

#[derive(Serialize, Deserialize)]
struct SavedNodeKey {
    kind: SavedNodeKind,
    path: String,
    /// The first drafts of version 1 called it `snapshot`.
    #[serde(default, skip_serializing_if = "Option::is_none", alias = "snapshot")]
    time: Option<String>,
}

same_fields!(NodeKey = SavedNodeKey { kind, path, time });

#[derive(Serialize, Deserialize)]
enum SavedNodeKind {
    Account,
    Container,
    Folder,
    Blob,
    Snapshot,
    Version,
}

same_variants!(NodeKind = SavedNodeKind { Account, Container, Folder, Blob, Snapshot, Version });
