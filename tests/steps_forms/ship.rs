//! The parcel is announced once: what is sent, in which order, and what happens when answers are late, doubled or lost.

use blobfreight::app::key::Key;
use blobfreight::app::protocol::{Call, Effect, Reply, Slot};
use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::JobState;
use blobfreight::draft::{Draft, Intention, ParcelAnswers};
use blobfreight::wizard::Step;
use blobfreight::wizard::rail::progress;

use crate::seat::{Seat, created, draft, job_in, now, told};

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
    Err(Fault { kind: FaultKind::Offline, ..Fault::local("announce the parcel", "the connection broke") })
}

fn intention(seat: &Seat) -> Option<bool> {
    seat.draft().journal.ship.map(|ship| ship.confirmed)
}

#[test]
fn announcing_saves_then_looks_then_changes_then_goes_on() {
    let (mut seat, _) = Seat::at(packed());
    let effects = seat.ctrl('n');
    assert_eq!(told(&effects), ["save", "Ship: Job"]);
    let Effect::Save(saved) = &effects[0] else { panic!("{effects:?}") };
    assert_eq!(saved.journal.ship, Some(Intention { at: now(), confirmed: false }), "noted before it is sent");
    let effects = seat.answer(Slot::Ship, Ok(job(JobState::Creating)));
    assert_eq!(told(&effects).last().unwrap(), "Ship: UpdateJob");
    let Some(Effect::Start { call: Call::UpdateJob { job: target, change }, .. }) = effects.last() else {
        panic!("{effects:?}")
    };
    let package = change.delivery_package.as_ref().unwrap();
    assert_eq!((target.name.as_str(), change.ship, change.cancel), ("export-media", true, false));
    assert_eq!((package.tracking_number.as_str(), package.drive_count), ("1234567890", Some(2)));
    assert_eq!((change.backup_manifest, change.log_level, &change.return_address), (None, None, &None));
    let effects = seat.answer(Slot::Ship, Ok(job(JobState::Shipping)));
    assert_eq!(told(&effects)[0], "save");
    assert_eq!((seat.draft().step, intention(&seat)), (Step::Follow, Some(true)));
    let told = progress(seat.desk(), Step::Ship);
    assert!(told.answered && told.needs.is_none());
    assert_eq!(told.summary, "FedEx 1234567890");
}

#[test]
fn pressed_twice_it_is_sent_once_and_doubled_answers_are_dropped() {
    let (mut seat, _) = Seat::at(packed());
    seat.ctrl('n');
    assert_eq!(told(&seat.ctrl('n')), Vec::<String>::new());
    seat.write("9");
    assert_eq!(seat.draft().parcel, packed().parcel, "nothing changes under a request");
    seat.answer(Slot::Ship, Ok(job(JobState::Creating)));
    assert_eq!(told(&seat.ctrl('n')), Vec::<String>::new());
    seat.answer(Slot::Ship, Ok(job(JobState::Shipping)));
    assert_eq!(told(&seat.answer(Slot::Ship, Ok(job(JobState::Creating)))), Vec::<String>::new(), "a doubled answer");
    assert_eq!(intention(&seat), Some(true));
}

#[test]
fn a_job_that_left_creating_is_not_changed_again() {
    let (mut seat, _) = Seat::at(packed());
    seat.ctrl('n');
    let effects = seat.answer(Slot::Ship, Ok(job(JobState::Received)));
    assert!(!told(&effects).iter().any(|effect| effect.starts_with("Ship")), "{effects:?}");
    assert_eq!((intention(&seat), seat.draft().step), (Some(true), Step::Follow));
}

#[test]
fn w36_a_lost_answer_is_kept_on_the_step_and_retry_only_looks() {
    let (mut seat, _) = Seat::at(packed());
    seat.ctrl('n');
    seat.answer(Slot::Ship, Ok(job(JobState::Creating)));
    seat.answer(Slot::Ship, lost());
    seat.row_with("! Could not announce the parcel: the connection");
    assert_eq!((intention(&seat), seat.draft().step), (Some(false), Step::Ship));
    assert_eq!(told(&seat.ctrl('t')), ["Ship: Job"]);
    let effects = seat.answer(Slot::Ship, Ok(job(JobState::Shipping)));
    assert!(!told(&effects).iter().any(|effect| effect.contains("UpdateJob")));
    assert!(seat.notice().contains("announced already"), "{}", seat.notice());
    assert_eq!(intention(&seat), Some(true));
}

#[test]
fn w15_after_a_crash_it_only_looks_and_says_what_it_found() {
    let mut draft = packed();
    draft.journal.ship = Some(Intention { at: now(), confirmed: false });
    let (mut seat, effects) = Seat::at(draft.clone());
    let asked: Vec<_> = told(&effects).into_iter().filter(|effect| effect.starts_with("Ship")).collect();
    assert_eq!(asked, ["Ship: Job"]);
    assert_eq!(told(&seat.answer(Slot::Ship, Ok(job(JobState::Creating)))), ["save"]);
    assert!(seat.notice().contains("not announced the last time"), "{}", seat.notice());
    assert_eq!(intention(&seat), None);
    let (mut seat, _) = Seat::at(draft);
    assert_eq!(told(&seat.answer(Slot::Ship, Ok(job(JobState::Shipping)))), ["save"]);
    assert_eq!((intention(&seat), seat.draft().step), (Some(true), Step::Ship), "says so and stays");
}

#[test]
fn a_job_that_is_gone_or_being_cancelled_gets_no_parcel() {
    let (mut seat, _) = Seat::at(packed());
    seat.ctrl('n');
    seat.answer(Slot::Ship, Ok(Reply::Job(None)));
    seat.row_with("does not have it");
    let (mut seat, _) = Seat::at(packed());
    seat.ctrl('n');
    let mut cancelled = job_in(JobState::Creating);
    cancelled.cancel_requested = true;
    let effects = seat.answer(Slot::Ship, Ok(Reply::Job(Some(Box::new(cancelled)))));
    assert_eq!(told(&effects), ["save"]);
    seat.row_with("Do not send the drives");
}

#[test]
fn w05_an_unfinished_parcel_sends_nothing() {
    let (mut seat, _) = Seat::at(created());
    let effects = seat.ctrl('n');
    assert!(!told(&effects).iter().any(|effect| effect.starts_with("Ship")), "{effects:?}");
    assert_eq!((seat.notice(), intention(&seat)), ("3 fields need you", None));
}

#[test]
fn w43_the_jobs_own_address_and_the_deadline_are_shown_and_can_be_copied() {
    let (mut seat, _) = Seat::at(created());
    seat.row_with("1 Made-up Street");
    seat.row_with("2026-12-04");
    let effects = seat.press(Key::Char('c'));
    let Some(Effect::Copy(text)) = effects.last() else { panic!("{effects:?}") };
    assert!(text.starts_with("Azure Import/Export\n1 Made-up Street\n"), "{text}");
    seat.press(Key::Enter);
    seat.write("c");
    assert_eq!(seat.draft().parcel.carrier, "c", "in a field it is a letter");
}

#[test]
fn before_the_job_exists_the_step_is_locked() {
    let (seat, _) = Seat::at(draft(Step::Address));
    assert!(progress(seat.desk(), Step::Ship).locked.is_some());
}
