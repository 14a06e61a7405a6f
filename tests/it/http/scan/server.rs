//! A Blob service on loopback for scans. It lists given rows or a generated account, and misbehaves on request. It knows listing and
//! nothing else.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use blobfreight::azure::Azure;
use blobfreight::azure::credentials::AccountAccess;
use blobfreight::scan::BlobSource;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What a container holds, in listing order.
pub(super) trait Listing: Send + Sync {
    fn len(&self) -> usize;
    fn name(&self, at: usize) -> String;
    /// Writes one entry; a snapshot only where `snapshots` says so.
    fn entry(&self, at: usize, snapshots: bool, page: &mut Vec<u8>);
}

/// One blob or snapshot.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub name: String,
    pub snapshot: Option<String>,
    pub size: u64,
    /// Further elements inside `Properties`.
    pub properties: &'static str,
    /// Further elements beside `Properties`.
    pub more: &'static str,
}

impl Listing for Vec<Row> {
    fn len(&self) -> usize {
        Vec::len(self)
    }
    fn name(&self, at: usize) -> String {
        self[at].name.clone()
    }
    fn entry(&self, at: usize, snapshots: bool, page: &mut Vec<u8>) {
        let row = &self[at];
        if row.snapshot.is_some() && !snapshots {
            return;
        }
        let name = row.name.replace('&', "&amp;").replace('<', "&lt;");
        let snapshot = row.snapshot.as_ref().map_or(String::new(), |time| format!("<Snapshot>{time}</Snapshot>"));
        let entry = format!(
            "<Blob><Name>{name}</Name>{snapshot}{}<Properties><Last-Modified>Sun, 22 Nov 2026 21:21:34 GMT</Last-Modified><Content-Length>{}</Content-Length><BlobType>BlockBlob</BlobType>{}</Properties><OrMetadata /></Blob>",
            row.more, row.size, row.properties
        );
        page.extend_from_slice(entry.as_bytes());
    }
}

/// A fault of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ServerFault {
    /// Answers with this status, and Retry-After in seconds where given.
    Status(u16, Option<u64>),
    /// Breaks the connection in the middle of the body.
    Cut,
    /// Ends the body early and says that it is whole.
    Short,
    /// Closes the connection without an answer.
    Drop,
    /// Refuses a marker, if the request has one.
    StaleMarker,
    /// Sends nothing but a marker for the same place.
    EmptyPage,
}

/// What a service knows of `startFrom`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ranges {
    Known,
    /// As if it had not been said.
    Ignored,
    /// HTTP 400.
    Refused,
}

/// What comes instead of some pages.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub status: u16,
    pub body: Body,
    /// Instead of pages of containers, not of blobs.
    pub of_containers: bool,
    pub page: PagePosition,
    /// How many pages are refused before all comes as it should; `usize::MAX` for all.
    pub times: usize,
}

/// What a refusal says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// In the service's form, with this code.
    Code(&'static str),
    /// A web page, as of a proxy.
    Html,
    /// Nothing.
    Empty,
}

/// The place of a page in its listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PagePosition {
    First,
    /// Neither the first nor the last.
    Inner,
    Last,
}

impl Refusal {
    /// Takes the place of a page, if it is one of those.
    fn take(&mut self, query: &Query, last: bool) -> Option<(u16, Body)> {
        let page = match self.page {
            PagePosition::First => query.marker == 0,
            PagePosition::Inner => query.marker > 0 && !last,
            PagePosition::Last => last,
        };
        let hit = page && self.of_containers == query.container.is_empty() && self.times > 0;
        self.times -= usize::from(hit && self.times < usize::MAX);
        hit.then_some((self.status, self.body))
    }
}

impl Body {
    fn write(self, page: &mut Vec<u8>) -> &'static str {
        page.clear();
        match self {
            Self::Code(code) => {
                let error =
                    format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>Why not.</Message></Error>");
                page.extend_from_slice(error.as_bytes());
                "Content-Type: application/xml\r\n"
            }
            Self::Html => {
                page.extend_from_slice(b"<!DOCTYPE html><html><body>Welcome to our hotel</body></html>");
                "Content-Type: text/html; charset=utf-8\r\n"
            }
            Self::Empty => "",
        }
    }
}

pub(super) struct Server {
    pub address: SocketAddr,
    pub requests: AtomicUsize,
    containers: Vec<(String, Box<dyn Listing>)>,
    latency: Duration,
    /// What it knows of `startFrom`.
    pub ranges: Mutex<Ranges>,
    /// Refuses to list soft-deleted blobs among the others.
    pub keeps_deleted: AtomicBool,
    /// Every `startFrom` of a request for a whole page.
    pub begun_at: Mutex<BTreeSet<String>>,
    /// Requests counted from zero at which something goes wrong.
    pub fault: Mutex<Option<(usize, ServerFault)>>,
    /// A container that is listed with the others, but whose blobs cannot be listed because it was deleted.
    pub deleted_meanwhile: Mutex<Option<String>>,
    /// Pages that are refused.
    pub refusal: Mutex<Option<Refusal>>,
}

impl Server {
    pub(super) async fn start(containers: Vec<(String, Box<dyn Listing>)>, latency: Duration) -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = Arc::new(Self {
            address,
            requests: AtomicUsize::new(0),
            containers,
            latency,
            ranges: Mutex::new(Ranges::Known),
            keeps_deleted: AtomicBool::new(false),
            begun_at: Mutex::default(),
            fault: Mutex::new(None),
            deleted_meanwhile: Mutex::default(),
            refusal: Mutex::new(None),
        });
        let shared = Arc::clone(&server);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                stream.set_nodelay(true).unwrap();
                tokio::spawn(serve(Arc::clone(&shared), stream));
            }
        });
        server
    }

    pub(super) fn endpoint(&self) -> String {
        format!("http://{}/account", self.address)
    }

    pub(super) fn source(&self) -> BlobSource {
        source(&self.endpoint())
    }

    fn fault(&self, number: usize) -> Option<ServerFault> {
        (*self.fault.lock().unwrap()).filter(|(at, _)| *at == number).map(|(_, fault)| fault)
    }
}

/// A scan's way to a service at `endpoint`, which looks at no signature.
pub(super) fn source(endpoint: &str) -> BlobSource {
    let access =
        AccountAccess::from_connection_string(&format!("BlobEndpoint={endpoint};AccountKey=bm8ga2V5").into()).unwrap();
    BlobSource::new(endpoint, Azure::for_account(access)).unwrap()
}

async fn serve(server: Arc<Server>, mut stream: TcpStream) -> Option<()> {
    let mut head = Vec::new();
    let mut page = Vec::new();
    loop {
        head.clear();
        while !head.ends_with(b"\r\n\r\n") {
            let mut piece = [0; 4096];
            match stream.read(&mut piece).await {
                Ok(0) | Err(_) => return None,
                Ok(read) => head.extend_from_slice(&piece[..read]),
            }
        }
        let target = String::from_utf8_lossy(&head).split(' ').nth(1)?.to_owned();
        let number = server.requests.fetch_add(1, Ordering::SeqCst);
        if !server.latency.is_zero() {
            tokio::time::sleep(server.latency).await;
        }
        let mut query = Query::parse(&target);
        let ranges = *server.ranges.lock().unwrap();
        let refused = ranges == Ranges::Refused && !query.from.is_empty()
            || server.keeps_deleted.load(Ordering::SeqCst) && query.deleted;
        if query.most > 1 {
            server.begun_at.lock().unwrap().insert(query.from.clone());
        }
        if ranges != Ranges::Known {
            query.from.clear();
        }
        let fault = server.fault(number).filter(|fault| *fault != ServerFault::StaleMarker || query.marker > 0);
        let (status, retry) = match fault {
            Some(ServerFault::Status(status, retry)) => (status, retry),
            Some(ServerFault::StaleMarker) => (400, None),
            None if refused => (400, None),
            Some(ServerFault::Drop) => return None,
            _ => (query.answer(&server, &mut page, fault == Some(ServerFault::EmptyPage)), None),
        };
        let last = page.ends_with(b"<NextMarker /></EnumerationResults>");
        let refusal = server.refusal.lock().unwrap().as_mut().and_then(|refusal| refusal.take(&query, last));
        let (status, kind) = match refusal {
            Some((status, body)) => (status, body.write(&mut page)),
            None if status == 200 => (status, "Content-Type: application/xml\r\n"),
            None => (status, Body::Code(if status == 404 { "ContainerNotFound" } else { "MadeUp" }).write(&mut page)),
        };
        if status == 304 {
            // Such an answer has no body.
            page.clear();
        }
        if fault == Some(ServerFault::Short) {
            page.truncate(page.len() * 2 / 3);
        }
        let retry = retry.map_or(String::new(), |seconds| format!("Retry-After: {seconds}\r\n"));
        let head = format!(
            "HTTP/1.1 {status} X\r\n{kind}Location: https://portal.example/?sig=secret\r\n{retry}Content-Length: {}\r\n\r\n",
            page.len()
        );
        stream.write_all(head.as_bytes()).await.ok()?;
        if fault == Some(ServerFault::Cut) {
            stream.write_all(&page[..page.len() / 2]).await.ok()?;
            return None;
        }
        stream.write_all(&page).await.ok()?;
    }
}

#[derive(Default)]
struct Query {
    container: String,
    prefix: String,
    delimiter: bool,
    snapshots: bool,
    deleted: bool,
    from: String,
    marker: usize,
    most: usize,
}

impl Query {
    fn parse(target: &str) -> Self {
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
                "startFrom" => query.from = value.into_owned(),
                "maxresults" => query.most = value.parse().unwrap(),
                _ => {}
            }
        }
        query
    }

    fn answer(&self, server: &Server, page: &mut Vec<u8>, empty: bool) -> u16 {
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
        let first = partition(listing.len(), |at| listing.name(at).as_str() < self.prefix.as_str());
        let end = first + partition(listing.len() - first, |at| listing.name(first + at).starts_with(&self.prefix));
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
                listing.entry(at, self.snapshots, page);
                at += 1;
                continue;
            };
            page.extend_from_slice(
                format!("<BlobPrefix><Name>{}</Name></BlobPrefix>", folder.replace('&', "&amp;")).as_bytes(),
            );
            at += partition(end - at, |more| listing.name(at + more).starts_with(&folder));
        }
        (at < end).then_some(at)
    }
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
