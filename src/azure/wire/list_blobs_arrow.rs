//! List Blobs, flat or with a delimiter, read from Apache Arrow. A value means what its text means in XML, so `list_blobs` takes it.

use super::arrow::{ArrowBatch, ArrowColumn, ArrowFault, ArrowReader, ArrowResult, ArrowValue};
use super::list_blobs::{field_of, listed_folder};
use crate::azure::model::{BlobItem, Entry, Page};

/// The columns that are shown, each with its element below `<Blob>`.
const ELEMENTS: [(&str, &str); 19] = [
    ("Name", "/Name"),
    ("Snapshot", "/Snapshot"),
    ("VersionId", "/VersionId"),
    ("IsCurrentVersion", "/IsCurrentVersion"),
    ("Deleted", "/Deleted"),
    ("Content-Length", "/Properties/Content-Length"),
    ("BlobType", "/Properties/BlobType"),
    ("AccessTier", "/Properties/AccessTier"),
    ("AccessTierInferred", "/Properties/AccessTierInferred"),
    ("ArchiveStatus", "/Properties/ArchiveStatus"),
    ("Last-Modified", "/Properties/Last-Modified"),
    ("Creation-Time", "/Properties/Creation-Time"),
    ("Content-Type", "/Properties/Content-Type"),
    ("Etag", "/Properties/Etag"),
    ("LeaseState", "/Properties/LeaseState"),
    ("CustomerProvidedKeySha256", "/Properties/CustomerProvidedKeySha256"),
    ("DeletedTime", "/Properties/DeletedTime"),
    ("ResourceType", "/Properties/ResourceType"),
    ("Metadata", "/Metadata"),
];

/// One page of List Blobs (Microsoft page: List Blobs), blobs and prefixes in the order listed.
///
/// # Errors
/// The stream is damaged, or in a form that is not read.
pub(crate) fn parse(body: &[u8]) -> ArrowResult<Page<Entry>> {
    let (mut reader, mut items) = (ArrowReader::default(), Vec::new());
    reader.feed(body, &mut |batch| take_batch(batch, &mut items))?;
    Ok(Page { items, next: reader.end()?.map(str::to_owned) })
}

fn take_batch(batch: &ArrowBatch<'_>, items: &mut Vec<Entry>) -> ArrowResult<()> {
    let mut columns = Vec::with_capacity(ELEMENTS.len());
    for (name, element) in ELEMENTS {
        columns.extend(batch.column(name)?.map(|column| (element, column)));
    }
    for row in 0..batch.rows {
        items.push(entry(&columns, row)?);
    }
    Ok(())
}

fn entry(columns: &[(&str, ArrowColumn<'_>)], row: usize) -> ArrowResult<Entry> {
    let (mut blob, mut is_folder) = (BlobItem::default(), false);
    for (element, column) in columns {
        if *element == "/Metadata" {
            blob.metadata = metadata(column, row)?;
            continue;
        }
        let value = column.value(row)?;
        let text = match *element {
            "/Snapshot" | "/VersionId" => value.id(),
            _ => value.text(),
        };
        is_folder |= *element == "/Properties/ResourceType" && value.is_blob_prefix();
        if value != ArrowValue::Absent {
            field_of(&mut blob, element, &mut text.into_owned(), false);
        }
    }
    let entry = if is_folder { listed_folder(blob) } else { Some(Entry::Blob(Box::new(blob))) };
    entry.filter(|entry| !entry.name().is_empty()).ok_or_else(|| ArrowFault::damaged("an entry has no name"))
}

fn metadata(column: &ArrowColumn<'_>, row: usize) -> ArrowResult<Vec<(String, String)>> {
    let pairs = column.pairs(row)?.into_iter();
    Ok(pairs.map(|(key, value)| (key.text().into_owned(), value.text().into_owned())).collect())
}
