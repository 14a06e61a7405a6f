//! `blobfreight scan` killed with SIGKILL at random moments and resumed until it is done: the totals are those of a scan that nobody
//! disturbed.

use std::hash::{BuildHasher as _, RandomState};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A whole scan takes about three seconds, so that some kills come before anything is on disk and some close to the end.
const ACCOUNT: [&str; 5] = ["simulate", "--blobs", "60000", "--latency-ms", "100"];

/// The first scan of a round lives for less than this, in milliseconds. Those after it may live a little longer each, so that every
/// round ends, however slow the machine is.
const FIRST_LIFE: u64 = 1500;
const LONGER_BY: u64 = 300;

struct Account {
    simulator: Child,
    ends: Value,
}

impl Account {
    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
        let mut simulator = command.args(ACCOUNT).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(simulator.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { simulator, ends: serde_json::from_str(&line).unwrap() }
    }

    fn scan(&self, home: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
        command.args(["scan", "--resume", "--all", "--drives", "4TB", "--json", "--concurrency", "2"]);
        command.args(["--blob-endpoint", self.ends["blob"].as_str().unwrap()]);
        command.env("AZURE_STORAGE_KEY", self.ends["storageKey"].as_str().unwrap());
        command.env("BLOBFREIGHT_STATE_DIR", home).env("BLOBFREIGHT_CONFIG", home.join("config.toml"));
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        drop(self.simulator.kill());
        drop(self.simulator.wait());
    }
}

/// What must not depend on kills.
fn totals(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    ["complete", "blobs", "snapshots", "bytes", "histogram", "drives", "began_anew"]
        .map(|key| all[key].to_string())
        .join(" ")
}

/// Lets a scan live for a random while below `longest` milliseconds; `None` when it was killed, its output when it ended by itself.
fn live(mut command: Command, longest: u64) -> Option<Output> {
    let mut scan = command.spawn().unwrap();
    // The time is the point here: the moment is any, not one that the program shows.
    let life = Duration::from_millis(RandomState::new().hash_one(scan.id()) % longest);
    let begun = Instant::now();
    while begun.elapsed() < life {
        if scan.try_wait().unwrap().is_some() {
            return Some(scan.wait_with_output().unwrap());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    scan.kill().unwrap();
    let output = scan.wait_with_output().unwrap();
    output.status.success().then_some(output)
}

/// Kills scans until so many are dead; returns how many came to an end meanwhile.
fn kill(least: usize) -> usize {
    let account = Account::start();
    let calm = tempfile::tempdir().unwrap();
    let truth = totals(&account.scan(calm.path()).output().unwrap());
    let (mut kills, mut rounds) = (0, 0);
    while kills < least {
        let home = tempfile::tempdir().unwrap();
        let mut longest = FIRST_LIFE;
        let done = loop {
            if let Some(output) = live(account.scan(home.path()), longest) {
                break output;
            }
            (kills, longest) = (kills + 1, longest + LONGER_BY);
        };
        rounds += 1;
        assert_eq!(totals(&done), truth, "after {kills} kills in {rounds} rounds");
        let left = std::fs::read_dir(home.path().join("scans")).unwrap().map(|entry| entry.unwrap().file_name());
        assert!(left.into_iter().any(|name| name.to_string_lossy().ends_with(".json")));
    }
    println!("scan torture: {kills} kills, {rounds} scans brought to their end, 0 wrong totals");
    rounds
}

#[test]
fn t33_a_scan_killed_at_random_moments_ends_with_the_true_totals() {
    assert!(kill(3) >= 1);
}

#[test]
#[ignore = "some minutes"]
fn a_scan_killed_two_hundred_times_ends_with_the_true_totals() {
    assert!(kill(200) >= 1);
}
