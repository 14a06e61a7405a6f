//! Pages of any size, listings of any content, stopped and begun again: the children are always those of a simple model.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::children::LoadState;
use super::*;

/// What the model knows of a blob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Known {
    size: u64,
    deleted: bool,
}

/// The children of a container by name: those from the listing before and those from the pages of this one.
#[derive(Default)]
struct Model {
    before: BTreeMap<String, Known>,
    listed: BTreeMap<String, Known>,
}

impl Model {
    /// What is there: listed blobs; of those before, the blobs after the last listed name and the deleted ones, which a
    /// hierarchical account lists last.
    fn children(&self) -> BTreeMap<String, Known> {
        let last = self.listed.keys().next_back();
        let stays = |name: &String, known: &Known| known.deleted || last.is_none_or(|last| name > last);
        let old = self.before.iter().filter(|(name, known)| stays(name, known));
        old.chain(&self.listed).map(|(name, known)| (name.clone(), *known)).collect()
    }

    fn begin(&mut self) {
        self.before = self.children();
        self.listed.clear();
    }

    /// A blob that exists counts before a deleted one of its name; else the first counts.
    fn take(&mut self, page: &[(String, Known)], is_last: bool) {
        for (name, known) in page {
            let listed = self.listed.entry(name.clone()).or_insert(*known);
            if listed.deleted && !known.deleted {
                *listed = *known;
            }
        }
        if is_last {
            self.before.clear();
        }
    }
}

/// A listing of a hierarchical account: what exists by name, then what was deleted by name. A name can be among both.
fn listing() -> impl Strategy<Value = Vec<(String, Known)>> {
    let blobs = || prop::collection::btree_map("[a-f]", 0..9_u64, 0..6);
    (blobs(), blobs()).prop_map(|(existing, deleted)| {
        let known = |deleted| move |(name, size)| (name, Known { size, deleted });
        existing.into_iter().map(known(false)).chain(deleted.into_iter().map(known(true))).collect()
    })
}

/// The children of the container as the tree has them.
fn children(tree: &Tree, node: NodeId) -> BTreeMap<String, Known> {
    let known = |id: &NodeId| Known { size: tree.arena.size(*id).unwrap(), deleted: tree.arena.is_deleted(*id) };
    tree.children[&node].nodes.iter().map(|id| (tree.arena.name(*id), known(id))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Each listing is taken in pages of `size`, and only its first `taken` pages: after them the next listing begins.
    #[test]
    fn t10_the_children_are_those_of_the_model_after_every_page(
        listings in prop::collection::vec((listing(), 1..4_usize, 1..9_usize), 1..5),
    ) {
        let mut tree = Account::new(9, ["c/x"]).tree(40);
        let node = tree.find(&container("c")).unwrap();
        let mut model = Model::default();
        for (blobs, size, taken) in listings {
            tree.reload(node);
            model.begin();
            let pages: Vec<&[(String, Known)]> =
                if blobs.is_empty() { vec![&[]] } else { blobs.chunks(size).collect() };
            for (index, page) in pages.iter().enumerate().take(taken) {
                let is_last = index + 1 == pages.len();
                let entry = |(name, known): &(String, Known)| {
                    let Known { size, deleted } = *known;
                    Entry::Blob(Box::new(BlobItem { name: name.clone(), size, deleted, ..BlobItem::default() }))
                };
                let next = (!is_last).then(|| index.to_string());
                tree.take_entries(node, &Page { items: page.iter().map(entry).collect(), next });
                model.take(page, is_last);
                prop_assert_eq!(children(&tree, node), model.children());
                let nodes = &tree.children[&node].nodes;
                prop_assert!(nodes.iter().map(|id| tree.arena.name(*id)).is_sorted_by(|one, two| one < two));
                let bytes: u64 = model.children().values().filter(|known| !known.deleted).map(|known| known.size).sum();
                prop_assert_eq!(tree.children[&node].bytes, bytes);
                prop_assert_eq!(tree.load_state(node) == &LoadState::Done, is_last);
            }
        }
    }
}
