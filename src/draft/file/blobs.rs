//! The file's part on the blobs: the rules, and the place in the tree.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::convert::{Convert, same_fields, same_variants};
use crate::draft::answers::ChosenBlobs;
use crate::select::Rule;
use crate::tree::{NodeKey, NodeKind, TreePlace};

#[derive(Default, Serialize, Deserialize)]
pub(super) struct SavedBlobs {
    #[serde(default)]
    rules: SavedRules,
    #[serde(default)]
    account: Option<String>,
    #[serde(default)]
    place: SavedPlace,
}

same_fields!(ChosenBlobs = SavedBlobs { rules, account, place });

/// Rules, written one by one as [`SavedRule`]. They are shared with the program, not copied: there can be 200,000, and a draft is
/// saved after every change.
#[derive(Default)]
pub(super) struct SavedRules(Arc<Vec<Rule>>);

impl Serialize for SavedRules {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(SavedRule::from))
    }
}

impl<'de> Deserialize<'de> for SavedRules {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rules = Vec::<SavedRule>::deserialize(deserializer)?;
        Ok(Self(Arc::new(rules.into_iter().map(Rule::from).collect())))
    }
}

impl Convert<SavedRules> for Arc<Vec<Rule>> {
    fn convert(self) -> SavedRules {
        SavedRules(self)
    }
}

impl Convert<Arc<Vec<Rule>>> for SavedRules {
    fn convert(self) -> Arc<Vec<Rule>> {
        self.0
    }
}

/// E.g. `{"Prefix": "/films/2026/"}`.
#[derive(Serialize, Deserialize)]
enum SavedRule<'a> {
    Prefix(Cow<'a, str>),
    Blob { path: Cow<'a, str>, snapshots: bool },
    Snapshot { path: Cow<'a, str>, time: Cow<'a, str> },
}

impl<'a> From<&'a Rule> for SavedRule<'a> {
    fn from(rule: &'a Rule) -> Self {
        match rule {
            Rule::Prefix(prefix) => Self::Prefix(prefix.into()),
            Rule::Blob { path, snapshots } => Self::Blob { path: path.into(), snapshots: *snapshots },
            Rule::Snapshot { path, time } => Self::Snapshot { path: path.into(), time: time.into() },
        }
    }
}

impl From<SavedRule<'_>> for Rule {
    fn from(saved: SavedRule<'_>) -> Self {
        match saved {
            SavedRule::Prefix(prefix) => Self::Prefix(prefix.into_owned()),
            SavedRule::Blob { path, snapshots } => Self::Blob { path: path.into_owned(), snapshots },
            SavedRule::Snapshot { path, time } => Self::Snapshot { path: path.into_owned(), time: time.into_owned() },
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
