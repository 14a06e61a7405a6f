//! The wizard's own rules as plain functions: messages in, model and exact effects out. No terminal, no network, no clock.
use crate::support::app_harness::{AppHarness, account, empty_draft, full_draft, location, now, signed_in};
use crate::support::listed;
use blobfreight::app::{Focus, SaveState};
use blobfreight::azure::fault::Fault;
use blobfreight::draft::{Draft, DraftEntry, DraftId, PartOf, ReadyDraft, Unlocked};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Call, Effect, Msg, Opening, Reply, RequestId, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::wizard::progress::StepMark;
use blobfreight::wizard::rail::{mark, progress};
use proptest::prelude::*;

fn listed(id: &str, job: &str) -> DraftEntry {
    listed::entry(id, now(), listed::row(listed::ready(Step::Blobs, "mediaarchive", Some(job), None)))
}

/// A row with something changed.
fn with(one: DraftEntry, change: impl FnOnce(&mut ReadyDraft)) -> DraftEntry {
    let mut draft = one.ready().unwrap().clone();
    change(&mut draft);
    DraftEntry { content: listed::row(draft), ..one }
}

#[test]
fn w01_a_first_start_shows_the_rail_the_place_and_how_to_go_on() {
    let mut app = AppHarness::started(Opening::Start);
    assert_eq!(app.told(), ["Drafts Drafts"]);
    app.answer(Slot::Drafts, Ok(Reply::Drafts(Vec::new())));
    let numbers = (2..=Step::ALL.len()).map(|number| format!("{number}·")).chain(["Sign in".to_owned()]);
    let names = Step::ALL.iter().map(|step| step.name().to_owned());
    for (columns, rail) in [(80, numbers.collect::<Vec<_>>()), (120, names.collect())] {
        let screen = app.screen(columns, 30);
        let rest = ["Start", "New export", "Rehearse", "Enter goes"].map(str::to_owned);
        for expected in rail.into_iter().chain(rest) {
            assert!(screen.contains(&expected), "{expected} is missing:\n{screen}");
        }
    }
    assert_eq!(Step::ALL.len(), 12);
}

#[test]
fn w02_drafts_are_listed_newest_first_and_enter_resumes_the_newest() {
    let mut app = AppHarness::started(Opening::Start);
    let days = |days: i64| now() - jiff::SignedDuration::from_hours(24 * days);
    // The store gives them newest first.
    let older = DraftEntry { changed: days(5), ..listed("20261101-0800-00000001", "older") };
    let newest = DraftEntry { changed: days(3), ..listed("20261122-0800-00000001", "newest") };
    app.answer(Slot::Drafts, Ok(Reply::Drafts(vec![newest, older])));
    let screen = app.screen(80, 24);
    let row = |name| app.row_with(name);
    assert!(row("newest") < row("older"), "{screen}");
    assert!(screen.contains("newest") && screen.contains("older") && screen.contains("at Blobs"), "{screen}");
    assert!(screen.contains("3 days ago") && screen.contains("5 days ago"), "{screen}");
    assert!(app.screen(120, 24).contains("mediaarchive"), "{}", app.screen(120, 24));
    app.key(Key::Enter);
    assert_eq!(app.told(), ["OpenDraft OpenDraft"]);
    let Some(Effect::Start { call: Call::OpenDraft(id), .. }) = app.effects.last() else { panic!("{:?}", app.effects) };
    assert_eq!(id.as_str(), "20261122-0800-00000001");
    app.key(Key::Enter);
    assert!(app.told().is_empty(), "a second Enter opens nothing twice");
}

#[test]
fn w40_the_drafts_of_a_split_say_which_job_they_are_and_keep_the_end_of_their_name() {
    let mut app = AppHarness::started(Opening::Start);
    let one = with(listed("20261122-0800-00000001", "export-mediaarchi-1122-2"), |draft| {
        (draft.part, draft.rehearsal) = (Some(PartOf { number: 2, of: 3 }), true);
    });
    app.answer(Slot::Drafts, Ok(Reply::Drafts(vec![one])));
    let screen = app.screen(80, 24);
    assert!(screen.contains("export-mediaarchi-1122-2"), "the whole name: {screen}");
    assert!(screen.contains("2 of 3, rehearsal, go on at Blobs"), "{screen}");
}

#[test]
fn a_draft_discarded_by_mistake_comes_back_with_one_key() {
    let mut app = AppHarness::started(Opening::Start);
    app.answer(Slot::Drafts, Ok(Reply::Drafts(vec![listed("20261122-0800-00000001", "newest")])));
    app.press(KeyPress::char('d'));
    assert_eq!(app.told(), ["Drafts DiscardDraft"]);
    app.answer(Slot::Drafts, Ok(Reply::Drafts(Vec::new())));
    app.press(KeyPress::char('u'));
    assert_eq!(app.told(), ["Drafts RestoreDraft"]);
}

#[test]
fn w17_a_draft_held_elsewhere_says_who_and_offers_reading_or_a_copy() {
    let mut app = AppHarness::started(Opening::Resume(DraftId::parse("a1").unwrap()));
    let held = Reply::Held { id: DraftId::parse("a1").unwrap(), holder: "process 77 on nas".into(), elsewhere: false };
    app.answer(Slot::OpenDraft, Ok(held));
    assert!(app.screen(80, 24).contains("process 77 on nas"));
    app.press(KeyPress::char('r'));
    assert_eq!(app.told(), ["OpenDraft ReadDraft"]);
    let draft = full_draft(Step::Location);
    app.answer(Slot::OpenDraft, Ok(Reply::Opened { draft: Box::new(draft), read_only: Some(Unlocked::ToLook) }));
    app.press(KeyPress::alt(Key::Left));
    assert!(!app.told().contains(&"save".to_owned()), "a read-only draft is never written");
}

#[test]
fn w03_a_resumed_draft_stands_on_its_step_and_signs_in_by_itself() {
    let app = AppHarness::with(full_draft(Step::Location));
    assert_eq!(app.step(), Step::Location);
    assert!(app.told().contains(&"SignIn SignIn".to_owned()), "{:?}", app.told());
}

#[test]
fn a_new_draft_waits_for_the_person_to_choose_how_to_sign_in() {
    let mut app = AppHarness::with(empty_draft());
    assert!(!app.told().iter().any(|effect| effect.starts_with("SignIn")), "{:?}", app.told());
    app.key(Key::Enter);
    assert_eq!(app.told(), ["SignIn SignIn"]);
    app.answer(Slot::SignIn, Ok(signed_in()));
    assert_eq!(app.step(), Step::Account);
    assert_eq!(app.told(), ["save", "Subscriptions Subscriptions"]);
}

#[test]
fn w06_next_moves_or_says_why_not() {
    let mut app = AppHarness::with(empty_draft());
    app.press(KeyPress::alt(Key::Right));
    assert_eq!(app.step(), Step::SignIn);
    assert!(app.notice().contains("sign in"), "{}", app.notice());
}

#[test]
fn w04_back_works_with_nothing_answered_and_keeps_the_draft() {
    let mut app = AppHarness::with(full_draft(Step::Location));
    app.press(KeyPress::alt(Key::Left));
    assert_eq!(app.step(), Step::Address);
    app.key(Key::Esc);
    assert_eq!(app.step(), Step::Drives);
}

#[test]
fn w10_escape_on_the_first_step_says_how_to_go_on_and_alt_left_leads_to_the_drafts() {
    let mut app = AppHarness::with(empty_draft());
    app.key(Key::Esc);
    assert!(app.model.wizard.is_some() && app.told().is_empty());
    assert!(app.notice().contains("Alt-← leads to the drafts"), "{}", app.notice());
    app.alt(Key::Left);
    assert!(app.model.wizard.is_none() && !app.model.leaving);
    assert_eq!(app.told(), ["closedraft", "Drafts Drafts"], "nothing was answered, so nothing is written");
}

#[test]
fn w03_escape_pressed_for_ever_does_not_lose_the_place_and_work_on_an_earlier_step_moves_it() {
    let mut app = AppHarness::signed_in(full_draft(Step::Review));
    for _ in 0..20 {
        app.key(Key::Esc);
    }
    assert_eq!((app.step(), app.draft().resumes_at()), (Step::SignIn, Step::Review));
    let draft = app.draft().clone();
    assert_eq!(AppHarness::with(draft.clone()).step(), Step::Review);
    let mut app = AppHarness::signed_in(draft);
    app.alt(Key::Char('5')).types("x");
    assert_eq!(AppHarness::with(app.draft().clone()).step(), Step::Address, "there is work on it");
    app.alt(Key::Char('8'));
    assert_eq!(AppHarness::with(app.draft().clone()).step(), Step::Review);
}

fn rehearsal(id: &str) -> DraftEntry {
    with(listed(id, "rehearsed"), |draft| draft.rehearsal = true)
}

#[test]
fn w02_rehearse_offers_the_newest_rehearsal_and_begins_one_only_where_there_is_none() {
    let mut app = AppHarness::started(Opening::Rehearse);
    assert_eq!(app.told(), ["Drafts Drafts"]);
    app.answer(Slot::Drafts, Ok(Reply::Drafts(vec![listed("20261122-0800-00000001", "real")])));
    assert_eq!(app.told(), ["OpenDraft NewDraft"]);
    let mut app = AppHarness::started(Opening::Rehearse);
    let drafts = vec![listed("20261122-0800-00000002", "real"), rehearsal("20261122-0800-00000001")];
    app.answer(Slot::Drafts, Ok(Reply::Drafts(drafts)));
    assert!(app.told().is_empty() && app.notice().contains("Enter resumes"), "{}", app.notice());
    app.key(Key::Enter);
    let Some(Effect::Start { call: Call::OpenDraft(id), .. }) = app.effects.last() else { panic!("{:?}", app.effects) };
    assert_eq!(id.as_str(), "20261122-0800-00000001");
}

#[test]
fn w02_a_draft_without_an_answer_is_not_kept() {
    let mut app = AppHarness::with(Draft { rehearsal: true, ..empty_draft() });
    app.answer(Slot::SignIn, Ok(signed_in()));
    assert_eq!(app.step(), Step::Account);
    assert!(!app.told().contains(&"save".to_owned()), "{:?}", app.told());
    app.press(KeyPress::char('q'));
    assert_eq!(app.told(), ["quit"]);
    let mut app = AppHarness::with(empty_draft());
    app.key(Key::Enter);
    app.answer(Slot::SignIn, Ok(signed_in()));
    assert!(app.told().contains(&"save".to_owned()), "the person chose how to sign in: {:?}", app.told());
}

#[test]
fn w10_escape_closes_the_help_page_first() {
    let mut app = AppHarness::with(full_draft(Step::Location));
    app.press(KeyPress::char('?'));
    assert!(app.screen(80, 24).contains("Keys that work here"));
    app.key(Key::Esc);
    assert_eq!(app.step(), Step::Location);
    assert!(!app.screen(80, 24).contains("Keys that work here"));
}

#[test]
fn w07_a_step_opened_from_the_rail_returns_where_the_person_was() {
    let mut app = AppHarness::signed_in(full_draft(Step::Review));
    app.press(KeyPress::alt(Key::Char('6')));
    assert_eq!(app.step(), Step::Location);
    app.answer(Slot::Locations, Ok(Reply::Locations(vec![location("West Europe", &["westeurope"])])));
    app.key(Key::Enter);
    assert_eq!(app.step(), Step::Review);
}

#[test]
fn w07_the_rail_is_reached_with_tab_and_arrows_alone() {
    let mut app = AppHarness::signed_in(full_draft(Step::Review));
    app.key(Key::BackTab);
    assert!(matches!(app.model.wizard.as_ref().unwrap().focus, Focus::Rail(Step::Review)));
    app.key(Key::Up).key(Key::Up).key(Key::Enter);
    assert_eq!(app.step(), Step::Location);
    app.key(Key::Esc);
    assert_eq!(app.step(), Step::Review);
}

#[test]
fn w08_w09_another_account_marks_what_rests_on_it_and_taking_it_back_clears_the_mark() {
    let mut app = AppHarness::signed_in(full_draft(Step::Review));
    let shared = &mut app.model.wizard.as_mut().unwrap().shared;
    let old = shared.draft.account.clone();
    shared.draft.account.as_mut().unwrap().account = account("otheraccount", "eastus");
    assert_eq!(mark(shared, Step::Location), StepMark::Stale);
    assert!(progress(shared, Step::Location).stale.is_some_and(|why| why.contains("region")));
    assert!(shared.draft.location.is_some(), "nothing is deleted");
    shared.draft.account = old;
    assert_eq!(mark(shared, Step::Location), StepMark::Done);
}

#[test]
fn w37_signing_in_again_leads_back_to_the_same_step_with_the_same_text() {
    let mut app = AppHarness::signed_in(full_draft(Step::Address));
    app.types(" and ");
    let before = app.draft().address.clone();
    app.press(KeyPress::alt(Key::Char('1'))).key(Key::Down).key(Key::Enter);
    app.answer(Slot::SignIn, Ok(signed_in()));
    assert_eq!((app.step(), &app.draft().address), (Step::Address, &before));
}

#[test]
fn w38_a_late_answer_to_an_older_request_changes_nothing() {
    let mut app = AppHarness::signed_in(full_draft(Step::Location));
    let first = app.current(Slot::Locations);
    app.press(KeyPress::char('r'));
    app.send(Msg::Done { slot: Slot::Locations, id: first, outcome: Ok(Reply::Locations(Vec::new())) });
    assert!(app.shared().catalogue.locations.as_ref().unwrap().answer.is_none());
    assert!(app.told().is_empty());
}

#[test]
fn w36_a_failed_request_shows_code_and_request_id_and_is_sent_again_with_one_key() {
    let mut app = AppHarness::signed_in(full_draft(Step::Location));
    let fault = Fault {
        status: Some(503),
        code: Some("ServerBusy".into()),
        request_id: Some("7f3a".into()),
        ..Fault::local("list the shipping locations", "the service is busy")
    };
    app.answer(Slot::Locations, Err(fault));
    let screen = app.screen(80, 24);
    for part in ["Could not list the shipping locations", "ServerBusy", "7f3a", "Ctrl-T"] {
        assert!(screen.contains(part), "{part} is missing:\n{screen}");
    }
    app.press(KeyPress::ctrl('t'));
    assert!(app.told().contains(&"Locations Locations".to_owned()), "{:?}", app.told());
}

#[test]
fn w20_a_draft_that_cannot_be_saved_is_told_and_the_wizard_goes_on() {
    let mut app = AppHarness::signed_in(full_draft(Step::Location));
    app.send(Msg::Saved(Err(Fault::local("save the draft", "the disk is full"))));
    assert!(matches!(app.model.save, SaveState::Failed(_)));
    let screen = app.screen(80, 24);
    assert!(screen.contains("DRAFT NOT SAVED") && screen.contains("the disk is full"), "{screen}");
    app.press(KeyPress::alt(Key::Left));
    assert_eq!(app.step(), Step::Address);
}

#[test]
fn w11_q_and_ctrl_c_leave_with_the_draft_kept() {
    for key in [KeyPress::char('q'), KeyPress::ctrl('c')] {
        let mut app = AppHarness::signed_in(full_draft(Step::Location));
        app.press(key);
        assert_eq!(app.told(), ["quit"]);
        assert!(app.model.leaving);
    }
}

#[test]
fn w45_every_step_draws_at_any_size() {
    for &step in Step::ALL {
        let app = AppHarness::signed_in(full_draft(step));
        for columns in 0..61 {
            for rows in 0..21 {
                app.screen(columns, rows);
            }
        }
        app.screen(200, 60);
    }
}

fn any_key() -> impl Strategy<Value = KeyPress> {
    let keys = prop_oneof![
        Just(Key::Enter),
        Just(Key::Esc),
        Just(Key::Tab),
        Just(Key::BackTab),
        Just(Key::Up),
        Just(Key::Down),
        Just(Key::Left),
        Just(Key::Right),
        Just(Key::Home),
        Just(Key::End),
        Just(Key::Backspace),
        Just(Key::PageDown),
        any::<char>().prop_map(Key::Char),
        proptest::char::range(' ', '~').prop_map(Key::Char),
    ];
    (keys, any::<bool>(), prop::bool::weighted(0.1)).prop_map(|(key, ctrl, alt)| KeyPress {
        key,
        ctrl: ctrl && alt,
        alt,
    })
}

proptest! {
    #[test]
    fn random_keys_and_strange_answers_never_panic(
        keys in prop::collection::vec(any_key(), 0..60),
        step in prop::sample::select(Step::ALL),
        size in (0u16..100, 0u16..40),
        late in 0u64..40,
    ) {
        let mut app = AppHarness::signed_in(full_draft(step));
        for key in keys {
            app.press(key);
            app.send(Msg::Done { slot: Slot::Job, id: RequestId(late), outcome: Ok(Reply::Job(None)) });
            app.send(Msg::Tick);
            app.screen(size.0, size.1);
        }
    }
}

/// The last line of the screen: the keys and what they do.
fn hints(app: &AppHarness) -> String {
    app.screen(120, 30).lines().last().unwrap_or_default().to_owned()
}

#[test]
fn the_hint_for_enter_says_choose_only_where_there_is_something_to_choose() {
    let mut app = AppHarness::with(empty_draft());
    assert!(hints(&app).contains("Enter sign in"), "{}", hints(&app));
    app.key(Key::Down).key(Key::Down).key(Key::Enter).answer(Slot::SignIn, Ok(signed_in())).alt(Key::Left);
    assert!(hints(&app).contains("Enter go on"), "{}", hints(&app));

    let mut app = AppHarness::signed_in(full_draft(Step::Location));
    app.answer(Slot::Locations, Ok(Reply::Locations(vec![location("westeurope", &["westeurope"])])));
    assert!(hints(&app).contains("Enter go on"), "one way only: {}", hints(&app));
    let mut app = AppHarness::signed_in(full_draft(Step::Location));
    app.answer(Slot::Locations, Ok(Reply::Locations(vec![location("elsewhere", &["elsewhere"])])));
    assert!(hints(&app).contains("Enter choose"), "none for the region: {}", hints(&app));

    for step in [Step::Follow, Step::Keys] {
        let app = AppHarness::signed_in(full_draft(step));
        assert!(!hints(&app).contains("choose"), "{step:?}: {}", hints(&app));
    }
}

#[test]
fn the_hint_for_shift_tab_on_the_button_says_that_it_leads_into_the_step() {
    let mut app = AppHarness::signed_in(full_draft(Step::Location));
    assert!(hints(&app).contains("F2 steps"), "{}", hints(&app));
    app.key(Key::Tab);
    assert!(hints(&app).contains("Shift-Tab into the step"), "{}", hints(&app));
    app.key(Key::BackTab);
    assert!(hints(&app).contains("F2 steps"), "{}", hints(&app));
}

#[test]
fn the_first_step_offers_no_way_back_to_a_step_before_it() {
    let mut app = AppHarness::signed_in(full_draft(Step::Account));
    let hints = |app: &AppHarness| app.screen(140, 24).lines().last().unwrap_or_default().to_owned();
    assert!(hints(&app).contains("Esc back"), "{}", hints(&app));
    app.alt(Key::Char('1'));
    assert_eq!(app.step(), Step::SignIn);
    assert!(!hints(&app).contains("Esc back"), "{}", hints(&app));
}
