//! The tree as a person uses it, against an account in memory that answers in pages.

mod cursor;
mod deleted;
mod history;
mod invariants;
mod loading;
mod merge;
mod order;
mod reload;

use std::collections::BTreeSet;

use super::*;
use crate::azure::fault::{Fault, FaultKind};
use crate::azure::model::{BlobItem, Container, Entry, Page};

/// Blobs whose names end so were deleted; they are listed after all others.
const GONE: char = '†';

/// An account: blobs as `container/name`, `container/name@time` for a snapshot, `container/name%time` for an older version.
struct Account {
    blobs: BTreeSet<String>,
    page: usize,
}

impl Account {
    fn new(page: usize, blobs: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { blobs: blobs.into_iter().map(Into::into).collect(), page }
    }

    /// A container with `count` blobs `0000`, `0001`, ...
    fn numbered(page: usize, count: usize) -> Self {
        Self::new(page, (0..count).map(|index| format!("c/{index:04}")))
    }

    fn cut<T>(&self, all: Vec<T>, request: &PageRequest) -> Page<T> {
        let start: usize = request.marker.as_ref().map_or(0, |marker| marker.parse().unwrap());
        let more = start + self.page < all.len();
        let items = all.into_iter().skip(start).take(self.page).collect();
        Page { items, next: more.then(|| (start + self.page).to_string()) }
    }

    fn entries(&self, container: &str, prefix: &str) -> Vec<Entry> {
        let under = format!("{container}/{prefix}");
        let rest =
            self.blobs.iter().filter(|blob| !blob.contains(['@', '%'])).filter_map(|blob| blob.strip_prefix(&under));
        let rows: BTreeSet<&str> = rest.map(|rest| rest.split_inclusive('/').next().unwrap_or("")).collect();
        let (gone, there): (Vec<&str>, Vec<&str>) = rows.into_iter().partition(|row| row.ends_with(GONE));
        there.into_iter().chain(gone).map(|row| entry(&format!("{prefix}{row}"), row.ends_with('/'))).collect()
    }

    /// Answers one request; returns what the tree requests next.
    fn answer(&self, tree: &mut Tree, request: &PageRequest) -> Vec<PageRequest> {
        self.give(tree, request);
        pages(tree)
    }

    /// Gives the tree the page of one request.
    fn give(&self, tree: &mut Tree, request: &PageRequest) {
        match &request.listing {
            Listing::Containers => {
                let names: BTreeSet<&str> = self.blobs.iter().filter_map(|blob| blob.split('/').next()).collect();
                let row = |name: &str| Container { name: name.to_owned(), last_modified: String::new() };
                tree.take_containers(&self.cut(names.into_iter().map(row).collect(), request));
            }
            Listing::Names { container, prefix } => {
                tree.take_entries(request.node, &self.cut(self.entries(container, prefix), request));
            }
            Listing::History { container, name } => {
                let under = format!("{container}/{name}");
                let rows = self.blobs.iter().filter(|blob| blob.starts_with(&under)).map(|blob| {
                    let cut = |sign| blob.split_once(sign).map(|(path, time): (&str, &str)| (path, time.to_owned()));
                    let (snapshot, version) = (cut('@'), cut('%'));
                    let path = snapshot.as_ref().or(version.as_ref()).map_or(blob.as_str(), |(path, _)| path);
                    let name = path.split_once('/').unwrap().1.to_owned();
                    let time = |cut: Option<(&str, String)>| cut.map(|(_, time)| time);
                    BlobItem {
                        snapshot: time(snapshot.clone()),
                        version: time(version.clone()),
                        name,
                        size: 7,
                        ..BlobItem::default()
                    }
                });
                let mut rows: Vec<BlobItem> = rows.collect();
                let order = |item: &BlobItem| (item.name.clone(), item.snapshot.clone().or(item.version.clone()));
                rows.sort_by_key(order);
                tree.take_history(request.node, &self.cut(rows, request));
            }
        }
    }

    /// Answers everything the tree asks for, until it asks for nothing more. Returns how many pages that took.
    fn settle(&self, tree: &mut Tree, requests: Vec<PageRequest>) -> usize {
        let (mut queue, mut pages) = (std::collections::VecDeque::from(requests), 0);
        while let Some(request) = queue.pop_front() {
            queue.extend(self.answer(tree, &request));
            pages += 1;
        }
        pages
    }

    /// A tree of this account with a window of `height` lines, its first pages loaded.
    fn tree(&self, height: usize) -> Tree {
        let mut tree = Tree::new("media");
        tree.resize(height);
        let requests = pages(&mut tree);
        self.settle(&mut tree, requests);
        tree
    }

    /// Opens a row by its path and answers what is asked for.
    fn open(&self, tree: &mut Tree, key: &NodeKey) -> NodeId {
        let node = tree.find(key).unwrap();
        tree.open(node);
        let requests = pages(tree);
        self.settle(tree, requests);
        node
    }

    fn go(&self, tree: &mut Tree, by: Move) {
        tree.go(by);
        let requests = pages(tree);
        self.settle(tree, requests);
    }
}

fn entry(name: &str, folder: bool) -> Entry {
    if folder {
        return Entry::Prefix(name.to_owned());
    }
    let (size, deleted) = (name.len() as u64, name.ends_with(GONE));
    Entry::Blob(Box::new(BlobItem { name: name.to_owned(), size, deleted, ..BlobItem::default() }))
}

fn key(kind: NodeKind, path: &str) -> NodeKey {
    NodeKey { kind, path: path.to_owned(), time: None }
}

fn container(name: &str) -> NodeKey {
    key(NodeKind::Container, name)
}

fn folder(path: &str) -> NodeKey {
    key(NodeKind::Folder, path)
}

fn blob(path: &str) -> NodeKey {
    key(NodeKind::Blob, path)
}

fn denied() -> Fault {
    Fault { kind: FaultKind::Denied, ..Fault::local("list c", "you may not read it") }
}

/// The pages the tree requests now.
fn pages(tree: &mut Tree) -> Vec<PageRequest> {
    tree.take_requests().pages
}

/// The window as lines: indented, `>` at the cursor, status lines in brackets.
fn screen(tree: &Tree) -> Vec<String> {
    let line = |row: Row<'_>| {
        let text = match row.item {
            RowItem::Node { name, open, kind, .. } => {
                format!(
                    "{}{name}",
                    if kind == NodeKind::Blob || !kind.can_open() {
                        ""
                    } else if open {
                        "v"
                    } else {
                        "+"
                    }
                )
            }
            RowItem::Status(status) => match status {
                ListingStatus::Loading { loaded } => format!("[{loaded} loading]"),
                ListingStatus::Partial { loaded, sorted } => {
                    format!("[{loaded} more{}]", if sorted { " sorted" } else { "" })
                }
                ListingStatus::Hidden { loaded } => format!("[{loaded} hidden]"),
                ListingStatus::Complete { loaded } => format!("[{loaded} complete]"),
                ListingStatus::Empty => "[empty]".to_owned(),
                ListingStatus::Failed { loaded, .. } => format!("[{loaded} failed]"),
                ListingStatus::Forbidden { loaded, .. } => format!("[{loaded} forbidden]"),
            },
        };
        format!("{}{}{text}", " ".repeat(row.depth.into()), if row.cursor { ">" } else { "" })
    };
    tree.rows().into_iter().map(line).collect()
}

/// The name under the cursor and its line on the screen.
fn cursor(tree: &Tree) -> (String, usize) {
    let line = tree.rows().iter().position(|row| row.cursor).unwrap();
    (tree.key(tree.cursor()).path, line)
}
