//! The children of one node: how far they are listed and which were listed so far. Which rows are visible is in `visible`.

use super::NodeId;
use super::incoming::IncomingRow;
use super::node_map::NodeSet;
use crate::azure::fault::Fault;

/// How far a listing has come. Markers are opaque and kept verbatim; without one the listing is at its beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LoadState {
    /// Not requested yet.
    #[default]
    Idle,
    /// A page is requested.
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
    /// The request for the last page failed.
    Failed {
        /// The reason.
        fault: Fault,
        /// Where the failed page begins.
        marker: Option<String>,
    },
}

impl LoadState {
    /// Whether a request is under way.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Loading { .. })
    }

    /// Whether the next page can be requested without the person. After a failure the person decides.
    pub fn can_continue(&self) -> bool {
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

    /// The state after the request was cancelled. Listed rows stay, and the listing can continue at the same marker.
    pub(super) fn after_cancel(&self) -> Self {
        self.marker().map_or(Self::Idle, |marker| Self::Partial { marker: marker.to_owned() })
    }
}

/// The children of a node as listed so far.
#[derive(Debug, Default)]
pub(super) struct Children {
    /// The node is open: its children are rows of the tree.
    pub(super) open: bool,
    /// In name order; snapshots and versions newest first.
    pub(super) nodes: Vec<NodeId>,
    pub(super) state: LoadState,
    /// How many nodes at the front the new listing has brought, while the node is listed again. The old ones behind them stay
    /// until a page of the new listing reaches their names.
    pub(super) relisted: Option<usize>,
    /// Deleted nodes at the front that the new listing has not brought yet. A hierarchical account lists deleted blobs after
    /// all others, so these stay until a page lists them again or the last page does not.
    pub(super) unconfirmed_deleted: NodeSet,
    /// Rows of a history that is listed again. They wait for the last page: the newest come last and stand first.
    pub(super) relisted_history: Vec<IncomingRow>,
    /// The listing goes on to its end, in view or not.
    pub(super) to_end: bool,
    /// How many rows stand below the node while it is visible itself.
    pub(super) rows_below: usize,
    /// Bytes of the loaded blobs that are not deleted.
    pub(super) bytes: u64,
}

impl Children {
    /// Notes that the next page is requested; returns its marker.
    pub(super) fn begin_page(&mut self) -> Option<String> {
        let marker = self.state.marker().map(str::to_owned);
        if marker.is_none() {
            if !self.nodes.is_empty() && self.relisted.is_none() {
                self.relisted = Some(0);
            }
            self.relisted_history.clear();
            self.unconfirmed_deleted.clear();
        }
        self.state = LoadState::Loading { marker: marker.clone() };
        marker
    }

    /// Notes that a page came; `next` is the marker of the one after it.
    pub(super) fn end_page(&mut self, next: Option<String>) {
        self.to_end &= next.is_some();
        self.state = next.map_or(LoadState::Done, |marker| LoadState::Partial { marker });
    }
}
