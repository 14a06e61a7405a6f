//! Tags in the Job step: typed, checked, shown on Review and sent with the job beside the program's own.

use blobfreight::azure::model::{Offer, ServiceName};
use blobfreight::form::job::JobField;
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Call, Effect, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::wizard::steps::review::DRAFT_TAG;

use crate::support::app_harness::{AppHarness, full_draft, offers};

fn at_tags() -> AppHarness {
    let mut draft = full_draft(Step::Options);
    draft.focus.insert(Step::Options, JobField::Tags.into());
    AppHarness::signed_in(draft)
}

/// The tags of the job that the last effects create.
fn sent(app: &AppHarness) -> Option<Vec<(String, String)>> {
    app.effects.iter().find_map(|effect| match effect {
        Effect::Start { call: Call::CreateJob { new, .. }, .. } => Some(new.tags.clone()),
        _ => None,
    })
}

#[test]
fn tags_are_shown_on_review_and_sent_with_the_job() {
    let mut app = at_tags();
    app.types("CostCenter=4711, Team=\"Media, EU\"");
    app.ctrl('n');
    assert_eq!(app.step(), Step::Review);
    let screen = app.screen(120, 60);
    assert!(screen.contains("tags CostCenter=4711, Team=\"Media, EU\""), "{screen}");
    app.answer(Slot::Services, Ok(offers(ServiceName::ImportExport, &Offer::Offered)));
    app.key(Key::End).types("create");
    app.ctrl('n');
    while sent(&app).is_none() {
        app.answer(Slot::Create, Ok(Reply::Job(None)));
    }
    let tag = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let own = tag(DRAFT_TAG, app.draft().id.as_str());
    assert_eq!(sent(&app), Some(vec![own, tag("CostCenter", "4711"), tag("Team", "Media, EU")]));
}

#[test]
fn a_tag_azure_would_refuse_stops_next_and_says_which() {
    let mut app = at_tags();
    app.types("CostCenter=4711, Cost/Center=1");
    app.ctrl('n');
    assert_eq!((app.step(), app.notice()), (Step::Options, "1 field needs you"));
    app.row_with("\"/\" cannot be in a tag name (Cost/Center)");
    for _ in 0..", Cost/Center=1".len() {
        app.key(Key::Backspace);
    }
    app.ctrl('n');
    assert_eq!((app.step(), app.draft().options.tags.as_str()), (Step::Review, "CostCenter=4711"));
}
