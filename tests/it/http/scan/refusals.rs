//! Whatever comes instead of a page, on whichever page: a count that is called complete is complete, one that is not says what is
//! missing, and both end.

use std::time::Duration;

use blobfreight::scan::{BlobSource, CountReport, ScanOptions, run};
use blobfreight::select::Rule;

use crate::http::scan::account::{count, options, prefix, scan, server, sums, taken};
use crate::http::scan::server::{Body, PagePosition, Refusal, Server};

/// No scan of the small account may send more, whatever it is answered; undisturbed it sends about 60.
const MOST_REQUESTS: u64 = 1000;

/// Rules that name their containers, rules whose containers are listed first, and rules that share a listing.
fn rule_sets() -> [Vec<Rule>; 3] {
    let blob = |n: u32| Rule::Blob { path: format!("beta/flat{n:04}"), snapshots: true };
    [vec![prefix("/beta/"), prefix("/alpha/f0")], vec![prefix("/")], (0..24).map(|n| blob(n * 2)).collect()]
}

fn fast_retries() -> ScanOptions {
    ScanOptions { pause: Duration::from_micros(10), ..options() }
}

fn truth(rules: &[Rule]) -> (u64, u64, u64) {
    let add = |sum: (u64, u64, u64), one: (u64, u64, u64)| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2);
    rules.iter().map(taken).fold((0, 0, 0), add)
}

/// Refuses pages of a scan, then lets it go on where it stopped.
async fn refuse(server: &Server, source: &BlobSource, rules: &[Rule], refusal: &Refusal) {
    let folder = tempfile::tempdir().unwrap();
    let options = ScanOptions { checkpoint: Some(folder.path().join("scan.json")), resume: true, ..fast_retries() };
    let case = format!("{refusal:?} for {}", rules[0]);
    *server.refusal.lock().unwrap() = Some(refusal.clone());
    let report = run(source, rules, &options, |_| {}).await.unwrap();
    *server.refusal.lock().unwrap() = None;
    check(&report, rules, refusal, &case);
    let again = run(source, rules, &options, |_| {}).await.unwrap();
    assert_eq!((sums(&again), again.complete), (truth(rules), true), "gone on after {case}");
}

fn check(report: &CountReport, rules: &[Rule], refusal: &Refusal, case: &str) {
    assert!(report.requests < MOST_REQUESTS, "{} requests after {case}", report.requests);
    let (found, all) = (sums(report), truth(rules));
    if report.complete {
        // The service's own word that a container is not there is all there is to know about it.
        let missing = refusal.status == 404
            && refusal.body == Body::Code("ContainerNotFound")
            && refusal.page != PagePosition::Inner;
        assert!(found == all || missing && found.0 < all.0, "{found:?} instead of {all:?} after {case}");
        return;
    }
    assert!(found.0 <= all.0 && found.1 <= all.1 && found.2 <= all.2, "{found:?} is more than {all:?} after {case}");
    for rule in report.rules.iter().filter(|rule| !rule.complete) {
        let said = rule.problem.as_ref().map(ToString::to_string).unwrap_or_default();
        assert!(said.contains("Could not list") && !said.contains("secret"), "`{said}` after {case}");
    }
}

/// Codes that services send with a status, and one that none does.
fn codes(status: u16) -> [&'static str; 2] {
    match status {
        400 => ["OutOfRangeInput", "InvalidResourceName"],
        401 => ["InvalidAuthenticationInfo", "Odd"],
        403 => ["AuthorizationFailure", "AuthenticationFailed"],
        404 => ["ContainerNotFound", "ResourceNotFound"],
        409 => ["ContainerBeingDeleted", "ContainerDisabled"],
        429 | 503 => ["ServerBusy", "OperationTimedOut"],
        _ => ["Odd", "InternalError"],
    }
}

/// Everything that may come instead of a page with one status.
fn refusals(status: u16) -> Vec<(usize, Refusal)> {
    let [first, second] = codes(status);
    let bodies = [Body::Code(first), Body::Code(second), Body::Html, Body::Empty];
    let places = [(1, true), (0, false), (1, false), (2, false)];
    let mut all = Vec::new();
    for (set, of_containers) in places {
        for page in [PagePosition::First, PagePosition::Inner, PagePosition::Last] {
            for body in bodies {
                all.extend([1, usize::MAX].map(|times| (set, Refusal { status, body, of_containers, page, times })));
            }
        }
    }
    all
}

async fn refuse_all(cases: impl Iterator<Item = (usize, Refusal)>) {
    let (server, sets) = (server().await, rule_sets());
    let source = server.source();
    for (set, refusal) in cases {
        refuse(&server, &source, &sets[set], &refusal).await;
    }
}

/// Statuses 300 to 599, and success, which a web page or an error may come with.
fn statuses() -> impl Iterator<Item = u16> {
    std::iter::once(200).chain(300..600)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t33_whatever_comes_instead_of_a_page_a_count_that_is_called_complete_is_complete() {
    // Every status in one of the 96 ways; since 7 and 96 share no factor, every way comes three times.
    let some = |status: u16| {
        let all = refusals(status);
        std::iter::once(all[usize::from(status) * 7 % all.len()].clone())
    };
    let (even, odd): (Vec<u16>, Vec<u16>) = statuses().partition(|status| status % 2 == 0);
    let both = [even, odd].map(|half| tokio::spawn(refuse_all(half.into_iter().flat_map(some))));
    for half in both {
        half.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t33_the_statuses_that_seem_to_say_something_are_understood_on_every_page() {
    let gone = tokio::spawn(refuse_all(refusals(404).into_iter()));
    let others = [200, 302, 400, 409].into_iter().flat_map(|status| refusals(status).into_iter().step_by(5));
    refuse_all(others).await;
    gone.await.unwrap();
}

/// Between the listing of containers and its own, somebody deletes a container.
#[tokio::test]
async fn t33_a_container_deleted_meanwhile_is_known_to_be_gone_once_containers_are_listed_without_it() {
    let server = server().await;
    *server.deleted_meanwhile.lock().unwrap() = Some("beta".into());
    let report = scan(&server, &[prefix("/")], &fast_retries()).await;
    let rest = count(|container, _| container != "beta");
    assert_eq!((sums(&report), report.complete), (rest, true));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "28,896 scans: minutes"]
async fn every_status_in_every_way_on_every_page() {
    let (even, odd): (Vec<u16>, Vec<u16>) = statuses().partition(|status| status % 2 == 0);
    let both = [even, odd].map(|half| tokio::spawn(refuse_all(half.into_iter().flat_map(refusals))));
    for half in both {
        half.await.unwrap();
    }
}
