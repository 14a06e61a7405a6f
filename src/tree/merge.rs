//! Pages coming in: appended in name order, taken once, and on a second listing put in the place of the old rows.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::arena::Facts;
use super::children::{Children, LoadState};
use super::{NodeId, NodeKind, SortBy, Tree};
use crate::azure::model::{BlobItem, Container, Entry, Page};

/// A row of a page, named within its level.
#[derive(Debug)]
pub(super) struct IncomingRow {
    name: String,
    facts: Facts,
}

impl IncomingRow {
    fn is_version(&self) -> bool {
        self.facts.kind == NodeKind::Version
    }
}

/// The children of a level as a page finds them, in order.
struct Ranges {
    /// Listed by this listing already.
    listed: Vec<NodeId>,
    /// From the listing before, up to the page's last name: the page replaces them.
    replaced: Vec<NodeId>,
    /// From the listing before, behind the page: they stay until their page comes.
    later: Vec<NodeId>,
}

/// What a page did to the children of a level.
struct Merged {
    children: Vec<NodeId>,
    /// How many of them this listing has brought, while older ones follow.
    fresh: Option<usize>,
    added: Vec<NodeId>,
    removed: Vec<NodeId>,
    /// All added ones stand behind all others, and nothing else moved.
    appended: bool,
}

impl Tree {
    /// Takes a page of containers.
    pub fn take_containers(&mut self, page: &Page<Container>) {
        let row =
            |item: &Container| IncomingRow { name: item.name.clone(), facts: Facts::container(&item.last_modified) };
        let rows = page.items.iter().map(row).collect();
        self.take(NodeId::ACCOUNT, rows, page.next.clone());
    }

    /// Takes a page of a container or folder, folders and blobs in any order. Entries outside of the folder are left out.
    pub fn take_entries(&mut self, node: NodeId, page: &Page<Entry>) {
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
            Some(IncomingRow { name, facts })
        };
        let rows = page.items.iter().filter_map(row).collect();
        self.take(node, rows, page.next.clone());
    }

    /// Takes a page of a blob's snapshots and older versions; the blob itself and its current version are no rows. The listing
    /// goes by the beginning of the name, so other blobs are left out; once they follow, the history is complete.
    pub fn take_history(&mut self, node: NodeId, page: &Page<BlobItem>) {
        let own = self.key(node).split().map(|(_, name)| name.to_owned()).unwrap_or_default();
        let past = page.items.iter().any(|item| item.name > own);
        let mine = page.items.iter().filter(|item| item.name == own);
        let row = |item: &BlobItem| {
            let (kind, time) = match (&item.snapshot, &item.version) {
                (Some(time), _) => (NodeKind::Snapshot, time),
                (None, Some(time)) if !item.current_version => (NodeKind::Version, time),
                (None, _) => return None,
            };
            Some(IncomingRow { name: time.clone(), facts: Facts::older(kind, item, time) })
        };
        let rows: Vec<IncomingRow> = mine.filter_map(row).collect();
        let next = page.next.clone().filter(|_| !past);
        self.take(node, rows, next);
    }

    fn take(&mut self, node: NodeId, rows: Vec<IncomingRow>, next: Option<String>) {
        if self.arena.is_gone(node) {
            return;
        }
        let Some(mut level) = self.levels.remove(&node) else { return };
        if !level.stage.is_busy() {
            self.levels.insert(node, level);
            return;
        }
        let relisted_history = self.kind(node) == NodeKind::Blob && level.fresh.is_some();
        let rows = if relisted_history { hold_history(&mut level, rows, next.is_none()) } else { rows };
        let rows = self.in_order(node, rows);
        let before = self.displayed(node, &level);
        let Merged { children, fresh, added, removed, appended } = self.merge(node, &mut level, &rows, next.is_none());
        level.bytes = if appended { level.bytes.saturating_add(self.bytes(&added)) } else { self.bytes(&children) };
        level.nodes = children;
        level.fresh = fresh;
        level.to_end &= next.is_some();
        level.stage = next.map_or(LoadState::Done, |marker| LoadState::Partial { marker });
        self.levels.insert(node, level);
        self.reopen(&added);
        self.show_merged(node, &added, &removed, appended, before.as_deref());
        for id in removed {
            self.bury(id);
        }
        self.request_due();
    }

    /// Sorts the rows of a page and leaves out the second of two rows of one name.
    fn in_order(&self, node: NodeId, mut rows: Vec<IncomingRow>) -> Vec<IncomingRow> {
        let newest_first = self.kind(node) == NodeKind::Blob;
        rows.sort_by(|one, two| {
            let by_name = order(newest_first, (&one.name, one.is_version()), (&two.name, two.is_version()));
            by_name.then(one.facts.rank().cmp(&two.facts.rank()))
        });
        rows.dedup_by(|two, one| one.name == two.name && one.is_version() == two.is_version());
        rows
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

    /// Puts the rows of a page into their places among the children of a level.
    ///
    /// A page replaces the children of the listing before up to its last name; the last page replaces all that are left.
    /// Example: `a b c d` are listed again and the first page holds `a c`. Then `b` is removed, and `d` stays until its page.
    fn merge(&mut self, node: NodeId, level: &mut Children, rows: &[IncomingRow], last_page: bool) -> Merged {
        let Ranges { mut listed, replaced, later } = self.ranges(node, level, rows, last_page);
        let (mut placed, added) = self.place_rows(node, level, rows, (&listed, &replaced));
        let mut removed = missing(&replaced, &placed);
        if last_page {
            let unlisted = std::mem::take(&mut level.unconfirmed);
            removed.extend(listed.extract_if(.., |id| unlisted.contains(id)));
        } else {
            self.keep_deleted(node, level, &mut removed, &mut placed);
        }
        let follows = match (listed.last(), placed.first()) {
            (Some(last), Some(first)) => self.compare(node, *last, *first) == Ordering::Less,
            _ => true,
        };
        let nothing_moved = removed.is_empty() && replaced.is_empty() && later.is_empty() && level.fresh.is_none();
        listed.append(&mut placed);
        if !follows {
            listed.sort_by(|one, two| self.compare(node, *one, *two));
        }
        let fresh = (!later.is_empty()).then_some(listed.len());
        listed.extend(later);
        Merged { children: listed, fresh, added, removed, appended: follows && nothing_moved }
    }

    /// Takes the children out of the level, cut at where its new listing ends now and at where this page ends.
    fn ranges(&self, node: NodeId, level: &mut Children, rows: &[IncomingRow], last_page: bool) -> Ranges {
        let mut listed = std::mem::take(&mut level.nodes);
        let mut replaced = listed.split_off(level.fresh.unwrap_or(listed.len()).min(listed.len()));
        let end = match rows.last() {
            _ if last_page => replaced.len(),
            None => 0,
            Some(row) => match self.search(node, &replaced, &row.name, row.is_version()) {
                Ok(index) => index + 1,
                Err(index) => index,
            },
        };
        let later = replaced.split_off(end);
        Ranges { listed, replaced, later }
    }

    /// Finds or adds the node of each row. Returns the nodes that stand behind the `listed` ones, in the page's order, and
    /// those of them that are new. A row whose node was listed already brings no second one: of two rows of one name the
    /// one that is not deleted counts, of two deleted ones the first.
    fn place_rows(
        &mut self,
        node: NodeId,
        level: &mut Children,
        rows: &[IncomingRow],
        (listed, replaced): (&[NodeId], &[NodeId]),
    ) -> (Vec<NodeId>, Vec<NodeId>) {
        let (mut placed, mut added) = (Vec::with_capacity(rows.len()), Vec::new());
        for row in rows {
            if let Some(id) = self.find_among(node, replaced, row) {
                level.unconfirmed.remove(&id);
                self.arena.update(id, &row.facts);
                placed.push(id);
            } else if let Some(id) = self.find_among(node, listed, row) {
                if level.unconfirmed.remove(&id) || row.facts.rank() < self.arena.rank(id) {
                    self.arena.update(id, &row.facts);
                }
            } else {
                let id = self.arena.add(node, &row.name, &row.facts);
                placed.push(id);
                added.push(id);
            }
        }
        (placed, added)
    }

    fn find_among(&self, node: NodeId, children: &[NodeId], row: &IncomingRow) -> Option<NodeId> {
        let found = self.search(node, children, &row.name, row.is_version());
        found.ok().and_then(|index| children.get(index).copied())
    }

    /// Puts deleted nodes that this page did not list back among its rows: a hierarchical account lists what was deleted
    /// after everything else, so only the last page tells whether they are gone. A history lists nothing deleted.
    fn keep_deleted(&self, node: NodeId, level: &mut Children, removed: &mut Vec<NodeId>, placed: &mut Vec<NodeId>) {
        if self.kind(node) == NodeKind::Blob {
            return;
        }
        let waiting: Vec<NodeId> = removed.extract_if(.., |id| self.arena.is_deleted(*id)).collect();
        if !waiting.is_empty() {
            placed.extend(&waiting);
            placed.sort_by(|one, two| self.compare(node, *one, *two));
        }
        level.unconfirmed.extend(waiting);
    }

    /// The order of two children of a node.
    fn compare(&self, node: NodeId, one: NodeId, two: NodeId) -> Ordering {
        order(self.kind(node) == NodeKind::Blob, self.named(one), self.named(two))
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
    fn displayed(&self, node: NodeId, level: &Children) -> Option<Vec<NodeId>> {
        (level.fresh.is_some() || !level.unconfirmed.is_empty()).then(|| self.ordered(node, &level.nodes).into_owned())
    }

    /// Forgets what hung below a node that is gone.
    fn bury(&mut self, node: NodeId) {
        let mut under = vec![node];
        while let Some(id) = under.pop() {
            self.give_up(id);
            self.arena.bury(id);
            under.extend(self.levels.remove(&id).map(|level| level.nodes).unwrap_or_default());
        }
    }
}

/// Keeps the rows of a history that is listed again until its last page: the newest come last and stand first, so all of
/// them take their places together.
fn hold_history(level: &mut Children, mut rows: Vec<IncomingRow>, last_page: bool) -> Vec<IncomingRow> {
    level.held.append(&mut rows);
    if last_page { std::mem::take(&mut level.held) } else { rows }
}

/// The children that a page did not bring again.
fn missing(replaced: &[NodeId], placed: &[NodeId]) -> Vec<NodeId> {
    if replaced.is_empty() {
        return Vec::new();
    }
    let placed: HashSet<NodeId> = placed.iter().copied().collect();
    replaced.iter().copied().filter(|id| !placed.contains(id)).collect()
}

/// By name; in a history the newest first, and of the same time the snapshot before the version.
fn order(newest_first: bool, one: (&str, bool), two: (&str, bool)) -> Ordering {
    let by_name = if newest_first { two.0.cmp(one.0) } else { one.0.cmp(two.0) };
    by_name.then(one.1.cmp(&two.1))
}
