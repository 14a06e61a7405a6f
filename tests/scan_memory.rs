//! The memory of a count does not grow with the number of blobs, whatever they lie in. Each count is a process of its own, since its memory
//! is what is measured: this test starts itself again. `cargo bench --bench scan` measures the same with the optimised program.

#![allow(clippy::unwrap_used, reason = "a broken fixture is a failed test; other systems have nothing of this file")]
#![cfg(target_os = "linux")]

#[path = "it/support/arrow_pages.rs"]
#[expect(dead_code, reason = "the measured service answers in XML")]
mod arrow_pages;
#[path = "it/http/scan/server/mod.rs"]
#[expect(dead_code, unused_imports, reason = "a measured service does not misbehave")]
mod scan_server;

use std::process::Command;
use std::time::Duration;

use blobfreight::scan::{ScanOptions, run};
use blobfreight::select::Rule;
use scan_server::{Listing, Server};

/// The environment variable with the address of the server, for the process that counts.
const ADDRESS: &str = "BLOBFREIGHT_TEST_COUNTED_ADDRESS";

/// The same for how many rules there are.
const RULES: &str = "BLOBFREIGHT_TEST_COUNTED_RULES";

/// Where blobs lie.
#[derive(Clone, Copy, Debug)]
enum Layout {
    /// So many in each folder.
    Folders(usize),
    /// All beside each other.
    Flat,
    /// The same, with names as long as they may be.
    LongNames,
    /// A large blob, of which the drives are packed one by one.
    LargeBlobs,
    /// A snapshot for each blob, and findings.
    Snapshots,
}

struct Generated {
    blobs: usize,
    layout: Layout,
}

impl Listing for Generated {
    fn len(&self) -> usize {
        self.blobs
    }

    fn name(&self, at: usize) -> String {
        match self.layout {
            Layout::Folders(each) => format!("d{:06}/f{at:08}.bin", at / each),
            Layout::LongNames => format!("{at:08}{}", "-long".repeat(200)),
            Layout::Snapshots => format!("f{:08}.bin", at / 2),
            Layout::Flat | Layout::LargeBlobs => format!("f{at:08}.bin"),
        }
    }

    fn entry(&self, at: usize, _: bool, page: &mut Vec<u8>) {
        let snapshot = matches!(self.layout, Layout::Snapshots) && at.is_multiple_of(2);
        let snapshot = if snapshot { "<Snapshot>2026-01-01T00:00:00.0000000Z</Snapshot>" } else { "" };
        let size = if matches!(self.layout, Layout::LargeBlobs) { (1_usize << 30) + at } else { at };
        let name = self.name(at);
        let entry = format!(
            "<Blob><Name>{name}</Name>{snapshot}<Properties><Content-Length>{size}</Content-Length>\
             <BlobType>AppendBlob</BlobType><LeaseState>leased</LeaseState></Properties></Blob>"
        );
        page.extend_from_slice(entry.as_bytes());
    }
}

/// Counts in a process of its own; gives its greatest memory in KiB.
async fn peak(layout: Layout, blobs: usize, containers: usize, rules: usize) -> u64 {
    let container = |at: usize| {
        let listing: Box<dyn Listing> = Box::new(Generated { blobs: blobs / containers, layout });
        (format!("c{at:06}"), listing)
    };
    let server = Server::start((0..containers).map(container).collect(), Duration::ZERO).await;
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "counting_process", "--nocapture"]);
    command.env(ADDRESS, server.endpoint()).env(RULES, rules.to_string());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let line = text.lines().find(|line| line.contains("counted ")).unwrap_or_else(|| unreachable!("{text}"));
    let numbers: Vec<u64> = line.split(' ').filter_map(|word| word.parse().ok()).collect();
    assert_eq!(numbers[0], blobs as u64, "{line}");
    numbers[1]
}

/// The process that counts, where there is something to count.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counting_process() {
    let Ok(address) = std::env::var(ADDRESS) else { return };
    let rules = match std::env::var(RULES).unwrap().parse::<usize>().unwrap() {
        0 => vec![Rule::Prefix("/".into())],
        many => (0..many).map(|folder| Rule::Prefix(format!("/c000000/d{folder:06}/"))).collect(),
    };
    let folder = tempfile::tempdir().unwrap();
    let checkpoint = Some(folder.path().join("scan.json"));
    let options = ScanOptions { checkpoint, page_size: 1000, ..ScanOptions::default() };
    let report = run(&Server::source_of(&address), &rules, &options, |_| {}).await.unwrap();
    assert!(report.complete);
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    println!("\ncounted {} {}", report.totals.blobs + report.totals.snapshots, peak.trim().trim_end_matches(" kB"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t38_four_times_as_many_blobs_take_no_more_memory() {
    let cases = [
        (Layout::Folders(10), 1, 0),
        (Layout::Folders(100), 1, 2_000),
        (Layout::Flat, 1, 0),
        (Layout::Flat, 100, 0),
        (Layout::LongNames, 1, 0),
        (Layout::LargeBlobs, 1, 0),
        (Layout::Snapshots, 1, 0),
    ];
    for (layout, containers, rules) in cases {
        let blobs = if matches!(layout, Layout::LongNames) { 40_000 } else { 100_000 };
        let small = peak(layout, blobs, containers, rules / 2).await;
        let large = peak(layout, blobs * 4, containers, rules * 2).await;
        println!("{layout:?}, {containers} containers, {rules} rules: {small} and {large} KiB");
        assert!(large < 64 * 1024, "{layout:?}: {large} KiB");
        assert!(large < small + 12 * 1024, "{layout:?}: {small} and then {large} KiB");
    }
}
