//! The options step asks the service: whether the name of the job is free, and for a resource group that does not exist yet.

use std::time::Duration;

use blobfreight::azure::fault::Fault;
use blobfreight::azure::model::{Job, ResourceGroup};
use blobfreight::draft::Draft;
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Msg, Reply, Slot};
use blobfreight::protocol::step::Step;

use crate::pure::steps_forms::answers::{draft, job_in};
use crate::support::app_harness::{AppHarness, full_draft};

/// On the step with the groups of the subscription read.
pub(crate) fn on_options(draft: Draft) -> AppHarness {
    let mut app = AppHarness::signed_in(draft);
    let group = ResourceGroup { name: "media-rg".into(), location: "westeurope".into() };
    app.answer(Slot::Groups, Ok(Reply::Groups(vec![group])));
    app
}

/// Lets the keys rest.
fn rest(app: &mut AppHarness) -> Vec<String> {
    app.now += Duration::from_millis(500);
    app.send(Msg::Tick).told()
}

fn page(app: &AppHarness) -> String {
    app.screen(140, 40).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn w73_a_name_is_asked_for_once_the_keys_rest_and_the_answer_is_for_that_name_only() {
    let mut app = on_options(draft(Step::Options));
    app.now += Duration::from_millis(499);
    assert_eq!(app.send(Msg::Tick).told(), Vec::<String>::new(), "the keys have not rested");
    assert_eq!(rest(&mut app), ["JobName Job"]);
    app.answer(Slot::JobName, Ok(Reply::Job(None)));
    assert!(page(&app).contains("Free as of now in media-rg."), "{}", page(&app));
    app.key(Key::Backspace);
    assert!(!page(&app).contains("Free as of now"), "not for the shorter name: {}", page(&app));
    assert_eq!(rest(&mut app), ["JobName Job"]);
    assert_eq!(rest(&mut app), Vec::<String>::new(), "asked once");
}

#[test]
fn w73_a_taken_name_is_an_error_and_an_unknown_one_stops_nobody() {
    let mut app = on_options(full_draft(Step::Options));
    rest(&mut app);
    let taken = Job { created: Some("2026-11-20T10:00:00Z".into()), ..job_in("Creating") };
    app.answer(Slot::JobName, Ok(Reply::Job(Some(Box::new(taken)))));
    assert!(page(&app).contains("Taken by a job of Azure Import/Export (classic) (Creating"), "{}", page(&app));
    app.ctrl('n');
    assert_eq!((app.step(), app.notice()), (Step::Options, "1 field needs you"));
    assert!(page(&app).contains("take another, e.g. export-media-2"), "{}", page(&app));
    app.types("-b");
    rest(&mut app);
    app.answer(Slot::JobName, Err(Fault::local("read the job", "no connection to management.azure.com")));
    assert!(page(&app).contains("Not checked whether the name is free: no connection"), "{}", page(&app));
    app.ctrl('n');
    assert_eq!(app.step(), Step::Review);
}

#[test]
fn w73_the_drafts_own_job_does_not_take_its_name() {
    let mut app = on_options(full_draft(Step::Options));
    rest(&mut app);
    let tags = vec![("blobfreight-draft".to_owned(), app.draft().id.as_str().to_owned())];
    app.answer(Slot::JobName, Ok(Reply::Job(Some(Box::new(Job { tags, ..job_in("Creating") })))));
    assert!(!page(&app).contains("Taken by"), "{}", page(&app));
}

#[test]
fn w74_a_group_is_made_after_its_region_was_settled_and_a_refusal_is_shown() {
    let mut app = on_options(full_draft(Step::Options));
    app.key(Key::Tab).ctrl('u').types("new-rg");
    app.row_with("Ctrl-O makes the resource group new-rg");
    app.ctrl('o');
    assert!(page(&app).contains("Make the resource group new-rg?") && page(&app).contains("Region: westeurope"));
    app.key(Key::Esc);
    assert!(page(&app).contains("Job name"), "nothing was made: {}", page(&app));
    app.ctrl('o').ctrl('u').types("North Europe");
    assert!(page(&app).contains("Region: North Europe"), "{}", page(&app));
    assert_eq!(app.key(Key::Enter).told(), ["CreateGroup CreateGroup"]);
    app.ctrl('n');
    assert!(app.notice().contains("being made"), "{}", app.notice());
    let refused =
        Fault { code: Some("AuthorizationFailed".into()), ..Fault::local("make the group", "no right to write") };
    app.answer(Slot::CreateGroup, Err(refused));
    assert!(page(&app).contains("no right to write") && page(&app).contains("AuthorizationFailed"), "{}", page(&app));
    assert_eq!(app.ctrl('t').told(), ["CreateGroup CreateGroup"]);
    let made = ResourceGroup { name: "new-rg".into(), location: "northeurope".into() };
    app.answer(Slot::CreateGroup, Ok(Reply::Group(made)));
    assert_eq!(app.notice(), "The resource group new-rg was made in northeurope.");
    assert!(!page(&app).contains("Ctrl-O makes"), "{}", page(&app));
    app.ctrl('n');
    assert_eq!((app.step(), app.draft().options.resource_group.as_str()), (Step::Review, "new-rg"));
}

#[test]
fn w75_each_option_says_what_it_gains_and_costs() {
    let mut app = on_options(full_draft(Step::Options));
    for part in ["Verbose: the proof", "On: the list of a lost drive's blobs"] {
        assert!(page(&app).contains(part), "{part}: {}", page(&app));
    }
    for _ in 0..3 {
        app.key(Key::Tab);
    }
    app.key(Key::Char(' ')).key(Key::Tab).key(Key::Char(' '));
    assert!(
        page(&app).contains("Error: smaller logs") && page(&app).contains("Off: nothing is stored"),
        "{}",
        page(&app)
    );
}
