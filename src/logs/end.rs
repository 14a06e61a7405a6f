//! What is known of a log after its last byte: its kind, what its summary says, whether it was read to its end.

/// The kinds of log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogKind {
    /// `DriveLog`: error log or verbose log of Import/Export.
    DriveLog,
    /// `ErroredEntity` elements and a `CopyLog` summary: the copy log of Data Box.
    CopyLog,
    /// `File` elements: the verbose log of Data Box.
    VerboseLog,
    /// Lower-case `file` elements: an older Data Box file list with sums.
    FileList,
    /// XML with paths of blobs that were left out.
    PathList,
    /// One path a line.
    Lines,
}

/// How a log ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogEnding {
    /// Its closing tag was read.
    Marked,
    /// This kind has no mark at its end. Whether something is missing cannot be told from the log.
    #[default]
    Unmarked,
    /// It stops before its closing tag.
    Cut,
}

/// The first place of a log that could not be read as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogProblem {
    /// Line, from 1.
    pub line: u64,
    /// Bytes before it.
    pub byte: u64,
    /// What is wrong, as a clause, e.g. `the log stops inside <Blob>`.
    pub what: String,
}

/// A row of a summary, e.g. `UploadErrorWin32`, 3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryCount {
    /// The service's word.
    pub reason: String,
    /// How many files.
    pub count: u64,
    /// The service's description.
    pub description: Option<String>,
    /// It is a row of `ValidationErrors`; otherwise of `CopyErrors`.
    pub is_validation: bool,
}

/// What a log's own summary says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogSummary {
    /// Version, e.g. `2021-08-01`.
    pub version: Option<String>,
    /// Drive; in copy logs a GUID, not the serial number.
    pub drive: Option<String>,
    /// The drive's status, e.g. `CompletedWithErrors`.
    pub status: Option<String>,
    /// Files the service counted.
    pub total: Option<u64>,
    /// Files that failed by the service's count.
    pub failed: Option<u64>,
    /// Its rows.
    pub counts: Vec<SummaryCount>,
}

/// What is known of a log after its last byte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogEnd {
    /// Its kind; `None` when nothing of a log was found in it.
    pub kind: Option<LogKind>,
    /// How it ends.
    pub ending: LogEnding,
    /// What its summary says.
    pub summary: LogSummary,
    /// Entries read.
    pub entries: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Places that could not be read as they should be.
    pub problems: u64,
    /// The first of them.
    pub first_problem: Option<LogProblem>,
}

impl LogEnd {
    /// Whether all of it was read, as far as its kind can show that.
    pub fn is_whole(&self) -> bool {
        self.kind.is_some() && self.ending != LogEnding::Cut && self.problems == 0
    }
}
