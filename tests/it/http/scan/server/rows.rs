//! What a container of the server holds.

use super::arrow_pages::ListedRow;

/// What a container holds, in listing order.
pub(crate) trait Listing: Send + Sync {
    fn len(&self) -> usize;
    fn name(&self, at: usize) -> String;
    /// Writes one entry; a snapshot only where `snapshots` says so.
    fn entry(&self, at: usize, snapshots: bool, page: &mut Vec<u8>);
    /// The same entry for Apache Arrow; `None` for a snapshot that is left out.
    fn row(&self, _at: usize, _snapshots: bool) -> Option<ListedRow> {
        None
    }
}

/// One blob or snapshot.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub name: String,
    pub snapshot: Option<String>,
    pub size: u64,
    /// Further elements inside `Properties`.
    pub properties: &'static str,
    /// Further elements beside `Properties`.
    pub more: &'static str,
}

impl Listing for Vec<Row> {
    fn len(&self) -> usize {
        Vec::len(self)
    }
    fn name(&self, at: usize) -> String {
        self[at].name.clone()
    }
    fn entry(&self, at: usize, snapshots: bool, page: &mut Vec<u8>) {
        let row = &self[at];
        if row.snapshot.is_some() && !snapshots {
            return;
        }
        let name = row.name.replace('&', "&amp;").replace('<', "&lt;");
        let snapshot = row.snapshot.as_ref().map_or(String::new(), |time| format!("<Snapshot>{time}</Snapshot>"));
        let entry = format!(
            "<Blob><Name>{name}</Name>{snapshot}{}<Properties><Last-Modified>Sun, 22 Nov 2026 21:21:34 GMT</Last-Modified><Content-Length>{}</Content-Length><BlobType>BlockBlob</BlobType>{}</Properties><OrMetadata /></Blob>",
            row.more, row.size, row.properties
        );
        page.extend_from_slice(entry.as_bytes());
    }
    fn row(&self, at: usize, snapshots: bool) -> Option<ListedRow> {
        let row = &self[at];
        let mut texts: Vec<(&'static str, String)> = elements(row.properties);
        texts.push(("BlobType", "BlockBlob".into()));
        texts.rotate_right(1);
        let more = elements(row.more);
        let is_true = |name: &str| more.iter().any(|(other, text)| *other == name && text == "true");
        let size =
            texts.iter().rev().find(|(name, _)| *name == "Content-Length").and_then(|(_, text)| text.parse().ok());
        Some(ListedRow {
            name: row.name.clone(),
            snapshot: row.snapshot.clone(),
            version: more.iter().find(|(name, _)| *name == "VersionId").map(|(_, text)| text.clone()),
            current: is_true("IsCurrentVersion"),
            deleted: is_true("Deleted"),
            size: size.or(Some(row.size)),
            modified: Some(1_795_382_494),
            texts,
            ..ListedRow::default()
        })
        .filter(|row| row.snapshot.is_none() || snapshots)
    }
}

/// The elements of a text without any inside of others: `<A>1</A><B>2</B>`.
fn elements(text: &'static str) -> Vec<(&'static str, String)> {
    let open = text.split('<').filter(|part| !part.starts_with('/'));
    open.filter_map(|part| part.split_once('>')).map(|(name, text)| (name, text.to_owned())).collect()
}
