//! Anything a person and a server may do at the blobs step, in any order and at any size: nothing panics, nothing hangs.

use std::time::Duration;

use crate::support::picker::{Picker, Service};
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
enum Deed {
    Press(KeyPress),
    Resize(u16, u16),
    Answer,
    AnswerAll,
    Refuse(bool),
    Pass(u64),
    Paste(String),
}

fn deed() -> impl Strategy<Value = Deed> {
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
        4 => proptest::sample::select(named.to_vec()).prop_map(|key| Deed::Press(KeyPress::plain(key))),
        4 => proptest::sample::select(letters).prop_map(|letter| Deed::Press(KeyPress::char(letter))),
        1 => proptest::sample::select(vec!['x', 't', 's', 'r', 'd', 'u']).prop_map(|c| Deed::Press(KeyPress::ctrl(c))),
        1 => (0u16..100, 0u16..40).prop_map(|(columns, rows)| Deed::Resize(columns, rows)),
        3 => Just(Deed::Answer),
        1 => Just(Deed::AnswerAll),
        1 => any::<bool>().prop_map(Deed::Refuse),
        1 => (0u64..500).prop_map(Deed::Pass),
        1 => proptest::sample::select(vec!["/b", "b/東\u{1b}", "", "0"]).prop_map(|text| Deed::Paste(text.into())),
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

fn perform(picker: &mut Picker, deed: Deed) {
    match deed {
        Deed::Press(key) => drop(picker.press(key)),
        Deed::Resize(columns, rows) => drop(picker.send(Msg::Resize(columns, rows))),
        Deed::Answer if !picker.pending.is_empty() => drop(picker.answer()),
        Deed::AnswerAll => drop(picker.answer_all()),
        Deed::Refuse(denied) if !picker.pending.is_empty() => {
            let kind = if denied { FaultKind::Denied } else { FaultKind::Offline };
            picker.refuse(Fault { kind, ..Fault::local("list b", "it was refused") });
        }
        Deed::Answer | Deed::Refuse(_) => {}
        Deed::Pass(ms) => {
            picker.app.now += Duration::from_millis(ms);
            picker.send(Msg::Tick);
        }
        Deed::Paste(text) => drop(picker.send(Msg::Paste(text))),
    }
}

/// What holds after every deed.
fn check(picker: &Picker) {
    let (columns, rows) = picker.app.model.size;
    picker.app.screen(columns, rows);
    picker.app.screen(100, 40);
    let wizard = picker.app.model.wizard.as_ref().unwrap();
    let (step, shared) = (&wizard.steps.blobs, &wizard.shared);
    let wakes = picker.app.model.wake_in().is_some();
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
    fn w14_any_order_of_keys_answers_and_sizes_neither_panics_nor_hangs(deeds in prop::collection::vec(deed(), 1..120)) {
        let mut picker = Picker::browsing(service());
        for deed in deeds {
            perform(&mut picker, deed);
            if picker.app.model.wizard.is_none() || picker.app.step() != Step::Blobs || picker.app.model.leaving {
                return Ok(());
            }
            check(&picker);
        }
    }
}
