//! Properties and content of a container or a blob. Nothing changes here.

use bytes::Bytes;

use super::super::clock::http_date;
use super::super::directory::SYNTHETIC_ACCOUNT;
use super::super::response::{Request, Response, ResponseBody};
use super::super::state::SimState;
use super::content::{StoredBlob, etag};
use super::lists;
use super::target::{BlobTarget, NO_BLOB, NO_CONTAINER, StorageRefusal, stamped};

/// Get Container Properties.
pub(super) fn container(state: &SimState, target: &BlobTarget) -> Result<Response, StorageRefusal> {
    let generated = lists::generated(state, target).filter(|_| target.container == super::synthetic::CONTAINER);
    let stored = state.stores.get(target.account).and_then(|s| s.containers.get(target.container));
    let container = generated.as_ref().or(stored).ok_or(NO_CONTAINER)?;
    let tag = etag(&format!("{} {}", target.container, container.modified));
    let mut response = stamped(Response::empty(200), &tag, container.modified)
        .with("x-ms-lease-status", "unlocked")
        .with("x-ms-lease-state", "available")
        .with("x-ms-has-immutability-policy", "false")
        .with("x-ms-has-legal-hold", "false");
    for (key, value) in &container.metadata {
        response = response.with(&format!("x-ms-meta-{key}"), value.clone());
    }
    Ok(response)
}

/// Get Blob and Get Blob Properties, of the blob, a snapshot or a version.
pub(super) fn blob(state: &SimState, request: &Request, target: &BlobTarget) -> Result<Response, StorageRefusal> {
    // Beside its generated container the account has those that the services write logs into.
    let is_generated = target.account == SYNTHETIC_ACCOUNT && target.container == super::synthetic::CONTAINER;
    if let Some(bench) = state.bench.as_deref().filter(|_| is_generated) {
        let (name, items) = bench.at_or_after(target.blob).ok_or(NO_BLOB)?;
        let item = items.first().filter(|_| name == target.blob).ok_or(NO_BLOB)?;
        return served(request, item);
    }
    let container =
        state.stores.get(target.account).and_then(|s| s.containers.get(target.container)).ok_or(NO_CONTAINER)?;
    let item = container
        .older(target.blob, request.query("snapshot"), request.query("versionid"))
        .filter(|i| !i.uncommitted)
        .ok_or(NO_BLOB)?;
    served(request, item)
}

fn served(request: &Request, item: &StoredBlob) -> Result<Response, StorageRefusal> {
    let reading = request.method == "GET" && request.query("comp").is_none();
    if reading && item.tier.as_deref() == Some("Archive") {
        return Err((409, "BlobArchived", "This operation is not permitted on an archived blob."));
    }
    let asked = match request.header("x-ms-range") {
        "" => request.header("range"),
        range => range,
    };
    let range = if reading { range(asked, item.length)? } else { None };
    let (start, end) = range.unwrap_or((0, item.length));
    let length = end - start;
    let mut response = head(item, if range.is_some() { 206 } else { 200 }).with("Content-Length", length.to_string());
    if range.is_some() {
        response = response.with("Content-Range", format!("bytes {start}-{}/{}", end.saturating_sub(1), item.length));
    }
    if reading {
        response.payload = item.read(start, length).map_or(ResponseBody::Filler { start, length }, ResponseBody::Whole);
    } else if request.method == "GET" {
        // Metadata alone has no body.
        response.headers.retain(|(name, _)| name != "Content-Length");
        response.payload = ResponseBody::Whole(Bytes::new());
    }
    Ok(response)
}

fn head(item: &StoredBlob, status: u16) -> Response {
    let mut response = stamped(Response::empty(status), item.etag.trim_matches('"'), item.modified)
        .with("x-ms-blob-type", item.kind.clone())
        .with("x-ms-creation-time", http_date(item.created))
        .with("Accept-Ranges", "bytes")
        .with("x-ms-server-encrypted", "true");
    if let Some(tier) = &item.tier {
        response = response.with("x-ms-access-tier", tier.clone());
        if item.tier_inferred {
            response = response.with("x-ms-access-tier-inferred", "true");
        }
    }
    if item.snapshot.is_none() {
        response = response.with("x-ms-lease-status", "unlocked").with("x-ms-lease-state", "available");
    }
    for (name, value) in &item.headers {
        response = response.with(name, value.clone());
    }
    for (key, value) in &item.metadata {
        response = response.with(&format!("x-ms-meta-{key}"), value.clone());
    }
    response
}

/// First byte and the one after the last, when a range was asked for.
fn range(header: &str, length: u64) -> Result<Option<(u64, u64)>, StorageRefusal> {
    let Some((from, to)) = header.strip_prefix("bytes=").and_then(|r| r.split_once('-')) else { return Ok(None) };
    let Ok(start) = from.parse::<u64>() else { return Ok(None) };
    if start >= length {
        return Err((416, "InvalidRange", "The range specified is invalid for the current size of the resource."));
    }
    let end = to.parse::<u64>().map_or(length, |last| last.saturating_add(1).min(length));
    Ok(Some((start, end.max(start))))
}
