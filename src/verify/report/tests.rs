//! The reports of one check with a finding of each kind.

use super::{CSV_HEADING, CsvRows, html, json, text};
use crate::verify::engine::{CheckBasis, CheckReport, CheckedDrive};
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
    for (number, fault) in DriveFault::ALL.iter().enumerate() {
        drive
            .findings
            .push(promised(number as u64, &format!("c/<b>{number}\u{202e}.bin")).finding(*fault, "why, \"exactly\""));
        drive.done.insert(number as u64);
    }
    drive.done.insert(500);
    drive.entries = DriveFault::ALL.len() as u64 + 1;
    CheckReport { drives: vec![drive], of_job: vec![DriveFinding::new(DriveFault::NotExported)] }
}

#[test]
fn each_report_names_each_kind_and_lets_no_name_do_anything() {
    let report = report();
    let (text, html, json) = (text(&report), html(&report), json(&report));
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
fn a_list_of_blobs_to_fetch_again_that_is_not_whole_says_so() {
    let mut report = report();
    assert!(text(&report).contains("To fetch again: ") && !text(&report).contains("again: at least"));
    assert_eq!(json(&report)["fetchAgainIsWhole"], true);
    report.drives[0].counted_entries.insert(500);
    assert!(text(&report).contains("To fetch again: at least "));
    assert_eq!(json(&report)["fetchAgainIsWhole"], false);
}

#[test]
fn the_table_has_a_row_with_a_verdict_for_each_blob() {
    let report = report();
    let rows = CsvRows::new(&report.drives[0]);
    assert_eq!(CSV_HEADING.matches(',').count(), 7);
    assert!(rows.row(&promised(0, "c/0")).ends_with(",9,damage,missing-file,\"why, \"\"exactly\"\"\"\r\n"));
    assert!(rows.row(&promised(500, "c/\"q\", x")).contains("D1,\"c/\"\"q\"\", x\",,"));
    assert!(rows.row(&promised(500, "c/r")).ends_with(",9,right,,\r\n"));
    assert!(rows.row(&promised(501, "c/r")).contains(",not checked,"));
}
