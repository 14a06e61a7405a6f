//! The service's logs in the place of a manifest: sums of whole files, names it changed, blobs it did not export.

use std::fs;

use super::super::{CheckBasis, CheckMeter, CheckReport, CheckRequest, JobLogs, check};
use super::fixture::{BlobOnDrive, DriveFixture, bytes};
use crate::verify::hash::Crc64;
use crate::verify::rules::DriveFault;

fn crc64(content: &[u8]) -> u64 {
    let mut sum = Crc64::default();
    sum.update(content);
    sum.sum()
}

fn line(path: &str, content: &[u8]) -> String {
    format!(
        "<File CloudFormat=\"BlockBlob\" ETag=\"0x1\" Path=\"{path}\" Size=\"{}\" crc64=\"{}\">\n</File>",
        content.len(),
        crc64(content)
    )
}

/// A drive of Data Box without a manifest, and its logs.
fn drive(verbose: &str, copy: &str) -> (DriveFixture, tempfile::TempDir) {
    let drive = DriveFixture::new(vec![
        BlobOnDrive::new("c/a.bin", &bytes(300_000, 1), 4_096),
        BlobOnDrive::new("c/empty", &[], 1),
        BlobOnDrive::new("databox-9/b.bin", &bytes(5_000, 2), 4_096),
    ]);
    fs::remove_file(drive.root().join("D1.manifest")).unwrap();
    let logs = tempfile::tempdir().unwrap();
    fs::write(logs.path().join("job_D1_VerboseLog_1.xml"), verbose).unwrap();
    fs::write(logs.path().join("job_D1_CopyLog_1.xml"), copy).unwrap();
    (drive, logs)
}

fn whole() -> String {
    [line("c/a.bin", &bytes(300_000, 1)), line("c/empty", &[]), line("UPPER/b.bin", &bytes(5_000, 2))].concat()
}

const RENAMED: &str = "<ErroredEntity CloudFormat=\"BlockBlob\" Path=\"UPPER\"><Category>ContainerRenamed</Category><ErrorCode>1</ErrorCode>\
    <ErrorMessage>The original container/share/blob has been renamed to: databox-9 :from: UPPER :because either the name has invalid characters</ErrorMessage>\
    <Type>Container</Type></ErroredEntity><CopyLog Summary=\"Summary\"><DriveLogVersion>2021-08-01</DriveLogVersion><Status>Succeeded</Status></CopyLog>";

fn checked(drive: &DriveFixture, logs: &tempfile::TempDir) -> CheckReport {
    let [one, other] = [1, 3].map(|readers| {
        let request = CheckRequest { logs: JobLogs::read(logs.path()).unwrap(), ..drive.request(readers) };
        check(&request, &CheckMeter::default())
    });
    assert_eq!(one.drives[0].findings.all(), other.drives[0].findings.all());
    other
}

#[test]
fn w91_a_verbose_log_alone_proves_whole_files_under_the_names_that_the_service_gave() {
    let (drive, logs) = drive(&whole(), RENAMED);
    let report = checked(&drive, &logs);
    assert_eq!(report.drives[0].basis, CheckBasis::Logs);
    assert_eq!(
        (report.drives[0].findings.all().as_slice(), report.drives[0].right(), report.status()),
        (&[][..], 3, 0)
    );
    assert_eq!(report.of_job.all().iter().map(|finding| finding.fault).collect::<Vec<_>>(), [DriveFault::Renamed]);
    let path = drive.at("c/a.bin");
    let mut content = fs::read(&path).unwrap();
    content[123_456] ^= 1;
    fs::write(&path, content).unwrap();
    let report = checked(&drive, &logs);
    let found = &report.drives[0].findings.all()[0];
    assert_eq!((found.fault, found.blob.as_str(), report.status()), (DriveFault::WrongCrc, "c/a.bin", 1));
}

#[test]
fn w91_a_file_without_a_sum_is_unchecked_and_a_blob_that_failed_is_told() {
    let failed = "<ErroredEntity CloudFormat=\"AppendBlob\" Path=\"c/log\"><Category>UploadErrorCloudHttp</Category><ErrorCode>400</ErrorCode><ErrorMessage>UnsupportBlobType</ErrorMessage><Type>File</Type></ErroredEntity>";
    let without = whole().replace(&format!("crc64=\"{}\"", crc64(&bytes(300_000, 1))), "crc64=\"0\"");
    let (drive, logs) = drive(&without, RENAMED);
    let report = checked(&drive, &logs);
    assert_eq!((report.drives[0].findings.all()[0].fault, report.status()), (DriveFault::NoHash, 2));
    fs::write(logs.path().join("job_D1_CopyLog_1.xml"), format!("{failed}{RENAMED}")).unwrap();
    let report = checked(&drive, &logs);
    let told = report.of_job.all().into_iter().find(|finding| finding.fault == DriveFault::NotExported).unwrap();
    assert_eq!((told.blob.as_str(), report.status()), ("c/log", 1));
    assert!(told.detail.contains("UnsupportBlobType"));
}

#[test]
fn a_log_that_is_cut_is_said_to_be_damaged() {
    let (drive, logs) = drive(&whole(), "<ErroredEntity CloudFormat=\"BlockBlob\" Path=\"c/x\"><Category>Upl");
    let report = checked(&drive, &logs);
    assert!(report.of_job.all().iter().any(|finding| finding.fault == DriveFault::LogDamaged), "{:?}", report.of_job);
}
