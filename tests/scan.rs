//! Scans over a loopback service: right totals, whatever goes wrong at whichever page, and however often it is stopped.

#![expect(clippy::unwrap_used, reason = "what a test asks for and does not get ends the test")]

mod scan_server;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use blobfreight::plan::Load;
use blobfreight::scan::{Control, FindingKind, Options, Report, Standing, run};
use blobfreight::select::Rule;
use scan_server::{Listing, Misdeed, Ranges, Row, Server};

fn row(name: &str, size: u64) -> Row {
    Row { name: name.to_owned(), snapshot: None, size, properties: "", more: "" }
}

fn shot(name: &str, time: &str, size: u64) -> Row {
    Row { snapshot: Some(time.to_owned()), ..row(name, size) }
}

/// An account with folders, a flat container, snapshots and everything a finding is about.
fn rows() -> BTreeMap<String, Vec<Row>> {
    let mut alpha: Vec<Row> = Vec::new();
    for folder in 0..12 {
        for file in 0..5 + folder {
            alpha.push(row(&format!("f{folder:02}/sub{}/b{file:03}", file % 3), 1000 + file));
        }
    }
    alpha.extend([
        shot("f03/sub1/b001", "2026-01-01T00:00:00.0000000Z", 7),
        shot("f03/sub1/b001", "2026-02-01T00:00:00.0000000Z", 8),
        row("a&b <c>/x", 5),
        row("case/Lynx", 1),
        row("case/lynx", 1),
        row("clash", 1),
        row("clash/inside", 1),
        row("trail.", 1),
        row("con/x", 1),
        row("big", 5_000_000_000_000),
        row("huge", 300 << 20),
        Row { properties: "<AccessTier>Archive</AccessTier>", ..row("old", 11) },
        Row {
            properties: "<AccessTier>Archive</AccessTier><ArchiveStatus>rehydrate-pending-to-hot</ArchiveStatus>",
            ..row("waking", 12)
        },
        Row { properties: "<LeaseState>leased</LeaseState>", ..row("leased", 13) },
        Row { properties: "<CustomerProvidedKeySha256>x=</CustomerProvidedKeySha256>", ..row("sealed", 14) },
        Row { more: "<Deleted>true</Deleted>", ..row("gone", 15) },
    ]);
    alpha.sort_by(|a, b| (&a.name, a.snapshot.is_none()).cmp(&(&b.name, b.snapshot.is_none())));
    let beta = (0..60).map(|n| row(&format!("flat{n:04}"), 10)).collect();
    let beta2 = vec![row("one", 1)];
    BTreeMap::from([
        ("$root".into(), vec![row("logo", 3)]),
        ("alpha".into(), alpha),
        ("beta".into(), beta),
        ("beta2".into(), beta2),
    ])
}

async fn server() -> Arc<Server> {
    let boxed = |(name, rows): (String, Vec<Row>)| (name, Box::new(rows) as Box<dyn Listing>);
    Server::start(rows().into_iter().map(boxed).collect(), Duration::ZERO).await
}

fn options() -> Options {
    Options { page_size: 7, concurrency: 4, pause: Duration::from_millis(1), ..Options::default() }
}

fn prefix(text: &str) -> Rule {
    Rule::Prefix(text.into())
}

fn rules() -> Vec<Rule> {
    let blob = |path: &str, snapshots| Rule::Blob { path: path.into(), snapshots };
    let time = "2026-02-01T00:00:00.0000000Z".to_owned();
    vec![
        prefix("/alpha/f0"),
        prefix("/alpha/f1"),
        prefix("/alpha/f1"),
        prefix("/alpha/f11/sub1/"),
        prefix("/be"),
        blob("alpha/clash", true),
        Rule::Snapshot { path: "alpha/f03/sub1/b001".into(), time },
        blob("$root/logo", false),
        prefix("/nowhere/"),
        blob("alpha/big", true),
    ]
}

/// Many small rules of few folders, as picking by hand and taking rows out of folders make them.
fn many_rules() -> Vec<Rule> {
    let blob = |path: String, snapshots| Rule::Blob { path, snapshots };
    let time = |month: &str| format!("2026-{month}-01T00:00:00.0000000Z");
    let mut rules: Vec<Rule> = (0..30).map(|n| blob(format!("beta/flat{:04}", n * 2), true)).collect();
    rules.extend((0..9).map(|n| prefix(&format!("/alpha/f0{n}/"))));
    rules.extend(["b000", "b001", "b004", "b007"].map(|name| blob(format!("alpha/f11/sub1/{name}"), true)));
    rules.extend(["/alpha/case/L", "/alpha/case/l", "/alpha/case/nothing", "/alpha/case/x"].map(prefix));
    rules.retain(|rule| *rule != prefix("/alpha/f03/"));
    rules.push(blob("alpha/f03/sub1/b001".into(), false));
    rules.extend(["01", "02"].map(|month| Rule::Snapshot { path: "alpha/f03/sub1/b001".into(), time: time(month) }));
    rules.push(blob("alpha/f03/sub1/b007".into(), false));
    rules
}

/// What a rule takes, by a plain loop over all.
fn taken(rule: &Rule) -> (u64, u64, u64) {
    count(|container, row| match rule {
        Rule::Prefix(text) => format!("/{container}/{}", row.name).starts_with(text.as_str()),
        Rule::Blob { path, snapshots } => {
            *path == format!("{container}/{}", row.name) && (*snapshots || row.snapshot.is_none())
        }
        Rule::Snapshot { path, time } => {
            *path == format!("{container}/{}", row.name) && row.snapshot.as_ref() == Some(time)
        }
    })
}

async fn scan(server: &Server, rules: &[Rule], options: &Options) -> Report {
    let source = server.source();
    run(&source, rules, options, |_| {}).await.unwrap()
}

/// What must not depend on what went wrong. The parts of a rule may be others each time, but hold all of it.
fn essence(report: &Report) -> String {
    for rule in report.rules.iter().filter(|rule| !rule.parts.is_empty()) {
        let sum = |figure: fn(&Load) -> u64| rule.parts.iter().map(|part| figure(&part.load)).sum::<u64>();
        let load = &rule.totals.load;
        assert_eq!((sum(Load::count), sum(Load::bytes)), (load.count(), load.bytes()), "{}", rule.rule);
    }
    let mut totals = report.totals.clone();
    totals.load.large.sort();
    totals.findings.values_mut().for_each(|found| found.examples.sort());
    let rules: Vec<(u64, u64, u64)> =
        report.rules.iter().map(|rule| (rule.totals.blobs, rule.totals.snapshots, rule.totals.bytes)).collect();
    format!("{totals:?} {rules:?} {}", report.complete)
}

/// Blobs, snapshots and bytes of the rows that `takes` takes, by a plain loop over all.
fn count(takes: impl Fn(&str, &Row) -> bool) -> (u64, u64, u64) {
    let mut sum = (0, 0, 0);
    for (container, rows) in rows() {
        for row in rows.iter().filter(|row| row.more.is_empty() && takes(&container, row)) {
            sum = if row.snapshot.is_some() {
                (sum.0, sum.1 + 1, sum.2 + row.size)
            } else {
                (sum.0 + 1, sum.1, sum.2 + row.size)
            };
        }
    }
    sum
}

fn sums(report: &Report) -> (u64, u64, u64) {
    (report.totals.blobs, report.totals.snapshots, report.totals.bytes)
}

#[tokio::test]
async fn the_whole_account_is_counted_whatever_the_page_size() {
    let server = server().await;
    let all = count(|_, _| true);
    for page_size in [1, 2, 7, 5000] {
        let report = scan(&server, &[prefix("/")], &Options { page_size, ..options() }).await;
        assert_eq!((sums(&report), report.complete), (all, true), "pages of {page_size}");
    }
}

#[tokio::test]
async fn every_rule_counts_what_the_service_would_export_and_nothing_counts_twice() {
    let report = scan(&*server().await, &rules(), &options()).await;
    let under = |start: &str| count(|container, row| format!("/{container}/{}", row.name).starts_with(start));
    let found: Vec<(u64, u64, u64)> =
        report.rules.iter().map(|rule| (rule.totals.blobs, rule.totals.snapshots, rule.totals.bytes)).collect();
    let none = (0, 0, 0);
    let expected = [
        under("/alpha/f0"),
        under("/alpha/f1"),
        none,
        none,
        under("/be"),
        (1, 0, 1),
        none,
        (1, 0, 3),
        none,
        (1, 0, 5_000_000_000_000),
    ];
    assert_eq!(found, expected);
    assert_eq!(report.rules[2].standing, Standing::Duplicate { of: 1 });
    assert_eq!(report.rules[3].standing, Standing::Inside { of: 1 });
    assert_eq!(report.rules[6].standing, Standing::Inside { of: 0 });
    let nothing: Vec<usize> = (0..10).filter(|rule| report.rules[*rule].matches_nothing()).collect();
    assert_eq!(nothing, [8]);
}

#[tokio::test]
async fn many_small_rules_cost_a_page_now_and_then_and_count_each_its_own() {
    let server = server().await;
    for (page_size, most) in [(1, usize::MAX), (7, 45), (100, 6), (5000, 6)] {
        let report = scan(&server, &many_rules(), &Options { page_size, ..options() }).await;
        for rule in &report.rules {
            let totals = &rule.totals;
            let sums = (totals.blobs, totals.snapshots, totals.bytes);
            assert_eq!((sums, rule.complete), (taken(&rule.rule), true), "{} in pages of {page_size}", rule.rule);
        }
        let requests = usize::try_from(report.requests).unwrap();
        assert!(requests <= most, "{requests} requests for {} rules in pages of {page_size}", report.rules.len());
        assert_eq!(report.totals.findings[&FindingKind::CaseTwins].count, 1);
    }
}

#[tokio::test]
async fn a_rule_tells_its_parts_so_that_it_can_be_split() {
    let server = server().await;
    let report = scan(&server, &[prefix("/")], &Options { page_size: 20, ..options() }).await;
    let parts = &report.rules[0].parts;
    assert!(parts.len() > 10 && !essence(&report).is_empty(), "{} parts", parts.len());
    let rules: Vec<Rule> = parts.iter().map(|part| part.rule.clone()).collect();
    let apart = scan(&server, &rules, &options()).await;
    assert_eq!(sums(&apart), sums(&report));
    for (part, rule) in parts.iter().zip(&apart.rules) {
        let (load, own) = (&rule.totals.load, &part.load);
        assert_eq!((own.count(), own.bytes()), (load.count(), load.bytes()), "{}", part.rule);
    }
}

#[tokio::test]
async fn small_rules_far_apart_are_asked_for_one_by_one() {
    let rows: Vec<Row> = (0..3000).map(|n| row(&format!("{n:06}"), 1)).collect();
    let server = Server::start(vec![("c".into(), Box::new(rows) as Box<dyn Listing>)], Duration::ZERO).await;
    let rules: Vec<Rule> = (0..10).map(|n| Rule::Blob { path: format!("c/{:06}", n * 300), snapshots: true }).collect();
    let report = scan(&server, &rules, &Options { page_size: 100, ..options() }).await;
    assert_eq!((sums(&report), report.complete), ((10, 0, 10), true));
    assert!(report.requests <= 12, "{} requests, and 30 pages in all", report.requests);
}

#[tokio::test]
async fn a_large_rule_among_small_ones_is_cut_like_any_other() {
    let mut rows: Vec<Row> = (0..900).map(|n| row(&format!("b{n:06}"), 1)).collect();
    rows.extend(["c1", "c2", "c3", "c4", "d"].map(|name| row(name, 1)));
    rows.insert(0, row("a", 1));
    let server = Server::start(vec![("c".into(), Box::new(rows) as Box<dyn Listing>)], Duration::ZERO).await;
    let rules = ["/c/a", "/c/b", "/c/c1", "/c/c2", "/c/c3", "/c/c4"].map(prefix);
    let report = scan(&server, &rules, &options()).await;
    let found: Vec<u64> = report.rules.iter().map(|rule| rule.totals.blobs).collect();
    assert_eq!((found, report.complete), (vec![1, 900, 1, 1, 1, 1], true));
    assert!(!report.rules[1].parts.is_empty() && !essence(&report).is_empty());
    assert!(server.begun_at.lock().unwrap().len() > 3, "the large one was listed page after page");
}

#[tokio::test]
async fn snapshots_are_counted_as_each_rule_says() {
    let server = server().await;
    let path = "alpha/f03/sub1/b001";
    let blob = |snapshots| Rule::Blob { path: path.into(), snapshots };
    let one = Rule::Snapshot { path: path.into(), time: "2026-01-01T00:00:00.0000000Z".into() };
    assert_eq!(sums(&scan(&server, &[blob(true)], &options()).await), (1, 2, 1001 + 15));
    assert_eq!(sums(&scan(&server, &[blob(false)], &options()).await), (1, 0, 1001));
    assert_eq!(sums(&scan(&server, &[blob(false), one.clone()], &options()).await), (1, 1, 1001 + 7));
    assert_eq!(sums(&scan(&server, &[one], &options()).await), (0, 1, 7));
}

#[tokio::test]
async fn w40_what_will_not_come_back_is_found_and_named() {
    let report = scan(&*server().await, &[prefix("/alpha/")], &options()).await;
    let found: BTreeMap<FindingKind, (u64, Vec<String>)> =
        report.totals.findings.iter().map(|(kind, found)| (*kind, (found.count, found.examples.clone()))).collect();
    let one = |name: &str| (1, vec![format!("alpha/{name}")]);
    assert_eq!(found[&FindingKind::Archived], one("old"));
    assert_eq!(found[&FindingKind::Rehydrating], one("waking"));
    assert_eq!(found[&FindingKind::CustomerKey], one("sealed"));
    assert_eq!(found[&FindingKind::Leased], one("leased"));
    assert_eq!(found[&FindingKind::SoftDeleted], one("gone"));
    assert_eq!(found[&FindingKind::BesideFolder], one("clash"));
    assert_eq!(found[&FindingKind::CaseTwins].0, 1);
    assert_eq!(found[&FindingKind::RefusedName].0, 3);
    assert_eq!((report.totals.blocked, report.twins_one_in), (6, 1));
    let changed = Options { since: Some(20_261_122_000_000), ..options() };
    let report = scan(&*server().await, &[prefix("/beta2/")], &changed).await;
    assert_eq!(report.totals.findings[&FindingKind::Changed].count, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_goes_wrong_at_whichever_page_the_totals_are_the_same() {
    let misdeeds = [
        Misdeed::Status(429, Some(0)),
        Misdeed::Status(503, None),
        Misdeed::Status(500, None),
        Misdeed::Status(401, None),
        Misdeed::Cut,
        Misdeed::Short,
        Misdeed::Drop,
        Misdeed::StaleMarker,
        Misdeed::EmptyPage,
    ];
    let mut trials = tokio::task::JoinSet::new();
    for misdeed in misdeeds {
        trials.spawn(go_wrong(misdeed, rules(), 30));
        trials.spawn(go_wrong(misdeed, many_rules(), 12));
    }
    trials.join_all().await;
}

async fn go_wrong(misdeed: Misdeed, rules: Vec<Rule>, least: usize) {
    let server = server().await;
    let calm = scan(&server, &rules, &options()).await;
    let pages = usize::try_from(calm.requests).unwrap();
    assert!(pages > least, "only {pages} pages to go wrong");
    for page in 0..pages {
        let before = server.requests.load(Ordering::SeqCst);
        *server.misdeed.lock().unwrap() = Some((before + page, misdeed));
        let report = scan(&server, &rules, &options()).await;
        assert_eq!(essence(&report), essence(&calm), "{misdeed:?} at page {page}");
    }
}

#[tokio::test]
async fn t33_a_scan_killed_at_any_moment_goes_on_to_the_same_totals() {
    let server = server().await;
    for rules in [rules(), many_rules()] {
        kill_again_and_again(&server, &rules).await;
    }
}

async fn kill_again_and_again(server: &Server, rules: &[Rule]) {
    let calm = scan(server, rules, &options()).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scan.json");
    let options = Options { checkpoint: Some(path.clone()), resume: true, save_every: Duration::ZERO, ..options() };
    let source = server.source();
    let mut kills = 0;
    for moment in 1.. {
        // A future that is dropped does nothing more, like a process that is killed.
        let scan = run(&source, rules, &options, |_| {});
        tokio::select! {
            biased;
            done = scan => {
                assert_eq!(essence(&done.unwrap()), essence(&calm));
                break;
            }
            () = saves(&path, moment) => kills += 1,
        }
    }
    assert!(kills > 3, "killed {kills} times only");
}

/// Waits until the file was replaced so many times.
async fn saves(path: &Path, times: usize) {
    let look = || std::fs::metadata(path).ok().map(|found| (found.len(), found.modified().ok()));
    let mut last = look();
    for _ in 0..times {
        while look() == last {
            tokio::task::yield_now().await;
        }
        last = look();
    }
}

#[tokio::test]
async fn t33_a_counted_rule_is_taken_over_when_only_another_rule_changes() {
    let server = server().await;
    let folder = tempfile::tempdir().unwrap();
    let options = Options { checkpoint: Some(folder.path().join("scan.json")), resume: true, ..options() };
    let first = scan(&server, &[prefix("/alpha/"), prefix("/beta/")], &options).await;
    let second = scan(&server, &[prefix("/beta2/"), prefix("/alpha/")], &options).await;
    assert_eq!((second.requests, second.rules[1].reused, second.rules[0].reused), (1, true, false));
    assert_eq!(second.rules[1].totals, first.rules[0].totals);
    let all = count(|container, _| matches!(container, "alpha" | "beta2"));
    assert_eq!(sums(&second), all);
}

#[tokio::test]
async fn t34_a_stopped_scan_says_that_it_is_not_complete_and_can_go_on() {
    let server = server().await;
    let folder = tempfile::tempdir().unwrap();
    let (send, control) = tokio::sync::watch::channel(Control::Stop);
    let stopped = Options {
        checkpoint: Some(folder.path().join("scan.json")),
        resume: true,
        control: Some(control),
        ..options()
    };
    let report = scan(&server, &rules(), &stopped).await;
    assert!(!report.complete && report.requests == 0);
    send.send(Control::Run).unwrap();
    let report = scan(&server, &rules(), &stopped).await;
    assert_eq!(essence(&report), essence(&scan(&server, &rules(), &options()).await));
}

#[tokio::test]
async fn a_container_that_may_not_be_read_leaves_the_others_counted_and_the_answer_incomplete() {
    let server = server().await;
    *server.misdeed.lock().unwrap() = Some((0, Misdeed::Status(403, None)));
    let one = Options { concurrency: 1, ..options() };
    let report = scan(&server, &[prefix("/beta/"), prefix("/beta2/")], &one).await;
    assert!(!report.complete && !report.rules[0].complete && report.rules[1].complete);
    let problem = report.rules[0].problem.as_ref().unwrap().to_string();
    assert!(problem.contains("list the blobs of beta") && problem.contains("Storage Blob Data Reader"), "{problem}");
    assert_eq!(report.rules[1].totals.blobs, 1);
}

#[tokio::test]
async fn names_out_of_order_are_counted_once_all_the_same() {
    // As in a hierarchical namespace, where a folder's blobs follow the folder's name.
    let mut rows: Vec<Row> = (0..40).map(|n| row(&format!("a/{n:02}"), 1)).collect();
    rows.extend((0..40).map(|n| row(&format!("a-{n:02}"), 1)));
    rows.extend((0..40).map(|n| row(&format!("b/{n:02}"), 1)));
    let server = Server::start(vec![("c".into(), Box::new(rows) as Box<dyn Listing>)], Duration::ZERO).await;
    let report = scan(&server, &[prefix("/c/")], &options()).await;
    assert_eq!((sums(&report), report.complete), ((120, 0, 120), true));
}

/// Names without folders, of the kinds people give them, each twice with a snapshot.
fn flat_names() -> BTreeMap<&'static str, Vec<String>> {
    let hex = |n: u64| format!("{:016x}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut random: Vec<String> = (0..200).map(hex).collect();
    let mut mixed: Vec<String> =
        (0..60).flat_map(|n| [format!("Ünï-{n:03}"), format!("日本{n}"), format!("~{n:02}")]).collect();
    random.sort();
    mixed.extend(["😀 party".to_owned(), "z".repeat(900)]);
    mixed.sort();
    BTreeMap::from([
        ("counted", (0..200).map(|n| format!("file{n:08}.bin")).collect()),
        ("dated", (0..200).map(|n| format!("IMG_2026{:02}{:02}_{n:06}.jpg", 1 + n / 20, 1 + n % 20)).collect()),
        ("random", random),
        ("mixed", mixed),
        ("one", vec!["a".to_owned()]),
    ])
}

#[tokio::test]
async fn containers_without_folders_are_cut_by_names_where_the_service_can_begin_anywhere() {
    for (kind, names) in flat_names() {
        let rows = names.iter().flat_map(|name| [shot(name, "2026-01-01T00:00:00.0000000Z", 2), row(name, 3)]);
        let rows: Vec<Row> = rows.collect();
        let total = names.len() as u64;
        let server = Server::start(vec![("flat".into(), Box::new(rows) as Box<dyn Listing>)], Duration::ZERO).await;
        for ranges in [Ranges::Known, Ranges::Ignored, Ranges::Refused] {
            *server.ranges.lock().unwrap() = ranges;
            server.begun_at.lock().unwrap().clear();
            let forced = AtomicBool::new(false);
            let options = Options { page_size: 7, concurrency: 8, ..options() };
            let (source, rules) = (server.source(), [prefix("/flat/")]);
            let report = run(&source, &rules, &options, |progress| {
                forced.fetch_or(progress.one_by_one.is_some(), Ordering::SeqCst);
            });
            let report = report.await.unwrap();
            assert_eq!((sums(&report), report.complete), ((total, total, total * 5), true), "{kind} {ranges:?}");
            if total > 100 {
                let listings = server.begun_at.lock().unwrap().len();
                let known = ranges == Ranges::Known;
                assert_eq!(
                    (listings > 4, forced.into_inner()),
                    (known, !known),
                    "{kind} {ranges:?}: {listings} listings"
                );
            }
        }
    }
}
