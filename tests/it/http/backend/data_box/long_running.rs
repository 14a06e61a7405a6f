//! Operations that the service goes on with after its answer: what is polled, what ends it, what is told, and where the token goes.

use std::sync::{Arc, Mutex};

use blobfreight::azure::{Azure, fault::FaultKind, transport::RetryWait};
use tokio::sync::mpsc;

use super::{JOB, address, data_box, job, missing, new_job};
use crate::http::backend::server::{Reply, Server, hang_up, json, waits};

const RESULTS: &str = "/subscriptions/s/providers/Microsoft.DataBox/locations/westus/operationResults/one";

/// 202 without a body that points to the result of the operation, with a signature in the query.
fn running() -> Reply {
    accepted(&format!("{{here}}{RESULTS}?api-version=2018-01-01&t=1&s=SIGNATURE"))
}

fn accepted(location: &str) -> Reply {
    json(202, "").header("location", location).header("retry-after", "0")
}

/// 202 that points to the job itself, in another case and an older version.
fn ended() -> Reply {
    accepted(&format!("{{here}}{}?api-version=2018-01-01", JOB.replace("resourceGroups", "resourcegroups")))
}

fn listening(azure: &Azure) -> (Azure, Arc<Mutex<Vec<RetryWait>>>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&told);
    (azure.with_listener(&waits(move |wait| ear.lock().unwrap().push(wait))), told)
}

#[tokio::test]
async fn a_create_is_polled_by_location_until_it_points_at_the_job_which_is_read_in_our_own_version() {
    let (put, poll, get) = (format!("PUT {JOB}"), format!("GET {RESULTS}"), format!("GET {JOB}"));
    let server = Server::start(&[
        (&put, running()),
        (&poll, running()),
        (&poll, ended()),
        (&get, job("AwaitingShipmentDetails")),
    ]);
    let (azure, told) = listening(&server.session().await);
    let created = data_box(&azure).create(&address(), &new_job()).await.unwrap();
    assert!(created.allows.ship);
    let seen = server.seen();
    assert_eq!(seen.iter().map(|seen| seen.what.as_str()).collect::<Vec<_>>(), [&put, &poll, &poll, &get]);
    assert_eq!(seen[1].query, "api-version=2018-01-01&t=1&s=SIGNATURE", "followed verbatim");
    assert_eq!(seen[3].query, "api-version=2025-07-01&$expand=details");
    assert!(seen.iter().all(|seen| seen.headers["authorization"].starts_with("Bearer ")));
    let told: Vec<_> =
        told.lock().unwrap().iter().map(|wait| (wait.attempt, wait.reason.clone(), wait.requested)).collect();
    assert_eq!(told, [2, 3].map(|attempt| (attempt, "the service is creating the job".to_owned(), false)));
}

#[tokio::test]
async fn each_of_the_known_ends_is_an_end() {
    let (put, poll, get) = (format!("PUT {JOB}"), format!("GET {RESULTS}"), format!("GET {JOB}"));
    for end in [ended(), json(200, ""), json(200, r#"{"name":"films"}"#), json(204, "")] {
        let server = Server::start(&[(&put, running()), (&poll, end), (&get, job("Created"))]);
        assert!(data_box(&server.session().await).create(&address(), &new_job()).await.is_ok());
    }
    for answer in [ended(), job("Created")] {
        let server = Server::start(&[(&put, answer), (&get, job("Created"))]);
        assert!(data_box(&server.session().await).create(&address(), &new_job()).await.is_ok());
    }
}

#[tokio::test]
async fn an_operation_that_ends_in_an_error_is_a_failure_only_where_there_is_no_job() {
    let (put, poll, get) = (format!("PUT {JOB}"), format!("GET {RESULTS}"), format!("GET {JOB}"));
    let error = r#"{"error":{"code":"SsemUserErrorX","message":"The account is not usable.","details":[null]}}"#;
    for (status, job_then, unsettled) in [(400, missing(), false), (200, missing(), false), (400, job("Created"), true)]
    {
        let refused = json(status, error).header("x-ms-request-id", "r-9");
        let server = Server::start(&[(&put, running()), (&poll, refused), (&get, job_then)]);
        let fault = data_box(&server.session().await).create(&address(), &new_job()).await.unwrap_err();
        assert_eq!((fault.unsettled, fault.code.as_deref()), (unsettled, Some("SsemUserErrorX")), "{fault}");
        assert_eq!(fault.request_id.as_deref(), Some("r-9"));
        assert!(fault.reason.contains("The account is not usable"), "{fault}");
        assert_eq!(server.seen().iter().filter(|seen| seen.what == put).count(), 1);
    }
}

#[tokio::test]
async fn a_poll_that_says_nothing_of_the_operation_leaves_it_open_and_shows_no_signature() {
    let (put, poll, get) = (format!("PUT {JOB}"), format!("GET {RESULTS}"), format!("GET {JOB}"));
    let page = || json(502, "<html>bad gateway</html>").header("content-type", "text/html");
    let hotel = || json(200, "<html>sign in</html>").header("content-type", "text/html");
    for answer in [page(), hotel(), json(500, ""), hang_up()] {
        let server = Server::start(&[(&put, running()), (&poll, answer.clone()), (&get, missing())]);
        let fault = data_box(&server.session().await).create(&address(), &new_job()).await.unwrap_err();
        assert!(fault.unsettled, "{fault}");
        assert!(!format!("{fault:?}").contains("SIGNATURE"), "{fault:?}");
        // The job is seen, so it is there.
        let server = Server::start(&[(&put, running()), (&poll, answer), (&get, job("Created"))]);
        assert!(data_box(&server.session().await).create(&address(), &new_job()).await.is_ok());
    }
}

#[tokio::test]
async fn without_an_address_to_poll_the_job_itself_is_read_until_it_is_there_or_gone() {
    let (put, delete, get) = (format!("PUT {JOB}"), format!("DELETE {JOB}"), format!("GET {JOB}"));
    let silent = || json(202, "").header("retry-after", "0");
    let server = Server::start(&[(&put, silent()), (&get, missing()), (&get, missing()), (&get, job("Created"))]);
    assert!(data_box(&server.session().await).create(&address(), &new_job()).await.is_ok());
    assert_eq!(server.seen().len(), 5, "two that are missing, one that ends it, one to read it");
    let server = Server::start(&[(&delete, silent()), (&get, job("Cancelled")), (&get, missing())]);
    assert_eq!(data_box(&server.session().await).delete(&address()).await, Ok(()));
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn where_only_the_polling_is_refused_the_job_itself_is_read() {
    let (put, poll, get) = (format!("PUT {JOB}"), format!("GET {RESULTS}"), format!("GET {JOB}"));
    for (status, code) in [(403, "AuthorizationFailed"), (404, "ResourceNotFound"), (400, "InvalidApiVersionParameter")]
    {
        let refused = json(status, &format!(r#"{{"error":{{"code":"{code}","message":"no"}}}}"#));
        let server = Server::start(&[(&put, running()), (&poll, refused), (&get, missing()), (&get, job("Created"))]);
        assert!(data_box(&server.session().await).create(&address(), &new_job()).await.is_ok(), "{code}");
        assert_eq!(server.seen().iter().filter(|seen| seen.what == poll).count(), 1);
    }
}

#[tokio::test]
async fn another_host_in_location_gets_no_token() {
    let evil = Server::start(&[]);
    let put = format!("PUT {JOB}");
    let get = format!("GET {JOB}");
    let elsewhere = accepted(&format!("{}{RESULTS}?s=SIGNATURE", evil.here));
    let server = Server::start(&[(&put, elsewhere), (&get, missing())]);
    let fault = data_box(&server.session().await).create(&address(), &new_job()).await.unwrap_err();
    assert!(fault.unsettled && fault.kind == FaultKind::BrokenAnswer, "{fault}");
    assert!(evil.all().is_empty(), "{:?}", evil.all());
}

#[tokio::test]
async fn a_poll_that_is_asked_to_slow_down_waits_and_goes_on() {
    let (delete, poll) = (format!("DELETE {JOB}"), format!("GET {RESULTS}"));
    let slow = json(429, "").header("retry-after", "0");
    let server = Server::start(&[(&delete, running()), (&poll, slow), (&poll, running()), (&poll, json(204, ""))]);
    let (azure, told) = listening(&server.session().await);
    assert_eq!(data_box(&azure).delete(&address()).await, Ok(()));
    let reasons: Vec<_> = told.lock().unwrap().iter().map(|wait| wait.reason.clone()).collect();
    let deleting = "the service is deleting the job";
    assert_eq!(reasons, [deleting, "the service asked to slow down (HTTP 429)", deleting]);
}

#[tokio::test]
async fn an_hour_is_cut_to_a_minute_and_giving_up_ends_the_wait_at_once() {
    let delete = format!("DELETE {JOB}");
    let server = Server::start(&[(&delete, running().header("retry-after", "3600"))]);
    let (tell, mut told) = mpsc::unbounded_channel();
    let azure = server.session().await.with_listener(&waits(move |wait| drop(tell.send(wait))));
    let call = tokio::spawn(async move { data_box(&azure).delete(&address()).await });
    assert_eq!(told.recv().await.unwrap().seconds, 60);
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    assert_eq!(server.seen().len(), 1);
}
