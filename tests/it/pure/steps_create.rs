//! Creating the job as a person meets it: what is sent in which order, what is said when an answer is lost, late or doubled, and
//! that one draft never makes two jobs. No terminal, no network.

use crate::pure::steps_forms::answers;

use std::sync::Arc;
use std::time::Duration;

use crate::support::app_harness::{AppHarness, full_draft, now, offers};
use answers::job_in;
use blobfreight::app::Focus;
use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::azure::model::{BlobList, Job, Offer};
use blobfreight::draft::{CreateIntention, Draft, Intention};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Call, Effect, Msg, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::select::Rule;

/// On the review with every answer given, the service registered, and the word typed.
fn ready(draft: Draft) -> AppHarness {
    let mut app = reviewed(draft);
    app.key(Key::Tab);
    app.types("create");
    app
}

fn reviewed(draft: Draft) -> AppHarness {
    let mut app = AppHarness::signed_in(draft);
    let service = app.draft().service();
    app.answer(Slot::Services, Ok(offers(service, &Offer::Offered)));
    app
}

/// A selection that only a list file can say.
fn with_list() -> Draft {
    let mut draft = full_draft(Step::Review);
    let rules = vec![Rule::Blob { path: "footage/a.mov".into(), snapshots: false }];
    draft.selection.rules = Arc::new(rules);
    draft
}

/// The job of the draft as the service tells it.
fn ours(app: &AppHarness) -> Job {
    Job { tags: vec![("blobfreight-draft".into(), app.draft().id.to_string())], ..job_in("Creating") }
}

fn found(app: &AppHarness) -> Reply {
    Reply::Job(Some(Box::new(ours(app))))
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

fn later(app: &mut AppHarness, minutes: i64) {
    app.now = app.now.checked_add(jiff::SignedDuration::from_mins(minutes)).unwrap();
    app.send(Msg::Tick);
}

/// To the answer of the create request, which is lost.
fn lost_create(draft: Draft) -> AppHarness {
    let mut app = ready(draft);
    app.ctrl('n');
    app.answer(Slot::Create, Ok(none()));
    app.answer(Slot::Create, lost());
    app
}

/// Whatever else is on the way, a job is only created when a look found none.
#[test]
fn the_draft_is_saved_then_looked_for_then_noted_as_sent_then_created() {
    let mut app = ready(full_draft(Step::Review));
    assert_eq!(app.ctrl('n').told(), ["save", "Create FindJob"]);
    let Some(Effect::Start { call: Call::FindJob { job, tag }, .. }) = app.effects.last() else { panic!() };
    assert_eq!((job.name.as_str(), tag.1.as_str()), ("export-media", "20261122-0900-0000002a"));
    assert_eq!(app.draft().open_create(), None, "nothing that could arrive was sent");
    assert_eq!(app.answer(Slot::Create, Ok(none())).told(), ["save", "Create CreateJob"]);
    let Some(Effect::Save(saved)) = app.effects.first() else { panic!() };
    assert_eq!(saved.open_create().and_then(|create| create.sent), Some(now()), "on disk before it is sent");
    let reply = found(&app);
    app.answer(Slot::Create, Ok(reply));
    assert!(app.draft().has_job() && app.draft().open_create().is_none());
    assert_eq!(app.draft().step, Step::Ship);
    app.alt(Key::Char('8'));
    app.row_with("Created 2026-11-22 as export-media; read only.");
}

#[test]
fn a_list_file_is_named_after_the_draft_and_the_job_gets_the_name_it_really_has() {
    let mut app = ready(with_list());
    app.ctrl('n');
    assert_eq!(app.answer(Slot::Create, Ok(none())).told(), ["Create UploadList"]);
    let Some(Effect::Start { call: Call::UploadList(list), .. }) = app.effects.last() else { panic!() };
    assert_eq!(list.name, "blobfreight/20261122-0900-0000002a/export-media.xml");
    assert_eq!(app.draft().open_create(), None);
    app.answer(Slot::Create, Ok(Reply::Uploaded("blobfreight/20261122-0900-0000002a/export-media-2.xml".into())));
    let path = "waimportexport/blobfreight/20261122-0900-0000002a/export-media-2.xml";
    let Some(Effect::Start { call: Call::CreateJob { new, .. }, .. }) = app.effects.last() else { panic!() };
    assert_eq!(new.blobs, BlobList::File(path.into()));
    app.answer(Slot::Create, refused());
    assert_eq!(app.draft().journal.create, None, "the service refused: there is nothing to wait for");
    let said = app.screen(120, 40);
    assert!(said.contains("No job was sent yet, only its blob list") && said.contains("-2.xml"), "{said}");
}

#[test]
fn f3_a_lost_answer_is_told_as_what_it_is_and_nothing_goes_on_turning() {
    let app = lost_create(full_draft(Step::Review));
    let said = app.screen(120, 40);
    for part in
        ["Azure did not answer the request to create the job", "The job may exist.", "Enter looks for export-media"]
    {
        assert!(said.contains(part), "{part} is missing:\n{said}");
    }
    for lie in ["Could not create", "Creating the job", "Nothing has been sent"] {
        assert!(!said.contains(lie), "{lie} is on\n{said}");
    }
    assert_eq!(app.notice(), "");
    assert!(said.contains("whether it exists is not known yet"), "{said}");
    assert_eq!(app.model.wizard.as_ref().unwrap().focus, Focus::Button, "Enter does what is said of it");
}

#[test]
fn f3_enter_and_ctrl_t_look_first_wherever_the_focus_is() {
    for focus in [Focus::Body, Focus::Button, Focus::Rail(Step::Review)] {
        let mut app = lost_create(full_draft(Step::Review));
        app.model.wizard.as_mut().unwrap().focus = focus;
        app.row_with("Ctrl-T");
        assert_eq!(app.ctrl('t').told().last().unwrap(), "Create FindJob", "{focus:?}");
        let reply = found(&app);
        app.answer(Slot::Create, Ok(reply));
        assert!(app.draft().has_job(), "{focus:?}");
    }
    let mut app = lost_create(full_draft(Step::Review));
    assert_eq!(app.key(Key::Enter).told().last().unwrap(), "Create FindJob");
    assert_eq!(
        app.answer(Slot::Create, Ok(none())).told().last().unwrap(),
        "Create CreateJob",
        "only because it is not there"
    );
}

#[test]
fn until_it_cannot_arrive_any_more_nothing_that_was_sent_can_be_changed() {
    let mut app = lost_create(full_draft(Step::Review));
    for (step, key) in [(Step::Options, '7'), (Step::Address, '5')] {
        let before = (app.draft().options.clone(), app.draft().address.clone());
        app.alt(Key::Char(key));
        app.types("x");
        assert_eq!((app.draft().options.clone(), app.draft().address.clone()), before, "{step:?}");
        assert!(app.notice().contains("The job export-media may exist"), "{step:?}: {}", app.notice());
    }
    app.alt(Key::Char('3'));
    app.row_with("The job export-media may exist");
    let rules = app.draft().selection.rules.clone();
    app.types(" ");
    assert_eq!(app.draft().selection.rules, rules);
    // Another name would hide the job from the look; it is not there yet, so the note stays.
    app.alt(Key::Char('8'));
    app.answer(Slot::Create, Ok(none()));
    assert!(app.notice().contains("can still arrive for 15 minutes"), "{}", app.notice());
    assert!(app.draft().open_create().is_some());
    app.row_with("may exist: its request can");
    later(&mut app, 14);
    app.ctrl('t');
    app.answer(Slot::Create, Ok(none()));
    assert!(app.draft().open_create().is_some());
    // The time is over: the program looks by itself once more, and only then lets go.
    later(&mut app, 1);
    assert_eq!(app.told(), ["Create FindJob"]);
    app.answer(Slot::Create, Ok(none()));
    assert_eq!(app.draft().journal.create, None);
    assert!(app.notice().contains("cannot arrive any more"), "{}", app.notice());
    app.alt(Key::Char('7'));
    app.types("x");
    assert_eq!(app.draft().options.name, "export-mediax");
}

#[test]
fn a_late_job_is_found_by_its_tag_and_becomes_the_drafts_whatever_it_is_called() {
    let mut app = lost_create(full_draft(Step::Review));
    app.key(Key::Enter);
    let mut job = ours(&app);
    job.name = "older".into();
    job.id = job.id.replace("export-media", "older").replace("media-rg", "other-rg");
    app.answer(Slot::Create, Ok(Reply::Job(Some(Box::new(job)))));
    let at = app.draft().job_address().unwrap();
    assert_eq!((at.name.as_str(), at.resource_group.as_str()), ("older", "other-rg"));
    assert_eq!(app.draft().options.name, "older", "no two names for one job");
    assert!(
        !app.asked.iter().skip_while(|call| *call != "Create CreateJob").skip(1).any(|call| call.contains("CreateJob"))
    );
}

#[test]
fn a_draft_resumed_after_a_kill_only_looks_and_keeps_its_note_while_the_request_can_arrive() {
    let noted = |sent| {
        let mut draft = lost_create(full_draft(Step::Review)).draft().clone();
        draft.journal.create.as_mut().unwrap().sent = sent;
        draft
    };
    let mut app = AppHarness::signed_in(noted(Some(now())));
    let asked: Vec<_> = app.asked.iter().filter(|call| call.starts_with("Create")).collect();
    assert_eq!(asked, ["Create FindJob"]);
    app.answer(Slot::Create, Ok(none()));
    assert!(app.draft().open_create().is_some() && !app.notice().contains("nothing is lost"), "{}", app.notice());

    let mut app = AppHarness::signed_in(noted(None));
    app.answer(Slot::Create, Ok(none()));
    assert_eq!(app.draft().journal.create, None, "killed before it was sent");
    assert!(app.notice().contains("nothing is lost"), "{}", app.notice());

    // A clock that was ahead when it was sent does not lock the draft for as long as it was.
    let tomorrow = now().checked_add(jiff::SignedDuration::from_hours(24)).unwrap();
    let mut app = AppHarness::signed_in(noted(Some(tomorrow)));
    app.answer(Slot::Create, Ok(none()));
    later(&mut app, 15);
    app.answer(Slot::Create, Ok(none()));
    assert_eq!(app.draft().journal.create, None);
}

#[test]
fn a_second_request_that_is_refused_does_not_take_back_the_first() {
    let mut app = lost_create(full_draft(Step::Review));
    app.key(Key::Enter);
    app.answer(Slot::Create, Ok(none()));
    app.answer(Slot::Create, refused());
    assert!(app.draft().open_create().is_some(), "the first may still arrive");
    app.row_with("! Could not create the job: no such country.");
    let said = app.screen(120, 80);
    assert!(said.contains("The job export-media may exist"), "{said}");
}

#[test]
fn a_stranger_of_the_same_name_is_never_adopted_or_written_over() {
    let mut app = ready(full_draft(Step::Review));
    app.ctrl('n');
    app.answer(Slot::Create, Ok(Reply::Job(Some(Box::new(job_in("Creating"))))));
    assert!(!app.told().iter().any(|call| call.starts_with("Create")), "{:?}", app.told());
    assert!(!app.draft().has_job() && app.draft().journal.create.is_none());
    app.row_with("another job is called");
}

#[test]
fn a_look_that_fails_sends_nothing_and_says_that_it_was_the_look() {
    let mut app = ready(full_draft(Step::Review));
    app.ctrl('n');
    app.answer(Slot::Create, Err(Fault::local("list the export jobs of subscription s1", "the network is away")));
    assert!(!app.asked.iter().any(|call| call.contains("CreateJob") || call.contains("UploadList")));
    app.row_with("! Could not list the export jobs");
    assert_eq!(app.notice(), "", "the busy line ends with the request");
    assert_eq!(app.ctrl('t').told().last().unwrap(), "Create FindJob", "Ctrl-T tries that again");
}

#[test]
fn an_answer_about_the_services_changes_nothing_of_a_create_under_way() {
    let mut app = AppHarness::signed_in(full_draft(Step::Review));
    app.key(Key::Tab);
    app.types("create");
    app.ctrl('n');
    app.answer(Slot::Services, Err(Fault::local("see whether it is registered", "the network is away")));
    assert_eq!(app.answer(Slot::Create, Ok(none())).told(), ["save", "Create CreateJob"], "it goes on");
}

#[test]
fn whatever_a_screen_says_ctrl_t_does_works_from_the_button_and_the_steps() {
    let failed = |slot, step| {
        let mut app = AppHarness::signed_in(full_draft(step));
        app.answer(slot, Err(Fault::local("ask", "the network is away")));
        app
    };
    for (slot, step) in
        [(Slot::Groups, Step::Options), (Slot::Locations, Step::Location), (Slot::Services, Step::Review)]
    {
        for focus in [Focus::Body, Focus::Button, Focus::Rail(step)] {
            let mut app = failed(slot, step);
            app.model.wizard.as_mut().unwrap().focus = focus;
            assert!(app.screen(80, 24).contains("Ctrl-T"), "{step:?}");
            assert!(
                app.model.settings.keys.active(&app.model.contexts()).iter().any(|binding| binding.hint == "retry")
            );
            assert!(
                app.ctrl('t').told().iter().any(|call| call.starts_with(&format!("{slot:?}"))),
                "{step:?} {focus:?}"
            );
        }
    }
}

#[test]
fn a_draft_of_a_second_look_wakes_up_when_the_time_is_over() {
    let mut draft = full_draft(Step::Review);
    let job = blobfreight::azure::model::JobAddress {
        service: blobfreight::azure::model::ServiceName::ImportExport,
        subscription: "s1".into(),
        resource_group: "media-rg".into(),
        name: "export-media".into(),
    };
    let blobs = BlobList::Inline { paths: Vec::new(), prefixes: vec!["/footage/".into()] };
    let intention = Intention { at: now(), confirmed: false };
    draft.journal.create = Some(CreateIntention { job, blobs, intention, sent: Some(now()) });
    let mut app = AppHarness::signed_in(draft);
    app.answer(Slot::Create, Ok(none()));
    later(&mut app, 1);
    let wake = app.model.wake_in().unwrap();
    assert!(wake <= Duration::from_secs(10), "the minutes on the screen are true: {wake:?}");
}
