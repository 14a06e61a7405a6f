//! The memory of reading the logs of a job is bounded, however many blobs failed: as a table, saved to files, and made into a new draft.
//! The program under test is a process of its own, since its memory is what is measured.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;

use crate::http::simulator::jobs_command::command;
use crate::http::simulator::wire::Wire;
use crate::support::peak::peak_of;

const JOB: &str = "old-export";

/// A finished job, and the path of the log of what failed.
async fn finished() -> (Wire, String, String) {
    let wire = Wire::new().await;
    wire.create(JOB, &wire.export()).await;
    wire.ship(JOB, 1).await;
    wire.hours(400);
    let drive = wire.read(JOB).await["driveList"][0].clone();
    let text = |name: &str| drive[name].as_str().unwrap().to_owned();
    let log = text("errorLogUri").strip_prefix(&wire.ends().blob).unwrap().to_owned();
    (wire, log, text("driveId"))
}

/// Writes a log over that of the job, in which so many blobs failed; gives its bytes.
async fn fail(wire: &Wire, log: &str, drive: &str, blobs: u32) -> u64 {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<DriveLog Version=\"2018-10-01\"><DriveId>{drive}</DriveId>"
    );
    for number in 0..blobs {
        let folder = number / 5_000;
        writeln!(
            text,
            "<Blob Status=\"LeasePresent\"><BlobPath>footage/{folder:05}/take-{number:09}-original.mov</BlobPath>\
             <FilePath>\\footage\\{folder:05}\\take-{number:09}-original.mov</FilePath><Length>104857600</Length><BlockList>\
             <Block Offset=\"0\" Length=\"4194304\" Id=\"AAAAAA==\" Status=\"Cancelled\"/></BlockList></Blob>"
        )
        .unwrap();
    }
    text += "<Status>CompletedWithErrors</Status></DriveLog>";
    assert_eq!(wire.blob("PUT", log, &[("x-ms-blob-type", "BlockBlob")], &text).await.status, 201);
    text.len() as u64
}

/// The peak of a command on that log, in kB. Its table has a line for each blob.
async fn peak(wire: &Wire, more: &[&str], blobs: u32) -> u64 {
    let group = wire.ends().resource_group.clone();
    let folder = tempfile::tempdir().unwrap();
    let save = folder.path().to_str().unwrap().to_owned();
    let (mut command, home) = command(wire, &[&["logs", JOB, "-g", &group, "--json", "--save", &save], more].concat());
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let (peak, status) = tokio::task::spawn_blocking(move || peak_of(child)).await.unwrap();
    assert_eq!(status, Some(1), "blobs failed");
    assert_eq!(lines(&folder.path().join(format!("{JOB}-not-exported.csv"))), u64::from(blobs) + 1);
    drop(home);
    peak
}

fn lines(file: &Path) -> u64 {
    BufReader::new(std::fs::File::open(file).unwrap()).lines().map(Result::unwrap).count() as u64
}

#[tokio::test(flavor = "multi_thread")]
async fn w82_memory_grows_neither_with_the_logs_nor_with_what_failed() {
    let (wire, log, drive) = finished().await;
    let mut peaks = Vec::new();
    for blobs in [5_000, 50_000] {
        let bytes = fail(&wire, &log, &drive, blobs).await;
        let peak = peak(&wire, &[], blobs).await;
        println!("{blobs} blobs failed, logs of {bytes} bytes: {peak} kB");
        peaks.push(peak);
    }
    assert!(peaks[1] < peaks[0] + 25_000, "{peaks:?} kB");
}

/// `cargo test --release --test http w82_ -- --ignored --nocapture`; minutes, and 2 GB of memory for the simulated service.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "logs of half a gigabyte take minutes"]
async fn w82_a_million_and_a_half_failed_blobs_take_less_than_200_megabytes() {
    let (wire, log, drive) = finished().await;
    for (blobs, more) in [(150_000, vec!["--draft"]), (1_500_000, vec![]), (1_500_000, vec!["--draft"])] {
        let bytes = fail(&wire, &log, &drive, blobs).await;
        let peak = peak(&wire, &more, blobs).await;
        println!("{blobs} blobs failed, logs of {bytes} bytes, {more:?}: {peak} kB");
        assert!(peak < 200_000, "{bytes} bytes: {peak} kB");
    }
}
