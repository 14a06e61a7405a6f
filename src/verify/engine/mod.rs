//! Checks drives: reads what is promised, opens each file, hashes its parts on all cores and tells what is wrong.
//!
//! - `request`: what to check. `checked_drive`: what came of it. `meter`: how far it is, while it runs.
//! - `candidates`: the manifests on a drive, and which one counts. `promises`: the entries of that manifest or of logs, as a stream.
//!   `promised_total`: how much they are together.
//! - `job_logs`: a folder of logs and copies of manifests.
//! - `planner`: an entry to tasks. `task`: one part to read, and the entry it belongs to. `queue`: between the planner and the workers.
//! - `worker`: reads and hashes. `lane_reader`: many files at once, for solid state. `batch_reader`: in order, for spinning disks.
//!   `recheck`: a part that was wrong, read again.
//! - `collector`: what was found so far. `saved_progress`: the same on disk. `known_files`: promised paths, to find files nobody promised.
//! - `finding_runs`: findings, of which most are on disk. `merged_findings`: their runs as one stream. `finding_list`: the stream with numbers.
//! - `drive_check`: one drive from beginning to end. `check`: several.

mod batch_reader;
mod candidates;
mod check;
mod checked_drive;
mod collector;
mod drive_check;
mod finding_list;
mod finding_runs;
mod job_logs;
mod known_files;
mod lane_reader;
mod merged_findings;
mod meter;
mod planner;
mod promised_total;
mod promises;
mod queue;
mod recheck;
mod request;
mod saved_progress;
mod task;
mod worker;

pub use check::{check, check_with};
pub use checked_drive::{CheckBasis, CheckReport, CheckedDrive};
pub use finding_list::{EntryVerdicts, FindingList, FindingStream, KindOfFinding};
pub use job_logs::JobLogs;
pub use merged_findings::FindingsUnreadable;
pub use meter::CheckMeter;
pub use promises::PromiseSource;
pub use request::CheckRequest;

pub use super::rules::{ExpectedDrive, MeterReading, NamedDrive};

#[cfg(test)]
mod tests;
