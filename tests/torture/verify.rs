//! `blobfreight verify` killed or stopped at random moments and gone on with, again and again: it ends with the report of a check that
//! nobody disturbed. More is found than fits into memory, so that findings on disk are gone on with, too. It is stopped by a signal of Unix.

#![cfg(unix)]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use blobfreight::verify::hash::md5_of;
use blobfreight::verify::rules::md5_text;
use serde_json::Value;

use crate::chance::Chance;

/// Files on the drive, and bytes of each but the last.
const FILES: usize = 60;
const BYTES: usize = 100_000;
/// Bytes of the last file, and of a block.
const LARGE: usize = 6_000_000;
const BLOCK: usize = 256 * 1024;
/// Blobs that are not on the drive.
const MISSING: usize = 10_000;

/// A damaged drive, and room for the program's own files beside it.
struct HarmedDrive(tempfile::TempDir);

impl HarmedDrive {
    fn new() -> Self {
        let drive = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(drive.root().join("c")).unwrap();
        let mut blobs = String::new();
        for number in 0..FILES {
            let bytes = if number + 1 == FILES { LARGE } else { BYTES };
            let mut content: Vec<u8> = (0..bytes).map(|at| (at / 5 + number).to_le_bytes()[0]).collect();
            promise(&mut blobs, number, &content);
            if number % 9 == 0 || number + 1 == FILES {
                content[bytes / 2] ^= 1;
            }
            fs::write(drive.root().join("c").join(number.to_string()), content).unwrap();
        }
        (FILES..FILES + MISSING).for_each(|number| promise(&mut blobs, number, b"gone"));
        let manifest = format!(
            "<DriveManifest Version=\"2014-11-01\"><Drive><DriveId>D1</DriveId><BlobList>{blobs}</BlobList></Drive></DriveManifest>"
        );
        fs::write(drive.root().join("D1.manifest"), manifest).unwrap();
        drive
    }

    fn root(&self) -> PathBuf {
        self.0.path().join("drive")
    }

    fn check(&self) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_blobfreight"));
        command.args(["verify", "--json", "--resume"]).arg(self.root()).stdin(Stdio::null());
        for name in ["BLOBFREIGHT_DATA_DIR", "BLOBFREIGHT_STATE_DIR"] {
            command.env(name, self.0.path().join("state"));
        }
        command.env("BLOBFREIGHT_CONFIG", self.0.path().join("none.toml"));
        // The report is read from a file: a pipe that nobody empties would stop the program.
        let report = fs::File::create(self.report()).unwrap();
        command.stdout(report).stderr(Stdio::piped()).spawn().unwrap()
    }

    fn report(&self) -> PathBuf {
        self.0.path().join("report.json")
    }

    /// The report of a check that came to its end.
    fn said(&self, output: &Output) -> Value {
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&fs::read(self.report()).unwrap()).unwrap()
    }
}

/// The entry of a manifest for such a file.
fn promise(blobs: &mut String, number: usize, content: &[u8]) {
    write!(
        blobs,
        "<Blob><BlobPath>c/{number}</BlobPath><FilePath>\\c\\{number}</FilePath><Length>{}</Length><BlockList>",
        content.len()
    )
    .unwrap();
    for (index, block) in content.chunks(BLOCK).enumerate() {
        let hash = md5_text(&md5_of(block));
        write!(blobs, "<Block Offset=\"{}\" Length=\"{}\" Hash=\"{hash}\"/>", index * BLOCK, block.len()).unwrap();
    }
    blobs.push_str("</BlockList></Blob>");
}

/// Ends so many checks at moments by chance, half of them with a signal that they obey. Returns how many were ended and how many came to
/// their end before.
fn end(least: usize) -> (usize, usize) {
    let (drive, mut chance) = (HarmedDrive::new(), Chance::new("verify"));
    let begun = Instant::now();
    let undisturbed = drive.said(&drive.check().wait_with_output().unwrap());
    let whole = u64::try_from(begun.elapsed().as_millis()).unwrap().max(20);
    assert_eq!(undisturbed["drives"][0]["findings"].as_array().unwrap().len(), MISSING + FILES.div_ceil(9) + 1);
    let (mut ended, mut finished) = (0, 0);
    while ended < least || finished == 0 {
        let mut check = drive.check();
        // Once enough were ended, one may live as long as it wants.
        let life = if ended < least { chance.pause(whole) } else { Duration::from_secs(600) };
        let begun = Instant::now();
        while begun.elapsed() < life && check.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        if check.try_wait().unwrap().is_none() {
            if chance.below(2) == 0 {
                check.kill().unwrap();
            } else {
                let told = Command::new("kill").args(["-TERM", &check.id().to_string()]).status().unwrap();
                assert!(told.success());
            }
        }
        let output = check.wait_with_output().unwrap();
        match output.status.code() {
            Some(1) => {
                assert_eq!(drive.said(&output), undisturbed);
                finished += 1;
            }
            None | Some(3) => ended += 1,
            other => panic!("status {other:?}: {}", String::from_utf8_lossy(&output.stderr)),
        }
    }
    (ended, finished)
}

#[test]
fn w94_checks_ended_at_random_moments_say_in_the_end_what_one_without_a_break_says() {
    let (ended, finished) = end(12);
    println!("{ended} checks were ended, {finished} came to their end, all with the same report");
}

#[test]
#[ignore = "minutes"]
fn w94_three_hundred_ended_checks() {
    let (ended, finished) = end(300);
    println!("{ended} checks were ended, {finished} came to their end, all with the same report");
}
