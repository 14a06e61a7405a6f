//! The name of a listing: what must be listed to the end before something in it can be unchecked. Plain data.

/// A listing that must be complete before something can be unchecked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListingKey {
    /// The containers for `/`, else what a listing with a delimiter shows under `/container/` or `/container/folder/`.
    Names(String),
    /// The snapshots of the blob `container/name`.
    Snapshots(String),
}
