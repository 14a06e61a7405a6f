//! What came of a check in an amount that does not grow with the drives: numbers, the first findings, the blobs to fetch again.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::super::engine::{CheckReport, CheckedDrive};
use super::super::rules::{BlobAgain, CheckOutcome, DriveFault, DriveFinding, DriveOutcome, Severity};
use super::text::facts;

/// Findings that are named one by one, for each drive and for the logs.
const FIRST: usize = 100;
/// Blobs to fetch again that are named; a job takes a list of no more than some thousands in practice.
const MOST_AGAIN: usize = 100_000;

/// What came of a check.
pub fn outcome(report: &CheckReport) -> CheckOutcome {
    let mut of_job_counts = BTreeMap::new();
    for finding in &report.of_job {
        *of_job_counts.entry(finding.fault).or_default() += 1;
    }
    let all = report.drives.iter().flat_map(|drive| &drive.findings).chain(&report.of_job);
    let damaged = all.filter(|finding| finding.severity == Severity::Damage && !finding.blob.is_empty());
    let mut again: BTreeSet<BlobAgain> =
        damaged.map(|finding| BlobAgain { blob: finding.blob.clone(), snapshot: finding.snapshot.clone() }).collect();
    // The names of these are not kept; some may be of blobs that only could not be checked.
    let nameless: u64 = report.drives.iter().map(nameless).sum();
    let cut = again.len().saturating_sub(MOST_AGAIN) as u64;
    while again.len() > MOST_AGAIN {
        again.pop_last();
    }
    CheckOutcome {
        drives: report.drives.iter().map(drive).collect(),
        of_job: first(&report.of_job),
        of_job_counts,
        again: again.into_iter().collect(),
        again_unnamed: nameless + cut,
    }
}

/// Entries with a finding that was counted only, beyond those with one that is kept.
fn nameless(drive: &CheckedDrive) -> u64 {
    let verdicts = drive.verdicts();
    let both = verdicts.keys().filter(|number| drive.counted_entries.contains(**number)).count() as u64;
    drive.counted_entries.count().saturating_sub(both)
}

fn drive(drive: &CheckedDrive) -> DriveOutcome {
    let verdicts = drive.verdicts();
    let of = |wanted: fn(&DriveFinding) -> bool| {
        verdicts.iter().filter(|(number, finding)| drive.done.contains(**number) && wanted(finding)).count() as u64
    };
    let missing = of(is_missing);
    // What is counted without a name has at least one finding, and nobody can say more: it is taken for damaged.
    let counted_damage = drive.counted.keys().any(|fault| fault.severity() == Severity::Damage);
    let nameless = nameless(drive);
    let damaged = of(|finding| finding.severity == Severity::Damage && !is_missing(finding))
        + if counted_damage { nameless } else { 0 };
    let whole = |finding: &&DriveFinding| finding.entry.is_none() && finding.severity > Severity::Note;
    let right = drive.right();
    DriveOutcome {
        folder: drive.folder.display().to_string(),
        drive_id: drive.drive_id.clone(),
        facts: facts(drive),
        entries: drive.entries,
        right,
        damaged,
        missing,
        unchecked: drive.entries.saturating_sub(right + damaged + missing),
        findings: first(&drive.findings),
        counts: drive.counts(),
        is_doubtful: drive.findings.iter().any(|finding| whole(&finding)),
        is_interrupted: drive.is_interrupted,
    }
}

fn is_missing(finding: &DriveFinding) -> bool {
    matches!(finding.fault, DriveFault::MissingFile | DriveFault::NotExported)
}

/// The first findings, the heaviest first.
fn first(findings: &[DriveFinding]) -> Vec<DriveFinding> {
    let mut all: Vec<&DriveFinding> = findings.iter().collect();
    all.sort_by_key(|finding| Reverse(finding.severity));
    all.into_iter().take(FIRST).cloned().collect()
}
