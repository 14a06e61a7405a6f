//! What was not exported, of all logs of a job: entries grouped by reason, and what does not tally. Memory is bounded: of each group a
//! number of entries is kept, of the blobs for a new draft a larger number.

use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::end::{LogEnd, LogEnding};
use super::entry::{EntryResult, LogEntry, is_success};
use super::reason::{Cure, FailureReason};
use super::source::{JobLogList, LogSource};
use crate::select::Rule;
use crate::wording::{count, many};

/// Entries that a group keeps.
pub const KEPT: usize = 500;
/// Groups that are kept apart; the entries of further ones are counted together.
const GROUPS: usize = 64;
/// Rules that a new draft can take.
pub const RULES: usize = 100_000;
/// Blobs that are known again when a second log names them.
const KNOWN_AGAIN: usize = 1_000_000;

/// A log that was asked for, and how far it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadLog {
    /// Which.
    pub source: LogSource,
    /// Entries read.
    pub entries: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Why it is not whole, or could not be read at all; `None` when it is whole.
    pub trouble: Option<String>,
}

/// An entry in the few words of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedBlob {
    /// Container and name.
    pub path: String,
    /// Snapshot.
    pub snapshot: Option<String>,
    /// The path on the drive, or the new name.
    pub now: Option<String>,
    /// Bytes.
    pub size: Option<u64>,
}

/// The entries of one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonGroup {
    /// The reason.
    pub reason: FailureReason,
    /// How many entries it has.
    pub count: u64,
    /// The first of them.
    pub blobs: Vec<ReportedBlob>,
}

/// What the logs together say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReportVerdict {
    /// Every log was read to its end, and none names a failure.
    NothingFailed,
    /// Something was not exported.
    Failed,
    /// A log is missing or was not read whole, and what was read names no failure.
    Unknown,
}

impl ReportVerdict {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::NothingFailed => "nothingFailed",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

/// What was not exported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureReport {
    /// The logs.
    pub logs: Vec<ReadLog>,
    /// By reason: what a retry can cure first, then by count.
    pub groups: Vec<ReasonGroup>,
    /// Entries of reasons beyond the groups that are kept.
    pub ungrouped: u64,
    /// Entries of blobs that were not exported.
    pub failed: u64,
    /// Entries of blobs that were exported under another name.
    pub renamed: u64,
    /// Numbers that do not tally, as sentences.
    pub remarks: Vec<String>,
    /// What a new draft takes.
    pub retry: Vec<Rule>,
    /// Entries that a new draft would take and that are beyond what is kept.
    pub retry_left: u64,
}

impl FailureReport {
    /// What the logs together say.
    pub fn verdict(&self) -> ReportVerdict {
        if self.failed > 0 {
            ReportVerdict::Failed
        } else if self.is_complete() && self.remarks.is_empty() {
            ReportVerdict::NothingFailed
        } else {
            ReportVerdict::Unknown
        }
    }

    /// Whether there are logs and all of them were read whole.
    pub fn is_complete(&self) -> bool {
        !self.logs.is_empty() && self.logs.iter().all(|log| log.trouble.is_none())
    }

    /// How many entries no new job can export.
    pub fn to_download(&self) -> u64 {
        self.of_cure(|cure| cure == Cure::Download)
    }

    /// How many entries a new draft takes.
    pub fn to_retry(&self) -> u64 {
        self.of_cure(Cure::is_retried)
    }

    fn of_cure(&self, wanted: impl Fn(Cure) -> bool) -> u64 {
        self.groups.iter().filter(|group| wanted(group.reason.cure)).map(|group| group.count).sum()
    }

    /// The report in one sentence.
    pub fn headline(&self) -> String {
        let least = if self.is_complete() { "" } else { "At least " };
        match self.verdict() {
            ReportVerdict::Failed => {
                let were = if self.failed == 1 { "was" } else { "were" };
                format!("{least}{} {were} not exported.", many(self.failed, "blob"))
            }
            ReportVerdict::NothingFailed => "The logs, all read to their end, name no blob that failed.".into(),
            ReportVerdict::Unknown if self.logs.is_empty() => {
                "The job names no log, so it is not known what failed.".into()
            }
            ReportVerdict::Unknown => "What was read names no blob that failed, but it is not everything.".into(),
        }
    }
}

/// Takes the entries of all logs of a job and makes the report.
#[derive(Debug, Default)]
pub struct ReportBuilder {
    report: FailureReport,
    /// Failures in the log that is read.
    failed_here: u64,
    rules: BTreeSet<Rule>,
    /// Hashes of the blobs that failed.
    seen: HashSet<u64>,
}

impl ReportBuilder {
    /// Takes an entry of the log that is read.
    pub fn push(&mut self, entry: &LogEntry) {
        let Some(reason) = FailureReason::of(entry) else { return };
        match entry.result() {
            EntryResult::Exported => return,
            EntryResult::Renamed => self.report.renamed += 1,
            EntryResult::NotExported => {
                self.failed_here += 1;
                if self.is_known(entry) {
                    return;
                }
                self.report.failed += 1;
                if reason.cure.is_retried() {
                    self.retry(entry);
                }
            }
        }
        let groups = &mut self.report.groups;
        let at = groups.iter().position(|group| group.reason == reason).unwrap_or(groups.len());
        if at == groups.len() {
            if at >= GROUPS {
                self.report.ungrouped += 1;
                return;
            }
            groups.push(ReasonGroup { reason, count: 0, blobs: Vec::new() });
        }
        let Some(group) = groups.get_mut(at) else { return };
        group.count += 1;
        if group.blobs.len() < KEPT {
            let now = entry.renamed.as_ref().map(|renamed| renamed.to.clone()).or_else(|| entry.file_path.clone());
            let (path, snapshot) = (entry.path.clone(), entry.snapshot.clone());
            group.blobs.push(ReportedBlob { path, snapshot, now, size: entry.size });
        }
    }

    /// Whether another log named this blob already.
    fn is_known(&mut self, entry: &LogEntry) -> bool {
        let mut hasher = DefaultHasher::new();
        (&entry.path, &entry.snapshot).hash(&mut hasher);
        let hash = hasher.finish();
        if self.seen.len() < KNOWN_AGAIN { !self.seen.insert(hash) } else { self.seen.contains(&hash) }
    }

    fn retry(&mut self, entry: &LogEntry) {
        // A path without a container cannot be selected, and a container or share is not one blob.
        let is_blob = entry.path.contains('/') && entry.format.as_deref() != Some("AzureFile");
        let rule = match &entry.snapshot {
            _ if entry.is_prefix => Rule::Prefix(format!("/{}", entry.path.trim_start_matches('/'))),
            _ if !is_blob => return,
            Some(time) => Rule::Snapshot { path: entry.path.clone(), time: time.clone() },
            None => Rule::Blob { path: entry.path.clone(), snapshots: false },
        };
        if self.rules.len() < RULES {
            self.rules.insert(rule);
        } else if !self.rules.contains(&rule) {
            self.report.retry_left += 1;
        }
    }

    /// A log was read to its end, or as far as it goes.
    pub fn end_log(&mut self, source: LogSource, end: &LogEnd) {
        let trouble = trouble(end);
        self.tally(&source, end);
        self.report.logs.push(ReadLog { source, entries: end.entries, bytes: end.bytes, trouble });
        self.failed_here = 0;
    }

    /// A log could not be read, or not further than this.
    pub fn break_log(&mut self, source: LogSource, end: &LogEnd, why: String) {
        self.report.logs.push(ReadLog { source, entries: end.entries, bytes: end.bytes, trouble: Some(why) });
        self.failed_here = 0;
    }

    /// Says what of a log's own numbers does not fit its entries.
    fn tally(&mut self, source: &LogSource, end: &LogEnd) {
        let (title, entries) = (source.title_at_start(), self.failed_here);
        if let Some(said) = end.summary.failed.filter(|said| *said != entries) {
            let remark = format!("{title} says that {} failed, and names {}.", many(said, "file"), count(entries));
            self.report.remarks.push(remark);
        } else if let Some(status) = end.summary.status.as_deref().filter(|status| entries == 0 && !is_success(status))
        {
            self.report.remarks.push(format!("{title} ends with the status {status}, and names no blob that failed."));
        }
    }

    /// Compares with what the job itself says, and makes the report.
    pub fn finish(mut self, job: &JobLogList) -> FailureReport {
        for drive in &job.drives {
            self.tally_drive(&drive.id, drive.failed_files, drive.copy_status.as_deref());
        }
        if let Some(state) = job.ended_with_errors.as_deref().filter(|_| self.report.failed == 0) {
            self.report.remarks.push(format!("The job ended in {state}, and its logs name no blob that failed."));
        }
        if self.seen.len() >= KNOWN_AGAIN && self.report.logs.len() > 1 {
            let remark =
                format!("Beyond {} a blob that two logs name is counted twice.", many(KNOWN_AGAIN as u64, "blob"));
            self.report.remarks.push(remark);
        }
        let mut report = self.report;
        report.groups.sort_by(|one, two| {
            let rank = |group: &ReasonGroup| (group.reason.cure, std::cmp::Reverse(group.count));
            rank(one).cmp(&rank(two)).then_with(|| one.reason.cmp(&two.reason))
        });
        report.retry = self.rules.into_iter().collect();
        report
    }

    /// The numbers of a drive: files that failed by the service's count, and a drive without a log.
    fn tally_drive(&mut self, drive: &str, failed: Option<u64>, copy_status: Option<&str>) {
        if !self.report.logs.iter().any(|log| log.source.drive == drive) {
            let status = copy_status.map(|status| format!(" Its copy status is {status}.")).unwrap_or_default();
            self.report.remarks.push(format!("The job names no log of drive {drive}.{status}"));
        }
        if let Some(failed) = failed.filter(|failed| *failed > 0 && self.report.failed == 0) {
            let words = many(failed, "file");
            self.report.remarks.push(format!("The job says that {words} failed on drive {drive}; the logs name none."));
        }
    }
}

/// Why a log is not whole.
fn trouble(end: &LogEnd) -> Option<String> {
    let first = end.first_problem.as_ref();
    let place = first.map(|problem| format!("{} (line {}, byte {})", problem.what, problem.line, problem.byte));
    if end.is_whole() {
        return None;
    }
    let place = place.unwrap_or_else(|| "nothing of a log was found in it".to_owned());
    Some(match (end.ending, end.problems) {
        (LogEnding::Cut, _) | (_, 0 | 1) => place,
        (_, several) => format!("{place}, and {} more places", count(several - 1)),
    })
}
