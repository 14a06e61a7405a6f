//! A recorded session, played again, goes the same way and tells no carrier account number, whatever was typed, pasted and answered.

use crate::support::app_harness::{AppHarness, full_draft, now, settings};
use crate::support::replay::Replay;
use blobfreight::app::{Focus, Model};
use blobfreight::azure::fault::Fault;
use blobfreight::azure::model::masked;
use blobfreight::draft::Draft;
use blobfreight::driver::record::Recording;
use blobfreight::form::address::AddressField;
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Msg, Opening, Reply, Slot};
use blobfreight::protocol::step::Step;
use proptest::prelude::*;
use proptest::sample::select;
use tempfile::TempDir;

/// A session that is recorded while a test plays it.
struct Recorded {
    app: AppHarness,
    recording: Recording,
    place: TempDir,
}

impl Recorded {
    /// With this draft open.
    fn with(draft: Draft) -> Self {
        let place = tempfile::tempdir().unwrap();
        let mut recording = Recording::create(&place.path().join("recording.jsonl")).unwrap();
        let opening = Opening::Resume(draft.id.clone());
        recording.write(&Model::new(settings(), (80, 24), now()), now(), &Msg::Started(opening.clone()));
        let mut recorded = Self { app: AppHarness::started(opening), recording, place };
        recorded.answer(Slot::OpenDraft, Ok(Reply::Opened { draft: Box::new(draft), read_only: None }));
        recorded
    }

    fn send(&mut self, msg: Msg) {
        self.recording.write(&self.app.model, self.app.now, &msg);
        self.app.send(msg);
    }

    fn answer(&mut self, slot: Slot, outcome: Result<Reply, Fault>) {
        if let Some(id) = self.app.model.requests().id(slot) {
            self.send(Msg::Done { slot, id, outcome });
        }
    }

    fn types(&mut self, text: &str) {
        text.chars().for_each(|c| self.send(Msg::Key(KeyPress::char(c))));
    }

    fn recording(&self) -> String {
        std::fs::read_to_string(self.place.path().join("recording.jsonl")).unwrap()
    }

    fn replayed(&self) -> Replay {
        let mut replay = Replay::of(&self.recording());
        while replay.play().is_some() {}
        replay
    }
}

/// On the field for the carrier account number, which is empty.
fn on_account_number() -> Recorded {
    let mut draft = full_draft(Step::Address);
    draft.address.shipping.account_number.clear();
    draft.focus.insert(Step::Address, AddressField::Account.into());
    Recorded::with(draft)
}

fn account_number(model: &Model) -> &str {
    &model.draft().unwrap().address.shipping.account_number
}

#[test]
fn w19_a_typed_account_number_is_played_again_as_another_one_of_the_same_kind() {
    let mut recorded = on_account_number();
    recorded.types("510-AbZ");
    recorded.send(Msg::Key(KeyPress::plain(Key::Backspace)));
    recorded.types("9");
    assert_eq!(account_number(&recorded.app.model), "510-Ab9");
    assert_eq!(account_number(&recorded.replayed().model), "000-Xx0");
    for typed in ["5", "1", "A", "b", "Z", "9"] {
        let key = format!(r#""Char":"{typed}""#);
        assert!(!recorded.recording().contains(&key), "{key}");
    }
}

#[test]
fn w19_a_pasted_account_number_is_not_recorded_and_neither_is_a_signature_pasted_anywhere() {
    let mut recorded = on_account_number();
    recorded.send(Msg::Paste("510087020".into()));
    assert_eq!(account_number(&recorded.app.model), "510087020");
    recorded.send(Msg::Key(KeyPress::plain(Key::BackTab)));
    recorded.send(Msg::Paste("https://x.example/c?sig=s3cr3t%3D&se=1".into()));
    let refused = Fault::local("create the job", "the carrier does not know the account 510087020");
    recorded.send(Msg::Saved(Err(refused)));
    let recording = recorded.recording();
    assert!(!recording.contains("510087020") && !recording.contains("s3cr3t"), "{recording}");
    assert_eq!(account_number(&recorded.replayed().model), "000000000");
}

#[test]
fn w48_an_answer_to_a_question_asked_on_that_field_is_played_again() {
    let mut recorded = on_account_number();
    recorded.send(Msg::Paste("Contoso\n12 Harbour Road\n9000 Ghent\nBelgium".into()));
    recorded.types("y");
    let played = recorded.replayed();
    assert_eq!(recorded.app.draft().address.address.contact, "Contoso", "the yes was taken");
    assert_eq!(played.model.draft(), Some(recorded.app.draft()));
}

#[derive(Clone, Debug)]
enum SessionInput {
    Send(KeyPress),
    Paste(&'static str),
    Resize(u16, u16),
    Wait(i64),
    Answer(bool),
}

fn input() -> impl Strategy<Value = SessionInput> {
    let named = [
        Key::Enter,
        Key::Esc,
        Key::Tab,
        Key::BackTab,
        Key::Backspace,
        Key::Delete,
        Key::Left,
        Key::Home,
        Key::Up,
        Key::Down,
    ];
    let letters: Vec<char> = "0159 -aAzZyné/?".chars().collect();
    let pastes = ["510087020", "12 34\n", "Contoso\n12 Harbour Road\n9000 Ghent\nBelgium", "a\tß\u{1b}"];
    prop_oneof![
        4 => select(letters).prop_map(|c| SessionInput::Send(KeyPress::char(c))),
        3 => select(named.to_vec()).prop_map(|key| SessionInput::Send(KeyPress::plain(key))),
        1 => select(vec!['n', 'w', 'u', '_', 'y', 'o', 't']).prop_map(|c| SessionInput::Send(KeyPress::ctrl(c))),
        1 => select(vec![Key::Left, Key::Right, Key::Char('6')]).prop_map(|key| SessionInput::Send(KeyPress::alt(key))),
        1 => select(pastes.to_vec()).prop_map(SessionInput::Paste),
        1 => (20..130_u16, 5..50_u16).prop_map(|(columns, rows)| SessionInput::Resize(columns, rows)),
        1 => (0..5_000_i64).prop_map(SessionInput::Wait),
        1 => any::<bool>().prop_map(SessionInput::Answer),
    ]
}

fn send_input(recorded: &mut Recorded, input: &SessionInput) {
    match input {
        SessionInput::Send(key) => recorded.send(Msg::Key(*key)),
        SessionInput::Paste(text) => recorded.send(Msg::Paste((*text).to_owned())),
        SessionInput::Resize(columns, rows) => recorded.send(Msg::Resize(*columns, *rows)),
        SessionInput::Wait(millis) => {
            recorded.app.now += jiff::SignedDuration::from_millis(*millis);
            recorded.send(Msg::Tick);
        }
        SessionInput::Answer(well) => {
            let address = full_draft(Step::Address).address;
            let reply = Reply::LastAddress(Some(Box::new(address)));
            let outcome = if *well { Ok(reply) } else { Err(Fault::local("read the drafts", "it was refused")) };
            recorded.answer(Slot::LastAddress, outcome);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn w48_any_session_on_the_address_is_played_again_with_the_account_number_replaced(
        (blank, inputs) in (any::<bool>(), prop::collection::vec(input(), 1..60))
    ) {
        let mut draft = full_draft(Step::Address);
        if blank {
            draft.address = blobfreight::draft::AddressAnswers::default();
        }
        draft.focus.insert(Step::Address, AddressField::Account.into());
        let mut recorded = Recorded::with(draft);
        for input in &inputs {
            send_input(&mut recorded, input);
        }
        let replay = recorded.replayed();
        let (was, is) = (&recorded.app.model, &replay.model);
        prop_assert_eq!((was.size, was.now, &was.overlay), (is.size, is.now, &is.overlay));
        let focus = |model: &Model| model.wizard.as_ref().map_or(Focus::Body, |wizard| wizard.focus);
        prop_assert_eq!(focus(was), focus(is));
        let number = |model: &Model| model.draft().map(|draft| draft.address.shipping.account_number.clone());
        prop_assert_eq!(number(was).as_deref().map(masked), number(is));
        // The number is replaced in other fields as well, once it is known.
        prop_assert_eq!(masked(&format!("{:?}", was.draft())), masked(&format!("{:?}", is.draft())));
        let screen = recorded.app.screen(was.size.0, was.size.1);
        prop_assert_eq!(masked(screen.trim_end()), masked(&replay.screen()));
    }
}
