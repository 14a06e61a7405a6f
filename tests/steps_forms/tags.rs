//! Tags in the Job step: typed, checked, shown on Review and sent with the job beside the program's own.

use blobfreight::app::key::Key;
use blobfreight::app::protocol::{Call, Effect, Reply, Slot};
use blobfreight::azure::model::Provider;
use blobfreight::form::job;
use blobfreight::wizard::Step;
use blobfreight::wizard::review::DRAFT_TAG;

use crate::desk::{Bench, full_draft};

fn at_tags() -> Bench {
    let mut draft = full_draft(Step::Options);
    draft.focus.insert(Step::Options, job::TAGS);
    Bench::signed_in(draft)
}

/// The tags of the job that the last effects create.
fn sent(bench: &Bench) -> Option<Vec<(String, String)>> {
    bench.effects.iter().find_map(|effect| match effect {
        Effect::Start { call: Call::CreateJob { new, .. }, .. } => Some(new.tags.clone()),
        _ => None,
    })
}

#[test]
fn tags_are_shown_on_review_and_sent_with_the_job() {
    let mut bench = at_tags();
    bench.types("CostCenter=4711, Team=\"Media, EU\"");
    bench.ctrl('n');
    assert_eq!(bench.step(), Step::Review);
    let screen = bench.screen(120, 60);
    assert!(screen.contains("tags CostCenter=4711, Team=\"Media, EU\""), "{screen}");
    let provider = Provider { registration: "Registered".into(), api_versions: vec!["2021-01-01".into()] };
    bench.answer(Slot::Provider, Ok(Reply::Provider(provider)));
    bench.key(Key::End).types("create");
    bench.ctrl('n');
    while sent(&bench).is_none() {
        bench.answer(Slot::Create, Ok(Reply::Job(None)));
    }
    let tag = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let own = tag(DRAFT_TAG, bench.draft().id.as_str());
    assert_eq!(sent(&bench), Some(vec![own, tag("CostCenter", "4711"), tag("Team", "Media, EU")]));
}

#[test]
fn a_tag_azure_would_refuse_stops_next_and_says_which() {
    let mut bench = at_tags();
    bench.types("CostCenter=4711, Cost/Center=1");
    bench.ctrl('n');
    assert_eq!((bench.step(), bench.notice()), (Step::Options, "1 field needs you"));
    bench.row_with("\"/\" cannot be in a tag name (Cost/Center)");
    for _ in 0..", Cost/Center=1".len() {
        bench.key(Key::Backspace);
    }
    bench.ctrl('n');
    assert_eq!((bench.step(), bench.draft().options.tags.as_str()), (Step::Review, "CostCenter=4711"));
}
