//! The text of a drive's manifest, in the published form.

use std::fmt::Write as _;

use super::super::response::escape;

/// Offset, length and digest of a block or page range.
pub(super) type PartSum = (u64, u64, String);

/// What a manifest says of a blob.
pub(super) struct ManifestEntry {
    /// Container and name.
    pub(super) blob: String,
    /// Path on the drive, with slashes.
    pub(super) path: String,
    pub(super) snapshot: Option<String>,
    pub(super) length: u64,
    pub(super) is_page_blob: bool,
    pub(super) parts: Vec<PartSum>,
    /// Digest of the file of properties.
    pub(super) properties: String,
    /// Digest of the file of metadata, where there is one.
    pub(super) metadata: Option<String>,
}

/// The manifest of a drive.
pub(super) fn manifest(drive: &str, entries: &[ManifestEntry]) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<DriveManifest Version=\"2014-11-01\">\r\n  <Drive>\r\n    <DriveId>{drive}</DriveId>\r\n    <ClientCreator>Blobfreight rehearsal</ClientCreator>\r\n    <BlobList>\r\n"
    );
    for entry in entries {
        blob(&mut text, entry);
    }
    text.push_str("    </BlobList>\r\n  </Drive>\r\n</DriveManifest>\r\n");
    text
}

fn blob(text: &mut String, entry: &ManifestEntry) {
    let path = escape(&format!("\\{}", entry.path.replace('/', "\\")));
    let snapshot = entry.snapshot.as_ref().map(|time| format!("<Snapshot>{time}</Snapshot>")).unwrap_or_default();
    let (list, part) = if entry.is_page_blob { ("PageRangeList", "PageRange") } else { ("BlockList", "Block") };
    let _infallible = write!(
        text,
        "      <Blob><BlobPath>{}</BlobPath><FilePath>{path}</FilePath>{snapshot}<Length>{}</Length><{list}>",
        escape(&entry.blob),
        entry.length
    );
    for (offset, length, hash) in &entry.parts {
        let _infallible = write!(text, "<{part} Offset=\"{offset}\" Length=\"{length}\" Hash=\"{hash}\"/>");
    }
    let _infallible = write!(text, "</{list}>");
    if let Some(hash) = &entry.metadata {
        let _infallible = write!(text, "<MetadataPath Hash=\"{hash}\">{path}.metadata</MetadataPath>");
    }
    let _infallible =
        write!(text, "<PropertiesPath Hash=\"{}\">{path}.properties</PropertiesPath></Blob>\r\n", entry.properties);
}
