//! Lists containers, whole prefixes, snapshots and versions. One level of a container is in `folder`.

use azure_core::http::Url;

use super::arrow_offer::{offering_arrow, refuses_arrow};
use super::request::{account, blob_request};
use crate::azure::{
    Azure,
    credentials::AccountAccess,
    fault::Fault,
    model::{BlobItem, Container, Entry, Page},
    request::{ApiRequest, roles::DATA_READER},
    transport::{ApiResponse, BodyChunks},
    wire::{arrow::ArrowResult, list_blobs, list_blobs_arrow, list_containers},
};

/// The first service version that can begin a listing at a name (Microsoft page: List Blobs, `startFrom`).
const RANGED: &str = "2026-02-06";

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
        let size = self.session.page_size().to_string();
        let mut query = vec![("comp", "list"), ("maxresults", size.as_str())];
        query.extend(marker.map(|marker| ("marker", marker)));
        let request = blob_request(&tried, DATA_READER, endpoint, &[], &query)?;
        let response = self.session.send_to_storage(request).await.map_err(|fault| account_missing(fault, endpoint))?;
        list_containers::parse(&response.text()).map_err(|reason| response.unread(reason))
    }

    /// A listing with an option that some accounts refuse. After a refusal the account is listed without it, from then on.
    pub(super) async fn listing_with_fallback(
        &self,
        tried: &str,
        endpoint: &str,
        (container, prefix): (&str, &str),
        options: &ListingOptions,
        marker: Option<&str>,
    ) -> Result<Page<Entry>, Fault> {
        let base_url = Url::parse(endpoint).ok();
        let credentials = self.session.credentials();
        let delimiter = options.delimiter.then_some(("delimiter", "/"));
        let all = format!("{},{}", options.include, options.optional);
        let extra = |include| delimiter.into_iter().chain([("include", include)]).collect::<Vec<(&str, &str)>>();
        let (with, without) = (extra(all.as_str()), extra(options.include));
        if base_url.as_ref().is_some_and(|base_url| credentials.is_unsupported(base_url, options.optional)) {
            return self.listing(tried, endpoint, container, prefix, &without, marker).await;
        }
        match self.listing(tried, endpoint, container, prefix, &with, marker).await {
            // A marker of the other kind of listing would be refused as well, so only the first page decides.
            Err(fault) if fault.status == Some(400) && marker.is_none() => {
                let page = self.listing(tried, endpoint, container, prefix, &without, None).await?;
                if let Some(base_url) = &base_url {
                    credentials.mark_unsupported(base_url, options.optional);
                }
                Ok(page)
            }
            page => page,
        }
    }

    /// One page of a listing as its bytes arrive, not repeated on failure: `container` is `None` for List Containers, `query` is
    /// everything but `restype` and `comp`, not encoded; with `startFrom` the service version is one that knows it, and `endBefore` is
    /// only sent where the answer may be in Apache Arrow. For readers with a parser and retries of their own.
    ///
    /// # Errors
    /// As [`Azure::containers`].
    pub async fn listing_chunks(
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
        let missing = |fault| account_missing(fault, endpoint);
        let mut is_refused = false;
        if container.is_some() && self.asks_for_arrow(endpoint) {
            let request = offering_arrow(blob_request(tried, DATA_READER, endpoint, &path, &whole)?);
            match self.session.stream_from_storage(request).await {
                Err(fault) if refuses_arrow(&fault) => is_refused = true,
                answer => return answer.map_err(missing),
            }
        }
        whole.retain(|(name, _)| *name != "endBefore");
        let request = blob_request(tried, DATA_READER, endpoint, &path, &whole)?;
        let ranged = query.iter().any(|(name, _)| *name == "startFrom");
        let request = if ranged { request.header("x-ms-version", RANGED) } else { request };
        let chunks = self.session.stream_from_storage(request).await.map_err(missing)?;
        if is_refused {
            self.ask_for_xml(endpoint);
        }
        Ok(chunks)
    }

    /// One page of a blob, its snapshots and, where the account keeps them, its versions, in the order the service lists them; an
    /// account that refuses to list versions is listed without them from then on. A version that is not the current one has `version`
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
        let options = ListingOptions { delimiter: false, include: "snapshots,metadata", optional: "versions" };
        let page = self.listing_with_fallback(&tried, endpoint, (container, blob), &options, marker).await?;
        Ok(only_blob(page, blob))
    }

    /// One page of a listing, in whichever form the service has it.
    pub(super) async fn listing(
        &self,
        tried: &str,
        endpoint: &str,
        container: &str,
        prefix: &str,
        extra: &[(&str, &str)],
        marker: Option<&str>,
    ) -> Result<Page<Entry>, Fault> {
        let request = self.list_request(tried, endpoint, container, prefix, extra, marker)?;
        let mut is_refused = false;
        if self.asks_for_arrow(endpoint) {
            match self.session.send_to_storage(offering_arrow(request.clone())).await {
                Ok(response) => match listed_in_either(&response)? {
                    Ok(page) => return Ok(page),
                    Err(unread) => self.note_unread_arrow(endpoint, &unread),
                },
                Err(fault) if refuses_arrow(&fault) => is_refused = true,
                Err(fault) => return Err(account_missing(fault, endpoint)),
            }
        }
        let page = self.xml_listing(request, endpoint).await?;
        if is_refused {
            self.ask_for_xml(endpoint);
        }
        Ok(page)
    }

    /// One page of a listing in XML.
    pub(super) async fn xml_listing(&self, request: ApiRequest, endpoint: &str) -> Result<Page<Entry>, Fault> {
        listed(&self.session.send_to_storage(request).await.map_err(|fault| account_missing(fault, endpoint))?)
    }

    /// The request for a page; [`listed`] reads its response.
    pub(super) fn list_request(
        &self,
        tried: &str,
        endpoint: &str,
        container: &str,
        prefix: &str,
        extra: &[(&str, &str)],
        marker: Option<&str>,
    ) -> Result<ApiRequest, Fault> {
        let size = self.session.page_size().to_string();
        let mut query = vec![("restype", "container"), ("comp", "list"), ("maxresults", size.as_str())];
        query.extend_from_slice(extra);
        query.extend(Some(("prefix", prefix)).filter(|(_, prefix)| !prefix.is_empty()));
        query.extend(marker.map(|marker| ("marker", marker)));
        blob_request(tried, DATA_READER, endpoint, &[container], &query)
    }
}

/// The options of a listing. The service refuses folders and snapshots at once.
pub(super) struct ListingOptions {
    /// One level with folders, instead of everything below the prefix.
    pub(super) delimiter: bool,
    /// Values of `include` that every account takes.
    pub(super) include: &'static str,
    /// One more that some accounts refuse.
    pub(super) optional: &'static str,
}

/// The entries of one blob, and the end of the listing at the first name after it.
fn only_blob(page: Page<Entry>, blob: &str) -> Page<BlobItem> {
    let past = page.items.iter().any(|entry| entry.name() > blob);
    let items = page.items.into_iter().filter_map(|entry| match entry {
        Entry::Blob(item) if item.name == blob => Some(*item),
        _ => None,
    });
    Page { items: items.collect(), next: if past { None } else { page.next } }
}

/// The page that a response holds, in the form that its media type says.
fn listed_in_either(response: &ApiResponse) -> Result<ArrowResult<Page<Entry>>, Fault> {
    if response.is_arrow() { Ok(list_blobs_arrow::parse(&response.body)) } else { listed(response).map(Ok) }
}

/// The page in XML that a response holds.
pub(super) fn listed(response: &ApiResponse) -> Result<Page<Entry>, Fault> {
    list_blobs::parse(&response.text()).map_err(|reason| response.unread(reason))
}

/// The fault of a listing that was not found, where the service does not say that the container is missing: most likely there is
/// no such account.
fn account_missing(fault: Fault, endpoint: &str) -> Fault {
    if !matches!(fault.status, Some(404 | 410)) || fault.is_container_missing() {
        return fault;
    }
    let reason = format!("there seems to be no storage account {} at {endpoint} ({})", account(endpoint), fault.reason);
    let advice = "Check the address and the account's name in it.".to_owned();
    Fault { reason, advice: Some(advice), ..fault }
}
