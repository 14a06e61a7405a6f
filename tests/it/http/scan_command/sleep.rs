//! `blobfreight scan` on a machine that is put to sleep: the process stands still, and its connections are gone when it goes on.

use std::io::Read as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::Simulator;

/// Blobs of the account. A page comes after 150 ms, so that the scan is under way for seconds.
const BLOBS: &str = "60000";

fn account(listen: &str) -> Simulator {
    Simulator::start(&["--blobs", BLOBS, "--latency-ms", "150", "--listen", listen])
}

#[test]
fn t39_a_scan_that_slept_while_its_connections_were_lost_goes_on_to_the_same_totals() {
    let home = tempfile::tempdir().unwrap();
    let simulator = account("127.0.0.1:0");
    let address = simulator.end("blob").split('/').nth(2).unwrap().to_owned();
    let arguments = ["--all", "--concurrency", "1", "--drives", "4TB", "--json"];
    let mut child = simulator.command(home.path(), &arguments).stdout(Stdio::piped()).spawn().unwrap();
    // The first checkpoint is written as soon as the scan is under way.
    while std::fs::read_dir(home.path().join("scans")).map_or(0, Iterator::count) == 0 {
        std::thread::yield_now();
    }
    let signal = |name: &str| {
        assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
    };
    signal("-STOP");
    drop(simulator);
    let _awake = account(&address);
    signal("-CONT");
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{text}");
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&report["blobs"], &report["complete"]), (&json!(60_000), &json!(true)));
}
