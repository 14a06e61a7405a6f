//! The cursor and the window: moves, what stays on its line, and what is remembered.

use super::*;

#[test]
fn t11_the_row_under_the_cursor_stays_on_its_line_while_pages_arrive() {
    let account = Account::new(2, (0..9).flat_map(|n| [format!("a/{n}"), format!("b/{n}")]));
    let mut tree = account.tree(12);
    let first = tree.find(&container("a")).unwrap();
    let second = tree.find(&container("b")).unwrap();
    tree.open(first);
    let mut above = pages(&mut tree);
    tree.resize(4);
    tree.open(second);
    let mut below = pages(&mut tree);
    tree.jump(second);
    let held = cursor(&tree);
    assert_eq!(held.0, "b");
    while let (Some(one), two) = (above.pop(), below.pop()) {
        above.extend(account.answer(&mut tree, &one));
        assert_eq!(cursor(&tree), held, "after a page above");
        if let Some(two) = two {
            below.extend(account.answer(&mut tree, &two));
            assert_eq!(cursor(&tree), held, "after a page below");
        }
    }
}

#[test]
fn t15_ends_pages_half_pages_and_counts_work_at_any_height() {
    let account = Account::numbered(500, 100);
    for height in [0, 1, 2, 3, 10, 1000] {
        let mut tree = account.tree(20);
        account.open(&mut tree, &container("c"));
        tree.resize(height);
        tree.go(Move::End);
        assert!(tree.on_status());
        assert_eq!(tree.cursor(), NodeId::ACCOUNT);
        tree.go(Move::Home);
        assert_eq!((tree.cursor(), tree.on_status()), (NodeId::ACCOUNT, false));
        tree.go(Move::Down(7));
        assert_eq!(tree.key(tree.cursor()).path, "c/0005");
        for (there, back) in
            [(Move::PageDown, Move::PageUp), (Move::HalfDown, Move::HalfUp), (Move::Down(3), Move::Up(3))]
        {
            let before = (tree.cursor(), tree.on_status());
            tree.go(there);
            assert!(height <= 1 || (tree.cursor(), tree.on_status()) != before);
            tree.go(back);
            if height < 50 {
                assert_eq!((tree.cursor(), tree.on_status()), before, "{there:?} at {height}");
            }
        }
        let lines = tree.rows();
        assert!(height == 0 || lines.iter().any(|row| row.cursor), "the cursor is seen at {height}");
        assert!(lines.len() <= height);
    }
}

#[test]
fn t18_the_breadcrumb_leads_from_the_account_to_the_cursor() {
    let account = Account::new(10, ["c/a/b/x"]);
    let mut tree = account.tree(20);
    for key in [container("c"), folder("c/a/"), folder("c/a/b/")] {
        account.open(&mut tree, &key);
    }
    let node = tree.find(&blob("c/a/b/x")).unwrap();
    assert!(tree.jump(node));
    let parts: Vec<(NodeId, String)> = tree.breadcrumb();
    assert_eq!(parts.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["media", "c", "a/", "b/", "x"]);
    assert!(tree.jump(parts[2].0));
    assert_eq!(tree.key(tree.cursor()), folder("c/a/"));
}

#[test]
fn t19_left_closes_or_goes_up_and_right_opens_or_goes_in() {
    let account = Account::new(10, ["c/a/x"]);
    let mut tree = account.tree(20);
    let mut path = Vec::new();
    for by in [
        Move::Right,
        Move::Right,
        Move::Right,
        Move::Right,
        Move::Right,
        Move::Left,
        Move::Left,
        Move::Left,
        Move::Left,
    ] {
        account.go(&mut tree, by);
        path.push(tree.key(tree.cursor()).path);
    }
    assert_eq!(path, ["c", "c", "c/a/", "c/a/", "c/a/x", "c/a/", "c/a/", "c", "c"]);
    assert!(!tree.is_open(tree.cursor()));
    account.go(&mut tree, Move::Down(1));
    assert!(tree.on_status());
    account.go(&mut tree, Move::Left);
    assert_eq!(tree.cursor(), NodeId::ACCOUNT);
}

#[test]
fn t25_place_is_found_again_after_a_restart_however_deep_the_pages() {
    let mut blobs: Vec<String> = (0..60).map(|n| format!("c/{n:03}")).collect();
    blobs.extend(["c/030d/x".to_owned(), "c/030d/y".to_owned(), "d/z".to_owned()]);
    let account = Account::new(7, blobs);
    let mut tree = account.tree(10);
    tree.seek(&blob("c/030d/y"));
    let requests = pages(&mut tree);
    account.settle(&mut tree, requests);
    assert_eq!(tree.key(tree.cursor()), blob("c/030d/y"));
    tree.go(Move::ScrollDown(2));
    let (saved, held) = (tree.place(), cursor(&tree));
    let mut again = Tree::new("media");
    again.restore(&saved);
    again.resize(10);
    let requests = pages(&mut again);
    assert_eq!(again.place(), saved, "a place not reached yet is not forgotten");
    account.settle(&mut again, requests);
    assert_eq!((again.place(), cursor(&again)), (saved, held));
}

#[test]
fn a_place_that_is_gone_ends_at_its_nearest_parent() {
    let account = Account::new(4, (0..9).map(|n| format!("c/{n}")));
    let mut tree = account.tree(5);
    tree.seek(&blob("c/gone/x"));
    let requests = pages(&mut tree);
    account.settle(&mut tree, requests);
    assert_eq!(tree.key(tree.cursor()), container("c"));
    assert!(tree.place().open.contains(&container("c")));
}

#[test]
fn a_click_and_the_wheel_keep_the_cursor_in_view() {
    let account = Account::numbered(500, 100);
    let mut tree = account.tree(10);
    account.open(&mut tree, &container("c"));
    account.go(&mut tree, Move::Line(4));
    assert_eq!(cursor(&tree), ("c/0002".to_owned(), 4));
    account.go(&mut tree, Move::ScrollDown(7));
    assert_eq!(cursor(&tree), ("c/0005".to_owned(), 0));
    account.go(&mut tree, Move::ScrollUp(500));
    assert_eq!(cursor(&tree), ("c/0005".to_owned(), 7));
}

#[test]
fn closing_a_long_folder_shows_what_stands_above_it_instead_of_an_empty_window() {
    let account = Account::numbered(100, 60);
    let mut tree = account.tree(10);
    let node = account.open(&mut tree, &container("c"));
    account.go(&mut tree, Move::End);
    account.go(&mut tree, Move::Home);
    assert_eq!(cursor(&tree), (String::new(), 0));
    account.go(&mut tree, Move::End);
    tree.jump(node);
    assert_eq!((cursor(&tree).1, tree.extent().1), (1, 0), "the account stands above the container");
    account.go(&mut tree, Move::Left);
    assert!(!tree.is_open(node));
    assert_eq!(tree.cursor(), node);
    assert_eq!(tree.extent().1, 0, "the account above it is in view still");
    account.go(&mut tree, Move::End);
    account.go(&mut tree, Move::Home);
    assert_eq!(cursor(&tree), (String::new(), 0));
}

#[test]
fn going_to_a_parent_and_closing_it_keeps_as_much_of_the_path_in_view_as_there_is_room_for() {
    let names = (0..60).map(|number| format!("c/one/two/three/{number:02}"));
    let account = Account::new(100, names.chain((0..60).map(|number| format!("d{number:02}/x"))));
    for height in 1..9 {
        let mut tree = account.tree(height);
        let path = [container("c"), folder("c/one/"), folder("c/one/two/"), folder("c/one/two/three/")];
        for part in &path {
            account.open(&mut tree, part);
        }
        account.go(&mut tree, Move::Down(40));
        // Out of the long folder, which is then closed, and so on up to the account.
        for depth in (1..=path.len()).rev() {
            for key in ["to the parent", "closed"] {
                account.go(&mut tree, Move::Left);
                let above: Vec<String> = tree.breadcrumb().iter().map(|(id, _)| tree.key(*id).path).collect();
                assert_eq!(above.len(), depth + 1, "{key}");
                let seen: Vec<String> = tree.rows().iter().map(|row| tree.key(row.id).path).collect();
                let room = above.len().min(height);
                assert_eq!(
                    seen[..room],
                    above[above.len() - room..],
                    "{height} lines, {key}: {}",
                    screen(&tree).join("\n")
                );
            }
        }
    }
}
