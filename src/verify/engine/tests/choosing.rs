//! Which manifest counts, and what is said of the others: drives of other jobs, drives in each other's place, damaged manifests.

use std::fs;

use super::fixture::{BlobOnDrive, DriveFixture, bytes, one, status};
use crate::verify::engine::{CheckBasis, CheckRequest, CheckedDrive, ExpectedDrive, JobLogs};
use crate::verify::hash::md5_of;
use crate::verify::rules::{DriveFault, md5_text};

fn drive() -> DriveFixture {
    DriveFixture::new(vec![BlobOnDrive::new("c/a.bin", &bytes(1_000, 1), 512)])
}

fn told(checked: &CheckedDrive) -> Vec<DriveFault> {
    checked.findings.all().iter().map(|finding| finding.fault).collect()
}

fn expected(id: &str, hash: Option<&str>) -> ExpectedDrive {
    ExpectedDrive { id: id.into(), manifest: Some(format!("\\{id}.manifest")), manifest_hash: hash.map(str::to_owned) }
}

#[test]
fn a_drive_without_a_manifest_could_not_be_checked() {
    let drive = drive();
    fs::remove_file(drive.root().join("D1.manifest")).unwrap();
    let checked = drive.check();
    assert_eq!((told(&checked), status(&checked)), (vec![DriveFault::ManifestMissing], 2));
    let mut request = drive.request(1);
    request.drives[0].folder = drive.root().join("none");
    assert_eq!(status(&one(&request)), 2);
}

#[test]
fn a_manifest_that_is_damaged_is_told_by_the_way_it_is_damaged() {
    let drive = drive();
    let path = drive.root().join("D1.manifest");
    let whole = fs::read_to_string(&path).unwrap();
    for (text, fault) in [
        (String::new(), DriveFault::ManifestEmpty),
        (whole.replace("</DriveManifest>", ""), DriveFault::ManifestTruncated),
        (whole.replace("</Blob>", "</Blub>"), DriveFault::ManifestMalformed),
        ("<DriveLog/>".to_owned(), DriveFault::ManifestOther),
        (
            whole.replace("<DriveManifest", "<!DOCTYPE x [<!ENTITY y \"z\">]><DriveManifest"),
            DriveFault::ManifestEntities,
        ),
        ("<DriveManifest><Drive><DriveId>D1</DriveId></Drive></DriveManifest>".to_owned(), DriveFault::ManifestEmpty),
    ] {
        fs::write(&path, &text).unwrap();
        let checked = drive.check();
        assert_eq!(checked.findings.all()[0].fault, fault, "{text}");
        assert_eq!(status(&checked), 2);
    }
}

#[test]
fn the_hash_of_the_job_is_held_against_the_bytes_of_the_manifest() {
    let drive = drive();
    let hash = md5_text(&md5_of(&fs::read(drive.root().join("D1.manifest")).unwrap()));
    for (hash, expected_status) in [(hash.to_lowercase(), 0), (md5_text(&[7; 16]), 1), ("no hash".to_owned(), 0)] {
        let request = CheckRequest { expected: Some(vec![expected("D1", Some(&hash))]), ..drive.request(2) };
        let checked = one(&request);
        assert_eq!(status(&checked), expected_status, "{hash}");
        assert_eq!(told(&checked).contains(&DriveFault::ManifestHash), expected_status == 1);
        assert_eq!(checked.remarks.is_empty(), hash != "no hash");
    }
}

#[test]
fn drives_in_each_others_place_of_another_job_and_with_another_number_are_told_apart() {
    let drive = drive();
    let mut request = drive.request(2);
    request.drives[0].drive_id = Some("D2".into());
    assert_eq!(told(&one(&request)), [DriveFault::DriveIdMismatch]);
    request.expected = Some(vec![expected("D1", None), expected("D2", None)]);
    assert_eq!(told(&one(&request)), [DriveFault::DrivesSwapped]);
    request.expected = Some(vec![expected("D2", None)]);
    assert_eq!(told(&one(&request)), [DriveFault::ForeignDrive]);
    request.drives[0].drive_id = None;
    assert_eq!(told(&one(&request)), [DriveFault::ForeignDrive]);
    assert_eq!(status(&one(&request)), 2);
}

#[test]
fn of_several_manifests_the_one_of_the_drive_counts_and_the_others_are_named() {
    let drive = drive();
    drive.write_manifest("D2", "<Blob><BlobPath>c/b</BlobPath><FilePath>\\c\\b</FilePath><Length>0</Length></Blob>");
    let checked = drive.check();
    assert_eq!((told(&checked), status(&checked)), (vec![DriveFault::ManifestAmbiguous], 2));
    let mut request = drive.request(2);
    request.drives[0].drive_id = Some("d1 ".into());
    let checked = one(&request);
    assert_eq!((told(&checked), status(&checked)), (vec![DriveFault::ForeignManifest], 0));
    assert_eq!(checked.findings.all()[0].file, "\\D2.manifest");
    request.drives[0].drive_id = None;
    request.expected = Some(vec![expected("D1", None)]);
    assert_eq!(told(&one(&request)), [DriveFault::ForeignManifest]);
}

#[test]
fn a_copy_of_the_manifest_stands_in_for_the_one_of_the_drive() {
    let drive = drive();
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("job_D1_manifest.xml");
    fs::rename(drive.root().join("D1.manifest"), &copy).unwrap();
    let request = CheckRequest { logs: JobLogs::read(elsewhere.path()).unwrap(), ..drive.request(2) };
    let checked = one(&request);
    assert_eq!((told(&checked), status(&checked)), (vec![], 0));
    assert!(matches!(checked.basis, CheckBasis::Manifest { path, .. } if path == copy.display().to_string()));
}

#[test]
fn a_volume_that_is_still_locked_is_recognised() {
    let folder = tempfile::tempdir().unwrap();
    let image = folder.path().join("sdx1");
    fs::write(&image, b"\xEB\x58\x90-FVE-FS-rest").unwrap();
    let mut request = CheckRequest::default();
    request.drives.push(crate::verify::engine::NamedDrive { folder: image, drive_id: None });
    let checked = one(&request);
    assert_eq!((told(&checked), status(&checked)), (vec![DriveFault::LockedDrive], 2));
}

#[test]
fn other_xml_at_the_root_is_a_file_like_any_other() {
    let drive = drive();
    fs::write(drive.root().join("feed.xml"), "<feed/>").unwrap();
    assert_eq!(drive.faults(), [DriveFault::ExtraFile]);
}
