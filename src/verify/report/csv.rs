//! A table of every blob: where it is on the drive, and its verdict. It maps names of blobs to files where the drive had to rename.

use std::collections::BTreeMap;

use super::super::engine::CheckedDrive;
use super::super::rules::{DriveFinding, PromisedFile};

/// The columns.
pub const CSV_HEADING: &str = "drive,blob,snapshot,file,length,verdict,kind,detail\r\n";

/// Makes the rows of a drive.
pub struct CsvRows<'a> {
    drive: &'a CheckedDrive,
    verdicts: BTreeMap<u64, &'a DriveFinding>,
}

impl<'a> CsvRows<'a> {
    /// For the entries of this drive.
    pub fn new(drive: &'a CheckedDrive) -> Self {
        Self { drive, verdicts: drive.verdicts() }
    }

    /// The row of an entry.
    pub fn row(&self, promised: &PromisedFile) -> String {
        let (verdict, kind, detail) = match self.verdicts.get(&promised.number) {
            Some(finding) => (finding.severity.word(), finding.fault.word(), finding.detail.as_str()),
            None if self.drive.counted_entries.contains(promised.number) => {
                ("damage or unchecked", "", "too many to tell")
            }
            None if self.drive.done.contains(promised.number) => ("right", "", ""),
            None => ("not checked", "", "the check was stopped before"),
        };
        let length = promised.length.map(|length| length.to_string()).unwrap_or_default();
        let drive = self.drive.drive_id.clone().unwrap_or_else(|| self.drive.folder.display().to_string());
        let snapshot = promised.snapshot.as_deref().unwrap_or_default();
        let fields = [drive.as_str(), &promised.blob, snapshot, &promised.path, length.as_str(), verdict, kind, detail]
            .map(quoted);
        format!("{}\r\n", fields.join(","))
    }
}

/// A field: in quotes where it has to be.
fn quoted(field: &str) -> String {
    if field.contains(['"', ',', '\r', '\n']) || field.starts_with(' ') || field.ends_with(' ') {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
