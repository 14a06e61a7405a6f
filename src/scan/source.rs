//! What a scan asks of the Blob service: one page of a listing at a time, by whichever right the session reads the account. What the
//! pages mean is not known here, and whether a page is asked for again is `pace`'s to say.

use crate::azure::Azure;
use crate::azure::cloud::is_safe;
use crate::azure::fault::Fault;
use crate::azure::transport::BodyChunks;

/// A storage account's Blob service.
#[derive(Clone, Debug)]
pub struct BlobSource {
    azure: Azure,
    endpoint: String,
}

/// One page to ask for.
#[derive(Clone, Debug, Default)]
pub(super) struct PageQuery {
    /// `None` lists containers.
    pub(super) container: Option<String>,
    pub(super) prefix: String,
    /// One level only: its folders and blobs, without snapshots.
    pub(super) delimiter: bool,
    /// Soft-deleted blobs, too.
    pub(super) with_deleted: bool,
    /// The listing begins at the first name that is not below this one.
    pub(super) start_from: Option<String>,
    pub(super) marker: Option<String>,
    pub(super) page_size: u32,
}

impl BlobSource {
    /// The Blob service at `endpoint`, as `azure` may read it: `https://account.blob.core.windows.net`, or an emulator's on this
    /// machine with the account in its path.
    ///
    /// # Errors
    /// When the address is none, or is neither HTTPS nor on this machine.
    pub fn new(endpoint: &str, azure: Azure) -> Result<Self, Fault> {
        let endpoint = endpoint.trim_end_matches('/').to_owned();
        if is_safe(&endpoint) {
            return Ok(Self { azure, endpoint });
        }
        let reason = format!("`{endpoint}` is not https://, and plain http is accepted only for this machine");
        Err(Fault::local("reach the blob endpoint", reason))
    }

    /// The endpoint, for messages and to tell checkpoints apart; it holds no secret.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Asks once and gives the page as it arrives.
    pub(super) async fn send(&self, ask: &PageQuery) -> Result<BodyChunks, Fault> {
        let tried = ask.tried();
        let most = ask.page_size.to_string();
        let mut query = vec![("maxresults", most.as_str())];
        // The service refuses a delimiter together with snapshots (Microsoft page: List Blobs).
        let include = match (ask.delimiter, ask.with_deleted) {
            (true, true) => Some("deleted"),
            (true, false) => None,
            (false, true) => Some("snapshots,deleted"),
            (false, false) => Some("snapshots"),
        };
        query.extend(include.filter(|_| ask.container.is_some()).map(|include| ("include", include)));
        if ask.delimiter {
            query.push(("delimiter", "/"));
        }
        query.extend(Some(("prefix", ask.prefix.as_str())).filter(|(_, prefix)| !prefix.is_empty()));
        query.extend(ask.start_from.as_deref().map(|from| ("startFrom", from)));
        query.extend(ask.marker.as_deref().map(|marker| ("marker", marker)));
        self.azure.listing_chunks(&tried, &self.endpoint, ask.container.as_deref(), &query).await
    }
}

impl PageQuery {
    /// What it is for, as an infinitive.
    pub(super) fn tried(&self) -> String {
        match &self.container {
            Some(container) => format!("list the blobs of {container}"),
            None => "list the containers".to_owned(),
        }
    }
}
