//! What came of a check in an amount that does not grow with the drives: numbers, the first findings, the blobs to fetch again.

use std::cmp::Reverse;

use super::super::engine::{CheckReport, CheckedDrive, FindingList};
use super::super::rules::{BlobAgain, CheckOutcome, DriveFinding, DriveOutcome};
use super::text::{NamedOnce, facts, is_to_fetch};

/// Findings that are named one by one, for each drive and for the logs.
const FIRST: usize = 100;
/// Blobs to fetch again that are named; a job takes a list of no more than some thousands in practice.
const MOST_AGAIN: usize = 20_000;

/// What came of a check.
pub fn outcome(report: &CheckReport) -> CheckOutcome {
    let (again, again_unnamed) = again(report);
    let of_job_counts = report.of_job.kinds.iter().map(|(fault, kind)| (*fault, kind.count)).collect();
    CheckOutcome {
        drives: report.drives.iter().map(drive).collect(),
        of_job: first(&report.of_job),
        of_job_counts,
        again,
        again_unnamed,
    }
}

/// The blobs to fetch again, and how many more there are. Where findings on disk cannot be read any more the rest is unknown, which their
/// list says.
fn again(report: &CheckReport) -> (Vec<BlobAgain>, u64) {
    let findings = report.drives.iter().flat_map(|drive| drive.findings.iter()).chain(report.of_job.iter());
    let (mut named, mut more, mut once) = (Vec::new(), 0, NamedOnce::default());
    for finding in findings.map_while(Result::ok).filter(is_to_fetch) {
        let blob = BlobAgain { blob: finding.blob, snapshot: finding.snapshot };
        if !once.is_new(&blob) {
            continue;
        }
        if named.len() < MOST_AGAIN {
            named.push(blob);
        } else {
            more += 1;
        }
    }
    named.sort_unstable();
    (named, more)
}

fn drive(drive: &CheckedDrive) -> DriveOutcome {
    let (found, right) = (drive.findings.entries, drive.right());
    DriveOutcome {
        folder: drive.folder.display().to_string(),
        drive_id: drive.drive_id.clone(),
        facts: facts(drive),
        entries: drive.entries,
        right,
        damaged: found.damaged,
        missing: found.missing,
        unchecked: drive.entries.saturating_sub(right + found.damaged + found.missing),
        findings: first(&drive.findings),
        counts: drive.counts(),
        is_doubtful: drive.findings.is_doubtful || !drive.findings.is_whole(),
        is_interrupted: drive.is_interrupted,
    }
}

/// The first findings, the heaviest first.
fn first(findings: &FindingList) -> Vec<DriveFinding> {
    let mut all: Vec<&DriveFinding> = findings.kinds.values().flat_map(|kind| &kind.first).collect();
    all.sort_by_key(|finding| (Reverse(finding.severity), *finding));
    all.into_iter().take(FIRST).cloned().collect()
}
