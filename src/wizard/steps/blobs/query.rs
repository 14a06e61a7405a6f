//! Asking the server what begins with a text: for a typed rule's preview and for the filter's second key. What is done with
//! the answer is decided elsewhere.

use crate::azure::fault::Fault;
use crate::azure::model::Entry;
use crate::protocol::message::{Call, Reply};
use crate::select::Rule;
use crate::tree::{NodeKey, NodeKind};

/// Pages read at most while nothing was found.
const MOST_PAGES: usize = 20;
/// Hits kept at most; one page of the service holds no more.
const MOST_HITS: usize = 5_000;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameQuery {
    /// Containers whose name begins so.
    Containers {
        /// The beginning.
        start: String,
    },
    /// Folders and blobs of a container whose full name begins so.
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
    /// What shows which blobs a rule takes.
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

    /// What a filter's text means within an open level.
    pub fn within(level: &NodeKey, text: &str) -> Self {
        match level.split() {
            None => Self::Containers { start: text.to_owned() },
            Some((container, prefix)) => {
                Self::Names { container: container.to_owned(), start: format!("{prefix}{text}") }
            }
        }
    }
}

/// One row the server found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub key: NodeKey,
    /// Bytes, for blobs.
    pub size: Option<u64>,
}

/// How far the question is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryState {
    /// Under way.
    Asked,
    /// Answered; `more` when the server has more than was read.
    Done {
        /// Numbers are "at least".
        more: bool,
    },
    /// Not answered.
    Failed(Fault),
}

/// A question to the server and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSearch {
    /// The question.
    pub asks: NameQuery,
    /// What was found, in the server's order.
    pub hits: Vec<Hit>,
    /// How far it is.
    pub stage: QueryState,
    /// There is no such container.
    pub no_container: bool,
    marker: Option<String>,
    pages: usize,
}

impl NameSearch {
    /// A question about to be sent.
    pub fn new(asks: NameQuery) -> Self {
        Self { asks, hits: Vec::new(), stage: QueryState::Asked, no_container: false, marker: None, pages: 0 }
    }

    /// The request for its next page.
    pub fn call(&self, endpoint: &str) -> Call {
        let (endpoint, marker) = (endpoint.to_owned(), self.marker.clone());
        match &self.asks {
            NameQuery::Containers { .. } => Call::Containers { endpoint, marker },
            NameQuery::Names { container, start: prefix } | NameQuery::Exact { container, name: prefix } => {
                // No export takes what is deleted.
                let (container, prefix) = (container.clone(), prefix.clone());
                Call::Entries { endpoint, container, prefix, deleted: false, marker }
            }
        }
    }

    /// Takes an answer; whether another page is needed.
    pub fn take(&mut self, outcome: Result<Reply, Fault>) -> bool {
        let next = match outcome {
            Ok(Reply::Containers(page)) => {
                self.add(page.items.into_iter().map(|item| Hit { key: container(&item.name), size: None }));
                page.next
            }
            Ok(Reply::Entries(page)) => {
                let (NameQuery::Names { container, .. } | NameQuery::Exact { container, .. }) = self.asks.clone()
                else {
                    return false;
                };
                self.add(page.items.iter().map(|entry| hit(&container, entry)));
                page.next
            }
            Ok(_) => return false,
            Err(fault) if fault.is_container_missing() => {
                self.no_container = true;
                None
            }
            Err(fault) => {
                self.stage = QueryState::Failed(fault);
                return false;
            }
        };
        self.pages += 1;
        let goes_on = next.is_some() && self.hits.is_empty() && self.pages < MOST_PAGES;
        self.stage =
            if goes_on { QueryState::Asked } else { QueryState::Done { more: next.is_some() && !self.is_exact() } };
        self.marker = next;
        goes_on
    }

    fn is_exact(&self) -> bool {
        matches!(self.asks, NameQuery::Exact { .. }) && !self.hits.is_empty()
    }

    fn add(&mut self, hits: impl Iterator<Item = Hit>) {
        let asks = self.asks.clone();
        let fits = |hit: &Hit| match &asks {
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
        self.hits.is_empty() && self.stage == QueryState::Done { more: false }
    }

    /// Besides the container or folder the text names in full: what else begins so.
    pub fn siblings(&self) -> Vec<&str> {
        let (NameQuery::Containers { start } | NameQuery::Names { start, .. }) = &self.asks else { return Vec::new() };
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
