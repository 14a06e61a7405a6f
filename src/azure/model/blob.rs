//! Containers and blobs as a listing gives them (Microsoft pages: List Containers, List Blobs).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A container, as one entry of List Containers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Container {
    /// Name; the root container is `$root`.
    pub name: String,
    /// `Last-Modified`, verbatim (RFC 1123).
    pub last_modified: String,
}

/// The three kinds of blob; all can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlobKind {
    /// Made of blocks.
    Block,
    /// Made of 512-byte pages, for example a VHD.
    Page,
    /// Grows at its end, for example a log.
    Append,
}

impl fmt::Display for BlobKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Block => "block blob",
            Self::Page => "page blob",
            Self::Append => "append blob",
        })
    }
}

/// A blob, one of its snapshots or one of its versions, as one entry of List Blobs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of the blob as the service lists it")]
pub struct BlobItem {
    /// Full name within the container, decoded.
    pub name: String,
    /// Snapshot identifier, verbatim (seven fractional digits); `None` for the blob itself.
    pub snapshot: Option<String>,
    /// Version identifier, verbatim.
    pub version: Option<String>,
    /// This version is the current one.
    pub current_version: bool,
    /// Soft-deleted.
    pub deleted: bool,
    /// An HNS directory rather than a file.
    pub directory: bool,
    /// `Content-Length` in bytes.
    pub size: u64,
    /// `None` when the service did not say.
    pub kind: Option<BlobKind>,
    /// Access tier, verbatim, e.g. `Hot`, `Cool`, `Cold`, `Archive`, `P10`.
    pub tier: Option<String>,
    /// The tier is the account's default, not set on the blob.
    pub tier_inferred: bool,
    /// `rehydrate-pending-to-…` while an archived blob comes back.
    pub archive_status: Option<String>,
    /// `Last-Modified`, verbatim (RFC 1123).
    pub last_modified: String,
    /// `Creation-Time`, verbatim.
    pub created: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// `Etag`, verbatim.
    pub etag: Option<String>,
    /// Lease state, e.g. `available`, `leased`.
    pub lease: Option<String>,
    /// Encrypted with a key the customer sends along with each request; the service cannot read it.
    pub customer_key: bool,
    /// Metadata pairs in the order listed.
    pub metadata: Vec<(String, String)>,
}

impl BlobItem {
    /// Whether the blob sits in the archive tier, from which nothing is exported.
    pub fn is_archived(&self) -> bool {
        self.tier.as_deref() == Some("Archive")
    }
}

/// One entry of a listing with a delimiter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Entry {
    /// A virtual folder: its full prefix, ending in the delimiter.
    Prefix(String),
    /// A directory of a hierarchical account, which has properties of its own; named by its full prefix all the same.
    Directory(Box<BlobItem>),
    /// A blob (boxed: most listings are held as a `Vec` of entries).
    Blob(Box<BlobItem>),
}

impl Entry {
    /// The full name of the blob or the full prefix of the folder.
    pub fn name(&self) -> &str {
        match self {
            Self::Prefix(prefix) => prefix,
            Self::Blob(item) | Self::Directory(item) => &item.name,
        }
    }
}
