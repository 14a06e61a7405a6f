//! Takes pages: their rows get their places among the children of a node. A second listing replaces the old children page by
//! page, so that rows, cursor and open folders stay while it runs.

use std::cmp::Ordering;

use super::children::Children;
use super::incoming::IncomingRow;
use super::node_map::NodeSet;
use super::order::{SiblingKey, Sort};
use super::{NodeId, NodeKind, Tree};
use crate::azure::model::{BlobItem, Container, Entry, Page};

/// The children of a node, cut by how far the new listing is.
///
/// Example: `a b c d e` are listed again. The first page was `a`, the second is `c d`. Then `a` is listed, `b c d` are covered
/// and `e` is beyond.
struct Sections {
    /// Brought by earlier pages of this listing.
    listed: Vec<NodeId>,
    /// Old children up to the last name of the page, which replaces them.
    covered: Vec<NodeId>,
    /// Old children after the last name of the page. They stay until a later page covers them.
    beyond: Vec<NodeId>,
}

/// The nodes for the rows of a page.
struct PlacedRows {
    /// Nodes to insert after the listed ones, in the order of the page.
    placed: Vec<NodeId>,
    /// Those of them that are new in the tree.
    added: Vec<NodeId>,
}

/// How a page changed the children of a node.
struct PageChange {
    added: Vec<NodeId>,
    removed: Vec<NodeId>,
    /// All added nodes stand after all others, and no other node moved.
    appended: bool,
}

impl Tree {
    /// Takes a page of containers.
    pub fn take_containers(&mut self, page: &Page<Container>) {
        let rows = page.items.iter().map(IncomingRow::container).collect();
        self.take_page(NodeId::ACCOUNT, rows, page.next.clone());
    }

    /// Takes a page of a container or folder, folders and blobs in any order. Entries outside of the folder are left out.
    pub fn take_entries(&mut self, parent: NodeId, page: &Page<Entry>) {
        let prefix = self.name_in_container(parent);
        let rows = page.items.iter().filter_map(|entry| IncomingRow::entry(entry, &prefix)).collect();
        self.take_page(parent, rows, page.next.clone());
    }

    /// Takes a page of a blob's snapshots and older versions. The listing goes by the beginning of the name, so blobs with
    /// longer names are left out; once they follow, the history is complete.
    pub fn take_history(&mut self, blob: NodeId, page: &Page<BlobItem>) {
        let name = self.name_in_container(blob);
        let history = page.items.iter().filter(|item| item.name == name);
        let rows = history.filter_map(IncomingRow::snapshot_or_version).collect();
        let other_blobs_follow = page.items.iter().any(|item| item.name > name);
        let next = page.next.clone().filter(|_| !other_blobs_follow);
        self.take_page(blob, rows, next);
    }

    fn name_in_container(&self, node: NodeId) -> String {
        self.key(node).split().map(|(_, name)| name.to_owned()).unwrap_or_default()
    }

    /// Takes a page that was requested. A page of a listing that was cancelled, or of a node that is gone, is left out.
    fn take_page(&mut self, parent: NodeId, rows: Vec<IncomingRow>, next: Option<String>) {
        if self.arena.is_removed(parent) || !self.load_state(parent).is_busy() {
            return;
        }
        let Some(mut children) = self.children.remove(&parent) else { return };
        let last_page = next.is_none();
        let is_history = self.kind(parent) == NodeKind::Blob;
        let rows = if is_history { collect_history(&mut children, rows, last_page) } else { rows };
        let rows = self.sorted_without_duplicates(parent, rows);
        let order_before = self.display_order_before_removals(parent, &children);
        let change = self.merge(parent, &mut children, &rows, last_page);
        children.end_page(next);
        self.children.insert(parent, children);
        self.reopen(&change.added);
        self.show_change(parent, &change, order_before.as_deref());
        for id in change.removed {
            self.remove_subtree(id);
        }
        self.request_due();
    }

    /// Sorts the rows of a page. Of two rows with one name the one with the lower rank is kept.
    fn sorted_without_duplicates(&self, parent: NodeId, mut rows: Vec<IncomingRow>) -> Vec<IncomingRow> {
        let order = self.sibling_order(parent);
        rows.sort_by(|one, two| {
            order.compare(one.key(), two.key()).then_with(|| one.properties.rank().cmp(&two.properties.rank()))
        });
        rows.dedup_by(|later, earlier| later.key() == earlier.key());
        rows
    }

    /// Puts the rows of a page into their places among the children of a node.
    ///
    /// A page replaces the old children up to its last name; the last page replaces all that are left.
    /// Example: `a b c d` are listed again and the first page holds `a c`. Then `b` is removed, and `d` stays until its page.
    fn merge(&mut self, parent: NodeId, children: &mut Children, rows: &[IncomingRow], last_page: bool) -> PageChange {
        let is_first_listing = children.relisted.is_none();
        let Sections { mut listed, covered, beyond } = self.cut(parent, children, rows, last_page);
        let PlacedRows { mut placed, added } = self.place_rows(parent, children, rows, &listed, &covered);
        let mut removed = not_placed(&covered, &placed);
        if last_page {
            removed.extend(take_unconfirmed(children, &mut listed));
        } else {
            let unconfirmed = self.take_unlisted_deleted(parent, &mut removed);
            if !unconfirmed.is_empty() {
                placed.extend(&unconfirmed);
                self.sort_siblings(parent, &mut placed);
            }
            children.unconfirmed_deleted.extend(unconfirmed);
        }
        let in_order = placed.first().is_none_or(|first| {
            self.is_behind(parent, &listed, self.sibling_key(*first, &mut self.arena.name_reader()))
        });
        let appended = in_order && is_first_listing && covered.is_empty() && beyond.is_empty() && removed.is_empty();
        if in_order {
            listed.append(&mut placed);
        } else {
            self.insert_siblings(parent, &mut listed, &placed);
        }
        children.relisted = (!beyond.is_empty()).then_some(listed.len());
        children.nodes = listed;
        children.nodes.extend(beyond);
        let bytes_before = if appended { children.bytes } else { 0 };
        children.bytes = bytes_before.saturating_add(self.bytes(if appended { &added } else { &children.nodes }));
        PageChange { added, removed, appended }
    }

    /// Takes the nodes out of `children` and cuts them at the end of the new listing so far and at the end of this page.
    fn cut(&self, parent: NodeId, children: &mut Children, rows: &[IncomingRow], last_page: bool) -> Sections {
        let mut listed = std::mem::take(&mut children.nodes);
        let listed_count = children.relisted.unwrap_or(listed.len()).min(listed.len());
        let mut covered = listed.split_off(listed_count);
        let covered_count = match rows.last() {
            _ if last_page => covered.len(),
            None => 0,
            Some(row) => match self.search(parent, &covered, row.key()) {
                Ok(index) => index + 1,
                Err(index) => index,
            },
        };
        let beyond = covered.split_off(covered_count);
        Sections { listed, covered, beyond }
    }

    /// Finds or adds the node of each row.
    ///
    /// A row of a listed node, which an earlier page brought, adds none: a hierarchical account lists a name once for the
    /// blob that exists and again for the deleted one. Of two such rows the one with the lower rank counts, else the first.
    fn place_rows(
        &mut self,
        parent: NodeId,
        children: &mut Children,
        rows: &[IncomingRow],
        listed: &[NodeId],
        covered: &[NodeId],
    ) -> PlacedRows {
        let (mut placed, mut added) = (Vec::with_capacity(rows.len()), Vec::new());
        // Nearly all pages are behind the earlier ones: then no row needs to be looked for among these.
        let is_behind = rows.first().is_none_or(|row| self.is_behind(parent, listed, row.key()));
        let listed = if is_behind { &[] } else { listed };
        for row in rows {
            if let Some(id) = self.node_with_key(parent, covered, row.key()) {
                self.arena.update(id, &row.properties);
                placed.push(id);
            } else if let Some(id) = self.node_with_key(parent, listed, row.key()) {
                let was_unconfirmed = children.unconfirmed_deleted.remove(&id);
                if was_unconfirmed || row.properties.rank() < self.arena.rank(id) {
                    self.arena.update(id, &row.properties);
                }
            } else {
                let id = self.arena.add(parent, &row.name, &row.properties);
                placed.push(id);
                added.push(id);
            }
        }
        PlacedRows { placed, added }
    }

    /// Takes the deleted nodes out of those to be removed, while more pages follow. A hierarchical account lists deleted blobs
    /// after all others, so a later page can still list them. A history has no deleted rows.
    fn take_unlisted_deleted(&self, parent: NodeId, removed: &mut Vec<NodeId>) -> Vec<NodeId> {
        if self.kind(parent) == NodeKind::Blob {
            return Vec::new();
        }
        removed.extract_if(.., |id| self.arena.is_deleted(*id)).collect()
    }

    /// Whether a key comes after the listed nodes.
    fn is_behind(&self, parent: NodeId, listed: &[NodeId], key: SiblingKey<'_>) -> bool {
        let mut reader = self.arena.name_reader();
        let last = listed.last().map(|last| self.sibling_key(*last, &mut reader));
        last.is_none_or(|last| self.sibling_order(parent).compare(last, key) == Ordering::Less)
    }

    /// The bytes of the nodes that are not deleted.
    fn bytes(&self, nodes: &[NodeId]) -> u64 {
        let existing = nodes.iter().filter(|id| !self.arena.is_deleted(**id));
        existing.filter_map(|id| self.arena.size(*id)).fold(0, u64::saturating_add)
    }

    /// Brings the visible rows up to date after a page.
    fn show_change(&mut self, parent: NodeId, change: &PageChange, order_before: Option<&[NodeId]>) {
        if change.appended && (self.sort == Sort::default() || self.kind(parent) == NodeKind::Blob) {
            self.append_rows(parent, &change.added);
        } else {
            let go_to = order_before.and_then(|before| self.cursor_after_removal(parent, &change.removed, before));
            self.refresh(parent, go_to);
        }
    }

    /// The node the cursor goes to when its own is removed: the next sibling that stays, else the one before, else the
    /// parent. `None` when the cursor can stay.
    fn cursor_after_removal(&self, parent: NodeId, removed: &[NodeId], before: &[NodeId]) -> Option<NodeId> {
        let lost = self.arena.ancestors(self.cursor_node()).find(|id| self.arena.parent(*id) == Some(parent))?;
        if !removed.contains(&lost) {
            return None;
        }
        let index = before.iter().position(|id| *id == lost)?;
        let (earlier, later) = before.split_at(index);
        let stays = |id: &&NodeId| !removed.contains(id);
        let sibling = later.iter().find(stays).or_else(|| earlier.iter().rev().find(stays));
        Some(sibling.copied().unwrap_or(parent))
    }

    /// The children in the order shown; `None` where no page can remove one of them.
    fn display_order_before_removals(&self, parent: NodeId, children: &Children) -> Option<Vec<NodeId>> {
        let can_remove = children.relisted.is_some() || !children.unconfirmed_deleted.is_empty();
        can_remove.then(|| self.display_order(parent, &children.nodes).into_owned())
    }

    /// Marks a node and all below it as removed and cancels their listings.
    fn remove_subtree(&mut self, node: NodeId) {
        let mut below = vec![node];
        while let Some(id) = below.pop() {
            self.cancel_listing(id);
            self.arena.mark_removed(id);
            below.extend(self.children.remove(&id).map(|children| children.nodes).unwrap_or_default());
        }
    }
}

/// Collects the rows of a history that is listed again; the last page places them all. The newest rows come last and stand
/// first, so the old rows that a page replaces are known only with the last page.
fn collect_history(children: &mut Children, mut rows: Vec<IncomingRow>, last_page: bool) -> Vec<IncomingRow> {
    if children.relisted.is_none() {
        return rows;
    }
    children.relisted_history.append(&mut rows);
    if last_page { std::mem::take(&mut children.relisted_history) } else { Vec::new() }
}

/// Takes the deleted nodes that no page listed again out of the listed ones.
fn take_unconfirmed(children: &mut Children, listed: &mut Vec<NodeId>) -> Vec<NodeId> {
    let unconfirmed = std::mem::take(&mut children.unconfirmed_deleted);
    if unconfirmed.is_empty() {
        return Vec::new();
    }
    listed.extract_if(.., |id| unconfirmed.contains(id)).collect()
}

/// The covered nodes that the page did not list again.
fn not_placed(covered: &[NodeId], placed: &[NodeId]) -> Vec<NodeId> {
    if covered.is_empty() {
        return Vec::new();
    }
    let placed: NodeSet = placed.iter().copied().collect();
    covered.iter().copied().filter(|id| !placed.contains(id)).collect()
}
