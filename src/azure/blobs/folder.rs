//! One level of a container: its folders and blobs, and the soft-deleted ones. A hierarchical account lists deleted blobs
//! separately.

use azure_core::http::Url;

use super::listing::{ListingOptions, listed};
use crate::azure::{
    Azure,
    fault::Fault,
    model::{BlobItem, Entry, Page},
};

/// The listing of deleted blobs, which only a hierarchical account has (Microsoft page: List Blobs, `showonly`). A marker that
/// begins with it continues that listing; the service's own marker follows.
const SHOW_ONLY_DELETED: &str = "showonly=deleted ";

impl Azure {
    /// One page of a folder: its blobs with metadata and its folders, one level (Microsoft page: List Blobs, delimiter `/`).
    /// `prefix` is empty for the container itself and ends in `/` for a folder. Soft-deleted blobs are among them, marked, where
    /// the account lists them so; a folder that holds nothing else looks like any other.
    ///
    /// Where the account is known to be hierarchical ([`Azure::remember`]), the deleted entries come after all others. Their names
    /// begin anew, so a name may come twice. A prefix among them means only that something in that folder was deleted.
    ///
    /// # Errors
    /// As [`Azure::containers`].
    pub async fn entries(
        &self,
        endpoint: &str,
        container: &str,
        prefix: &str,
        marker: Option<&str>,
    ) -> Result<Page<Entry>, Fault> {
        if let Some(marker) = marker.and_then(|marker| marker.strip_prefix(SHOW_ONLY_DELETED)) {
            return self.deleted(endpoint, container, prefix, Some(marker).filter(|marker| !marker.is_empty())).await;
        }
        let tried = format!("list {container}/{prefix}");
        let (credentials, base_url) = (self.session.credentials(), Url::parse(endpoint).ok());
        let hierarchical = |base_url: &&Url| credentials.account(base_url).is_some_and(|account| account.hierarchical);
        let Some(base_url) = base_url.as_ref().filter(hierarchical) else {
            let options = ListingOptions { delimiter: true, include: "metadata", optional: "deleted" };
            return self.listing_with_fallback(&tried, endpoint, (container, prefix), &options, marker).await;
        };
        let extra = [("delimiter", "/"), ("include", "metadata")];
        // Only XML lists the properties of directories.
        let request = self.list_request(&tried, endpoint, container, prefix, &extra, marker)?;
        let page = self.xml_listing(request, endpoint).await?;
        let then = || (!credentials.is_unsupported(base_url, SHOW_ONLY_DELETED)).then(|| SHOW_ONLY_DELETED.to_owned());
        Ok(Page { next: page.next.or_else(then), items: page.items })
    }

    /// One page of the blobs and folders that are there and whose names begin with `start`, up to the next `/` (Microsoft page:
    /// List Blobs, delimiter `/`), for looking something up.
    ///
    /// # Errors
    /// As [`Azure::containers`].
    pub async fn entries_starting_with(
        &self,
        endpoint: &str,
        container: &str,
        start: &str,
        marker: Option<&str>,
    ) -> Result<Page<Entry>, Fault> {
        let tried = format!("list {container}/{start}");
        self.listing(&tried, endpoint, container, start, &[("delimiter", "/")], marker).await
    }

    /// One page of the deleted entries of a folder of a hierarchical account. An account that refuses this listing (400) is not
    /// asked again. A person who may not see them (403; access by ACLs does not suffice) gets an empty page.
    async fn deleted(
        &self,
        endpoint: &str,
        container: &str,
        prefix: &str,
        marker: Option<&str>,
    ) -> Result<Page<Entry>, Fault> {
        let tried = format!("list what was deleted from {container}/{prefix}");
        let extra = [("delimiter", "/"), ("showonly", "deleted")];
        let request = self.list_request(&tried, endpoint, container, prefix, &extra, marker)?;
        let page = match self.session.send_without_fallback(request).await.and_then(|response| listed(&response)) {
            Err(fault) if marker.is_none() && matches!(fault.status, Some(400 | 403)) => {
                if let Some(base_url) = Url::parse(endpoint).ok().filter(|_| fault.status == Some(400)) {
                    self.session.credentials().mark_unsupported(&base_url, SHOW_ONLY_DELETED);
                }
                return Ok(Page { items: Vec::new(), next: None });
            }
            page => page?,
        };
        let next = page.next.map(|next| format!("{SHOW_ONLY_DELETED}{next}"));
        Ok(Page { items: page.items.into_iter().map(as_deleted).collect(), next })
    }
}

/// An entry of a listing of deleted ones; a deleted directory is listed like a file, without the closing `/`.
fn as_deleted(entry: Entry) -> Entry {
    match entry {
        Entry::Blob(item) if item.directory => {
            Entry::Directory(Box::new(BlobItem { deleted: true, name: format!("{}/", item.name), ..*item }))
        }
        Entry::Blob(item) => Entry::Blob(Box::new(BlobItem { deleted: true, ..*item })),
        told => told,
    }
}
