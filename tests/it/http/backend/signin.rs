//! Signing in and staying signed in.

use blobfreight::azure::{
    Azure,
    cloud::Cloud,
    fault::{FaultKind, Retry},
    model::SignInMethod,
};

use crate::http::backend::server::{Server, json, quick};

const TOKEN: &str = "POST /t/oauth2/v2.0/token";
const NONE: &str = r#"{"value":[]}"#;

#[tokio::test]
async fn signing_in_asks_for_a_token_at_once_and_tells_who_it_is() {
    // {"upn":"ada@example.com","tid":"t-1"}
    let jwt = "e30.eyJ1cG4iOiJhZGFAZXhhbXBsZS5jb20iLCJ0aWQiOiJ0LTEifQ.x";
    let server = Server::start(&[(TOKEN, json(200, &format!(r#"{{"access_token":"{jwt}","expires_in":"3599"}}"#)))]);
    let signed_in = Azure::sign_in_with(&server.cloud(), SignInMethod::Rehearsal, Some("t"), quick()).await;
    let (_, identity) = signed_in.unwrap();
    assert_eq!((identity.who.as_str(), identity.tenant.as_deref()), ("ada@example.com", Some("t-1")));
    let asked = server.all().remove(0).body;
    let scope = server.here.replace(':', "%3A").replace('/', "%2F");
    assert!(asked.contains(&format!("scope={scope}%2F.default")), "{asked}");
}

/// A scan waits for a network that is away, and gives up where the sign-in no longer counts.
#[tokio::test(start_paused = true)]
async fn t39_an_authority_that_does_not_answer_is_out_of_reach_and_does_not_end_a_sign_in() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let here = format!("http://{}", silent.local_addr().unwrap());
    let server = Server::start(&[]);
    let cloud = Cloud { authority: here, ..server.cloud() };
    let fault = Azure::sign_in_with(&cloud, SignInMethod::Rehearsal, Some("t"), quick()).await.unwrap_err();
    assert_eq!((fault.kind, fault.retry), (FaultKind::Offline, Retry::Now), "{fault}");
}

#[tokio::test]
async fn a_token_is_kept_for_later_calls_and_storage_gets_its_own() {
    let list = "<EnumerationResults><Containers/></EnumerationResults>";
    let server = Server::start(&[("GET /subscriptions", json(200, NONE)), ("GET /acct/", json(200, list))]);
    let azure = server.session().await;
    azure.subscriptions().await.unwrap();
    azure.subscriptions().await.unwrap();
    azure.containers(&server.blob(), None).await.unwrap();
    let used: Vec<_> = server.seen().iter().map(|seen| seen.headers["authorization"].clone()).collect();
    assert_eq!(used, ["Bearer token-1", "Bearer token-1", "Bearer token-2"]);
    assert!(server.all().iter().any(|seen| seen.body.contains("scope=https%3A%2F%2Fstorage.azure.com%2F.default")));
}

#[tokio::test]
async fn w37_a_refused_token_is_renewed_once_and_the_call_repeated() {
    let server = Server::start(&[
        ("GET /subscriptions", json(401, r#"{"error":{"code":"ExpiredAuthenticationToken","message":"old"}}"#)),
        ("GET /subscriptions", json(200, NONE)),
    ]);
    assert_eq!(server.session().await.subscriptions().await, Ok(Vec::new()));
    let used: Vec<_> = server.seen().iter().map(|seen| seen.headers["authorization"].clone()).collect();
    assert_eq!(used, ["Bearer token-1", "Bearer token-2"]);
}

#[tokio::test]
async fn a_sign_in_that_stays_refused_is_given_up_after_one_renewal() {
    let server = Server::start(&[(
        "GET /subscriptions",
        json(401, r#"{"error":{"code":"InvalidAuthenticationToken","message":"no"}}"#),
    )]);
    let fault = server.session().await.subscriptions().await.unwrap_err();
    assert_eq!((fault.kind, fault.code.as_deref()), (FaultKind::SignedOut, Some("InvalidAuthenticationToken")));
    assert!(fault.advice.unwrap().contains("Sign in again"));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn w37_a_token_about_to_expire_is_renewed_before_it_does() {
    let short = |name: &str| json(200, &format!(r#"{{"access_token":"{name}","expires_in":200}}"#));
    let server =
        Server::start(&[(TOKEN, short("one")), (TOKEN, short("two")), ("GET /subscriptions", json(200, NONE))]);
    server.session().await.subscriptions().await.unwrap();
    assert_eq!(server.seen()[0].headers["authorization"], "Bearer two");
}

#[tokio::test]
async fn a_token_that_still_counts_is_used_when_renewing_fails() {
    let short = json(200, r#"{"access_token":"one","expires_in":200}"#);
    let server = Server::start(&[(TOKEN, short), (TOKEN, json(400, "{}")), ("GET /subscriptions", json(200, NONE))]);
    server.session().await.subscriptions().await.unwrap();
    assert_eq!(server.seen()[0].headers["authorization"], "Bearer one");
}

#[tokio::test]
async fn w19_a_wrong_secret_is_said_without_repeating_it() {
    let refusal = r#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1"}"#;
    let server = Server::start(&[(TOKEN, json(401, refusal))]);
    let fault = Azure::sign_in_with(&server.cloud(), SignInMethod::Rehearsal, Some("t"), quick()).await.unwrap_err();
    assert_eq!((fault.kind, fault.tried.as_str()), (FaultKind::SignedOut, "sign in to the rehearsal"));
    assert!(fault.reason.contains("AADSTS7000215") && !format!("{fault:?}").contains("client_secret"), "{fault}");
}

#[tokio::test]
async fn w19_a_session_shows_no_token() {
    let azure = Server::start(&[]).session().await;
    assert!(!format!("{azure:?}").contains("token-1"));
}
