//! The state of the blobs step: the tree, the selection, the mode, the rows that wait to be unchecked.

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
    /// What the keys act on.
    pub mode: BlobsMode,
    /// The person wants to see details, on a terminal too narrow to show them always.
    pub details: bool,
    /// Why the account used without a sign-in could not be opened.
    pub unopened: Option<Fault>,
    /// The server that the person did not allow.
    pub(super) refused: Option<AccountServer>,
    /// The blob under the cursor, as read by itself.
    pub inspection: Option<Inspection>,
    /// Rows below a checked folder that wait to be unchecked, in order.
    pub(super) pending_unchecks: VecDeque<PendingUncheck>,
    /// The id of the account that the tree shows.
    pub(super) account: Option<String>,
    /// How many blobs a rule matches, where that is certain.
    pub(super) counted: BTreeMap<Rule, u64>,
    /// The revision of the selection that the draft holds.
    pub(super) saved_revision: Option<u64>,
    /// A count typed before a movement.
    pub(super) count: usize,
}

/// A row below a checked folder that waits to be unchecked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingUncheck {
    /// The row.
    pub target: Target,
    /// Only the snapshots of the blob are unchecked.
    pub keeps_blob: bool,
    /// The revision of the selection for which a request finds the rules; `None` while siblings are still being listed.
    pub(super) asked: Option<u64>,
    /// It is first in the queue, and a listing that had failed was requested again.
    pub(super) begun: bool,
}

impl BlobsStep {
    /// With the rules of the draft, and nothing listed.
    pub fn new(shared: &Shared) -> Self {
        let name = shared.blob_account().map_or("", |(_, name)| name);
        Self {
            tree: Tree::new(name),
            selection: Selection::from_rules(shared.draft.selection.rules.iter().cloned()),
            mode: BlobsMode::Rows,
            details: false,
            unopened: None,
            refused: None,
            inspection: None,
            pending_unchecks: VecDeque::new(),
            account: None,
            counted: BTreeMap::new(),
            saved_revision: None,
            count: 0,
        }
    }

    /// Whether the tree belongs to an account already: its endpoint was known once.
    pub fn has_begun(&self) -> bool {
        self.account.is_some()
    }

    /// Whether to show details: the person wants them, or the cursor is on the line of a failure.
    pub fn shows_details(&self) -> bool {
        self.details || self.failed_here().is_some()
    }

    /// A count typed before a movement; 0 when none is.
    pub fn typed_count(&self) -> usize {
        self.count
    }

    /// The open node around the cursor: the node itself when it is open or the cursor is on its last line, else its parent.
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
        let prefixes = |id: &&(NodeId, String)| self.tree.kind(id.0) != NodeKind::Blob && !older(self.tree.kind(id.0));
        self.tree.breadcrumb().iter().rev().find(prefixes).map_or_else(NodeKey::account, |(id, _)| self.tree.key(*id))
    }
}
