//! `blobfreight verify` as a program: exit statuses, reports, refusals, and what happens when it is stopped or killed.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use blobfreight::verify::hash::md5_of;
use blobfreight::verify::rules::md5_text;
use serde_json::Value;

#[cfg(target_os = "linux")]
use crate::support::peak::peak_of;

/// A drive with that many files of that many bytes, and room for the program's own files beside it.
struct ReturnedDrive {
    place: tempfile::TempDir,
}

impl ReturnedDrive {
    fn new(files: usize, bytes: usize) -> Self {
        let drive = Self { place: tempfile::tempdir().unwrap() };
        fs::create_dir_all(drive.root().join("c")).unwrap();
        let mut blobs = String::new();
        for number in 0..files {
            let content: Vec<u8> = (0..bytes).map(|at| (at / 7 + number).to_le_bytes()[0]).collect();
            fs::write(drive.file(number), &content).unwrap();
            let mut blocks = String::new();
            for (index, block) in content.chunks(64 * 1024).enumerate() {
                let (offset, hash) = (index * 64 * 1024, md5_text(&md5_of(block)));
                write!(blocks, "<Block Offset=\"{offset}\" Length=\"{}\" Hash=\"{hash}\"/>", block.len()).unwrap();
            }
            write!(
                blobs,
                "<Blob><BlobPath>c/{number}</BlobPath><FilePath>\\c\\{number}</FilePath><Length>{bytes}</Length><BlockList>{blocks}</BlockList></Blob>"
            )
            .unwrap();
        }
        let manifest = format!(
            "<DriveManifest Version=\"2014-11-01\"><Drive><DriveId>D1</DriveId><BlobList>{blobs}</BlobList></Drive></DriveManifest>"
        );
        fs::write(drive.root().join("D1.manifest"), manifest).unwrap();
        drive
    }

    fn root(&self) -> PathBuf {
        self.place.path().join("drive")
    }

    fn file(&self, number: usize) -> PathBuf {
        self.root().join("c").join(number.to_string())
    }

    fn flip(&self, number: usize) {
        let mut content = fs::read(self.file(number)).unwrap();
        content[10] ^= 1;
        fs::write(self.file(number), content).unwrap();
    }

    fn command(&self, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
        command
            .arg("verify")
            .args(more)
            .arg(self.root())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for name in ["BLOBFREIGHT_DATA_DIR", "BLOBFREIGHT_STATE_DIR"] {
            command.env(name, self.place.path().join("state"));
        }
        command.env("BLOBFREIGHT_CONFIG", self.place.path().join("none.toml"));
        command
    }

    fn run(&self, more: &[&str]) -> Output {
        self.command(more).output().unwrap()
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What a check without a break says; the names of hashers and the like are the same in each.
fn findings(output: &Output) -> Value {
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)));
    report["drives"][0].clone()
}

#[test]
fn the_exit_status_is_0_for_right_1_for_damaged_or_missing_and_2_for_not_checked() {
    let drive = ReturnedDrive::new(12, 100_000);
    let right = drive.run(&[]);
    assert_eq!(right.status.code(), Some(0), "{}", text(&right.stdout));
    assert!(text(&right.stdout).ends_with("Everything promised is there and right.\n") && right.stderr.is_empty());
    drive.flip(3);
    fs::remove_file(drive.file(5)).unwrap();
    let damaged = drive.run(&[]);
    let said = text(&damaged.stdout);
    assert_eq!(damaged.status.code(), Some(1));
    assert!(
        said.contains("\\c\\3, bytes 0 to 65536")
            && said.contains("\\c\\5")
            && said.contains("To fetch again: 2 blobs")
    );
    fs::remove_file(drive.root().join("D1.manifest")).unwrap();
    assert_eq!(drive.run(&[]).status.code(), Some(2));
}

#[test]
fn reports_are_written_in_each_form_and_the_table_has_every_blob() {
    let drive = ReturnedDrive::new(8, 5_000);
    drive.flip(2);
    let paths: Vec<PathBuf> =
        ["r.txt", "r.html", "r.json", "r.csv"].iter().map(|name| drive.place.path().join(name)).collect();
    let arguments: Vec<&str> = paths.iter().flat_map(|path| ["--report", path.to_str().unwrap()]).collect();
    assert_eq!(drive.run(&arguments).status.code(), Some(1));
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    assert!(read(&paths[0]).contains("Parts with other bytes") && read(&paths[1]).starts_with("<!DOCTYPE html>"));
    assert_eq!(serde_json::from_str::<Value>(&read(&paths[2])).unwrap()["status"], 1);
    let table = read(&paths[3]);
    assert_eq!(table.lines().count(), 9);
    assert_eq!(table.matches(",right,,").count(), 7);
    assert!(table.contains("D1,c/2,,\\c\\2,5000,damage,wrong-hash,"));
}

#[test]
fn wrong_arguments_are_refused_before_anything_is_read() {
    let drive = ReturnedDrive::new(1, 10);
    for (more, word) in [
        (vec!["--report", "r.pdf"], ".html"),
        (vec!["--report", "/nowhere/at/all/r.csv"], "folder is not there"),
        (vec!["--job", "no-such-job"], "no file and no job of a draft"),
        (vec!["--drive-id", "A", "--drive-id", "B"], "once for each DRIVE"),
        (vec!["--logs", "/nowhere/at/all"], "Could not read the logs in"),
    ] {
        let output = drive.run(&more);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(word) && said.lines().count() == 1 && output.stdout.is_empty(), "{more:?}: {said}");
    }
    let job = drive.place.path().join("job.json");
    fs::write(&job, "{\"name\":\"x\"}").unwrap();
    let said = text(&drive.run(&["--job", job.to_str().unwrap()]).stderr);
    assert!(said.contains("not a job with a list of drives"), "{said}");
}

#[test]
fn w94_killed_at_any_moment_it_resumes_to_the_same_report() {
    let drive = ReturnedDrive::new(120, 300_000);
    for number in [7, 50, 119] {
        drive.flip(number);
    }
    fs::remove_file(drive.file(80)).unwrap();
    let begun = Instant::now();
    let whole = drive.run(&["--json"]);
    let took = begun.elapsed();
    assert_eq!(whole.status.code(), Some(1));
    for part in 1..6 {
        let mut child = drive.command(&["--json", "--resume"]).spawn().unwrap();
        // Anywhere between the start and the end, also before and after it.
        let until = Instant::now() + took * part / 6;
        while Instant::now() < until && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let resumed = drive.run(&["--json", "--resume"]);
    assert_eq!((resumed.status.code(), findings(&resumed)), (Some(1), findings(&whole)));
}

#[cfg(unix)]
#[test]
fn w94_a_signal_stops_it_with_status_three_and_keeps_what_is_done() {
    let drive = ReturnedDrive::new(120, 300_000);
    for signal in ["-INT", "-TERM"] {
        // A check on a fast machine may be over before the signal comes.
        let was_stopped = (0..20).any(|_| stopped_by(&drive, signal));
        assert!(was_stopped, "no check was stopped by {signal}");
    }
    assert_eq!(drive.run(&["--resume"]).status.code(), Some(0));
}

/// Sends a signal to a check that reads files; whether that stopped it.
#[cfg(unix)]
fn stopped_by(drive: &ReturnedDrive, signal: &str) -> bool {
    let child = drive.command(&["--json"]).spawn().unwrap();
    let deadline = Instant::now() + std::time::Duration::from_secs(30);
    // The handler is set once the program reads the manifest; before that the signal itself ends it.
    while !has_open(child.id(), drive.file(0).parent().unwrap()) && Instant::now() < deadline {
        std::thread::yield_now();
    }
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let report = findings(&output);
    if output.status.code() == Some(0) {
        return false;
    }
    assert_eq!((output.status.code(), &report["interrupted"]), (Some(3), &Value::Bool(true)), "{report}");
    true
}

/// Whether a process has a file below a folder open.
#[cfg(unix)]
fn has_open(process: u32, folder: &Path) -> bool {
    let Ok(open) = fs::read_dir(format!("/proc/{process}/fd")) else { return true };
    open.flatten().filter_map(|entry| fs::read_link(entry.path()).ok()).any(|path| path.starts_with(folder))
}

/// A drive on which every blob is missing, of a manifest with that many blobs of that many blocks. It is written as it is made.
#[cfg(target_os = "linux")]
fn with_everything_missing(blobs: u64, blocks: u64) -> (ReturnedDrive, u64) {
    use std::io::Write as _;
    let drive = ReturnedDrive::new(0, 0);
    let path = drive.root().join("D1.manifest");
    let mut out = std::io::BufWriter::new(fs::File::create(&path).unwrap());
    write!(out, "<DriveManifest Version=\"2014-11-01\"><Drive><DriveId>D1</DriveId><BlobList>").unwrap();
    for number in 0..blobs {
        let folder = number / 5_000;
        write!(
            out,
            "<Blob><BlobPath>c/{folder}/{number}.mov</BlobPath><FilePath>\\c\\{folder}\\{number}.mov</FilePath><Length>{}</Length><BlockList>",
            blocks << 22
        )
        .unwrap();
        for index in 0..blocks {
            write!(out, "<Block Offset=\"{}\" Length=\"4194304\" Hash=\"{number:016X}{index:016X}\"/>", index << 22)
                .unwrap();
        }
        write!(out, "</BlockList></Blob>").unwrap();
    }
    write!(out, "</BlobList></Drive></DriveManifest>").unwrap();
    out.into_inner().unwrap();
    let bytes = fs::metadata(&path).unwrap().len();
    (drive, bytes)
}

/// The peak of a check of such a drive that writes every form of report.
#[cfg(target_os = "linux")]
fn peak_with_everything_missing(blobs: u64, blocks: u64) -> (u64, u64) {
    let (drive, bytes) = with_everything_missing(blobs, blocks);
    let mut command = drive.command(&["--json"]);
    for form in ["txt", "html", "json", "csv"] {
        command.arg("--report").arg(drive.place.path().join(format!("report.{form}")));
    }
    let (peak, status) = peak_of(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
    assert_eq!(status, Some(1), "every blob is missing");
    let table = std::io::BufReader::new(fs::File::open(drive.place.path().join("report.csv")).unwrap());
    let told = std::io::BufRead::lines(table).filter(|line| line.as_ref().unwrap().contains(",missing-file,")).count();
    assert_eq!(told as u64, blobs, "the table names each blob");
    (bytes, peak)
}

#[cfg(target_os = "linux")]
#[test]
fn w95_memory_grows_neither_with_the_manifest_nor_with_what_is_found() {
    let (small, few) = peak_with_everything_missing(1_500, 8);
    let (large, many) = peak_with_everything_missing(15_000, 8);
    println!("{small} bytes of manifest: {few} kB, {large} bytes: {many} kB");
    assert!(large > 9 * small);
    assert!(many < few + 25_000, "{few} kB became {many} kB");
}

/// `cargo test --release --test http w95_ -- --ignored --nocapture`; minutes, and 12 GB in the folder for temporary files (`TMPDIR`).
#[cfg(target_os = "linux")]
#[test]
#[ignore = "a manifest of 5 GB takes minutes"]
fn w95_a_manifest_of_5_gigabytes_takes_less_than_200_megabytes() {
    let (bytes, peak) = peak_with_everything_missing(1_200_000, 50);
    println!("{bytes} bytes of manifest, 1,200,000 blobs missing: {peak} kB at most");
    assert!(bytes > 5_000_000_000 && peak < 200_000, "{bytes} bytes, {peak} kB");
}

#[test]
fn names_of_a_drive_never_reach_the_terminal_as_they_are() {
    let drive = ReturnedDrive::new(1, 10);
    let manifest = drive.root().join("D1.manifest");
    let text_of = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text_of.replace("\\c\\0", "\\c\\\u{202e}\u{9b}31m")).unwrap();
    let output = drive.run(&[]);
    let said = text(&output.stdout);
    assert!(!said.contains('\u{202e}') && !said.contains('\u{9b}'), "{said:?}");
    assert_eq!(output.status.code(), Some(2));
}
