//! The account that is scanned, rules for it, and what a plain loop over all of it says.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use blobfreight::plan::DriveLoad;
use blobfreight::scan::{CountReport, ScanOptions, run};
use blobfreight::select::Rule;

use crate::http::scan::server::{Listing, Row, Server};

pub(super) fn row(name: &str, size: u64) -> Row {
    Row { name: name.to_owned(), snapshot: None, size, properties: "", more: "" }
}

pub(super) fn shot(name: &str, time: &str, size: u64) -> Row {
    Row { snapshot: Some(time.to_owned()), ..row(name, size) }
}

/// An account with folders, a flat container, snapshots and everything a finding is about.
pub(super) fn rows() -> BTreeMap<String, Vec<Row>> {
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
        Row { properties: "<AccessTier>Cool</AccessTier>", ..row("chilly", 9) },
        Row { properties: "<AccessTier>Cold</AccessTier>", ..row("frosty", 10) },
        Row { properties: "<AccessTier>Archive</AccessTier>", ..row("old", 11) },
        Row {
            properties: "<AccessTier>Archive</AccessTier><ArchiveStatus>rehydrate-pending-to-hot</ArchiveStatus>",
            ..row("waking", 12)
        },
        Row { properties: "<BlobType>AppendBlob</BlobType><LeaseState>leased</LeaseState>", ..row("leased", 13) },
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

pub(super) async fn server() -> Arc<Server> {
    let boxed = |(name, rows): (String, Vec<Row>)| (name, Box::new(rows) as Box<dyn Listing>);
    Server::start(rows().into_iter().map(boxed).collect(), Duration::ZERO).await
}

pub(super) fn options() -> ScanOptions {
    ScanOptions { page_size: 7, concurrency: 4, pause: Duration::from_millis(1), ..ScanOptions::default() }
}

pub(super) fn prefix(text: &str) -> Rule {
    Rule::Prefix(text.into())
}

pub(super) fn rules() -> Vec<Rule> {
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
pub(super) fn many_rules() -> Vec<Rule> {
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
pub(super) fn taken(rule: &Rule) -> (u64, u64, u64) {
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

pub(super) async fn scan(server: &Server, rules: &[Rule], options: &ScanOptions) -> CountReport {
    let source = server.source();
    run(&source, rules, options, |_| {}).await.unwrap()
}

/// What must not depend on what went wrong. The parts of a rule may be others each time, but hold all of it.
pub(super) fn essence(report: &CountReport) -> String {
    for rule in report.rules.iter().filter(|rule| !rule.parts.is_empty()) {
        let sum = |figure: fn(&DriveLoad) -> u64| rule.parts.iter().map(|part| figure(&part.load)).sum::<u64>();
        let load = &rule.totals.load;
        assert_eq!((sum(DriveLoad::count), sum(DriveLoad::bytes)), (load.count(), load.bytes()), "{}", rule.rule);
    }
    let mut totals = report.totals.clone();
    totals.load.large.sort();
    totals.findings.values_mut().for_each(|found| found.examples.sort());
    let rules: Vec<(u64, u64, u64)> =
        report.rules.iter().map(|rule| (rule.totals.blobs, rule.totals.snapshots, rule.totals.bytes)).collect();
    format!("{totals:?} {rules:?} {}", report.complete)
}

/// Blobs, snapshots and bytes of the rows that `takes` takes, by a plain loop over all.
pub(super) fn count(takes: impl Fn(&str, &Row) -> bool) -> (u64, u64, u64) {
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

pub(super) fn sums(report: &CountReport) -> (u64, u64, u64) {
    (report.totals.blobs, report.totals.snapshots, report.totals.bytes)
}
