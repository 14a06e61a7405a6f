//! Writes one drive as a folder: a file for each blob, the files beside it, the manifest; and the logs that Data Box writes about it.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use crc_fast::{CrcAlgorithm, Digest as CrcDigest};
use md5::{Digest as _, Md5};

use super::super::blob::content::{StoredBlob, filler};
use super::super::response::escape;
use super::file_names::FileNames;
use super::manifest::{ManifestEntry, PartSum, manifest};

/// Bytes of a block or page range.
const PART: u64 = 4 << 20;

/// What was written about a drive.
pub(super) struct DriveImage {
    /// The manifest.
    pub(super) manifest: String,
    /// Its MD5.
    pub(super) manifest_md5: String,
    /// Data Box's verbose log.
    pub(super) verbose_log: String,
    /// Data Box's entries about renamed blobs.
    pub(super) renamings: String,
}

/// Writes a drive.
///
/// # Errors
/// The folder cannot be written.
pub(super) fn write(folder: &Path, drive: &str, blobs: &[(String, StoredBlob)]) -> io::Result<DriveImage> {
    fs::create_dir_all(folder)?;
    let mut names = FileNames::default();
    let (mut entries, mut verbose_log, mut renamings) = (Vec::new(), String::new(), String::new());
    for (blob, item) in blobs {
        let (path, is_renamed) = names.take(blob, item.snapshot.as_deref());
        let (parts, crc64) = content(&folder.join(&path), item)?;
        let format = escape(&item.kind);
        let _infallible = write!(
            verbose_log,
            "<File CloudFormat=\"{format}\" ETag=\"{}\" Path=\"{}\" Size=\"{}\" crc64=\"{crc64}\">\r\n</File>\r\n",
            escape(&item.etag),
            escape(&path),
            item.length
        );
        if is_renamed {
            let (from, to) = (escape(blob), escape(&path));
            let _infallible = write!(
                renamings,
                "<ErroredEntity CloudFormat=\"{format}\" Path=\"{from}\"><Category>BlobRenamed</Category><ErrorCode>1</ErrorCode><ErrorMessage>The blob has been renamed to: {to} :from: {from} :because the name is not valid on the drive</ErrorMessage><Type>File</Type></ErroredEntity>"
            );
        }
        let properties = side(&folder.join(format!("{path}.properties")), &properties(item))?;
        let metadata = if item.metadata.is_empty() {
            None
        } else {
            Some(side(&folder.join(format!("{path}.metadata")), &metadata(item))?)
        };
        entries.push(ManifestEntry {
            blob: blob.clone(),
            path,
            snapshot: item.snapshot.clone(),
            length: item.length,
            is_page_blob: item.kind == "PageBlob",
            parts,
            properties,
            metadata,
        });
    }
    let manifest = manifest(drive, &entries);
    let manifest_md5 = side(&folder.join(format!("{drive}.manifest")), &manifest)?;
    Ok(DriveImage { manifest, manifest_md5, verbose_log, renamings })
}

/// Writes the bytes of a blob; gives the digest of each part and the CRC-64 of the whole.
fn content(path: &Path, item: &StoredBlob) -> io::Result<(Vec<PartSum>, u64)> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::create(path)?;
    let mut crc = CrcDigest::new(CrcAlgorithm::Crc64Nvme);
    let mut parts = Vec::new();
    let mut offset = 0;
    while offset < item.length {
        let length = PART.min(item.length - offset);
        let bytes = item.read(offset, length).unwrap_or_else(|| filler(offset, length));
        file.write_all(&bytes)?;
        crc.update(&bytes);
        parts.push((offset, length, digest(&bytes)));
        offset += length;
    }
    Ok((parts, crc.finalize()))
}

/// Writes a file beside a blob, or the manifest; gives its digest.
fn side(path: &Path, text: &str) -> io::Result<String> {
    fs::write(path, text)?;
    Ok(digest(text.as_bytes()))
}

/// MD5 as manifests write it.
fn digest(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Md5::digest(bytes) {
        let _infallible = write!(text, "{byte:02X}");
    }
    text
}

fn properties(item: &StoredBlob) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Properties><Last-Modified>{}</Last-Modified><Etag>{}</Etag><Content-Length>{}</Content-Length>",
        item.modified,
        escape(&item.etag),
        item.length
    );
    for (name, value) in &item.headers {
        let _infallible = write!(text, "<{name}>{}</{name}>", escape(value));
    }
    text + "</Properties>"
}

fn metadata(item: &StoredBlob) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"utf-8\"?><Metadata>".to_owned();
    for (name, value) in &item.metadata {
        let _infallible = write!(text, "<{name}>{}</{name}>", escape(value));
    }
    text + "</Metadata>"
}
