//! How the work is divided: by folders, by names, and many small rules in one listing. The totals never depend on it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use blobfreight::scan::{FindingKind, ScanOptions, run};
use blobfreight::select::Rule;

use crate::http::scan::account::{essence, many_rules, options, prefix, row, scan, server, shot, sums, taken};
use crate::http::scan::server::{Listing, Ranges, Row, Server};

#[tokio::test]
async fn many_small_rules_cost_a_page_now_and_then_and_count_each_its_own() {
    let server = server().await;
    for (page_size, most) in [(1, usize::MAX), (7, 45), (100, 6), (5000, 6)] {
        let report = scan(&server, &many_rules(), &ScanOptions { page_size, ..options() }).await;
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
    let report = scan(&server, &[prefix("/")], &ScanOptions { page_size: 20, ..options() }).await;
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
    let report = scan(&server, &rules, &ScanOptions { page_size: 100, ..options() }).await;
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
        ("long", (0..200).map(|n| format!("{}/{n:04}", "the same beginning of every name, ".repeat(4))).collect()),
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
            let options = ScanOptions { page_size: 7, concurrency: 8, ..options() };
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

#[tokio::test]
async fn t41_a_search_for_places_to_cut_at_asks_for_no_more_at_once_than_may_be_asked_for() {
    let rows: Vec<Row> = (0..600).map(|at| row(&format!("f{at:04}"), 1)).collect();
    let latency = Duration::from_millis(2);
    let server = Server::start(vec![("flat".into(), Box::new(rows) as Box<dyn Listing>)], latency).await;
    let report = scan(&server, &[prefix("/flat/")], &ScanOptions { concurrency: 3, ..options() }).await;
    assert_eq!((sums(&report), report.complete), ((600, 0, 600), true));
    assert!(server.begun_at.lock().unwrap().len() > 2, "it was cut");
    assert_eq!(server.most_waiting.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn blobs_before_many_folders_are_cut_by_folders_where_the_service_cannot_begin_anywhere() {
    // The first page has no folder in it, and the level has hardly anything else.
    let mut rows: Vec<Row> = (0..9).map(|day| shot("a", &format!("2026-01-0{day}T00:00:00.0000000Z"), 1)).collect();
    rows.push(row("a", 1));
    rows.extend((0..400).map(|at| row(&format!("d{:02}/f{at:04}", at / 20), 1)));
    for ranges in [Ranges::Known, Ranges::Ignored, Ranges::Refused] {
        let server =
            Server::start(vec![("c".into(), Box::new(rows.clone()) as Box<dyn Listing>)], Duration::ZERO).await;
        *server.ranges.lock().unwrap() = ranges;
        let report = scan(&server, &[prefix("/c/")], &ScanOptions { concurrency: 8, ..options() }).await;
        assert_eq!((sums(&report), report.complete), ((401, 9, 410), true), "{ranges:?}");
        let begun = server.begun_with.lock().unwrap().len();
        assert!(begun > 4 || ranges == Ranges::Known, "{ranges:?}: {begun} prefixes");
    }
}
