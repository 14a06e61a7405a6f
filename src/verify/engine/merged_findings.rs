//! Sorted runs of findings as one sorted stream.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read};

use super::super::rules::DriveFinding;

/// Bytes that are read at once of each run.
const PIECE: usize = 16 * 1024;

/// Findings that were kept on disk cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the findings that were kept on disk cannot be read: {0}")]
pub struct FindingsUnreadable(#[from] io::Error);

impl From<FindingsUnreadable> for io::Error {
    fn from(unreadable: FindingsUnreadable) -> Self {
        Self::other(unreadable)
    }
}

/// A run in a file.
pub(super) struct RunSection<'a> {
    file: &'a File,
    at: u64,
    end: u64,
}

impl<'a> RunSection<'a> {
    pub(super) fn new(file: &'a File, at: u64, end: u64) -> Self {
        Self { file, at, end }
    }
}

impl Read for RunSection<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.end - self.at).unwrap_or(usize::MAX).min(out.len());
        let out = out.get_mut(..room).unwrap_or_default();
        if out.is_empty() {
            return Ok(0);
        }
        #[cfg(unix)]
        let count = std::os::unix::fs::FileExt::read_at(self.file, out, self.at)?;
        #[cfg(windows)]
        let count = std::os::windows::fs::FileExt::seek_read(self.file, out, self.at)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.at += count as u64;
        Ok(count)
    }
}

/// All findings, in order. After an error nothing more comes.
pub(super) struct MergedFindings<'a> {
    runs: Vec<BufReader<RunSection<'a>>>,
    waiting: std::vec::IntoIter<&'a DriveFinding>,
    /// The next finding of each run, and the number of the run. The last number is that of those in memory.
    next: BinaryHeap<Reverse<(DriveFinding, usize)>>,
    forgotten: &'a BTreeMap<u64, usize>,
    failed: Option<io::Error>,
    line: Vec<u8>,
}

impl<'a> MergedFindings<'a> {
    pub(super) fn new(
        runs: Vec<RunSection<'a>>,
        mut waiting: Vec<&'a DriveFinding>,
        forgotten: &'a BTreeMap<u64, usize>,
        is_missing: bool,
    ) -> Self {
        waiting.sort_unstable();
        let runs: Vec<_> = runs.into_iter().map(|run| BufReader::with_capacity(PIECE, run)).collect();
        let all = runs.len();
        let failed = is_missing.then(|| io::ErrorKind::NotFound.into());
        let (waiting, next) = (waiting.into_iter(), BinaryHeap::new());
        let mut merged = Self { runs, waiting, next, forgotten, failed, line: Vec::new() };
        (0..=all).for_each(|run| merged.refill(run));
        merged
    }

    /// Reads the next finding of a run.
    fn refill(&mut self, run: usize) {
        let next = match self.runs.get_mut(run) {
            None => Ok(self.waiting.next().cloned()),
            Some(reader) => read(reader, &mut self.line),
        };
        match next {
            Ok(Some(finding)) => self.next.push(Reverse((finding, run))),
            Ok(None) => {}
            Err(error) => self.failed = Some(error),
        }
    }
}

fn read(run: &mut BufReader<RunSection<'_>>, line: &mut Vec<u8>) -> io::Result<Option<DriveFinding>> {
    line.clear();
    if run.read_until(b'\n', line)? == 0 {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(line)?))
}

impl Iterator for MergedFindings<'_> {
    type Item = Result<DriveFinding, FindingsUnreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(error) = self.failed.take() {
                self.next.clear();
                return Some(Err(error.into()));
            }
            let Reverse((finding, run)) = self.next.pop()?;
            self.refill(run);
            let forgotten = finding.entry.and_then(|entry| self.forgotten.get(&entry));
            if forgotten.is_none_or(|before| run >= *before) {
                return Some(Ok(finding));
            }
        }
    }
}
