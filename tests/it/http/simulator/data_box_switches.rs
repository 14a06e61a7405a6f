//! The switches of the simulator: each point that nobody documents, both ways.

use serde_json::{Value, json};

use crate::http::simulator::wire::Wire;
use crate::http::simulator::wire_data_box::{disk_export, put, read, settled};

#[tokio::test]
async fn switches_are_set_by_name_and_a_wrong_one_is_refused() {
    let wire = Wire::new().await;
    let set = wire.switch(&json!({ "secondMark": "accepted" })).await;
    assert_eq!(
        (&set["secondMark"], &set["keyFormat"], &set["deleteSeconds"]),
        (&json!("accepted"), &json!("digits"), &json!(426))
    );
    let url = format!("{}/simulator/switches", wire.ends().arm);
    assert_eq!(wire.send("GET", &url, &[], "").await.json(), set);
    for bad in [r#"{"secondMark": "perhaps"}"#, r#"{"thirdMark": "accepted"}"#, "[]"] {
        assert_eq!(wire.send("POST", &url, &[], bad).await.status, 400, "{bad}");
    }
    wire.sim.switch(|switches| switches.existing_job = blobfreight::sim::ExistingJob::BadRequest);
    assert_eq!(wire.send("GET", &url, &[], "").await.json()["existingJob"], "badRequest");
}

#[tokio::test]
async fn a_second_put_is_refused_with_either_status() {
    let wire = Wire::new().await;
    put(&wire, "night-export", &disk_export(&wire)).await;
    for (word, status) in [("conflict", 409), ("badRequest", 400)] {
        wire.switch(&json!({ "existingJob": word })).await;
        assert_eq!(put(&wire, "NIGHT-export", &disk_export(&wire)).await.status, status, "{word}");
    }
}

#[tokio::test]
async fn a_create_ends_with_the_address_of_the_job_or_with_the_job() {
    let wire = Wire::new().await;
    wire.switch(&json!({ "operationEnd": "job", "createSeconds": 0, "retryAfter": 3 })).await;
    let made = put(&wire, "night-export", &disk_export(&wire)).await;
    assert_eq!(made.header("retry-after"), "3");
    let done = wire.get(made.header("location")).await;
    assert_eq!((done.status, &done.json()["name"]), (200, &json!("night-export")));
}

#[tokio::test]
async fn lists_come_with_or_without_details() {
    let wire = Wire::new().await;
    put(&wire, "night-export", &disk_export(&wire)).await;
    let listed = async || wire.get(&wire.disk_jobs()).await.json()["value"][0]["properties"].clone();
    assert_eq!(listed().await["details"]["jobDetailsType"], "DataBoxCustomerDisk");
    wire.switch(&json!({ "listDetails": "absent" })).await;
    let bare = listed().await;
    assert!(bare["details"].is_null() && bare["status"] == "Created", "{bare}");
}

#[tokio::test]
async fn a_mark_comes_once_and_not_before_its_time_unless_switched() {
    let wire = Wire::new().await;
    put(&wire, "night-export", &disk_export(&wire)).await;
    let early = wire.mark("night-export").await;
    assert_eq!((early.status, early.code().as_str()), (409, "SsemUserErrorInvalidOrderState"), "{}", early.text);
    wire.switch(&json!({ "earlyMark": "accepted" })).await;
    assert_eq!(wire.mark("night-export").await.status, 204);
    assert_eq!(wire.mark("night-export").await.status, 409, "a second time");
    wire.switch(&json!({ "secondMark": "accepted" })).await;
    let package = json!({ "deliverToDcPackageDetails": { "carrierName": "UPS", "trackingId": "78" } });
    assert_eq!(wire.disk_post("night-export", "markDevicesShipped", &package).await.status, 204);
    assert_eq!(
        read(&wire, "night-export").await["properties"]["details"]["deliverToDcPackageDetails"]["trackingId"],
        "78"
    );
    wire.hours(50);
    assert_eq!(wire.mark("night-export").await.status, 409, "the disks have arrived");
}

#[tokio::test]
async fn import_export_can_be_retired_for_new_jobs_only() {
    let wire = Wire::new().await;
    wire.create("old-job", &wire.export()).await;
    wire.switch(&json!({ "importExport": "retired" })).await;
    let refused = wire.create("new-job", &wire.export()).await;
    assert_eq!(refused.status, 410);
    assert!(refused.text.contains("retired"), "{}", refused.text);
    assert_eq!(wire.get(&wire.job("new-job")).await.status, 404);
    assert_eq!(wire.read("old-job").await["state"], "Creating");
    assert_eq!(wire.ship("old-job", 1).await.status, 200);
}

#[tokio::test]
async fn data_box_can_be_not_offered_for_each_reason_or_not_to_be_asked() {
    let wire = Wire::new().await;
    let ask = json!({ "transferType": "ExportFromAzure", "country": "NO", "location": "westeurope" });
    for (word, reason) in [
        ("country", "Country"),
        ("region", "Region"),
        ("feature", "Feature"),
        ("offerType", "OfferType"),
        ("noSubscriptionInfo", "NoSubscriptionInfo"),
    ] {
        wire.switch(&json!({ "dataBox": word })).await;
        let sku = wire.ask("availableSkus", &ask).await.json()["value"][0].clone();
        assert_eq!((&sku["enabled"], &sku["properties"]["disabledReason"]), (&json!(false), &json!(reason)));
        assert!(!sku["properties"]["disabledReasonMessage"].as_str().unwrap().is_empty());
    }
    wire.switch(&json!({ "dataBox": "absent" })).await;
    assert_eq!(wire.ask("availableSkus", &ask).await.json()["value"], json!([]));
    wire.switch(&json!({ "dataBox": "forbidden" })).await;
    let refused = wire.ask("availableSkus", &ask).await;
    assert_eq!((refused.status, refused.code().as_str()), (403, "AuthorizationFailed"));
}

#[tokio::test]
async fn keys_links_and_the_way_back_have_another_form() {
    let wire = Wire::new().await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    wire.mark("night-export").await;
    wire.switch(&json!({ "keyFormat": "base64", "keysFrom": "received", "logLinks": "signed", "returnTracking": "returnToCustomer" })).await;
    wire.hours(50);
    let secrets = wire.disk_post("night-export", "listCredentials", &Value::Null).await.json();
    let key = secrets["value"][0]["jobSecrets"]["diskSecrets"][0]["bitLockerKey"].as_str().unwrap().to_owned();
    assert!(key.len() == 44 && key.ends_with('='), "{key}");
    wire.hours(200);
    let d = read(&wire, "night-export").await["properties"]["details"].clone();
    let log = d["copyLogDetails"][0]["errorLogLink"].as_str().unwrap();
    assert!(log.contains("?sv=") && log.contains("&sig="), "{log}");
    assert_eq!(d["returnPackage"], json!({ "carrierName": "", "trackingId": "", "trackingUrl": "" }));
    assert!(d["returnToCustomerPackageDetails"]["trackingId"].as_str().unwrap().starts_with("REHEARSAL"), "{d}");
}

#[tokio::test]
async fn a_copy_can_wait_for_the_customer_until_a_resolution_is_chosen() {
    let wire = Wire::new().await;
    wire.switch(&json!({ "copy": "waitsForCustomer" })).await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    wire.mark("night-export").await;
    let mitigate = async |body: Value| wire.disk_post("night-export", "mitigate", &body).await.status;
    assert_eq!(mitigate(json!({ "customerResolutionCode": "Resume" })).await, 409, "it does not wait yet");
    wire.hours(400);
    let waiting = read(&wire, "night-export").await["properties"].clone();
    assert_eq!((&waiting["status"], &waiting["delayedStage"]), (&json!("DataCopy"), &json!("DataCopy")));
    let stages = waiting["details"]["jobStages"].as_array().unwrap();
    assert!(stages.iter().any(|s| s["stageStatus"] == "WaitingForCustomerAction"), "{waiting}");
    assert!(waiting["details"]["actions"].as_array().unwrap().contains(&json!("Resume")));
    let serial = waiting["details"]["copyProgress"][0]["serialNumber"].as_str().unwrap().to_owned();
    assert_eq!(mitigate(json!({ "customerResolutionCode": "Sleep" })).await, 400);
    assert_eq!(mitigate(json!({ "serialNumberCustomerResolutionMap": { serial: "Resume" } })).await, 204);
    let after = read(&wire, "night-export").await["properties"]["details"].clone();
    assert_eq!(
        (&after["actions"], &after["lastMitigationActionOnJob"]["customerResolution"]),
        (&json!([]), &json!("Resume"))
    );
    wire.hours(37);
    assert_eq!(read(&wire, "night-export").await["properties"]["status"], "PreparingToShipFromAzureDC");
}

#[tokio::test]
async fn an_expired_job_can_be_gone_and_the_lock_can_go_with_the_last_job() {
    let wire = Wire::new().await;
    wire.switch(&json!({ "expiry": "gone", "lock": "goesWithLastJob", "deleteSeconds": 0 })).await;
    let locks =
        format!("{}/providers/Microsoft.Authorization/locks?api-version=2016-09-01", wire.ends().storage_account);
    let locked = async || wire.get(&locks).await.json()["value"].as_array().unwrap().len();
    for name in ["first", "second"] {
        settled(&wire, name, &disk_export(&wire)).await;
        wire.disk_post(name, "cancel", &json!({ "reason": "Changed plans" })).await;
    }
    for (name, left) in [("first", 1), ("second", 0)] {
        let url = wire.arm("DELETE", &wire.disk_job(name), &Value::Null).await.header("location").to_owned();
        assert_eq!((wire.get(&url).await.status, locked().await), (204, left), "{name}");
    }
    settled(&wire, "third", &disk_export(&wire)).await;
    wire.hours(14 * 24);
    assert_eq!(wire.get(&wire.disk_job("third")).await.status, 404);
}

#[tokio::test]
async fn an_older_service_knows_fewer_versions_and_says_so() {
    let wire = Wire::new().await;
    wire.switch(&json!({ "newestVersion": "2023-12-01" })).await;
    let refused = put(&wire, "night-export", &disk_export(&wire)).await;
    assert_eq!((refused.status, refused.code().as_str()), (400, "InvalidApiVersionParameter"));
    assert!(refused.text.contains("'2022-12-01,2023-12-01'"), "{}", refused.text);
    let provider =
        format!("/subscriptions/{}/providers/Microsoft.DataBox?api-version=2021-04-01", wire.ends().subscription);
    assert_eq!(
        wire.get(&provider).await.json()["resourceTypes"][0]["apiVersions"],
        json!(["2023-12-01", "2022-12-01"])
    );
    let old = wire.disk_job("night-export").replace("2025-07-01", "2023-12-01");
    assert_eq!(wire.arm("PUT", &old, &disk_export(&wire)).await.status, 202);
}

#[tokio::test]
async fn the_country_of_an_address_is_a_code_or_a_name() {
    let wire = Wire::new().await;
    let mut named = disk_export(&wire);
    named["properties"]["details"]["shippingAddress"]["country"] = json!("Norway");
    for (form, code, name) in [("either", 202, 202), ("code", 202, 400), ("name", 400, 202)] {
        wire.switch(&json!({ "country": form })).await;
        assert_eq!(put(&wire, &format!("{form}-code"), &disk_export(&wire)).await.status, code, "{form}");
        assert_eq!(put(&wire, &format!("{form}-name"), &named).await.status, name, "{form}");
    }
}

#[tokio::test]
async fn in_a_rehearsal_the_clock_hurries_through_a_create_until_the_job_waits_for_its_disks() {
    let settings = blobfreight::sim::SimOptions {
        clock_rate: 21_600.0,
        hurry_under_way: true,
        ..blobfreight::sim::SimOptions::default()
    };
    let wire = Wire::with(settings).await;
    let made = put(&wire, "night-export", &disk_export(&wire)).await;
    assert_eq!(made.header("retry-after"), "1", "ten simulated seconds are less than one");
    let mut url = made.header("location").to_owned();
    while !url.contains("/jobs/night-export?") {
        wire.get(&url).await.header("location").clone_into(&mut url);
    }
    while read(&wire, "night-export").await["properties"]["status"] != "AwaitingShipmentDetails" {}
}
