//! Findings as they come, however many: some thousands wait in memory, then they go to disk as a sorted run. Reading merges the runs.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::rules::{DriveFault, DriveFinding};
use super::merged_findings::{MergedFindings, RunSection};
use crate::files;

/// Findings of a run. So many wait in memory at most, as long as the disk takes them.
const RUN: usize = 4_096;
/// Findings that are kept in memory where the disk takes none. Those beyond it are counted.
const MOST_WAITING: usize = 5 * RUN;

/// Findings: those that wait, and where the others are.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct FindingRuns {
    waiting: Vec<DriveFinding>,
    /// Each run in the file: its first byte and one behind its last.
    runs: Vec<(u64, u64)>,
    /// Entries that are checked again: what runs before this one say of them no longer counts.
    forgotten: BTreeMap<u64, usize>,
    /// Findings that found no place, by kind.
    pub(super) lost: BTreeMap<DriveFault, u64>,
    /// Why some found none.
    #[serde(skip)]
    pub(super) problem: Option<String>,
    /// Where the runs of a check are that can be gone on with. Without it they are in a file without a name.
    #[serde(skip)]
    pub(super) path: Option<PathBuf>,
    #[serde(skip)]
    file: Option<Arc<File>>,
}

impl FindingRuns {
    /// For a check that can be gone on with: its runs lie at this path. Nothing is made there before it is needed.
    pub(super) fn at(path: Option<PathBuf>) -> Self {
        Self { path, ..Self::default() }
    }

    /// Goes on with what an earlier check wrote at this path.
    ///
    /// # Errors
    /// A run is not there whole.
    pub(super) fn reopened(mut self, path: &Path) -> io::Result<Self> {
        self.path = Some(path.to_owned());
        if let Some((_, end)) = self.runs.last().copied() {
            let file = files::open_regular_with(OpenOptions::new().read(true).write(true), path)?;
            if file.metadata()?.len() < end {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.file = Some(Arc::new(file));
        }
        Ok(self)
    }

    /// Adds a finding.
    pub(super) fn add(&mut self, finding: DriveFinding) {
        self.waiting.push(finding);
        if !self.waiting.len().is_multiple_of(RUN) {
            return;
        }
        if let Err(error) = self.write_run() {
            self.problem = Some(error.to_string());
            for finding in self.waiting.drain(MOST_WAITING.min(self.waiting.len())..) {
                *self.lost.entry(finding.fault).or_default() += 1;
            }
        }
    }

    /// Forgets what was found of an entry, which is checked again.
    pub(super) fn forget(&mut self, entry: u64) {
        self.waiting.retain(|finding| finding.entry != Some(entry));
        if !self.runs.is_empty() {
            self.forgotten.insert(entry, self.runs.len());
        }
    }

    /// All, in order.
    pub(super) fn merged(&self) -> MergedFindings<'_> {
        let file = self.file.as_deref();
        let section = |(from, to): &(u64, u64)| Some(RunSection::new(file?, *from, *to));
        let sections = self.runs.iter().filter_map(section).collect();
        let is_missing = !self.runs.is_empty() && file.is_none();
        MergedFindings::new(sections, self.waiting.iter().collect(), &self.forgotten, is_missing)
    }

    /// The check is over: nothing of it stays in the folder. What is open can still be read.
    pub(super) fn remove(&mut self) {
        if let Some(path) = self.path.take() {
            let _none_is_fine = std::fs::remove_file(path);
        }
    }

    fn write_run(&mut self) -> io::Result<()> {
        self.waiting.sort_unstable();
        let mut bytes = Vec::new();
        for finding in &self.waiting {
            serde_json::to_writer(&mut bytes, finding)?;
            bytes.push(b'\n');
        }
        let from = self.runs.last().map_or(0, |(_, end)| *end);
        let mut file: &File = self.opened()?;
        file.seek(SeekFrom::Start(from))?;
        file.write_all(&bytes)?;
        // The progress that names this run may outlive a power cut.
        file.sync_data()?;
        self.runs.push((from, from + bytes.len() as u64));
        self.waiting.clear();
        Ok(())
    }

    fn opened(&mut self) -> io::Result<&File> {
        if self.file.is_none() {
            let file = match &self.path {
                None => tempfile::tempfile()?,
                Some(path) => {
                    files::make_private_folder(files::folder_of(path))?;
                    // One of an earlier check that nobody went on with.
                    let _none_is_fine = std::fs::remove_file(path);
                    drop(files::create_private(path)?);
                    files::open_regular_with(OpenOptions::new().read(true).write(true), path)?
                }
            };
            self.file = Some(Arc::new(file));
        }
        self.file.as_deref().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finding(entry: u64) -> DriveFinding {
        let detail = format!("number {entry}");
        DriveFinding { entry: Some(entry), detail, ..DriveFinding::new(DriveFault::MissingFile) }
    }

    fn entries(runs: &FindingRuns) -> Vec<u64> {
        runs.merged().map(|finding| finding.unwrap().entry.unwrap()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn w95_what_is_on_disk_comes_back_in_order_without_what_is_forgotten(
            count in 0usize..3 * RUN,
            seed in any::<u64>(),
            forgotten in prop::collection::vec((0usize..3 * RUN, 0u64..64), 0..4),
            resume in 0usize..3 * RUN,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("check.findings");
            let (mut runs, mut plain) = (FindingRuns::at(Some(path.clone())), Vec::new());
            let mut random = fastrand::Rng::with_seed(seed);
            for at in 0..count {
                let entry = random.u64(0..64);
                runs.add(finding(entry));
                plain.push(entry);
                for (_, entry) in forgotten.iter().filter(|(when, _)| *when == at) {
                    runs.forget(*entry);
                    plain.retain(|kept| kept != entry);
                }
                if at == resume {
                    // As after a kill: what waits in memory is in the file of the progress, the runs are where they were.
                    let saved = serde_json::to_vec(&runs).unwrap();
                    runs = serde_json::from_slice::<FindingRuns>(&saved).unwrap().reopened(&path).unwrap();
                }
            }
            plain.sort_unstable();
            prop_assert!(runs.waiting.len() < RUN && runs.lost.is_empty());
            prop_assert_eq!(entries(&runs), plain.clone());
            runs.remove();
            prop_assert!(!path.exists());
            prop_assert_eq!(entries(&runs), plain, "what is open can still be read");
        }
    }

    #[test]
    fn a_run_that_is_not_there_whole_is_not_gone_on_with() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("check.findings");
        let mut runs = FindingRuns::at(Some(path.clone()));
        (0..RUN as u64).for_each(|entry| runs.add(finding(entry)));
        let saved = serde_json::to_vec(&runs).unwrap();
        let again = || serde_json::from_slice::<FindingRuns>(&saved).unwrap().reopened(&path);
        assert!(again().is_ok());
        std::fs::write(&path, "cut").unwrap();
        assert!(again().is_err());
        std::fs::remove_file(&path).unwrap();
        assert!(again().is_err());
    }

    #[test]
    fn where_the_disk_takes_nothing_the_rest_is_counted_and_said() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "no folder").unwrap();
        let mut runs = FindingRuns::at(Some(file.join("check.findings")));
        let count = MOST_WAITING + 2 * RUN;
        (0..count as u64).for_each(|entry| runs.add(finding(entry)));
        assert!(runs.problem.is_some());
        let lost = runs.lost[&DriveFault::MissingFile];
        assert_eq!(usize::try_from(lost).unwrap() + runs.waiting.len(), count);
        assert!(runs.waiting.len() < MOST_WAITING + RUN);
    }
}
