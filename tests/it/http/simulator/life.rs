//! A job from shipping to keys, what is left in the account, and a rehearsal that goes on after the program ended.

use blobfreight::logs::LogReader;
use blobfreight::sim::{Mishap, SimOptions, Synthetic};
use serde_json::{Value, json};

use crate::http::simulator::wire::{Wire, between};

async fn keys(wire: &Wire, name: &str) -> Vec<Value> {
    let url = wire.job(name).replace('?', "/listBitLockerKeys?");
    wire.arm("POST", &url, &Value::Null).await.json()["value"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_shipped_job_fills_its_drives_and_gives_its_keys_when_they_are_sent_back() {
    let wire = Wire::new().await;
    wire.create("job-1", &wire.export()).await;
    wire.ship("job-1", 2).await;
    assert_eq!(wire.read("job-1").await["driveList"], json!([]));
    wire.hours(50);
    let received = wire.read("job-1").await;
    assert_eq!(
        (received["state"].as_str(), received["driveList"][1]["state"].as_str()),
        (Some("Received"), Some("Received"))
    );
    wire.hours(46);
    let busy = wire.read("job-1").await;
    assert_eq!((busy["state"].as_str(), busy["percentComplete"].as_u64()), (Some("Transferring"), Some(50)));
    assert_eq!(busy["driveList"][0]["copyStatus"], "InProgress");
    assert!(keys(&wire, "job-1").await.is_empty());
    wire.hours(96);
    let done = wire.read("job-1").await;
    assert_eq!((done["state"].as_str(), done["returnPackage"]["driveCount"].as_u64()), (Some("Completed"), Some(2)));
    let keys = keys(&wire, "job-1").await;
    assert_eq!(keys.len(), 2);
    assert_ne!(keys[0]["driveId"], keys[1]["driveId"]);
    for key in &keys {
        let groups: Vec<u32> = key["bitLockerKey"].as_str().unwrap().split('-').map(|g| g.parse().unwrap()).collect();
        assert!(groups.len() == 8 && groups.iter().all(|g| g % 11 == 0 && g / 11 < 65_536), "{groups:?}");
    }
    assert!(done["driveList"][0]["bitLockerKey"].is_null());
    let log =
        done["driveList"][0]["verboseLogUri"].as_str().unwrap().strip_prefix(&wire.ends().blob).unwrap().to_owned();
    assert_eq!(wire.blob("GET", &log, &[], "").await.status, 200, "{log}");
    wire.hours(90 * 24);
    assert_eq!(wire.get(&wire.job("job-1")).await.status, 404, "ninety days later it is gone");
}

#[tokio::test]
async fn the_bytes_on_the_drives_are_those_of_the_selection() {
    let wire = Wire::new().await;
    let listing = wire.blob("GET", "/books?restype=container&comp=list", &[], "").await.text;
    let books: u64 = between(&listing, "<Content-Length>", "<").iter().map(|n| n.parse::<u64>().unwrap()).sum();
    let listing =
        wire.blob("GET", "/book?restype=container&comp=list&prefix=manuscript&include=snapshots", &[], "").await.text;
    let manuscripts: Vec<u64> = between(&listing, "<Content-Length>", "<").iter().map(|n| n.parse().unwrap()).collect();
    assert_eq!(manuscripts.len(), 6);
    let times = between(&listing, "<Snapshot>", "<");
    let only = format!(
        "<BlobList><BlobPath IncludeSnapshots=\"false\">book/manuscript.docx</BlobPath><BlobPath SnapshotTime=\"{}\">book/manuscript.docx</BlobPath></BlobList>",
        times[0]
    );
    assert_eq!(wire.blob("PUT", "/lab/list.xml", &[("x-ms-blob-type", "BlockBlob")], &only).await.status, 201);
    let cases = [
        (wire.export()["properties"]["export"].clone(), books + manuscripts.iter().sum::<u64>(), "Completed"),
        (json!({ "blobListBlobPath": "lab/list.xml" }), manuscripts[0] + manuscripts[5], "Completed"),
        (json!({ "blobListBlobPath": "lab/a" }), 0, "Closed"),
        (json!({ "blobList": { "blobPathPrefix": ["/footage/2018-rondane/"] } }), 0, "Closed"),
        (json!({ "blobList": { "blobPath": ["/books/catalogue-0001.pdf", "books/catalogue"] } }), 0, "Completed"),
    ];
    for (n, (selection, bytes, end)) in cases.into_iter().enumerate() {
        let name = format!("job-{n}");
        let mut body = wire.export();
        body["properties"]["export"] = selection;
        wire.create(&name, &body).await;
        wire.ship(&name, 3).await;
        wire.hours(200);
        let done = wire.read(&name).await;
        let sum: u64 =
            done["driveList"].as_array().unwrap().iter().map(|d| d["bytesSucceeded"].as_u64().unwrap()).sum();
        assert_eq!((sum, done["state"].as_str()), (bytes, Some(end)), "{name}: {done}");
    }
    let archived = wire.read("job-3").await;
    let path = archived["incompleteBlobListUri"].as_str().unwrap().strip_prefix(&wire.ends().blob).unwrap().to_owned();
    let list = wire.blob("GET", &path, &[], "").await.text;
    assert_eq!(between(&list, "<BlobPath>", "<").len(), 24, "archived blobs are named");
}

#[tokio::test]
async fn cancelling_keeps_the_state_and_a_job_never_shipped_expires() {
    let wire = Wire::new().await;
    wire.create("job-1", &wire.export()).await;
    let answer =
        wire.arm("PATCH", &wire.job("job-1"), &json!({ "properties": { "cancelRequested": true } })).await.json();
    assert_eq!(
        (&answer["properties"]["cancelRequested"], &answer["properties"]["state"]),
        (&json!(true), &json!("Creating"))
    );
    wire.hours(14 * 24 + 1);
    assert_eq!(wire.get(&wire.job("job-1")).await.status, 404);
}

#[tokio::test]
async fn a_rehearsal_goes_on_after_the_program_was_killed() {
    let folder = tempfile::tempdir().unwrap();
    let settings =
        SimOptions { clock_rate: 0.0, state_file: Some(folder.path().join("state.json")), ..SimOptions::default() };
    let (now, before) = {
        let wire = Wire::with(settings.clone()).await;
        wire.create("job-1", &wire.export()).await;
        wire.ship("job-1", 2).await;
        wire.blob("PUT", "/kept?restype=container", &[], "").await;
        wire.blob("PUT", "/kept/list.xml", &[("x-ms-blob-type", "BlockBlob")], "<BlobList/>").await;
        wire.hours(96);
        // Dropped, not stopped: nothing is written at the end.
        (wire.sim.now(), wire.read("job-1").await)
    };
    let wire = Wire::with(settings.clone()).await;
    assert_eq!(wire.sim.now(), now);
    let after = wire.read("job-1").await;
    assert_eq!(
        (&after["state"], &after["driveList"][0]["driveId"]),
        (&before["state"], &before["driveList"][0]["driveId"])
    );
    assert_eq!(wire.blob("GET", "/kept/list.xml", &[], "").await.text, "<BlobList/>");
    drop(wire);
    std::fs::write(folder.path().join("state.json"), "{").unwrap();
    let error = blobfreight::sim::start(settings).await.err().unwrap().to_string();
    assert!(error.contains("state.json") && error.contains("move the file away"), "{error}");
}

#[tokio::test]
async fn blobs_without_room_on_the_drives_are_left_out_and_named() {
    let wire = Wire::new().await;
    let mut body = wire.export();
    body["properties"]["export"] =
        json!({ "blobList": { "blobPathPrefix": ["/footage/2019-lofoten/", "/footage/2020-kiruna/", "/vhds/"] } });
    for (name, drives, end) in [("few", 1, "Closed"), ("enough", 3, "Completed")] {
        wire.create(name, &body).await;
        wire.ship(name, drives).await;
        wire.hours(200);
        let done = wire.read(name).await;
        assert_eq!(
            (done["state"].as_str(), done["incompleteBlobListUri"].is_string()),
            (Some(end), end == "Closed"),
            "{done}"
        );
    }
}

#[tokio::test]
async fn a_job_on_the_generated_account_counts_what_its_prefix_matches() {
    let wire = Wire::with(SimOptions {
        clock_rate: 0.0,
        synthetic: Some(Synthetic { blobs: 2_500 }),
        ..SimOptions::default()
    })
    .await;
    let listing = wire.blob("GET", "/bench?restype=container&comp=list&prefix=d0002%2F", &[], "").await.text;
    let sizes = between(&listing, "<Content-Length>", "<");
    let mut body = wire.export();
    body["properties"]["export"] = json!({ "blobList": { "blobPathPrefix": ["/bench/d0002/"] } });
    wire.create("job-1", &body).await;
    wire.ship("job-1", 1).await;
    wire.hours(200);
    let sum: u64 = sizes.iter().map(|n| n.parse::<u64>().unwrap()).sum();
    assert_eq!((sizes.len(), wire.read("job-1").await["driveList"][0]["bytesSucceeded"].as_u64()), (500, Some(sum)));
}

#[tokio::test(flavor = "multi_thread")]
async fn w80_the_logs_of_a_long_export_name_every_blob_and_are_read_to_their_end() {
    let blobs = 30_000_u64;
    let wire =
        Wire::with(SimOptions { clock_rate: 0.0, synthetic: Some(Synthetic { blobs }), ..SimOptions::default() }).await;
    wire.switch(&json!({ "failures": [{ "path": "bench/d0029/", "cause": "lease" }] })).await;
    let mut body = wire.export();
    body["properties"]["export"] = json!({ "blobList": { "blobPathPrefix": ["/bench/"] } });
    body["properties"]["logLevel"] = json!("Verbose");
    wire.create("job-1", &body).await;
    wire.ship("job-1", 1).await;
    wire.hours(400);
    let drive = wire.read("job-1").await["driveList"][0].clone();
    let mut entries = [Vec::new(), Vec::new()];
    for (uri, entries) in [&drive["errorLogUri"], &drive["verboseLogUri"]].into_iter().zip(&mut entries) {
        let path = uri.as_str().unwrap().strip_prefix(&wire.ends().blob).unwrap().to_owned();
        let text = wire.blob("GET", &path, &[], "").await.text;
        let mut reader = LogReader::new();
        // In pieces that cut lines anywhere.
        for piece in text.as_bytes().chunks(4_099) {
            entries.extend(reader.push(piece));
        }
        let (last, end) = reader.finish();
        entries.extend(last);
        assert!(end.is_whole(), "{end:?}");
    }
    let [errors, all] = entries.map(|entries| entries.len() as u64);
    assert_eq!((errors, all), (1_000, blobs));
}

#[tokio::test]
async fn w89_a_mishap_befalls_the_job_that_is_named_and_not_the_newest() {
    let wire = Wire::new().await;
    for name in ["older", "newer"] {
        wire.create(name, &wire.export()).await;
        wire.ship(name, 1).await;
        wire.hours(1);
    }
    let id = |name: &str| wire.job(name).split('?').next().unwrap().to_owned();
    wire.sim.mishap(&id("older"), Mishap::DriveMissing).unwrap();
    wire.hours(60);
    let drives = [wire.read("older").await, wire.read("newer").await].map(|job| job["driveList"][0]["state"].clone());
    assert_eq!(drives, [json!("NeverReceived"), json!("Transferring")]);
    assert!(wire.sim.mishap(&id("nobodys"), Mishap::ParcelLost).is_err());
}

#[tokio::test]
async fn w89_a_location_closes_for_both_services_and_stays_closed_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let options = || SimOptions { state_file: Some(folder.path().join("azure.json")), ..SimOptions::default() };
    let wire = Wire::with(options()).await;
    wire.create("here", &wire.export()).await;
    let street = async |wire: &Wire| wire.read("here").await["shippingInformation"]["streetAddress1"].clone();
    let before = street(&wire).await;
    let id = wire.job("here").split('?').next().unwrap().to_owned();
    wire.sim.mishap(&id, Mishap::LocationClosed).unwrap();
    let after = street(&wire).await;
    assert_ne!(before, after);
    wire.sim.stop().await;
    let again = Wire::with(options()).await;
    assert_eq!(street(&again).await, after);
}
