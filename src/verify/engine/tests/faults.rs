//! Each kind of fault, one by one: it is told, with its place, and nothing else is.

use std::fs;
#[cfg(unix)]
use std::os::unix::fs::symlink;

use super::fixture::{BlobOnDrive, DriveFixture, bytes, status};
#[cfg(unix)]
use crate::verify::disk::broken::break_bytes;
use crate::verify::engine::CheckBasis;
use crate::verify::rules::{DriveFault, Severity};

fn three() -> DriveFixture {
    let side = |blob: BlobOnDrive| BlobOnDrive {
        properties: Some(b"<Properties/>".to_vec()),
        metadata: Some(b"<Metadata/>".to_vec()),
        ..blob
    };
    DriveFixture::new(vec![
        side(BlobOnDrive::new("c/a.bin", &bytes(10_000, 1), 4_096)),
        side(BlobOnDrive::new("c/deep/er/b.bin", &bytes(10_000, 2), 4_096)),
        BlobOnDrive { pages: true, ..BlobOnDrive::new("c/page.vhd", &bytes(8_192, 3), 512) },
        BlobOnDrive {
            snapshot: Some("2014-09-12T22:03:50Z".into()),
            ..BlobOnDrive::new("c/a.bin", &bytes(700, 4), 512)
        },
        BlobOnDrive::new("c/empty", &[], 512),
    ])
}

fn damage(drive: &DriveFixture, file: &str, change: impl FnOnce(&mut Vec<u8>)) {
    let path = drive.at(file);
    let mut content = fs::read(&path).unwrap();
    change(&mut content);
    fs::write(path, content).unwrap();
}

#[test]
fn w90_a_drive_as_it_was_written_is_right() {
    let checked = three().check();
    assert!(checked.findings.all().is_empty(), "{:?}", checked.findings.all());
    assert_eq!((status(&checked), checked.entries, checked.right(), checked.bytes), (0, 5, 5, 28_892));
    assert_eq!(checked.drive_id.as_deref(), Some("D1"));
    assert!(matches!(checked.basis, CheckBasis::Manifest { version: Some(version), .. } if version == "2014-11-01"));
}

#[test]
fn w90_each_bad_part_is_told_with_its_number_and_offset() {
    let drive = three();
    damage(&drive, "c/a.bin", |content| {
        content[5_000] ^= 1;
        content[9_999] ^= 1;
    });
    let checked = drive.check();
    let told: Vec<_> = checked.findings.all().iter().map(|f| (f.fault, f.entry, f.index, f.offset, f.length)).collect();
    let wrong = DriveFault::WrongHash;
    assert_eq!(
        told,
        [(wrong, Some(0), Some(1), Some(4_096), Some(4_096)), (wrong, Some(0), Some(2), Some(8_192), Some(1_808))]
    );
    assert_eq!((status(&checked), checked.right(), checked.findings.all()[0].blob.as_str()), (1, 4, "c/a.bin"));
}

#[test]
fn zeros_are_told_from_other_bytes_and_gaps_of_a_page_blob_may_hold_anything() {
    let drive = three();
    damage(&drive, "c/page.vhd", |content| {
        content[512..1_024].fill(0);
        content[1_024..1_536].fill(0);
    });
    let checked = drive.check();
    assert_eq!(checked.findings.all().len(), 1, "{:?}", checked.findings.all());
    let found = &checked.findings.all()[0];
    assert_eq!((found.fault, found.index, found.offset), (DriveFault::ZeroedPart, Some(1), Some(1_024)));
}

#[test]
fn lengths_are_compared_and_the_parts_that_are_there_are_still_checked() {
    let drive = three();
    damage(&drive, "c/a.bin", |content| content.truncate(8_500));
    damage(&drive, "c/deep/er/b.bin", |content| content.push(0));
    assert_eq!(drive.faults(), [DriveFault::ShortFile, DriveFault::LongFile]);
    damage(&drive, "c/a.bin", |content| content[0] ^= 1);
    assert_eq!(drive.faults(), [DriveFault::ShortFile, DriveFault::WrongHash, DriveFault::LongFile]);
    damage(&drive, "c/a.bin", Vec::clear);
    assert!(drive.check().findings.all()[0].detail.contains("it has 0 bytes, promised are 10000"));
}

#[cfg(unix)]
#[test]
fn whatever_stands_in_the_place_of_a_file_is_told_and_never_read() {
    let drive = three();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("b.bin"), bytes(10_000, 2)).unwrap();
    let page = drive.at("c/page.vhd");
    fs::remove_file(&page).unwrap();
    fs::create_dir(&page).unwrap();
    fs::remove_dir_all(drive.at("c/deep/er")).unwrap();
    symlink(outside.path(), drive.at("c/deep/er")).unwrap();
    fs::remove_file(drive.at("c/empty")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(drive.at("c/empty")).status().unwrap().success());
    let faults = drive.faults();
    assert_eq!(
        faults.iter().filter(|fault| **fault == DriveFault::Link).count(),
        3,
        "the file and both beside it: {faults:?}"
    );
    assert_eq!(faults.iter().filter(|fault| **fault == DriveFault::NotAFile).count(), 2);
}

#[test]
fn files_in_each_others_place_are_told_as_such() {
    let drive = three();
    let [a, b] = ["c/a.bin", "c/deep/er/b.bin"].map(|file| drive.at(file));
    let (in_a, in_b) = (fs::read(&a).unwrap(), fs::read(&b).unwrap());
    fs::write(a, in_b).unwrap();
    fs::write(b, in_a).unwrap();
    let checked = drive.check();
    let all = checked.findings.all();
    let told: Vec<_> = all.iter().map(|f| (f.fault, f.detail.as_str())).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0], (DriveFault::SwappedFile, "it holds the bytes that \\c\\deep\\er\\b.bin should hold"));
}

#[test]
fn properties_and_metadata_are_checked_like_blobs() {
    let drive = three();
    damage(&drive, "c/a.bin.properties", |content| content[0] ^= 1);
    fs::remove_file(drive.at("c/a.bin.metadata")).unwrap();
    fs::remove_file(drive.at("c/deep/er/b.bin.properties")).unwrap();
    damage(&drive, "c/deep/er/b.bin.metadata", |content| content.push(b' '));
    assert_eq!(
        drive.faults(),
        [
            DriveFault::MissingMetadata,
            DriveFault::WrongProperties,
            DriveFault::MissingProperties,
            DriveFault::WrongMetadata
        ]
    );
}

#[cfg(unix)]
#[test]
fn w93_an_unreadable_part_costs_that_part_only() {
    let drive = three();
    let _broken = break_bytes(&drive.at("c/a.bin"), 5_000..5_001);
    let checked = drive.check();
    let told: Vec<_> = checked.findings.all().iter().map(|f| (f.fault, f.index, f.offset)).collect();
    assert_eq!(told, [(DriveFault::Unreadable, Some(1), Some(4_096))]);
    assert_eq!((checked.entries, checked.right()), (5, 4));
}

#[test]
fn a_name_in_another_case_is_a_note_and_its_bytes_are_checked() {
    let drive = three();
    fs::rename(drive.at("c/a.bin"), drive.at("c/A.BIN")).unwrap();
    let checked = drive.check();
    assert_eq!(
        (checked.findings.all()[0].fault, checked.findings.all().len(), status(&checked)),
        (DriveFault::NameDiffers, 1, 0)
    );
    damage(&drive, "c/A.BIN", |content| content[0] ^= 1);
    assert_eq!(drive.faults(), [DriveFault::NameDiffers, DriveFault::WrongHash]);
}

#[test]
fn files_that_nobody_promised_are_listed_and_change_no_status() {
    let drive = three();
    fs::write(drive.at("c/deep/extra.bin"), "x").unwrap();
    fs::create_dir_all(drive.at("$RECYCLE.BIN")).unwrap();
    fs::write(drive.at("$RECYCLE.BIN/y"), "x").unwrap();
    let checked = drive.check();
    assert_eq!(checked.findings.all().len(), 1);
    assert_eq!(
        (checked.findings.all()[0].fault, checked.findings.all()[0].file.as_str()),
        (DriveFault::ExtraFile, "\\c\\deep\\extra.bin")
    );
    assert_eq!((checked.findings.all()[0].severity, status(&checked)), (Severity::Note, 0));
}

#[test]
fn w92_no_path_leads_out_of_the_drive() {
    let drive = three();
    // The bytes are there and right, only not on the drive: a careless reader says that all is well.
    let outside =
        drive.root().parent().unwrap().join(format!("{}-outside", drive.root().file_name().unwrap().display()));
    fs::write(&outside, bytes(10_000, 1)).unwrap();
    let name = outside.file_name().unwrap().to_str().unwrap();
    for path in [
        format!("\\..\\{name}"),
        format!("..\\{name}"),
        format!("\\c\\..\\..\\{name}"),
        outside.display().to_string(),
        format!("\\\\?\\{}", outside.display()),
        format!("C:\\{name}"),
        "\\NUL".into(),
        "\\c\\a.bin:stream".into(),
        "\\".into(),
        "\\c\\a.bin\\".into(),
    ] {
        let blob = BlobOnDrive::new("c/a.bin", &bytes(10_000, 1), 4_096);
        drive.write_manifest("D1", &blob.element().replace("\\c\\a.bin", &path));
        let checked = drive.check();
        let told = checked.findings.all().into_iter().find(|finding| finding.entry.is_some()).unwrap();
        assert_eq!((told.fault, status(&checked), checked.right()), (DriveFault::UnsafePath, 2, 0), "{path}");
    }
    fs::remove_file(outside).unwrap();
}

#[test]
fn an_entry_that_cannot_be_right_is_said_to_be_unchecked() {
    let drive = three();
    let element = BlobOnDrive::new("c/a.bin", &bytes(10_000, 1), 4_096).element();
    for (entries, faults) in [
        (element.replace("<Length>10000</Length>", "<Length>-1</Length>"), vec![DriveFault::Inconsistent]),
        (element.replace("Offset=\"4096\"", "Offset=\"4000\""), vec![DriveFault::WrongHash, DriveFault::Inconsistent]),
        (
            element.replace("<BlockList>", "<BlockList/><X>").replace("</BlockList>", "</X>").replace("<Block ", "<Y "),
            vec![DriveFault::NoHash],
        ),
        (format!("{element}{element}"), vec![DriveFault::SameFile, DriveFault::SameBlob]),
        (element.replace("\\c\\a.bin", &format!("\\c\\{}", "字".repeat(120))), vec![DriveFault::NameUnrepresentable]),
    ] {
        drive.write_manifest("D1", &entries);
        let mut told: Vec<_> = drive
            .check()
            .findings
            .all()
            .iter()
            .map(|f| f.fault)
            .filter(|fault| *fault != DriveFault::ExtraFile)
            .collect();
        told.sort();
        let mut faults = faults;
        faults.sort();
        assert_eq!(told, faults, "{entries}");
    }
}
