//! A rehearsed job to its end: the simulated services fill the drives, `blobfreight verify` finds them right; then each is damaged on its way.

use std::path::{Path, PathBuf};
use std::process::Command;

use blobfreight::sim::SimOptions;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::http::simulator::jobs_command::{command, said};
use crate::http::simulator::new_command::answers;
use crate::http::simulator::wire::Wire;
use crate::http::simulator::wire_data_box::{exporting, read, settled};

/// A simulated Azure that writes the drives of its jobs, with some blobs in the container `lab`.
async fn azure() -> (Wire, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let drives = Some(folder.path().join("drives"));
    let wire = Wire::with(SimOptions { clock_rate: 0.0, drives, ..SimOptions::default() }).await;
    let text = |letter: &str, count: usize| letter.repeat(count);
    for (path, content) in [
        ("/lab/data/one.bin", text("one ", 40_000)),
        ("/lab/data/two.bin", text("two ", 40_000)),
        ("/lab/pair", text("lower ", 900)),
        ("/lab/PAIR", text("upper ", 900)),
        ("/lab/x%3Ay", text("odd ", 50)),
        ("/lab/empty", String::new()),
    ] {
        let headers = [("x-ms-blob-type", "BlockBlob"), ("x-ms-meta-owner", "ada & co")];
        assert_eq!(wire.blob("PUT", path, &headers, &content).await.status, 201, "{path}");
    }
    (wire, folder)
}

/// The folders of the drives.
async fn drives(wire: &Wire) -> Vec<PathBuf> {
    let answer = wire.send("GET", &format!("{}/simulator/drives", wire.ends().arm), &[], "").await;
    answer.json()["drives"].as_array().unwrap().iter().map(|drive| drive["folder"].as_str().unwrap().into()).collect()
}

async fn damage(wire: &Wire, list: &Value) {
    let answer = wire.send("POST", &format!("{}/simulator/drives", wire.ends().arm), &[], list.to_string()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

/// The exit status of a check, and what it says.
fn verify(place: &Path, drives: &[PathBuf], more: &[&str]) -> (Option<i32>, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
    command.arg("verify").args(drives).arg("--json").args(more);
    for name in ["BLOBFREIGHT_DATA_DIR", "BLOBFREIGHT_STATE_DIR"] {
        command.env(name, place.join("state"));
    }
    let output = command.env("BLOBFREIGHT_CONFIG", place.join("none.toml")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}")))
}

fn kinds(report: &Value) -> Vec<String> {
    let drives = report["drives"].as_array().unwrap().iter();
    let mut kinds: Vec<String> =
        drives.flat_map(|drive| drive["counts"].as_object().unwrap().keys().cloned()).collect();
    kinds.sort();
    kinds
}

#[tokio::test(flavor = "multi_thread")]
async fn w90_the_drives_of_a_classic_job_are_right_until_something_happens_to_them() {
    let (wire, place) = azure().await;
    let mut body = wire.export();
    body["properties"]["export"] = json!({ "blobList": { "blobPathPrefix": ["/lab/"] } });
    wire.create("job-1", &body).await;
    wire.ship("job-1", 2).await;
    wire.hours(200);
    let job = wire.read("job-1").await;
    assert_eq!(job["state"], "Completed", "{job}");
    let file = place.path().join("job.json");
    std::fs::write(&file, json!({ "properties": job }).to_string()).unwrap();
    let drives = drives(&wire).await;
    assert_eq!(drives.len(), 2);
    let with_job = ["--job", file.to_str().unwrap()];
    let (status, report) = verify(place.path(), &drives, &with_job);
    assert_eq!((status, kinds(&report)), (Some(0), vec![]), "{report:#}");
    let right: u64 = report["drives"].as_array().unwrap().iter().map(|drive| drive["right"].as_u64().unwrap()).sum();
    assert!(right >= 6, "{report:#}");

    // Which drive a blob is on is the service's choice: the report says where.
    let on_drive = |name: &str| {
        let path = drives.iter().map(|drive| drive.join("lab/data").join(name)).find(|path| path.exists()).unwrap();
        path.strip_prefix(place.path().join("drives")).unwrap().to_str().unwrap().to_owned()
    };
    let (one, two) = (on_drive("one.bin"), on_drive("two.bin"));
    damage(
        &wire,
        &json!([
            { "kind": "flip", "path": one, "offset": 70_000 },
            { "kind": "missing", "path": format!("{one}.metadata") },
            { "kind": "flip", "path": format!("{two}.properties"), "offset": 3 },
            { "kind": "length", "path": two, "length": 10_000 },
        ]),
    )
    .await;
    let (status, report) = verify(place.path(), &drives, &with_job);
    assert_eq!(status, Some(1));
    assert_eq!(kinds(&report), ["missing-metadata", "short-file", "wrong-hash", "wrong-properties"]);
    assert_eq!(report["fetchAgain"], json!(["lab/data/one.bin", "lab/data/two.bin"]));

    let swapped = [drives[1].clone(), drives[0].clone()];
    let ids: Vec<&str> = drives.iter().map(|drive| drive.file_name().unwrap().to_str().unwrap()).collect();
    let named = ["--job", file.to_str().unwrap(), "--drive-id", ids[0], "--drive-id", ids[1]];
    let (_, report) = verify(place.path(), &swapped, &named);
    assert!(kinds(&report).contains(&"drives-swapped".to_owned()), "{:?}", kinds(&report));
    let manifest = format!("job-1/{}/{}.manifest", ids[0], ids[0]);
    damage(&wire, &json!([{ "kind": "flip", "path": manifest, "offset": 60 }])).await;
    let (_, report) = verify(place.path(), &drives, &with_job);
    assert!(kinds(&report).contains(&"manifest-hash".to_owned()), "{:?}", kinds(&report));
}

#[tokio::test(flavor = "multi_thread")]
async fn w91_the_logs_of_a_data_box_job_prove_its_drive_without_a_manifest() {
    let (wire, place) = azure().await;
    let filter = json!({ "dataAccountType": "StorageAccount", "blobFilterDetails": { "containerList": ["lab"] } });
    let transfer =
        json!({ "transferConfigurationType": "TransferUsingFilter", "transferFilterDetails": { "include": filter } });
    settled(&wire, "night-export", &exporting(&wire, &transfer)).await;
    assert_eq!(wire.mark("night-export").await.status, 204);
    wire.hours(400);
    let file = place.path().join("job.json");
    std::fs::write(&file, read(&wire, "night-export").await.to_string()).unwrap();
    let drives = drives(&wire).await;
    let (status, report) = verify(place.path(), &drives, &["--job", file.to_str().unwrap()]);
    assert_eq!((status, drives.len()), (Some(0), 1), "{report:#}");

    let id = drives[0].file_name().unwrap().to_str().unwrap().to_owned();
    std::fs::remove_file(drives[0].join(format!("{id}.manifest"))).unwrap();
    let logs = drives[0].parent().unwrap().join("logs");
    let with_logs = ["--logs", logs.to_str().unwrap()];
    let (status, report) = verify(place.path(), &drives, &with_logs);
    assert_eq!((status, report["drives"][0]["basis"]["kind"].as_str()), (Some(0), Some("logs")), "{report:#}");
    assert!(report["drives"][0]["right"].as_u64().unwrap() >= 6);
    assert!(report["job"]["findings"].as_array().unwrap().iter().any(|finding| finding["kind"] == "renamed"));
    damage(
        &wire,
        &json!([
            { "kind": "flip", "path": format!("night-export/{id}/lab/data/two.bin"), "offset": 70_000 },
            { "kind": "missing", "path": format!("night-export/{id}/lab/data/one.bin") },
        ]),
    )
    .await;
    let (status, report) = verify(place.path(), &drives, &with_logs);
    let damaged: Vec<String> = kinds(&report).into_iter().filter(|kind| kind != "extra-file").collect();
    assert_eq!((status, damaged), (Some(1), vec!["missing-file".to_owned(), "wrong-crc64".into()]), "{report:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn w90_a_job_is_asked_for_by_its_name_in_the_drafts_and_the_hash_of_its_manifest_counts() {
    let (wire, place) = azure().await;
    let mut wanted = answers(&wire, "classic");
    wanted["blobs"] = json!({ "prefixes": ["/lab/"] });
    let file = place.path().join("answers.json");
    std::fs::write(&file, wanted.to_string()).unwrap();
    let (mut new, home) = command(&wire, &["new", "--create", "--accept-doubts", "--answers", file.to_str().unwrap()]);
    let output = tokio::task::spawn_blocking(move || new.output().unwrap()).await.unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    wire.ship("export-printed", 1).await;
    wire.hours(200);
    let drives = drives(&wire).await;

    let check = async |job: &str| {
        let (mut verify, _other) = command(&wire, &["verify", drives[0].to_str().unwrap(), "--json", "--job", job]);
        verify.env("BLOBFREIGHT_DATA_DIR", home.path()).env("BLOBFREIGHT_STATE_DIR", home.path().join("state"));
        tokio::task::spawn_blocking(move || verify.output().unwrap()).await.unwrap()
    };
    let output = check("export-printed").await;
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(report["drives"][0]["right"].as_u64().unwrap() >= 6, "{report:#}");
    // Only the service knows the hash of the manifest: a change that leaves it readable is told.
    let id = drives[0].file_name().unwrap().to_str().unwrap();
    let manifest = format!("export-printed/{id}/{id}.manifest");
    damage(&wire, &json!([{ "kind": "flip", "path": manifest, "offset": 60 }])).await;
    let output = check("EXPORT-PRINTED").await;
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(kinds(&report).contains(&"manifest-hash".to_owned()), "{report:#}");
}
