//! The drives step as a person meets it: when counting starts, stops and starts over, what is shown of it, what the draft keeps.

mod by_key;
mod on_review;
mod services;
mod split;
mod sums;

use std::sync::Arc;
use std::time::Duration;

use crate::support::app_harness::{AppHarness, full_draft};
use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::plan::count::{CountProgress, CountReport, CountTotals, FindingKind, RuleReport, RuleStatus};
use blobfreight::plan::{LARGE_FLOOR, LargeBlob, Overheads};
use blobfreight::protocol::key::{Key, KeyPress};
use blobfreight::protocol::message::{Call, Effect, Msg, ProgressEvent, Reply, RequestId, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::select::Rule;
use blobfreight::wizard::rail;
use blobfreight::wizard::steps::review::warnings;

const TB: u64 = 1_000_000_000_000;

pub(crate) fn prefix(text: &str) -> Rule {
    Rule::Prefix(text.into())
}

/// Blobs of these sizes under one rule.
pub(crate) fn report(rule: &Rule, sizes: &[u64]) -> CountReport {
    let mut totals = CountTotals { blobs: sizes.len() as u64, bytes: sizes.iter().sum(), ..CountTotals::default() };
    for (index, size) in sizes.iter().enumerate() {
        if *size < LARGE_FLOOR {
            totals.load.add_small(*size);
        } else {
            totals.load.large.push(LargeBlob { size: *size, path: format!("footage/{index}.mov"), snapshot: None });
        }
    }
    let share = RuleReport {
        rule: rule.clone(),
        standing: RuleStatus::Counted,
        totals: totals.clone(),
        complete: true,
        reused: false,
        problem: None,
        parts: Vec::new(),
    };
    let began_anew = None;
    CountReport {
        totals,
        rules: vec![share],
        requests: 1,
        millis: 10,
        complete: true,
        twins_one_in: 1,
        since: None,
        began_anew,
    }
}

fn counted(sizes: &[u64]) -> AppHarness {
    let mut app = AppHarness::signed_in(full_draft(Step::Drives));
    app.answer(Slot::Scan, Ok(Reply::Scanned(Box::new(report(&prefix("/footage/"), sizes)))));
    app
}

fn tell(app: &mut AppHarness, id: RequestId, blobs: u64, bytes: u64, millis: u64) {
    let progress = CountProgress { blobs, bytes, millis, in_flight: 16, rules: (0, 1), ..CountProgress::default() };
    app.send(Msg::Progress { slot: Slot::Scan, id, event: ProgressEvent::Counted(progress) });
}

fn select(app: &mut AppHarness, rule: &str) {
    app.model.wizard.as_mut().unwrap().shared.draft.selection.rules = Arc::new(vec![prefix(rule)]);
}

fn summary(app: &AppHarness) -> String {
    rail::progress(&app.model.wizard.as_ref().unwrap().shared, Step::Drives).summary
}

fn shows(app: &AppHarness, text: &str) {
    let screen = app.screen(80, 24);
    assert!(screen.contains(text), "{text:?} is missing:\n{screen}");
}

#[test]
fn counting_starts_by_itself_on_entering_the_step_and_asks_for_the_rules_of_the_draft() {
    let app = AppHarness::signed_in(full_draft(Step::Drives));
    let calls = app.effects.iter().filter_map(|effect| match effect {
        Effect::Start { slot: Slot::Scan, call: Call::Scan { endpoint, rules, draft, anew }, .. } => {
            Some((endpoint.clone(), rules.to_vec(), draft.to_string(), *anew))
        }
        _ => None,
    });
    let wanted = "https://mediaarchive.blob.core.windows.net/".to_owned();
    let expected = (wanted, vec![prefix("/footage/")], app.draft().id.to_string(), false);
    assert_eq!(calls.collect::<Vec<_>>(), [expected]);
    let elsewhere = AppHarness::signed_in(full_draft(Step::Address));
    assert!(!elsewhere.told().iter().any(|effect| effect.starts_with("Scan")), "{:?}", elsewhere.told());
}

#[test]
fn t33_numbers_rise_with_a_so_far_and_at_least_and_a_late_word_changes_nothing() {
    let mut app = AppHarness::signed_in(full_draft(Step::Drives));
    let id = app.current(Slot::Scan);
    tell(&mut app, id, 1_000, 9 * TB, 1_000);
    tell(&mut app, id, 1_250_000, 34 * TB, 11_000);
    assert!(app.told().is_empty(), "a word of progress asks for nothing: {:?}", app.told());
    shows(&app, "at least 1,250,000 blobs, 34.00 TB so far");
    shows(&app, "124,900 blobs/s · 16 requests · 0 of 1 rule");
    shows(&app, "At least 9 drives of 4TB so far.");
    assert_eq!(summary(&app), "counting, at least 1.2 M blobs");
    app.press(KeyPress::char('r'));
    assert_eq!(app.told(), ["Scan Scan"]);
    assert!(matches!(&app.effects[0], Effect::Start { call: Call::Scan { anew: true, .. }, .. }));
    tell(&mut app, id, 7, 7, 1);
    assert_eq!(summary(&app), "counting", "the word was of the older count");
}

#[test]
fn t33_space_pauses_and_goes_on_and_ctrl_x_stops() {
    let mut app = AppHarness::signed_in(full_draft(Step::Drives));
    let id = app.current(Slot::Scan);
    tell(&mut app, id, 500, TB, 1_000);
    app.press(KeyPress::char(' '));
    assert_eq!(app.told(), ["cancel Scan"]);
    shows(&app, "Paused. Space goes on");
    shows(&app, "Space go on  →");
    app.send(Msg::Tick);
    assert!(app.told().is_empty(), "nothing starts by itself while paused: {:?}", app.told());
    app.press(KeyPress::char('s'));
    assert_eq!(app.told(), ["Scan Scan"]);
    assert!(matches!(&app.effects[0], Effect::Start { call: Call::Scan { anew: false, .. }, .. }));
    app.press(KeyPress::ctrl('x'));
    assert_eq!(app.told(), ["cancel Scan"]);
    app.send(Msg::Tick);
    assert!(app.told().is_empty(), "{:?}", app.told());
}

#[test]
fn t33_a_count_made_anew_goes_on_after_a_pause_like_any_other() {
    let mut app = counted(&[TB]);
    app.press(KeyPress::char('r'));
    let id = app.current(Slot::Scan);
    tell(&mut app, id, 500, TB, 1_000);
    app.press(KeyPress::char(' '));
    shows(&app, "Paused. Space goes on");
    shows(&app, "Space go on  →");
    app.press(KeyPress::char(' '));
    assert_eq!(app.told(), ["Scan Scan"], "{}", app.screen(80, 24));
    assert!(matches!(&app.effects[0], Effect::Start { call: Call::Scan { anew: false, .. }, .. }));
}

#[test]
fn t34_a_complete_count_is_exact_and_another_selection_makes_it_stale() {
    let mut app = counted(&[3 * TB, 3 * TB, 2 * TB]);
    assert_eq!(app.told(), ["save"]);
    shows(&app, "3 blobs, 8.00 TB");
    shows(&app, "3 drives of 4TB are needed; no fewer can do.");
    assert!(!app.screen(80, 24).contains("at least"), "{}", app.screen(80, 24));
    assert_eq!(summary(&app), "3 drives of 4TB, 8.00 TB");
    app.press(KeyPress::alt(Key::Char('8')));
    select(&mut app, "/other/");
    let shared = &app.model.wizard.as_ref().unwrap().shared;
    assert!(rail::progress(shared, Step::Drives).stale.is_some());
    select(&mut app, "/footage/");
    let shared = &app.model.wizard.as_ref().unwrap().shared;
    assert_eq!(rail::progress(shared, Step::Drives).stale, None, "taken back");
}

#[test]
fn a_changed_selection_stops_the_count_and_it_starts_again_once_the_selection_rests() {
    let mut app = AppHarness::signed_in(full_draft(Step::Drives));
    app.press(KeyPress::alt(Key::Right));
    assert_eq!(app.step(), Step::Address);
    assert!(app.notice().contains("Counting goes on"), "{}", app.notice());
    assert!(app.model.requests().is_busy(Slot::Scan), "it keeps running behind other steps");
    select(&mut app, "/footage/2024/");
    app.send(Msg::Tick);
    assert_eq!(app.told(), ["cancel Scan"]);
    assert!(app.model.wake_in().is_some_and(|wait| wait <= Duration::from_secs(1)));
    app.now = app.now.checked_add(Duration::from_millis(900)).unwrap();
    app.send(Msg::Tick);
    assert!(app.told().is_empty(), "not rested yet: {:?}", app.told());
    app.now = app.now.checked_add(Duration::from_millis(100)).unwrap();
    app.send(Msg::Tick);
    assert_eq!(app.told(), ["Scan Scan"]);
}

#[test]
fn other_sizes_are_planned_with_the_key_that_types_them() {
    let mut app = counted(&[3 * TB, 3 * TB, 2 * TB]);
    app.key(Key::Right).key(Key::Right);
    assert_eq!(app.draft().drives.sizes, "8TB");
    shows(&app, "2 drives of 8TB are needed");
    app.key(Key::Tab).press(KeyPress::ctrl('u')).types("2x8TB + 1x4TB");
    shows(&app, "2 of 3 drives given are needed; no fewer can do.");
    let planned = app.draft().drives.counted.as_ref().unwrap().plan.clone().unwrap();
    assert_eq!((planned.sizes.as_str(), planned.drives, planned.jobs), ("2x8TB + 1x4TB", 2, 1));
    app.press(KeyPress::ctrl('u')).types("1x4TB");
    shows(&app, "3 drives are needed, 2 more of 4TB than given;");
    app.press(KeyPress::ctrl('u')).types("8");
    shows(&app, "Planned as soon as the sizes can be read.");
    app.key(Key::Enter);
    shows(&app, "has no unit");
    app.press(KeyPress::ctrl('n'));
    assert_eq!(app.step(), Step::Drives, "a size that cannot be read stops Next");
    assert_eq!(app.draft().drives.counted.as_ref().unwrap().plan, None);
    let told = warnings(app.shared()).join("\n");
    assert!(told.contains("The drive sizes cannot be read"), "{told}");
}

#[test]
fn a_bar_keeps_the_count_of_its_blobs_and_the_end_of_the_largest_ones_path() {
    let mut sizes = vec![1_000_000; 1200];
    sizes.push(TB);
    let app = counted(&sizes);
    shows(&app, "4TB 1,201 blobs, footage/1200.mov");
}

#[test]
fn a_count_of_many_rules_takes_one_line() {
    let mut app = AppHarness::signed_in(full_draft(Step::Drives));
    let id = app.current(Slot::Scan);
    let line = |app: &AppHarness| app.row_with("At least");
    let mut progress =
        CountProgress { blobs: 1_000, bytes: TB, millis: 1, in_flight: 1, rules: (1, 2), ..CountProgress::default() };
    app.send(Msg::Progress { slot: Slot::Scan, id, event: ProgressEvent::Counted(progress.clone()) });
    let before = line(&app);
    progress = CountProgress { blobs: 900_000_000, millis: 1_000, in_flight: 16, rules: (1_000, 2_000), ..progress };
    app.send(Msg::Progress { slot: Slot::Scan, id, event: ProgressEvent::Counted(progress) });
    assert_eq!(line(&app), before, "{}", app.screen(80, 24));
}

#[test]
fn w40_t30_review_tells_of_too_many_drives_of_findings_and_of_rules_that_match_nothing() {
    let mut app = AppHarness::signed_in(full_draft(Step::Drives));
    let told = |app: &AppHarness| warnings(&app.model.wizard.as_ref().unwrap().shared).join("\n");
    assert!(told(&app).contains("not counted to the end"), "{}", told(&app));
    let mut many = report(&prefix("/footage/"), &[3 * TB; 12]);
    many.totals.load.large.push(LargeBlob { size: 5 * TB, path: "footage/long.vhd".into(), snapshot: None });
    many.totals.note(FindingKind::Archived, 5, || "footage/old.mov".into());
    many.totals.note(FindingKind::RefusedName, 5, || "footage/a:b".into());
    let empty = report(&prefix("/nothing/"), &[]).rules.remove(0);
    many.rules.push(empty);
    let rules = vec![prefix("/footage/"), prefix("/nothing/")];
    app.model.wizard.as_mut().unwrap().shared.draft.selection.rules = Arc::new(rules);
    app.send(Msg::Tick);
    app.answer(Slot::Scan, Ok(Reply::Scanned(Box::new(many))));
    for part in [
        "12 drives of 4TB are needed and a job takes ten: take larger drives, or check less.",
        "1 blob larger than the largest drive",
        "1 blob: In the archive tier",
        "1 blob: Names that NTFS refuses",
        "Nothing matches everything under /nothing/",
    ] {
        assert!(told(&app).contains(part), "{part:?} is missing:\n{}", told(&app));
    }
    app.model.wizard.as_mut().unwrap().shared.catalogue.unmatched = vec![prefix("/nothing/")];
    assert_eq!(told(&app).matches("/nothing/").count(), 1, "said once, by the count:\n{}", told(&app));
    shows(&app, "! 1 blob will not come back; below is why.");
    shows(&app, "! 1 rule matches nothing; named below.");
    let screen = app.screen(80, 200);
    for part in ["footage/long.vhd", "footage/old.mov", "footage/a:b", "Split into jobs", "16TB", "95 % of the drive"] {
        assert!(screen.contains(part), "{part:?} is missing:\n{screen}");
    }
}

#[test]
fn each_rule_stands_with_its_share_as_the_list_has_it() {
    let path = |snapshots| Rule::Blob { path: "footage/a.mov".into(), snapshots };
    let single = Rule::Snapshot { path: "footage/b.mov".into(), time: "2026-01-02T03:04:05.0000000Z".into() };
    let mut app = AppHarness::signed_in(full_draft(Step::Drives));
    let mut all = report(&prefix("/books/"), &[5]);
    all.rules.extend([path(true), path(false), single].iter().map(|rule| report(rule, &[5]).rules.remove(0)));
    app.answer(Slot::Scan, Ok(Reply::Scanned(Box::new(all))));
    let screen = app.screen(120, 200);
    for part in
        ["  /books/ ", "  footage/a.mov ", "  footage/a.mov without snapshots ", "  the snapshot 2026-01-02T03:04:05"]
    {
        assert!(screen.contains(part), "{part:?} is missing:\n{screen}");
    }
}

#[test]
fn w36_a_count_that_failed_says_why_and_goes_on_with_one_key() {
    let mut app = AppHarness::signed_in(full_draft(Step::Drives));
    let fault = Fault { kind: FaultKind::Denied, ..Fault::local("list the blobs of footage", "it is not allowed") };
    let mut partial = report(&prefix("/footage/"), &[TB]);
    partial.complete = false;
    partial.rules[0].complete = false;
    partial.rules[0].problem = Some(fault);
    app.answer(Slot::Scan, Ok(Reply::Scanned(Box::new(partial))));
    shows(&app, "at least 1 blob, 1.00 TB");
    shows(&app, "Could not list the blobs of footage");
    shows(&app, "At least 1 drive of 4TB is needed.");
    app.send(Msg::Tick);
    assert!(app.told().is_empty(), "it is not asked over and over: {:?}", app.told());
    app.press(KeyPress::ctrl('t'));
    assert_eq!(app.told(), ["Scan Scan"]);
}

#[test]
fn w03_a_resumed_draft_shows_its_last_count_before_anybody_is_signed_in() {
    let app = counted(&[3 * TB, 2 * TB]);
    let resumed = AppHarness::with(app.draft().clone());
    shows(&resumed, "2 blobs, 5.00 TB");
    shows(&resumed, "Needed: 2 drives of 4TB.");
    assert!(!resumed.screen(80, 24).contains("Space go on"), "nobody can count yet");
    assert!(!resumed.model.requests().is_busy(Slot::Scan));
}

#[test]
fn the_plan_allows_for_what_the_configuration_says() {
    let overheads = Overheads { usable_percent: 50, ..Overheads::default() };
    let mut app = AppHarness::signed_in_with(overheads, full_draft(Step::Drives));
    let id = app.current(Slot::Scan);
    tell(&mut app, id, 2, 7 * TB, 1_000);
    shows(&app, "At least 4 drives of 4TB so far.");
    let sizes = [TB, TB, TB, TB];
    app.answer(Slot::Scan, Ok(Reply::Scanned(Box::new(report(&prefix("/footage/"), &sizes)))));
    shows(&app, "4 drives of 4TB are needed");
    assert!(app.screen(80, 200).contains("50 % of the drive"));
}

#[test]
fn w45_every_size_draws_and_all_steps_fit_the_rail() {
    let mut app = counted(&[3 * TB, 2 * TB, 1_000]);
    let (line, column) = (app.screen(80, 24), app.screen(110, 24));
    for &step in Step::ALL {
        let number = step.index() + 1;
        assert!(line.contains(&format!(" {number}")), "{line}");
        assert!(column.contains(&format!("{number:>2} ")) && column.contains(step.name()), "{column}");
    }
    for (columns, rows) in (0..=60).flat_map(|columns| (0..=20).map(move |rows| (columns, rows))) {
        app.screen(columns, rows);
    }
    shows(&app, "3 blobs, 5.00 TB");
    app.on_screen(80, 24);
    for _ in 0..3 {
        app.key(Key::PageDown);
    }
    shows(&app, "offset, length and hash");
    let end = app.frame();
    app.key(Key::Down);
    assert_eq!(end, app.frame(), "the end is the end");
    app.key(Key::Up);
    assert_ne!(end, app.frame(), "the first key back works");
    app.key(Key::Home);
    shows(&app, "3 blobs, 5.00 TB");
}

#[test]
fn w45_what_was_counted_can_be_read_line_by_line_down_and_up() {
    crate::support::lines::reads_whole("the drives of a count", &mut counted(&[3 * TB; 40]));
}
