//! Faults of long-running operations and of answers of the simulated Microsoft.DataBox, asked for as any other fault.

use blobfreight::sim::{FaultAction, FaultRule};
use serde_json::json;

use crate::http::simulator::wire::Wire;
use crate::http::simulator::wire_data_box::{disk_export, put, read};

fn next_put(kind: FaultAction) -> FaultRule {
    FaultRule { method: Some("PUT".into()), ..FaultRule::next("/jobs/", kind) }
}

#[tokio::test]
async fn a_create_fails_after_it_was_accepted_in_the_shape_of_the_switch() {
    let wire = Wire::new().await;
    let script = json!({ "method": "PUT", "path": "/jobs/", "times": 3, "kind": "createFails" });
    wire.send("POST", &format!("{}/simulator/faults", wire.ends().arm), &[], script.to_string()).await;
    for (name, shape, status, stays) in [
        ("by-error", "error", 400, false),
        ("with-job", "errorAndJob", 400, true),
        ("by-status", "failedStatus", 200, false),
    ] {
        wire.switch(&json!({ "createFailure": shape })).await;
        let url = put(&wire, name, &disk_export(&wire)).await.header("location").to_owned();
        assert_eq!(wire.get(&url).await.status, 202);
        assert_eq!(read(&wire, name).await["properties"]["status"], "Created", "{name}: nothing is known yet");
        let end = wire.get(&url).await;
        assert_eq!((end.status, end.code().as_str()), (status, "SsemUserErrorOrderCreationFailed"), "{name}");
        assert_eq!(end.json()["status"] == "Failed", shape == "failedStatus", "{name}");
        let job = wire.get(&wire.disk_job(name)).await;
        assert_eq!(job.status == 200, stays, "{name}");
        if stays {
            let p = job.json()["properties"].clone();
            assert_eq!(
                (&p["status"], &p["error"]["code"], &p["isDeletable"]),
                (&json!("Aborted"), &json!("SsemUserErrorOrderCreationFailed"), &json!(true))
            );
        }
    }
    assert_eq!(put(&wire, "by-error", &disk_export(&wire)).await.status, 202, "the name is free again");
}

#[tokio::test]
async fn a_location_can_be_missing_old_or_long() {
    let wire = Wire::new().await;
    wire.sim.faults().add(next_put(FaultAction::NoLocation));
    let bare = put(&wire, "no-location", &disk_export(&wire)).await;
    assert_eq!((bare.status, bare.header("location")), (202, ""));
    assert_eq!(wire.get(&wire.disk_job("no-location")).await.status, 200, "the work was done");
    wire.sim.faults().add(next_put(FaultAction::LocationVersion { version: "2022-12-01".into() }));
    let old = put(&wire, "old-location", &disk_export(&wire)).await.header("location").to_owned();
    assert!(old.contains("?api-version=2022-12-01"), "{old}");
    wire.get(&old).await;
    let job = wire.get(&old).await.header("location").to_owned();
    let job = wire.get(&job).await.json();
    assert!(job["sku"]["model"].is_null(), "answered in the old shape: {job}");
    wire.sim.faults().add(next_put(FaultAction::LongLocation { bytes: 5_000 }));
    let long = put(&wire, "long-location", &disk_export(&wire)).await.header("location").to_owned();
    assert_eq!(long.split_once('?').unwrap().1.len(), 5_000);
    assert_eq!(wire.get(&long).await.status, 202, "and it is answered");
}

#[tokio::test]
async fn answers_can_be_a_page_an_error_without_details_or_have_times_of_the_year_one() {
    let wire = Wire::new().await;
    put(&wire, "night-export", &disk_export(&wire)).await;
    let job = wire.disk_job("night-export");
    wire.sim.faults().add(FaultRule::next("/jobs/", FaultAction::Html { status: 502 }));
    let page = wire.get(&job).await;
    assert_eq!((page.status, page.header("content-type")), (502, "text/html"));
    assert!(page.text.starts_with("<html>"), "{}", page.text);
    wire.sim.faults().add(FaultRule::next("/jobs/", FaultAction::NullDetails { status: 500 }));
    let error = wire.get(&job).await;
    assert_eq!((error.status, &error.json()["error"]["details"]), (500, &json!([null])));
    wire.sim.faults().add(FaultRule::next("/jobs/", FaultAction::YearOne));
    let zero = wire.get(&job).await.json();
    assert_eq!(zero["properties"]["startTime"], "0001-01-01T00:00:00+00:00");
    assert_eq!(
        (&zero["systemData"]["createdAt"], &zero["name"]),
        (&zero["properties"]["startTime"], &json!("night-export"))
    );
    assert_ne!(wire.get(&job).await.json()["properties"]["startTime"], zero["properties"]["startTime"]);
}

#[tokio::test]
async fn a_create_whose_answer_was_lost_is_refused_the_second_time() {
    let wire = Wire::new().await;
    wire.sim.faults().add(next_put(FaultAction::Lost));
    let url = format!("{}{}", wire.ends().arm, wire.disk_job("night-export"));
    let lost = wire.client.put(url).bearer_auth(&wire.ends().token).body(disk_export(&wire).to_string()).send().await;
    assert!(lost.is_err());
    let again = put(&wire, "night-export", &disk_export(&wire)).await;
    assert_eq!((again.status, again.code().as_str()), (409, "SsemUserErrorOrderAlreadyExists"));
    assert_eq!(read(&wire, "night-export").await["tags"], json!({ "ticket": "4711" }), "its tag says whose it is");
}

#[tokio::test]
async fn a_policy_asks_a_disk_job_for_its_tag_too() {
    let wire = Wire::new().await;
    wire.sim.faults().add(next_put(FaultAction::RequireTag { tag: "CostCenter".into() }));
    assert_eq!(put(&wire, "night-export", &disk_export(&wire)).await.code(), "RequestDisallowedByPolicy");
    assert_eq!(put(&wire, "night-export", &disk_export(&wire)).await.status, 202);
}
