//! The content of storage accounts in memory: containers, blobs, snapshots and versions. `list` lists them.

use std::collections::BTreeMap;

use bytes::Bytes;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::super::clock::seven_digits;
use super::super::response::hash;

/// A storage account's content.
#[derive(Debug, Default)]
pub(crate) struct BlobStore {
    /// Containers by name.
    pub containers: BTreeMap<String, StoredContainer>,
}

/// A container.
#[derive(Debug, Clone)]
pub(crate) struct StoredContainer {
    /// User metadata.
    pub metadata: BTreeMap<String, String>,
    /// When it was made or changed.
    pub modified: Timestamp,
    /// Blobs by name; snapshots and versions oldest first, the base blob last.
    pub blobs: BTreeMap<String, Vec<StoredBlob>>,
    /// Blocks that are not committed yet, by blob name and block id.
    pub staged: BTreeMap<String, BTreeMap<String, Vec<u8>>>,
    /// Whether a client made it during the rehearsal.
    pub made_here: bool,
}

/// A blob, a snapshot or a version.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own in a listing entry")]
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct StoredBlob {
    /// `BlockBlob`, `PageBlob` or `AppendBlob`.
    pub kind: String,
    /// Bytes.
    pub length: u64,
    /// Access tier; `None` for blobs that have none (page and append blobs).
    pub tier: Option<String>,
    /// Whether the tier is the account's default.
    pub tier_inferred: bool,
    /// Creation time.
    pub created: Timestamp,
    /// Last change.
    pub modified: Timestamp,
    /// Entity tag without quotes.
    pub etag: String,
    /// `Content-Type` and its like, by header name.
    pub headers: BTreeMap<String, String>,
    /// User metadata.
    pub metadata: BTreeMap<String, String>,
    /// Snapshot time, when it is one.
    pub snapshot: Option<String>,
    /// Version id, where versioning is on.
    pub version: Option<String>,
    /// Whether this is the current version (or the base blob).
    pub current: bool,
    /// Soft-deleted.
    pub deleted: bool,
    /// A directory of a hierarchical namespace.
    pub directory: bool,
    /// Only uncommitted blocks exist.
    pub uncommitted: bool,
    /// Whether a client made it during the rehearsal.
    pub uploaded: bool,
    /// The uploaded bytes; other blobs read as filler.
    #[serde(with = "as_base64", default)]
    pub content: Option<Vec<u8>>,
}

impl BlobStore {
    /// Creates a container; `false` when it existed already.
    pub(crate) fn create_container(&mut self, name: &str, metadata: BTreeMap<String, String>, now: Timestamp) -> bool {
        if self.containers.contains_key(name) {
            return false;
        }
        let container = StoredContainer {
            metadata,
            modified: now,
            blobs: BTreeMap::new(),
            staged: BTreeMap::new(),
            made_here: true,
        };
        self.containers.insert(name.to_owned(), container);
        true
    }

    /// The base blob at a container-qualified path without a leading slash.
    pub(crate) fn find(&self, path: &str) -> Option<&StoredBlob> {
        let (container, name) = path.split_once('/')?;
        self.containers.get(container)?.base(name)
    }
}

impl StoredContainer {
    /// The base blob of that name.
    pub(crate) fn base(&self, name: &str) -> Option<&StoredBlob> {
        self.blobs.get(name)?.last().filter(|i| i.is_base())
    }

    /// The base blob of that name, to change it.
    pub(crate) fn base_mut(&mut self, name: &str) -> Option<&mut StoredBlob> {
        self.blobs.get_mut(name)?.last_mut().filter(|i| i.is_base())
    }

    /// A snapshot or version of a blob.
    pub(crate) fn older(&self, name: &str, snapshot: Option<&str>, version: Option<&str>) -> Option<&StoredBlob> {
        self.blobs.get(name)?.iter().find(|i| match (snapshot, version) {
            (Some(time), _) => i.snapshot.as_deref() == Some(time),
            (None, Some(id)) => i.version.as_deref() == Some(id),
            (None, None) => i.is_base(),
        })
    }

    /// Adds a blob, snapshot or version in its order; a base blob replaces the old one.
    pub(crate) fn put(&mut self, name: &str, item: StoredBlob) {
        let items = self.blobs.entry(name.to_owned()).or_default();
        if item.is_base() {
            if items.last().is_some_and(|i| i.is_base() || i.deleted) {
                items.pop();
            }
            items.push(item);
        } else {
            let at = items.iter().position(StoredBlob::is_base).unwrap_or(items.len());
            items.insert(at, item);
        }
    }
}

impl StoredBlob {
    /// A generated blob, whose properties follow from a seed.
    pub(crate) fn generated(seed: &str, length: u64, modified: Timestamp) -> Self {
        let headers = BTreeMap::from([("Content-Type".to_owned(), content_type(seed).to_owned())]);
        Self {
            kind: "BlockBlob".to_owned(),
            length,
            tier: Some("Hot".to_owned()),
            tier_inferred: true,
            created: modified,
            modified,
            etag: etag(&format!("{seed} {modified}")),
            headers,
            metadata: BTreeMap::new(),
            snapshot: None,
            version: None,
            current: true,
            deleted: false,
            directory: false,
            uncommitted: false,
            uploaded: false,
            content: None,
        }
    }

    /// A block blob with these bytes.
    pub(crate) fn uploaded(content: Vec<u8>, content_type: &str, now: Timestamp) -> Self {
        let mut item = Self::generated("", content.len() as u64, now);
        item.etag = etag(&format!("{} {now} {}", content.len(), hash(&String::from_utf8_lossy(&content))));
        item.headers.insert("Content-Type".to_owned(), content_type.to_owned());
        item.uploaded = true;
        item.content = Some(content);
        item
    }

    /// Whether it is the blob itself and not a snapshot, an old version or a deleted blob.
    pub(crate) fn is_base(&self) -> bool {
        self.snapshot.is_none() && self.current && !self.deleted
    }

    /// Whether an export would copy it: committed blobs and their snapshots.
    pub(crate) fn exportable(&self) -> bool {
        self.current && !self.deleted && !self.directory && !self.uncommitted
    }

    /// Bytes from an offset on.
    pub(crate) fn read(&self, start: u64, length: u64) -> Option<Bytes> {
        let content = self.content.as_ref()?;
        let start = usize::try_from(start).ok()?.min(content.len());
        let end = start.saturating_add(usize::try_from(length).ok()?).min(content.len());
        Some(Bytes::copy_from_slice(&content[start..end]))
    }
}

/// Filler for blobs that nobody uploaded: the same bytes at the same offset, whatever the range.
pub(crate) fn filler(start: u64, length: u64) -> Bytes {
    const TEXT: &[u8] = b"This blob belongs to a rehearsal and holds nothing. ";
    let skip = usize::try_from(start % TEXT.len() as u64).unwrap_or(0);
    TEXT.iter().copied().cycle().skip(skip).take(usize::try_from(length).unwrap_or(0)).collect()
}

/// An entity tag that looks like the service's.
pub(crate) fn etag(seed: &str) -> String {
    format!("0x8D{:013X}", hash(seed) & 0xf_ffff_ffff_ffff)
}

/// A snapshot time that no other item of the blob has.
pub(crate) fn snapshot_time(items: &[StoredBlob], now: Timestamp) -> String {
    let mut at = now;
    loop {
        let text = seven_digits(at);
        if items.iter().all(|i| i.snapshot.as_deref() != Some(&text)) {
            return text;
        }
        at = at.checked_add(jiff::SignedDuration::from_nanos(100)).unwrap_or(Timestamp::MAX);
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, e)| e) {
        "txt" | "md" => "text/plain",
        "html" => "text/html",
        "css" => "text/css",
        "js" => "text/javascript",
        "json" => "application/json",
        "csv" => "text/csv",
        "pdf" => "application/pdf",
        "jpg" => "image/jpeg",
        "tif" => "image/tiff",
        "svg" => "image/svg+xml",
        "wav" => "audio/wav",
        "mp4" => "video/mp4",
        "mov" => "video/quicktime",
        "mxf" => "application/mxf",
        _ => "application/octet-stream",
    }
}

/// Content in the state file, as base64 text.
mod as_base64 {
    use base64::Engine as _;
    use base64::prelude::BASE64_STANDARD;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    #[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
    pub(super) fn serialize<S: Serializer>(content: &Option<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
        match content {
            Some(bytes) => serializer.serialize_some(&BASE64_STANDARD.encode(bytes)),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<u8>>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|t| BASE64_STANDARD.decode(t).map_err(D::Error::custom)).transpose()
    }
}
