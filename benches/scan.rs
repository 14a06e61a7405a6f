//! Measures scans of a generated account over loopback and prints a table: `cargo bench --bench scan`. `-- --json` prints a
//! JSON line per row instead. Where rclone and GNU time are installed, rclone counts the same account.
//!
//! The simulator's generated account is counted in Apache Arrow and in XML. Beside each stands its floor: the same pages, received by the same
//! client and not read.
//!
//! Server and scan are processes of their own, so that CPU time and peak memory are the scan's alone; both share the
//! machine's cores, and the wall time includes what the server needs. `-- --full` adds ten million blobs; `-- --huge` counts a hundred million
//! and nothing else, and says how long a thousand and ten thousand million would take at the same rate.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made ends the program")]

#[path = "../tests/it/support/arrow_pages.rs"]
#[expect(dead_code, reason = "the measured service answers in XML")]
mod arrow_pages;
#[path = "../tests/it/http/scan/server/mod.rs"]
#[expect(dead_code, unused_imports, reason = "a measured service does not misbehave")]
mod scan_server;

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use blobfreight::azure::{Azure, credentials::AccountAccess, session::SessionOptions};
use blobfreight::scan::{BlobSource, ScanOptions, run};
use blobfreight::select::Rule;
use blobfreight::sim::{self, SimOptions, Synthetic};
use scan_server::{Listing, Server};
use serde_json::{Value, json};

/// `blobs` blobs in folders of a thousand, with list entries of about 1 KB.
struct Generated {
    blobs: usize,
    flat: bool,
}

impl Listing for Generated {
    fn len(&self) -> usize {
        self.blobs
    }
    fn name(&self, at: usize) -> String {
        if self.flat { format!("f{at:08}.bin") } else { format!("d{:05}/f{:08}.bin", at / 1000, at) }
    }
    fn entry(&self, at: usize, _: bool, page: &mut Vec<u8>) {
        page.extend_from_slice(b"<Blob><Name>");
        page.extend_from_slice(self.name(at).as_bytes());
        page.extend_from_slice(b"</Name><VersionId>2026-02-03T04:05:06.1234567Z</VersionId><IsCurrentVersion>true</IsCurrentVersion><Properties><Creation-Time>Tue, 03 Feb 2026 04:05:06 GMT</Creation-Time><Last-Modified>Tue, 03 Feb 2026 04:05:06 GMT</Last-Modified><Etag>0x8DC2481632641AB</Etag><Content-Length>1048576</Content-Length><Content-Type>application/octet-stream</Content-Type><Content-Encoding /><Content-Language /><Content-CRC64 /><Content-MD5>1B2M2Y8AsgTpgAmY7PhCfg==</Content-MD5><Cache-Control /><Content-Disposition /><BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier><AccessTierInferred>true</AccessTierInferred><LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState><ServerEncrypted>true</ServerEncrypted><TagCount>0</TagCount><LastAccessTime>Tue, 03 Feb 2026 04:05:06 GMT</LastAccessTime><EncryptionScope>$account-encryption-key</EncryptionScope></Properties><OrMetadata /></Blob>");
    }
}

fn number(at: usize) -> usize {
    std::env::args().nth(at).unwrap().parse().unwrap()
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("serve") => serve().await,
        Some("measure") => measure().await,
        Some("simulate") => simulate().await,
        Some("measure-simulated") => measure_simulated().await,
        _ => cases(),
    }
}

async fn serve() {
    let account: Box<dyn Listing> = Box::new(Generated { blobs: number(2), flat: number(4) == 1 });
    let server = Server::start(vec![("bench".into(), account)], Duration::from_millis(number(3) as u64)).await;
    println!("{}", server.endpoint());
    std::future::pending::<()>().await;
}

async fn measure() {
    let source = Server::source_of(&std::env::args().nth(2).unwrap());
    let folders = number(3);
    let rules: Vec<Rule> = match folders {
        0 => vec![Rule::Prefix("/bench/".into())],
        many => (0..many).map(|folder| Rule::Prefix(format!("/bench/d{folder:05}/"))).collect(),
    };
    let options = ScanOptions { concurrency: number(4), ..ScanOptions::default() };
    let began = Instant::now();
    let report = run(&source, &rules, &options, |_| {}).await.unwrap();
    let seconds = began.elapsed().as_secs_f64();
    let value = json!({
        "blobs": report.totals.blobs, "complete": report.complete, "requests": report.requests,
        "seconds": seconds, "cpu_seconds": cpu_seconds(), "peak_kib": peak_kib(),
    });
    println!("{value}");
}

async fn simulate() {
    let synthetic = Some(Synthetic { blobs: number(2) as u64 });
    let latency = Duration::from_millis(number(3) as u64);
    let sim = sim::start(SimOptions { synthetic, latency, ..SimOptions::default() }).await.unwrap();
    println!("{} {}", sim.endpoints().blob, sim.endpoints().storage_key);
    std::future::pending::<()>().await;
}

/// Counts the simulator's generated account, or only receives its pages.
async fn measure_simulated() {
    let text = |at: usize| std::env::args().nth(at).unwrap();
    let (endpoint, blobs, read) = (text(2), number(4), text(6) == "count");
    let access = format!("BlobEndpoint={endpoint};AccountKey={}", text(3));
    let access = AccountAccess::from_connection_string(&access.into()).unwrap();
    let options = SessionOptions { arrow: text(5) == "arrow", ..SessionOptions::default() };
    let azure = Azure::for_account_with(access, options);
    let began = Instant::now();
    let (counted, requests) = if read {
        let source = BlobSource::new(&endpoint, azure).unwrap();
        let options = ScanOptions { concurrency: 16, ..ScanOptions::default() };
        let report = run(&source, &[Rule::Prefix("/bench/".into())], &options, |_| {}).await.unwrap();
        assert!(report.complete);
        (report.totals.blobs, report.requests)
    } else {
        receive(&azure, &endpoint, blobs).await
    };
    let seconds = began.elapsed().as_secs_f64();
    let value = json!({
        "blobs": counted, "complete": true, "requests": requests,
        "seconds": seconds, "cpu_seconds": cpu_seconds(), "peak_kib": peak_kib(),
    });
    println!("{value}");
}

/// Receives every page, sixteen at a time, and reads none.
async fn receive(azure: &Azure, endpoint: &str, blobs: usize) -> (u64, u64) {
    let next = Arc::new(AtomicUsize::new(0));
    let mut lanes = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let (azure, endpoint, next) = (azure.clone(), endpoint.to_owned(), Arc::clone(&next));
        lanes.spawn(async move {
            loop {
                let page = next.fetch_add(1, Ordering::SeqCst);
                if page * 5000 >= blobs {
                    return;
                }
                let from = format!("d{:04}/blob-{:04}.dat", page * 5, 0);
                let query = [("maxresults", "5000"), ("startFrom", from.as_str())];
                let mut chunks = azure.listing_chunks("receive", &endpoint, Some("bench"), &query).await.unwrap();
                while chunks.next().await.unwrap().is_some() {}
            }
        });
    }
    lanes.join_all().await;
    (blobs as u64, blobs.div_ceil(5000) as u64)
}

/// The rows of the simulator's account.
fn simulated(case: &Case<'_>, as_json: bool) {
    let (mut server, line) = spawn(&["simulate".into(), case.blobs.to_string(), case.latency.to_string()]);
    let (endpoint, key) = line.split_once(' ').unwrap();
    for (form, read, client) in [
        ("arrow", "count", "blobfreight, Apache Arrow"),
        ("arrow", "receive", "floor, Apache Arrow"),
        ("xml", "count", "blobfreight, XML"),
        ("xml", "receive", "floor, XML"),
    ] {
        if case.name == HUGE && (form, read) != ("arrow", "count") {
            continue;
        }
        let arguments = ["measure-simulated", endpoint, key, &case.blobs.to_string(), form, read].map(str::to_owned);
        let (mut scan, line) = spawn(&arguments);
        scan.wait().unwrap();
        let value: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["blobs"], json!(case.blobs));
        if case.name == HUGE && !as_json {
            let seconds = value["seconds"].as_f64().unwrap_or(0.0);
            println!("at this rate 10^9 blobs take {:.0} minutes and 10^10 {:.1} hours", seconds / 6.0, seconds / 36.0);
        }
        let name = format!("simulator, {}", case.name);
        print_row(&Case { name: &name, ..*case }, client, value, as_json);
    }
    server.kill().unwrap();
    server.wait().unwrap();
}

fn spawn(arguments: &[String]) -> (Child, String) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let mut child = command.args(arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, line.trim().to_owned())
}

/// The case of a hundred million blobs.
const HUGE: &str = "a hundred million";

/// One account to list, and how it is listed.
#[derive(Clone, Copy)]
struct Case<'a> {
    name: &'a str,
    blobs: usize,
    /// Milliseconds before every answer.
    latency: usize,
    flat: bool,
    /// Rules, one for each of so many folders; 0 for one rule over all.
    folders: usize,
    /// Lists it with rclone, too.
    with_rclone: bool,
    /// Counts as many blobs of the simulator, too.
    simulated: bool,
}

fn all_cases(full: bool) -> Vec<Case<'static>> {
    let one = Case {
        name: "one rule",
        blobs: 1_000_000,
        latency: 0,
        flat: false,
        folders: 0,
        with_rclone: true,
        simulated: true,
    };
    let mut cases = vec![
        one,
        Case { name: "a rule per folder", simulated: false, folders: 1000, with_rclone: false, ..one },
        Case { name: "no folders at all", flat: true, simulated: false, ..one },
        Case { name: "one rule, 30 ms a request", latency: 30, ..one },
        Case {
            name: "no folders at all, 30 ms a request",
            latency: 30,
            simulated: false,
            flat: true,
            with_rclone: false,
            ..one
        },
    ];
    if full {
        cases.push(Case { name: "ten million", blobs: 10_000_000, with_rclone: false, ..one });
    }
    cases
}

fn cases() {
    let given = |wanted: &str| std::env::args().any(|argument| argument == wanted);
    let smoke =
        Case { name: "smoke", blobs: 20_000, latency: 0, flat: false, folders: 0, with_rclone: false, simulated: true };
    // `cargo test` runs benches without this argument: then it is only seen whether they run.
    let cases = match given("--bench") {
        true if given("--huge") => vec![Case { name: HUGE, blobs: 100_000_000, ..smoke }],
        true => all_cases(given("--full")),
        false => vec![smoke],
    };
    if !given("--json") {
        println!("| case | client | wall s | CPU s | peak MiB | blobs a second |");
        println!("|---|---|---|---|---|---|");
    }
    for case in cases {
        if case.simulated {
            simulated(&case, given("--json"));
        }
        if case.name == HUGE {
            continue;
        }
        let text = |number: usize| number.to_string();
        let arguments = ["serve".into(), text(case.blobs), text(case.latency), text(usize::from(case.flat))];
        let (mut server, endpoint) = spawn(&arguments);
        let (mut scan, line) = spawn(&["measure".into(), endpoint.clone(), text(case.folders), text(16)]);
        scan.wait().unwrap();
        let value: Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&value["blobs"], &value["complete"]), (&json!(case.blobs), &json!(true)));
        print_row(&case, "blobfreight", value, given("--json"));
        if case.with_rclone {
            for (name, how) in [("rclone --fast-list", "--fast-list"), ("rclone", "--disable=ListR")] {
                if let Some(value) = rclone(&endpoint, how) {
                    assert_eq!(value["blobs"], json!(case.blobs));
                    print_row(&case, name, value, given("--json"));
                }
            }
        }
        server.kill().unwrap();
        server.wait().unwrap();
    }
}

fn print_row(case: &Case<'_>, client: &str, mut value: Value, as_json: bool) {
    if as_json {
        (value["case"], value["client"]) = (json!(case.name), json!(client));
        println!("{value}");
        return;
    }
    let number = |key: &str| value[key].as_f64().unwrap_or(0.0);
    let seconds = number("seconds");
    println!(
        "| {}, {} blobs | {client} | {seconds:.2} | {:.2} | {:.0} | {:.0} |",
        case.name,
        case.blobs,
        number("cpu_seconds"),
        number("peak_kib") / 1024.0,
        number("blobs") / seconds,
    );
}

/// Counts the same account with rclone, where it is installed. GNU time measures its time and memory.
fn rclone(endpoint: &str, how: &str) -> Option<Value> {
    let began = Instant::now();
    let output = Command::new("/usr/bin/time")
        .args(["-f", "%U %S %M", "rclone", "size", "--json", "--checkers", "16", how])
        .args(["--config", "/dev/null", "--azureblob-sas-url", &format!("{endpoint}?sv=2021-12-02&sig=none")])
        .arg(":azureblob:bench")
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let seconds = began.elapsed().as_secs_f64();
    let counted: Value = serde_json::from_slice(&output.stdout).ok()?;
    let measured = String::from_utf8(output.stderr).ok()?;
    let measured: Vec<f64> = measured.lines().last()?.split(' ').filter_map(|number| number.parse().ok()).collect();
    let [user, system, peak] = measured[..] else { return None };
    Some(json!({ "blobs": counted["count"], "seconds": seconds, "cpu_seconds": user + system, "peak_kib": peak }))
}

/// User and system time of this process, as Linux counts it; 0 elsewhere.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name in parentheses, user time is the 13th text between blanks and system time the 14th, in hundredths.
    let fields = stat.rsplit(')').next().unwrap_or("").split(' ').skip(12).take(2);
    fields.filter_map(|field| field.parse::<u32>().ok()).map(f64::from).sum::<f64>() / 100.0
}

fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
    peak.trim().trim_end_matches(" kB").parse().unwrap_or(0)
}
