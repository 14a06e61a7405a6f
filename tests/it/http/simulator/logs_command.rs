//! `blobfreight logs` with jobs of both services whose blobs fail on request: reasons, exit statuses, files, a new draft, and logs that are
//! cut, missing, slow to come or said to be elsewhere.

use std::process::{Command, Output};

use blobfreight::sim::{FaultAction, FaultRule};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::http::simulator::jobs_command::{command, said};
use crate::http::simulator::wire::{Wire, between};
use crate::http::simulator::wire_data_box::{disk_export, settled};

/// The simulated Azure with a job of each service whose drives are back, after these switches.
async fn with_jobs(switches: &Value) -> Wire {
    let wire = Wire::new().await;
    wire.switch(switches).await;
    wire.create("old-export", &wire.export()).await;
    wire.ship("old-export", 1).await;
    settled(&wire, "night-export", &disk_export(&wire)).await;
    wire.mark("night-export").await;
    wire.hours(400);
    wire
}

fn failures() -> Value {
    json!({ "failures": [
        { "path": "book/manuscript.docx", "cause": "lease", "most": 1 },
        { "path": "books/catalogue-0002", "cause": "name" },
        { "path": "books/catalogue-0003", "cause": "renamed" },
        { "path": "books/catalogue-0004", "cause": "undocumented" },
        { "path": "books/catalogue-0005", "cause": "drive" },
    ] })
}

/// Runs `blobfreight logs` on a job; the directory it lived in stays.
async fn logs(wire: &Wire, job: &str, more: &[&str]) -> (Output, TempDir) {
    let group = wire.ends().resource_group.clone();
    let (mut command, home) = command(wire, &[&["logs", job, "-g", &group], more].concat());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    (output, home)
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

const JOBS: [&str; 2] = ["old-export", "night-export"];

#[tokio::test(flavor = "multi_thread")]
async fn w84_what_failed_is_grouped_by_reason_for_people_and_for_programs() {
    let wire = with_jobs(&failures()).await;
    for job in JOBS {
        let (output, _home) = logs(&wire, job, &[]).await;
        let page = out(&output);
        assert_eq!(output.status.code(), Some(1), "{page}{}", said(&output));
        assert!(page.contains("4 blobs were not exported."), "{job}: {page}");
        for part in [
            "Somebody holds a lease",
            "A Windows drive refuses the name",
            "The drive could not be written",
            "book/manuscript.docx",
        ] {
            assert!(page.contains(part), "{job}: {part} is missing: {page}");
        }
        assert!(page.contains("Written under another name") && page.contains("MoonPhase"), "{job}: {page}");

        let (output, _home) = logs(&wire, job, &["--json"]).await;
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(
            (&value["verdict"], &value["notExported"], &value["renamed"]),
            (&json!("failed"), &json!(4), &json!(1))
        );
        assert_eq!(value["complete"], true, "{value:#}");
        assert!(value["remarks"].as_array().unwrap().is_empty(), "{value:#}");
        let retries: Vec<&str> =
            value["reasons"].as_array().unwrap().iter().map(|reason| reason["retry"].as_str().unwrap()).collect();
        assert_eq!(retries, ["retry", "retryAfterChange", "unknown", "download", "none"]);

        let (output, _home) = logs(&wire, job, &["-o", "tsv"]).await;
        let lines: Vec<Vec<String>> =
            out(&output).lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
        assert_eq!(lines.len(), 5, "{lines:?}");
        assert!(lines.iter().all(|cells| cells.len() == 6), "{lines:?}");
        assert!(
            lines.iter().any(|cells| cells[0] == "books/catalogue-0002.pdf" && cells[4] == "download"),
            "{lines:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn w84_nothing_failed_is_status_0_and_only_for_logs_that_were_read_to_their_end() {
    for (switches, status, word) in [
        (json!({}), 0, "name no blob that failed"),
        (json!({ "logs": "cut" }), 2, "is not whole"),
        (json!({ "logs": "absent" }), 2, "does not exist"),
    ] {
        let wire = with_jobs(&switches).await;
        for job in JOBS {
            let (output, _home) = logs(&wire, job, &[]).await;
            let page = out(&output);
            assert_eq!(output.status.code(), Some(status), "{switches} {job}: {page}{}", said(&output));
            assert!(page.contains(word), "{switches} {job}: {page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn w84_a_job_without_logs_and_a_job_that_is_not_there_are_status_2() {
    let wire = Wire::new().await;
    wire.create("old-export", &wire.export()).await;
    let (output, _home) = logs(&wire, "old-export", &[]).await;
    assert_eq!(output.status.code(), Some(2), "{}", out(&output));
    assert!(out(&output).contains("names no log, so it is not known"), "{}", out(&output));
    let (output, _home) = logs(&wire, "old-export", &["-o", "tsv"]).await;
    assert_eq!(output.status.code(), Some(2), "{}", out(&output));
    assert!(out(&output).is_empty() && said(&output).contains("names no log, so it is not known"), "{}", said(&output));
    let (output, _home) = logs(&wire, "nobodys-export", &[]).await;
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("no job of this name"), "{}", said(&output));
    let help = Command::new(env!("CARGO_BIN_EXE_blobfreight")).args(["logs", "--help"]).output().unwrap();
    let help = out(&help).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(help.contains("Exit status: 0 nothing failed"), "{help}");
}

#[tokio::test(flavor = "multi_thread")]
async fn w82_every_blob_and_the_logs_as_they_are_are_saved_to_new_files_of_ones_own() {
    let wire = with_jobs(&failures()).await;
    for job in JOBS {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("reports");
        for _ in 0..2 {
            let (output, _home) = logs(&wire, job, &["--save", place.to_str().unwrap()]).await;
            assert_eq!(output.status.code(), Some(1), "{}", said(&output));
            assert!(out(&output).contains("Saved: "), "{}", out(&output));
        }
        let names: Vec<String> =
            std::fs::read_dir(&place).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        assert_eq!(names.len(), 10, "csv, json, error log, verbose log and manifest, twice: {names:?}");
        let manifest = names.iter().find(|name| name.to_lowercase().contains("manifest")).unwrap();
        let manifest = std::fs::read_to_string(place.join(manifest)).unwrap();
        assert!(manifest.contains("<DriveManifest"), "{manifest}");
        let logs = |asked: &str| asked.contains(job) && asked.contains(".xml") && !asked.contains("incomplete");
        let asked = wire.sim.journal().iter().filter(|(_, asked, _)| logs(asked)).count();
        assert_eq!(asked, 6, "three files, each read once, twice");
        let csv = std::fs::read_to_string(place.join(format!("{job}-not-exported.csv"))).unwrap();
        assert_eq!(csv.lines().count(), 6, "{csv}");
        assert!(csv.contains("books/catalogue-0005.pdf,,notExported,The drive could not be written"), "{csv}");
        let text = std::fs::read_to_string(place.join(format!("{job}-not-exported.json"))).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((value["entries"].as_array().unwrap().len(), &value["report"]["notExported"]), (5, &json!(4)));
        #[cfg(unix)]
        for name in &names {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(place.join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{name} is for its owner only");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn w83_a_new_draft_takes_what_another_job_can_export() {
    let wire = with_jobs(&failures()).await;
    for job in JOBS {
        let (output, home) = logs(&wire, job, &["--draft"]).await;
        let page = out(&output);
        assert!(page.contains(&format!("A new draft for the job {job}-2 takes 3 rules.")), "{page}{}", said(&output));
        let drafts: Vec<_> = std::fs::read_dir(home.path().join("drafts")).unwrap().flatten().collect();
        let draft =
            drafts.iter().map(std::fs::DirEntry::path).find(|path| path.extension().is_some_and(|e| e == "json"));
        let draft: Value = serde_json::from_slice(&std::fs::read(draft.unwrap()).unwrap()).unwrap();
        let rules = draft["selection"]["rules"].to_string();
        for path in ["book/manuscript.docx", "books/catalogue-0004.pdf", "books/catalogue-0005.pdf"] {
            assert!(rules.contains(path), "{path} is missing: {rules}");
        }
        assert!(!rules.contains("catalogue-0002") && !rules.contains("catalogue-0003"), "{rules}");
    }
    let (output, _home) = logs(&with_jobs(&json!({})).await, "old-export", &["--draft"]).await;
    assert!(out(&output).contains("No draft was made"), "{}", out(&output));
}

#[tokio::test(flavor = "multi_thread")]
async fn w81_a_connection_that_breaks_in_a_log_is_taken_up_again_where_it_broke() {
    let wire = with_jobs(&failures()).await;
    for (job, path) in [("old-export", "_error.xml"), ("night-export", "CopyLog")] {
        wire.sim.faults().add(FaultRule::next(path, FaultAction::Cut { after: 700 }));
        let (output, _home) = logs(&wire, job, &["--json"]).await;
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&value["complete"], &value["notExported"]), (&json!(true), &json!(4)), "{value:#}");
        let asked = wire.sim.journal().iter().filter(|(_, asked, _)| asked.contains(path)).count();
        assert_eq!(asked, 2, "one request that broke and one for the rest");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn w81_a_log_that_may_not_be_read_is_told_with_the_reason() {
    let wire = with_jobs(&failures()).await;
    let denial = FaultAction::Status { status: 403, code: Some("AuthorizationFailure".into()), retry_after: None };
    wire.sim.faults().add(FaultRule { times: 9, ..FaultRule::next("_error.xml", denial) });
    let (output, _home) = logs(&wire, "old-export", &[]).await;
    let page = out(&output);
    assert_eq!(output.status.code(), Some(2), "{page}");
    assert!(page.contains("is not whole") && page.contains("AuthorizationFailure"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn w81_the_signature_of_a_link_is_neither_sent_nor_shown() {
    let wire = with_jobs(&json!({ "logLinks": "signed", "failures": failures()["failures"] })).await;
    let (output, _home) = logs(&wire, "night-export", &["--json"]).await;
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(!out(&output).contains("sig="), "{}", out(&output));
    let signed = wire.sim.journal().iter().filter(|(_, asked, _)| asked.contains("sig=")).count();
    assert_eq!(signed, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_simulated_logs_have_the_published_shapes() {
    let wire = with_jobs(&failures()).await;
    let drive = &wire.read("old-export").await["driveList"][0];
    let text = async |link: &Value| {
        let path = link.as_str().unwrap().strip_prefix(&wire.ends().blob).unwrap().to_owned();
        wire.blob("GET", &path, &[], "").await.text
    };
    let errors = text(&drive["errorLogUri"]).await;
    assert!(
        errors.contains("<DriveLog Version=\"2018-10-01\">") && !errors.contains("\"Completed\"><BlobPath>"),
        "{errors}"
    );
    let verbose = text(&drive["verboseLogUri"]).await;
    assert!(between(&verbose, "<Blob Status=\"Completed\">", "</Blob>").len() > 50, "{verbose}");
    let job = crate::http::simulator::wire_data_box::read(&wire, "night-export").await;
    let links = &job["properties"]["details"]["copyLogDetails"][0];
    let copy_log = text(&links["errorLogLink"]).await;
    assert_eq!(between(&copy_log, "<ErroredEntity", "</ErroredEntity>").len(), 5, "{copy_log}");
    assert!(copy_log.contains("<FilesErrored>4</FilesErrored>"), "{copy_log}");
    assert!(between(&text(&links["verboseLogLink"]).await, "<File ", "</File>").len() > 50);
}
