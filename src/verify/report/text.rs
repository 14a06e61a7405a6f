//! The summary for people, and its sentences, which the page has, too.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher as _};

use super::super::engine::{CheckBasis, CheckReport, CheckedDrive, FindingList, FindingsUnreadable};
use super::super::rules::{DriveFault, DriveFinding, Severity};
use crate::wording::{decimal, many};

/// The most findings of a kind that are told one by one.
const MOST: usize = 20;
/// The most names that are known.
const MOST_KNOWN: usize = 200_000;

/// The report as text: the first of each kind, and numbers. Names of files and blobs stand in it as they are; whoever prints it cleans each
/// line.
///
/// # Errors
/// Findings on disk cannot be read.
pub fn text(report: &CheckReport) -> Result<String, FindingsUnreadable> {
    let mut text = String::new();
    for drive in &report.drives {
        let _infallible = writeln!(text, "{}", heading(drive));
        for line in facts(drive) {
            let _infallible = writeln!(text, "  {line}");
        }
        groups(&mut text, &drive.findings);
        text.push('\n');
    }
    if report.of_job.count_all() > 0 {
        text.push_str("What the logs say\n");
        groups(&mut text, &report.of_job);
        text.push('\n');
    }
    let (mut count, mut first) = (0, Vec::new());
    for blob in fetch_again(report) {
        count += 1;
        first.extend(Some(blob?).filter(|_| count <= MOST));
    }
    if count > 0 {
        let _infallible = writeln!(text, "To fetch again: {}{}", at_least(report), many(count as u64, "blob"));
        for blob in first {
            let _infallible = writeln!(text, "  {blob}");
        }
        rest(&mut text, count, "  ");
        text.push('\n');
    }
    let _infallible = writeln!(text, "{}", verdict(report));
    Ok(text)
}

/// Whether every finding was kept. Otherwise the list of blobs to fetch again is not whole.
pub(super) fn is_whole(report: &CheckReport) -> bool {
    report.drives.iter().map(|drive| &drive.findings).chain([&report.of_job]).all(FindingList::is_whole)
}

fn at_least(report: &CheckReport) -> &'static str {
    if is_whole(report) { "" } else { "at least " }
}

/// The last sentence: what the exit status means.
pub(super) fn verdict(report: &CheckReport) -> &'static str {
    match report.status() {
        0 => "Everything promised is there and right.",
        1 => "Something promised is damaged or missing.",
        2 if report.drives.iter().all(|drive| drive.right() == 0) => "No blob could be checked.",
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
fn groups(text: &mut String, findings: &FindingList) {
    for fault in kinds(findings) {
        let Some(of_kind) = findings.kinds.get(&fault) else { continue };
        let _infallible = writeln!(text, "  {} ({}): {}", fault.title(), fault.severity().word(), of_kind.count);
        for finding in of_kind.first.iter().take(MOST) {
            let _infallible = writeln!(text, "    {}", finding.in_words());
        }
        rest(text, usize::try_from(of_kind.count).unwrap_or(usize::MAX), "    ");
    }
}

/// The kinds that occur, heaviest first.
pub(super) fn kinds(findings: &FindingList) -> Vec<DriveFault> {
    let mut kinds: Vec<DriveFault> = findings.kinds.keys().copied().collect();
    kinds.sort_by_key(|fault| (std::cmp::Reverse(fault.severity()), *fault));
    kinds
}

fn rest(text: &mut String, all: usize, indent: &str) {
    if all > MOST {
        let _infallible = writeln!(text, "{indent}and {} more; a report as .html or .json has all", all - MOST);
    }
}

/// A blob or snapshot of which something is damaged or missing.
pub(super) fn is_to_fetch(finding: &DriveFinding) -> bool {
    finding.severity == Severity::Damage && !finding.blob.is_empty()
}

/// The blobs and snapshots of which something is damaged or missing, by drive in the order of its manifest.
pub(super) fn fetch_again(report: &CheckReport) -> impl Iterator<Item = Result<String, FindingsUnreadable>> {
    let findings = report.drives.iter().flat_map(|drive| drive.findings.iter()).chain(report.of_job.iter());
    let mut once = NamedOnce::default();
    findings.filter_map(move |finding| match finding {
        Ok(finding) if is_to_fetch(&finding) => {
            let name = match &finding.snapshot {
                Some(snapshot) => format!("{} (snapshot {snapshot})", finding.blob),
                None => finding.blob,
            };
            once.is_new(&name).then_some(Ok(name))
        }
        Ok(_) => None,
        Err(unreadable) => Some(Err(unreadable)),
    })
}

/// Names that were told. Beyond some hundred thousand only the last one is known: the findings of an entry follow each other.
#[derive(Default)]
pub(super) struct NamedOnce {
    known: HashSet<u64>,
    last: u64,
}

impl NamedOnce {
    /// Whether a name comes for the first time, as far as that is known.
    pub(super) fn is_new(&mut self, name: &impl Hash) -> bool {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        let key = hasher.finish();
        let is_last = std::mem::replace(&mut self.last, key) == key;
        let is_known = if self.known.len() < MOST_KNOWN { !self.known.insert(key) } else { self.known.contains(&key) };
        !is_last && !is_known
    }
}
