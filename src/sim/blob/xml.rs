//! The XML of Blob storage's lists, in the order of elements the service uses. What is listed is decided in `list`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::super::clock::http_date;
use super::super::response::{escape, hash};
use super::content::{StoredBlob, StoredContainer, etag};
use super::list::ListEntry;

/// Every list begins so.
const HEAD: &str = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>";

/// What the head of a list repeats from the request.
pub(super) struct RequestEcho<'e> {
    /// Account endpoint with a closing slash.
    pub endpoint: &'e str,
    /// Container, for List Blobs.
    pub container: Option<&'e str>,
    /// Parameters that were given, in the order of the service.
    pub given: Vec<(&'static str, &'e str)>,
}

/// Opens a list.
pub(super) fn open(echo: &RequestEcho, collection: &str) -> String {
    let mut out = String::from(HEAD);
    let _ = write!(out, "<EnumerationResults ServiceEndpoint=\"{}\"", escape(echo.endpoint));
    if let Some(container) = echo.container {
        let _ = write!(out, " ContainerName=\"{}\"", escape(container));
    }
    out.push('>');
    for (name, value) in &echo.given {
        text(&mut out, name, value);
    }
    let _ = write!(out, "<{collection}>");
    out
}

/// Closes a list.
pub(super) fn close(collection: &str, marker: Option<&str>) -> String {
    match marker {
        Some(marker) => format!("</{collection}><NextMarker>{}</NextMarker></EnumerationResults>", escape(marker)),
        None => format!("</{collection}><NextMarker /></EnumerationResults>"),
    }
}

fn text(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, "<{name}");
    name_body(out, name, value);
}

/// The rest of an element whose text is a name: characters that XML 1.0 cannot hold make it percent-encoded.
fn name_body(out: &mut String, element: &str, value: &str) {
    if value.chars().all(allowed) {
        // A bare carriage return or tab would be read back as something else.
        let escaped = escape(value).replace('\r', "&#xD;").replace('\t', "&#x9;").replace('\n', "&#xA;");
        let _ = write!(out, ">{escaped}</{element}>");
    } else {
        let _ = write!(out, " Encoded=\"true\">{}</{element}>", utf8_percent_encode(value, NON_ALPHANUMERIC));
    }
}

fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// A container of List Containers.
pub(super) fn container(out: &mut String, name: &str, container: &StoredContainer, metadata: bool) {
    let _ = write!(
        out,
        "<Container><Name>{}</Name><Properties><Last-Modified>{}</Last-Modified><Etag>\"{}\"</Etag><LeaseStatus>unlocked</LeaseStatus>\
         <LeaseState>available</LeaseState><DefaultEncryptionScope>$account-encryption-key</DefaultEncryptionScope>\
         <DenyEncryptionScopeOverride>false</DenyEncryptionScopeOverride><HasImmutabilityPolicy>false</HasImmutabilityPolicy>\
         <HasLegalHold>false</HasLegalHold><ImmutableStorageWithVersioningEnabled>false</ImmutableStorageWithVersioningEnabled></Properties>",
        escape(name),
        http_date(container.modified),
        etag(&format!("{name} {}", container.modified)),
    );
    if metadata {
        pairs(out, &container.metadata);
    }
    out.push_str("</Container>");
}

fn pairs(out: &mut String, metadata: &BTreeMap<String, String>) {
    if metadata.is_empty() {
        out.push_str("<Metadata />");
        return;
    }
    out.push_str("<Metadata>");
    for (key, value) in metadata {
        let _ = write!(out, "<{key}>{}</{key}>", escape(value));
    }
    out.push_str("</Metadata>");
}

/// An entry of List Blobs.
pub(super) fn entry(out: &mut String, entry: &ListEntry, includes: &dyn Fn(&str) -> bool, hierarchical: bool) {
    match entry {
        ListEntry::Prefix(prefix, directory) => {
            out.push_str("<BlobPrefix><Name");
            name_body(out, "Name", prefix);
            if let Some(directory) = directory {
                properties(out, directory, true);
            }
            out.push_str("</BlobPrefix>");
        }
        ListEntry::Blob(name, item) => blob(out, name, item, includes, hierarchical),
    }
}

fn blob(out: &mut String, name: &str, item: &StoredBlob, includes: &dyn Fn(&str) -> bool, hierarchical: bool) {
    out.push_str("<Blob><Name");
    name_body(out, "Name", name);
    if item.deleted && hierarchical {
        let _ = write!(out, "<DeletionId>{}</DeletionId>", hash(&item.etag));
    }
    if item.deleted {
        out.push_str("<Deleted>true</Deleted>");
    }
    if let Some(snapshot) = &item.snapshot {
        let _ = write!(out, "<Snapshot>{snapshot}</Snapshot>");
    }
    if let Some(version) = item.version.as_ref().filter(|_| includes("versions")) {
        let _ = write!(out, "<VersionId>{version}</VersionId>");
        if item.is_base() {
            out.push_str("<IsCurrentVersion>true</IsCurrentVersion>");
        }
    }
    properties(out, item, hierarchical);
    if includes("metadata") {
        pairs(out, &item.metadata);
    }
    if includes("tags") && item.metadata.contains_key("project") {
        let project = item.metadata.get("project").map_or("", String::as_str);
        let _ = write!(
            out,
            "<Tags><TagSet><Tag><Key>project</Key><Value>{}</Value></Tag></TagSet></Tags>",
            escape(project)
        );
    }
    out.push_str("<OrMetadata /></Blob>");
}

fn properties(out: &mut String, item: &StoredBlob, hierarchical: bool) {
    let _ = write!(
        out,
        "<Properties><Creation-Time>{}</Creation-Time><Last-Modified>{}</Last-Modified><Etag>{}</Etag>",
        http_date(item.created),
        http_date(item.modified),
        item.etag,
    );
    if hierarchical {
        let _ = write!(out, "<ResourceType>{}</ResourceType>", if item.directory { "directory" } else { "file" });
    }
    let _ = write!(out, "<Content-Length>{}</Content-Length>", item.length);
    for name in [
        "Content-Type",
        "Content-Encoding",
        "Content-Language",
        "Content-CRC64",
        "Content-MD5",
        "Cache-Control",
        "Content-Disposition",
    ] {
        match item.headers.get(name) {
            Some(value) => drop(write!(out, "<{name}>{}</{name}>", escape(value))),
            None => drop(write!(out, "<{name} />")),
        }
    }
    if item.kind == "PageBlob" {
        out.push_str("<x-ms-blob-sequence-number>0</x-ms-blob-sequence-number>");
    }
    let _ = write!(out, "<BlobType>{}</BlobType>", item.kind);
    if let Some(tier) = &item.tier {
        let _ = write!(out, "<AccessTier>{tier}</AccessTier>");
        if item.tier_inferred {
            out.push_str("<AccessTierInferred>true</AccessTierInferred>");
        }
    }
    // Snapshots have no lease.
    if item.snapshot.is_none() {
        out.push_str("<LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState>");
    }
    if item.deleted {
        let _ = write!(
            out,
            "<DeletedTime>{}</DeletedTime><RemainingRetentionDays>7</RemainingRetentionDays>",
            http_date(item.modified)
        );
    }
    out.push_str("<ServerEncrypted>true</ServerEncrypted></Properties>");
}
