//! Anything a person and a server may do at the blobs step, in any order and at any size: nothing panics, nothing hangs.

use std::time::Duration;

use crate::support::blobs_harness::{BlobsHarness, Service};
use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Msg, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::select::Selection;
use blobfreight::tree::{ListingStatus, RowItem};
use blobfreight::wizard::steps::blobs::BlobsMode;
use blobfreight::wizard::steps::blobs::QueryState;
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum UserAction {
    Press(KeyPress),
    Resize(u16, u16),
    Answer,
    AnswerAll,
    Refuse(bool),
    Pass(u64),
    Paste(String),
}

fn action() -> impl Strategy<Value = UserAction> {
    let named = [
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::Home,
        Key::End,
        Key::PageUp,
        Key::PageDown,
        Key::Enter,
        Key::Esc,
        Key::Backspace,
    ];
    let letters: Vec<char> = "    xfupa/sirjklh3d0".chars().collect();
    prop_oneof![
        4 => proptest::sample::select(named.to_vec()).prop_map(|key| UserAction::Press(KeyPress::plain(key))),
        4 => proptest::sample::select(letters).prop_map(|letter| UserAction::Press(KeyPress::char(letter))),
        1 => proptest::sample::select(vec!['x', 't', 's', 'r', 'd', 'u']).prop_map(|c| UserAction::Press(KeyPress::ctrl(c))),
        1 => (0u16..100, 0u16..40).prop_map(|(columns, rows)| UserAction::Resize(columns, rows)),
        3 => Just(UserAction::Answer),
        1 => Just(UserAction::AnswerAll),
        1 => any::<bool>().prop_map(UserAction::Refuse),
        1 => (0u64..500).prop_map(UserAction::Pass),
        1 => proptest::sample::select(vec!["/b", "b/東\u{1b}", "", "0"]).prop_map(|text| UserAction::Paste(text.into())),
    ]
}

fn service() -> Service {
    let names = ["b/0", "b/0/1", "b/0/2", "b/0/2/", "b/東", "b/x@2026-01-01T00:00:00.0000000Z", "b/x", "bb/y", "e/"];
    let mut service = Service::new(3, &names);
    let kept =
        ["b/x%2026-01-01T00:00:00.0000000Z", "b/x%2026-02-01T00:00:00.0000000Z", "b/0/deleted", "b/gone/deleted"];
    service.blobs.extend(kept.map(str::to_owned));
    service.blobs.extend((0..20).map(|index| format!("n/{index:02}")));
    service
}

fn perform(harness: &mut BlobsHarness, action: UserAction) {
    match action {
        UserAction::Press(key) => drop(harness.press(key)),
        UserAction::Resize(columns, rows) => drop(harness.send(Msg::Resize(columns, rows))),
        UserAction::Answer if !harness.pending.is_empty() => drop(harness.answer()),
        UserAction::AnswerAll => drop(harness.answer_all()),
        UserAction::Refuse(denied) if !harness.pending.is_empty() => {
            let kind = if denied { FaultKind::Denied } else { FaultKind::Offline };
            harness.refuse(Fault { kind, ..Fault::local("list b", "it was refused") });
        }
        UserAction::Answer | UserAction::Refuse(_) => {}
        UserAction::Pass(ms) => {
            harness.app.now += Duration::from_millis(ms);
            harness.send(Msg::Tick);
        }
        UserAction::Paste(text) => drop(harness.send(Msg::Paste(text))),
    }
}

/// What holds after every action.
fn check(harness: &BlobsHarness) {
    let (columns, rows) = harness.app.model.size;
    harness.app.screen(columns, rows);
    harness.app.screen(100, 40);
    let wizard = harness.app.model.wizard.as_ref().unwrap();
    let (step, shared) = (&wizard.steps.blobs, &wizard.shared);
    let wakes = harness.app.model.wake_in().is_some();
    for row in step.tree.rows() {
        let RowItem::Status(ListingStatus::Loading { .. }) = row.item else { continue };
        let asked = shared.requests.is_busy(Slot::Listing(row.id.number()));
        assert!(asked || wakes, "a row that waits for nothing: {:?}", step.tree.key(row.id));
    }
    if let BlobsMode::Found(found) = &step.mode
        && found.search.state == QueryState::Asked
    {
        assert!(shared.requests.is_busy(Slot::Count), "a question that was never sent");
    }
    if step.pending_uncheck().is_some() {
        let listing = shared.requests.slots().any(|(slot, _)| matches!(slot, Slot::Listing(_) | Slot::Uncheck));
        assert!(listing || wakes, "siblings that nobody lists");
    }
    assert_eq!(*shared.draft.selection.rules, step.selection.rules(), "the draft has every change");
    assert_eq!(Selection::from_rules(step.selection.rules()), step.selection);
    assert_eq!(shared.draft.selection.place, step.tree.place(), "the draft has the place");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn w14_any_order_of_keys_answers_and_sizes_neither_panics_nor_hangs(actions in prop::collection::vec(action(), 1..120)) {
        let mut harness = BlobsHarness::browsing(service());
        for action in actions {
            perform(&mut harness, action);
            if harness.app.model.wizard.is_none() || harness.app.step() != Step::Blobs || harness.app.model.leaving {
                return Ok(());
            }
            check(&harness);
        }
    }
}
