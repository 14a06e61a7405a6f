//! Listing a level again: rows stay until the new ones come, and the cursor goes where a person would look for it.

use super::*;

#[test]
fn t10_reload_keeps_rows_cursor_scroll_and_open_folders() {
    let mut blobs: Vec<String> = (0..40).map(|n| format!("c/{n:03}")).collect();
    blobs.push("c/020d/x".to_owned());
    let account = Account::new(10, blobs);
    let mut tree = account.tree(6);
    let node = account.open(&mut tree, &container("c"));
    tree.seek(&blob("c/020d/x"));
    let requests = pages(&mut tree);
    account.settle(&mut tree, requests);
    account.go(&mut tree, Move::ScrollDown(1));
    let (before, stage) = (screen(&tree), tree.load_state(node).clone());
    tree.reload(node);
    let requests = pages(&mut tree);
    assert_eq!(screen(&tree), before, "nothing moves before the first page");
    assert_eq!(requests[0].marker, None);
    account.settle(&mut tree, requests);
    assert_eq!(screen(&tree), before);
    assert_eq!(*tree.load_state(node), stage, "it went on to what is seen and no further");
}

/// The cursor's path after a reload in which some rows are gone.
fn after_losing(at: &str, gone: &[&str]) -> String {
    let names = ["c/a", "c/b", "c/d/x", "c/e"];
    let account = Account::new(2, names);
    let mut tree = account.tree(20);
    let node = account.open(&mut tree, &container("c"));
    account.open(&mut tree, &folder("c/d/"));
    let kind = |path: &str| if path.ends_with('/') { folder(path) } else { blob(path) };
    tree.jump(tree.find(&kind(at)).unwrap());
    let left = Account::new(2, names.into_iter().filter(|name| !gone.contains(name)).chain(["x/keeps-the-account"]));
    tree.reload(node);
    let requests = pages(&mut tree);
    left.settle(&mut tree, requests);
    tree.key(tree.cursor()).path
}

#[test]
fn t12_a_cursor_whose_row_is_gone_goes_to_the_next_sibling_else_the_previous_else_the_parent() {
    assert_eq!(after_losing("c/b", &[]), "c/b");
    assert_eq!(after_losing("c/b", &["c/b"]), "c/d/");
    assert_eq!(after_losing("c/d/x", &["c/d/x"]), "c/e");
    assert_eq!(after_losing("c/e", &["c/e", "c/d/x"]), "c/b");
    assert_eq!(after_losing("c/e", &["c/a", "c/b", "c/d/x", "c/e"]), "c");
}

#[test]
fn t12_a_folder_that_is_gone_takes_its_listing_with_it() {
    let account = Account::new(9, ["c/d/x", "c/e"]);
    let mut tree = account.tree(20);
    let node = account.open(&mut tree, &container("c"));
    let inner = tree.find(&folder("c/d/")).unwrap();
    tree.open(inner);
    let late = pages(&mut tree);
    tree.reload(node);
    let requests = pages(&mut tree);
    Account::new(9, ["c/e", "c/f"]).give(&mut tree, &requests[0]);
    assert_eq!(tree.take_requests().cancelled, [inner]);
    assert!(account.answer(&mut tree, &late[0]).is_empty());
    assert_eq!(screen(&tree)[2..5], ["  e", "  f", "  [2 complete]"]);
    assert_eq!(tree.find(&folder("c/d/")), None);
}

#[test]
fn t06_a_reload_that_fails_keeps_the_old_rows() {
    let account = Account::numbered(4, 4);
    let mut tree = account.tree(20);
    let node = account.open(&mut tree, &container("c"));
    tree.reload(node);
    tree.fail(node, denied());
    assert_eq!(screen(&tree)[5..7], ["  0003", "  [4 forbidden]"]);
    tree.retry(node);
    let request = pages(&mut tree).remove(0);
    assert_eq!(request.marker, None);
    account.settle(&mut tree, vec![request]);
    assert_eq!(screen(&tree)[6], "  [4 complete]");
}
