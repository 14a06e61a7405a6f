//! Whatever goes wrong, and however often a scan is stopped, it ends with the same totals.

use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;

use blobfreight::scan::{ScanControl, ScanOptions, run};
use blobfreight::select::Rule;

use crate::http::scan::account::{count, essence, many_rules, options, prefix, rules, scan, server, sums};
use crate::http::scan::server::{Server, ServerFault};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_goes_wrong_at_whichever_page_the_totals_are_the_same() {
    let faults = [
        ServerFault::Status(429, Some(0)),
        ServerFault::Status(503, None),
        ServerFault::Status(500, None),
        ServerFault::Status(401, None),
        ServerFault::Cut,
        ServerFault::Short,
        ServerFault::Drop,
        ServerFault::StaleMarker,
        ServerFault::EmptyPage,
    ];
    let mut trials = tokio::task::JoinSet::new();
    for fault in faults {
        trials.spawn(go_wrong(fault, rules(), 30));
        trials.spawn(go_wrong(fault, many_rules(), 12));
    }
    trials.join_all().await;
}

async fn go_wrong(fault: ServerFault, rules: Vec<Rule>, least: usize) {
    let server = server().await;
    let calm = scan(&server, &rules, &options()).await;
    let pages = usize::try_from(calm.requests).unwrap();
    assert!(pages > least, "only {pages} pages to go wrong");
    for page in 0..pages {
        let before = server.requests.load(Ordering::SeqCst);
        *server.fault.lock().unwrap() = Some((before + page, fault));
        let report = scan(&server, &rules, &options()).await;
        assert_eq!(essence(&report), essence(&calm), "{fault:?} at page {page}");
    }
}

#[tokio::test]
async fn t41_a_service_that_asks_for_a_pause_is_not_asked_for_anything_else_meanwhile() {
    let server = server().await;
    let calm = scan(&server, &rules(), &options()).await;
    for page in [5, 25] {
        let before = server.requests.load(Ordering::SeqCst);
        *server.fault.lock().unwrap() = Some((before + page, ServerFault::Status(429, Some(1))));
        let report = scan(&server, &rules(), &options()).await;
        assert_eq!(essence(&report), essence(&calm), "at page {page}");
    }
    let others = server.asked_meanwhile.lock().unwrap().clone();
    // Those that were on the way already.
    assert!(others.len() == 2 && others.iter().all(|others| *others < options().concurrency), "{others:?}");
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
    let options = ScanOptions { checkpoint: Some(path.clone()), resume: true, save_every: Duration::ZERO, ..options() };
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
async fn t33_what_a_scan_killed_long_ago_left_beside_its_checkpoint_is_cleared_away() {
    let server = server().await;
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join(".blobfreight-x1Y2z3.tmp");
    std::fs::write(&old, "{").unwrap();
    std::fs::File::options().write(true).open(&old).unwrap().set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    let options = ScanOptions { checkpoint: Some(folder.path().join("scan.json")), ..options() };
    scan(&server, &[prefix("/alpha/")], &options).await;
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["scan.json"]);
}

#[tokio::test]
async fn t33_a_counted_rule_is_taken_over_when_only_another_rule_changes() {
    let server = server().await;
    let folder = tempfile::tempdir().unwrap();
    let options = ScanOptions { checkpoint: Some(folder.path().join("scan.json")), resume: true, ..options() };
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
    let (send, control) = tokio::sync::watch::channel(ScanControl::Stop);
    let stopped = ScanOptions {
        checkpoint: Some(folder.path().join("scan.json")),
        resume: true,
        control: Some(control),
        ..options()
    };
    let report = scan(&server, &rules(), &stopped).await;
    assert!(!report.complete && report.requests == 0);
    send.send(ScanControl::Run).unwrap();
    let report = scan(&server, &rules(), &stopped).await;
    assert_eq!(essence(&report), essence(&scan(&server, &rules(), &options()).await));
}

#[tokio::test]
async fn an_account_that_does_not_list_deleted_blobs_among_the_others_is_counted_without_them() {
    let server = server().await;
    for rules in [rules(), many_rules()] {
        server.keeps_deleted.store(false, Ordering::SeqCst);
        let all = scan(&server, &rules, &options()).await;
        server.keeps_deleted.store(true, Ordering::SeqCst);
        let living = scan(&server, &rules, &options()).await;
        assert_eq!((sums(&living), living.complete), (sums(&all), true));
    }
}
