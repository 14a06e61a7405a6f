//! What to check, and how.

use std::path::PathBuf;

use super::job_logs::JobLogs;

/// A drive as the person names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedDrive {
    /// Where it is mounted, or a copy of it lies.
    pub folder: PathBuf,
    /// Its serial number, where the person knows it.
    pub drive_id: Option<String>,
}

/// A drive as the job names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpectedDrive {
    /// Serial number.
    pub id: String,
    /// Path of the manifest on the drive, e.g. `\9WM35C3U.manifest`.
    pub manifest: Option<String>,
    /// MD5 of the manifest's bytes, in hexadecimal digits.
    pub manifest_hash: Option<String>,
}

/// What to check, and how.
#[derive(Clone, Debug, Default)]
pub struct CheckRequest {
    /// The drives.
    pub drives: Vec<NamedDrive>,
    /// The drives of the job, where a job is given.
    pub expected: Option<Vec<ExpectedDrive>>,
    /// Logs and copies of manifests outside of the drives.
    pub logs: JobLogs,
    /// Where progress is kept; nowhere when absent.
    pub state: Option<PathBuf>,
    /// Go on where an earlier check of the same manifest stopped.
    pub resume: bool,
    /// Readers for each drive; when absent one for a spinning disk, and one for each core otherwise.
    pub readers: Option<usize>,
}
