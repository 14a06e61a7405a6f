//! Listings to their end.

use blobfreight::azure::model::Page;

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
