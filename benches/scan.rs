//! Measures scans of a generated account over loopback and prints a table: `cargo bench --bench scan`. `-- --json` prints a
//! JSON line per row instead. Where rclone and GNU time are installed, rclone counts the same account.
//!
//! Server and scan are processes of their own, so that CPU time and peak memory are the scan's alone; both share the
//! machine's cores, and the wall time includes what the server needs. `-- --full` adds ten million blobs.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made ends the program")]

#[path = "../tests/it/http/scan/server.rs"]
#[expect(dead_code, reason = "a measured service does not misbehave")]
mod scan_server;

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use blobfreight::scan::{ScanOptions, run};
use blobfreight::select::Rule;
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
    let source = scan_server::source(&std::env::args().nth(2).unwrap());
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

fn spawn(arguments: &[String]) -> (Child, String) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let mut child = command.args(arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, line.trim().to_owned())
}

/// One account to list, and how it is listed.
#[derive(Clone, Copy)]
struct Case {
    name: &'static str,
    blobs: usize,
    /// Milliseconds before every answer.
    latency: usize,
    flat: bool,
    /// Rules, one for each of so many folders; 0 for one rule over all.
    folders: usize,
    /// Lists it with rclone, too.
    with_rclone: bool,
}

fn all_cases(full: bool) -> Vec<Case> {
    let one = Case { name: "one rule", blobs: 1_000_000, latency: 0, flat: false, folders: 0, with_rclone: true };
    let mut cases = vec![
        one,
        Case { name: "a rule per folder", folders: 1000, with_rclone: false, ..one },
        Case { name: "no folders at all", flat: true, ..one },
        Case { name: "one rule, 30 ms a request", latency: 30, ..one },
        Case { name: "no folders at all, 30 ms a request", latency: 30, flat: true, with_rclone: false, ..one },
    ];
    if full {
        cases.push(Case { name: "ten million", blobs: 10_000_000, with_rclone: false, ..one });
    }
    cases
}

fn cases() {
    let given = |wanted: &str| std::env::args().any(|argument| argument == wanted);
    let smoke = Case { name: "smoke", blobs: 20_000, latency: 0, flat: false, folders: 0, with_rclone: false };
    // `cargo test` runs benches without this argument: then it is only seen whether they run.
    let cases = if given("--bench") { all_cases(given("--full")) } else { vec![smoke] };
    if !given("--json") {
        println!("| case | client | wall s | CPU s | peak MiB | blobs a second |");
        println!("|---|---|---|---|---|---|");
    }
    for case in cases {
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

fn print_row(case: &Case, client: &str, mut value: Value, as_json: bool) {
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
