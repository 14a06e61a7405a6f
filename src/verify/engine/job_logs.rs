//! A folder of logs and copies of manifests, as downloaded: which file is what, and what the logs say of blobs that are on no drive.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::manifest::{ManifestProblem, ManifestReader};
use super::super::rules::{DriveFault, DriveFinding, PromisedFile, ServiceNames, promised_by, told_by};
use super::finding_list::FindingList;
use super::finding_runs::FindingRuns;
use crate::files;
use crate::logs::{EntryResult, LogEnding, LogEntry, LogKind, LogReader};

/// Bytes read at once.
const PIECE: usize = 256 * 1024;
/// Blobs that are looked up to tell each once. Those beyond it are told as often as the logs name them.
const MOST_KNOWN: usize = 400_000;

/// What a folder of logs holds.
#[derive(Clone, Debug, Default)]
pub struct JobLogs {
    /// Logs that say which files must be on the drives.
    pub verbose: Vec<PathBuf>,
    /// Copies of manifests.
    pub manifests: Vec<PathBuf>,
    /// Names that the service changed.
    pub names: Arc<ServiceNames>,
    /// What was not exported or renamed, and logs that are damaged.
    pub findings: FindingList,
}

/// What logs tell, each thing once though two logs may name it.
#[derive(Default)]
struct ToldOnce {
    findings: FindingRuns,
    known: HashSet<u64>,
}

impl ToldOnce {
    fn add(&mut self, finding: DriveFinding) {
        let mut hasher = DefaultHasher::new();
        (finding.fault, &finding.blob, &finding.snapshot).hash(&mut hasher);
        let is_new = if self.known.len() < MOST_KNOWN {
            self.known.insert(hasher.finish())
        } else {
            !self.known.contains(&hasher.finish())
        };
        if is_new {
            self.findings.add(finding);
        }
    }
}

impl JobLogs {
    /// Reads every file directly in a folder.
    ///
    /// # Errors
    /// The folder cannot be listed, or a file in it not be read.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        paths.sort_unstable();
        let mut logs = Self::default();
        let (mut names, mut told) = (ServiceNames::default(), ToldOnce::default());
        for path in paths.into_iter().filter(|path| path.is_file()) {
            let first = ManifestReader::new(files::open_regular(&path)?).next_file();
            if matches!(first, Ok(_) | Err(ManifestProblem::Truncated { entries: 1.., .. })) {
                logs.manifests.push(path);
            } else {
                logs.read_log(&path, &mut names, &mut told)?;
            }
        }
        logs.names = Arc::new(names);
        logs.findings = FindingList::new(told.findings, HashMap::new());
        Ok(logs)
    }

    fn read_log(&mut self, path: &Path, names: &mut ServiceNames, told: &mut ToldOnce) -> io::Result<()> {
        let mut stream = LogStream::open(path)?;
        let mut has_files = false;
        while let Some(entry) = stream.next_entry()? {
            names.add(&entry);
            has_files |= entry.result() == EntryResult::Exported;
            if let Some(finding) = told_by(&entry) {
                told.add(finding);
            }
        }
        let Some(end) = stream.end else { return Ok(()) };
        let shown = path.display().to_string();
        match end.kind {
            // Any other file in the folder, e.g. a note of the person.
            None | Some(LogKind::Lines) => return Ok(()),
            Some(_) if end.ending == LogEnding::Cut || end.problems > 0 => {
                let what = end
                    .first_problem
                    .map_or("it ends early".into(), |problem| format!("{} at byte {}", problem.what, problem.byte));
                told.findings.add(DriveFinding::of_file(DriveFault::LogDamaged, shown, what));
            }
            Some(_) => {}
        }
        if has_files && end.kind != Some(LogKind::PathList) {
            self.verbose.push(path.to_owned());
        }
        Ok(())
    }

    /// The verbose logs of a drive: those with its serial number in their name, where any has it; all for the only drive.
    pub(super) fn of_drive(&self, drive_id: Option<&str>, is_only: bool) -> Vec<PathBuf> {
        let has = |path: &&PathBuf, id: &str| {
            let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
            name.split(['_', '-', '.', ' ']).any(|part| part == id)
        };
        let id = drive_id.map(|id| id.trim().to_lowercase());
        let own: Vec<PathBuf> =
            id.iter().flat_map(|id| self.verbose.iter().filter(|path| has(path, id))).cloned().collect();
        if own.is_empty() && is_only { self.verbose.clone() } else { own }
    }
}

/// The entries of a log.
pub(super) struct LogStream {
    file: File,
    reader: Option<LogReader>,
    ready: std::vec::IntoIter<LogEntry>,
    buffer: Vec<u8>,
    end: Option<crate::logs::LogEnd>,
}

impl LogStream {
    fn open(path: &Path) -> io::Result<Self> {
        let file = files::open_regular(path)?;
        Ok(Self {
            file,
            reader: Some(LogReader::new()),
            ready: Vec::new().into_iter(),
            buffer: vec![0; PIECE],
            end: None,
        })
    }

    fn next_entry(&mut self) -> io::Result<Option<LogEntry>> {
        loop {
            if let Some(entry) = self.ready.next() {
                return Ok(Some(entry));
            }
            let Some(mut reader) = self.reader.take() else { return Ok(None) };
            let count = self.file.read(&mut self.buffer)?;
            if count == 0 {
                let (last, end) = reader.finish();
                (self.ready, self.end) = (last.into_iter(), Some(end));
            } else {
                self.ready = reader.push(self.buffer.get(..count).unwrap_or_default()).into_iter();
                self.reader = Some(reader);
            }
        }
    }
}

/// The files that verbose logs promise, one log after the other.
pub(super) struct LogPromises {
    left: std::vec::IntoIter<PathBuf>,
    names: Arc<ServiceNames>,
    open: Option<LogStream>,
    number: u64,
}

impl LogPromises {
    pub(super) fn new(paths: Vec<PathBuf>, names: Arc<ServiceNames>) -> Self {
        Self { left: paths.into_iter(), names, open: None, number: 0 }
    }

    fn next_file(&mut self) -> io::Result<Option<PromisedFile>> {
        loop {
            let Some(stream) = &mut self.open else {
                let Some(path) = self.left.next() else { return Ok(None) };
                self.open = Some(LogStream::open(&path)?);
                continue;
            };
            let Some(entry) = stream.next_entry()? else {
                self.open = None;
                continue;
            };
            if let Some(file) = promised_by(&entry, self.number, &self.names) {
                self.number += 1;
                return Ok(Some(file));
            }
        }
    }
}

impl Iterator for LogPromises {
    type Item = Result<PromisedFile, ManifestProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.next_file().map_err(|error| ManifestProblem::Unreadable { reason: error.to_string() });
        next.transpose()
    }
}
