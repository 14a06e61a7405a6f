//! The name of a listing that must be complete before a row in it can be unchecked.

/// A listing that must be complete before a row in it can be unchecked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListingKey {
    /// The containers for `/`, else the names that a listing with a delimiter shows under `/container/` or `/container/folder/`.
    Names(String),
    /// The snapshots of the blob `container/name`.
    Snapshots(String),
}
