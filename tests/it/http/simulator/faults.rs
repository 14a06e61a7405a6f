//! Faults: each does what its name says, as often as it was asked to, and nothing after that.

use blobfreight::sim::{FaultAction, FaultRule};
use serde_json::{Value, json};

use crate::http::simulator::wire::{Wire, between};

const LIST: &str = "/lab?restype=container&comp=list&prefix=a";
const SUBSCRIPTIONS: &str = "/subscriptions?api-version=2022-12-01";

#[tokio::test]
async fn a_status_comes_with_its_code_and_retry_after_the_asked_number_of_times() {
    let wire = Wire::new().await;
    let script = json!([
        { "path": "comp=list", "skip": 1, "times": 2, "kind": "status", "status": 503, "retryAfter": 7 },
        { "method": "GET", "path": "/subscriptions?", "kind": "status", "status": 429, "retryAfter": 1 },
    ]);
    let url = format!("{}/simulator/faults", wire.ends().arm);
    assert_eq!(wire.send("POST", &url, &[], script.to_string()).await.json()["pending"], 2);
    let mut seen = Vec::new();
    for _ in 0..4 {
        let answer = wire.blob("GET", LIST, &[], "").await;
        seen.push((answer.status, answer.code(), answer.header("retry-after").to_owned()));
    }
    let (good, busy) = ((200, String::new(), String::new()), (503, "ServerBusy".to_owned(), "7".to_owned()));
    assert_eq!(seen, [good.clone(), busy.clone(), busy, good]);
    let throttled = wire.get(SUBSCRIPTIONS).await;
    assert_eq!(
        (throttled.status, throttled.code().as_str(), throttled.header("retry-after")),
        (429, "TooManyRequests", "1")
    );
    assert_eq!(wire.get(SUBSCRIPTIONS).await.status, 200);
    assert_eq!(wire.sim.faults().pending(), 0);
}

#[tokio::test]
async fn an_empty_page_leads_to_the_whole_answer() {
    let wire = Wire::new().await;
    let whole = wire.blob("GET", LIST, &[], "").await.text;
    wire.sim.faults().add(FaultRule::next("comp=list", FaultAction::EmptyPage));
    let empty = wire.blob("GET", LIST, &[], "").await.text;
    assert!(!empty.contains("<Blob>"));
    let marker = between(&empty, "<NextMarker>", "<").remove(0);
    let rest = wire.blob("GET", &format!("{LIST}&marker={marker}"), &[], "").await.text;
    assert_eq!(between(&rest, "<Name>", "<"), between(&whole, "<Name>", "<"));
    wire.sim.faults().add(FaultRule::next("/subscriptions?", FaultAction::EmptyPage));
    let empty = wire.get(SUBSCRIPTIONS).await.json();
    assert_eq!(empty["value"], json!([]));
    let rest = wire.get(empty["nextLink"].as_str().unwrap()).await.json();
    assert_eq!(rest["value"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn bodies_break_where_they_were_told_to() {
    let wire = Wire::new().await;
    let url = format!("{}{LIST}", wire.ends().blob);
    let read = async || {
        let response = wire.client.get(&url).bearer_auth(&wire.ends().token).send().await?;
        let announced = response.content_length();
        Ok::<_, reqwest::Error>((announced, response.text().await))
    };
    let whole = read().await.unwrap().1.unwrap();
    wire.sim.faults().add(FaultRule::next("comp=list", FaultAction::Cut { after: 100 }));
    let (announced, cut) = read().await.unwrap();
    assert!(announced.is_some_and(|n| n > 1_000) && cut.is_err(), "the full length is announced and never comes");
    wire.sim.faults().add(FaultRule::next("comp=list", FaultAction::Broken));
    let broken = read().await.unwrap().1.unwrap();
    assert!(whole.starts_with(&broken) && broken.len() < whole.len());
    wire.sim.faults().add(FaultRule::next("comp=list", FaultAction::Slow { chunk: 1_000, pause_ms: 1 }));
    assert_eq!(read().await.unwrap().1.unwrap(), whole);
    wire.sim.faults().add(FaultRule::next("comp=list", FaultAction::Delay { pause_ms: 1 }));
    assert_eq!(read().await.unwrap().1.unwrap(), whole);
}

#[tokio::test]
async fn a_lost_answer_did_its_work_and_a_dropped_request_did_not() {
    let wire = Wire::new().await;
    let put = async |name: &str| {
        let url = format!("{}{}", wire.ends().arm, wire.job(name));
        wire.client.put(url).bearer_auth(&wire.ends().token).body(wire.export().to_string()).send().await
    };
    wire.sim.faults().add(FaultRule::next("/jobs/dropped", FaultAction::Drop));
    assert!(put("dropped").await.is_err());
    assert_eq!(wire.get(&wire.job("dropped")).await.status, 404);
    wire.sim.faults().add(FaultRule::next("/jobs/lost", FaultAction::Lost));
    assert!(put("lost").await.is_err());
    assert_eq!(wire.get(&wire.job("lost")).await.status, 200);
    assert_eq!(put("lost").await.unwrap().status(), 200, "sent again it replaces the job that is still Creating");
}

#[tokio::test]
async fn an_expired_token_is_challenged_and_everything_is_in_the_journal() {
    let wire = Wire::new().await;
    wire.sim.faults().add(FaultRule::next("", FaultAction::Expired));
    let refused = wire.get(SUBSCRIPTIONS).await;
    assert_eq!((refused.status, refused.code().as_str()), (401, "InvalidAuthenticationToken"));
    assert!(refused.header("www-authenticate").contains("invalid_token"));
    let now =
        wire.send("POST", &format!("{}/simulator/clock", wire.ends().arm), &[], r#"{"advanceHours": 48}"#).await.json();
    assert_eq!(now["now"].as_str(), Some(wire.sim.now().to_string().as_str()));
    wire.arm("PUT", &wire.job("j-1"), &Value::Null).await;
    let journal = wire.sim.journal();
    assert_eq!(journal.iter().map(|(method, _, _)| method.as_str()).collect::<Vec<_>>(), ["GET", "POST", "PUT"]);
    assert_eq!((journal[0].1.as_str(), journal[1].2.as_str()), (SUBSCRIPTIONS, r#"{"advanceHours": 48}"#));
}

#[tokio::test]
async fn a_policy_that_asks_for_a_tag_is_met_by_the_tag_and_a_change_keeps_it() {
    let wire = Wire::new().await;
    let policy = FaultRule {
        method: Some("PUT".into()),
        path: "/jobs/".into(),
        skip: 0,
        times: 9,
        kind: FaultAction::RequireTag { tag: "CostCenter".into() },
    };
    wire.sim.faults().add(policy);
    let mut body = wire.export();
    let refused = wire.create("job-1", &body).await;
    assert_eq!((refused.status, refused.code().as_str()), (403, "RequestDisallowedByPolicy"), "{}", refused.text);
    assert!(refused.text.contains("Require a tag CostCenter"), "{}", refused.text);
    assert_eq!(wire.get(&wire.job("job-1")).await.status, 404);
    body["tags"] = json!({ "costcenter": "4711" });
    assert_eq!(wire.create("job-1", &body).await.status, 201);
    assert_eq!(wire.ship("job-1", 1).await.status, 200);
    assert_eq!(wire.get(&wire.job("job-1")).await.json()["tags"], json!({ "costcenter": "4711" }));
}
