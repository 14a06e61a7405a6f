//! The report for programs.

use serde_json::{Value, json};

use super::super::engine::{CheckBasis, CheckReport, CheckedDrive};
use super::text::fetch_again;

/// The report as one JSON value. One finding is one object.
pub fn json(report: &CheckReport) -> Value {
    json!({
        "status": report.status(),
        "verdict": verdict(report),
        "drives": report.drives.iter().map(drive_json).collect::<Vec<_>>(),
        "job": { "findings": report.of_job },
        "fetchAgain": fetch_again(report),
        "fetchAgainIsWhole": report.drives.iter().all(|drive| drive.counted_entries.count() == 0),
    })
}

fn verdict(report: &CheckReport) -> &'static str {
    match report.status() {
        0 => "right",
        1 => "damaged",
        2 => "unchecked",
        _ => "interrupted",
    }
}

fn drive_json(drive: &CheckedDrive) -> Value {
    let counts: serde_json::Map<String, Value> =
        drive.counts().into_iter().map(|(fault, count)| (fault.word().to_owned(), json!(count))).collect();
    json!({
        "folder": drive.folder,
        "driveId": drive.drive_id,
        "basis": basis(&drive.basis),
        "entries": drive.entries,
        "bytes": drive.bytes,
        "checked": drive.done.count(),
        "right": drive.right(),
        "interrupted": drive.is_interrupted,
        "hasher": drive.hasher,
        "remarks": drive.remarks,
        "counts": counts,
        "findings": drive.findings,
    })
}

fn basis(basis: &CheckBasis) -> Value {
    match basis {
        CheckBasis::Nothing => Value::Null,
        CheckBasis::Logs => json!({ "kind": "logs" }),
        CheckBasis::Manifest { path, version, md5 } => {
            json!({ "kind": "manifest", "path": path, "version": version, "md5": md5 })
        }
    }
}
