//! Listings to their end, and flat listings as the scan requests and reads them.

use blobfreight::azure::Azure;
use blobfreight::azure::fault::Fault;
use blobfreight::azure::model::Page;
use blobfreight::scan::{ArrowParser, EntrySink, ListedEntry, read_page};

/// Every page of a listing.
pub(crate) async fn all<T>(mut ask: impl AsyncFnMut(Option<String>) -> Page<T>) -> Vec<T> {
    let (mut items, mut marker) = (Vec::new(), None);
    loop {
        let page = ask(marker).await;
        items.extend(page.items);
        marker = page.next;
        if marker.is_none() {
            return items;
        }
    }
}

/// A blob, a snapshot or a directory of a flat listing.
#[derive(Debug)]
pub(crate) struct FlatItem {
    pub name: String,
    pub snapshot: Option<String>,
    pub size: u64,
    pub directory: bool,
    pub deleted: bool,
}

/// A listing of everything below a prefix, e.g. `2024` in the container `records`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FlatListing<'a> {
    pub endpoint: &'a str,
    pub container: &'a str,
    pub prefix: &'a str,
    pub snapshots: bool,
    pub page_size: u32,
}

impl<'a> FlatListing<'a> {
    /// Everything in a container, without snapshots, in pages of 5,000.
    pub(crate) fn of(endpoint: &'a str, container: &'a str) -> Self {
        Self { endpoint, container, prefix: "", snapshots: false, page_size: 5_000 }
    }

    pub(crate) async fn page(&self, azure: &Azure, marker: Option<&str>) -> Result<Page<FlatItem>, Fault> {
        let size = self.page_size.to_string();
        let mut query = vec![("maxresults", size.as_str())];
        query.extend(self.snapshots.then_some(("include", "snapshots")));
        query.extend(Some(("prefix", self.prefix)).filter(|(_, prefix)| !prefix.is_empty()));
        query.extend(marker.map(|marker| ("marker", marker)));
        let mut chunks = azure.listing_chunks("list it", self.endpoint, Some(self.container), &query).await?;
        let mut body = Vec::new();
        while let Some(chunk) = chunks.next().await? {
            body.extend_from_slice(&chunk);
        }
        let mut items = FlatItems::default();
        if chunks.is_arrow() {
            let mut parser = ArrowParser::default();
            let fed = parser.feed(&body, &mut items);
            let next = fed.and_then(|()| Ok(parser.end()?.map(str::to_owned)));
            let next = next.map_err(|unread| chunks.broken(format!("{unread:?}"), &body))?;
            return Ok(Page { items: items.0, next });
        }
        let next = read_page(&body, &mut items).map_err(|reason| chunks.broken(reason, &body))?;
        Ok(Page { items: items.0, next })
    }

    pub(crate) async fn all(&self, azure: &Azure) -> Result<Vec<FlatItem>, Fault> {
        let (mut items, mut marker) = (Vec::new(), None);
        loop {
            let page = self.page(azure, marker.as_deref()).await?;
            items.extend(page.items);
            marker = page.next;
            if marker.is_none() {
                return Ok(items);
            }
        }
    }
}

#[derive(Default)]
struct FlatItems(Vec<FlatItem>);

impl EntrySink for FlatItems {
    fn blob(&mut self, entry: &ListedEntry<'_>) {
        self.0.push(FlatItem {
            name: entry.name.to_owned(),
            snapshot: Some(entry.snapshot).filter(|snapshot| !snapshot.is_empty()).map(str::to_owned),
            size: entry.size,
            directory: entry.directory,
            deleted: entry.deleted,
        });
    }

    fn folder(&mut self, prefix: &str) {
        panic!("a flat listing has no folders: {prefix}");
    }
}
