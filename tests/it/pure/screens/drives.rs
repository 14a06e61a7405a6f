//! The drives step: not counted, counting, counted, too large for one job, and the question of a split.

use std::sync::Arc;

use blobfreight::azure::fault::{Fault, FaultKind};
use blobfreight::draft::Draft;
use blobfreight::plan::count::{CountProgress, CountReport, CountTotals, FindingKind, RuleReport, RuleStatus};
use blobfreight::plan::{LARGE_FLOOR, LargeBlob, Part};
use blobfreight::protocol::key::Key;
use blobfreight::protocol::message::{Msg, ProgressEvent, Reply, Slot};
use blobfreight::protocol::step::Step;
use blobfreight::select::Rule;

use crate::pure::screens::{shows, shows_after, to_the_end};
use crate::support::app_harness::{AppHarness, full_draft};

const TB: u64 = 1_000_000_000_000;

fn totals(sizes: &[u64]) -> CountTotals {
    let mut totals = CountTotals { blobs: sizes.len() as u64, bytes: sizes.iter().sum(), ..CountTotals::default() };
    let large =
        |(index, size): (usize, &u64)| LargeBlob { size: *size, path: format!("footage/{index}.mov"), snapshot: None };
    totals.load.large = sizes.iter().enumerate().map(large).collect();
    totals
}

fn rule(path: &str, sizes: &[u64]) -> RuleReport {
    RuleReport {
        rule: Rule::Prefix(path.into()),
        standing: RuleStatus::Counted,
        totals: totals(sizes),
        complete: true,
        reused: false,
        problem: None,
        parts: Vec::new(),
    }
}

fn report(rules: Vec<RuleReport>) -> Box<CountReport> {
    let mut totals = CountTotals::default();
    for rule in &rules {
        totals.merge(&rule.totals, LARGE_FLOOR);
    }
    let (complete, requests, millis) = (rules.iter().all(|rule| rule.complete), 812, 4_300);
    Box::new(CountReport { totals, rules, requests, millis, complete, twins_one_in: 1, since: None, began_anew: None })
}

/// On the step with these rules, before their count.
fn uncounted(rules: &[RuleReport]) -> AppHarness {
    let mut draft = full_draft(Step::Drives);
    draft.selection.rules = Arc::new(rules.iter().map(|share| share.rule.clone()).collect());
    AppHarness::signed_in(draft)
}

fn counted(rules: Vec<RuleReport>) -> AppHarness {
    let mut app = uncounted(&rules);
    app.answer(Slot::Scan, Ok(Reply::Scanned(report(rules))));
    app
}

/// Nine terabytes with two findings.
pub(super) fn ordinary() -> AppHarness {
    let mut footage = rule("/footage/", &[3 * TB, 2 * TB, 3 * TB, TB]);
    footage.totals.note(FindingKind::Archived, 3 * TB, || "footage/0.mov".into());
    footage.totals.note(FindingKind::RefusedName, 5, || "footage/what?.txt".into());
    counted(vec![footage, rule("/nothing/", &[])])
}

/// More than a job takes, of which one rule can be divided.
fn for_two_jobs() -> AppHarness {
    let part = |path: &str, sizes: &[u64]| Part { rule: Rule::Prefix(path.into()), load: totals(sizes).load };
    let parts = vec![part("/footage/2023/", &[3 * TB; 8]), part("/footage/2024/", &[3 * TB; 7])];
    counted(vec![RuleReport { parts, ..rule("/footage/", &[3 * TB; 15]) }, rule("/stills/", &[3 * TB, TB / 2])])
}

#[test]
fn before_and_during_the_count() {
    shows("drives_nothing_checked", || {
        let mut draft = full_draft(Step::Drives);
        draft.selection.rules = Arc::new(Vec::new());
        AppHarness::signed_in(draft)
    });
    shows("drives_counting", || {
        let mut app = AppHarness::signed_in(full_draft(Step::Drives));
        let id = app.current(Slot::Scan);
        let progress = CountProgress {
            blobs: 1_234_567,
            snapshots: 12,
            bytes: 7 * TB,
            requests: 260,
            in_flight: 16,
            rules: (0, 1),
            millis: 9_000,
            ..CountProgress::default()
        };
        app.send(Msg::Progress { slot: Slot::Scan, id, event: ProgressEvent::Counted(progress) });
        app
    });
    shows("drives_paused", || {
        let mut app = AppHarness::signed_in(full_draft(Step::Drives));
        app.key(Key::Char(' '));
        app
    });
    shows("drives_failed", || {
        let mut app = AppHarness::signed_in(full_draft(Step::Drives));
        let fault = Fault::local("count the blobs", "the connection was reset");
        app.answer(Slot::Scan, Err(Fault { kind: FaultKind::Offline, ..fault }));
        app
    });
}

#[test]
fn a_count_that_ended() {
    shows("drives_counted", ordinary);
    shows_after("drives_counted_end", ordinary, to_the_end);
    shows("drives_sizes", || {
        let mut app = ordinary();
        app.key(Key::Tab).types("x3");
        app
    });
    shows("drives_one_rule_failed", || {
        let mut broken = rule("/stills/", &[TB]);
        broken.complete = false;
        broken.problem = Some(Fault::local("list stills", "there is no such container"));
        counted(vec![rule("/footage/", &[3 * TB]), broken])
    });
}

#[test]
fn more_than_a_job_takes() {
    shows("drives_too_many", for_two_jobs);
    shows_after("drives_split", for_two_jobs, |app| {
        app.key(Key::Char('d'));
    });
    shows("drives_split_done", || {
        let mut app = for_two_jobs();
        app.key(Key::Char('d')).key(Key::Char('y'));
        app.answer(Slot::Split, Ok(Reply::Added(vec!["export-media-2".into()])));
        app
    });
}

/// The draft of [`ordinary`], on another step.
pub(super) fn ordinary_on(step: Step) -> Draft {
    Draft { step, ..ordinary().draft().clone() }
}
