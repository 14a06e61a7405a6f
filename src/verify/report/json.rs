//! The report for programs. It is written as it is read: there may be more findings than fit into memory.

use serde::ser::{Error as _, SerializeMap as _, SerializeSeq as _};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::super::engine::{CheckBasis, CheckReport, CheckedDrive, FindingList, FindingsUnreadable};
use super::text::{fetch_again, is_whole};

/// The report as one JSON value. One finding is one object.
pub struct JsonReport<'a>(pub &'a CheckReport);

impl Serialize for JsonReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(report) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("status", &report.status())?;
        map.serialize_entry("verdict", verdict(report))?;
        map.serialize_entry("drives", &report.drives.iter().map(JsonDrive).collect::<Vec<_>>())?;
        map.serialize_entry("job", &JsonJob(&report.of_job))?;
        map.serialize_entry("fetchAgain", &JsonAgain(report))?;
        map.serialize_entry("fetchAgainIsWhole", &is_whole(report))?;
        map.end()
    }
}

fn verdict(report: &CheckReport) -> &'static str {
    match report.status() {
        0 => "right",
        1 => "damaged",
        2 => "unchecked",
        _ => "interrupted",
    }
}

/// The members of one drive.
struct JsonDrive<'a>(&'a CheckedDrive);

impl Serialize for JsonDrive<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(drive) = self;
        let counts: serde_json::Map<String, Value> =
            drive.counts().into_iter().map(|(fault, count)| (fault.word().to_owned(), json!(count))).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("folder", &drive.folder)?;
        map.serialize_entry("driveId", &drive.drive_id)?;
        map.serialize_entry("basis", &basis(&drive.basis))?;
        map.serialize_entry("entries", &drive.entries)?;
        map.serialize_entry("bytes", &drive.bytes)?;
        map.serialize_entry("checked", &drive.done.count())?;
        map.serialize_entry("right", &drive.right())?;
        map.serialize_entry("interrupted", &drive.is_interrupted)?;
        map.serialize_entry("hasher", &drive.hasher)?;
        map.serialize_entry("remarks", &drive.remarks)?;
        map.serialize_entry("counts", &counts)?;
        map.serialize_entry("findings", &JsonFindings(&drive.findings))?;
        map.end()
    }
}

/// What the logs say.
struct JsonJob<'a>(&'a FindingList);

impl Serialize for JsonJob<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("findings", &JsonFindings(self.0))?;
        map.end()
    }
}

struct JsonFindings<'a>(&'a FindingList);

impl Serialize for JsonFindings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        sequence(serializer, self.0.iter())
    }
}

struct JsonAgain<'a>(&'a CheckReport);

impl Serialize for JsonAgain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        sequence(serializer, fetch_again(self.0))
    }
}

/// A list that is read while it is written.
fn sequence<S: Serializer, T: Serialize>(
    serializer: S,
    items: impl Iterator<Item = Result<T, FindingsUnreadable>>,
) -> Result<S::Ok, S::Error> {
    let mut list = serializer.serialize_seq(None)?;
    for item in items {
        list.serialize_element(&item.map_err(S::Error::custom)?)?;
    }
    list.end()
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
