//! Pages coming in: appended in name order, taken once, and on a second listing put in the place of the old rows.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::arena::Facts;
use super::level::{Level, Stage};
use super::{NodeId, NodeKind, SortBy, Tree, Want};
use crate::azure::model::{BlobItem, Container, Entry, Page};

/// A row of a page, named within its level.
#[derive(Debug)]
pub(super) struct Incoming {
    name: String,
    facts: Facts,
}

impl Incoming {
    fn is_version(&self) -> bool {
        self.facts.kind == NodeKind::Version
    }
}

/// What a page did to the children of a level.
struct Merged {
    children: Vec<NodeId>,
    fresh: Option<usize>,
    added: Vec<NodeId>,
    removed: Vec<NodeId>,
    /// All added ones stand behind all others, and nothing else moved.
    appended: bool,
}

impl Tree {
    /// Takes a page of containers.
    pub fn take_containers(&mut self, page: &Page<Container>) -> Vec<Want> {
        let row = |item: &Container| Incoming { name: item.name.clone(), facts: Facts::container(&item.last_modified) };
        let rows = page.items.iter().map(row).collect();
        self.take(NodeId::ACCOUNT, rows, page.next.clone())
    }

    /// Takes a page of a container or folder, folders and blobs in any order. Entries outside of the folder are left out.
    pub fn take_entries(&mut self, node: NodeId, page: &Page<Entry>) -> Vec<Want> {
        let prefix = self.key(node).split().map(|(_, prefix)| prefix.to_owned()).unwrap_or_default();
        let row = |entry: &Entry| {
            let name = entry.name().strip_prefix(prefix.as_str())?.to_owned();
            let facts = match entry {
                Entry::Prefix(_) | Entry::Directory(_) if name.is_empty() => return None,
                Entry::Directory(item) => Facts::directory(item),
                Entry::Prefix(_) => Facts::bare(NodeKind::Folder),
                Entry::Blob(item) if item.snapshot.is_some() => return None,
                Entry::Blob(item) => Facts::blob(item),
            };
            Some(Incoming { name, facts })
        };
        let rows = page.items.iter().filter_map(row).collect();
        self.take(node, rows, page.next.clone())
    }

    /// Takes a page of a blob's snapshots and older versions; the blob itself and its current version are no rows. The listing
    /// goes by the beginning of the name, so other blobs are left out; once they follow, the history is complete.
    pub fn take_history(&mut self, node: NodeId, page: &Page<BlobItem>) -> Vec<Want> {
        let own = self.key(node).split().map(|(_, name)| name.to_owned()).unwrap_or_default();
        let past = page.items.iter().any(|item| item.name > own);
        let mine = page.items.iter().filter(|item| item.name == own);
        let row = |item: &BlobItem| {
            let (kind, time) = match (&item.snapshot, &item.version) {
                (Some(time), _) => (NodeKind::Snapshot, time),
                (None, Some(time)) if !item.current_version => (NodeKind::Version, time),
                (None, _) => return None,
            };
            Some(Incoming { name: time.clone(), facts: Facts::older(kind, item, time) })
        };
        let rows: Vec<Incoming> = mine.filter_map(row).collect();
        let next = page.next.clone().filter(|_| !past);
        self.take(node, rows, next)
    }

    fn take(&mut self, node: NodeId, mut rows: Vec<Incoming>, next: Option<String>) -> Vec<Want> {
        if self.arena.is_gone(node) {
            return Vec::new();
        }
        let Some(mut level) = self.levels.remove(&node) else { return Vec::new() };
        if !level.stage.is_busy() {
            self.levels.insert(node, level);
            return Vec::new();
        }
        let newest_first = self.kind(node) == NodeKind::Blob;
        if newest_first && level.fresh.is_some() {
            level.held.append(&mut rows);
            if next.is_none() {
                rows = std::mem::take(&mut level.held);
            }
        }
        rows.sort_by(|one, two| {
            let by_name = order(newest_first, (&one.name, one.is_version()), (&two.name, two.is_version()));
            by_name.then(one.facts.rank().cmp(&two.facts.rank()))
        });
        rows.dedup_by(|two, one| one.name == two.name && one.is_version() == two.is_version());
        let before = self.displayed(node, &level);
        let merged = self.merge(node, &mut level, &rows, next.is_none());
        level.bytes = if merged.appended {
            level.bytes.saturating_add(self.bytes(&merged.added))
        } else {
            self.bytes(&merged.children)
        };
        let Merged { children, fresh, added, removed, appended } = merged;
        level.children = children;
        level.fresh = fresh;
        level.to_end &= next.is_some();
        level.slow = false;
        level.stage = next.map_or(Stage::Done, |marker| Stage::Partial { marker });
        self.levels.insert(node, level);
        self.reopen(&added);
        self.show_merged(node, &added, &removed, appended, before.as_deref());
        for id in removed {
            self.bury(id);
        }
        self.wants()
    }

    /// Where a name stands, or would, among sorted children.
    pub(super) fn search(
        &self,
        parent: NodeId,
        children: &[NodeId],
        name: &str,
        version: bool,
    ) -> Result<usize, usize> {
        let newest_first = self.kind(parent) == NodeKind::Blob;
        children.binary_search_by(|id| order(newest_first, self.named(*id), (name, version)))
    }

    /// What a node is told from its siblings by.
    pub(super) fn named(&self, id: NodeId) -> (&str, bool) {
        (self.arena.name(id), self.kind(id) == NodeKind::Version)
    }

    fn bytes(&self, nodes: &[NodeId]) -> u64 {
        let there = nodes.iter().filter(|id| !self.arena.is_deleted(**id));
        there.filter_map(|id| self.arena.size(*id)).fold(0, u64::saturating_add)
    }

    /// Puts the rows of a page into their places. Of the children not listed again yet, those up to the page's last name are
    /// its to replace; on the last page, all. Deleted ones among them wait for the last page, since their own may come last. Of two
    /// rows of a name in one listing the one that is there counts, of two deleted ones the first.
    fn merge(&mut self, node: NodeId, level: &mut Level, rows: &[Incoming], last_page: bool) -> Merged {
        let mut fresh = std::mem::take(&mut level.children);
        let mut stale = fresh.split_off(level.fresh.unwrap_or(fresh.len()).min(fresh.len()));
        let kept_for_later = match rows.last() {
            _ if last_page => Vec::new(),
            None => std::mem::take(&mut stale),
            Some(row) => {
                let end = self
                    .search(node, &stale, &row.name, row.is_version())
                    .map_or_else(|index| index, |index| index + 1);
                stale.split_off(end)
            }
        };
        let (mut middle, mut added) = (Vec::with_capacity(rows.len()), Vec::new());
        let mut unmatched: HashSet<NodeId> = stale.iter().copied().collect();
        for row in rows {
            let find = |among: &[NodeId]| {
                let found = self.search(node, among, &row.name, row.is_version());
                found.ok().and_then(|index| among.get(index).copied())
            };
            let (old, known) = (find(&stale), || find(&fresh));
            if let Some(id) = old.or_else(known) {
                let awaited = unmatched.remove(&id);
                if awaited {
                    middle.push(id);
                }
                if level.unconfirmed.remove(&id) || awaited || row.facts.rank() < self.arena.rank(id) {
                    self.arena.update(id, &row.facts);
                }
            } else {
                let id = self.arena.add(node, &row.name, &row.facts);
                middle.push(id);
                added.push(id);
            }
        }
        let newest_first = self.kind(node) == NodeKind::Blob;
        let in_order = |one: NodeId, two: NodeId| order(newest_first, self.named(one), self.named(two));
        let mut removed: Vec<NodeId> = stale.iter().copied().filter(|id| unmatched.contains(id)).collect();
        if last_page {
            let unlisted = std::mem::take(&mut level.unconfirmed);
            removed.extend(fresh.extract_if(.., |id| unlisted.contains(id)));
        } else if !newest_first {
            let waiting: Vec<NodeId> = removed.extract_if(.., |id| self.arena.is_deleted(*id)).collect();
            if !waiting.is_empty() {
                middle.extend(&waiting);
                middle.sort_by(|one, two| in_order(*one, *two));
            }
            level.unconfirmed.extend(waiting);
        }
        let in_turn = match (fresh.last(), middle.first()) {
            (Some(last), Some(first)) => in_order(*last, *first) == Ordering::Less,
            _ => true,
        };
        let appended =
            in_turn && removed.is_empty() && stale.is_empty() && kept_for_later.is_empty() && level.fresh.is_none();
        fresh.append(&mut middle);
        if !in_turn {
            fresh.sort_by(|one, two| in_order(*one, *two));
        }
        let swept = (!kept_for_later.is_empty()).then_some(fresh.len());
        fresh.extend(kept_for_later);
        Merged { children: fresh, fresh: swept, added, removed, appended }
    }

    /// Brings the visible rows up to date after a page.
    fn show_merged(
        &mut self,
        node: NodeId,
        added: &[NodeId],
        removed: &[NodeId],
        appended: bool,
        before: Option<&[NodeId]>,
    ) {
        let heir = before.and_then(|before| self.heir(node, removed, before));
        let plain = self.sort.by == SortBy::Name && !self.sort.reversed;
        if appended && (plain || self.kind(node) == NodeKind::Blob) {
            self.append_rows(node, added);
        } else {
            self.refresh(node, heir);
        }
    }

    /// The row the cursor goes to when its own is about to go: the next sibling that stays, else the one before, else the
    /// parent. `None` when the cursor can stay.
    fn heir(&self, node: NodeId, removed: &[NodeId], before: &[NodeId]) -> Option<NodeId> {
        let at = self.cursor_node();
        let lost = self.arena.ancestors(at).find(|id| self.arena.parent(*id) == Some(node))?;
        if !removed.contains(&lost) {
            return None;
        }
        let place = before.iter().position(|id| *id == lost)?;
        let (earlier, later) = before.split_at(place);
        let stays = |id: &&NodeId| !removed.contains(id);
        let heir = later.iter().find(stays).or_else(|| earlier.iter().rev().find(stays));
        Some(heir.copied().unwrap_or(node))
    }

    /// The children in the order shown, where a page could take some away.
    fn displayed(&self, node: NodeId, level: &Level) -> Option<Vec<NodeId>> {
        (level.fresh.is_some() || !level.unconfirmed.is_empty())
            .then(|| self.ordered(node, &level.children).into_owned())
    }

    /// Forgets what hung below a node that is gone.
    fn bury(&mut self, node: NodeId) {
        let mut under = vec![node];
        while let Some(id) = under.pop() {
            self.give_up(id);
            self.arena.bury(id);
            under.extend(self.levels.remove(&id).map(|level| level.children).unwrap_or_default());
        }
    }
}

/// By name; in a history the newest first, and of the same time the snapshot before the version.
fn order(newest_first: bool, one: (&str, bool), two: (&str, bool)) -> Ordering {
    let by_name = if newest_first { two.0.cmp(one.0) } else { one.0.cmp(two.0) };
    by_name.then(one.1.cmp(&two.1))
}
