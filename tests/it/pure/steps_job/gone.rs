//! A job that is gone leads on: nothing shows it as if it were there, its address is nowhere, and one key makes a new draft.

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::draft::{Draft, DraftEntry, DraftSummary, Gone, ReadyDraft};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Call, Effect, Opening, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::wizard::progress::StepMark;
use blobfreight::wizard::rail::{mark, progress};

use crate::pure::steps_job::{job, known};
use crate::support::app_harness::{AppHarness, now};
use crate::support::listed;

const AFTER_CREATION: [Step; 4] = [Step::Review, Step::Ship, Step::Follow, Step::Keys];
const HEADLINE: &str = "Job export-media has been gone since 2026-11-22 09:00 UTC. Do not ship.";

/// The screen as one line of words, whatever the wrapping.
fn words(app: &AppHarness) -> String {
    let screen = app.screen(120, 40);
    let body = screen.lines().map(|line| line.split_once('│').map_or(line, |(_, body)| body));
    body.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

fn without(code: Option<&str>, kind: FaultKind, status: u16) -> Fault {
    Fault { kind, status: Some(status), code: code.map(str::to_owned), ..Fault::local("read the job", "no") }
}

/// On a step, with the service's answer that there is no such job.
fn dropped(step: Step) -> AppHarness {
    let mut app = AppHarness::signed_in(known(step, "Creating"));
    if step == Step::Review {
        app.alt(Key::Char('9'));
    }
    app.answer(Slot::Job, Ok(Reply::Job(None)));
    if step == Step::Review {
        app.alt(Key::Char('8'));
    }
    app
}

#[test]
fn w47_every_step_after_creation_says_so_and_none_shows_the_address_or_an_old_state_as_true() {
    for step in AFTER_CREATION {
        let app = dropped(step);
        let shown = words(&app);
        assert!(shown.contains(HEADLINE), "{step:?}: {shown}");
        assert!(shown.contains("dropped after two weeks"), "{step:?}: {shown}");
        for untrue in ["Made-up Street", "● ship now", "exists", "✓ Ship", "created export-media", "ship by"] {
            assert!(!shown.contains(untrue), "{step:?} says {untrue:?}: {shown}");
        }
        assert_ne!(mark(app.shared(), Step::Follow), StepMark::Done);
    }
}

#[test]
fn the_small_screens_show_what_counts_too() {
    for step in AFTER_CREATION {
        for (columns, rows) in [(80, 24), (40, 12)] {
            let screen = dropped(step).screen(columns, rows);
            assert!(step == Step::Review || screen.contains("been gone"), "{step:?}\n{screen}");
        }
    }
}

#[test]
fn the_draft_keeps_it_and_says_it_at_once_the_next_time() {
    let app = dropped(Step::Ship);
    let draft = app.draft().clone();
    assert_eq!(draft.gone(), Some(Gone { seen: now(), with_group: false }));
    assert!(draft.job.as_ref().unwrap().shipping.lines().is_empty(), "no address left to ship to");
    let mut app = AppHarness::with(draft);
    assert!(words(&app).contains(HEADLINE), "before anybody is signed in");
    app.press(KeyPress::char('c'));
    assert!(!app.told().contains(&"copy".to_owned()), "no clipboard for an address nobody may ship to");
}

#[test]
fn a_job_that_is_back_is_shown_again() {
    let mut app = dropped(Step::Follow);
    app.press(KeyPress::char('r'));
    assert_eq!(app.told(), ["Job Job"]);
    app.answer(Slot::Job, Ok(job("Shipping")));
    assert_eq!(app.draft().gone(), None);
    assert!(words(&app).contains("● on the way"));
}

#[test]
fn the_first_answer_says_since_when() {
    let mut app = dropped(Step::Follow);
    app.now = "2026-11-23T09:00:00Z".parse().unwrap();
    app.press(KeyPress::char('r'));
    app.answer(Slot::Job, Ok(Reply::Job(None)));
    assert!(words(&app).contains(HEADLINE));
}

#[test]
fn only_an_answer_that_the_job_does_not_exist_counts() {
    for fault in [
        without(Some("AuthorizationFailed"), FaultKind::Denied, 403),
        without(None, FaultKind::Offline, 0),
        without(None, FaultKind::Gone, 404),
        without(Some("SubscriptionNotFound"), FaultKind::Gone, 404),
        without(Some("InvalidResourceType"), FaultKind::Gone, 404),
    ] {
        for step in [Step::Ship, Step::Follow, Step::Keys] {
            let mut app = AppHarness::signed_in(known(step, "Creating"));
            app.answer(Slot::Job, Err(fault.clone()));
            assert_eq!(app.draft().gone(), None, "{fault}");
            assert!(words(&app).contains("Could not read the job"), "{step:?} {fault}");
        }
    }
}

#[test]
fn a_group_that_is_gone_takes_its_job_along_and_that_is_what_is_said() {
    let missing = without(Some("ResourceGroupNotFound"), FaultKind::Gone, 404);
    let mut app = AppHarness::signed_in(known(Step::Follow, "Creating"));
    app.answer(Slot::Job, Err(missing.clone()));
    assert!(words(&app).contains("its resource group does not exist"), "{}", words(&app));
    let mut app = AppHarness::signed_in(known(Step::Keys, "Completed"));
    app.answer(Slot::Keys, Err(missing.clone()));
    app.answer(Slot::Job, Err(missing));
    assert!(words(&app).contains("its resource group does not exist"), "{}", words(&app));
}

#[test]
fn next_on_ship_says_why_not_and_the_rail_marks_it() {
    let mut app = dropped(Step::Ship);
    app.ctrl('n');
    assert_eq!(app.step(), Step::Ship);
    assert!(app.notice().contains("c makes a new draft"), "{}", app.notice());
    assert_eq!(progress(app.shared(), Step::Ship).summary, "do not ship, the job is gone");
    app.alt(Key::Char('0'));
    assert_eq!(mark(app.shared(), Step::Ship), StepMark::NeedsYou);
    assert_eq!(progress(app.shared(), Step::Review).summary, "export-media is gone");
}

#[test]
fn w47_one_key_makes_a_new_draft_from_these_answers() {
    for (step, key) in [(Step::Ship, Key::Enter), (Step::Follow, Key::Char('c')), (Step::Keys, Key::Enter)] {
        let mut app = dropped(step);
        if step == Step::Ship {
            app.answer(Slot::OtherParcels, Ok(Reply::Parcels(Vec::new())));
        }
        let id = app.draft().id.clone();
        app.key(key);
        assert_eq!(app.told(), ["save", "closedraft", "Drafts Drafts", "OpenDraft CopyDraft"], "{step:?}");
        let Some(Effect::Start { call: Call::CopyDraft(copied), .. }) = app.effects.last() else {
            panic!("{:?}", app.effects)
        };
        assert_eq!(*copied, id);
    }
    let mut app = dropped(Step::Review);
    app.press(KeyPress::char('c'));
    assert_eq!(app.told().last().unwrap(), "OpenDraft CopyDraft");
}

#[test]
fn the_new_draft_has_every_answer_and_nothing_that_belongs_to_the_job() {
    let old = dropped(Step::Ship).draft().clone();
    let new = old.for_another_job(blobfreight::draft::DraftId::parse("d2").unwrap(), now());
    assert_eq!((&new.address, &new.selection, &new.location), (&old.address, &old.selection, &old.location));
    assert!(new.account == old.account && new.job.is_none() && new.keys_file.is_none());
    assert_eq!((new.journal.create, new.journal.ship, new.parcel), Default::default());
    assert_eq!(new.step, Step::Review);
}

#[test]
fn saved_keys_and_keys_on_screen_outlive_the_job() {
    let mut draft = known(Step::Keys, "Completed");
    draft.keys_file = Some("/home/ana/keys.txt".into());
    let mut app = AppHarness::signed_in(draft);
    app.answer(Slot::Job, Ok(Reply::Job(None)));
    let shown = words(&app);
    assert!(shown.contains("Saved to /home/ana/keys.txt") && shown.contains("deleted after 90 days"), "{shown}");
    assert!(progress(app.shared(), Step::Keys).summary.starts_with("saved to"), "{shown}");
}

fn listed(id: &str, content: DraftSummary) -> DraftEntry {
    listed::entry(id, now(), content)
}

fn ready(draft: &Draft) -> DraftSummary {
    listed::row(ReadyDraft::of(draft))
}

#[test]
fn the_start_screen_says_that_the_job_of_a_draft_is_gone() {
    let mut app = AppHarness::started(Opening::Start);
    let draft = dropped(Step::Follow).draft().clone();
    app.answer(Slot::Drafts, Ok(Reply::Drafts(vec![listed("20261101-0800-00000001", ready(&draft))])));
    let screen = app.screen(80, 24);
    assert!(screen.contains("do not ship: the job is gone"), "{screen}");
}

#[test]
fn any_draft_on_the_start_screen_is_exported_again_with_c() {
    let mut app = AppHarness::started(Opening::Start);
    let finished = listed("20261101-0800-00000001", ready(&known(Step::Keys, "Completed")));
    let broken = listed("20261001-0800-00000001", DraftSummary::Refused("it is not JSON".into()));
    app.answer(Slot::Drafts, Ok(Reply::Drafts(vec![finished, broken])));
    assert!(app.screen(80, 24).contains("c copy"));
    app.key(Key::Down).press(KeyPress::char('c'));
    assert!(app.told().is_empty() && app.notice().contains("not JSON"), "{:?} {}", app.told(), app.notice());
    app.key(Key::Up).press(KeyPress::char('c'));
    assert_eq!(app.told(), ["OpenDraft CopyDraft"]);
    app.press(KeyPress::char('c'));
    assert!(app.told().is_empty(), "a second press opens nothing twice");
}

#[test]
fn w45_all_that_is_known_of_a_job_that_is_gone_can_be_read_on_the_smallest_screen() {
    for step in [Step::Ship, Step::Follow, Step::Keys] {
        let mut app = dropped(step);
        app.on_screen(40, 12);
        assert!(!app.screen(40, 12).contains("It was last"), "the page fits: nothing to test");
        app.key(Key::End);
        assert!(app.screen(40, 12).contains("It was last"), "{step:?}\n{}", app.screen(40, 12));
        app.key(Key::Home);
        assert!(app.screen(40, 12).contains("been gone"), "{step:?}\n{}", app.screen(40, 12));
    }
}
