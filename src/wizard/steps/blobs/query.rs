//! A query to the service for names that begin with a text, page by page. The filter and the preview of a typed rule use it.

use crate::azure::fault::Fault;
use crate::azure::model::Entry;
use crate::protocol::message::{Call, Reply};
use crate::select::Rule;
use crate::tree::{NodeKey, NodeKind};

/// Pages read at most while nothing was found.
const MOST_PAGES: usize = 20;
/// Hits kept at most; one page of the service holds no more.
const MOST_HITS: usize = 5_000;

/// The names to find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameQuery {
    /// Containers whose name begins with a text.
    Containers {
        /// The beginning.
        start: String,
    },
    /// Folders and blobs of a container whose full name begins with a text.
    Names {
        /// The container.
        container: String,
        /// The beginning.
        start: String,
    },
    /// One blob.
    Exact {
        /// The container.
        container: String,
        /// Its full name.
        name: String,
    },
}

impl NameQuery {
    /// The query that shows what a rule matches.
    pub fn of(rule: &Rule) -> Self {
        let text = rule.text();
        let path = text.strip_prefix('/').unwrap_or(&text);
        match (rule, path.split_once('/')) {
            (_, None) => Self::Containers { start: path.to_owned() },
            (Rule::Prefix(_), Some((container, start))) => {
                Self::Names { container: container.to_owned(), start: start.to_owned() }
            }
            (_, Some((container, name))) => Self::Exact { container: container.to_owned(), name: name.to_owned() },
        }
    }

    /// The query for names in an open container or folder that begin with the text of the filter.
    pub fn within(level: &NodeKey, text: &str) -> Self {
        match level.split() {
            None => Self::Containers { start: text.to_owned() },
            Some((container, prefix)) => {
                Self::Names { container: container.to_owned(), start: format!("{prefix}{text}") }
            }
        }
    }
}

/// One name that the service found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub key: NodeKey,
    /// Bytes, for blobs.
    pub size: Option<u64>,
}

/// How far a query is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryState {
    /// Under way.
    Asked,
    /// Answered; `more` if the service has more than was read.
    Done {
        /// Numbers are "at least".
        more: bool,
    },
    /// Not answered.
    Failed(Fault),
}

/// A query and what it found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSearch {
    /// The query.
    pub query: NameQuery,
    /// The names found, in the order of the service.
    pub hits: Vec<Hit>,
    /// How far it is.
    pub state: QueryState,
    /// There is no such container.
    pub no_container: bool,
    marker: Option<String>,
    pages: usize,
}

impl NameSearch {
    /// A query about to be sent.
    pub fn new(query: NameQuery) -> Self {
        Self { query, hits: Vec::new(), state: QueryState::Asked, no_container: false, marker: None, pages: 0 }
    }

    /// The request for its next page.
    pub fn call(&self, endpoint: &str) -> Call {
        let (endpoint, marker) = (endpoint.to_owned(), self.marker.clone());
        match &self.query {
            NameQuery::Containers { .. } => Call::Containers { endpoint, marker },
            NameQuery::Names { container, start: prefix } | NameQuery::Exact { container, name: prefix } => {
                // No export takes what is deleted.
                let (container, prefix) = (container.clone(), prefix.clone());
                Call::Entries { endpoint, container, prefix, deleted: false, marker }
            }
        }
    }

    /// Takes an answer; `true` if another page is needed.
    pub fn take(&mut self, outcome: Result<Reply, Fault>) -> bool {
        let next = match outcome {
            Ok(Reply::Containers(page)) => {
                self.add(page.items.into_iter().map(|item| Hit { key: container(&item.name), size: None }));
                page.next
            }
            Ok(Reply::Entries(page)) => {
                let (NameQuery::Names { container, .. } | NameQuery::Exact { container, .. }) = self.query.clone()
                else {
                    return false;
                };
                self.add(page.items.iter().map(|entry| hit(&container, entry)));
                page.next
            }
            Ok(other) => {
                self.state = QueryState::Failed(other.unexpected());
                return false;
            }
            Err(fault) if fault.is_container_missing() => {
                self.no_container = true;
                None
            }
            Err(fault) => {
                self.state = QueryState::Failed(fault);
                return false;
            }
        };
        self.pages += 1;
        let goes_on = next.is_some() && self.hits.is_empty() && self.pages < MOST_PAGES;
        self.state =
            if goes_on { QueryState::Asked } else { QueryState::Done { more: next.is_some() && !self.is_exact() } };
        self.marker = next;
        goes_on
    }

    fn is_exact(&self) -> bool {
        matches!(self.query, NameQuery::Exact { .. }) && !self.hits.is_empty()
    }

    fn add(&mut self, hits: impl Iterator<Item = Hit>) {
        let query = self.query.clone();
        let fits = |hit: &Hit| match &query {
            NameQuery::Containers { start } => hit.key.path.starts_with(start.as_str()),
            NameQuery::Names { .. } => true,
            NameQuery::Exact { name, .. } => {
                hit.key.kind == NodeKind::Blob && hit.key.split().is_some_and(|(_, own)| own == name)
            }
        };
        let room = MOST_HITS.saturating_sub(self.hits.len());
        self.hits.extend(hits.filter(fits).take(room));
    }

    /// How many hits are of this kind.
    pub fn count(&self, kind: NodeKind) -> usize {
        self.hits.iter().filter(|hit| hit.key.kind == kind).count()
    }

    /// Bytes of the blobs among the hits; folders are not looked into.
    pub fn bytes(&self) -> u64 {
        self.hits.iter().filter_map(|hit| hit.size).fold(0, u64::saturating_add)
    }

    /// Whether it is certain that nothing matches.
    pub fn is_nothing(&self) -> bool {
        self.hits.is_empty() && self.state == QueryState::Done { more: false }
    }

    /// If the text is the full name of a container or folder: the other names that begin with it.
    pub fn siblings(&self) -> Vec<&str> {
        let (NameQuery::Containers { start } | NameQuery::Names { start, .. }) = &self.query else { return Vec::new() };
        if start.is_empty() || start.ends_with('/') {
            return Vec::new();
        }
        let name = |hit: &'_ Hit| match hit.key.kind {
            NodeKind::Container => hit.key.path.len(),
            _ => hit.key.split().map_or(0, |(_, name)| name.trim_end_matches('/').len()),
        };
        let (own, others): (Vec<&Hit>, Vec<&Hit>) = self.hits.iter().partition(|hit| name(hit) == start.len());
        if own.is_empty() { Vec::new() } else { others.into_iter().map(|hit| hit.key.path.as_str()).collect() }
    }
}

fn container(name: &str) -> NodeKey {
    NodeKey { kind: NodeKind::Container, path: name.to_owned(), time: None }
}

fn hit(container: &str, entry: &Entry) -> Hit {
    let (kind, size) = match entry {
        Entry::Prefix(_) | Entry::Directory(_) => (NodeKind::Folder, None),
        Entry::Blob(item) => (NodeKind::Blob, Some(item.size)),
    };
    Hit { key: NodeKey { kind, path: format!("{container}/{}", entry.name()), time: None }, size }
}
