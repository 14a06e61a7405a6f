//! Which columns an entry of a list fills. Columns are named as the elements of the same list in XML; one that no entry fills is left out.

use super::super::content::StoredBlob;
use super::column::{CellValue, ColumnKind, WrittenColumn};
use super::stream::{END, batch, schema};

const COLUMNS: [(&str, ColumnKind); 31] = [
    ("Name", ColumnKind::Text),
    ("ResourceType", ColumnKind::Text),
    ("Deleted", ColumnKind::Flag),
    ("Snapshot", ColumnKind::Text),
    ("VersionId", ColumnKind::Text),
    ("IsCurrentVersion", ColumnKind::Flag),
    ("Creation-Time", ColumnKind::Time),
    ("Last-Modified", ColumnKind::Time),
    ("Etag", ColumnKind::Text),
    ("Content-Length", ColumnKind::Number),
    ("Content-Type", ColumnKind::Text),
    ("Content-Encoding", ColumnKind::Text),
    ("Content-Language", ColumnKind::Text),
    ("Content-MD5", ColumnKind::Text),
    ("Cache-Control", ColumnKind::Text),
    ("Content-Disposition", ColumnKind::Text),
    ("x-ms-blob-sequence-number", ColumnKind::Number),
    ("BlobType", ColumnKind::Text),
    ("AccessTier", ColumnKind::Text),
    ("AccessTierInferred", ColumnKind::Flag),
    ("LeaseStatus", ColumnKind::Text),
    ("LeaseState", ColumnKind::Text),
    ("DeletedTime", ColumnKind::Time),
    ("RemainingRetentionDays", ColumnKind::Number),
    ("ServerEncrypted", ColumnKind::Flag),
    ("TagCount", ColumnKind::Number),
    ("EncryptionScope", ColumnKind::Text),
    ("LastAccessTime", ColumnKind::Time),
    ("Metadata", ColumnKind::Map),
    ("Tags", ColumnKind::Map),
    ("OrMetadata", ColumnKind::Map),
];

/// One row before it is written.
struct ArrowRow<'r> {
    name: &'r str,
    /// `None` for a group of names.
    item: Option<&'r StoredBlob>,
    hierarchical: bool,
    includes: &'r dyn Fn(&str) -> bool,
    /// An entry of the generated account has some properties more, which take the room that they take at the service.
    generated: bool,
}

/// The page of these entries, each a name with its blob or, for a group of names, without one.
pub(crate) fn page<'r>(
    entries: impl Iterator<Item = (&'r str, Option<&'r StoredBlob>)>,
    includes: &'r dyn Fn(&str) -> bool,
    hierarchical: bool,
    marker: Option<&str>,
) -> Vec<u8> {
    let rows = entries.map(|(name, item)| ArrowRow { name, item, hierarchical, includes, generated: false });
    let columns = filled(rows);
    let rows = columns.first().map_or(0, WrittenColumn::rows);
    [schema(&columns, marker), batch(&columns, rows).bytes, END.to_vec()].concat()
}

/// The rows of a page of the generated account.
pub(crate) fn generated<'r>(rows: impl Iterator<Item = (&'r str, &'r StoredBlob)>) -> Vec<WrittenColumn> {
    let none = |_: &str| false;
    filled(rows.map(|(name, item)| ArrowRow {
        name,
        item: Some(item),
        hierarchical: false,
        includes: &none,
        generated: true,
    }))
}

fn filled<'r>(rows: impl Iterator<Item = ArrowRow<'r>>) -> Vec<WrittenColumn> {
    let mut columns: Vec<WrittenColumn> = COLUMNS.iter().map(|(name, kind)| WrittenColumn::new(name, *kind)).collect();
    for row in rows {
        for column in &mut columns {
            column.push(row.cell(column.name));
        }
    }
    columns.retain(|column| column.name == "Name" || !column.is_empty());
    columns
}

impl<'r> ArrowRow<'r> {
    fn cell(&self, column: &str) -> Option<CellValue<'r>> {
        let Some(item) = self.item else {
            return match column {
                "Name" => Some(CellValue::Text(self.name)),
                "ResourceType" => Some(CellValue::Text("blobprefix")),
                _ => None,
            };
        };
        let text = |text: &'r str| Some(CellValue::Text(text));
        let time = |at: jiff::Timestamp| Some(CellValue::Number(at.as_second()));
        let when = |holds: bool, value| Some(value).filter(|_| holds);
        match column {
            "Name" => text(self.name),
            "ResourceType" => {
                when(self.hierarchical, CellValue::Text(if item.directory { "directory" } else { "file" }))
            }
            "Deleted" => when(item.deleted, CellValue::Flag(true)),
            "Snapshot" => item.snapshot.as_deref().and_then(text),
            "VersionId" => item.version.as_deref().filter(|_| (self.includes)("versions")).and_then(text),
            "IsCurrentVersion" => {
                let is_current = item.version.is_some() && item.is_base() && (self.includes)("versions");
                when(is_current, CellValue::Flag(true))
            }
            "Creation-Time" => time(item.created),
            "Last-Modified" => time(item.modified),
            "Etag" => text(&item.etag),
            "Content-Length" => Some(CellValue::Number(i64::try_from(item.length).unwrap_or(i64::MAX))),
            "x-ms-blob-sequence-number" => when(item.kind == "PageBlob", CellValue::Number(0)),
            "BlobType" => text(&item.kind),
            "AccessTier" => item.tier.as_deref().and_then(text),
            "AccessTierInferred" => when(item.tier.is_some() && item.tier_inferred, CellValue::Flag(true)),
            // Snapshots have no lease.
            "LeaseStatus" => when(item.snapshot.is_none(), CellValue::Text("unlocked")),
            "LeaseState" => when(item.snapshot.is_none(), CellValue::Text("available")),
            "DeletedTime" => time(item.modified).filter(|_| item.deleted),
            "RemainingRetentionDays" => when(item.deleted, CellValue::Number(7)),
            "ServerEncrypted" => Some(CellValue::Flag(true)),
            "Metadata" => self.metadata(item),
            "Tags" => self.tags(item),
            _ if self.generated => generated_cell(column, item),
            header => item.headers.get(header).and_then(|value| text(value)),
        }
    }

    fn metadata(&self, item: &'r StoredBlob) -> Option<CellValue<'r>> {
        let pairs = item.metadata.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        (!item.metadata.is_empty() && (self.includes)("metadata")).then(|| CellValue::Map(pairs.collect()))
    }

    fn tags(&self, item: &'r StoredBlob) -> Option<CellValue<'r>> {
        let project = item.metadata.get("project").filter(|_| (self.includes)("tags"));
        project.map(|project| CellValue::Map(vec![("project", project)]))
    }
}

fn generated_cell<'r>(column: &str, item: &'r StoredBlob) -> Option<CellValue<'r>> {
    match column {
        "Content-Type" => Some(CellValue::Text("application/octet-stream")),
        "Content-MD5" => Some(CellValue::Text("1B2M2Y8AsgTpgAmY7PhCfg==")),
        "TagCount" => Some(CellValue::Number(1)),
        "EncryptionScope" => Some(CellValue::Text("northlight-archive-default-scope")),
        "LastAccessTime" => Some(CellValue::Number(item.modified.as_second())),
        _ => None,
    }
}
