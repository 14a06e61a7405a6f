//! The summary for people, and its sentences, which the page has, too.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::engine::{CheckBasis, CheckReport, CheckedDrive};
use super::super::rules::{DriveFault, DriveFinding, Severity};
use crate::wording::{decimal, many};

/// The most findings of a kind that are told one by one.
const MOST: usize = 20;

/// The report as text. Names of files and blobs stand in it as they are; whoever prints it cleans each line.
pub fn text(report: &CheckReport) -> String {
    let mut text = String::new();
    for drive in &report.drives {
        let _infallible = writeln!(text, "{}", heading(drive));
        for line in facts(drive) {
            let _infallible = writeln!(text, "  {line}");
        }
        groups(&mut text, &drive.findings, drive);
        text.push('\n');
    }
    if !report.of_job.is_empty() {
        text.push_str("What the logs say\n");
        groups(&mut text, &report.of_job, &CheckedDrive::default());
        text.push('\n');
    }
    let again = fetch_again(report);
    if !again.is_empty() {
        let _infallible = writeln!(text, "To fetch again: {}{}", at_least(report), many(again.len() as u64, "blob"));
        for blob in again.iter().take(MOST) {
            let _infallible = writeln!(text, "  {blob}");
        }
        rest(&mut text, again.len(), "  ");
        text.push('\n');
    }
    let _infallible = writeln!(text, "{}", verdict(report));
    text
}

/// Says that the list of blobs to fetch again is not whole: findings beyond those kept are in the table only.
fn at_least(report: &CheckReport) -> &'static str {
    let is_whole = report.drives.iter().all(|drive| drive.counted_entries.count() == 0);
    if is_whole { "" } else { "at least " }
}

/// The last sentence: what the exit status means.
pub(super) fn verdict(report: &CheckReport) -> &'static str {
    match report.status() {
        0 => "Everything promised is there and right.",
        1 => "Something promised is damaged or missing.",
        2 => "Not everything could be checked. What was checked is right.",
        _ => "The check was stopped. With --resume it goes on from here.",
    }
}

pub(super) fn heading(drive: &CheckedDrive) -> String {
    let id = drive.drive_id.as_ref().map(|id| format!("Drive {id}, ")).unwrap_or_default();
    format!("{id}{}", drive.folder.display())
}

/// What is known of a drive's check, a sentence each.
pub(super) fn facts(drive: &CheckedDrive) -> Vec<String> {
    let mut facts = Vec::new();
    match &drive.basis {
        CheckBasis::Nothing => {}
        CheckBasis::Logs => facts.push("checked against the service's logs: length and CRC-64 of whole files".into()),
        CheckBasis::Manifest { path, version, md5 } => {
            let version = version.as_deref().map_or_else(|| "without a version".to_owned(), |v| format!("version {v}"));
            facts.push(format!("checked against the manifest {path}, {version}, MD5 {md5}"));
        }
    }
    if drive.basis != CheckBasis::Nothing {
        let blobs = many(drive.entries, "blob");
        let promised = if drive.is_interrupted {
            format!("at least {blobs} promised, {} looked at before the stop", drive.done.count())
        } else {
            format!("{blobs} promised, {}", decimal(drive.bytes))
        };
        facts.push(format!("{promised}; {} right", drive.right()));
    }
    facts.extend(drive.remarks.iter().cloned());
    facts
}

/// The findings by kind, heaviest first.
fn groups(text: &mut String, findings: &[DriveFinding], drive: &CheckedDrive) {
    for fault in kinds(findings, drive) {
        let of_kind: Vec<&DriveFinding> = findings.iter().filter(|finding| finding.fault == fault).collect();
        let all = of_kind.len() + usize::try_from(drive.counted.get(&fault).copied().unwrap_or(0)).unwrap_or(0);
        let _infallible = writeln!(text, "  {} ({}): {all}", fault.title(), fault.severity().word());
        for finding in of_kind.iter().take(MOST) {
            let _infallible = writeln!(text, "    {}", finding.in_words());
        }
        rest(text, all, "    ");
    }
}

/// The kinds that occur, heaviest first.
pub(super) fn kinds(findings: &[DriveFinding], drive: &CheckedDrive) -> Vec<DriveFault> {
    let occurring: BTreeSet<DriveFault> =
        findings.iter().map(|finding| finding.fault).chain(drive.counted.keys().copied()).collect();
    let mut kinds: Vec<DriveFault> = occurring.into_iter().collect();
    kinds.sort_by_key(|fault| (std::cmp::Reverse(fault.severity()), *fault));
    kinds
}

fn rest(text: &mut String, all: usize, indent: &str) {
    if all > MOST {
        let _infallible = writeln!(text, "{indent}and {} more; --report FILE has all", all - MOST);
    }
}

/// The blobs and snapshots of which something is damaged or missing.
pub(super) fn fetch_again(report: &CheckReport) -> Vec<String> {
    let findings = report.drives.iter().flat_map(|drive| &drive.findings).chain(&report.of_job);
    let damaged = findings.filter(|finding| finding.severity == Severity::Damage && !finding.blob.is_empty());
    let names: BTreeSet<String> = damaged
        .map(|finding| match &finding.snapshot {
            Some(snapshot) => format!("{} (snapshot {snapshot})", finding.blob),
            None => finding.blob.clone(),
        })
        .collect();
    names.into_iter().collect()
}
