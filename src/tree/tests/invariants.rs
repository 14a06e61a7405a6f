//! Whatever a person does and whatever the service answers, in whatever order: the visible rows are those of the open
//! levels, the cursor is on one of them and on the screen, and no listing is asked for twice at a time.

use proptest::prelude::*;

use super::super::refresh::FlattenedRows;
use super::*;

#[derive(Clone, Debug)]
enum Act {
    Go(Move),
    Open(usize),
    Close(usize),
    Reload(usize),
    Answer(usize),
    Fail(usize),
    Retry(usize),
    ToEnd(usize),
    Filter(&'static str),
    Unfilter,
    Sort(SortBy, bool),
    Resize(usize),
    Seek(usize),
    Restart,
    Change(usize),
}

fn act() -> impl Strategy<Value = Act> {
    let pick = 0..40_usize;
    let moves = prop::sample::select(vec![
        Move::Up(1),
        Move::Down(1),
        Move::Down(7),
        Move::PageUp,
        Move::PageDown,
        Move::HalfUp,
        Move::HalfDown,
        Move::Home,
        Move::End,
        Move::Left,
        Move::Right,
        Move::Line(2),
        Move::ScrollUp(3),
        Move::ScrollDown(3),
    ]);
    prop_oneof![
        4 => moves.prop_map(Act::Go),
        4 => pick.clone().prop_map(Act::Open),
        1 => pick.clone().prop_map(Act::Close),
        2 => pick.clone().prop_map(Act::Reload),
        8 => pick.clone().prop_map(Act::Answer),
        1 => pick.clone().prop_map(Act::Fail),
        1 => pick.clone().prop_map(Act::Retry),
        1 => pick.clone().prop_map(Act::ToEnd),
        1 => prop::sample::select(vec!["", "a", "é", "1"]).prop_map(Act::Filter),
        1 => Just(Act::Unfilter),
        1 => (prop::sample::select(vec![SortBy::Name, SortBy::Size, SortBy::Time]), any::<bool>())
            .prop_map(|(by, reversed)| Act::Sort(by, reversed)),
        1 => (0..12_usize).prop_map(Act::Resize),
        1 => pick.clone().prop_map(Act::Seek),
        1 => Just(Act::Restart),
        2 => pick.prop_map(Act::Change),
    ]
}

/// A person, the tree, the account and the requests under way.
struct Session {
    tree: Tree,
    account: Account,
    under_way: Vec<PageRequest>,
}

impl Session {
    fn new() -> Self {
        let mut blobs: Vec<String> = (0..9).map(|n| format!("a/{n}")).collect();
        blobs.extend(
            [
                "a/1†",
                "a/6†",
                "a/d/z†",
                "a/d/x",
                "a/d/é",
                "a/d/e/y",
                "a/d/",
                "a/d",
                "b/1",
                "b/1@2026-01-01T00:00:00Z",
                "$root/z",
            ]
            .map(str::to_owned),
        );
        let mut tree = Tree::new("media");
        tree.resize(6);
        let under_way = pages(&mut tree);
        Self { tree, account: Account::new(3, blobs), under_way }
    }

    fn row(&self, pick: usize) -> NodeId {
        let rows = self.tree.visible.shown();
        rows[pick % rows.len()].node()
    }

    fn act(&mut self, act: &Act) {
        match act {
            Act::Go(by) => self.tree.go(*by),
            Act::Open(pick) => self.tree.open(self.row(*pick)),
            Act::Close(pick) => self.tree.close(self.row(*pick)),
            Act::Reload(pick) => self.tree.reload(self.row(*pick)),
            Act::Retry(pick) => self.tree.retry(self.row(*pick)),
            Act::ToEnd(pick) => self.tree.load_to_end(self.row(*pick)),
            Act::Resize(height) => self.tree.resize(*height),
            Act::Unfilter => self.tree.clear_filter(),
            Act::Filter(text) => self.tree.set_filter(text),
            Act::Sort(by, reversed) => self.tree.set_sort(Sort { by: *by, reversed: *reversed }),
            Act::Seek(pick) => {
                let keys: Vec<&String> = self.account.blobs.iter().filter(|blob| !blob.contains('@')).collect();
                let key = blob(keys[pick % keys.len()]);
                self.tree.seek(&key);
            }
            Act::Restart => {
                let place = self.tree.place();
                self.tree = Tree::new("media");
                self.under_way.clear();
                self.tree.restore(&place);
                self.tree.resize(6);
            }
            Act::Change(pick) => {
                let name = format!("a/{}{}", pick % 12, if pick % 3 == 0 { "†" } else { "" });
                if !self.account.blobs.remove(&name) {
                    self.account.blobs.insert(name);
                }
            }
            Act::Answer(_) | Act::Fail(_) if self.under_way.is_empty() => {}
            Act::Answer(pick) => {
                let request = self.under_way.remove(pick % self.under_way.len());
                self.account.give(&mut self.tree, &request);
            }
            Act::Fail(pick) => {
                let request = self.under_way.remove(pick % self.under_way.len());
                self.tree.fail(request.node, denied());
            }
        }
        let TreeRequests { pages, cancelled } = self.tree.take_requests();
        self.under_way.retain(|request| !cancelled.contains(&request.node));
        self.under_way.extend(pages);
    }

    fn holds(&self) {
        let mut flattened = FlattenedRows::default();
        self.tree.flatten(NodeId::ACCOUNT, &mut flattened);
        let FlattenedRows { rows, rows_below } = flattened;
        assert_eq!(self.tree.visible.all, rows, "the rows are those of the open levels");
        for (id, count) in rows_below {
            assert_eq!(self.tree.children[&id].rows_below, count, "rows under {:?}", self.tree.key(id));
        }
        let (length, top) = self.tree.extent();
        let cursor = self.tree.visible.cursor;
        assert!(cursor < length && top <= cursor, "the cursor is on a row");
        assert!(cursor < top + self.tree.visible.height.max(1), "the cursor is on the screen");
        for (index, request) in self.under_way.iter().enumerate() {
            assert!(self.under_way[..index].iter().all(|other| other.node != request.node), "one request a level");
            assert!(self.tree.load_state(request.node).is_busy(), "a request is waited for");
        }
        let busy = self.tree.children.values().filter(|level| level.state.is_busy()).count();
        assert_eq!(busy, self.under_way.len(), "what is waited for was asked for");
        for row in rows {
            assert_eq!(self.tree.find(&self.tree.key(row.node())), Some(row.node()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn t09_t25_no_order_of_keys_and_answers_breaks_the_tree(acts in prop::collection::vec(act(), 0..80)) {
        let mut session = Session::new();
        for act in acts {
            session.act(&act);
            session.holds();
        }
    }
}
