//! The state of the blobs step: the tree, the selection, what lies over the tree, the rows that wait to be unchecked.

use std::collections::{BTreeMap, VecDeque};

use crate::azure::fault::Fault;
use crate::draft::AccountServer;
use crate::select::{Rule, Selection, Target};
use crate::tree::{NodeId, NodeKey, NodeKind, Tree};
use crate::wizard::shared::Shared;
use crate::wizard::steps::blobs::inspection::Inspection;
use crate::wizard::steps::blobs::mode::BlobsMode;

/// The state of the step.
#[derive(Debug)]
pub struct BlobsStep {
    /// The account as far as it is listed.
    pub tree: Tree,
    /// What is checked, with its history.
    pub selection: Selection,
    /// What lies over the tree.
    pub layer: BlobsMode,
    /// Details are wanted where they do not stand beside the tree anyway.
    pub details: bool,
    /// Why the given account could not be opened.
    pub unopened: Option<Fault>,
    /// The server the person did not let the sign-in be used at.
    pub(super) refused: Option<AccountServer>,
    /// The blob the cursor rests on, and what the service told of it.
    pub inspection: Option<Inspection>,
    /// Rows to be taken out of a checked folder, one after the other.
    pub(super) carvings: VecDeque<PendingUncheck>,
    /// The account the tree is of.
    pub(super) account: Option<String>,
    /// How many blobs a rule matches, where that is certain.
    pub(super) counted: BTreeMap<Rule, u64>,
    /// The revision of the selection whose rules are in the draft.
    pub(super) saved_revision: Option<u64>,
    /// A count typed before a movement.
    pub(super) count: usize,
}

/// A row to be taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingUncheck {
    /// The row.
    pub target: Target,
    /// The blob is kept, its snapshots are not.
    pub keeps_blob: bool,
    /// The revision of the selection its rules are being found for; `None` while siblings are still to be listed.
    pub(super) asked: Option<u64>,
    /// Its turn has come: a listing that had failed before was asked for again.
    pub(super) begun: bool,
}

impl BlobsStep {
    /// With the rules of the draft; nothing is listed yet.
    pub fn new(shared: &Shared) -> Self {
        let name = shared.blob_account().map_or("", |(_, name)| name);
        Self {
            tree: Tree::new(name),
            selection: Selection::from_rules(shared.draft.selection.rules.iter().cloned()),
            layer: BlobsMode::Rows,
            details: false,
            unopened: None,
            refused: None,
            inspection: None,
            carvings: VecDeque::new(),
            account: None,
            counted: BTreeMap::new(),
            saved_revision: None,
            count: 0,
        }
    }

    /// Whether the tree has begun, that is, the account's endpoint was known once.
    pub fn has_begun(&self) -> bool {
        self.account.is_some()
    }

    /// Whether details are to be seen: wanted, or the cursor is on a line that tells of a failure.
    pub fn shows_details(&self) -> bool {
        self.details || self.failed_here().is_some()
    }

    /// A count typed before a movement; 0 when none is.
    pub fn typed_count(&self) -> usize {
        self.count
    }

    /// The open level around the cursor: the node itself when it is open or the cursor is on its last line, else its parent.
    pub fn level(&self) -> NodeId {
        let node = self.tree.cursor();
        if self.tree.on_status() || (self.tree.is_open(node) && self.tree.kind(node) != NodeKind::Blob) {
            return node;
        }
        self.tree.breadcrumb().iter().rev().nth(1).map_or(NodeId::ACCOUNT, |(id, _)| *id)
    }

    /// The nearest container or folder at or above the cursor.
    pub(super) fn level_key(&self) -> NodeKey {
        let older = |kind| matches!(kind, NodeKind::Snapshot | NodeKind::Version);
        let prefixes = |id: &&(NodeId, &str)| self.tree.kind(id.0) != NodeKind::Blob && !older(self.tree.kind(id.0));
        self.tree.breadcrumb().iter().rev().find(prefixes).map_or_else(NodeKey::account, |(id, _)| self.tree.key(*id))
    }
}
