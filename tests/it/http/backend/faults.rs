//! Answers that are no success, or no answers: what a person reads, and what the wizard acts on.

use blobfreight::azure::{
    Azure,
    cloud::Cloud,
    fault::{Fault, FaultKind},
    model::{SignInMethod, Subscription},
};

use crate::http::backend::server::{Reply, Server, hang_up, json, quick, xml};

async fn subscriptions(reply: Reply) -> Result<Vec<Subscription>, Fault> {
    Server::start(&[("GET /subscriptions", reply)]).session().await.subscriptions().await
}

async fn containers(reply: Reply) -> Fault {
    let server = Server::start(&[("GET /acct/", reply)]);
    server.session().await.containers(&server.blob(), None).await.unwrap_err()
}

#[tokio::test]
async fn refusals_keep_code_and_request_id_and_name_the_role_or_rule() {
    let body = r#"{"error":{"code":"AuthorizationFailed","message":"The client 'ada' does not have authorization to perform action 'x/read'."}}"#;
    let fault = subscriptions(json(403, body).header("x-ms-request-id", "req-9")).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Denied);
    assert_eq!(fault.reference(), "HTTP 403 · AuthorizationFailed · request req-9");
    assert!(fault.to_string().starts_with("Could not list your subscriptions: "), "{fault}");
    assert!(fault.advice.unwrap().contains("role Reader"));

    for (code, words) in [
        ("AuthorizationPermissionMismatch", "Storage Blob Data Reader"),
        ("AuthorizationFailure", "Networking"),
        ("KeyBasedAuthenticationNotPermitted", "Storage Blob Data Reader"),
        ("AccountIsDisabled", "owner"),
    ] {
        let body = format!(
            "\u{feff}<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>No.\nRequestId:abc\nTime:now</Message></Error>"
        );
        let fault = containers(xml(403, &body)).await;
        assert_eq!(
            (fault.kind, fault.code.as_deref(), fault.request_id.as_deref()),
            (FaultKind::Denied, Some(code), Some("abc"))
        );
        assert!(fault.advice.as_deref().unwrap().contains(words), "{fault}");
    }
}

#[tokio::test]
async fn each_status_becomes_the_kind_the_wizard_acts_on() {
    for (status, kind) in [
        (400, FaultKind::BadRequest),
        (401, FaultKind::SignedOut),
        (403, FaultKind::Denied),
        (404, FaultKind::Gone),
        (409, FaultKind::Conflict),
        (429, FaultKind::Throttled),
        (500, FaultKind::Service),
        (503, FaultKind::Service),
        (302, FaultKind::BrokenAnswer),
    ] {
        let reply = json(status, "").header("retry-after", "0").header("location", "{here}/elsewhere");
        let fault = subscriptions(reply).await.unwrap_err();
        assert_eq!((fault.kind, fault.status), (kind, Some(status)), "{fault}");
    }
}

#[tokio::test]
async fn broken_json_is_told_apart_from_cut_empty_and_foreign_answers() {
    for (body, words) in [
        (r#"{"value":[{"subscriptionId":"s"}"#, "cut off"),
        (r#"{"value":[nonsense]}"#, "not valid JSON"),
        ("", "empty"),
        (r#"{"hello":"there"}"#, "no list"),
        ("[1,2]", "no list"),
    ] {
        let fault = subscriptions(json(200, body)).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::BrokenAnswer);
        assert!(fault.reason.contains(words), "{body}: {fault}");
    }
    let page = json(200, "<!DOCTYPE html><title>Hotel Wi-Fi</title>").header("content-type", "text/html");
    let fault = subscriptions(page).await.unwrap_err();
    assert!(fault.reason.contains("web page"), "{fault}");
}

#[tokio::test]
async fn a_cut_listing_says_how_far_it_got() {
    let body = "<EnumerationResults><Containers><Container><Name>one</Name></Container><Container><Na";
    let fault = containers(xml(200, body)).await;
    assert_eq!(fault.kind, FaultKind::BrokenAnswer);
    assert!(fault.reason.contains("cut off, after 1 containers"), "{fault}");
    let fault = containers(xml(200, "<html><body>Welcome</body></html>")).await;
    assert!(fault.reason.contains("web page"), "{fault}");
}

#[tokio::test]
async fn a_body_shorter_than_promised_is_a_broken_answer_and_is_asked_for_again() {
    let whole = json(200, r#"{"value":[]}"#);
    let server =
        Server::start(&[("GET /subscriptions", json(200, r#"{"value":[]}"#).cut()), ("GET /subscriptions", whole)]);
    assert_eq!(server.session().await.subscriptions().await, Ok(Vec::new()));
    for never in [json(200, "{").cut(), hang_up()] {
        let fault = subscriptions(never).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::BrokenAnswer);
        assert!(fault.reason.contains("broke off"), "{fault}");
    }
}

#[tokio::test]
async fn nobody_listening_and_no_such_host_are_said_plainly() {
    // A port that was free a moment ago and is closed again.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let here = format!("http://{closed}");
    let cloud = Cloud { name: "lab".into(), arm: here.clone(), authority: here, blob: None, storage_hosts: Vec::new() };
    let fault = Azure::sign_in_with(&cloud, SignInMethod::Rehearsal, None, quick()).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Offline);
    assert!(fault.reason.contains(&format!("nothing listens at {closed}")), "{fault}");

    let server = Server::start(&[]);
    let endpoint = "https://no-such-account.invalid/";
    let azure = server.session().await;
    azure.permit(endpoint);
    let fault = azure.containers(endpoint, None).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Offline);
    assert!(fault.to_string().contains("no-such-account"), "{fault}");
}

#[tokio::test]
async fn plain_http_to_another_machine_is_refused_before_anything_is_sent() {
    let server = Server::start(&[]);
    let azure = server.session().await;
    let fault = azure.containers("http://storage.example/acct", None).await.unwrap_err();
    assert!(fault.reason.contains("plain http"), "{fault}");
    let cloud = Cloud { arm: "http://arm.example".into(), ..server.cloud() };
    let fault = Azure::sign_in_with(&cloud, SignInMethod::Rehearsal, None, quick()).await.unwrap_err();
    assert!(fault.reason.contains("arm.example"), "{fault}");
    assert!(server.seen().is_empty());
}
