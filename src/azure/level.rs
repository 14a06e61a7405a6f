//! One level of a container: what is there, and for the tree what was soft-deleted, which a hierarchical account tells in a listing of
//! its own. How a listing is asked for is in `blob`.

use azure_core::http::Url;

use super::{
    Azure,
    blob::{ListingInclude, listed},
    fault::Fault,
    model::{BlobItem, Entry, Page},
};

/// What only a hierarchical account can be asked for (Microsoft page: List Blobs, `showonly`). As the beginning of a marker it
/// says that the listing of what was deleted goes on; the service's own marker follows it.
const ONLY_DELETED: &str = "showonly=deleted ";

impl Azure {
    /// One page of a folder: its blobs with metadata and its folders, one level (Microsoft page: List Blobs, delimiter `/`).
    /// `prefix` is empty for the container itself and ends in `/` for a folder. Soft-deleted blobs are among them, marked, where
    /// the account lists them so; a folder that holds nothing else looks like any other.
    ///
    /// Where the account is known to be hierarchical ([`Azure::remember`]), what was deleted comes after all that is there: its
    /// names begin anew, a name may come twice, and a prefix among them tells of a folder only that something in it was deleted.
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
        if let Some(marker) = marker.and_then(|marker| marker.strip_prefix(ONLY_DELETED)) {
            return self.deleted(endpoint, container, prefix, Some(marker).filter(|marker| !marker.is_empty())).await;
        }
        let tried = format!("list {container}/{prefix}");
        let (ways, home) = (self.http.ways(), Url::parse(endpoint).ok());
        let hierarchical = |home: &&Url| ways.known(home).is_some_and(|known| known.hierarchical);
        let Some(home) = home.as_ref().filter(hierarchical) else {
            let asks = ListingInclude { delimiter: true, include: "metadata", more: "deleted" };
            return self.listing_or(&tried, endpoint, (container, prefix), &asks, marker).await;
        };
        let extra = [("delimiter", "/"), ("include", "metadata")];
        let page = self.listing(&tried, endpoint, container, prefix, &extra, marker).await?;
        let then = || (!ways.asks_without(home, ONLY_DELETED)).then(|| ONLY_DELETED.to_owned());
        Ok(Page { next: page.next.or_else(then), items: page.items })
    }

    /// One page of the blobs and folders that are there and whose names begin with `start`, up to the next `/` (Microsoft page:
    /// List Blobs, delimiter `/`), for looking something up.
    ///
    /// # Errors
    /// As [`Azure::containers`].
    pub async fn beginning(
        &self,
        endpoint: &str,
        container: &str,
        start: &str,
        marker: Option<&str>,
    ) -> Result<Page<Entry>, Fault> {
        let tried = format!("list {container}/{start}");
        self.listing(&tried, endpoint, container, start, &[("delimiter", "/")], marker).await
    }

    /// One page of what was deleted from a folder of a hierarchical account. One that refuses to tell is not asked again; who may
    /// not be told (access by ACLs does not suffice) does without.
    async fn deleted(
        &self,
        endpoint: &str,
        container: &str,
        prefix: &str,
        marker: Option<&str>,
    ) -> Result<Page<Entry>, Fault> {
        let tried = format!("list what was deleted from {container}/{prefix}");
        let extra = [("delimiter", "/"), ("showonly", "deleted")];
        let call = self.list_call(&tried, endpoint, container, prefix, &extra, marker)?;
        let page = match self.send_as_is(call).await.and_then(|answer| listed(&answer)) {
            Err(fault) if marker.is_none() && matches!(fault.status, Some(400 | 403)) => {
                if let Some(home) = Url::parse(endpoint).ok().filter(|_| fault.status == Some(400)) {
                    self.http.ways().ask_without(&home, ONLY_DELETED);
                }
                return Ok(Page { items: Vec::new(), next: None });
            }
            page => page?,
        };
        let next = page.next.map(|next| format!("{ONLY_DELETED}{next}"));
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
