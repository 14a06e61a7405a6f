//! Listings: first page, next page, failure, waiting, closing, snapshots.

use super::*;

#[test]
fn t01_rows_show_with_the_first_page_while_more_are_to_come() {
    let account = Account::numbered(3, 10);
    let mut tree = account.tree(8);
    let node = tree.find(&container("c")).unwrap();
    tree.open(node);
    let requests = pages(&mut tree);
    assert_eq!(requests.len(), 1);
    assert_eq!(screen(&tree), [">vmedia", " vc", "  [0 loading]", " [1 complete]"]);
    account.answer(&mut tree, &requests[0]);
    assert_eq!(screen(&tree)[1..6], [" vc", "  0000", "  0001", "  0002", "  [3 loading]"]);
}

#[test]
fn t02_loading_is_a_row_and_children_take_its_place() {
    let account = Account::new(10, ["c/a/x", "c/b"]);
    let mut tree = account.tree(20);
    assert_eq!(screen(&tree), [">vmedia", " +c", " [1 complete]"]);
    let node = tree.find(&container("c")).unwrap();
    tree.open(node);
    let requests = pages(&mut tree);
    assert_eq!(screen(&tree)[2], "  [0 loading]");
    tree.go(Move::Down(2));
    account.settle(&mut tree, requests);
    assert_eq!(screen(&tree), ["vmedia", " vc", "  >+a/", "  b", "  [2 complete]", " [1 complete]"]);
}

#[test]
fn t03_the_next_page_is_asked_for_a_screen_before_the_end() {
    let account = Account::numbered(20, 200);
    let mut tree = account.tree(5);
    let node = account.open(&mut tree, &container("c"));
    assert_eq!(tree.totals().loaded, 1, "the account's own level");
    assert_eq!(tree.loaded_names("/c/", "", 1000).len(), 20);
    account.go(&mut tree, Move::Down(10));
    assert_eq!(tree.loaded_names("/c/", "", 1000).len(), 20, "two screens before the end nothing is asked");
    account.go(&mut tree, Move::Down(7));
    assert_eq!(tree.loaded_names("/c/", "", 1000).len(), 40);
    assert!(matches!(tree.load_state(node), LoadState::Partial { marker } if marker == "40"));
}

#[test]
fn t04_t05_every_end_of_a_level_has_its_own_line() {
    let account = Account::numbered(2, 4);
    let mut tree = account.tree(1);
    tree.resize(0);
    let node = tree.find(&container("c")).unwrap();
    let last = |tree: &Tree| {
        let rows = tree.rows_at(0, 100);
        format!("{:?}", rows[rows.len() - 2].item)
    };
    tree.open(node);
    let requests = pages(&mut tree);
    assert!(last(&tree).contains("Loading"));
    tree.fail(node, Fault::local("list c", "the network is down"));
    assert!(last(&tree).contains("Failed"));
    tree.retry(node);
    let request = pages(&mut tree).remove(0);
    assert_eq!(request, requests[0]);
    tree.fail(node, denied());
    assert!(last(&tree).contains("Forbidden"));
    tree.retry(node);
    let request = pages(&mut tree).remove(0);
    account.answer(&mut tree, &request);
    assert!(last(&tree).contains("Partial { loaded: 2"));
    tree.load_to_end(node);
    let requests = pages(&mut tree);
    account.settle(&mut tree, requests);
    assert!(last(&tree).contains("Complete { loaded: 4 }"));
    let empty = Account::new(2, ["c/"]);
    let mut tree = empty.tree(9);
    let node = tree.find(&container("c")).unwrap();
    tree.open(node);
    tree.take_entries(node, &Page { items: Vec::new(), next: None });
    assert!(last(&tree).contains("Empty"));
}

#[test]
fn t06_a_failed_page_keeps_the_rows_and_retry_goes_on_from_the_same_marker() {
    let account = Account::numbered(3, 9);
    let mut tree = account.tree(4);
    let node = tree.find(&container("c")).unwrap();
    tree.open(node);
    let requests = pages(&mut tree);
    let requests = account.answer(&mut tree, &requests[0]);
    assert_eq!(requests[0].marker.as_deref(), Some("3"));
    tree.fail(node, Fault::local("list c", "it was cut"));
    tree.go(Move::Down(5));
    assert!(pages(&mut tree).is_empty(), "a failed level is not asked for by itself");
    assert!(
        screen(&tree).iter().any(|line| line.contains("0002"))
            && screen(&tree).iter().any(|line| line.contains("failed"))
    );
    tree.retry(node);
    assert_eq!(pages(&mut tree), [requests[0].clone()]);
}

#[test]
fn t07_closing_cancels_and_opening_goes_on_from_the_last_marker() {
    let account = Account::numbered(3, 30);
    let mut tree = account.tree(10);
    let node = tree.find(&container("c")).unwrap();
    tree.open(node);
    let requests = pages(&mut tree);
    let requests = account.answer(&mut tree, &requests[0]);
    tree.close(node);
    assert_eq!(tree.take_requests().cancelled, vec![node]);
    assert!(account.answer(&mut tree, &requests[0]).is_empty(), "a late page is not taken");
    tree.open(node);
    let outbox = tree.take_requests();
    assert_eq!(outbox.pages, requests);
    assert!(outbox.cancelled.is_empty());
}

#[test]
fn t07_leaving_a_folder_cancels_what_is_under_it_too() {
    let account = Account::new(5, ["c/a/b/x", "c/z"]);
    let mut tree = account.tree(10);
    let top = account.open(&mut tree, &container("c"));
    let inner = tree.find(&folder("c/a/")).unwrap();
    tree.open(inner);
    assert_eq!(pages(&mut tree).len(), 1);
    tree.close(top);
    assert_eq!(tree.take_requests().cancelled, vec![inner]);
    tree.open(top);
    assert_eq!(pages(&mut tree).len(), 1, "the inner folder is open still and asks again");
}

#[test]
fn t29_snapshots_open_under_their_blob_newest_first_and_other_names_are_left_out() {
    let times = ["2026-01-01T00:00:00.0000001Z", "2026-01-02T00:00:00.0000000Z", "2025-12-31T00:00:00.0000000Z"];
    let mut blobs: Vec<String> = times.iter().map(|time| format!("c/a@{time}")).collect();
    blobs.extend(["c/a".to_owned(), "c/ab".to_owned(), "c/ab@2026-03-01T00:00:00.0000000Z".to_owned()]);
    blobs.extend((0..100).map(|index| format!("c/ac{index:02}")));
    let account = Account::new(5, blobs);
    let mut tree = account.tree(6);
    account.open(&mut tree, &container("c"));
    let node = tree.find(&blob("c/a")).unwrap();
    tree.open(node);
    let requests = pages(&mut tree);
    assert_eq!(requests[0].listing, Listing::History { container: "c".to_owned(), name: "a".to_owned() });
    assert_eq!(account.settle(&mut tree, requests), 1, "it stops where other names begin");
    let lines = screen(&tree);
    assert_eq!(lines[3], format!("   {}", times[1]));
    assert_eq!(lines[4], format!("   {}", times[0]));
    let snapshot = NodeKey { time: Some(times[0].to_owned()), kind: NodeKind::Snapshot, path: "c/a".to_owned() };
    assert_eq!(tree.key(tree.find(&snapshot).unwrap()), snapshot);
    let level = crate::select::ListingKey::Snapshots("c/a".to_owned());
    let names = tree.complete_names(&level).unwrap();
    assert_eq!(names.iter().collect::<Vec<_>>(), [times[1], times[0], times[2]]);
}

#[test]
fn t23_a_level_is_handed_over_only_when_it_is_complete() {
    let account = Account::numbered(3, 10);
    let mut tree = account.tree(2);
    let node = account.open(&mut tree, &container("c"));
    let level = crate::select::ListingKey::Names("/c/".to_owned());
    assert!(!tree.is_complete(&level) && tree.complete_names(&level).is_none());
    tree.load_to_end(node);
    let requests = pages(&mut tree);
    assert_eq!(account.settle(&mut tree, requests), 3);
    assert_eq!(tree.complete_names(&level).unwrap().iter().count(), 10);
}

#[test]
fn t09_what_is_in_view_is_asked_for_before_what_is_only_needed() {
    let account = Account::new(1, ["a/1", "a/2", "b/1", "b/2", "c/1", "c/2"]);
    let mut tree = account.tree(40);
    let nodes: Vec<NodeId> = ["a", "b", "c"].map(|name| tree.find(&container(name)).unwrap()).to_vec();
    account.open(&mut tree, &container("c"));
    nodes.iter().take(2).for_each(|node| tree.load_to_end(*node));
    let away = pages(&mut tree);
    assert_eq!(away.len(), 2, "both are asked for although closed");
    for request in &away {
        account.answer(&mut tree, request);
    }
    tree.reload(nodes[2]);
    let requests = pages(&mut tree);
    assert_eq!(requests.first().map(|request| request.node), Some(nodes[2]), "{requests:?}");
}
