//! A job that is gone leads on: nothing shows it as if it were there, its address is nowhere, and one key makes a new draft.

use blobfreight::app::key::{Key, KeyPress};
use blobfreight::app::protocol::{Call, Effect, Opening, Reply, Slot};
use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::JobState;
use blobfreight::draft::{Draft, Gone, Listed, ListedContent};
use blobfreight::wizard::Step;
use blobfreight::wizard::rail::{Mark, mark, progress};

use crate::desk::{Bench, now};
use crate::{job, known};

const AFTER_CREATION: [Step; 4] = [Step::Review, Step::Ship, Step::Follow, Step::Keys];
const HEADLINE: &str = "Job export-media has been gone since 2026-11-22 09:00 UTC. Do not ship.";

/// The screen as one line of words, whatever the wrapping.
fn words(bench: &Bench) -> String {
    let screen = bench.screen(120, 40);
    let body = screen.lines().map(|line| line.split_once('│').map_or(line, |(_, body)| body));
    body.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

fn without(code: Option<&str>, kind: FaultKind, status: u16) -> Fault {
    Fault { kind, status: Some(status), code: code.map(str::to_owned), ..Fault::local("read the job", "no") }
}

/// On a step, with the service's answer that there is no such job.
fn dropped(step: Step) -> Bench {
    let mut bench = Bench::signed_in(known(step, JobState::Creating));
    if step == Step::Review {
        bench.alt(Key::Char('9'));
    }
    bench.answer(Slot::Job, Ok(Reply::Job(None)));
    if step == Step::Review {
        bench.alt(Key::Char('8'));
    }
    bench
}

#[test]
fn w47_every_step_after_creation_says_so_and_none_shows_the_address_or_an_old_state_as_true() {
    for step in AFTER_CREATION {
        let bench = dropped(step);
        let shown = words(&bench);
        assert!(shown.contains(HEADLINE), "{step:?}: {shown}");
        assert!(shown.contains("dropped after two weeks"), "{step:?}: {shown}");
        for untrue in ["Made-up Street", "● Creating", "exists", "✓ Ship", "created export-media", "ship by"] {
            assert!(!shown.contains(untrue), "{step:?} says {untrue:?}: {shown}");
        }
        assert_ne!(mark(bench.desk(), Step::Follow), Mark::Done);
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
    let bench = dropped(Step::Ship);
    let draft = bench.draft().clone();
    assert_eq!(draft.gone(), Some(Gone { seen: now(), with_group: false }));
    assert!(draft.job.as_ref().unwrap().shipping.lines().is_empty(), "no address left to ship to");
    let mut bench = Bench::with(draft);
    assert!(words(&bench).contains(HEADLINE), "before anybody is signed in");
    bench.press(KeyPress::char('c'));
    assert!(!bench.told().contains(&"copy".to_owned()), "no clipboard for an address nobody may ship to");
}

#[test]
fn a_job_that_is_back_is_shown_again() {
    let mut bench = dropped(Step::Follow);
    bench.press(KeyPress::char('r'));
    assert_eq!(bench.told(), ["Job Job"]);
    bench.answer(Slot::Job, Ok(job(JobState::Shipping)));
    assert_eq!(bench.draft().gone(), None);
    assert!(words(&bench).contains("● Shipping"));
}

#[test]
fn the_first_answer_says_since_when() {
    let mut bench = dropped(Step::Follow);
    bench.now = "2026-11-23T09:00:00Z".parse().unwrap();
    bench.press(KeyPress::char('r'));
    bench.answer(Slot::Job, Ok(Reply::Job(None)));
    assert!(words(&bench).contains(HEADLINE));
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
            let mut bench = Bench::signed_in(known(step, JobState::Creating));
            bench.answer(Slot::Job, Err(fault.clone()));
            assert_eq!(bench.draft().gone(), None, "{fault}");
            assert!(words(&bench).contains("Could not read the job"), "{step:?} {fault}");
        }
    }
}

#[test]
fn a_group_that_is_gone_takes_its_job_along_and_that_is_what_is_said() {
    let missing = without(Some("ResourceGroupNotFound"), FaultKind::Gone, 404);
    let mut bench = Bench::signed_in(known(Step::Follow, JobState::Creating));
    bench.answer(Slot::Job, Err(missing.clone()));
    assert!(words(&bench).contains("its resource group does not exist"), "{}", words(&bench));
    let mut bench = Bench::signed_in(known(Step::Keys, JobState::Completed));
    bench.answer(Slot::Keys, Err(missing.clone()));
    bench.answer(Slot::Job, Err(missing));
    assert!(words(&bench).contains("its resource group does not exist"), "{}", words(&bench));
}

#[test]
fn next_on_ship_says_why_not_and_the_rail_marks_it() {
    let mut bench = dropped(Step::Ship);
    bench.ctrl('n');
    assert_eq!(bench.step(), Step::Ship);
    assert!(bench.notice().contains("c makes a new draft"), "{}", bench.notice());
    assert_eq!(progress(bench.desk(), Step::Ship).summary, "do not ship, the job is gone");
    bench.alt(Key::Char('0'));
    assert_eq!(mark(bench.desk(), Step::Ship), Mark::NeedsYou);
    assert_eq!(progress(bench.desk(), Step::Review).summary, "export-media is gone");
}

#[test]
fn w47_one_key_makes_a_new_draft_from_these_answers() {
    for (step, key) in [(Step::Ship, Key::Enter), (Step::Follow, Key::Char('c')), (Step::Keys, Key::Enter)] {
        let mut bench = dropped(step);
        let id = bench.draft().id.clone();
        bench.key(key);
        assert_eq!(bench.told(), ["save", "closedraft", "Drafts Drafts", "OpenDraft CopyDraft"], "{step:?}");
        let Some(Effect::Start { call: Call::CopyDraft(copied), .. }) = bench.effects.last() else {
            panic!("{:?}", bench.effects)
        };
        assert_eq!(*copied, id);
    }
    let mut bench = dropped(Step::Review);
    bench.press(KeyPress::char('c'));
    assert_eq!(bench.told().last().unwrap(), "OpenDraft CopyDraft");
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
    let mut draft = known(Step::Keys, JobState::Completed);
    draft.keys_file = Some("/home/ana/keys.txt".into());
    let mut bench = Bench::signed_in(draft);
    bench.answer(Slot::Job, Ok(Reply::Job(None)));
    let shown = words(&bench);
    assert!(shown.contains("Saved to /home/ana/keys.txt") && shown.contains("deleted after 90 days"), "{shown}");
    assert!(progress(bench.desk(), Step::Keys).summary.starts_with("saved to"), "{shown}");
}

fn listed(id: &str, content: ListedContent) -> Listed {
    Listed { id: blobfreight::draft::DraftId::parse(id).unwrap(), changed: now(), content }
}

fn ready(draft: &Draft) -> ListedContent {
    ListedContent::Ready {
        step: Step::Keys,
        rehearsal: false,
        account: None,
        job: Some("export-media".into()),
        state: draft.job.as_ref().map(|known| known.state.clone()),
        gone: draft.gone().is_some(),
        part: None,
    }
}

#[test]
fn the_start_screen_says_that_the_job_of_a_draft_is_gone() {
    let mut bench = Bench::started(Opening::Start);
    let draft = dropped(Step::Follow).draft().clone();
    bench.answer(Slot::Drafts, Ok(Reply::Drafts(vec![listed("20261101-0800-00000001", ready(&draft))])));
    let screen = bench.screen(80, 24);
    assert!(screen.contains("job gone, last Creating"), "{screen}");
}

#[test]
fn any_draft_on_the_start_screen_is_exported_again_with_c() {
    let mut bench = Bench::started(Opening::Start);
    let finished = listed("20261101-0800-00000001", ready(&known(Step::Keys, JobState::Completed)));
    let broken = listed("20261001-0800-00000001", ListedContent::Refused("it is not JSON".into()));
    bench.answer(Slot::Drafts, Ok(Reply::Drafts(vec![finished, broken])));
    assert!(bench.screen(80, 24).contains("c copy"));
    bench.key(Key::Down).press(KeyPress::char('c'));
    assert!(bench.told().is_empty() && bench.notice().contains("not JSON"), "{:?} {}", bench.told(), bench.notice());
    bench.key(Key::Up).press(KeyPress::char('c'));
    assert_eq!(bench.told(), ["OpenDraft CopyDraft"]);
    bench.press(KeyPress::char('c'));
    assert!(bench.told().is_empty(), "a second press opens nothing twice");
}

#[test]
fn w45_all_that_is_known_of_a_job_that_is_gone_can_be_read_on_the_smallest_screen() {
    for step in [Step::Ship, Step::Follow, Step::Keys] {
        let mut bench = dropped(step);
        bench.on_screen(40, 12);
        assert!(!bench.screen(40, 12).contains("It was last"), "the page fits: nothing to test");
        bench.key(Key::End);
        assert!(bench.screen(40, 12).contains("It was last"), "{step:?}\n{}", bench.screen(40, 12));
        bench.key(Key::Home);
        assert!(bench.screen(40, 12).contains("been gone"), "{step:?}\n{}", bench.screen(40, 12));
    }
}
