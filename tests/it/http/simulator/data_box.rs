//! A job of the simulated Microsoft.DataBox from its creation to its deletion, each answer as the service was recorded.

use serde_json::{Value, json};

use crate::http::simulator::wire::Wire;
use crate::http::simulator::wire_data_box::{disk_export, put, read, settled};

#[tokio::test]
async fn a_create_is_followed_by_its_location_until_the_job_answers() {
    let wire = Wire::new().await;
    let made = put(&wire, "night-export", &disk_export(&wire)).await;
    assert_eq!((made.status, made.text.as_str()), (202, ""), "{}", made.text);
    let first = made.header("location").to_owned();
    let here = format!(
        "{}/subscriptions/{}/providers/Microsoft.DataBox/locations/",
        wire.ends().arm,
        wire.ends().subscription
    );
    assert!(first.starts_with(&format!("{here}WestEurope/operationResults/")), "the region as it was sent: {first}");
    assert!(first.contains("api-version=2025-07-01&t=") && !made.header("retry-after").is_empty(), "{first}");
    let running = wire.get(&first).await;
    assert_eq!((running.status, running.text.as_str()), (202, ""));
    let second = running.header("location");
    assert_eq!(second.split('?').next(), first.split('?').next(), "the same address");
    assert_ne!(second, first, "signed again");
    let done = wire.get(second).await;
    let job = done.header("location").to_owned();
    assert_eq!(done.status, 202);
    assert!(job.contains("/resourceGroups/") && job.contains("/jobs/night-export?api-version=2025-07-01"), "{job}");
    let job = wire.get(&job).await.json();
    assert_eq!(job["properties"]["status"], "Created");
    wire.hours(1);
    assert_eq!(read(&wire, "night-export").await["properties"]["status"], "AwaitingShipmentDetails");
}

#[tokio::test]
async fn a_new_job_is_filled_in_and_keeps_the_carrier_account_number_to_itself() {
    let wire = Wire::new().await;
    let mut body = disk_export(&wire);
    body["properties"]["details"]["dataExportDetails"][0].as_object_mut().unwrap().remove("logCollectionLevel");
    put(&wire, "night-export", &body).await;
    let job = read(&wire, "night-export").await;
    let (p, d) = (&job["properties"], &job["properties"]["details"]);
    assert_eq!(
        (&p["isCancellable"], &p["isDeletable"], &p["isShippingAddressEditable"]),
        (&json!(true), &json!(false), &json!(true))
    );
    assert_eq!(p["deliveryInfo"]["scheduledDateTime"], "0001-01-01T00:00:00+00:00");
    assert_eq!(d["dataExportDetails"][0]["logCollectionLevel"], "Error");
    assert_eq!(
        d["contactDetails"]["notificationPreference"][2],
        json!({ "stageName": "Created", "sendNotification": true })
    );
    assert_eq!(d["keyEncryptionKey"]["kekType"], "MicrosoftManaged");
    assert_eq!((&job["sku"]["model"], &p["allDevicesLost"]), (&json!("DataBoxCustomerDisk"), &json!(false)));
    assert_eq!(d["datacenterAddress"]["datacenterAddressType"], "DatacenterAddressLocation");
    let old = wire.get(&wire.disk_job("night-export").replace("2025-07-01", "2022-12-01")).await.json();
    assert!(old["sku"]["model"].is_null() && old["properties"]["allDevicesLost"].is_null(), "{old}");
    let reduced = &old["properties"]["details"];
    assert!(reduced["jobStages"].is_null() && reduced["contactDetails"]["contactName"] == "Ada Lovelace", "{reduced}");
    for shown in [job.to_string(), old.to_string(), wire.get(&wire.disk_jobs()).await.text] {
        assert!(!shown.contains("123456789"), "the account number is a secret: {shown}");
    }
}

#[tokio::test]
async fn a_shipped_job_goes_through_its_stages_and_its_bytes_grow() {
    let wire = Wire::new().await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    assert_eq!(wire.mark("night-export").await.status, 204);
    let mut seen = Vec::new();
    let mut last = -1;
    for hours in [1, 48, 12, 2, 22, 24, 26, 40, 72] {
        wire.hours(hours);
        let job = read(&wire, "night-export").await;
        let p = job["properties"].clone();
        let status = p["status"].as_str().unwrap().to_owned();
        let drives = p["details"]["copyProgress"].as_array().unwrap();
        let bytes: i64 = drives.iter().map(|d| d["bytesProcessed"].as_i64().unwrap()).sum();
        assert!(bytes >= last && (status != "DataCopy" || bytes > 0), "{status}: {last} then {bytes}");
        last = bytes;
        let under_way = p["details"]["jobStages"].as_array().unwrap().iter().find(|s| s["stageStatus"] == "InProgress");
        assert!(under_way.is_none_or(|s| s["stageName"] == p["status"] && s["stageTime"].is_string()), "{p}");
        assert_eq!((&p["isCancellable"], &p["isShippingAddressEditable"]), (&json!(false), &json!(false)));
        seen.push(status);
    }
    let way = [
        "ShippedToAzureDC",
        "AtAzureDC",
        "DataCopy",
        "DataCopy",
        "DataCopy",
        "DataCopy",
        "PreparingToShipFromAzureDC",
        "ShippedToCustomer",
        "Completed",
    ];
    assert_eq!(seen, way);
    let job = read(&wire, "night-export").await;
    let d = &job["properties"]["details"];
    let drive = &d["copyProgress"][0];
    assert_eq!((&drive["copyStatus"], &drive["bytesProcessed"]), (&json!("Completed"), &drive["totalBytesToProcess"]));
    assert!(drive["filesProcessed"].as_u64().unwrap() > 100, "{drive}");
    let serial = drive["serialNumber"].as_str().unwrap();
    assert_eq!(d["exportDiskDetailsCollection"][serial]["manifestHash"].as_str().unwrap().len(), 32);
    assert_eq!(d["returnPackage"]["carrierName"], "DHL");
    assert_eq!(d["deliverToDcPackageDetails"]["trackingId"], "77");
    for (link, kind) in [("errorLogLink", "CopyLog"), ("verboseLogLink", "VerboseLog")] {
        let log = d["copyLogDetails"][0][link].as_str().unwrap().strip_prefix(&wire.ends().blob).unwrap().to_owned();
        assert!(log.starts_with("/databoxcopylog/night-export_") && log.contains(&format!("_{kind}_")), "{log}");
        assert_eq!(wire.blob("GET", &log, &[], "").await.status, 200, "{log}");
    }
    wire.hours(90 * 24 + 1);
    let gone = wire.get(&wire.disk_job("night-export")).await;
    assert_eq!((gone.status, gone.code().as_str()), (404, "SsemUserErrorEntityNotFound"), "ninety days later");
}

#[tokio::test]
async fn the_keys_come_with_the_disks_and_the_account_number_with_the_keys() {
    let wire = Wire::new().await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    wire.mark("night-export").await;
    let secrets =
        async || wire.disk_post("night-export", "listCredentials", &Value::Null).await.json()["value"][0].clone();
    let early = secrets().await;
    assert_eq!((&early["jobName"], &early["jobSecrets"]["diskSecrets"]), (&json!("night-export"), &json!([])));
    wire.hours(170);
    let late = secrets().await;
    assert_eq!(late["jobSecrets"]["jobSecretsType"], "DataBoxCustomerDisk");
    assert_eq!(late["jobSecrets"]["carrierAccountNumber"], "123456789");
    let disk = &late["jobSecrets"]["diskSecrets"][0];
    let job = read(&wire, "night-export").await;
    assert_eq!(disk["diskSerialNumber"], job["properties"]["details"]["copyProgress"][0]["serialNumber"]);
    let groups: Vec<u32> = disk["bitLockerKey"].as_str().unwrap().split('-').map(|g| g.parse().unwrap()).collect();
    assert!(groups.len() == 8 && groups.iter().all(|g| g % 11 == 0 && g / 11 < 65_536), "{groups:?}");
}

#[tokio::test]
async fn a_cancel_keeps_its_reason_wipes_the_contact_and_cuts_the_stages() {
    let wire = Wire::new().await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    let no_reason = wire.disk_post("night-export", "cancel", &json!({})).await;
    assert_eq!((no_reason.status, no_reason.code().as_str()), (400, "MissingRequiredProperty"));
    assert_eq!(wire.disk_post("night-export", "cancel", &json!({ "reason": "Changed plans" })).await.status, 204);
    let job = read(&wire, "night-export").await;
    let (p, d) = (&job["properties"], &job["properties"]["details"]);
    assert_eq!(
        (&p["status"], &p["cancellationReason"], &p["isDeletable"]),
        (&json!("Cancelled"), &json!("Changed plans"), &json!(true))
    );
    assert_eq!(d["contactDetails"], json!({ "contactName": " ", "emailList": [], "notificationPreference": [] }));
    let stages: Vec<&str> =
        d["jobStages"].as_array().unwrap().iter().map(|s| s["stageName"].as_str().unwrap()).collect();
    assert_eq!(stages, ["Created", "AwaitingShipmentDetails", "Cancelled"]);
    assert_eq!(d["jobStages"][2]["displayName"], "Canceled");
    let again = wire.disk_post("night-export", "cancel", &json!({ "reason": "x" })).await;
    assert_eq!(again.status, 409);
    let missing = wire.disk_post("other-job", "cancel", &json!({ "reason": "x" })).await;
    assert_eq!((missing.status, missing.code().as_str()), (404, "ResourceNotFound"));
    assert_eq!(missing.header("x-ms-failure-cause"), "gateway");
}

#[tokio::test]
async fn a_delete_takes_minutes_ends_without_content_and_leaves_the_lock() {
    let wire = Wire::new().await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    let delete = async || wire.arm("DELETE", &wire.disk_job("night-export"), &Value::Null).await;
    assert_eq!(delete().await.status, 409, "not while it waits for its disks");
    wire.disk_post("night-export", "cancel", &json!({ "reason": "Changed plans" })).await;
    let begun = delete().await;
    assert_eq!(begun.status, 202);
    let mut url = begun.header("location").to_owned();
    assert!(url.contains("-deleteorder?"), "{url}");
    let mut asked = 0;
    loop {
        let answer = wire.get(&url).await;
        asked += 1;
        if answer.status == 204 {
            break;
        }
        assert_eq!(answer.status, 202);
        answer.header("location").clone_into(&mut url);
    }
    assert_eq!(asked, 43, "426 seconds, ten at a time");
    assert_eq!(wire.get(&wire.disk_job("night-export")).await.status, 404);
    assert_eq!(delete().await.status, 204, "a job that is not there is as good as deleted");
    let locks = format!("{}/providers/Microsoft.Authorization/locks", wire.ends().storage_account);
    let list = wire.get(&format!("{locks}?api-version=2016-09-01")).await.json();
    assert_eq!(
        (&list["value"][0]["name"], &list["value"][0]["properties"]["level"]),
        (&json!("DATABOX_SERVICE"), &json!("CanNotDelete"))
    );
    let account = format!("{}?api-version=2023-05-01", wire.ends().storage_account);
    assert_eq!(wire.arm("DELETE", &account, &Value::Null).await.code(), "ScopeLocked");
    let lock = format!("{locks}/DATABOX_SERVICE?api-version=2016-09-01");
    assert_eq!(wire.arm("DELETE", &lock, &Value::Null).await.status, 200);
    assert_eq!(wire.arm("DELETE", &lock, &Value::Null).await.status, 204);
    assert_eq!(wire.get(&format!("{locks}?api-version=2016-09-01")).await.json()["value"], json!([]));
}

#[tokio::test]
async fn a_delete_nobody_asks_about_ends_with_the_clock() {
    let wire = Wire::new().await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    wire.disk_post("night-export", "cancel", &json!({ "reason": "Changed plans" })).await;
    let url = wire.arm("DELETE", &wire.disk_job("night-export"), &Value::Null).await.header("location").to_owned();
    assert_eq!(read(&wire, "night-export").await["properties"]["isDeletable"], json!(false), "it is being deleted");
    wire.hours(1);
    assert_eq!(wire.get(&wire.disk_job("night-export")).await.status, 404);
    assert_eq!(wire.get(&url).await.status, 204);
}

#[tokio::test]
async fn a_job_of_the_same_name_is_not_touched_by_the_deletion_of_the_first() {
    let wire = Wire::new().await;
    wire.switch(&json!({ "deleteSeconds": 0 })).await;
    let delete = async || wire.arm("DELETE", &wire.disk_job("night-export"), &Value::Null).await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    wire.disk_post("night-export", "cancel", &json!({ "reason": "Changed plans" })).await;
    let first = delete().await.header("location").to_owned();
    settled(&wire, "night-export", &disk_export(&wire)).await;
    assert_eq!(wire.get(&first).await.status, 204, "the first one has ended");
    assert_eq!(read(&wire, "night-export").await["properties"]["status"], "AwaitingShipmentDetails");
    wire.disk_post("night-export", "cancel", &json!({ "reason": "Again" })).await;
    assert_ne!(delete().await.header("location"), first, "an operation of its own");
}

#[tokio::test]
async fn a_job_that_is_never_shipped_is_cancelled_by_the_service_after_two_weeks() {
    let wire = Wire::new().await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    wire.hours(14 * 24);
    let job = read(&wire, "night-export").await;
    assert_eq!(job["properties"]["status"], "Cancelled");
    let reason = job["properties"]["cancellationReason"].as_str().unwrap();
    assert!(reason.contains("cancelled by the service"), "{reason}");
    assert_eq!(wire.mark("night-export").await.status, 409);
    wire.hours(91 * 24);
    assert_eq!(wire.get(&wire.disk_job("night-export")).await.status, 404);
}

#[tokio::test]
async fn both_services_live_in_one_state_file_and_a_create_goes_on_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let settings = blobfreight::sim::SimOptions {
        clock_rate: 0.0,
        state_file: Some(folder.path().join("state.json")),
        ..blobfreight::sim::SimOptions::default()
    };
    let location = {
        let wire = Wire::with(settings.clone()).await;
        wire.create("classic", &wire.export()).await;
        put(&wire, "night-export", &disk_export(&wire)).await.header("location").to_owned()
    };
    let wire = Wire::with(settings).await;
    assert_eq!(wire.read("classic").await["state"], "Creating");
    let path = location.split_once("/subscriptions").unwrap().1;
    assert_eq!(wire.get(&format!("/subscriptions{path}")).await.status, 202);
    assert_eq!(wire.get(&format!("/subscriptions{path}")).await.status, 202);
    wire.hours(1);
    assert_eq!(wire.mark("night-export").await.status, 204);
    let names = async |url: &str| {
        let list = wire.get(url).await.json();
        list["value"].as_array().unwrap().iter().map(|j| j["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&wire.disk_jobs()).await, ["night-export"]);
    assert_eq!(names(&wire.job("").replace("jobs/?", "jobs?")).await, ["classic"]);
}

#[tokio::test]
async fn a_state_file_from_before_data_box_still_opens() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("state.json");
    let settings = blobfreight::sim::SimOptions {
        clock_rate: 0.0,
        state_file: Some(file.clone()),
        ..blobfreight::sim::SimOptions::default()
    };
    {
        let wire = Wire::with(settings.clone()).await;
        wire.create("classic", &wire.export()).await;
        wire.ship("classic", 1).await;
    }
    let mut saved: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let top = saved.as_object_mut().unwrap();
    for new in ["data_box_registered", "operations", "locked"] {
        assert!(top.remove(new).is_some(), "{new}");
    }
    let job = top["jobs"][0].as_object_mut().unwrap();
    for new in ["provider", "cancellation_reason", "failure", "intervention"] {
        assert!(job.remove(new).is_some(), "{new}");
    }
    job["outcome"].as_object_mut().unwrap().remove("refused");
    std::fs::write(&file, saved.to_string()).unwrap();
    let wire = Wire::with(settings).await;
    assert_eq!(wire.read("classic").await["state"], "Shipping");
    assert_eq!(put(&wire, "night-export", &disk_export(&wire)).await.status, 202, "Data Box is registered");
}
