//! The server: connections, faults and what it counts.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use blobfreight::azure::Azure;
use blobfreight::azure::credentials::AccountAccess;
use blobfreight::scan::BlobSource;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::arrow_pages::ColumnForms;
use super::query::Query;
use super::refusal::{Body, Refusal};
use super::rows::Listing;

/// What a service knows of listings in Apache Arrow.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Arrow {
    /// It answers in XML, whatever is asked for.
    Ignored,
    /// It refuses the service version.
    Refused,
    /// It answers so, with columns of these forms, in batches of three rows.
    Spoken(ColumnForms),
    /// The same, with the last byte missing.
    Cut,
    /// The same, without the mark at the end.
    Unended,
}

impl Arrow {
    /// The forms of the columns, where it answers so.
    fn forms(self) -> Option<ColumnForms> {
        match self {
            Self::Ignored | Self::Refused => None,
            Self::Spoken(forms) => Some(forms),
            Self::Cut | Self::Unended => Some(ColumnForms::default()),
        }
    }
}

/// A fault of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ServerFault {
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
pub(crate) enum Ranges {
    Known,
    /// As if it had not been said.
    Ignored,
    /// HTTP 400.
    Refused,
}

pub(crate) struct Server {
    pub address: SocketAddr,
    pub requests: AtomicUsize,
    /// Requests that wait out the latency now, and the most that did so at once.
    waiting: AtomicUsize,
    pub most_waiting: AtomicUsize,
    pub(crate) containers: Vec<(String, Box<dyn Listing>)>,
    latency: Duration,
    /// What it knows of `startFrom`.
    pub ranges: Mutex<Ranges>,
    /// What it knows of Apache Arrow.
    pub arrow: Mutex<Arrow>,
    /// Answers in Apache Arrow, and requests for them that were refused.
    pub arrow_answers: AtomicUsize,
    pub arrow_refusals: AtomicUsize,
    /// Rows in pages of Apache Arrow, those of folders and of single names left out.
    pub arrow_rows: AtomicUsize,
    /// Every `endBefore` of a request for a whole page.
    pub ended_before: Mutex<BTreeSet<String>>,
    /// Refuses to list soft-deleted blobs among the others.
    pub keeps_deleted: AtomicBool,
    /// Every `startFrom` of a request for a whole page.
    pub begun_at: Mutex<BTreeSet<String>>,
    /// Every prefix of such a request.
    pub begun_with: Mutex<BTreeSet<String>>,
    /// Requests counted from zero at which something goes wrong.
    pub fault: Mutex<Option<(usize, ServerFault)>>,
    /// A request that was answered with Retry-After, and how many others came before it came again.
    pub paused: Mutex<Option<(String, usize)>>,
    /// The same, once it came again.
    pub asked_meanwhile: Mutex<Vec<usize>>,
    /// A container that is listed with the others, but whose blobs cannot be listed because it was deleted.
    pub deleted_meanwhile: Mutex<Option<String>>,
    /// Pages that are refused.
    pub refusal: Mutex<Option<Refusal>>,
}

impl Server {
    pub(crate) async fn start(containers: Vec<(String, Box<dyn Listing>)>, latency: Duration) -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = Arc::new(Self {
            address,
            requests: AtomicUsize::new(0),
            waiting: AtomicUsize::new(0),
            most_waiting: AtomicUsize::new(0),
            containers,
            latency,
            ranges: Mutex::new(Ranges::Known),
            arrow: Mutex::new(Arrow::Ignored),
            arrow_answers: AtomicUsize::new(0),
            arrow_refusals: AtomicUsize::new(0),
            arrow_rows: AtomicUsize::new(0),
            ended_before: Mutex::default(),
            keeps_deleted: AtomicBool::new(false),
            begun_at: Mutex::default(),
            begun_with: Mutex::default(),
            fault: Mutex::new(None),
            paused: Mutex::default(),
            asked_meanwhile: Mutex::default(),
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

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}/account", self.address)
    }

    pub(crate) fn source(&self) -> BlobSource {
        Self::source_of(&self.endpoint())
    }

    /// A scan's way to a service at `endpoint`, which looks at no signature.
    pub(crate) fn source_of(endpoint: &str) -> BlobSource {
        let access =
            AccountAccess::from_connection_string(&format!("BlobEndpoint={endpoint};AccountKey=bm8ga2V5").into())
                .unwrap();
        BlobSource::new(endpoint, Azure::for_account(access)).unwrap()
    }

    fn note_pause(&self, target: &str, fault: Option<ServerFault>) {
        let mut paused = self.paused.lock().unwrap();
        if matches!(fault, Some(ServerFault::Status(_, Some(_)))) {
            *paused = Some((target.to_owned(), 0));
        } else if paused.as_ref().is_some_and(|(refused, _)| refused == target) {
            self.asked_meanwhile.lock().unwrap().extend(paused.take().map(|(_, others)| others));
        } else if let Some((_, others)) = paused.as_mut() {
            *others += 1;
        }
    }

    fn fault(&self, number: usize) -> Option<ServerFault> {
        (*self.fault.lock().unwrap()).filter(|(at, _)| *at == number).map(|(_, fault)| fault)
    }
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
        let head_text = String::from_utf8_lossy(&head).into_owned();
        let target = head_text.split(' ').nth(1)?.to_owned();
        let number = server.requests.fetch_add(1, Ordering::SeqCst);
        if !server.latency.is_zero() {
            let waiting = server.waiting.fetch_add(1, Ordering::SeqCst) + 1;
            server.most_waiting.fetch_max(waiting, Ordering::SeqCst);
            tokio::time::sleep(server.latency).await;
            server.waiting.fetch_sub(1, Ordering::SeqCst);
        }
        let mut query = Query::parse(&target);
        query.wants_arrow = head_text.contains("application/vnd.apache.arrow.stream");
        let arrow = *server.arrow.lock().unwrap();
        let ranges = *server.ranges.lock().unwrap();
        let refused = ranges == Ranges::Refused && !query.from.is_empty()
            || server.keeps_deleted.load(Ordering::SeqCst) && query.deleted;
        if query.most > 1 {
            server.begun_at.lock().unwrap().insert(query.from.clone());
            server.begun_with.lock().unwrap().insert(query.prefix.clone());
            server.ended_before.lock().unwrap().extend(query.before.clone());
        }
        if ranges != Ranges::Known {
            query.from.clear();
        }
        let fault = server.fault(number).filter(|fault| *fault != ServerFault::StaleMarker || query.marker > 0);
        let mut is_arrow = false;
        if query.wants_arrow && matches!(arrow, Arrow::Refused) {
            server.arrow_refusals.fetch_add(1, Ordering::SeqCst);
            let kind = Body::Code("InvalidHeaderValue").write(&mut page);
            let head = format!("HTTP/1.1 400 X\r\n{kind}Content-Length: {}\r\n\r\n", page.len());
            stream.write_all(&[head.as_bytes(), &page].concat()).await.ok()?;
            continue;
        }
        server.note_pause(&target, fault);
        let (status, retry) = match fault {
            Some(ServerFault::Status(status, retry)) => (status, retry),
            Some(ServerFault::StaleMarker) => (400, None),
            None if refused => (400, None),
            Some(ServerFault::Drop) => return None,
            _ => {
                let empty = fault == Some(ServerFault::EmptyPage);
                let forms = arrow.forms().filter(|_| query.wants_arrow && !empty && !query.container.is_empty());
                is_arrow = forms.is_some();
                let status = match &forms {
                    Some(forms) => query.arrow_answer(&server, &mut page, forms),
                    None => query.answer(&server, &mut page, empty),
                };
                (status, None)
            }
        };
        if is_arrow && status == 200 {
            server.arrow_answers.fetch_add(1, Ordering::SeqCst);
            let lost = match arrow {
                Arrow::Cut => 9,
                Arrow::Unended => 8,
                _ => 0,
            };
            page.truncate(page.len() - lost);
        }
        let last = page.ends_with(b"<NextMarker /></EnumerationResults>");
        let refusal = server.refusal.lock().unwrap().as_mut().and_then(|refusal| refusal.take(&query, last));
        let (status, kind) = match refusal {
            Some((status, body)) => (status, body.write(&mut page)),
            None if status == 200 && is_arrow => (status, "Content-Type: application/vnd.apache.arrow.stream\r\n"),
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
