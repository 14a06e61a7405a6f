//! Creating the job as a person meets it: what is sent in which order, what is said when an answer is lost, late or doubled, and
//! that one draft never makes two jobs. No terminal, no network.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

#[allow(dead_code, reason = "each test file uses a part of it")]
#[path = "steps_forms/answers.rs"]
mod answers;
#[path = "support/desk.rs"]
mod desk;

use std::sync::Arc;
use std::time::Duration;

use answers::job_in;
use blobfreight::app::key::Key;
use blobfreight::app::protocol::{Call, Effect, Msg, Reply, Slot};
use blobfreight::app::{Focus, keymap};
use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::{BlobList, Job, JobState, Provider};
use blobfreight::draft::{CreateIntention, Draft, Intention};
use blobfreight::select::Rule;
use blobfreight::wizard::Step;
use desk::{Bench, full_draft, now};

/// On the review with every answer given, the service registered, and the word typed.
fn ready(draft: Draft) -> Bench {
    let mut bench = reviewed(draft);
    bench.key(Key::Tab);
    bench.types("create");
    bench
}

fn reviewed(draft: Draft) -> Bench {
    let mut bench = Bench::signed_in(draft);
    bench.answer(Slot::Provider, Ok(Reply::Provider(registered())));
    bench
}

fn registered() -> Provider {
    Provider { registration: "Registered".into(), api_versions: vec!["2021-01-01".into()] }
}

/// A selection that only a list file can say.
fn with_list() -> Draft {
    let mut draft = full_draft(Step::Review);
    let rules = vec![Rule::Blob { path: "footage/a.mov".into(), snapshots: false }];
    draft.selection.rules = Arc::new(rules);
    draft
}

/// The job of the draft as the service tells it.
fn ours(bench: &Bench) -> Job {
    Job { tags: vec![("blobfreight-draft".into(), bench.draft().id.to_string())], ..job_in(JobState::Creating) }
}

fn found(bench: &Bench) -> Reply {
    Reply::Job(Some(Box::new(ours(bench))))
}

fn none() -> Reply {
    Reply::Job(None)
}

fn lost() -> Result<Reply, Fault> {
    let fault = Fault::local("create the job export-media in media-rg", "management.azure.com broke off");
    Err(Fault { kind: FaultKind::BrokenAnswer, unsettled: true, ..fault })
}

fn refused() -> Result<Reply, Fault> {
    Err(Fault { kind: FaultKind::BadRequest, status: Some(400), ..Fault::local("create the job", "no such country") })
}

fn later(bench: &mut Bench, minutes: i64) {
    bench.now = bench.now.checked_add(jiff::SignedDuration::from_mins(minutes)).unwrap();
    bench.send(Msg::Tick);
}

/// To the answer of the create request, which is lost.
fn lost_create(draft: Draft) -> Bench {
    let mut bench = ready(draft);
    bench.ctrl('n');
    bench.answer(Slot::Create, Ok(none()));
    bench.answer(Slot::Create, lost());
    bench
}

/// Whatever else is on the way, a job is only created when a look found none.
#[test]
fn the_draft_is_saved_then_looked_for_then_noted_as_sent_then_created() {
    let mut bench = ready(full_draft(Step::Review));
    assert_eq!(bench.ctrl('n').told(), ["save", "Create FindJob"]);
    let Some(Effect::Start { call: Call::FindJob { job, tag }, .. }) = bench.effects.last() else { panic!() };
    assert_eq!((job.name.as_str(), tag.1.as_str()), ("export-media", "20261122-0900-0000002a"));
    assert_eq!(bench.draft().open_create(), None, "nothing that could arrive was sent");
    assert_eq!(bench.answer(Slot::Create, Ok(none())).told(), ["save", "Create CreateJob"]);
    let Some(Effect::Save(saved)) = bench.effects.first() else { panic!() };
    assert_eq!(saved.open_create().and_then(|create| create.sent), Some(now()), "on disk before it is sent");
    let reply = found(&bench);
    bench.answer(Slot::Create, Ok(reply));
    assert!(bench.draft().has_job() && bench.draft().open_create().is_none());
    assert_eq!(bench.draft().step, Step::Ship);
    bench.alt(Key::Char('8'));
    bench.row_with("Created 2026-11-22 as export-media; read only.");
}

#[test]
fn a_list_file_is_named_after_the_draft_and_the_job_gets_the_name_it_really_has() {
    let mut bench = ready(with_list());
    bench.ctrl('n');
    assert_eq!(bench.answer(Slot::Create, Ok(none())).told(), ["Create UploadList"]);
    let Some(Effect::Start { call: Call::UploadList(list), .. }) = bench.effects.last() else { panic!() };
    assert_eq!(list.name, "blobfreight/20261122-0900-0000002a/export-media.xml");
    assert_eq!(bench.draft().open_create(), None);
    bench.answer(Slot::Create, Ok(Reply::Uploaded("blobfreight/20261122-0900-0000002a/export-media-2.xml".into())));
    let path = "waimportexport/blobfreight/20261122-0900-0000002a/export-media-2.xml";
    let Some(Effect::Start { call: Call::CreateJob { new, .. }, .. }) = bench.effects.last() else { panic!() };
    assert_eq!(new.blobs, BlobList::File(path.into()));
    bench.answer(Slot::Create, refused());
    assert_eq!(bench.draft().journal.create, None, "the service refused: there is nothing to wait for");
    let said = bench.screen(120, 40);
    assert!(said.contains("No job was sent yet, only its blob list") && said.contains("-2.xml"), "{said}");
}

#[test]
fn f3_a_lost_answer_is_told_as_what_it_is_and_nothing_goes_on_turning() {
    let bench = lost_create(full_draft(Step::Review));
    let said = bench.screen(120, 40);
    for part in
        ["Azure did not answer the request to create the job", "The job may exist.", "Enter looks for export-media"]
    {
        assert!(said.contains(part), "{part} is missing:\n{said}");
    }
    for lie in ["Could not create", "Creating the job", "Nothing has been sent"] {
        assert!(!said.contains(lie), "{lie} is on\n{said}");
    }
    assert_eq!(bench.notice(), "");
    assert!(said.contains("whether it exists is not known yet"), "{said}");
    assert_eq!(bench.model.wizard.as_ref().unwrap().focus, Focus::Button, "Enter does what is said of it");
}

#[test]
fn f3_enter_and_ctrl_t_look_first_wherever_the_focus_is() {
    for focus in [Focus::Body, Focus::Button, Focus::Rail(Step::Review)] {
        let mut bench = lost_create(full_draft(Step::Review));
        bench.model.wizard.as_mut().unwrap().focus = focus;
        bench.row_with("Ctrl-T");
        assert_eq!(bench.ctrl('t').told().last().unwrap(), "Create FindJob", "{focus:?}");
        let reply = found(&bench);
        bench.answer(Slot::Create, Ok(reply));
        assert!(bench.draft().has_job(), "{focus:?}");
    }
    let mut bench = lost_create(full_draft(Step::Review));
    assert_eq!(bench.key(Key::Enter).told().last().unwrap(), "Create FindJob");
    assert_eq!(
        bench.answer(Slot::Create, Ok(none())).told().last().unwrap(),
        "Create CreateJob",
        "only because it is not there"
    );
}

#[test]
fn until_it_cannot_arrive_any_more_nothing_that_was_sent_can_be_changed() {
    let mut bench = lost_create(full_draft(Step::Review));
    for (step, key) in [(Step::Options, '7'), (Step::Address, '6')] {
        let before = (bench.draft().options.clone(), bench.draft().address.clone());
        bench.alt(Key::Char(key));
        bench.types("x");
        assert_eq!((bench.draft().options.clone(), bench.draft().address.clone()), before, "{step:?}");
        assert!(bench.notice().contains("The job export-media may exist"), "{step:?}: {}", bench.notice());
    }
    bench.alt(Key::Char('3'));
    bench.row_with("The job export-media may exist");
    let rules = bench.draft().selection.rules.clone();
    bench.types(" ");
    assert_eq!(bench.draft().selection.rules, rules);
    // Another name would hide the job from the look; it is not there yet, so the note stays.
    bench.alt(Key::Char('8'));
    bench.answer(Slot::Create, Ok(none()));
    assert!(bench.notice().contains("can still arrive for 15 minutes"), "{}", bench.notice());
    assert!(bench.draft().open_create().is_some());
    bench.row_with("may exist: its request can");
    later(&mut bench, 14);
    bench.ctrl('t');
    bench.answer(Slot::Create, Ok(none()));
    assert!(bench.draft().open_create().is_some());
    // The time is over: the program looks by itself once more, and only then lets go.
    later(&mut bench, 1);
    assert_eq!(bench.told(), ["Create FindJob"]);
    bench.answer(Slot::Create, Ok(none()));
    assert_eq!(bench.draft().journal.create, None);
    assert!(bench.notice().contains("cannot arrive any more"), "{}", bench.notice());
    bench.alt(Key::Char('7'));
    bench.types("x");
    assert_eq!(bench.draft().options.name, "export-mediax");
}

#[test]
fn a_late_job_is_found_by_its_tag_and_becomes_the_drafts_whatever_it_is_called() {
    let mut bench = lost_create(full_draft(Step::Review));
    bench.key(Key::Enter);
    let mut job = ours(&bench);
    job.name = "older".into();
    job.id = job.id.replace("export-media", "older").replace("media-rg", "other-rg");
    bench.answer(Slot::Create, Ok(Reply::Job(Some(Box::new(job)))));
    let at = bench.draft().job_address().unwrap();
    assert_eq!((at.name.as_str(), at.resource_group.as_str()), ("older", "other-rg"));
    assert_eq!(bench.draft().options.name, "older", "no two names for one job");
    assert!(
        !bench
            .asked
            .iter()
            .skip_while(|call| *call != "Create CreateJob")
            .skip(1)
            .any(|call| call.contains("CreateJob"))
    );
}

#[test]
fn a_draft_resumed_after_a_kill_only_looks_and_keeps_its_note_while_the_request_can_arrive() {
    let noted = |sent| {
        let mut draft = lost_create(full_draft(Step::Review)).draft().clone();
        draft.journal.create.as_mut().unwrap().sent = sent;
        draft
    };
    let mut bench = Bench::signed_in(noted(Some(now())));
    let asked: Vec<_> = bench.asked.iter().filter(|call| call.starts_with("Create")).collect();
    assert_eq!(asked, ["Create FindJob"]);
    bench.answer(Slot::Create, Ok(none()));
    assert!(bench.draft().open_create().is_some() && !bench.notice().contains("nothing is lost"), "{}", bench.notice());

    let mut bench = Bench::signed_in(noted(None));
    bench.answer(Slot::Create, Ok(none()));
    assert_eq!(bench.draft().journal.create, None, "killed before it was sent");
    assert!(bench.notice().contains("nothing is lost"), "{}", bench.notice());

    // A clock that was ahead when it was sent does not lock the draft for as long as it was.
    let tomorrow = now().checked_add(jiff::SignedDuration::from_hours(24)).unwrap();
    let mut bench = Bench::signed_in(noted(Some(tomorrow)));
    bench.answer(Slot::Create, Ok(none()));
    later(&mut bench, 15);
    bench.answer(Slot::Create, Ok(none()));
    assert_eq!(bench.draft().journal.create, None);
}

#[test]
fn a_second_request_that_is_refused_does_not_take_back_the_first() {
    let mut bench = lost_create(full_draft(Step::Review));
    bench.key(Key::Enter);
    bench.answer(Slot::Create, Ok(none()));
    bench.answer(Slot::Create, refused());
    assert!(bench.draft().open_create().is_some(), "the first may still arrive");
    bench.row_with("! Could not create the job: no such country.");
    let said = bench.screen(120, 60);
    assert!(said.contains("The job export-media may exist"), "{said}");
}

#[test]
fn a_stranger_of_the_same_name_is_never_adopted_or_written_over() {
    let mut bench = ready(full_draft(Step::Review));
    bench.ctrl('n');
    bench.answer(Slot::Create, Ok(Reply::Job(Some(Box::new(job_in(JobState::Creating))))));
    assert!(!bench.told().iter().any(|call| call.starts_with("Create")), "{:?}", bench.told());
    assert!(!bench.draft().has_job() && bench.draft().journal.create.is_none());
    bench.row_with("another job is called");
}

#[test]
fn a_look_that_fails_sends_nothing_and_says_that_it_was_the_look() {
    let mut bench = ready(full_draft(Step::Review));
    bench.ctrl('n');
    bench.answer(Slot::Create, Err(Fault::local("list the export jobs of subscription s1", "the network is away")));
    assert!(!bench.asked.iter().any(|call| call.contains("CreateJob") || call.contains("UploadList")));
    bench.row_with("! Could not list the export jobs");
    assert_eq!(bench.notice(), "", "the busy line ends with the request");
    assert_eq!(bench.ctrl('t').told().last().unwrap(), "Create FindJob", "Ctrl-T tries that again");
}

#[test]
fn an_answer_about_the_provider_changes_nothing_of_a_create_under_way() {
    let mut bench = Bench::signed_in(full_draft(Step::Review));
    bench.key(Key::Tab);
    bench.types("create");
    bench.ctrl('n');
    bench.answer(Slot::Provider, Err(Fault::local("see whether it is registered", "the network is away")));
    assert_eq!(bench.answer(Slot::Create, Ok(none())).told(), ["save", "Create CreateJob"], "it goes on");
}

#[test]
fn whatever_a_screen_says_ctrl_t_does_works_from_the_button_and_the_steps() {
    let failed = |slot, step| {
        let mut bench = Bench::signed_in(full_draft(step));
        bench.answer(slot, Err(Fault::local("ask", "the network is away")));
        bench
    };
    for (slot, step) in
        [(Slot::Groups, Step::Options), (Slot::Locations, Step::Location), (Slot::Provider, Step::Review)]
    {
        for focus in [Focus::Body, Focus::Button, Focus::Rail(step)] {
            let mut bench = failed(slot, step);
            bench.model.wizard.as_mut().unwrap().focus = focus;
            assert!(bench.screen(80, 24).contains("Ctrl-T"), "{step:?}");
            assert!(keymap::active(&bench.model.contexts()).iter().any(|binding| binding.hint == "retry"));
            assert!(
                bench.ctrl('t').told().iter().any(|call| call.starts_with(&format!("{slot:?}"))),
                "{step:?} {focus:?}"
            );
        }
    }
}

#[test]
fn a_draft_of_a_second_look_wakes_up_when_the_time_is_over() {
    let mut draft = full_draft(Step::Review);
    let job = blobfreight::azure::model::JobAddress {
        subscription: "s1".into(),
        resource_group: "media-rg".into(),
        name: "export-media".into(),
    };
    let blobs = BlobList::Inline { paths: Vec::new(), prefixes: vec!["/footage/".into()] };
    let intention = Intention { at: now(), confirmed: false };
    draft.journal.create = Some(CreateIntention { job, blobs, intention, sent: Some(now()) });
    let mut bench = reviewed(draft);
    bench.answer(Slot::Create, Ok(none()));
    later(&mut bench, 1);
    let wake = bench.model.wake_in().unwrap();
    assert!(wake <= Duration::from_secs(10), "the minutes on the screen are true: {wake:?}");
}
