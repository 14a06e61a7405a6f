//! Filter, sort, and pages that come in an order of their own.

use super::*;

#[test]
fn t31_t32_a_filter_names_its_reach_and_leaves_the_view_as_it_was() {
    let account = Account::new(50, ["c/Alpha", "c/beta", "c/d/GAMMA alpha", "c/ÄPFEL", "c/zeta"]);
    let mut tree = account.tree(20);
    account.open(&mut tree, &container("c"));
    account.open(&mut tree, &folder("c/d/"));
    tree.jump(tree.find(&blob("c/zeta")).unwrap());
    let before = screen(&tree);
    tree.set_filter("aLp");
    assert_eq!(screen(&tree)[1..], [" >vc", "  Alpha", "  vd/", "   GAMMA alpha"]);
    assert_eq!(tree.filter(), Some(Filter { text: "aLp", matches: 2, among: 7 }));
    tree.set_filter("äp");
    assert_eq!(screen(&tree), ["vmedia", " >vc", "  ÄPFEL"]);
    tree.set_filter("nothing");
    assert_eq!(tree.filter().unwrap().matches, 0);
    tree.clear_filter();
    assert_eq!(screen(&tree), before);
    tree.set_filter("gamma");
    tree.go(Move::End);
    tree.keep_filtered();
    assert_eq!(tree.key(tree.cursor()), blob("c/d/GAMMA alpha"));
}

#[test]
fn t31_an_open_row_that_matches_alone_says_that_the_filter_hides_what_is_in_it() {
    let account = Account::new(50, ["c/d/one", "c/d/two", "c/e/one", "c/e/dune"]);
    let mut tree = account.tree(20);
    account.open(&mut tree, &container("c"));
    tree.set_filter("d");
    assert_eq!(screen(&tree)[1..], [" vc", "  >+d/"], "a closed row hides nothing");
    account.open(&mut tree, &folder("c/d/"));
    account.open(&mut tree, &folder("c/e/"));
    assert_eq!(screen(&tree)[1..], [" vc", "  >vd/", "   [2 hidden]", "  ve/", "   dune"]);
    tree.clear_filter();
    assert_eq!(screen(&tree)[5], "   [2 complete]");
}

#[test]
fn t32_the_filter_restores_the_cursor_although_pages_came_meanwhile() {
    let account = Account::numbered(5, 40);
    let mut tree = account.tree(6);
    account.open(&mut tree, &container("c"));
    account.go(&mut tree, Move::Down(4));
    let held = cursor(&tree);
    let node = tree.find(&container("c")).unwrap();
    tree.set_filter("3");
    tree.load_to_end(node);
    let requests = pages(&mut tree);
    account.settle(&mut tree, requests);
    assert_eq!(tree.filter().unwrap().matches, 13);
    tree.clear_filter();
    assert_eq!(cursor(&tree), held);
}

#[test]
fn sorted_by_size_a_partial_level_says_so_and_later_rows_fall_into_place() {
    let account = Account::new(3, ["c/a", "c/bbb", "c/cc", "c/dddd", "c/e/x", "c/fffff"]);
    let mut tree = account.tree(20);
    tree.set_sort(Sort { by: SortBy::Size, reversed: false });
    let node = tree.find(&container("c")).unwrap();
    tree.open(node);
    let requests = pages(&mut tree);
    tree.resize(0);
    account.answer(&mut tree, &requests[0]);
    let names = |tree: &Tree| {
        let rows = tree.rows_at(2, 6).into_iter();
        rows.filter_map(|row| match row.item {
            RowItem::Node { name, .. } => Some(name),
            RowItem::Status(_) => None,
        })
        .collect::<Vec<_>>()
    };
    assert_eq!(names(&tree), ["bbb", "cc", "a"]);
    let partial = RowItem::Status(ListingStatus::Partial { loaded: 3, sorted: true });
    assert!(tree.rows_at(0, 20).iter().any(|row| row.item == partial));
    tree.load_to_end(node);
    let requests = pages(&mut tree);
    account.settle(&mut tree, requests);
    assert_eq!(names(&tree), ["e/", "fffff", "dddd", "bbb", "cc", "a"]);
    tree.set_sort(Sort { by: SortBy::Size, reversed: true });
    assert_eq!(names(&tree), ["e/", "a", "cc", "bbb", "dddd", "fffff"]);
    tree.set_sort(Sort { by: SortBy::Name, reversed: true });
    assert_eq!(names(&tree), ["fffff", "e/", "dddd", "cc", "bbb", "a"]);
}

#[test]
fn a_page_with_blobs_before_folders_still_shows_in_name_order() {
    let account = Account::new(50, ["c/x"]);
    let mut tree = account.tree(20);
    let node = tree.find(&container("c")).unwrap();
    tree.open(node);
    let grouped = [entry("b", false), entry("d", false), entry("b/", true), entry("a/", true)];
    tree.take_entries(node, &Page { items: grouped.to_vec(), next: None });
    assert_eq!(screen(&tree)[2..6], ["  +a/", "  b", "  +b/", "  d"]);
    assert_eq!(tree.totals().loaded, 1);
    tree.jump(node);
    assert_eq!(tree.totals(), ListingTotals { loaded: 4, bytes: 2, complete: true });
}

#[test]
fn a_row_that_comes_twice_is_one_row_and_a_folder_is_not_the_blob_of_its_name() {
    let account = Account::new(50, ["c/a", "c/a/", "c/a/b"]);
    let mut tree = account.tree(20);
    let node = account.open(&mut tree, &container("c"));
    account.open(&mut tree, &folder("c/a/"));
    assert_eq!(screen(&tree)[2..7], ["  a", "  +a/".replace('+', "v").as_str(), "   ", "   b", "   [2 complete]"]);
    for key in [blob("c/a"), folder("c/a/"), blob("c/a/"), blob("c/a/b")] {
        assert_eq!(tree.key(tree.find(&key).unwrap()), key);
    }
    let loaded = tree.loaded_nodes();
    tree.reload(node);
    let requests = pages(&mut tree);
    account.settle(&mut tree, requests);
    assert_eq!(tree.loaded_nodes(), loaded);
}
