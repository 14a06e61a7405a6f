//! The listing under one node: how far it has come and what it has brought. Which rows are visible is in `shown`.

use std::collections::HashSet;

use super::NodeId;
use super::merge::IncomingRow;
use crate::azure::fault::Fault;

/// How far the listing of a level has come. Markers are opaque and verbatim; without one the listing is at its beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LoadState {
    /// Not asked for.
    #[default]
    Idle,
    /// A page is on its way.
    Loading {
        /// Where that page begins.
        marker: Option<String>,
    },
    /// The server has more.
    Partial {
        /// Where the next page begins.
        marker: String,
    },
    /// Listed to the end.
    Done,
    /// The last page did not come.
    Failed {
        /// Why.
        fault: Fault,
        /// Where to go on.
        marker: Option<String>,
    },
}

impl LoadState {
    /// Whether a request is under way.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Loading { .. })
    }

    /// Whether asking for the next page makes sense without the person's doing.
    pub fn wants_more(&self) -> bool {
        matches!(self, Self::Idle | Self::Partial { .. })
    }

    /// Where the next page begins; `None` for the first.
    pub fn marker(&self) -> Option<&str> {
        match self {
            Self::Partial { marker } => Some(marker),
            Self::Loading { marker } | Self::Failed { marker, .. } => marker.as_deref(),
            Self::Idle | Self::Done => None,
        }
    }

    /// The stage after a request was given up: what came is kept, and so is the place to go on.
    pub(super) fn given_up(&self) -> Self {
        self.marker().map_or(Self::Idle, |marker| Self::Partial { marker: marker.to_owned() })
    }
}

/// The children of a node as listed so far.
#[derive(Debug, Default)]
pub(super) struct Children {
    /// Its rows are part of the tree.
    pub(super) open: bool,
    /// In name order; snapshots and versions newest first.
    pub(super) nodes: Vec<NodeId>,
    pub(super) stage: LoadState,
    /// While listed again: how many children are from the new listing. The rest is shown until its turn comes.
    pub(super) fresh: Option<usize>,
    /// Deleted rows that stand among the new ones but are still those of the listing before: a hierarchical account lists what was
    /// deleted after all else. They stay until they are listed again, or not, by the last page.
    pub(super) unconfirmed: HashSet<NodeId>,
    /// Rows of a history that is listed again: they take their places together, since the newest come last.
    pub(super) held: Vec<IncomingRow>,
    /// To be listed to the end, in view or not.
    pub(super) to_end: bool,
    /// How many visible rows stand under the node, as long as it is visible itself.
    pub(super) shown: usize,
    /// Bytes of the loaded blobs.
    pub(super) bytes: u64,
}

impl Children {
    /// Notes that the next page was asked for; returns where it begins.
    pub(super) fn start(&mut self) -> Option<String> {
        let marker = self.stage.marker().map(str::to_owned);
        if marker.is_none() && !self.nodes.is_empty() && self.fresh.is_none() {
            self.fresh = Some(0);
        }
        if marker.is_none() {
            self.held.clear();
            self.unconfirmed.clear();
        }
        self.stage = LoadState::Loading { marker: marker.clone() };
        marker
    }

    /// How many children are known to be there now.
    pub(super) fn loaded(&self) -> usize {
        self.nodes.len()
    }
}
