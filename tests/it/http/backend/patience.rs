//! Repeating calls: what is waited for, what is told, and what is never sent twice.

use std::sync::{Arc, Mutex};

use blobfreight::azure::{Azure, fault::FaultKind, model::ServiceName, transport::RetryWait};
use tokio::sync::mpsc;

use crate::http::backend::{
    jobs::{JOB, address, change},
    server::{Server, hang_up, json, waits},
};

fn listening(azure: &Azure) -> (Azure, Arc<Mutex<Vec<RetryWait>>>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&told);
    (azure.with_listener(&waits(move |wait| ear.lock().unwrap().push(wait))), told)
}

#[tokio::test]
async fn a_busy_service_is_asked_again_and_the_waits_are_told() {
    let busy = || json(503, "").header("retry-after", "0");
    let server = Server::start(&[
        ("GET /subscriptions", busy()),
        ("GET /subscriptions", json(429, "").header("x-ms-retry-after-ms", "1")),
        ("GET /subscriptions", hang_up()),
        ("GET /subscriptions", json(200, r#"{"value":[]}"#)),
    ]);
    let (azure, told) = listening(&server.session().await);
    assert_eq!(azure.subscriptions().await, Ok(Vec::new()));
    let told = told.lock().unwrap().clone();
    let waits: Vec<_> = told.iter().map(|wait| (wait.seconds, wait.attempt)).collect();
    assert_eq!(waits, [(0, 2), (1, 3), (1, 4)]);
    assert_eq!(told[0].reason, "the service is busy (HTTP 503)");
    assert_eq!(told[1].reason, "the service asked to slow down (HTTP 429)");
}

#[tokio::test]
async fn four_attempts_are_all() {
    let server = Server::start(&[("GET /subscriptions", json(500, "").header("x-ms-request-id", "r"))]);
    let fault = server.session().await.subscriptions().await.unwrap_err();
    assert_eq!((fault.kind, fault.request_id.as_deref()), (FaultKind::Service, Some("r")));
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn an_hour_is_cut_to_a_minute_and_giving_up_ends_the_wait_at_once() {
    let server = Server::start(&[("GET /subscriptions", json(429, "").header("retry-after", "3600"))]);
    let (tell, mut told) = mpsc::unbounded_channel();
    let azure = server.session().await.with_listener(&waits(move |wait| drop(tell.send(wait))));
    let call = tokio::spawn(async move { azure.subscriptions().await });
    let wait = told.recv().await.unwrap();
    assert_eq!((wait.seconds, wait.attempt), (60, 2));
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_write_that_may_have_arrived_is_not_sent_again() {
    for (bad_luck, kind) in
        [(hang_up(), FaultKind::BrokenAnswer), (json(500, ""), FaultKind::Service), (json(504, ""), FaultKind::Service)]
    {
        let what = format!("PATCH {JOB}");
        let server = Server::start(&[(what.as_str(), bad_luck)]);
        let azure = server.session().await;
        let fault = azure.jobs(ServiceName::ImportExport).update(&address(), &change()).await.unwrap_err();
        assert_eq!(fault.kind, kind, "{fault}");
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_write_the_service_was_too_busy_for_is_sent_again() {
    let what = format!("PATCH {JOB}");
    let server = Server::start(&[
        (what.as_str(), json(429, "").header("retry-after", "0")),
        (what.as_str(), json(200, r#"{"name":"nightly"}"#)),
    ]);
    let azure = server.session().await;
    assert_eq!(azure.jobs(ServiceName::ImportExport).update(&address(), &change()).await.unwrap().name, "nightly");
    let seen = server.seen();
    assert_eq!((seen.len(), &seen[0].body), (2, &seen[1].body));
}
