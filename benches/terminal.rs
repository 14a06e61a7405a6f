//! What a person waits for: the first frame, a key's answer while a listing loads, and silence when idle. The release binary in
//! a real pseudo-terminal, against the simulated Azure with a slow line. `cargo bench --bench terminal [-- --json]`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on says so")]

#[path = "../tests/it/support/mod.rs"]
mod support;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use support::pty::{Home, Pty};

const STARTS: usize = 15;
const KEYS: usize = 60;
const IDLE: Duration = Duration::from_secs(4);
/// Long enough for all keys to be pressed while the page is on its way.
const PAGE_MS: u32 = 2_500;

fn main() {
    let first = first_frames();
    let keys = keys_while_loading();
    let idle = idle_bytes();
    if std::env::args().any(|argument| argument == "--json") {
        println!(
            "{{\"first_frame_ms\":{{\"median\":{:.1},\"worst\":{:.1}}},\"key_ms\":{{\"median\":{:.1},\"worst\":{:.1}}},\"idle_bytes\":{idle}}}",
            median(&first),
            worst(&first),
            median(&keys),
            worst(&keys)
        );
        return;
    }
    println!("{:<44} {:>10} {:>10}", "", "median", "worst");
    println!("{:<44} {:>7.1} ms {:>7.1} ms", format!("first frame ({STARTS} starts)"), median(&first), worst(&first));
    println!(
        "{:<44} {:>7.1} ms {:>7.1} ms",
        format!("key to frame while a page loads ({KEYS} keys)"),
        median(&keys),
        worst(&keys)
    );
    println!("{:<44} {idle:>8} B", format!("written in {} idle seconds", IDLE.as_secs()));
}

/// From the start of the process to a screen with the start screen's choices on it.
fn first_frames() -> Vec<f64> {
    let home = Home::new();
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let begun = Instant::now();
        let mut program = home.blobfreight(&[]).start();
        program.shows("New export");
        times.push(milliseconds(begun));
        program.press("q");
        program.wait_exit();
    }
    times
}

/// From a cursor key to the frame that shows it, with one listing under way.
fn keys_while_loading() -> Vec<f64> {
    let home = Home::new();
    let azure = SlowAzure::start(&home);
    let mut program = azure.program(&home);
    program.shows("New export").press("Enter").shows("Way to sign in");
    // The fourth way: the service principal of the environment.
    program.press("Down").press("Down").press("Down").press("Enter");
    program.shows("northlightarchive").press("Tab").press("Enter").shows("footage");
    program.press("Down").press("Down").press("Down").press("Right");
    program.shows("loading");
    let mut times = Vec::new();
    for index in 0..KEYS {
        let before = program.screen();
        let begun = Instant::now();
        program.press(if index % 2 == 0 { "Down" } else { "Up" });
        program.shows_matching(|screen| screen != before, "another frame");
        times.push(milliseconds(begun));
    }
    times
}

fn idle_bytes() -> usize {
    let home = Home::new();
    let mut program = home.blobfreight(&[]).start();
    program.shows("No drafts yet");
    let before = program.bytes_written();
    std::thread::sleep(IDLE);
    program.bytes_written() - before
}

/// The simulated Azure behind a slow line.
struct SlowAzure {
    process: Child,
    endpoints: serde_json::Value,
}

impl SlowAzure {
    fn start(home: &Home) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_blobfreight"))
            .args(["simulate", "--listen", "127.0.0.1:0", "--latency-ms", &PAGE_MS.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the simulated Azure starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output is piped");
        BufReader::new(output).read_line(&mut line).expect("it tells its endpoints");
        let endpoints: serde_json::Value = serde_json::from_str(&line).expect("in JSON");
        let config = format!(
            "cloud = \"sim\"\n[clouds.sim]\narm = {}\nauthority = {}\n",
            endpoints["arm"], endpoints["authority"]
        );
        std::fs::write(home.config(), config).expect("the configuration is written");
        Self { process, endpoints }
    }

    fn program(&self, home: &Home) -> Pty {
        let tenant = self.endpoints["tenant"].as_str().expect("it names its tenant").to_owned();
        home.blobfreight(&[])
            .env("AZURE_TENANT_ID", tenant)
            .env("AZURE_CLIENT_ID", "11111111-2222-3333-4444-555555555555")
            .env("AZURE_CLIENT_SECRET", "anything")
            .start()
    }
}

impl Drop for SlowAzure {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

fn worst(times: &[f64]) -> f64 {
    times.iter().copied().fold(0.0, f64::max)
}
