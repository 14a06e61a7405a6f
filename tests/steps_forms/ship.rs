//! The parcel is announced once: what is sent, in which order, and what happens when answers are late, doubled or lost.

use blobfreight::app::key::Key;
use blobfreight::app::protocol::{Call, Effect, Msg, Reply, Slot};
use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::JobState;
use blobfreight::draft::{Draft, Intention, ParcelAnswers};
use blobfreight::wizard::Step;
use blobfreight::wizard::rail::progress;

use crate::answers::{created, draft, job_in};
use crate::desk::{Bench, now};

fn packed() -> Draft {
    let mut draft = created();
    draft.parcel = ParcelAnswers {
        carrier: "FedEx".into(),
        tracking_number: "1234567890".into(),
        drive_count: "2".into(),
        ship_date: "2026-11-22".into(),
    };
    draft
}

fn job(state: JobState) -> Reply {
    Reply::Job(Some(Box::new(job_in(state))))
}

fn lost() -> Result<Reply, Fault> {
    let broke = Fault::local("announce the parcel", "the connection broke");
    Err(Fault { kind: FaultKind::Offline, unsettled: true, ..broke })
}

/// Lets seconds pass.
fn after(bench: &mut Bench, seconds: i64) -> &mut Bench {
    bench.now = bench.now.checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap();
    bench
}

fn intention(bench: &Bench) -> Option<bool> {
    bench.draft().journal.ship.map(|ship| ship.confirmed)
}

#[test]
fn announcing_saves_then_looks_then_changes_then_goes_on() {
    let mut bench = Bench::signed_in(packed());
    bench.ctrl('n');
    assert_eq!((bench.told().last().unwrap().as_str(), intention(&bench)), ("Ship Job", None), "nothing is sent yet");
    after(&mut bench, 60).answer(Slot::Ship, Ok(job(JobState::Creating)));
    assert_eq!((bench.told()[0].as_str(), bench.told().last().unwrap().as_str()), ("save", "Ship UpdateJob"));
    let Effect::Save(saved) = &bench.effects[0] else { panic!("{:?}", bench.effects) };
    assert_eq!(saved.journal.ship, Some(Intention { at: bench.now, confirmed: false }), "noted before it is sent");
    let Some(Effect::Start { call: Call::UpdateJob { job: target, change }, .. }) = bench.effects.last() else {
        panic!("{:?}", bench.effects)
    };
    let package = change.delivery_package.as_ref().unwrap();
    assert_eq!((target.name.as_str(), change.ship, change.cancel), ("export-media", true, false));
    assert_eq!((package.tracking_number.as_str(), package.drive_count), ("1234567890", Some(2)));
    assert_eq!((change.backup_manifest, change.log_level, &change.return_address), (None, None, &None));
    bench.answer(Slot::Ship, Ok(job(JobState::Shipping)));
    assert_eq!(bench.told()[0], "save");
    assert_eq!((bench.draft().step, intention(&bench)), (Step::Follow, Some(true)));
    let told = progress(bench.desk(), Step::Ship);
    assert!(told.answered && told.needs.is_none());
    assert_eq!(told.summary, "FedEx 1234567890");
}

#[test]
fn pressed_twice_it_is_sent_once_and_doubled_answers_are_dropped() {
    let mut bench = Bench::signed_in(packed());
    bench.ctrl('n');
    assert_eq!(bench.ctrl('n').told(), Vec::<String>::new());
    bench.types("9");
    assert_eq!(bench.draft().parcel, packed().parcel, "nothing changes under a request");
    bench.answer(Slot::Ship, Ok(job(JobState::Creating)));
    assert_eq!(bench.ctrl('n').told(), Vec::<String>::new());
    bench.answer(Slot::Ship, Ok(job(JobState::Shipping)));
    assert_eq!(
        bench.answer_again(Slot::Ship, Ok(job(JobState::Creating))).told(),
        Vec::<String>::new(),
        "a doubled answer"
    );
    assert_eq!(intention(&bench), Some(true));
}

#[test]
fn a_job_that_left_creating_is_not_changed_again() {
    let mut bench = Bench::signed_in(packed());
    bench.ctrl('n');
    bench.answer(Slot::Ship, Ok(job(JobState::Received)));
    assert!(!bench.told().iter().any(|effect| effect.starts_with("Ship")), "{:?}", bench.effects);
    assert_eq!((intention(&bench), bench.draft().step), (Some(true), Step::Follow));
}

#[test]
fn w36_a_lost_answer_is_kept_on_the_step_and_retry_only_looks() {
    let mut bench = Bench::signed_in(packed());
    bench.ctrl('n');
    bench.answer(Slot::Ship, Ok(job(JobState::Creating)));
    bench.answer(Slot::Ship, lost());
    bench.row_with("? Azure did not answer the");
    assert_eq!((intention(&bench), bench.draft().step), (Some(false), Step::Ship));
    assert_eq!(bench.ctrl('t').told(), ["Ship Job"]);
    bench.answer(Slot::Ship, Ok(job(JobState::Shipping)));
    assert!(!bench.told().iter().any(|effect| effect.contains("UpdateJob")));
    assert!(bench.notice().contains("announced already"), "{}", bench.notice());
    assert_eq!(intention(&bench), Some(true));
}

#[test]
fn w15_after_a_crash_it_only_looks_and_says_what_it_found() {
    let mut draft = packed();
    let an_hour_ago = now().checked_sub(jiff::SignedDuration::from_hours(1)).unwrap();
    draft.journal.ship = Some(Intention { at: an_hour_ago, confirmed: false });
    let mut bench = Bench::signed_in(draft.clone());
    let asked: Vec<_> = bench.asked.iter().filter(|effect| effect.starts_with("Ship")).collect();
    assert_eq!(asked, ["Ship Job"]);
    assert_eq!(bench.answer(Slot::Ship, Ok(job(JobState::Creating))).told(), ["save"]);
    assert!(bench.notice().contains("not announced the last time"), "{}", bench.notice());
    assert_eq!(intention(&bench), None);
    let mut bench = Bench::signed_in(draft);
    assert_eq!(bench.answer(Slot::Ship, Ok(job(JobState::Shipping))).told(), ["save"]);
    assert_eq!((intention(&bench), bench.draft().step), (Some(true), Step::Ship), "says so and stays");
}

#[test]
fn w15_a_parcel_announced_a_moment_ago_may_still_be_heard_of() {
    let mut draft = packed();
    draft.journal.ship = Some(Intention { at: now(), confirmed: false });
    let mut bench = Bench::signed_in(draft);
    bench.answer(Slot::Ship, Ok(job(JobState::Creating)));
    assert!(bench.notice().contains("may still hear of it for 15 minutes"), "{}", bench.notice());
    assert_eq!(intention(&bench), Some(false), "it is looked for again");
}

#[test]
fn w36_a_lost_announcement_is_not_called_a_failed_one() {
    let mut bench = Bench::signed_in(packed());
    bench.ctrl('n');
    bench.answer(Slot::Ship, Ok(job(JobState::Creating)));
    bench.answer(Slot::Ship, lost());
    let said = bench.screen(120, 40);
    assert!(said.contains("The parcel may be announced") && !said.contains("Could not announce"), "{said}");
    assert_eq!(bench.key(Key::Enter).told().last().unwrap(), "Ship Job", "Enter looks");
}

/// A draft whose announcement was sent and whose answer was lost.
fn lost_announcement() -> Bench {
    let mut bench = Bench::signed_in(packed());
    bench.ctrl('n').answer(Slot::Ship, Ok(job(JobState::Creating)));
    after(&mut bench, 120).answer(Slot::Ship, lost());
    bench
}

#[test]
fn w36_what_may_be_announced_is_not_changed_and_is_sent_again_as_it_was() {
    let mut bench = lost_announcement();
    for _ in 0..3 {
        bench.key(Key::BackTab);
    }
    bench.types("9");
    assert!(
        bench.notice().starts_with("The parcel may be announced: its request can arrive for 15 minutes."),
        "{}",
        bench.notice()
    );
    bench.key(Key::Backspace).paste("another");
    assert!(bench.notice().contains("announcing it again sends the same"), "{}", bench.notice());
    assert_eq!(bench.draft().parcel, packed().parcel);
    after(&mut bench, 600).ctrl('n').answer(Slot::Ship, Ok(job(JobState::Creating)));
    let Some(Effect::Start { call: Call::UpdateJob { change, .. }, .. }) = bench.effects.last() else {
        panic!("{:?}", bench.effects)
    };
    assert_eq!(change.delivery_package, blobfreight::form::parcel::package(&packed().parcel));
    assert_eq!(
        bench.draft().journal.ship,
        Some(Intention { at: bench.now, confirmed: false }),
        "counted from this one"
    );
}

#[test]
fn w36_once_no_request_can_arrive_any_more_the_step_looks_by_itself_and_the_parcel_can_be_changed() {
    let mut bench = lost_announcement();
    bench.ctrl('t').answer(Slot::Ship, Ok(job(JobState::Creating)));
    assert!(bench.notice().contains("may still hear of it for 15 minutes"), "{}", bench.notice());
    bench.row_with("The parcel may be announced");
    after(&mut bench, 14 * 60).send(Msg::Tick);
    assert!(!bench.told().contains(&"Ship Job".to_owned()), "{:?}", bench.told());
    after(&mut bench, 60).send(Msg::Tick);
    assert_eq!(bench.told(), ["Ship Job"]);
    bench.answer(Slot::Ship, Ok(job(JobState::Creating)));
    assert_eq!(intention(&bench), None);
    bench.key(Key::BackTab).types("4");
    assert_ne!(bench.draft().parcel, packed().parcel, "{}", bench.notice());
}

#[test]
fn w36_a_refused_announcement_leaves_the_parcel_open_unless_an_earlier_one_may_arrive() {
    let refused = || Err(Fault::local("announce the parcel", "the tracking number is too long"));
    let mut bench = Bench::signed_in(packed());
    bench.ctrl('n').answer(Slot::Ship, Ok(job(JobState::Creating)));
    bench.answer(Slot::Ship, refused());
    assert_eq!(intention(&bench), None);
    let mut bench = lost_announcement();
    let lost = bench.draft().journal.ship;
    after(&mut bench, 60).ctrl('n').answer(Slot::Ship, Ok(job(JobState::Creating)));
    bench.answer(Slot::Ship, refused());
    assert_eq!(bench.draft().journal.ship, lost);
}

#[test]
fn a_job_that_is_gone_or_being_cancelled_gets_no_parcel() {
    let mut bench = Bench::signed_in(packed());
    bench.ctrl('n');
    bench.answer(Slot::Ship, Ok(Reply::Job(None)));
    bench.row_with("has been gone since");
    let mut bench = Bench::signed_in(packed());
    bench.ctrl('n');
    let mut cancelled = job_in(JobState::Creating);
    cancelled.cancel_requested = true;
    bench.answer(Slot::Ship, Ok(Reply::Job(Some(Box::new(cancelled)))));
    assert_eq!(bench.told(), ["save"]);
    bench.row_with("Do not send the drives");
}

#[test]
fn w05_an_unfinished_parcel_sends_nothing() {
    let mut bench = Bench::signed_in(created());
    bench.ctrl('n');
    assert!(!bench.told().iter().any(|effect| effect.starts_with("Ship")), "{:?}", bench.effects);
    assert_eq!((bench.notice(), intention(&bench)), ("3 fields need you", None));
}

#[test]
fn w43_the_jobs_own_address_and_the_deadline_are_shown_and_can_be_copied() {
    let mut bench = Bench::signed_in(created());
    bench.row_with("1 Made-up Street");
    bench.row_with("2026-12-04");
    bench.key(Key::Char('c'));
    let Some(Effect::Copy(text)) = bench.effects.last() else { panic!("{:?}", bench.effects) };
    assert!(text.starts_with("Azure Import/Export\n1 Made-up Street\n"), "{text}");
    bench.key(Key::Enter);
    bench.types("c");
    assert_eq!(bench.draft().parcel.carrier, "c", "in a field it is a letter");
}

#[test]
fn before_the_job_exists_the_step_is_locked() {
    let bench = Bench::signed_in(draft(Step::Address));
    assert!(progress(bench.desk(), Step::Ship).locked.is_some());
}
