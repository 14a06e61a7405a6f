//! List Blobs, flat or with a delimiter, read from XML in one pass over the buffered page. One odd value never fails a page. What an
//! element means is said here for `list_blobs_arrow` as well.

use std::mem::take;

use super::xml;
use crate::azure::model::{BlobItem, BlobKind, Entry, Page};

/// One page of List Blobs (Microsoft page: List Blobs), blobs and prefixes in the order listed.
///
/// # Errors
/// A sentence with the number of entries read, when the document is cut or malformed.
pub(crate) fn parse(body: &str) -> Result<Page<Entry>, String> {
    let mut parser = ListBlobsParser::default();
    let end = xml::each_element(body, |path, text, encoded| parser.take(path, text, encoded));
    end.map_err(|reason| format!("{reason}, after {} entries", parser.items.len()))?;
    if parser.root {
        Ok(Page { items: parser.items, next: parser.next })
    } else {
        Err("the answer is not a listing".into())
    }
}

#[derive(Default)]
struct ListBlobsParser {
    items: Vec<Entry>,
    next: Option<String>,
    blob: BlobItem,
    folder: BlobItem,
    root: bool,
}

const BLOB: &str = "EnumerationResults/Blobs/Blob";
const PREFIX: &str = "EnumerationResults/Blobs/BlobPrefix";

impl ListBlobsParser {
    fn take(&mut self, path: &str, text: &mut String, encoded: bool) {
        if let Some(field) = path.strip_prefix(BLOB).filter(|rest| rest.is_empty() || rest.starts_with('/')) {
            match field {
                "" => self.end_blob(),
                _ => field_of(&mut self.blob, field, text, encoded),
            }
            return;
        }
        match path.strip_prefix(PREFIX) {
            Some("") => self.end_prefix(),
            Some(field) => field_of(&mut self.folder, field, text, encoded),
            None => match path {
                "EnumerationResults" => self.root = true,
                "EnumerationResults/NextMarker" => self.next = Some(take(text)).filter(|marker| !marker.is_empty()),
                _ => {}
            },
        }
    }

    fn end_prefix(&mut self) {
        self.items.extend(listed_folder(take(&mut self.folder)));
    }

    fn end_blob(&mut self) {
        let blob = take(&mut self.blob);
        if !blob.name.is_empty() {
            self.items.push(Entry::Blob(Box::new(blob)));
        }
    }
}

/// The entry of a prefix; `None` without a name. Only a hierarchical account lists properties of it.
pub(super) fn listed_folder(folder: BlobItem) -> Option<Entry> {
    let told = folder.directory || !folder.last_modified.is_empty();
    match folder.name.as_str() {
        "" => None,
        _ if told => Some(Entry::Directory(Box::new(BlobItem { directory: true, ..folder }))),
        _ => Some(Entry::Prefix(folder.name)),
    }
}

/// Puts one element's text where it belongs; `field` is the path below the blob.
pub(super) fn field_of(blob: &mut BlobItem, field: &str, text: &mut String, encoded: bool) {
    if let Some(property) = field.strip_prefix("/Properties/") {
        return property_of(blob, property, text);
    }
    if let Some(key) = field.strip_prefix("/Metadata/") {
        if !key.contains('/') {
            blob.metadata.push((key.to_owned(), take(text)));
        }
        return;
    }
    match field {
        "/Name" => blob.name = name(text, encoded),
        "/Snapshot" => blob.snapshot = word(text),
        "/VersionId" => blob.version = word(text),
        "/IsCurrentVersion" => blob.current_version = is_true(text),
        "/Deleted" => blob.deleted = is_true(text),
        _ => {}
    }
}

fn property_of(blob: &mut BlobItem, property: &str, text: &mut String) {
    match property {
        "Content-Length" => blob.size = text.trim().parse().unwrap_or(0),
        "BlobType" => blob.kind = kind(text),
        "AccessTier" => blob.tier = word(text),
        "AccessTierInferred" => blob.tier_inferred = is_true(text),
        "ArchiveStatus" => blob.archive_status = word(text),
        "Last-Modified" => blob.last_modified = take(text),
        "Creation-Time" => blob.created = word(text),
        "Content-Type" => blob.content_type = word(text),
        "Etag" => blob.etag = word(text),
        "LeaseState" => blob.lease = word(text),
        "CustomerProvidedKeySha256" => blob.customer_key = !text.is_empty(),
        "DeletedTime" => blob.deleted |= !text.is_empty(),
        "ResourceType" => blob.directory = text.eq_ignore_ascii_case("directory"),
        _ => {}
    }
}

fn kind(text: &str) -> Option<BlobKind> {
    match text {
        "BlockBlob" => Some(BlobKind::Block),
        "PageBlob" => Some(BlobKind::Page),
        "AppendBlob" => Some(BlobKind::Append),
        _ => None,
    }
}

fn word(text: &mut String) -> Option<String> {
    Some(take(text)).filter(|text| !text.is_empty())
}

fn is_true(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

/// A name; the service percent-encodes those that XML cannot hold and says so.
fn name(text: &mut String, encoded: bool) -> String {
    if !encoded {
        return take(text);
    }
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}
