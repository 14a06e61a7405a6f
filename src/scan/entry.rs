//! One entry of a listing page as the scan sees it, borrowed from the page. Every parser of a page produces it, and none keeps it. What
//! the properties mean is said here once, for XML and for Apache Arrow.

use std::borrow::Cow;

use super::compact_time;

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
    /// The access tier, as far as it matters to an export.
    pub tier: ListedTier,
    /// In the archive tier and on its way out of it.
    pub rehydrating: bool,
    /// An append blob.
    pub append: bool,
    /// Somebody holds a lease.
    pub leased: bool,
    /// Encrypted with a key that only the customer has.
    pub customer_key: bool,
    /// `Last-Modified`.
    pub modified: ModifiedTime<'a>,
}

/// The access tier of a blob, or of its account where the blob has none of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListedTier {
    /// Hot, a premium one, or none: reading costs operations only.
    #[default]
    Other,
    /// Reading costs operations and, by GB, the retrieval price of the cool tier.
    Cool,
    /// Reading costs operations and, by GB, the retrieval price of the cold tier.
    Cold,
    /// Nothing is exported from it.
    Archive,
}

impl ListedTier {
    fn named(name: &str) -> Self {
        match name {
            "Cool" => Self::Cool,
            "Cold" => Self::Cold,
            "Archive" => Self::Archive,
            _ => Self::Other,
        }
    }
}

/// When a blob was changed, in the form of the listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModifiedTime<'a> {
    /// In words (RFC 1123), e.g. `Sun, 22 Nov 2026 21:34:08 GMT`; empty when the listing does not say.
    HttpDate(&'a str),
    /// Seconds since 1970 in UTC.
    Seconds(i64),
}

impl Default for ModifiedTime<'_> {
    fn default() -> Self {
        Self::HttpDate("")
    }
}

impl ModifiedTime<'_> {
    /// The number of this time, e.g. `20261122213408`; `None` where the listing does not say when.
    pub fn compact(self) -> Option<u64> {
        match self {
            Self::HttpDate(text) => compact_time::from_http_date(text),
            Self::Seconds(seconds) => jiff::Timestamp::from_second(seconds).ok().map(compact_time::from_timestamp),
        }
    }
}

/// The form that a page came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ListingForm {
    #[default]
    Xml,
    Arrow,
}

/// Takes the entries of a page in the order listed.
pub trait EntrySink {
    /// A blob, a snapshot, a version or a directory.
    fn blob(&mut self, entry: &ListedEntry<'_>);
    /// A virtual folder: its full prefix, ending in the delimiter.
    fn folder(&mut self, prefix: &str);
}

/// A property that a scan looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListedProperty {
    Size,
    Modified,
    Tier,
    ArchiveStatus,
    Kind,
    Lease,
    CustomerKey,
    ResourceType,
}

impl ListedProperty {
    /// All of them, each with its name in the listing.
    pub(super) const ALL: [(&'static str, Self); 8] = [
        ("Content-Length", Self::Size),
        ("Last-Modified", Self::Modified),
        ("AccessTier", Self::Tier),
        ("ArchiveStatus", Self::ArchiveStatus),
        ("BlobType", Self::Kind),
        ("LeaseState", Self::Lease),
        ("CustomerProvidedKeySha256", Self::CustomerKey),
        ("ResourceType", Self::ResourceType),
    ];

    /// The property of that name, e.g. `Content-Length`; `None` for one that no scan looks at.
    pub(super) fn named(tag: &[u8]) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| name.as_bytes() == tag).map(|(_, property)| *property)
    }
}

impl<'a> ListedEntry<'a> {
    /// Takes the text of a property; returns `false` when it is not what the service promises.
    pub(super) fn set(&mut self, property: ListedProperty, value: &'a str) -> bool {
        match property {
            ListedProperty::Size => match number(value) {
                Some(size) => self.size = size,
                None => return false,
            },
            ListedProperty::Modified => self.modified = ModifiedTime::HttpDate(value),
            ListedProperty::Tier => self.tier = ListedTier::named(value),
            ListedProperty::ArchiveStatus => self.rehydrating = !value.is_empty(),
            ListedProperty::Kind => self.append = value == "AppendBlob",
            ListedProperty::Lease => self.leased = matches!(value, "leased" | "breaking"),
            ListedProperty::CustomerKey => self.customer_key = !value.is_empty(),
            ListedProperty::ResourceType => {
                (self.hierarchical, self.directory) = (!value.is_empty(), value.eq_ignore_ascii_case("directory"));
            }
        }
        true
    }

    /// Takes what the listing says of versions; the snapshot has been set before.
    pub(super) fn set_version(&mut self, has_version: bool, is_current: bool) {
        self.old_version = has_version && !is_current && self.snapshot.is_empty();
    }
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
