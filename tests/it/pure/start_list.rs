//! The list of the start screen: drafts and jobs, the look at the jobs behind it, the filter, the archive and the trash.

use blobfreight::app::start::{Choice, LookStanding, Section};
use blobfreight::azure::fault::Fault;
use blobfreight::azure::model::ServiceName;
use blobfreight::draft::{DraftEntry, DraftSummary, ReadyDraft, UsedSignIn};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Call, Effect, Msg, Opening, Reply, Slot};
use blobfreight::protocol::overview::{FoundJob, JobsOverview};
use blobfreight::protocol::step::Step;
use jiff::{SignedDuration, Timestamp};

use crate::support::app_harness::{AppHarness, full_draft, now};
use crate::support::listed;

fn ago(hours: i64) -> Timestamp {
    now() - SignedDuration::from_hours(hours)
}

fn entry(number: u32, hours: i64, draft: ReadyDraft) -> DraftEntry {
    listed::entry(&format!("20261101-0800-{number:08x}"), ago(hours), listed::row(draft))
}

/// A draft that signs in without a person.
fn draft(job: &str, state: Option<&str>) -> ReadyDraft {
    let step = if state.is_some() { Step::Follow } else { Step::Blobs };
    ReadyDraft { sign_in: Some(listed::sign_in()), ..listed::ready(step, "mediaarchive", Some(job), state) }
}

fn with(drafts: Vec<DraftEntry>) -> AppHarness {
    let mut app = AppHarness::started(Opening::Start);
    app.answer(Slot::Drafts, Ok(Reply::Drafts(drafts)));
    app
}

fn looked(app: &mut AppHarness, jobs: Vec<FoundJob>) {
    app.answer(Slot::JobsOverview, Ok(Reply::JobsOverview(Box::new(listed::overview(jobs)))));
}

/// The names of the rows, each with the part it is in.
fn rows(app: &AppHarness) -> Vec<(Section, String)> {
    let name = |choice: Choice<'_>| match choice {
        Choice::Draft(entry, found) => {
            let name = entry.ready().and_then(|draft| draft.job.clone()).unwrap_or_else(|| entry.id.to_string());
            if found.is_some() { format!("{name} + job") } else { name }
        }
        Choice::Job(found) => found.address.name.clone(),
        Choice::New => "new".into(),
        Choice::Rehearse => "rehearse".into(),
    };
    app.model.start.rows().into_iter().map(|row| (row.section, name(row.choice))).collect()
}

fn names(app: &AppHarness) -> Vec<String> {
    rows(app).into_iter().map(|(_, name)| name).collect()
}

fn under_cursor(app: &AppHarness) -> String {
    names(app).swap_remove(app.model.start.row)
}

#[test]
fn w51_drafts_and_jobs_are_one_list_by_what_comes_next_and_its_deadline() {
    let mut shipping = draft("ship-late", Some("Creating"));
    shipping.facts.created = Some(ago(24));
    let mut app = with(vec![
        entry(1, 1, draft("answers", None)),
        entry(2, 2, draft("copying", Some("Transferring"))),
        entry(3, 3, shipping),
        entry(4, 4, ReadyDraft { rehearsal: true, ..draft("rehearsal", None) }),
        listed::entry("20261101-0800-00000005", ago(5), DraftSummary::Refused("it is damaged".into())),
    ]);
    assert_eq!(under_cursor(&app), "answers", "the last changed one");
    let jobs = vec![
        listed::found("ship-early", "AwaitingShipmentDetails", Some(ago(13 * 24))),
        listed::found("ended", "Cancelled", None),
        listed::found("unknown-day", "AwaitingShipmentDetails", None),
        FoundJob {
            address: listed::address(ServiceName::ImportExport, "COPYING"),
            ..listed::found("COPYING", "Completed", None)
        },
    ];
    looked(&mut app, jobs);
    assert_eq!(under_cursor(&app), "answers", "the cursor stays on its row");
    let wanted = [
        (Section::NeedsYou, "ship-early"),
        (Section::NeedsYou, "ship-late"),
        (Section::NeedsYou, "copying + job"),
        (Section::NeedsYou, "unknown-day"),
        (Section::Answers, "answers"),
        (Section::Rehearsals, "rehearsal"),
        (Section::SetAside, "20261101-0800-00000005"),
        (Section::Begin, "new"),
        (Section::Begin, "rehearse"),
        (Section::Finished, "ended"),
    ];
    assert_eq!(rows(&app), wanted.map(|(section, name)| (section, name.to_owned())));
}

#[test]
fn w51_a_cursor_that_was_moved_before_the_drafts_were_read_stays_where_it_is() {
    let mut app = AppHarness::started(Opening::Start);
    app.key(Key::Down);
    assert_eq!(under_cursor(&app), "rehearse");
    app.answer(Slot::Drafts, Ok(Reply::Drafts(vec![entry(1, 1, draft("answers", None))])));
    assert_eq!(under_cursor(&app), "rehearse");
}

#[test]
fn w51_a_tag_that_was_copied_makes_no_job_a_drafts_own() {
    let one = entry(1, 1, draft("media", Some("Creating")));
    let mut copied = listed::found("stranger", "DataCopy", None);
    copied.job.tags = vec![("blobfreight-draft".into(), one.id.to_string())];
    let mut open = draft("asked", None);
    open.facts.create_open = true;
    let asked = entry(2, 2, open);
    let mut made = listed::found("asked-2", "DataCopy", None);
    made.job.tags = vec![("blobfreight-draft".into(), asked.id.to_string())];
    let mut app = with(vec![one, asked]);
    looked(&mut app, vec![copied, made]);
    assert!(
        names(&app).contains(&"stranger".to_owned()) && names(&app).contains(&"asked + job".to_owned()),
        "{:?}",
        names(&app)
    );
    assert!(!names(&app).contains(&"asked-2".to_owned()), "one row with its draft");
}

#[test]
fn w51_a_clock_set_back_looks_again_and_changes_no_order() {
    let mut shipping = draft("ship", Some("Creating"));
    shipping.facts.created = Some(ago(24));
    let drafts = vec![entry(1, 1, draft("answers", None)), entry(2, 2, shipping)];
    let mut app = with(drafts.clone());
    looked(&mut app, Vec::new());
    let before = names(&app);
    app.now = ago(24 * 400);
    app.press(KeyPress::char('j'));
    assert_eq!(names(&app), before);
    let screen = app.screen(80, 24);
    assert!(screen.contains("ship by 2026-12-05 or the job is dropped") && !screen.contains(" -"), "{screen}");
    app.press(KeyPress::char('r'));
    app.answer(Slot::Drafts, Ok(Reply::Drafts(drafts)));
    assert!(app.told().contains(&"JobsOverview JobsOverview".to_owned()), "{:?}", app.told());
}

#[test]
fn w51_what_is_put_away_is_listed_after_a_capital_a_and_comes_back() {
    let drafts = vec![entry(1, 1, draft("media", Some("Transferring"))), entry(2, 2, draft("other", None))];
    let mut app = with(drafts.clone());
    app.press(KeyPress::char('a'));
    assert!(app.told().contains(&"Drafts ArchiveDraft".to_owned()), "{:?}", app.told());
    assert!(app.notice().is_empty(), "not said before it is done: {}", app.notice());
    let put_away = vec![DraftEntry { archived: true, ..drafts[0].clone() }, drafts[1].clone()];
    app.answer(Slot::Drafts, Ok(Reply::Drafts(put_away)));
    assert!(app.notice().contains("is archived"), "{}", app.notice());
    assert!(!names(&app).contains(&"media".to_owned()) && app.screen(80, 24).contains("1 draft archived"));
    app.press(KeyPress::char('A')).key(Key::End);
    assert_eq!((rows(&app).pop().unwrap().0, under_cursor(&app)), (Section::Archived, "media".to_owned()));
    app.press(KeyPress::char('a'));
    let Some(Effect::Start { call: Call::ArchiveDraft { archived, .. }, .. }) = app.effects.last() else { panic!() };
    assert!(!archived);
}

#[test]
fn w51_the_filter_takes_letters_as_text_and_escape_takes_it_away() {
    let mut app = with(vec![entry(1, 1, draft("media-2026", None)), entry(2, 2, draft("quarry", None))]);
    app.press(KeyPress::char('/')).types("q");
    assert_eq!(names(&app), ["quarry"]);
    app.send(Msg::Paste("uarr".into()));
    assert_eq!(names(&app), ["quarry"]);
    app.key(Key::Enter).key(Key::Enter);
    let Some(Effect::Start { call: Call::OpenDraft(id), .. }) = app.effects.last() else { panic!("{:?}", app.effects) };
    assert_eq!(id.as_str(), "20261101-0800-00000002");
    app.answer(Slot::OpenDraft, Err(Fault::local("open the draft", "the disk is gone")));
    app.key(Key::Esc);
    assert_eq!((names(&app).len(), under_cursor(&app)), (4, "quarry".to_owned()));
    app.press(KeyPress::char('/')).types("no such");
    assert!(names(&app).is_empty() && app.screen(80, 24).contains("No draft and no job has these words."));
    app.key(Key::Down).key(Key::Enter).press(KeyPress::char('c'));
    assert!(app.told().is_empty(), "nothing is under the cursor: {:?}", app.told());
}

#[test]
fn w52_the_jobs_are_looked_at_behind_the_list_once_for_each_sign_in_and_can_be_given_up() {
    let app = &mut with(vec![entry(1, 1, draft("one", None)), entry(2, 2, draft("two", None))]);
    let asked = app.effects.iter().find_map(|effect| match effect {
        Effect::Start { call: Call::JobsOverview(sign_ins), .. } => Some(sign_ins.len()),
        _ => None,
    });
    assert_eq!(asked, Some(1));
    app.now += std::time::Duration::from_secs(1);
    app.send(Msg::Tick);
    let screen = app.screen(80, 24);
    assert!(
        screen.contains("one") && screen.contains("Looking at your jobs") && screen.contains("Ctrl-X stop"),
        "{screen}"
    );
    app.ctrl('x');
    assert!(app.model.start.look.stopped && app.screen(80, 24).contains("you stopped it"), "{}", app.screen(80, 24));
    app.press(KeyPress::char('r'));
    app.answer(Slot::Drafts, Ok(Reply::Drafts(vec![entry(1, 1, draft("one", None))])));
    app.answer(Slot::JobsOverview, Err(Fault::local("list the jobs", "the network is down")));
    let screen = app.screen(80, 24);
    assert!(screen.contains("not looked at (r tries again)") && screen.contains("network is down"), "{screen}");
    app.key(Key::Enter);
    assert_eq!(app.told(), ["OpenDraft OpenDraft"], "a failed look keeps nobody from working");
}

#[test]
fn w52_without_a_sign_in_nothing_is_asked_and_a_key_leads_to_it() {
    let rehearsal = ReadyDraft { rehearsal: true, sign_in: None, ..draft("rehearsed", None) };
    let mut app = with(vec![entry(1, 1, rehearsal)]);
    assert!(!app.told().iter().any(|told| told.contains("JobsOverview")), "{:?}", app.told());
    assert_eq!(app.model.start.look.standing(), LookStanding::SignInFirst);
    assert!(app.screen(80, 24).contains("not looked at, sign in first (s)"), "{}", app.screen(80, 24));
    app.press(KeyPress::char('s'));
    assert_eq!(app.told(), ["OpenDraft NewDraft"]);
}

#[test]
fn w52_a_job_made_elsewhere_is_taken_over_or_copied_and_what_it_does_not_tell_is_listed() {
    let jobs = || vec![listed::found("portal-export", "AwaitingShipmentDetails", Some(ago(100)))];
    for (key, wanted) in [(KeyPress::plain(Key::Enter), false), (KeyPress::char('c'), true)] {
        let mut app = with(vec![entry(1, 1, draft("media", None))]);
        looked(&mut app, jobs());
        app.key(Key::Home);
        assert!(app.screen(80, 24).contains("no draft") && app.screen(80, 24).contains("Enter take it over"));
        app.press(key);
        let Some(Effect::Start { call: Call::TakeJob { job, another, sign_in }, .. }) = app.effects.last() else {
            panic!("{:?}", app.effects)
        };
        assert_eq!((job.name.as_str(), *another, sign_in.cloud.name.as_str()), ("portal-export", wanted, "public"));
        let draft = Box::new(full_draft(Step::Ship));
        app.answer(
            Slot::OpenDraft,
            Ok(Reply::Taken { draft, untold: vec!["Which blobs it exports is not known.".into()] }),
        );
        let screen = app.screen(80, 24);
        assert!(screen.contains("What the job does not tell") && screen.contains("Which blobs it exports"), "{screen}");
        app.key(Key::Esc);
        assert_eq!(app.step(), Step::Ship);
    }
}

#[test]
fn w52_opening_a_draft_gives_the_look_up_and_what_could_not_be_read_is_counted() {
    let mut app = with(vec![entry(1, 1, draft("media", None))]);
    app.key(Key::Enter);
    app.answer(Slot::OpenDraft, Ok(Reply::Opened { draft: Box::new(full_draft(Step::Blobs)), read_only: None }));
    assert!(app.effects.iter().any(|effect| matches!(effect, Effect::Cancel(Slot::JobsOverview))), "{:?}", app.effects);
    let mut app = with(vec![entry(1, 1, draft("media", None))]);
    let left = JobsOverview { left_out: 3, ..listed::overview(Vec::new()) };
    app.answer(Slot::JobsOverview, Ok(Reply::JobsOverview(Box::new(left))));
    assert!(app.screen(80, 24).contains("3 subscriptions not asked"), "{}", app.screen(80, 24));
}

#[test]
fn w53_a_draft_that_cannot_be_discarded_is_not_said_to_be_in_the_trash() {
    let drafts = vec![entry(1, 1, draft("media", None))];
    let mut app = with(drafts.clone());
    app.press(KeyPress::char('d'));
    app.answer(Slot::Drafts, Err(Fault::local("discard the draft", "it is open in another Blobfreight")));
    assert!(app.notice().contains("Could not discard") && app.model.start.discarded.is_none(), "{}", app.notice());
    app.press(KeyPress::char('d'));
    app.answer(Slot::Drafts, Ok(Reply::Drafts(Vec::new())));
    assert!(app.notice().contains("is in the trash") && app.notice().contains("30 days"), "{}", app.notice());
    assert!(!app.notice().contains("goes on at Azure"), "it has no job: {}", app.notice());
    app.press(KeyPress::char('u'));
    app.answer(Slot::Drafts, Ok(Reply::Drafts(drafts)));
    assert!(app.notice().contains("is back") && under_cursor(&app) == "media", "{}", app.notice());
}

#[test]
fn w53_a_discarded_draft_whose_job_is_under_way_says_that_the_job_goes_on() {
    for (state, goes_on) in [("Shipping", true), ("Completed", false)] {
        let mut app = with(vec![entry(1, 1, draft("media", Some(state)))]);
        app.press(KeyPress::char('d'));
        app.answer(Slot::Drafts, Ok(Reply::Drafts(Vec::new())));
        assert_eq!(app.notice().contains("Its job goes on at Azure."), goes_on, "{state}: {}", app.notice());
    }
}

#[test]
fn w52_jobs_found_last_time_are_listed_with_their_age_until_the_look_tells_anew() {
    let seen = |job: FoundJob| FoundJob { seen_before: Some(ago(3)), ..job };
    let mut app = with(vec![entry(1, 1, draft("mine", Some("Shipping")))]);
    assert!(app.asked.contains(&"FoundJobs FoundJobs".to_owned()), "{:?}", app.asked);
    let other = ["other-tenant", "other-method"].map(|name| {
        let found = seen(listed::found(name, "AwaitingShipmentDetails", None));
        FoundJob { sign_in: UsedSignIn { tenant: Some(name.to_owned()), ..found.sign_in.clone() }, ..found }
    });
    let mine = FoundJob {
        address: listed::address(ServiceName::ImportExport, "mine"),
        ..seen(listed::found("mine", "AwaitingShipmentDetails", Some(ago(300))))
    };
    let jobs = [vec![seen(listed::found("theirs", "AwaitingShipmentDetails", Some(ago(100)))), mine], other.into()];
    app.answer(Slot::FoundJobs, Ok(Reply::FoundJobs(jobs.concat())));
    assert_eq!(names(&app), ["theirs", "mine", "new", "rehearse"], "a draft's own state is not older than the file");
    let screen = app.screen(100, 30);
    assert!(screen.contains("no draft") && screen.contains("seen 3 h ago"), "{screen}");
    looked(&mut app, vec![listed::found("theirs", "AwaitingShipmentDetails", Some(ago(100)))]);
    assert!(!app.screen(100, 30).contains("seen 3 h ago"));
    looked_again_is_not_needed(&mut app);
}

#[test]
fn w52_what_a_draft_was_told_of_its_job_after_the_look_is_not_overlaid_by_the_list() {
    let mine = || FoundJob {
        address: listed::address(ServiceName::ImportExport, "mine"),
        ..listed::found("mine", "AwaitingShipmentDetails", Some(ago(300)))
    };
    let told = |at: Timestamp| vec![entry(1, 1, ReadyDraft { told: Some(at), ..draft("mine", Some("Shipping")) })];
    let mut app = with(told(ago(1)));
    app.now += std::time::Duration::from_secs(20);
    looked(&mut app, vec![mine()]);
    assert_eq!(names(&app)[0], "mine + job", "the list is newer than what was read an hour ago");
    // The parcel is announced in the draft, and the person comes back: the list is of before.
    for (told_at, row) in [
        (now(), "mine + job"),
        (now() + SignedDuration::from_secs(5), "mine"),
        (now() + SignedDuration::from_hours(9), "mine + job"),
    ] {
        let mut app = with(told(ago(1)));
        app.now += std::time::Duration::from_secs(20);
        looked(&mut app, vec![mine()]);
        app.key(Key::Char('r'));
        app.answer(Slot::Drafts, Ok(Reply::Drafts(told(told_at))));
        assert_eq!(names(&app)[0], row, "told at {told_at}");
    }
}

/// The file is read once; a late answer changes nothing.
fn looked_again_is_not_needed(app: &mut AppHarness) {
    app.key(Key::Char('r'));
    app.answer(Slot::Drafts, Ok(Reply::Drafts(vec![entry(1, 1, draft("mine", Some("Shipping")))])));
    assert!(!app.told().contains(&"FoundJobs FoundJobs".to_owned()), "{:?}", app.told());
}
