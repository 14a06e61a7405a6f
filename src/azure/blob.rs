//! Blob storage: listing containers, whole prefixes, snapshots and versions. One level of a container is in `level`, uploading a
//! list file in `list_file`; by which right all of it is read, in `data`.

use azure_core::http::Url;

use super::{
    Azure,
    access::AccountAccess,
    cloud::is_safe,
    fault::{Fault, FaultKind},
    http::{ApiRequest, ApiResponse, Audience, BodyChunks, address},
    model::{BlobItem, Container, Entry, Page},
    wire::{list_blobs, list_containers},
};

/// The service version the listing was written against; Azurite takes it as well (Microsoft page: Versioning for Azure Storage).
const VERSION: &str = "2021-12-02";
/// The first service version that can begin a listing at a name (Microsoft page: List Blobs, `startFrom`).
const RANGED: &str = "2026-02-06";
/// The role that lets a person list and read blobs.
pub(super) const DATA_READER: &str = "Storage Blob Data Reader";

impl Azure {
    /// One page of an account's containers (Microsoft page: List Containers). `endpoint` is the account's blob endpoint,
    /// host style or path style; a page may be empty although it has a `next`. Where a session was opened for one container,
    /// it is the only one.
    ///
    /// # Errors
    /// `BadRequest` when `endpoint` is not an address a token may be sent to; `Denied` says which role, key or network rule is
    /// missing; otherwise as the service answers.
    pub async fn containers(&self, endpoint: &str, marker: Option<&str>) -> Result<Page<Container>, Fault> {
        let tried = format!("list the containers of {}", account(endpoint));
        if let Some(only) = self.account().and_then(AccountAccess::container) {
            let only = Container { name: only.to_owned(), last_modified: String::new() };
            return Ok(Page { items: vec![only], next: None });
        }
        let size = self.http.page_size().to_string();
        let mut query = vec![("comp", "list"), ("maxresults", size.as_str())];
        query.extend(marker.map(|marker| ("marker", marker)));
        let call = blob_call(&tried, DATA_READER, endpoint, &[], &query)?;
        let answer = self.send_data(call).await.map_err(|fault| nowhere(fault, endpoint))?;
        list_containers::parse(&answer.text()).map_err(|reason| answer.unread(reason))
    }

    /// A listing that asks for more than every account takes; where it is refused, the same without, from then on.
    pub(super) async fn listing_or(
        &self,
        tried: &str,
        endpoint: &str,
        (container, prefix): (&str, &str),
        asks: &ListingInclude,
        marker: Option<&str>,
    ) -> Result<Page<Entry>, Fault> {
        let home = Url::parse(endpoint).ok();
        let ways = self.http.ways();
        let delimiter = asks.delimiter.then_some(("delimiter", "/"));
        let all = format!("{},{}", asks.include, asks.more);
        let extra = |include| delimiter.into_iter().chain([("include", include)]).collect::<Vec<(&str, &str)>>();
        let (with, without) = (extra(all.as_str()), extra(asks.include));
        if home.as_ref().is_some_and(|home| ways.asks_without(home, asks.more)) {
            return self.listing(tried, endpoint, container, prefix, &without, marker).await;
        }
        match self.listing(tried, endpoint, container, prefix, &with, marker).await {
            // A marker of the other kind of listing would be refused as well, so only the first page decides.
            Err(fault) if fault.status == Some(400) && marker.is_none() => {
                let page = self.listing(tried, endpoint, container, prefix, &without, None).await?;
                if let Some(home) = &home {
                    ways.ask_without(home, asks.more);
                }
                Ok(page)
            }
            page => page,
        }
    }

    /// One page of everything that begins with `prefix`, in all folders below it, as a scan or the preview of a rule needs it
    /// (Microsoft page: List Blobs, without a delimiter). Snapshots come with `snapshots`; metadata and what was soft-deleted do
    /// not. In a hierarchical account directories are listed too, marked as such.
    ///
    /// # Errors
    /// As [`Azure::containers`].
    pub async fn flat(
        &self,
        endpoint: &str,
        container: &str,
        prefix: &str,
        marker: Option<&str>,
        snapshots: bool,
    ) -> Result<Page<BlobItem>, Fault> {
        let tried = format!("list everything under {container}/{prefix}");
        let extra: &[(&str, &str)] = if snapshots { &[("include", "snapshots")] } else { &[] };
        let page = self.listing(&tried, endpoint, container, prefix, extra, marker).await?;
        let blobs = page.items.into_iter().filter_map(|entry| match entry {
            Entry::Blob(item) => Some(*item),
            Entry::Prefix(_) | Entry::Directory(_) => None,
        });
        Ok(Page { items: blobs.collect(), next: page.next })
    }

    /// One page of a listing as its bytes arrive, not repeated on failure: `container` is `None` for List Containers, `query` is
    /// everything but `restype` and `comp`, not encoded; with `startFrom` the service version is one that knows it. For readers
    /// with a parser and a pace of their own.
    ///
    /// # Errors
    /// As [`Azure::containers`].
    pub async fn listing_pieces(
        &self,
        tried: &str,
        endpoint: &str,
        container: Option<&str>,
        query: &[(&str, &str)],
    ) -> Result<BodyChunks, Fault> {
        let mut whole = vec![("comp", "list")];
        whole.extend(container.map(|_| ("restype", "container")));
        whole.extend_from_slice(query);
        let path: Vec<&str> = container.into_iter().collect();
        let call = blob_call(tried, DATA_READER, endpoint, &path, &whole)?;
        let ranged = query.iter().any(|(name, _)| *name == "startFrom");
        let call = if ranged { call.header("x-ms-version", RANGED) } else { call };
        self.open_data(call).await.map_err(|fault| nowhere(fault, endpoint))
    }

    /// One page of a blob, its snapshots and, where the account keeps them, its versions, in the order the service lists them; an
    /// account that refuses to list versions is not asked for them again. A version that is not the current one has `version`
    /// and not `current_version`. Other blobs whose names begin the same are left out, and the listing ends at the first of them
    /// (names come sorted); a page may be empty although it has a `next`. In a hierarchical account a directory is found by its
    /// name without the closing `/`.
    ///
    /// # Errors
    /// As [`Azure::containers`].
    pub async fn history(
        &self,
        endpoint: &str,
        container: &str,
        blob: &str,
        marker: Option<&str>,
    ) -> Result<Page<BlobItem>, Fault> {
        let tried = format!("list the versions of {container}/{blob}");
        let asks = ListingInclude { delimiter: false, include: "snapshots,metadata", more: "versions" };
        let page = self.listing_or(&tried, endpoint, (container, blob), &asks, marker).await?;
        Ok(of_blob(page, blob))
    }

    pub(super) async fn listing(
        &self,
        tried: &str,
        endpoint: &str,
        container: &str,
        prefix: &str,
        extra: &[(&str, &str)],
        marker: Option<&str>,
    ) -> Result<Page<Entry>, Fault> {
        let call = self.list_call(tried, endpoint, container, prefix, extra, marker)?;
        listed(&self.send_data(call).await.map_err(|fault| nowhere(fault, endpoint))?)
    }

    /// The request for a page, where it is not sent as usual; its answer is for [`listed`].
    pub(super) fn list_call(
        &self,
        tried: &str,
        endpoint: &str,
        container: &str,
        prefix: &str,
        extra: &[(&str, &str)],
        marker: Option<&str>,
    ) -> Result<ApiRequest, Fault> {
        let size = self.http.page_size().to_string();
        let mut query = vec![("restype", "container"), ("comp", "list"), ("maxresults", size.as_str())];
        query.extend_from_slice(extra);
        query.extend(Some(("prefix", prefix)).filter(|(_, prefix)| !prefix.is_empty()));
        query.extend(marker.map(|marker| ("marker", marker)));
        blob_call(tried, DATA_READER, endpoint, &[container], &query)
    }
}

/// What a listing asks for beyond names and properties. Never folders and snapshots at once: the service refuses that.
pub(super) struct ListingInclude {
    /// Folders, one level.
    pub(super) delimiter: bool,
    /// Values of `include` that every account takes.
    pub(super) include: &'static str,
    /// One more that some accounts refuse.
    pub(super) more: &'static str,
}

/// The entries of one blob, and the end of the listing at the first name after it.
fn of_blob(page: Page<Entry>, blob: &str) -> Page<BlobItem> {
    let past = page.items.iter().any(|entry| entry.name() > blob);
    let items = page.items.into_iter().filter_map(|entry| match entry {
        Entry::Blob(item) if item.name == blob => Some(*item),
        _ => None,
    });
    Page { items: items.collect(), next: if past { None } else { page.next } }
}

/// A read of a path below an account's blob endpoint.
pub(super) fn blob_call(
    tried: &str,
    role: &'static str,
    endpoint: &str,
    path: &[&str],
    query: &[(&str, &str)],
) -> Result<ApiRequest, Fault> {
    let refuse = |reason: String| Fault { kind: FaultKind::BadRequest, ..Fault::local(tried, reason) };
    if !is_safe(endpoint) {
        return Err(refuse(format!(
            "`{endpoint}` is not an https:// address; plain http is accepted only for this machine"
        ))
        .advise("Choose the storage account again."));
    }
    let home = Url::parse(endpoint).map_err(|_| refuse(format!("`{endpoint}` is not an address")))?;
    let mut url = address::join(&home, path, query).map_err(refuse)?;
    if path.is_empty() && !url.path().ends_with('/') {
        url.set_path(&format!("{}/", home.path()));
    }
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&jiff::Timestamp::now());
    let call = ApiRequest::get(tried, role, Audience::Storage, &home, url).header("x-ms-version", VERSION);
    Ok(if let Ok(date) = date { call.header("x-ms-date", date) } else { call })
}

/// The page an answer holds.
pub(super) fn listed(answer: &ApiResponse) -> Result<Page<Entry>, Fault> {
    list_blobs::parse(&answer.text()).map_err(|reason| answer.unread(reason))
}

/// A listing that was not found, although nobody says that the container is missing: most likely there is no such account.
fn nowhere(fault: Fault, endpoint: &str) -> Fault {
    if !matches!(fault.status, Some(404 | 410)) || fault.is_container_missing() {
        return fault;
    }
    let reason = format!("there seems to be no storage account {} at {endpoint} ({})", account(endpoint), fault.reason);
    let advice = "Check the address and the account's name in it.".to_owned();
    Fault { reason, advice: Some(advice), ..fault }
}

/// The account's name as a person knows it: the first label of the host, or the path's last part in path style.
fn account(endpoint: &str) -> String {
    let Ok(url) = Url::parse(endpoint) else { return endpoint.to_owned() };
    let in_path = url.path().trim_matches('/').rsplit('/').next().filter(|part| !part.is_empty());
    let host = url.host_str().unwrap_or(endpoint);
    in_path.or_else(|| host.split('.').next()).unwrap_or(host).to_owned()
}
