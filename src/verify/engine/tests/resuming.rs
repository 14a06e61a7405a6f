//! A check that is stopped at any moment goes on later, and says in the end what one that was never stopped says.

use std::fs;
use std::thread;

use super::super::{CheckMeter, CheckRequest, check};
use super::fixture::{BlobOnDrive, DriveFixture, bytes, one};
use crate::verify::rules::DriveFault;

fn drive() -> DriveFixture {
    let mut blobs: Vec<BlobOnDrive> = (0..60)
        .map(|number| {
            BlobOnDrive::new(&format!("c/{}/{number}.bin", number % 7), &bytes(3_000 + number * 500, number), 4_096)
        })
        .collect();
    blobs.push(BlobOnDrive::new("c/large.bin", &bytes(6_000_000, 9), 1_000_000));
    let drive = DriveFixture::new(blobs);
    for number in [3, 20, 41] {
        let path = drive.at(&format!("c/{}/{number}.bin", number % 7));
        let mut content = fs::read(&path).unwrap();
        content[2_500] ^= 1;
        fs::write(path, content).unwrap();
    }
    fs::remove_file(drive.at("c/5/5.bin")).unwrap();
    drive
}

/// Checks until somebody stops it, once that many bytes are read.
fn stopped_after(request: &CheckRequest, limit: u64) -> bool {
    let meter = CheckMeter::default();
    thread::scope(|scope| {
        let running = scope.spawn(|| check(request, &meter));
        while !running.is_finished() && meter.reading().bytes < limit {
            thread::yield_now();
        }
        meter.stop();
        running.join().unwrap().drives.pop().unwrap().is_interrupted
    })
}

#[test]
fn w94_a_check_stopped_again_and_again_ends_with_the_same_report() {
    let drive = drive();
    let state = tempfile::tempdir().unwrap();
    for readers in [1, 3] {
        let whole = one(&drive.request(readers));
        assert_eq!(whole.findings.all().len(), 4);
        let request = CheckRequest { state: Some(state.path().to_owned()), resume: true, ..drive.request(readers) };
        for limit in [0, 1, 40_000, 300_000, 900_000] {
            stopped_after(&request, limit);
        }
        let resumed = one(&request);
        assert!(!resumed.is_interrupted);
        assert_eq!(
            (resumed.findings.all(), resumed.right(), resumed.bytes),
            (whole.findings.all(), whole.right(), whole.bytes)
        );
        assert_eq!(fs::read_dir(state.path()).unwrap().count(), 0, "a check that is over leaves nothing behind");
    }
}

#[test]
fn what_changed_in_between_is_checked_again_and_the_rest_is_not() {
    let drive = drive();
    let state = tempfile::tempdir().unwrap();
    let request = CheckRequest { state: Some(state.path().to_owned()), resume: true, ..drive.request(1) };
    // Stopped near the end: nearly everything is finished.
    assert!(stopped_after(&request, 5_000_000));
    fs::write(drive.at("c/5/5.bin"), bytes(3_000 + 5 * 500, 5)).unwrap();
    let path = drive.at("c/1/1.bin");
    let mut content = fs::read(&path).unwrap();
    content[0] ^= 1;
    fs::write(&path, content).unwrap();
    fs::remove_file(drive.at("c/2/2.bin")).unwrap();
    let meter = CheckMeter::default();
    let resumed = check(&request, &meter).drives.pop().unwrap();
    assert_eq!(resumed.findings.all(), one(&drive.request(1)).findings.all());
    let faults = |fault| resumed.findings.all().iter().filter(|finding| finding.fault == fault).count();
    assert_eq!((faults(DriveFault::MissingFile), faults(DriveFault::WrongHash)), (1, 4));
    assert!(meter.reading().bytes < 4_000_000, "{} bytes were read again", meter.reading().bytes);
}

#[test]
fn another_manifest_is_another_check() {
    let drive = drive();
    let state = tempfile::tempdir().unwrap();
    let request = CheckRequest { state: Some(state.path().to_owned()), resume: true, ..drive.request(1) };
    stopped_after(&request, 1_000_000);
    drive.write_manifest("D1", &BlobOnDrive::new("c/3/3.bin", &bytes(4_500, 3), 4_096).element());
    let checked = one(&request);
    assert_eq!((checked.entries, checked.right()), (1, 0));
}
