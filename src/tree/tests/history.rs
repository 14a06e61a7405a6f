//! The history of a blob as rows: snapshots and older versions together, newest first, on pages of any size.

use super::*;

fn time(second: usize) -> String {
    format!("2026-02-03T04:05:{second:02}.1234567Z")
}

/// The rows under a blob as `s` or `v` and the seconds of their time.
fn rows(tree: &Tree) -> Vec<String> {
    let item = |row: Row<'_>| match row.item {
        RowItem::Node { kind: NodeKind::Snapshot, name, .. } => Some(format!("s{}", &name[17..19])),
        RowItem::Node { kind: NodeKind::Version, name, .. } => Some(format!("v{}", &name[17..19])),
        _ => None,
    };
    tree.rows().into_iter().filter_map(item).collect()
}

/// A blob with an older version each second, and a snapshot each second one, the first at the very time of the version.
fn account(page: usize) -> Account {
    let versions = (0..6).map(|second| format!("c/a%{}", time(second)));
    let snapshots = (0..6).step_by(2).map(|second| format!("c/a@{}", time(second)));
    Account::new(page, ["c/a".to_owned(), "c/a.txt".to_owned()].into_iter().chain(versions).chain(snapshots))
}

const ALL: [&str; 9] = ["v05", "s04", "v04", "v03", "s02", "v02", "v01", "s00", "v00"];

fn opened(account: &Account) -> Tree {
    let mut tree = account.tree(40);
    account.open(&mut tree, &container("c"));
    account.open(&mut tree, &blob("c/a"));
    tree
}

#[test]
fn t29_snapshots_and_versions_stand_together_newest_first_on_pages_of_any_size() {
    for page in 1..=12 {
        let account = account(page);
        let mut tree = opened(&account);
        assert_eq!(rows(&tree), ALL, "pages of {page}");
        assert_eq!(tree.history_counts(tree.find(&blob("c/a")).unwrap()), (3, 6));
        // Again, with the cursor on a version: nothing moves and no row is another one.
        let key = NodeKey { kind: NodeKind::Version, path: "c/a".into(), time: Some(time(2)) };
        let node = tree.find(&key).unwrap();
        assert!(tree.jump(node));
        let blob = tree.find(&blob("c/a")).unwrap();
        tree.reload(blob);
        let requests = pages(&mut tree);
        account.settle(&mut tree, requests);
        assert_eq!((rows(&tree), tree.cursor()), (ALL.map(str::to_owned).to_vec(), node), "pages of {page}");
    }
}

#[test]
fn t29_a_snapshot_and_a_version_of_the_same_time_are_two_rows_with_two_keys() {
    let tree = opened(&account(50));
    let key = |kind| NodeKey { kind, path: "c/a".into(), time: Some(time(4)) };
    let (snapshot, version) = (tree.find(&key(NodeKind::Snapshot)), tree.find(&key(NodeKind::Version)));
    assert!(snapshot.is_some() && version.is_some() && snapshot != version);
    for node in [snapshot.unwrap(), version.unwrap()] {
        assert_eq!(tree.find(&tree.key(node)), Some(node));
    }
}

#[test]
fn t25_the_place_on_a_version_is_found_again() {
    let account = account(2);
    let mut tree = opened(&account);
    let key = NodeKey { kind: NodeKind::Version, path: "c/a".into(), time: Some(time(4)) };
    assert!(tree.jump(tree.find(&key).unwrap()));
    let place = tree.place();
    let mut again = account.tree(40);
    again.restore(&place);
    let requests = pages(&mut again);
    account.settle(&mut again, requests);
    assert_eq!(again.key(again.cursor()), key);
    assert_eq!(again.place(), place);
}

#[test]
fn t25_sorting_and_filtering_leave_a_history_in_its_order() {
    let account = account(50);
    let mut tree = opened(&account);
    for by in [SortBy::Size, SortBy::Time, SortBy::Name] {
        tree.set_sort(Sort { by, reversed: true });
        assert_eq!(rows(&tree), ALL, "{by:?}");
    }
    tree.set_filter(":04.");
    assert_eq!(rows(&tree), ["s04", "v04"]);
    tree.clear_filter();
    assert_eq!(rows(&tree), ALL);
}

#[test]
fn t23_versions_are_not_among_the_siblings_that_rules_are_made_of() {
    let tree = opened(&account(50));
    let names = tree.complete_names(&crate::select::ListingKey::Snapshots("c/a".into())).unwrap();
    assert_eq!(names.iter().collect::<Vec<_>>(), [time(4), time(2), time(0)]);
}

#[test]
fn t07_closing_a_blob_cancels_its_history_and_opening_it_goes_on() {
    let account = account(3);
    let mut tree = account.tree(40);
    account.open(&mut tree, &container("c"));
    let node = tree.find(&blob("c/a")).unwrap();
    tree.open(node);
    let requests = pages(&mut tree);
    assert_eq!(account.answer(&mut tree, &requests[0]).len(), 1, "all of it is listed, since the newest come last");
    tree.close(node);
    assert_eq!(tree.take_requests().cancelled, [node]);
    account.open(&mut tree, &blob("c/a"));
    assert_eq!(rows(&tree), ALL);
}
