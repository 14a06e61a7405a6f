//! Entries as rows of a CSV file (`csv`), and as values of a JSON document.

use serde_json::{Value, json};

use super::csv::csv_line;
use super::entry::{EntryResult, LogEntry};
use super::reason::FailureReason;
use super::report::FailureReport;
use super::source::LogSource;

/// The columns of the CSV file.
const COLUMNS: [&str; 13] = [
    "path",
    "snapshot",
    "result",
    "reason",
    "service words",
    "retry",
    "new name",
    "file path",
    "size",
    "crc64",
    "etag",
    "drive",
    "log",
];

/// The heading of the CSV file (RFC 4180).
pub fn csv_heading() -> String {
    csv_line(&COLUMNS.map(str::to_owned))
}

/// A row of the CSV file; `None` for a blob that was exported under its own name.
pub fn csv_row(entry: &LogEntry, source: &LogSource) -> Option<String> {
    let reason = FailureReason::of(entry)?;
    let number = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let new_name = entry.renamed.as_ref().map(|renamed| renamed.to.clone()).unwrap_or_default();
    Some(csv_line(&[
        entry.path.clone(),
        text(&entry.snapshot),
        result(entry).to_owned(),
        reason.title,
        reason.words,
        reason.cure.word().to_owned(),
        new_name,
        text(&entry.file_path),
        number(entry.size),
        number(entry.crc64),
        text(&entry.etag),
        source.drive.clone(),
        source.file_name().to_owned(),
    ]))
}

fn result(entry: &LogEntry) -> &'static str {
    match entry.result() {
        EntryResult::Exported => "exported",
        EntryResult::Renamed => "renamed",
        EntryResult::NotExported => "notExported",
    }
}

/// An entry as JSON; `None` for a blob that was exported under its own name.
pub fn entry_json(entry: &LogEntry, source: &LogSource) -> Option<Value> {
    let reason = FailureReason::of(entry)?;
    let parts = entry.parts.iter().map(|part| {
        json!({ "element": part.element, "status": part.status, "count": part.count, "offset": part.offset, "length": part.length })
    });
    Some(json!({
        "path": entry.path,
        "snapshot": entry.snapshot,
        "isPrefix": entry.is_prefix,
        "result": result(entry),
        "reason": reason.title,
        "serviceWords": reason.words,
        "retry": reason.cure.word(),
        "renamedFrom": entry.renamed.as_ref().map(|renamed| &renamed.from),
        "renamedTo": entry.renamed.as_ref().map(|renamed| &renamed.to),
        "filePath": entry.file_path,
        "size": entry.size,
        // A number this large is not exact in every JSON reader.
        "crc64": entry.crc64.map(|crc| crc.to_string()),
        "etag": entry.etag,
        "status": entry.status,
        "category": entry.category,
        "code": entry.code,
        "message": entry.message,
        "parts": parts.collect::<Vec<_>>(),
        "drive": source.drive,
        "log": source.file_name(),
    }))
}

/// The report without its entries as JSON.
pub fn report_json(report: &FailureReport, job: &str) -> Value {
    let log = |log: &super::report::ReadLog| {
        json!({
            "drive": log.source.drive,
            "log": log.source.link,
            "entries": log.entries,
            "bytes": log.bytes,
            "whole": log.trouble.is_none(),
            "trouble": log.trouble,
        })
    };
    let group = |group: &super::report::ReasonGroup| {
        json!({
            "reason": group.reason.title,
            "serviceWords": group.reason.words,
            "retry": group.reason.cure.word(),
            "advice": group.reason.advice,
            "count": group.count,
            "first": group.blobs.iter().map(|blob| json!({ "path": blob.path, "snapshot": blob.snapshot, "now": blob.now, "size": blob.size })).collect::<Vec<_>>(),
        })
    };
    json!({
        "job": job,
        "verdict": report.verdict().word(),
        "complete": report.is_complete(),
        "notExported": report.failed,
        "renamed": report.renamed,
        "reasons": report.groups.iter().map(group).collect::<Vec<_>>(),
        "remarks": report.remarks,
        "logs": report.logs.iter().map(log).collect::<Vec<_>>(),
    })
}
