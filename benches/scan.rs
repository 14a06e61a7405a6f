//! Measures scans of a made-up account over loopback and prints one JSON line per case: `cargo bench --bench scan`.
//!
//! Server and scan are processes of their own, so that CPU time and peak memory are the scan's alone; both share the
//! machine's cores, and the wall time includes what the server needs. `-- --full` adds ten million blobs.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made ends the program")]

#[path = "../tests/scan_server/mod.rs"]
#[expect(dead_code, reason = "a measured service does not misbehave")]
mod scan_server;

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use blobfreight::scan::{Access, Options, Source, run};
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
    let bench: Box<dyn Listing> = Box::new(Generated { blobs: number(2), flat: number(4) == 1 });
    let server = Server::start(vec![("bench".into(), bench)], Duration::from_millis(number(3) as u64)).await;
    println!("{}", server.endpoint());
    std::future::pending::<()>().await;
}

async fn measure() {
    let source = Source::new(&std::env::args().nth(2).unwrap(), Access::Open).unwrap();
    let folders = number(3);
    let rules: Vec<Rule> = match folders {
        0 => vec![Rule::Prefix("/bench/".into())],
        many => (0..many).map(|folder| Rule::Prefix(format!("/bench/d{folder:05}/"))).collect(),
    };
    let options = Options { concurrency: number(4), ..Options::default() };
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

fn cases() {
    let measured = std::env::args().any(|argument| argument == "--bench");
    let full = std::env::args().any(|argument| argument == "--full");
    let mut cases = vec![("smoke", 20_000, 0, false, 0)];
    if measured {
        cases.push(("one rule", 1_000_000, 0, false, 0));
        cases.push(("one rule, 30 ms", 1_000_000, 30, false, 0));
        cases.push(("a rule per folder", 1_000_000, 0, false, 1000));
        cases.push(("flat", 1_000_000, 0, true, 0));
    }
    if full {
        cases.push(("ten million", 10_000_000, 0, false, 0));
    }
    for (name, blobs, latency, flat, folders) in cases {
        let text = |number: usize| number.to_string();
        let (mut server, endpoint) = spawn(&["serve".into(), text(blobs), text(latency), text(usize::from(flat))]);
        let (mut scan, line) = spawn(&["measure".into(), endpoint, text(folders), text(16)]);
        scan.wait().unwrap();
        server.kill().unwrap();
        server.wait().unwrap();
        let mut value: Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&value["blobs"], &value["complete"]), (&json!(blobs), &json!(true)));
        value["case"] = json!(name);
        println!("{value}");
    }
}

/// User and system time of this process, from Linux's own books; 0 elsewhere.
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
