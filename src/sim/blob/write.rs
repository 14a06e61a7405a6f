//! Everything that changes an account's content, as far as tests and the list blob of a job need it.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::content::{StoredBlob, StoredContainer, etag, snapshot_time};
use super::target::{BlobTarget, NO_BLOB, NO_CONTAINER, StorageRefusal, stamped};

fn container<'w>(state: &'w mut SimState, target: &BlobTarget) -> Result<&'w mut StoredContainer, StorageRefusal> {
    state.changed = true;
    state.stores.get_mut(target.account).and_then(|s| s.containers.get_mut(target.container)).ok_or(NO_CONTAINER)
}

fn sent_metadata(request: &Request) -> BTreeMap<String, String> {
    let names = request.headers.keys().filter_map(|n| n.as_str().strip_prefix("x-ms-meta-"));
    names.map(|n| (n.to_owned(), request.header(&format!("x-ms-meta-{n}")).to_owned())).collect()
}

/// 3 to 63 lower-case letters, digits and single hyphens, or one of the two names with a dollar sign.
fn valid_container(name: &str) -> bool {
    let fits = (3..=63).contains(&name.len())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    ["$root", "$web"].contains(&name)
        || (fits && !name.starts_with('-') && !name.ends_with('-') && !name.contains("--"))
}

/// Create Container.
pub(super) fn create_container(
    state: &mut SimState,
    request: &Request,
    target: &BlobTarget,
) -> Result<Response, StorageRefusal> {
    if !valid_container(target.container) {
        return Err((400, "InvalidResourceName", "The specified resource name contains invalid characters."));
    }
    let now = state.now();
    let store = state.stores.get_mut(target.account).ok_or(NO_CONTAINER)?;
    if !store.create_container(target.container, sent_metadata(request), now) {
        return Err((409, "ContainerAlreadyExists", "The specified container already exists."));
    }
    state.changed = true;
    Ok(stamped(Response::empty(201), &etag(&format!("{} {now}", target.container)), now))
}

/// Delete Container.
pub(super) fn delete_container(state: &mut SimState, target: &BlobTarget) -> Result<Response, StorageRefusal> {
    let store = state.stores.get_mut(target.account).ok_or(NO_CONTAINER)?;
    store.containers.remove(target.container).ok_or(NO_CONTAINER)?;
    state.changed = true;
    Ok(Response::empty(202))
}

/// Put Blob of all three types.
pub(super) fn put(state: &mut SimState, request: &Request, target: &BlobTarget) -> Result<Response, StorageRefusal> {
    let now = state.now();
    if target.blob.encode_utf16().count() > 1_024 {
        return Err((
            400,
            "InvalidResourceName",
            "The specified resource name length is not within the permissible limits.",
        ));
    }
    let kind = request.header("x-ms-blob-type");
    let mut item = dressed(request, StoredBlob::uploaded(request.body.to_vec(), content_type(request), now));
    match kind {
        "BlockBlob" => {}
        "PageBlob" | "AppendBlob" => {
            let length = request.header("x-ms-blob-content-length").parse::<u64>().unwrap_or(0);
            if length % 512 != 0 {
                return Err((400, "InvalidHeaderValue", "The page blob size must be aligned to a 512-byte boundary."));
            }
            item.length = length;
            item.tier = None;
            item.tier_inferred = false;
            item.content = None;
        }
        _ => {
            return Err((
                400,
                "MissingRequiredHeader",
                "An HTTP header that's mandatory for this request is not specified: x-ms-blob-type.",
            ));
        }
    }
    kind.clone_into(&mut item.kind);
    let container = container(state, target)?;
    let exists = container.base(target.blob).is_some_and(|i| !i.uncommitted);
    if exists && request.header("if-none-match") == "*" {
        return Err((409, "BlobAlreadyExists", "The specified blob already exists."));
    }
    let tag = item.etag.clone();
    container.put(target.blob, item);
    container.staged.remove(target.blob);
    Ok(stamped(Response::empty(201), &tag, now).with("x-ms-request-server-encrypted", "true"))
}

fn content_type(request: &Request) -> &str {
    let named = request.header("x-ms-blob-content-type");
    let sent = request.header("content-type");
    match (named, sent) {
        ("", "") => "application/octet-stream",
        ("", sent) => sent,
        (named, _) => named,
    }
}

/// Gives a blob the properties, metadata and tier that the request carries.
fn dressed(request: &Request, mut item: StoredBlob) -> StoredBlob {
    let names = [
        ("x-ms-blob-content-encoding", "Content-Encoding"),
        ("x-ms-blob-content-language", "Content-Language"),
        ("x-ms-blob-content-md5", "Content-MD5"),
        ("x-ms-blob-content-disposition", "Content-Disposition"),
        ("x-ms-blob-cache-control", "Cache-Control"),
        ("content-md5", "Content-MD5"),
    ];
    for (header, name) in names {
        if !request.header(header).is_empty() {
            item.headers.insert(name.to_owned(), request.header(header).to_owned());
        }
    }
    item.metadata = sent_metadata(request);
    if !request.header("x-ms-access-tier").is_empty() {
        item.tier = Some(request.header("x-ms-access-tier").to_owned());
        item.tier_inferred = false;
    }
    item
}

/// Put Block.
pub(super) fn block(state: &mut SimState, request: &Request, target: &BlobTarget) -> Result<Response, StorageRefusal> {
    let now = state.now();
    let id = request.query("blockid").unwrap_or("").to_owned();
    if id.is_empty() {
        return Err((400, "InvalidQueryParameterValue", "The block id is missing."));
    }
    let container = container(state, target)?;
    container.staged.entry(target.blob.to_owned()).or_default().insert(id, request.body.to_vec());
    if !container.blobs.contains_key(target.blob) {
        let mut item = StoredBlob::generated(target.blob, 0, now);
        item.uncommitted = true;
        container.put(target.blob, item);
    }
    Ok(Response::empty(201).with("x-ms-request-server-encrypted", "true"))
}

/// Put Block List.
pub(super) fn block_list(
    state: &mut SimState,
    request: &Request,
    target: &BlobTarget,
) -> Result<Response, StorageRefusal> {
    let now = state.now();
    let text = String::from_utf8_lossy(&request.body).into_owned();
    let ids = block_ids(&text).ok_or((400, "InvalidXmlDocument", "XML specified is not syntactically valid."))?;
    let container = container(state, target)?;
    let staged = container.staged.get(target.blob).cloned().unwrap_or_default();
    let mut content = Vec::new();
    for id in &ids {
        content.extend_from_slice(staged.get(id).ok_or((
            400,
            "InvalidBlockList",
            "The specified block list is invalid.",
        ))?);
    }
    container.staged.remove(target.blob);
    let kind = match request.header("x-ms-blob-content-type") {
        "" => "application/octet-stream",
        kind => kind,
    };
    let item = dressed(request, StoredBlob::uploaded(content, kind, now));
    let tag = item.etag.clone();
    container.put(target.blob, item);
    Ok(stamped(Response::empty(201), &tag, now).with("x-ms-request-server-encrypted", "true"))
}

fn block_ids(text: &str) -> Option<Vec<String>> {
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let (mut ids, mut value) = (Vec::new(), String::new());
    loop {
        match reader.read_event().ok()? {
            Event::Text(text) => value.push_str(text.trim()),
            Event::Start(_) => value.clear(),
            Event::End(tag) if ["Latest", "Uncommitted", "Committed"].contains(&tag.name().as_ref()) => {
                ids.push(std::mem::take(&mut value));
            }
            Event::Eof => return Some(ids),
            _ => {}
        }
    }
}

/// Append Block.
pub(super) fn append(state: &mut SimState, request: &Request, target: &BlobTarget) -> Result<Response, StorageRefusal> {
    let now = state.now();
    let item = container(state, target)?.base_mut(target.blob).ok_or(NO_BLOB)?;
    if item.kind != "AppendBlob" {
        return Err((409, "InvalidBlobType", "The blob type is invalid for this operation."));
    }
    let offset = item.length;
    let content = item.content.get_or_insert_default();
    content.extend_from_slice(&request.body);
    item.length = content.len() as u64;
    item.modified = now;
    item.etag = etag(&format!("{} {now} {}", target.blob, item.length));
    let response = stamped(Response::empty(201), &item.etag, now).with("x-ms-request-server-encrypted", "true");
    Ok(response.with("x-ms-blob-append-offset", offset.to_string()))
}

/// Snapshot Blob.
pub(super) fn snapshot(
    state: &mut SimState,
    request: &Request,
    target: &BlobTarget,
) -> Result<Response, StorageRefusal> {
    let now = state.now();
    let container = container(state, target)?;
    let mut copy = container.base(target.blob).filter(|i| !i.uncommitted).ok_or(NO_BLOB)?.clone();
    let time = snapshot_time(container.blobs.get(target.blob).map_or(&[], Vec::as_slice), now);
    copy.snapshot = Some(time.clone());
    copy.uploaded = true;
    let metadata = sent_metadata(request);
    if !metadata.is_empty() {
        copy.metadata = metadata;
    }
    let (tag, modified) = (copy.etag.clone(), copy.modified);
    container.put(target.blob, copy);
    Ok(stamped(Response::empty(201), &tag, modified).with("x-ms-snapshot", time))
}

/// Set Blob Metadata.
pub(super) fn metadata(
    state: &mut SimState,
    request: &Request,
    target: &BlobTarget,
) -> Result<Response, StorageRefusal> {
    let now = state.now();
    let item = container(state, target)?.base_mut(target.blob).ok_or(NO_BLOB)?;
    item.metadata = sent_metadata(request);
    item.modified = now;
    item.etag = etag(&format!("{} {now} metadata", target.blob));
    Ok(stamped(Response::empty(200), &item.etag, now))
}

/// Set Blob Tier.
pub(super) fn tier(state: &mut SimState, request: &Request, target: &BlobTarget) -> Result<Response, StorageRefusal> {
    let tier = request.header("x-ms-access-tier").to_owned();
    if !["Hot", "Cool", "Cold", "Archive"].contains(&tier.as_str()) {
        return Err((
            400,
            "InvalidHeaderValue",
            "The value for one of the HTTP headers is not in the correct format: x-ms-access-tier.",
        ));
    }
    let item = container(state, target)?.base_mut(target.blob).ok_or(NO_BLOB)?;
    if item.kind != "BlockBlob" {
        return Err((409, "InvalidBlobType", "The blob type is invalid for this operation."));
    }
    item.tier = Some(tier);
    item.tier_inferred = false;
    Ok(Response::empty(200))
}

/// Delete Blob, with or without its snapshots.
pub(super) fn delete(state: &mut SimState, request: &Request, target: &BlobTarget) -> Result<Response, StorageRefusal> {
    let snapshot = request.query("snapshot").map(str::to_owned);
    let container = container(state, target)?;
    let items = container.blobs.get_mut(target.blob).ok_or(NO_BLOB)?;
    let before = items.len();
    if let Some(time) = snapshot {
        items.retain(|i| i.snapshot.as_deref() != Some(&time));
    } else {
        let has_snapshots = items.iter().any(|i| i.snapshot.is_some());
        match request.header("x-ms-delete-snapshots") {
            "include" => items.clear(),
            "only" => items.retain(|i| i.snapshot.is_none()),
            _ if has_snapshots => {
                return Err((
                    409,
                    "SnapshotsPresent",
                    "This operation is not permitted because the blob has snapshots.",
                ));
            }
            _ => items.retain(|i| !i.is_base()),
        }
    }
    if items.len() == before {
        return Err(NO_BLOB);
    }
    if items.is_empty() {
        container.blobs.remove(target.blob);
    }
    Ok(Response::empty(202).with("x-ms-delete-type-permanent", "true"))
}
