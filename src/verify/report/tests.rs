//! The reports of one check with a finding of each kind.

use serde_json::Value;

use super::{CSV_HEADING, CsvRows, JsonReport, html, text};
use crate::verify::engine::{CheckBasis, CheckReport, CheckedDrive, FindingList, FindingsUnreadable};
use crate::verify::rules::{DriveFault, DriveFinding, PromisedFile};

fn promised(number: u64, blob: &str) -> PromisedFile {
    let path = format!("\\{}", blob.replace('/', "\\"));
    PromisedFile { number, blob: blob.into(), path, length: Some(9), ..PromisedFile::default() }
}

fn report() -> CheckReport {
    let basis =
        CheckBasis::Manifest { path: "\\D1.manifest".into(), version: Some("2014-11-01".into()), md5: "0F".into() };
    let mut drive =
        CheckedDrive { folder: "/mnt/d1".into(), drive_id: Some("D1".into()), basis, ..CheckedDrive::default() };
    let mut findings = Vec::new();
    for (number, fault) in DriveFault::ALL.iter().enumerate() {
        findings
            .push(promised(number as u64, &format!("c/<b>{number}\u{202e}.bin")).finding(*fault, "why, \"exactly\""));
        drive.done.insert(number as u64);
    }
    drive.findings = FindingList::made_of(findings);
    drive.done.insert(500);
    drive.entries = DriveFault::ALL.len() as u64 + 1;
    CheckReport { drives: vec![drive], of_job: FindingList::made_of(vec![DriveFinding::new(DriveFault::NotExported)]) }
}

fn json(report: &CheckReport) -> Value {
    serde_json::to_value(JsonReport(report)).unwrap()
}

fn page(report: &CheckReport) -> String {
    let mut page = String::new();
    let put = &mut |piece: &str| -> Result<(), FindingsUnreadable> {
        page.push_str(piece);
        Ok(())
    };
    html(report, put).unwrap();
    page
}

#[test]
fn each_report_names_each_kind_and_lets_no_name_do_anything() {
    let report = report();
    let (text, html, json) = (text(&report).unwrap(), page(&report), json(&report));
    for fault in DriveFault::ALL {
        assert!(text.contains(fault.title()) && html.contains(fault.title()), "{}", fault.title());
        assert_eq!(json["drives"][0]["counts"][fault.word()], 1);
    }
    assert!(html.contains("&lt;b&gt;0[U+202E].bin") && !html.contains("<b>"));
    assert_eq!((json["status"].as_u64(), json["verdict"].as_str()), (Some(1), Some("damaged")));
    let first = &json["drives"][0]["findings"][0];
    for member in ["kind", "severity", "blob", "snapshot", "file", "index", "offset"] {
        assert!(first.get(member).is_some(), "{member} is missing in {first}");
    }
    assert!(text.ends_with("Something promised is damaged or missing.\n"));
}

#[test]
fn the_list_of_blobs_to_fetch_again_has_each_blob_once() {
    let mut report = report();
    let twice =
        [DriveFault::WrongHash, DriveFault::WrongProperties].map(|fault| promised(7, "c/twice").finding(fault, ""));
    report.drives[0].findings = FindingList::made_of(twice.to_vec());
    assert!(text(&report).unwrap().contains("To fetch again: 1 blob\n  c/twice\n"));
    assert_eq!(json(&report)["fetchAgain"], serde_json::json!(["c/twice"]));
    assert_eq!(json(&report)["fetchAgainIsWhole"], true);
}

#[test]
fn the_table_has_a_row_with_a_verdict_for_each_blob() {
    let report = report();
    let mut rows = CsvRows::new(&report.drives[0]);
    assert_eq!(CSV_HEADING.matches(',').count(), 7);
    assert!(rows.row(&promised(0, "c/0")).unwrap().ends_with(",9,damage,missing-file,\"why, \"\"exactly\"\"\"\r\n"));
    assert!(rows.row(&promised(500, "c/\"q\", x")).unwrap().contains("D1,\"c/\"\"q\"\", x\",,"));
    assert!(rows.row(&promised(500, "c/r")).unwrap().ends_with(",9,right,,\r\n"));
    assert!(rows.row(&promised(501, "c/r")).unwrap().contains(",not checked,"));
}

#[test]
fn what_was_checked_is_called_right_only_where_something_was_checked() {
    let findings = || FindingList::made_of(vec![DriveFinding::new(DriveFault::ManifestMissing)]);
    let none = CheckedDrive { folder: "/mnt/d1".into(), findings: findings(), ..CheckedDrive::default() };
    let mut some = CheckedDrive { findings: findings(), entries: 1, ..CheckedDrive::default() };
    some.done.insert(0);
    let said = |drives| text(&CheckReport { drives, ..CheckReport::default() }).unwrap();
    assert!(said(vec![none]).ends_with("No blob could be checked.\n"));
    assert!(said(vec![some]).ends_with("What was checked is right.\n"));
}
