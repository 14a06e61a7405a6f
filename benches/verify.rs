//! Measures the check of drives and prints a table: `cargo bench --bench verify [-- GIGABYTES] [--disk FOLDER]`. The data lies in memory
//! (`/dev/shm`), so that the disk of this machine is not measured. `md5sum -c`, rclone and hashdeep check the same files where they are
//! installed. With `--disk` a file in that folder is read from the disk itself instead, in turns by `dd` and by the check.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot be made ends the program")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use blobfreight::verify::engine::{CheckMeter, CheckRequest, JobLogs, NamedDrive, check_with};
use blobfreight::verify::hash::{ChosenHasher, Crc64, PlainMd5, choose, md5_of};
use blobfreight::verify::rules::md5_text;

/// Bytes of a block.
const BLOCK: usize = 4 << 20;
/// Runs of each row; the fastest counts.
const RUNS: usize = 3;

/// Files, with a manifest, a list for md5sum and a verbose log.
struct BenchDrive {
    folder: PathBuf,
    bytes: u64,
}

impl BenchDrive {
    fn new(place: &Path, name: &str, lengths: &[usize]) -> Self {
        let folder = place.join(format!("blobfreight-bench-{}-{name}", std::process::id()));
        let (drive, logs) = (folder.join("drive"), folder.join("logs"));
        fs::create_dir_all(drive.join("c")).unwrap();
        fs::create_dir_all(&logs).unwrap();
        let (mut blobs, mut sums, mut log) = (String::new(), String::new(), String::new());
        let mut random = fastrand::Rng::with_seed(7);
        for (number, bytes) in lengths.iter().copied().enumerate() {
            let mut content = vec![0; bytes];
            random.fill(&mut content[..bytes.min(BLOCK)]);
            let (first, rest) = content.split_at_mut(bytes.min(BLOCK));
            for block in rest.chunks_mut(BLOCK) {
                block.copy_from_slice(&first[..block.len()]);
                block[0] ^= 0x55;
            }
            fs::write(drive.join(format!("c/{number}")), &content).unwrap();
            let mut crc = Crc64::default();
            crc.update(&content);
            writeln!(sums, "{}  c/{number}", md5_text(&md5_of(&content)).to_lowercase()).unwrap();
            write!(
                log,
                "<File CloudFormat=\"BlockBlob\" Path=\"c/{number}\" Size=\"{bytes}\" crc64=\"{}\">\n</File>\n",
                crc.sum()
            )
            .unwrap();
            write!(blobs, "<Blob><BlobPath>c/{number}</BlobPath><FilePath>\\c\\{number}</FilePath><Length>{bytes}</Length><BlockList>").unwrap();
            for (index, block) in content.chunks(BLOCK).enumerate() {
                let hash = md5_text(&md5_of(block));
                write!(blobs, "<Block Offset=\"{}\" Length=\"{}\" Hash=\"{hash}\"/>", index * BLOCK, block.len())
                    .unwrap();
            }
            blobs.push_str("</BlockList></Blob>\n");
        }
        let manifest = format!(
            "<DriveManifest Version=\"2014-11-01\"><Drive><DriveId>D1</DriveId><BlobList>{blobs}</BlobList></Drive></DriveManifest>"
        );
        fs::write(folder.join("D1.manifest"), manifest).unwrap();
        fs::write(drive.join("sums.md5"), sums).unwrap();
        fs::write(logs.join("job_D1_VerboseLog.xml"), log).unwrap();
        Self { folder, bytes: lengths.iter().sum::<usize>() as u64 }
    }

    fn drive(&self) -> PathBuf {
        self.folder.join("drive")
    }

    /// Checks it against its manifest or, with `logs`, against its verbose log.
    fn check(&self, chosen: &ChosenHasher, readers: Option<usize>, logs: bool) {
        let source = self.folder.join(if logs { "logs" } else { "manifests" });
        if !logs {
            fs::create_dir_all(&source).unwrap();
            fs::copy(self.folder.join("D1.manifest"), source.join("D1.manifest")).unwrap();
        }
        let request = CheckRequest {
            drives: vec![NamedDrive { folder: self.drive(), drive_id: None }],
            logs: JobLogs::read(&source).unwrap(),
            readers,
            ..CheckRequest::default()
        };
        let report = check_with(&request, &CheckMeter::default(), chosen);
        assert_eq!(report.status(), 0, "{:?}", report.drives[0].counts());
    }
}

impl Drop for BenchDrive {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// Gigabytes a second of the fastest run.
fn rate(bytes: u64, run: impl Fn()) -> f64 {
    (0..RUNS).map(|_| once(bytes, &run)).fold(0.0, f64::max)
}

/// Gigabytes a second of one run.
fn once(bytes: u64, run: impl Fn()) -> f64 {
    let begun = Instant::now();
    run();
    #[expect(clippy::cast_precision_loss, reason = "a rate needs few digits")]
    let gigabytes = bytes as f64 / 1e9;
    gigabytes / begun.elapsed().as_secs_f64()
}

/// Runs another program; whether it is there and succeeds.
fn peer(program: &str, arguments: &[&str], folder: &Path) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn row(name: &str, rates: &[Option<f64>]) {
    let told: String =
        rates.iter().map(|rate| rate.map_or(format!("{:>14}", "-"), |rate| format!("{rate:>9.2} GB/s"))).collect();
    println!("{name:<44}{told}");
}

/// Takes the files of a drive out of the system's cache.
#[cfg(target_os = "linux")]
fn make_cold(drive: &Path) {
    use rustix::fs::{Advice, fadvise};
    for entry in fs::read_dir(drive.join("c")).unwrap() {
        let file = fs::File::open(entry.unwrap().path()).unwrap();
        file.sync_all().unwrap();
        fadvise(&file, 0, None, Advice::DontNeed).unwrap();
    }
}

/// One large file on a disk, read in turns by `dd` and by the check: the disk is the limit, and the check must not read it slower.
#[cfg(target_os = "linux")]
fn cold_disk(place: &Path, gigabytes: usize) {
    let drive = BenchDrive::new(place, "cold", &[gigabytes << 30]);
    let input = format!("if={}", drive.drive().join("c/0").display());
    let fast = choose();
    let mut rates = [0.0_f64; 3];
    for _ in 0..RUNS {
        let runs: [&dyn Fn(); 3] = [
            &|| assert!(peer("dd", &[&input, "of=/dev/null", "bs=4M"], place)),
            &|| drive.check(&fast, Some(1), false),
            &|| drive.check(&fast, Some(2), false),
        ];
        for (best, run) in rates.iter_mut().zip(runs) {
            make_cold(&drive.drive());
            *best = best.max(once(drive.bytes, run));
        }
    }
    println!("{:<44}{:>14}{:>14}", format!("{gigabytes} GiB on a disk, cold"), "one file", "of dd's rate");
    for (name, rate) in ["dd bs=4M", "blobfreight verify, one reader in order", "  two readers"].iter().zip(rates) {
        println!("{name:<44}{rate:>9.2} GB/s{:>12.0} %", rate / rates[0] * 100.0);
    }
}

#[cfg(not(target_os = "linux"))]
fn cold_disk(_: &Path, _: usize) {
    println!("The cache of files can be emptied on Linux only.");
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let gigabytes = words.iter().find_map(|word| word.parse::<usize>().ok()).unwrap_or(2);
    if let Some(at) = words.iter().position(|word| word == "--disk") {
        return cold_disk(Path::new(words.get(at + 1).expect("--disk FOLDER")), gigabytes);
    }
    let memory = Path::new("/dev/shm");
    let mean = (gigabytes << 30) / 10_000;
    let mut random = fastrand::Rng::with_seed(9);
    let unequal: Vec<usize> = (0..10_000).map(|_| random.usize(0..=2 * mean)).collect();
    let drives = [
        BenchDrive::new(memory, "large", &[gigabytes << 30]),
        BenchDrive::new(memory, "small", &vec![mean; 10_000]),
        BenchDrive::new(memory, "unequal", &unequal),
    ];
    let each = |run: &dyn Fn(&BenchDrive)| drives.each_ref().map(|drive| Some(rate(drive.bytes, || run(drive))));
    let fast = choose();
    let plain = ChosenHasher { hasher: Box::new(PlainMd5), reason: None };
    println!(
        "{:<44}{:>14}{:>14}{:>14}",
        format!("{gigabytes} GiB in memory"),
        "one file",
        "10,000 files",
        "of any size"
    );
    row(
        &format!("blobfreight verify, MD5 ({})", fast.hasher.name()),
        &each(&|drive| drive.check(&fast, Some(2), false)),
    );
    row("  one reader in order", &each(&|drive| drive.check(&fast, Some(1), false)));
    row("  plain hasher (md-5)", &each(&|drive| drive.check(&plain, Some(2), false)));
    row("blobfreight verify, CRC-64 of a verbose log", &each(&|drive| drive.check(&fast, Some(2), true)));
    let sums = ["-c", "--quiet", "sums.md5"];
    row("md5sum -c", &each(&|drive| assert!(peer("md5sum", &sums, &drive.drive()))));
    for (name, program, arguments) in [
        ("rclone checksum MD5", "rclone", vec!["checksum", "MD5", "sums.md5", "."]),
        ("hashdeep -j2 -c md5", "hashdeep", vec!["-j2", "-c", "md5", "-r", "c"]),
    ] {
        if peer(program, &arguments, &drives[1].drive()) {
            row(name, &each(&|drive| assert!(peer(program, &arguments, &drive.drive()))));
        } else {
            println!("{name:<44}  not installed");
        }
    }
}
