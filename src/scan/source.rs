//! Sends the requests of a scan to the Blob service: one page of a listing each, with the session's credential for the
//! account. It does not read the pages. `retry` decides whether a request is sent again.

use std::sync::{Arc, Mutex, PoisonError};

use super::arrow_parser::UnreadArrow;
use crate::azure::Azure;
use crate::azure::cloud::is_safe;
use crate::azure::fault::Fault;
use crate::azure::transport::BodyChunks;

/// A storage account's Blob service.
#[derive(Clone, Debug)]
pub struct BlobSource {
    azure: Azure,
    endpoint: String,
    /// Memory of pages that were read, for the next ones: taking it anew for each page costs more than reading the page.
    memory: Arc<Mutex<Vec<Vec<u8>>>>,
}

/// Memory of so many pages is kept.
const KEPT: usize = 16;

/// Memory of a page that is larger than usual is not kept.
const KEPT_BYTES: usize = 2 << 20;

/// The query for one page.
#[derive(Clone, Debug, Default)]
pub(super) struct PageQuery {
    /// `None` lists containers.
    pub(super) container: Option<String>,
    pub(super) prefix: String,
    /// List one level only: its folders and blobs, without snapshots.
    pub(super) delimiter: bool,
    /// List soft-deleted blobs among the others.
    pub(super) with_deleted: bool,
    /// The listing starts at the first name that is not before this one.
    pub(super) start_from: Option<String>,
    /// The listing ends before this name, where the service answers in Apache Arrow.
    pub(super) end_before: Option<String>,
    pub(super) marker: Option<String>,
    pub(super) page_size: u32,
}

impl BlobSource {
    /// The Blob service at `endpoint`: `https://account.blob.core.windows.net`, or that of an emulator on this machine, which has the
    /// account in its path. `azure` holds the credential.
    ///
    /// # Errors
    /// `endpoint` is not an address, or it is neither HTTPS nor on this machine.
    pub fn new(endpoint: &str, azure: Azure) -> Result<Self, Fault> {
        let endpoint = endpoint.trim_end_matches('/').to_owned();
        if is_safe(&endpoint) {
            return Ok(Self { azure, endpoint, memory: Arc::default() });
        }
        let reason = format!("`{endpoint}` is not https://, and plain http is accepted only for this machine");
        Err(Fault::local("reach the blob endpoint", reason))
    }

    /// The endpoint, for messages and for the checkpoint. It holds no secret.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Memory for a page; empty where none is kept.
    pub(super) fn take_memory(&self) -> Vec<u8> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Keeps the memory of a page for the next one.
    pub(super) fn give_back(&self, memory: Vec<u8>) {
        let mut kept = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT && memory.capacity() <= KEPT_BYTES {
            kept.push(memory);
        }
    }

    /// Notes a page in Apache Arrow that was not read. The same account is asked for XML at once, or after the second damaged page.
    pub(super) fn note_unread(&self, unread: &UnreadArrow) {
        match unread {
            UnreadArrow::Damaged(_) => self.azure.note_damaged_arrow(&self.endpoint),
            UnreadArrow::Unsupported(_) => self.azure.ask_for_xml(&self.endpoint),
        }
    }

    /// Sends a request once; returns the page as it arrives.
    pub(super) async fn send(&self, page: &PageQuery) -> Result<BodyChunks, Fault> {
        let page_size = page.page_size.to_string();
        let mut query = vec![("maxresults", page_size.as_str())];
        // The service refuses a delimiter together with snapshots (Microsoft page: List Blobs).
        let include = match (page.delimiter, page.with_deleted) {
            (true, true) => Some("deleted"),
            (true, false) => None,
            (false, true) => Some("snapshots,deleted"),
            (false, false) => Some("snapshots"),
        };
        query.extend(include.filter(|_| page.container.is_some()).map(|include| ("include", include)));
        if page.delimiter {
            query.push(("delimiter", "/"));
        }
        query.extend(Some(("prefix", page.prefix.as_str())).filter(|(_, prefix)| !prefix.is_empty()));
        query.extend(page.start_from.as_deref().map(|from| ("startFrom", from)));
        query.extend(page.end_before.as_deref().map(|end| ("endBefore", end)));
        query.extend(page.marker.as_deref().map(|marker| ("marker", marker)));
        self.azure.listing_chunks(&page.tried(), &self.endpoint, page.container.as_deref(), &query).await
    }
}

impl PageQuery {
    /// What the request is for, as faults name it: `list the blobs of photos`.
    fn tried(&self) -> String {
        match &self.container {
            Some(container) => format!("list the blobs of {container}"),
            None => "list the containers".to_owned(),
        }
    }
}
