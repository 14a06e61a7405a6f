//! Puts siblings in order and finds a name among them.

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};

use super::name_list::NameReader;
use super::order::{SiblingKey, SiblingOrder, Sort, SortBy};
use super::{NodeId, NodeKind, Tree};

impl Tree {
    /// How rows are sorted.
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// Sorts the children of every node; rows that are loaded later fall into their places.
    pub fn set_sort(&mut self, sort: Sort) {
        if self.sort != sort {
            self.sort = sort;
            self.refresh(NodeId::ACCOUNT, None);
        }
    }

    /// The children in the order shown.
    pub(super) fn display_order<'a>(&self, parent: NodeId, children: &'a [NodeId]) -> Cow<'a, [NodeId]> {
        if self.sort == Sort::default() || self.kind(parent) == NodeKind::Blob {
            return Cow::Borrowed(children);
        }
        let mut sorted = children.to_vec();
        match self.sort.by {
            SortBy::Name => {}
            SortBy::Size => sorted.sort_by_cached_key(|id| self.arena.size(*id).map(Reverse)),
            SortBy::Time => sorted.sort_by_cached_key(|id| self.arena.time(*id).map(Reverse)),
        }
        if self.sort.reversed {
            sorted.reverse();
            sorted.sort_by(|one, two| self.folders_first(*one, *two));
        }
        Cow::Owned(sorted)
    }

    /// Folders stay before blobs when sizes or times are sorted the other way round.
    fn folders_first(&self, one: NodeId, two: NodeId) -> Ordering {
        let is_blob = |id| self.sort.by != SortBy::Name && self.kind(id) == NodeKind::Blob;
        is_blob(one).cmp(&is_blob(two))
    }

    /// The order in which the children of a node are kept.
    pub(super) fn sibling_order(&self, parent: NodeId) -> SiblingOrder {
        if self.kind(parent) == NodeKind::Blob { SiblingOrder::NewestFirst } else { SiblingOrder::ByName }
    }

    pub(super) fn sibling_key<'r>(&self, id: NodeId, reader: &'r mut NameReader<'_>) -> SiblingKey<'r> {
        SiblingKey { name: reader.name(id), is_version: self.kind(id) == NodeKind::Version }
    }

    /// The index of a key among children in order, or the index at which it would be inserted.
    pub(super) fn search(&self, parent: NodeId, children: &[NodeId], key: SiblingKey<'_>) -> Result<usize, usize> {
        let (order, mut reader) = (self.sibling_order(parent), self.arena.name_reader());
        children.binary_search_by(|id| order.compare(self.sibling_key(*id, &mut reader), key))
    }

    /// The node with this key among children in order.
    pub(super) fn node_with_key(&self, parent: NodeId, children: &[NodeId], key: SiblingKey<'_>) -> Option<NodeId> {
        let index = self.search(parent, children, key).ok()?;
        children.get(index).copied()
    }

    /// Puts children of a node in order.
    pub(super) fn sort_siblings(&self, parent: NodeId, children: &mut [NodeId]) {
        let order = self.sibling_order(parent);
        let (mut left, mut right) = (self.arena.name_reader(), self.arena.name_reader());
        children
            .sort_by(|one, two| order.compare(self.sibling_key(*one, &mut left), self.sibling_key(*two, &mut right)));
    }

    /// Puts the nodes of a page, in order, among those of earlier pages, which are in order too.
    pub(super) fn insert_siblings(&self, parent: NodeId, listed: &mut Vec<NodeId>, placed: &[NodeId]) {
        let earlier = std::mem::take(listed);
        let (mut rest, mut reader) = (earlier.as_slice(), self.arena.name_reader());
        for id in placed {
            let (Ok(index) | Err(index)) = self.search(parent, rest, self.sibling_key(*id, &mut reader));
            let (before, behind) = rest.split_at(index);
            listed.extend(before);
            listed.push(*id);
            rest = behind;
        }
        listed.extend(rest);
    }
}
