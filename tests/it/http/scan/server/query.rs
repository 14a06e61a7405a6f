//! A request for a listing, and the page that answers it.

use std::fmt::Write as _;
use std::sync::atomic::Ordering;

use super::arrow_pages::{self, ColumnForms, ListedRow};
use super::rows::Listing;
use super::server::Server;

#[expect(clippy::struct_excessive_bools, reason = "each is a parameter of its own")]
#[derive(Default)]
pub(crate) struct Query {
    pub(crate) container: String,
    pub(crate) prefix: String,
    pub(crate) delimiter: bool,
    pub(crate) snapshots: bool,
    pub(crate) deleted: bool,
    pub(crate) from: String,
    pub(crate) marker: usize,
    pub(crate) most: usize,
    /// `endBefore`, which counts in Apache Arrow only.
    pub(crate) before: Option<String>,
    pub(crate) wants_arrow: bool,
}

impl Query {
    pub(crate) fn parse(target: &str) -> Self {
        let url = url::Url::parse(&format!("http://x{target}")).unwrap();
        let container = url.path_segments().and_then(|mut parts| parts.nth(1)).unwrap_or("");
        let container = percent_encoding::percent_decode_str(container).decode_utf8().unwrap().into_owned();
        let mut query = Self { container, most: 5000, ..Self::default() };
        for (key, value) in url.query_pairs() {
            match key.as_ref() {
                "prefix" => query.prefix = value.into_owned(),
                "delimiter" => query.delimiter = !value.is_empty(),
                "include" => {
                    query.snapshots = value.contains("snapshots");
                    query.deleted = value.contains("deleted");
                }
                "marker" => query.marker = value.strip_prefix("at-").and_then(|at| at.parse().ok()).unwrap_or(0),
                "endBefore" => query.before = Some(value.into_owned()),
                "startFrom" => query.from = value.into_owned(),
                "maxresults" => query.most = value.parse().unwrap(),
                _ => {}
            }
        }
        query
    }

    /// Writes the page in XML; returns the status.
    pub(crate) fn answer(&self, server: &Server, page: &mut Vec<u8>, empty: bool) -> u16 {
        page.clear();
        page.extend_from_slice(
            "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ServiceEndpoint=\"http://x/\">"
                .as_bytes(),
        );
        let next = if self.container.is_empty() {
            self.containers(server, page)
        } else {
            let gone = server.deleted_meanwhile.lock().unwrap().clone();
            let mut there = server.containers.iter().filter(|(name, _)| gone.as_ref() != Some(name));
            let Some((_, listing)) = there.find(|(name, _)| *name == self.container) else { return 404 };
            page.extend_from_slice(b"<Blobs>");
            let next = if empty { Some(self.marker) } else { self.blobs(listing.as_ref(), page) };
            page.extend_from_slice(b"</Blobs>");
            next
        };
        let next = next.map_or("<NextMarker />".to_owned(), |at| format!("<NextMarker>at-{at}</NextMarker>"));
        page.extend_from_slice(format!("{next}</EnumerationResults>").as_bytes());
        200
    }

    fn containers(&self, server: &Server, page: &mut Vec<u8>) -> Option<usize> {
        let gone = server.deleted_meanwhile.lock().unwrap().clone().filter(|_| !self.prefix.is_empty());
        let there = server.containers.iter().map(|(name, _)| name).filter(|name| gone.as_ref() != Some(name));
        let names: Vec<&String> = there.filter(|name| name.starts_with(&self.prefix)).collect();
        let end = (self.marker + 2).min(names.len());
        let mut text = "<Containers>".to_owned();
        for name in &names[self.marker..end] {
            write!(text, "<Container><Name>{name}</Name></Container>").unwrap();
        }
        text.push_str("</Containers>");
        page.extend_from_slice(text.as_bytes());
        (end < names.len()).then_some(end)
    }

    fn blobs(&self, listing: &dyn Listing, page: &mut Vec<u8>) -> Option<usize> {
        let mut each = |entry: QueryEntry| match entry {
            QueryEntry::Blob(at) => listing.entry(at, self.snapshots, page),
            QueryEntry::Folder(folder) => page.extend_from_slice(
                format!("<BlobPrefix><Name>{}</Name></BlobPrefix>", folder.replace('&', "&amp;")).as_bytes(),
            ),
        };
        self.each_entry(listing, None, &mut each)
    }

    /// Writes the page in Apache Arrow.
    pub(crate) fn arrow_answer(&self, server: &Server, page: &mut Vec<u8>, forms: &ColumnForms) -> u16 {
        let Some((_, listing)) = server.containers.iter().find(|(name, _)| *name == self.container) else { return 404 };
        let mut rows = Vec::new();
        let next = self.each_entry(listing.as_ref(), self.before.as_deref(), &mut |entry| match entry {
            QueryEntry::Blob(at) => rows.extend(listing.row(at, self.snapshots)),
            QueryEntry::Folder(name) => rows.push(ListedRow { name, folder: true, ..ListedRow::default() }),
        });
        if !self.delimiter && self.most > 1 {
            server.arrow_rows.fetch_add(rows.len(), Ordering::SeqCst);
        }
        let batches: Vec<usize> = rows.chunks(3).flat_map(|batch| [0, batch.len()]).collect();
        *page = arrow_pages::page(&rows, &batches, next.map(|at| format!("at-{at}")).as_deref(), forms);
        200
    }

    /// Gives the entries of the page; returns where the next page begins.
    fn each_entry(
        &self,
        listing: &dyn Listing,
        before: Option<&str>,
        each: &mut dyn FnMut(QueryEntry),
    ) -> Option<usize> {
        let first = partition(listing.len(), |at| listing.name(at).as_str() < self.prefix.as_str());
        let end = first + partition(listing.len() - first, |at| listing.name(first + at).starts_with(&self.prefix));
        let end = before.map_or(end, |before| {
            end.min(first + partition(end - first, |at| listing.name(first + at).as_str() < before))
        });
        let from = partition(listing.len(), |at| listing.name(at).as_str() < self.from.as_str());
        let mut at = first.max(self.marker).max(from);
        for _ in 0..self.most {
            if at >= end {
                return None;
            }
            let folder = self.delimiter.then(|| listing.name(at)).and_then(|name| {
                let slash = name[self.prefix.len()..].find('/')?;
                Some(name[..=self.prefix.len() + slash].to_owned())
            });
            let Some(folder) = folder else {
                each(QueryEntry::Blob(at));
                at += 1;
                continue;
            };
            at += partition(end - at, |more| listing.name(at + more).starts_with(&folder));
            each(QueryEntry::Folder(folder));
        }
        (at < end).then_some(at)
    }
}

/// An entry of a page.
enum QueryEntry {
    /// The blob at this place in the listing.
    Blob(usize),
    Folder(String),
}

/// How many of `0..len` come before the first for which `holds` does not.
fn partition(len: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = usize::midpoint(low, high);
        if holds(middle) { low = middle + 1 } else { high = middle }
    }
    low
}
