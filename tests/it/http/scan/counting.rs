//! What is counted, and which findings are reported.

use std::collections::BTreeMap;

use blobfreight::plan::count::TierBytes;
use blobfreight::scan::{FindingKind, RuleStatus, ScanOptions};
use blobfreight::select::Rule;

use crate::http::scan::account::{count, options, prefix, rules, scan, server, sums};
use crate::http::scan::server::ServerFault;

#[tokio::test]
async fn the_whole_account_is_counted_whatever_the_page_size() {
    let server = server().await;
    let all = count(|_, _| true);
    for page_size in [1, 2, 7, 5000] {
        let report = scan(&server, &[prefix("/")], &ScanOptions { page_size, ..options() }).await;
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
    assert_eq!(report.rules[2].standing, RuleStatus::Duplicate { of: 1 });
    assert_eq!(report.rules[3].standing, RuleStatus::Inside { of: 1 });
    assert_eq!(report.rules[6].standing, RuleStatus::Inside { of: 0 });
    let nothing: Vec<usize> = (0..10).filter(|rule| report.rules[*rule].matches_nothing()).collect();
    assert_eq!(nothing, [8]);
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
    assert_eq!(report.totals.tiers, TierBytes { cool: 9, cold: 10 });
    assert_eq!(found[&FindingKind::Rehydrating], one("waking"));
    assert_eq!(found[&FindingKind::CustomerKey], one("sealed"));
    assert_eq!(found[&FindingKind::Leased], one("leased"));
    assert_eq!(found[&FindingKind::AppendBlob], one("leased"));
    assert_eq!(found[&FindingKind::SoftDeleted], one("gone"));
    assert_eq!(found[&FindingKind::BesideFolder], one("clash"));
    assert_eq!(found[&FindingKind::CaseTwins].0, 1);
    assert_eq!(found[&FindingKind::RefusedName].0, 3);
    assert_eq!((report.totals.blocked, report.twins_one_in), (6, 1));
    let changed = ScanOptions { since: Some(20_261_122_000_000), ..options() };
    let report = scan(&*server().await, &[prefix("/beta2/")], &changed).await;
    assert_eq!(report.totals.findings[&FindingKind::Changed].count, 1);
}

#[tokio::test]
async fn a_container_that_may_not_be_read_leaves_the_others_counted_and_the_answer_incomplete() {
    let server = server().await;
    *server.fault.lock().unwrap() = Some((0, ServerFault::Status(403, None)));
    let one = ScanOptions { concurrency: 1, ..options() };
    let report = scan(&server, &[prefix("/beta/"), prefix("/beta2/")], &one).await;
    assert!(!report.complete && !report.rules[0].complete && report.rules[1].complete);
    let problem = report.rules[0].problem.as_ref().unwrap().to_string();
    // The scan reads by the account's key, so a role for a sign-in would change nothing.
    assert!(problem.contains("list the blobs of beta: Why not"), "{problem}");
    assert!(!problem.contains("Storage Blob Data Reader"), "{problem}");
    assert_eq!(report.rules[1].totals.blobs, 1);
}
