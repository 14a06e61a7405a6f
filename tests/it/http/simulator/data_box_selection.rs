//! What a selection of the simulated Microsoft.DataBox puts on the disks, and what it leaves out and logs.

use serde_json::{Value, json};

use crate::http::simulator::wire::{Wire, between};
use crate::http::simulator::wire_data_box::{exporting, read, settled};

fn filter(include: &Value) -> Value {
    let mut include = include.clone();
    include["dataAccountType"] = json!("StorageAccount");
    json!({ "transferConfigurationType": "TransferUsingFilter", "transferFilterDetails": { "include": include } })
}

fn inline(lists: &Value) -> Value {
    filter(&json!({ "blobFilterDetails": lists }))
}

/// The details of a job that has run to its end, its status, and the sums of files and bytes on its disks.
async fn exported(wire: &Wire, name: &str, transfer: &Value) -> (Value, String, u64, u64) {
    settled(wire, name, &exporting(wire, transfer)).await;
    assert_eq!(wire.mark(name).await.status, 204);
    wire.hours(300);
    let p = read(wire, name).await["properties"].clone();
    let drives = p["details"]["copyProgress"].as_array().unwrap().clone();
    let sum = |member: &str| drives.iter().map(|d| d[member].as_u64().unwrap()).sum::<u64>();
    let (files, bytes) = (sum("filesProcessed"), sum("bytesProcessed"));
    (p["details"].clone(), p["status"].as_str().unwrap().to_owned(), files, bytes)
}

/// Files and bytes of a container, from its listing.
async fn listed(wire: &Wire, container: &str, prefix: &str) -> (u64, u64) {
    let path = format!("/{container}?restype=container&comp=list&prefix={prefix}");
    let sizes = between(&wire.blob("GET", &path, &[], "").await.text, "<Content-Length>", "<");
    (sizes.len() as u64, sizes.iter().map(|n| n.parse::<u64>().unwrap()).sum())
}

async fn upload(wire: &Wire, path: &str, text: &str) {
    assert_eq!(wire.blob("PUT", path, &[("x-ms-blob-type", "BlockBlob")], text).await.status, 201);
}

#[tokio::test]
async fn containers_and_lists_in_the_body_take_base_blobs_only() {
    let wire = Wire::new().await;
    let books = listed(&wire, "books", "").await;
    let covers = listed(&wire, "books", "covers").await;
    let (_, status, files, bytes) =
        exported(&wire, "containers", &inline(&json!({ "containerList": ["books"] }))).await;
    assert_eq!((status.as_str(), files, bytes), ("Completed", books.0, books.1), "book/ is another container");
    for (name, prefix, path) in
        [("slash", "/books/covers", "/book/manuscript.docx"), ("bare", "books/covers", "book/manuscript.docx")]
    {
        let lists = json!({ "blobPrefixList": [prefix], "blobPathList": [path, "book/none"] });
        let (_, status, files, _) = exported(&wire, name, &inline(&lists)).await;
        assert_eq!(
            (status.as_str(), files),
            ("Completed", covers.0 + 1),
            "{name}: five snapshots of the manuscript stay"
        );
    }
}

#[tokio::test]
async fn the_slash_of_inline_lists_is_a_switch() {
    let wire = Wire::new().await;
    let lists = json!({ "blobPathList": ["/book/manuscript.docx"], "blobPrefixList": ["books/covers/cover-0001"] });
    for (name, files) in [("either", 2), ("leading", 1), ("none", 1)] {
        wire.switch(&json!({ "inlineSlash": name })).await;
        let (_, status, found, _) = exported(&wire, name, &inline(&lists)).await;
        assert_eq!(
            (status.as_str(), found),
            ("Completed", files),
            "{name}: the other form takes nothing and says nothing"
        );
    }
}

#[tokio::test]
async fn the_whole_account_leaves_archived_blobs_out_refuses_append_blobs_and_logs_both() {
    let wire = Wire::new().await;
    let all = json!({ "transferAllBlobs": true, "transferAllFiles": true, "dataAccountType": "StorageAccount" });
    let transfer = json!({ "transferConfigurationType": "TransferAll", "transferAllDetails": { "include": all } });
    let (details, status, ..) = exported(&wire, "everything", &transfer).await;
    assert_eq!(status, "CompletedWithErrors");
    let drives = details["copyProgress"].as_array().unwrap();
    assert!(drives.len() > 1 && drives.len() <= 10, "as many disks as the blobs need: {}", drives.len());
    assert!(drives.iter().all(|d| d["copyStatus"] == "CompletedWithErrors"));
    let log = details["copyLogDetails"][0]["errorLogLink"]
        .as_str()
        .unwrap()
        .strip_prefix(&wire.ends().blob)
        .unwrap()
        .to_owned();
    let log = wire.blob("GET", &log, &[], "").await.text;
    assert!(log.contains("CloudFormat=\"AppendBlob\" Path=\"lab/instruments/scanner-north/log.txt\""), "{log}");
    assert!(log.contains("Path=\"footage/2018-rondane/master-0001.mov\""), "an archived blob");
    let errored: u64 = drives.iter().map(|d| d["filesErroredOut"].as_u64().unwrap()).sum();
    assert_eq!(between(&log, "<FilesErrored>", "<")[0], errored.to_string());
    let stages = details["jobStages"].as_array().unwrap();
    assert_eq!(stages.last().unwrap()["stageName"], "CompletedWithErrors");
    assert!(stages.iter().any(|s| s["stageName"] == "DataCopy" && s["stageStatus"] == "SucceededWithErrors"));
}

#[tokio::test]
async fn a_list_file_takes_what_it_names_and_a_wrong_one_takes_nothing() {
    let wire = Wire::new().await;
    let of = |path: &str| {
        let mine = json!({ "filterFileType": "AzureBlob", "filterFilePath": path });
        let files = json!({ "filterFileType": "AzureFile", "filterFilePath": "share/none.xml" });
        filter(&json!({ "filterFileDetails": [mine, files] }))
    };
    let covers = listed(&wire, "books", "covers/").await;
    upload(&wire, "/lab/good.xml", "<?xml version=\"1.0\"?><BlobList><BlobPathPrefix>/books/covers/</BlobPathPrefix><BlobPath>/book/manuscript.docx</BlobPath></BlobList>").await;
    let (_, status, files, _) = exported(&wire, "good", &of("lab/good.xml")).await;
    assert_eq!((status.as_str(), files), ("Completed", covers.0 + 1));
    for (name, list) in [
        (
            "no-slash",
            "<BlobList><BlobPathPrefix>books/covers/</BlobPathPrefix><BlobPath>book/manuscript.docx</BlobPath></BlobList>",
        ),
        ("wrong-tag", "<BlobList><blobpath>/book/manuscript.docx</blobpath></BlobList>"),
        ("wrong-root", "<Blobs><BlobPath>/book/manuscript.docx</BlobPath></Blobs>"),
    ] {
        upload(&wire, &format!("/lab/{name}.xml"), list).await;
        let (_, status, files, bytes) = exported(&wire, name, &of(&format!("lab/{name}.xml"))).await;
        assert_eq!((status.as_str(), files, bytes), ("Completed", 0, 0), "{name}: no data and no error");
    }
    for (name, path) in [("not-xml", "lab/a"), ("not-there", "lab/none.xml")] {
        let (details, status, files, _) = exported(&wire, name, &of(path)).await;
        assert_eq!((status.as_str(), files), ("CompletedWithErrors", 0), "{name}");
        let drive = &details["copyProgress"][0];
        assert_eq!(
            (&drive["copyStatus"], &drive["error"]["code"]),
            (&json!("OtherUserError"), &json!("SsemUserErrorInvalidBlobList"))
        );
    }
}

#[tokio::test]
async fn while_blobs_are_counted_the_total_grows() {
    let wire = Wire::new().await;
    settled(&wire, "counted", &exporting(&wire, &inline(&json!({ "containerList": ["footage"] })))).await;
    wire.mark("counted").await;
    let mut totals = Vec::new();
    for hours in [59, 2, 1, 10] {
        wire.hours(hours);
        let p = read(&wire, "counted").await["properties"].clone();
        let drive = p["details"]["copyProgress"][0].clone();
        totals.push((
            drive["isEnumerationInProgress"].as_bool().unwrap(),
            drive["totalBytesToProcess"].as_u64().unwrap(),
        ));
    }
    let (counting, totals): (Vec<bool>, Vec<u64>) = totals.into_iter().unzip();
    assert_eq!(counting, [false, true, true, false], "not begun, counting, counting, counted");
    assert!(totals[0] == 0 && totals[0] < totals[1] && totals[1] < totals[2] && totals[2] < totals[3], "{totals:?}");
}

#[tokio::test]
async fn append_blobs_and_snapshots_can_be_exported_too() {
    let wire = Wire::new().await;
    let lists = inline(&json!({ "blobPathList": ["book/manuscript.docx", "lab/instruments/scanner-north/log.txt"] }));
    let (details, status, files, _) = exported(&wire, "neither", &lists).await;
    assert_eq!((status.as_str(), files), ("CompletedWithErrors", 1));
    assert_eq!(details["copyProgress"][0]["filesErroredOut"], 1);
    wire.switch(&json!({ "appendBlobs": "accepted", "snapshots": "accepted" })).await;
    let (_, status, files, _) = exported(&wire, "both", &lists).await;
    assert_eq!((status.as_str(), files), ("Completed", 7), "the manuscript has five snapshots");
}
