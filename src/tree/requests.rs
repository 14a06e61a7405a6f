//! Requests of the tree to the service, as values. Sending them is the work of the step.

use super::NodeId;

/// A listing to request from the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listing {
    /// List Containers.
    Containers,
    /// List Blobs with the delimiter `/`.
    Names {
        /// The container.
        container: String,
        /// Empty, or ending in `/`.
        prefix: String,
    },
    /// List Blobs with `include=snapshots,versions` and no delimiter, with the blob's name as prefix.
    History {
        /// The container.
        container: String,
        /// The blob's full name.
        name: String,
    },
}

/// One page of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// The node whose children the page lists.
    pub node: NodeId,
    /// The listing.
    pub listing: Listing,
    /// The marker at which the page begins; `None` for the first page.
    pub marker: Option<String>,
}

/// The outbox of the tree: requests to start and requests to cancel.
#[derive(Debug, Default)]
pub struct TreeRequests {
    /// Pages to request, at most one for each node, the first requested first.
    pub pages: Vec<PageRequest>,
    /// Nodes whose request is to be cancelled.
    pub cancelled: Vec<NodeId>,
}
