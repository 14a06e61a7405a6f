//! What was found of a drive: all findings as a stream in the order of the manifest; in memory the first of each kind, and numbers.

use std::collections::{BTreeMap, HashMap};

use super::super::rules::{DriveFault, DriveFinding, Severity};
use super::finding_runs::FindingRuns;
use super::merged_findings::{FindingsUnreadable, MergedFindings};

/// Findings of a kind that stay in memory.
const FIRST: usize = 100;

/// The findings of one kind.
#[derive(Clone, Debug, Default)]
pub struct KindOfFinding {
    /// How many there are.
    pub count: u64,
    /// The first of them.
    pub first: Vec<DriveFinding>,
}

/// Entries by the heaviest of their findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryVerdicts {
    /// Entries whose file is not there.
    pub missing: u64,
    /// Entries with other damage.
    pub damaged: u64,
    /// Entries that could not be checked.
    pub unchecked: u64,
}

impl EntryVerdicts {
    /// All of them: those that are not right.
    pub fn all(self) -> u64 {
        self.missing + self.damaged + self.unchecked
    }

    fn note(&mut self, heaviest: &DriveFinding) {
        match heaviest.fault {
            DriveFault::MissingFile | DriveFault::NotExported => self.missing += 1,
            fault if fault.severity() == Severity::Damage => self.damaged += 1,
            _ => self.unchecked += 1,
        }
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct FindingList {
    runs: FindingRuns,
    /// Entries whose file holds the bytes of another file, and that file.
    swapped: HashMap<u64, String>,
    /// By kind.
    pub kinds: BTreeMap<DriveFault, KindOfFinding>,
    /// Entries by verdict.
    pub entries: EntryVerdicts,
    /// Missing files, and those of them whose name is ASCII.
    pub(super) missing_files: (u64, u64),
    /// Something is wrong or unknown about the drive as a whole.
    pub is_doubtful: bool,
    /// Not all that is on disk could be read: numbers are at least so high.
    pub problem: Option<String>,
}

impl FindingList {
    /// A few findings about a drive as a whole.
    pub(super) fn of(findings: Vec<DriveFinding>) -> Self {
        let mut runs = FindingRuns::default();
        for finding in findings {
            runs.add(finding);
        }
        Self::new(runs, HashMap::new())
    }

    /// Counts what was found.
    pub(super) fn new(runs: FindingRuns, swapped: HashMap<u64, String>) -> Self {
        let mut list = Self { swapped, ..Self::default() };
        list.problem.clone_from(&runs.problem);
        let mut heaviest: Option<DriveFinding> = None;
        for finding in FindingStream::new(runs.merged(), &list.swapped.clone()) {
            match finding {
                Ok(finding) => list.count(finding, &mut heaviest),
                Err(unreadable) => list.problem = Some(unreadable.to_string()),
            }
        }
        if let Some(heaviest) = heaviest {
            list.entries.note(&heaviest);
        }
        for (fault, count) in &runs.lost {
            list.kinds.entry(*fault).or_default().count += count;
            // Of which entry it was is not known any more.
            list.entries.unchecked += if fault.severity() > Severity::Note { *count } else { 0 };
        }
        list.runs = runs;
        list
    }

    fn count(&mut self, finding: DriveFinding, heaviest: &mut Option<DriveFinding>) {
        if finding.fault == DriveFault::MissingFile {
            self.missing_files.0 += 1;
            self.missing_files.1 += u64::from(finding.file.is_ascii());
        }
        if finding.severity > Severity::Note {
            self.is_doubtful |= finding.entry.is_none();
            match heaviest {
                Some(before) if before.entry == finding.entry && finding.severity > before.severity => {
                    *before = finding.clone();
                }
                Some(before) if before.entry == finding.entry => {}
                _ if finding.entry.is_some() => {
                    if let Some(before) = heaviest.replace(finding.clone()) {
                        self.entries.note(&before);
                    }
                }
                _ => {}
            }
        }
        let kind = self.kinds.entry(finding.fault).or_default();
        kind.count += 1;
        if kind.first.len() < FIRST {
            kind.first.push(finding);
        }
    }

    /// How many there are.
    pub fn count_all(&self) -> u64 {
        self.kinds.values().map(|kind| kind.count).sum()
    }

    /// The heaviest.
    pub fn worst(&self) -> Option<Severity> {
        self.kinds.keys().map(|fault| fault.severity()).max()
    }

    /// Whether every finding is in the stream.
    pub fn is_whole(&self) -> bool {
        self.problem.is_none() && self.runs.lost.is_empty()
    }

    /// The check is over: what is on disk of it vanishes with this list.
    pub(super) fn leave_nothing(&mut self) {
        self.runs.remove();
    }

    /// All, in the order of the manifest.
    pub fn iter(&self) -> FindingStream<'_> {
        FindingStream::new(self.runs.merged(), &self.swapped)
    }
}

impl<'a> IntoIterator for &'a FindingList {
    type Item = Result<DriveFinding, FindingsUnreadable>;
    type IntoIter = FindingStream<'a>;

    fn into_iter(self) -> FindingStream<'a> {
        self.iter()
    }
}

/// Findings in order, files in each other's place told as such.
pub struct FindingStream<'a> {
    merged: MergedFindings<'a>,
    swapped: &'a HashMap<u64, String>,
    /// The entry that was told last as swapped.
    told: Option<u64>,
}

impl<'a> FindingStream<'a> {
    fn new(merged: MergedFindings<'a>, swapped: &'a HashMap<u64, String>) -> Self {
        Self { merged, swapped, told: None }
    }
}

impl Iterator for FindingStream<'_> {
    type Item = Result<DriveFinding, FindingsUnreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut finding = match self.merged.next()? {
                Ok(finding) => finding,
                Err(unreadable) => return Some(Err(unreadable)),
            };
            let is_part = matches!(finding.fault, DriveFault::WrongHash | DriveFault::ZeroedPart);
            let Some((entry, other)) =
                finding.entry.filter(|_| is_part).and_then(|entry| Some((entry, self.swapped.get(&entry)?)))
            else {
                return Some(Ok(finding));
            };
            if self.told.replace(entry) == Some(entry) {
                continue;
            }
            finding.fault = DriveFault::SwappedFile;
            finding.severity = finding.fault.severity();
            finding.detail = format!("it holds the bytes that {other} should hold");
            (finding.index, finding.offset, finding.length) = (None, None, None);
            return Some(Ok(finding));
        }
    }
}

#[cfg(test)]
impl FindingList {
    /// All of them, in a test that has few.
    pub(crate) fn all(&self) -> Vec<DriveFinding> {
        self.iter().map(Result::unwrap).collect()
    }

    /// A list of these.
    pub(crate) fn made_of(findings: Vec<DriveFinding>) -> Self {
        Self::of(findings)
    }
}
