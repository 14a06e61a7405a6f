//! What was deleted from a hierarchical account: listed after all that is there, from the first name on, and shown in its place.

use super::*;

fn blob_item(name: &str, deleted: bool) -> Entry {
    Entry::Blob(Box::new(BlobItem {
        name: name.to_owned(),
        size: if deleted { 1 } else { 5 },
        deleted,
        ..BlobItem::default()
    }))
}

fn directory(name: &str, deleted: bool) -> Entry {
    let last_modified = "Mon, 02 Feb 2026 03:04:05 GMT".to_owned();
    Entry::Directory(Box::new(BlobItem {
        name: name.to_owned(),
        directory: true,
        deleted,
        last_modified,
        ..BlobItem::default()
    }))
}

/// Answers the listing of `c` with these entries in pages of `size`; a marker is the number of entries before it.
fn list(tree: &mut Tree, mut requests: Vec<PageRequest>, entries: &[Entry], size: usize) {
    while let Some(request) = requests.pop() {
        let start: usize = request.marker.as_ref().map_or(0, |marker| marker.parse().unwrap());
        let items = entries.iter().skip(start).take(size).cloned().collect();
        let next = (start + size < entries.len()).then(|| (start + size).to_string());
        tree.take_entries(request.node, &Page { items, next });
        requests.extend(pages(tree));
    }
}

fn opened(entries: &[Entry], size: usize) -> (Tree, NodeId) {
    let mut tree = Account::new(9, ["c/x"]).tree(30);
    let node = tree.find(&container("c")).unwrap();
    tree.open(node);
    let requests = pages(&mut tree);
    list(&mut tree, requests, entries, size);
    (tree, node)
}

/// Names as shown, deleted ones in brackets, with the size of what has one.
fn shown_rows(tree: &Tree) -> Vec<String> {
    let rows = tree.rows();
    let name = |row: &Row| match &row.item {
        RowItem::Node { name, deleted, size, .. } if row.depth == 2 => {
            let size = size.map_or_else(String::new, |size| format!(" {size}"));
            Some(if *deleted { format!("({name}){size}") } else { format!("{name}{size}") })
        }
        _ => None,
    };
    rows.iter().filter_map(name).collect()
}

fn entries() -> Vec<Entry> {
    let there = ["b", "d", "m"].map(|name| blob_item(name, false));
    let deleted = ["a", "d", "e", "z"].map(|name| blob_item(name, true));
    let folders = [directory("k/", false), directory("l/", false)];
    let gone = [directory("k/", true), Entry::Prefix("l/".into()), directory("q/", true), Entry::Prefix("q/".into())];
    there.into_iter().take(2).chain(folders).chain([blob_item("m", false)]).chain(deleted).chain(gone).collect()
}

#[test]
fn t05_deleted_rows_stand_in_name_order_and_never_in_the_place_of_what_is_there() {
    for size in [1, 2, 3, 50] {
        let (mut tree, node) = opened(&entries(), size);
        tree.jump(node);
        assert_eq!(
            shown_rows(&tree),
            ["(a) 1", "b 5", "d 5", "(e) 1", "k/", "l/", "m 5", "(q/)", "(z) 1"],
            "pages of {size}"
        );
        assert_eq!(tree.totals(), ListingTotals { loaded: 9, bytes: 15, complete: true }, "pages of {size}");
        let dated = tree.find(&folder("c/l/")).unwrap();
        assert!(tree.arena.time(dated).is_some(), "a mere name does not take a directory's date");
        assert_eq!(*tree.load_state(node), LoadState::Done);
    }
}

#[test]
fn t10_deleted_rows_and_a_cursor_on_one_stay_while_a_level_is_listed_again() {
    for size in [1, 2, 3, 50] {
        let (mut tree, node) = opened(&entries(), size);
        let before = shown_rows(&tree);
        tree.jump(tree.find(&blob("c/e")).unwrap());
        tree.reload(node);
        let mut requests = pages(&mut tree);
        let entries = entries();
        while let Some(request) = requests.pop() {
            let start: usize = request.marker.as_ref().map_or(0, |marker| marker.parse().unwrap());
            let items = entries.iter().skip(start).take(size).cloned().collect();
            let next = (start + size < entries.len()).then(|| (start + size).to_string());
            tree.take_entries(request.node, &Page { items, next });
            requests.extend(pages(&mut tree));
            assert_eq!(shown_rows(&tree), before, "pages of {size}");
            assert_eq!(tree.key(tree.cursor()).path, "c/e", "pages of {size}");
        }
        assert_eq!(*tree.load_state(node), LoadState::Done);
    }
}

#[test]
fn t12_what_is_deleted_written_again_or_gone_for_good_since_is_shown_so() {
    for size in [1, 2, 50] {
        let (mut tree, node) = opened(&entries(), size);
        tree.jump(tree.find(&blob("c/e")).unwrap());
        tree.reload(node);
        let requests = pages(&mut tree);
        let now = [blob_item("a", false), blob_item("d", false), blob_item("b", true), blob_item("d", true)];
        list(&mut tree, requests, &now, size);
        assert_eq!(shown_rows(&tree), ["a 5", "(b) 1", "d 5"], "pages of {size}");
        assert_eq!(tree.totals(), ListingTotals { loaded: 3, bytes: 10, complete: true });
        assert_eq!(tree.key(tree.cursor()).path, "c/d", "the nearest that is left");
    }
}
