//! More drives than a job takes: what d shows, which drafts a yes makes, and what is left of the first one.

use std::sync::Arc;

use blobfreight::azure::fault::Fault;
use blobfreight::draft::{Draft, PartOf};
use blobfreight::plan::{LARGE_FLOOR, Part};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Call, Effect, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::wizard::steps::review::warnings;

use crate::pure::steps_drives::{TB, counted, prefix, report, shows};
use crate::support::app_harness::{AppHarness, full_draft};

/// Two folders of a rule too big for one job, one of which is.
fn two_jobs() -> AppHarness {
    let rules = vec![prefix("/footage/"), prefix("/stills/")];
    let mut draft = full_draft(Step::Drives);
    draft.selection.rules = Arc::new(rules);
    let mut app = AppHarness::signed_in(draft);
    let mut whole = report(&prefix("/footage/"), &[3 * TB; 15]);
    let part = |rule: &str, sizes: &[u64]| Part { rule: prefix(rule), load: report(&prefix(rule), sizes).totals.load };
    whole.rules[0].parts = vec![part("/footage/2023/", &[3 * TB; 8]), part("/footage/2024/", &[3 * TB; 7])];
    let small = report(&prefix("/stills/"), &[3 * TB, TB / 2]);
    whole.totals.merge(&small.totals, LARGE_FLOOR);
    whole.rules.extend(small.rules);
    app.answer(Slot::Scan, Ok(Reply::Scanned(Box::new(whole))));
    app
}

/// The drafts asked to be made by the last message.
fn made(app: &AppHarness) -> Vec<Draft> {
    let call = app.effects.iter().find_map(|effect| match effect {
        Effect::Start { slot: Slot::Split, call: Call::AddDrafts(drafts), .. } => Some(drafts.clone()),
        _ => None,
    });
    call.unwrap_or_default()
}

#[test]
fn enter_after_the_sizes_leads_to_the_drives_where_the_split_and_the_next_step_are_one_key_away() {
    let mut app = two_jobs();
    app.key(Key::Tab);
    let words = |app: &AppHarness| app.screen(120, 24);
    assert!(words(&app).contains("make 2 jobs of it (Enter, then d)."), "{}", words(&app));
    shows(&app, "Enter see the drives");
    app.key(Key::Enter);
    assert!(words(&app).contains("make 2 jobs of it (d)."), "{}", words(&app));
    app.press(KeyPress::char('d'));
    shows(&app, "Make 1 new draft of this one?");
    app.press(KeyPress::char('n')).key(Key::Enter);
    assert_eq!(app.step(), Step::Address);
}

#[test]
fn w40_d_shows_the_jobs_and_only_a_yes_makes_drafts_of_them() {
    let mut app = two_jobs();
    shows(&app, "d split  →");
    let review = warnings(&app.model.wizard.as_ref().unwrap().shared).join("\n");
    assert!(review.contains("or make 2 jobs of it in the step Drives"), "{review}");
    app.press(KeyPress::char('d'));
    assert!(app.told().is_empty(), "{:?}", app.told());
    let page = app.screen(100, 60);
    for part in [
        "Make 1 new draft of this one? y yes, n no",
        "Job 1 of 2: export-media, this draft",
        "9 drives of 4TB: /footage/2023/, /stills/",
        "Job 2 of 2: export-media-2",
        "7 drives of 4TB: /footage/2024/",
        "Too big for one job: everything under /footage/.",
        "To undo: discard the new drafts",
    ] {
        let flat = page.lines().map(|line| line.split_once('│').map_or(line, |(_, body)| body).trim());
        assert!(flat.collect::<Vec<_>>().join(" ").contains(part), "{part:?} is missing:\n{page}");
    }
    for key in [Key::Enter, Key::Down, Key::Char(' '), Key::Char('r')] {
        app.key(key);
        assert!(app.told().is_empty(), "{key:?} does {:?}", app.told());
    }
    app.key(Key::Esc);
    assert_eq!(app.step(), Step::Drives, "Esc closes the question only");
    shows(&app, "are needed");
    app.press(KeyPress::char('y'));
    assert!(made(&app).is_empty());
}

#[test]
fn w40_a_split_writes_the_other_jobs_first_and_then_narrows_this_draft() {
    let mut app = two_jobs();
    let before = app.draft().clone();
    app.press(KeyPress::char('d')).press(KeyPress::char('y'));
    assert_eq!(app.told(), ["Split AddDrafts"], "this draft is not touched before the others are on disk");
    assert_eq!(app.draft(), &before);
    let others = made(&app);
    app.press(KeyPress::char('d')).press(KeyPress::char('y'));
    assert!(app.told().is_empty(), "asked for once: {:?}", app.told());
    assert_eq!(others.len(), 1);
    let other = &others[0];
    assert_eq!(*other.selection.rules, [prefix("/footage/2024/")]);
    assert_eq!(
        (other.options.name.as_str(), other.step, other.part),
        ("export-media-2", Step::Drives, Some(PartOf { number: 2, of: 2 }))
    );
    assert_eq!(
        (&other.sign_in, &other.account, &other.location, &other.address),
        (&before.sign_in, &before.account, &before.location, &before.address)
    );
    assert_eq!((other.journal.create.as_ref(), other.job.as_ref(), other.keys_file.as_ref()), (None, None, None));
    assert_eq!((other.drives.sizes.as_str(), &other.drives.counted), ("4TB", &None), "a part is not counted by itself");

    app.answer(Slot::Split, Ok(Reply::Added(vec!["export-media-2".into()])));
    assert_eq!(app.told()[0], "save");
    assert_eq!(*app.draft().selection.rules, [prefix("/footage/2023/"), prefix("/stills/")]);
    assert_eq!(app.draft().part, Some(PartOf { number: 1, of: 2 }));
    assert!(app.told().contains(&"Scan Scan".to_owned()), "the share is counted at once: {:?}", app.told());
    assert_eq!(app.notice(), "This draft is job 1 of 2 now; the other one is on the start screen.");
    app.press(KeyPress::alt(Key::Char('3'))).press(KeyPress::char('u'));
    assert_eq!(*app.draft().selection.rules, [prefix("/footage/"), prefix("/stills/")], "u in Blobs takes it back");
}

#[test]
fn w40_a_split_that_cannot_be_written_changes_nothing() {
    let mut app = two_jobs();
    let before = app.draft().clone();
    app.press(KeyPress::char('d')).press(KeyPress::char('y'));
    app.answer(Slot::Split, Err(Fault::local("make drafts of the other jobs", "the disk is full")));
    assert_eq!(app.draft(), &before);
    assert!(app.notice().contains("the disk is full"), "{}", app.notice());
    app.press(KeyPress::char('d')).press(KeyPress::char('y'));
    assert_eq!(app.told(), ["Split AddDrafts"], "it can be tried again");
}

#[test]
fn w40_whole_rules_keep_what_was_counted_of_them_and_given_drives_are_dealt_out() {
    let rules = ["/a/", "/b/"].map(prefix);
    let mut draft = full_draft(Step::Drives);
    (draft.selection.rules, draft.drives.sizes) = (Arc::new(rules.to_vec()), "9x4TB".into());
    draft.options.name = String::new();
    let mut app = AppHarness::signed_in(draft);
    let mut whole = report(&rules[0], &[3 * TB; 8]);
    let small = report(&rules[1], &[3 * TB; 7]);
    whole.totals.merge(&small.totals, LARGE_FLOOR);
    whole.rules.extend(small.rules);
    app.answer(Slot::Scan, Ok(Reply::Scanned(Box::new(whole))));
    app.press(KeyPress::char('d')).press(KeyPress::char('y'));
    let other = made(&app).remove(0);
    assert_eq!((other.options.name.as_str(), other.drives.sizes.as_str()), ("export-mediaarchi-1122-2", "1x4TB"));
    let counted = other.drives.counted.unwrap();
    assert_eq!((counted.blobs, counted.complete, counted.rules), (7, true, Arc::new(vec![rules[1].clone()])));
    let plan = counted.plan.unwrap();
    assert_eq!((plan.drives, plan.jobs, plan.sizes.as_str()), (7, 1, "1x4TB"));
    app.answer(Slot::Split, Ok(Reply::Added(vec![other.options.name])));
    assert_eq!(app.draft().drives.sizes, "8x4TB");
}

#[test]
fn w40_only_a_complete_count_of_an_open_draft_is_split() {
    let mut app = two_jobs();
    app.press(KeyPress::char('r'));
    assert!(!app.screen(80, 24).contains("d split"), "not while it is counted anew");
    let mut partial = report(&prefix("/footage/"), &[3 * TB; 8]);
    let other = report(&prefix("/stills/"), &[3 * TB; 8]);
    partial.totals.merge(&other.totals, LARGE_FLOOR);
    partial.rules.extend(other.rules);
    partial.complete = false;
    app.answer(Slot::Scan, Ok(Reply::Scanned(Box::new(partial)))).press(KeyPress::char('d'));
    assert!(app.notice().contains("Count to the end first"), "{}", app.notice());
    let one = counted(&[3 * TB; 11]);
    shows(&one, "this cannot be split");
    assert!(!one.screen(80, 24).contains("d split"), "one rule makes one job");
}

#[test]
fn w45_the_question_of_a_split_can_be_read_line_by_line_down_and_up() {
    let mut app = two_jobs();
    app.on_screen(40, 12).key(Key::End).press(KeyPress::char('d'));
    assert!(app.frame()[4].contains("Make 1 new draft"), "it begins with the question: {}", app.frame().join("\n"));
    crate::support::lines::reads_whole("the question of a split", &mut app);
}
