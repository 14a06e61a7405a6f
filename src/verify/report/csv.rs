//! A table of every blob: where it is on the drive, and its verdict. It maps names of blobs to files where the drive had to rename.

use std::iter::Peekable;

use super::super::engine::{CheckedDrive, FindingStream, FindingsUnreadable};
use super::super::rules::{DriveFinding, PromisedFile, Severity};
use crate::logs::csv_line;

/// The columns.
pub const CSV_HEADING: &str = "drive,blob,snapshot,file,length,verdict,kind,detail\r\n";

/// Makes the rows of a drive, of its entries in their order.
pub struct CsvRows<'a> {
    drive: &'a CheckedDrive,
    findings: Peekable<FindingStream<'a>>,
}

impl<'a> CsvRows<'a> {
    /// For the entries of this drive.
    pub fn new(drive: &'a CheckedDrive) -> Self {
        Self { drive, findings: drive.findings.iter().peekable() }
    }

    /// The row of an entry, which stands behind those before.
    ///
    /// # Errors
    /// Findings on disk cannot be read.
    pub fn row(&mut self, promised: &PromisedFile) -> Result<String, FindingsUnreadable> {
        let heaviest = self.heaviest(promised.number)?;
        let (verdict, kind, detail) = match &heaviest {
            Some(finding) => (finding.severity.word(), finding.fault.word(), finding.detail.as_str()),
            None if self.drive.done.contains(promised.number) => ("right", "", ""),
            None => ("not checked", "", "the check was stopped before"),
        };
        let length = promised.length.map(|length| length.to_string()).unwrap_or_default();
        let drive = self.drive.drive_id.clone().unwrap_or_else(|| self.drive.folder.display().to_string());
        let snapshot = promised.snapshot.as_deref().unwrap_or_default();
        let blob = promised.blob.as_str();
        Ok(csv_line(&[drive.as_str(), blob, snapshot, &promised.path, &length, verdict, kind, detail]))
    }

    /// The first of the heaviest findings of an entry that are more than notes.
    fn heaviest(&mut self, number: u64) -> Result<Option<DriveFinding>, FindingsUnreadable> {
        let mut heaviest: Option<DriveFinding> = None;
        let is_due = |next: &Result<DriveFinding, _>| next.as_ref().map_or(true, |next| next.entry <= Some(number));
        while let Some(finding) = self.findings.next_if(is_due) {
            let finding = finding?;
            let before = heaviest.as_ref().map_or(Severity::Note, |before| before.severity);
            if finding.entry == Some(number) && finding.severity > before {
                heaviest = Some(finding);
            }
        }
        Ok(heaviest)
    }
}
