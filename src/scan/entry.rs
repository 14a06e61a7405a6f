//! One entry of a listing page as the scan sees it, borrowed from the page. Both parsers of a page produce it; neither keeps it.

use std::borrow::Cow;

/// A blob or a snapshot, with what a scan counts and warns about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of the blob as the service lists it")]
pub struct ListedEntry<'a> {
    /// Full name within the container, decoded.
    pub name: &'a str,
    /// Snapshot id, verbatim; empty for the blob itself.
    pub snapshot: &'a str,
    /// `Content-Length` in bytes.
    pub size: u64,
    /// An older version; not requested, and not exported as far as any document says.
    pub old_version: bool,
    /// Soft-deleted.
    pub deleted: bool,
    /// Listed with a `ResourceType`, as in a hierarchical namespace only.
    pub hierarchical: bool,
    /// A directory of a hierarchical namespace.
    pub directory: bool,
    /// In the archive tier.
    pub archived: bool,
    /// In the archive tier and on its way out of it.
    pub rehydrating: bool,
    /// An append blob.
    pub append: bool,
    /// Somebody holds a lease.
    pub leased: bool,
    /// Encrypted with a key that only the customer has.
    pub customer_key: bool,
    /// `Last-Modified`, verbatim (RFC 1123).
    pub modified: &'a str,
}

/// Takes the entries of a page in the order listed.
pub trait EntrySink {
    /// A blob, a snapshot, a version or a directory.
    fn blob(&mut self, entry: &ListedEntry<'_>);
    /// A virtual folder: its full prefix, ending in the delimiter.
    fn folder(&mut self, prefix: &str);
}

/// Sets the field for the property `tag`, e.g. `Content-Length`; returns `false` when the value is not what the service promises.
pub(super) fn property<'a>(entry: &mut ListedEntry<'a>, tag: &[u8], value: &'a str) -> bool {
    match tag {
        b"Content-Length" => match number(value) {
            Some(size) => entry.size = size,
            None => return false,
        },
        b"Last-Modified" => entry.modified = value,
        b"AccessTier" => entry.archived = value == "Archive",
        b"ArchiveStatus" => entry.rehydrating = !value.is_empty(),
        b"BlobType" => entry.append = value == "AppendBlob",
        b"LeaseState" => entry.leased = matches!(value, "leased" | "breaking"),
        b"CustomerProvidedKeySha256" => entry.customer_key = !value.is_empty(),
        b"ResourceType" => (entry.hierarchical, entry.directory) = (!value.is_empty(), value == "directory"),
        _ => {}
    }
    true
}

/// The name behind a percent-encoded one. The service encodes names that XML cannot hold. `None` when it is not UTF-8 text.
pub(super) fn decoded_name(name: &str) -> Option<Cow<'_, str>> {
    percent_encoding::percent_decode_str(name).decode_utf8().ok()
}

/// A length. Directories and prefixes have an empty one, which counts as zero.
fn number(text: &str) -> Option<u64> {
    if text.is_empty() {
        return Some(0);
    }
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}
