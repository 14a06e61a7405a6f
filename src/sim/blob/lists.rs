//! List Containers and List Blobs: parameters, refusals and pages as "List Containers" and "List Blobs" document them.

use bytes::Bytes;

use super::super::directory::SYNTHETIC_ACCOUNT;
use super::super::response::{Request, Response};
use super::super::state::SimState;
use super::arrow;
use super::content::StoredContainer;
use super::list::{self, ListBlobsQuery, ListEntry, ListPosition, ListingSource, MOST};
use super::synthetic::{CONTAINER, SyntheticAccount};
use super::target::{BlobTarget, NO_CONTAINER, StorageRefusal};
use super::xml;

/// The first service version with `startFrom`.
const RANGED: &str = "2026-02-06";

const INCLUDES: [&str; 12] = [
    "snapshots",
    "metadata",
    "uncommittedblobs",
    "copy",
    "deleted",
    "tags",
    "versions",
    "deletedwithversions",
    "immutabilitypolicy",
    "legalhold",
    "permissions",
    "system",
];

fn maxresults(request: &Request) -> Result<usize, StorageRefusal> {
    let out_of_range = (
        400,
        "OutOfRangeQueryParameterValue",
        "One of the query parameters specified in the request URI is outside the permissible range.",
    );
    let not_a_number = (
        400,
        "InvalidQueryParameterValue",
        "Value for one of the query parameters specified in the request URI is invalid.",
    );
    match request.query("maxresults").map(str::parse::<i64>) {
        None => Ok(MOST),
        Some(Ok(n)) if n <= 0 => Err(out_of_range),
        Some(Ok(n)) => Ok(usize::try_from(n).unwrap_or(MOST).min(MOST)),
        Some(Err(_)) => Err(not_a_number),
    }
}

fn includes(request: &Request) -> Result<Vec<String>, StorageRefusal> {
    let all: Vec<String> = request
        .query("include")
        .unwrap_or("")
        .split(',')
        .map(|s| s.trim().to_ascii_lowercase())
        .filter(|s| !s.is_empty())
        .collect();
    if all.iter().all(|i| INCLUDES.contains(&i.as_str())) {
        return Ok(all);
    }
    Err((
        400,
        "InvalidQueryParameterValue",
        "Value for one of the query parameters specified in the request URI is invalid.",
    ))
}

fn position(request: &Request) -> Result<ListPosition, StorageRefusal> {
    ListPosition::parse(request.query("marker").unwrap_or("")).ok_or((
        400,
        "OutOfRangeInput",
        "One of the request inputs is out of range: the marker is not one of this listing.",
    ))
}

fn given(request: &Request) -> Vec<(&'static str, &str)> {
    let names = [("Prefix", "prefix"), ("Marker", "marker"), ("MaxResults", "maxresults"), ("Delimiter", "delimiter")];
    names
        .iter()
        .filter_map(|(element, name)| Some((*element, request.query(name).filter(|v| !v.is_empty())?)))
        .collect()
}

/// An empty page that goes on where the request began.
pub(crate) fn empty(request: &Request) -> Response {
    let marker = request
        .query("marker")
        .filter(|m| !m.is_empty())
        .map_or_else(|| ListPosition::default().marker(), str::to_owned);
    let collection = if request.query("restype").is_some() { "Blobs" } else { "Containers" };
    let echo = xml::RequestEcho { endpoint: "", container: None, given: given(request) };
    let body = xml::open(&echo, collection) + &xml::close(collection, Some(&marker));
    Response::bytes(200, "application/xml", Bytes::from(body))
}

/// GET `/?comp=list`.
pub(super) fn containers(state: &SimState, request: &Request, target: &BlobTarget) -> Result<Response, StorageRefusal> {
    let most = maxresults(request)?;
    let start = position(request)?.name;
    let prefix = request.query("prefix").unwrap_or("");
    let metadata = includes(request)?.iter().any(|i| i == "metadata");
    let generated = generated(state, target);
    let store = state.stores.get(target.account);
    let all = store.into_iter().flat_map(|s| &s.containers).filter(|_| target.account != SYNTHETIC_ACCOUNT);
    let mut found = all.map(|(name, c)| (name.as_str(), c)).chain(generated.as_ref().map(|c| (CONTAINER, c)));
    let mut found = found.by_ref().filter(|(name, _)| name.starts_with(prefix) && *name >= start.as_str());
    let endpoint = format!("{}/{}/", state.base, target.account);
    let mut body =
        xml::open(&xml::RequestEcho { endpoint: &endpoint, container: None, given: given(request) }, "Containers");
    for (name, container) in found.by_ref().take(most) {
        xml::container(&mut body, name, container, metadata);
    }
    let next = found.next().map(|(name, _)| ListPosition { name: name.to_owned(), skip: 0 }.marker());
    body.push_str(&xml::close("Containers", next.as_deref()));
    Ok(Response::bytes(200, "application/xml", Bytes::from(body)))
}

/// The only container of the generated account, when this is that account.
pub(super) fn generated(state: &SimState, target: &BlobTarget) -> Option<StoredContainer> {
    (target.account == SYNTHETIC_ACCOUNT && state.bench.is_some()).then(|| StoredContainer {
        metadata: std::collections::BTreeMap::new(),
        modified: jiff::Timestamp::constant(1_735_689_600, 0),
        blobs: std::collections::BTreeMap::new(),
        staged: std::collections::BTreeMap::new(),
        made_here: false,
    })
}

/// GET `/{container}?restype=container&comp=list`.
pub(super) fn blobs(state: &SimState, request: &Request, target: &BlobTarget) -> Result<Response, StorageRefusal> {
    let query = query(request, target)?;
    let writer = PageWriter { state, request, query: &query, target };
    if target.account == SYNTHETIC_ACCOUNT {
        let bench = state.bench.as_deref().filter(|_| target.container == CONTAINER).ok_or(NO_CONTAINER)?;
        let inside_a_folder = query.delimiter.as_deref() == Some("/") && query.prefix.contains('/');
        if query.delimiter.is_none() || inside_a_folder {
            return Ok(writer.ready_made(bench));
        }
        return Ok(writer.rendered(&ListingSource::Generated(bench)));
    }
    let container =
        state.stores.get(target.account).and_then(|s| s.containers.get(target.container)).ok_or(NO_CONTAINER)?;
    through_a_file(container, &query)?;
    Ok(writer.rendered(&ListingSource::Stored(&container.blobs)))
}

/// Whether the page is answered in Apache Arrow.
fn wants_arrow(request: &Request) -> bool {
    request.header("x-ms-version") >= arrow::VERSION && request.header("accept").contains(arrow::MEDIA_TYPE)
}

fn query(request: &Request, target: &BlobTarget) -> Result<ListBlobsQuery, StorageRefusal> {
    let mut query = ListBlobsQuery {
        prefix: request.query("prefix").unwrap_or("").to_owned(),
        delimiter: request.query("delimiter").filter(|d| !d.is_empty()).map(str::to_owned),
        position: position(request)?,
        end_before: request.query("endBefore").filter(|_| wants_arrow(request)).map(str::to_owned),
        most: maxresults(request)?,
        include: includes(request)?,
        show_only: request.query("showonly").map(str::to_ascii_lowercase),
        hierarchical: target.hierarchical,
    };
    let invalid = (
        400,
        "InvalidQueryParameterValue",
        "Value for one of the query parameters specified in the request URI is invalid.",
    );
    if query.delimiter.is_some() && query.includes("snapshots") {
        return Err((
            400,
            "InvalidQueryParameterValue",
            "The delimiter parameter and include=snapshots cannot be used together.",
        ));
    }
    if target.hierarchical && query.delimiter.as_deref().is_some_and(|d| d != "/") {
        return Err(invalid);
    }
    if query.show_only.is_some() && !target.hierarchical {
        return Err((
            400,
            "UnsupportedQueryParameter",
            "One of the query parameters specified in the request URI is not supported.",
        ));
    }
    if query.show_only.as_deref() == Some("deleted") && query.includes("deleted") {
        return Err(invalid);
    }
    // Older versions do not know it, and answer as if it had not been said.
    let ranged = request.header("x-ms-version") >= RANGED;
    if let Some(from) = request.query("startFrom").filter(|from| ranged && query.position.name.as_str() < *from) {
        query.position = ListPosition { name: from.to_owned(), skip: 0 };
    }
    Ok(query)
}

/// In a hierarchical namespace a prefix must not run through a file.
fn through_a_file(container: &StoredContainer, query: &ListBlobsQuery) -> Result<(), StorageRefusal> {
    let file = |end: usize| container.base(&query.prefix[..end]).is_some_and(|i| !i.directory);
    if query.hierarchical && query.prefix.match_indices('/').any(|(at, _)| file(at)) {
        return Err((400, "InvalidQueryParameterValue", "The prefix runs through a file."));
    }
    Ok(())
}

/// Writes a page of List Blobs in the form that the request wants.
struct PageWriter<'w> {
    state: &'w SimState,
    request: &'w Request,
    query: &'w ListBlobsQuery,
    target: &'w BlobTarget<'w>,
}

impl PageWriter<'_> {
    fn head(&self) -> String {
        let endpoint = format!("{}/{}/", self.state.base, self.target.account);
        let container = Some(self.target.container);
        xml::open(&xml::RequestEcho { endpoint: &endpoint, container, given: given(self.request) }, "Blobs")
    }

    fn rendered(&self, source: &ListingSource) -> Response {
        let (entries, next) = list::page(source, self.query);
        let next = next.map(|next| next.marker());
        let (includes, hierarchical) = (|what: &str| self.query.includes(what), self.target.hierarchical);
        if wants_arrow(self.request) {
            let rows = entries.iter().map(|entry| match entry {
                ListEntry::Prefix(prefix, _) => (prefix.as_str(), None),
                ListEntry::Blob(name, item) => (name.as_ref(), Some(*item)),
            });
            let page = arrow::page(rows, &includes, hierarchical, next.as_deref());
            return Response::bytes(200, arrow::MEDIA_TYPE, Bytes::from(page));
        }
        let mut body = self.head();
        for entry in &entries {
            xml::entry(&mut body, entry, &includes, hierarchical);
        }
        body.push_str(&xml::close("Blobs", next.as_deref()));
        Response::bytes(200, "application/xml", Bytes::from(body))
    }

    /// A flat page of the generated container, from ready-made bytes.
    fn ready_made(&self, bench: &SyntheticAccount) -> Response {
        let query = self.query;
        let low = bench.lower_bound(&query.prefix).max(bench.lower_bound(&query.position.name));
        let high = if query.prefix.is_empty() {
            bench.lower_bound("e")
        } else {
            bench.lower_bound(&format!("{}\u{10ffff}", query.prefix))
        };
        let high = query.end_before.as_deref().map_or(high, |end| high.min(bench.lower_bound(end)));
        let end = high.min(low.saturating_add(query.most as u64)).max(low);
        let next = (end < high).then(|| ListPosition { name: bench.name(end), skip: 0 }.marker());
        let (media_type, pieces) = if wants_arrow(self.request) {
            let [columns, rows] = bench.arrow_messages(low, end, next.as_deref());
            (arrow::MEDIA_TYPE, vec![columns, rows, Bytes::from_static(arrow::END)])
        } else {
            let tail = Bytes::from(xml::close("Blobs", next.as_deref()));
            ("application/xml", vec![Bytes::from(self.head()), bench.entries(low, end), tail])
        };
        let mut response = Response::bytes(200, media_type, Bytes::new());
        response.payload = super::super::response::ResponseBody::Pieces(pieces);
        response
    }
}
