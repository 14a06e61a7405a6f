//! The logs of a job: where they are, by what the job says of itself.

use serde::{Deserialize, Serialize};

use crate::azure::model::{Job, JobState};

/// What a log is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogRole {
    /// What failed: the error log of Import/Export, the copy log of Data Box.
    Errors,
    /// Every blob.
    Verbose,
    /// What did not fit on the drives.
    Incomplete,
    /// The copy of the manifest of a drive, by which the drive can be checked.
    Manifest,
}

/// A log of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogSource {
    /// What it is about.
    pub role: LogRole,
    /// The drive, by serial number; empty for the list of what did not fit.
    pub drive: String,
    /// The address that the service gave, or a path in the account, without a signature.
    pub link: String,
}

impl LogSource {
    /// e.g. `the copy log of drive WD-1`.
    pub fn title(&self) -> String {
        match self.role {
            LogRole::Errors => format!("the error log of drive {}", self.drive),
            LogRole::Verbose => format!("the verbose log of drive {}", self.drive),
            LogRole::Manifest => format!("the copy of the manifest of drive {}", self.drive),
            LogRole::Incomplete => "the list of blobs that did not fit".to_owned(),
        }
    }

    /// The same at the beginning of a sentence.
    pub fn title_at_start(&self) -> String {
        let title = self.title();
        title.strip_prefix('t').map(|rest| format!("T{rest}")).unwrap_or(title)
    }

    /// Its file name, e.g. `job_WD-1_CopyLog.xml`.
    pub fn file_name(&self) -> &str {
        self.link.rsplit('/').next().unwrap_or(&self.link)
    }
}

/// What a job says of a drive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DriveNumbers {
    /// Serial number.
    pub id: String,
    /// Files that failed by the service's count.
    pub failed_files: Option<u64>,
    /// Its copy status, verbatim.
    pub copy_status: Option<String>,
}

/// The logs of a job and the numbers to compare them with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobLogList {
    /// Name of the job.
    pub job: String,
    /// The logs to read.
    pub sources: Vec<LogSource>,
    /// Its drives.
    pub drives: Vec<DriveNumbers>,
    /// The word of its state, where that speaks of errors.
    pub ended_with_errors: Option<String>,
}

impl JobLogList {
    /// What a job names: of each drive the log of errors, or the verbose one where there is no other; and the list of what did not fit.
    pub fn of(job: &Job) -> Self {
        let link = |link: &Option<String>| link.as_deref().map(without_query).filter(|link| !link.is_empty());
        let of_drive = |drive: &crate::azure::model::JobDrive| {
            let errors = link(&drive.error_log).map(|link| (LogRole::Errors, link));
            let (role, link) = errors.or_else(|| link(&drive.verbose_log).map(|link| (LogRole::Verbose, link)))?;
            Some(LogSource { role, drive: drive.id.clone(), link })
        };
        let incomplete = link(&job.incomplete_list);
        let incomplete = incomplete.map(|link| LogSource { role: LogRole::Incomplete, drive: String::new(), link });
        let numbers = |drive: &crate::azure::model::JobDrive| DriveNumbers {
            id: drive.id.clone(),
            failed_files: drive.failed_files,
            copy_status: drive.copy_status.clone(),
        };
        Self {
            job: job.name.clone(),
            sources: job.drives.iter().filter_map(of_drive).chain(incomplete).collect(),
            drives: job.drives.iter().map(numbers).collect(),
            ended_with_errors: (job.status.state == JobState::CompletedWithErrors).then(|| job.status.to_string()),
        }
    }

    /// What the account has of a job beside these logs: the verbose logs, which name every blob, and the copies of the manifests.
    pub fn others(&self, job: &Job) -> Vec<LogSource> {
        let of_drive = |drive: &crate::azure::model::JobDrive| {
            let links = [(LogRole::Verbose, &drive.verbose_log), (LogRole::Manifest, &drive.manifest_backup)];
            let source = |(role, link): (LogRole, &Option<String>)| {
                let link = link.as_deref().map(without_query).filter(|link| !link.is_empty())?;
                Some(LogSource { role, drive: drive.id.clone(), link })
            };
            links.map(source)
        };
        let all = job.drives.iter().flat_map(of_drive).flatten();
        all.filter(|source| self.sources.iter().all(|known| known.link != source.link)).collect()
    }
}

/// The address without its query, which may be a shared access signature. Nobody needs it: a log is read with the account's own credential.
fn without_query(link: &str) -> String {
    link.split('?').next().unwrap_or(link).trim().to_owned()
}
